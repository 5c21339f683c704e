"""The session kinds an office starts with: 学讲评, 五学, 三会一课 and the other practices."""

from __future__ import annotations

from bulletin_study.domain.people import Role
from bulletin_study.domain.sessions import (
    REVIEW,
    STUDY,
    TALK,
    Audience,
    ClosingItem,
    SessionKind,
)

_EVERYONE = Audience()
_PARTY = Audience(party_only=True)
_LEADERS = Audience(roles=(Role.LEADER,))
_HEADS = Audience(roles=(Role.LEADER, Role.HEAD))
_BASIC = (ClosingItem.SIGN_IN, ClosingItem.THEME)

_STUDY_RULES = (ClosingItem.SIGN_IN, ClosingItem.THEME, ClosingItem.FORM, ClosingItem.LEAD)
_TALK_RULES = (
    ClosingItem.SIGN_IN,
    ClosingItem.TALKS,
    ClosingItem.COMMENTS,
    ClosingItem.REFLECTIONS,
)
_REVIEW_RULES = (ClosingItem.SIGN_IN, ClosingItem.REPORTS)

_ROWS: tuple[tuple[str, str, Audience, tuple[ClosingItem, ...]], ...] = (
    (STUDY, "学讲评", _EVERYONE, _STUDY_RULES),
    (TALK, "学讲评", _EVERYONE, _TALK_RULES),
    (REVIEW, "学讲评", _HEADS, _REVIEW_RULES),
    ("部务会", "五学", _LEADERS, _BASIC),
    ("理论学习中心组学习", "五学", _LEADERS, _BASIC),
    ("每周晨会", "五学", _EVERYONE, _BASIC),
    ("组工讲坛", "五学", _EVERYONE, _BASIC),
    ("专题研讨", "五学", _EVERYONE, _BASIC),
    ("支部党员大会", "三会一课", _PARTY, _BASIC),
    ("支委会", "三会一课", _PARTY, _BASIC),
    ("党小组会", "三会一课", _PARTY, _BASIC),
    ("党课", "三会一课", _PARTY, _BASIC),
    ("组织生活会", "组织生活", _PARTY, _BASIC),
    ("主题党日", "组织生活", _PARTY, _BASIC),
    ("政治生日", "组织生活", _PARTY, _BASIC),
    ("警示教育", "其他活动", _EVERYONE, _BASIC),
    ("业务比武/岗位练兵", "其他活动", _EVERYONE, _BASIC),
    ("志愿服务", "其他活动", _EVERYONE, _BASIC),
)

BUILT_IN_KINDS: tuple[SessionKind, ...] = tuple(
    SessionKind(id=i, name=name, order=i, family=family, audience=audience, closing=closing)
    for i, (name, family, audience, closing) in enumerate(_ROWS, start=1)
)
