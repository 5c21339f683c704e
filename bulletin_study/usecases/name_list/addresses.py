"""How people are addressed in a chat: 方部长, 李副主任."""

from __future__ import annotations

from datetime import date
from typing import Final

from bulletin_study.domain.people import Person, Role, Roster

_POSTS: Final = (
    "部长", "主任", "科长", "组长", "书记", "局长", "处长", "股长", "站长", "所长", "队长",
    "秘书长", "校长", "主席", "县长",
)  # fmt: skip
_OF_ROLE: Final = {Role.LEADER: "部长", Role.HEAD: "组长"}
_DEGREES: Final = ("", "副", "常务副")
_TWO: Final = frozenset((
    "欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "司徒", "东方",
))  # fmt: skip


def addresses(roster: Roster, day: date) -> dict[str, list[Person]]:
    """Forms of address, each with those on the roster that day whom it fits, by 排名.

    A post fits who bears it in 职务; leaders are 部长 and heads 组长 whatever stands there.
    """
    found: dict[str, list[Person]] = {}
    for person in roster.on(day):
        own = _OF_ROLE.get(person.role)
        posts = [p for p in _POSTS if p == own or person.title.endswith(p)]
        surname = person.name[:2] if person.name[:2] in _TWO else person.name[:1]
        for form in {f"{surname}{degree}{post}" for post in posts for degree in _DEGREES}:
            found.setdefault(form, []).append(person)
    return found
