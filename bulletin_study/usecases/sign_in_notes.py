"""Small things done at a sign-in beside the marks: reasons, 列席 taken back, who owes what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.errors import NotFound, Stale
from bulletin_study.domain.evidence import EvidenceKind
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import ClosingItem, Form, Reflection, StudySession, Talk
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.make_up_list import words_owed
from bulletin_study.usecases.ports import UnitOfWork, names, require
from bulletin_study.usecases.reflections import reminder_text
from bulletin_study.usecases.sign_in_list import kinds_of, load_sign_in
from bulletin_study.usecases.sign_in_page import SignInPage
from bulletin_study.usecases.talks import set_talk_details
from bulletin_study.usecases.titles import day_words, kinds_text, session_title

_MOST_NAMES = 20
RECORDER = "记录人"
"""Who keeps the record of a session, where nobody is named for it."""


def give_reason(unit: UnitOfWork, session_id: int, person_id: int, reason: str) -> Committed:
    """Write why somebody is marked as they are. Raises ``NotFound`` without such a mark."""
    row = _row(unit, session_id, person_id)
    unit.put(replace(row, reason=reason.strip()))
    who = require(unit, Person, "人员", person_id).name
    what = f"原因“{reason.strip()}”" if reason.strip() else "不写原因"
    return unit.commit(f"{_title(unit, session_id)} 签到：{who}{row.mark or ''}，{what}")


def remove_observer(unit: UnitOfWork, session_id: int, person_id: int) -> Committed:
    """Take somebody who was 列席 off the list again. Raises ``NotFound``."""
    row = _row(unit, session_id, person_id)
    if row.mark is not Mark.OBSERVER:
        raise NotFound("列席人员", str(person_id))
    unit.remove(row)
    who = require(unit, Person, "人员", person_id).name
    return unit.commit(f"{_title(unit, session_id)} 签到：{who}不再列席")


def note_talk(
    unit: UnitOfWork, talk_id: int, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Committed:
    """Set title, category or 帮带人 of a talk; ``before`` are these as the form showed them.

    What else of the talk was changed meanwhile stays. Raises ``Stale`` when one of them is
    not as it was shown, and what ``set_talk_details`` raises.
    """
    stored = require(unit, Talk, "讲课", talk_id)
    if any(getattr(stored, name) != value for name, value in before.items()):
        raise Stale(f"第{stored.place}讲")
    return set_talk_details(unit, stored, replace(stored, **after))


def debts(page: SignInPage, place: int = 0) -> list[tuple[str, str]]:
    """Who still owes what for a session, as (name, what) with the days it has waited: its
    checklist, the pieces asked for beyond it, then 补学. With a ``place``: of the talk there."""
    found: list[tuple[str, str]] = []
    for line in page.closing.lacking:
        if place and line.place != place:
            continue
        talk = next((t for t in page.talks if t.place == line.place), None)
        match line.item:
            case ClosingItem.SIGN_IN:
                found += _unsigned(page)
            case ClosingItem.TALKS:
                found.append((_speaker(page, talk, line.place), _talk_owed(talk)))
            case ClosingItem.COMMENTS:
                comment = page.comment_on(talk_id=talk.id) if talk else None
                leader = page.name(comment.leader_id) if comment else ""
                about = _speaker(page, talk, line.place)
                found.append((leader or "点评领导", f"点评{about}的讲课"))
            case ClosingItem.REFLECTIONS:
                found += _unsaid(page, talk, line.place, line.lacking)
            case ClosingItem.REPORTS:
                found += _uncommented(page)
            case ClosingItem.THEME | ClosingItem.FORM | ClosingItem.LEAD:
                found.append((RECORDER, _FIELDS[line.item]))
            case ClosingItem.EVIDENCE:
                kind = line.evidence or EvidenceKind.OTHER
                found.append((_recorder(page), f"交{kind}，还差 {kind.counted(line.lacking)}"))
    days = waiting_days(page)
    since = f"，已等 {days} 天" if days else ""
    found = [(who, what + since) for who, what in found + _asked_beyond(page, place)]
    if not place:
        found += [(page.name(debt.person_id), words_owed(debt, page.today))
                  for debt in page.make_ups if debt.to_chase]  # fmt: skip
    return found


def chasing_text(page: SignInPage, place: int = 0) -> str:
    """The 催办 text of a session, or of one talk of it; empty when nobody owes anything."""
    owed = debts(page, place)
    if not owed:
        return ""
    return reminder_text(page.session.day, owed, page.today, kinds_text(page.closing.kinds))


def person_chasing_text(page: SignInPage, said: Reflection) -> str:
    """The 催办 text for one person and what he was asked to say or write."""
    day, days = page.session.day, waiting_days(page)
    since = f"，已等 {days} 天" if days else ""
    what = _asked_for(page, said)
    kinds = kinds_text(page.closing.kinds)
    return (
        f"【待补】{page.name(said.person_id)}：{day_words(day)}{kinds}，"
        f"还差{what}{since}。"
    )


def waiting_days(page: SignInPage) -> int:
    """How many days what a session still lacks has been waited for."""
    return max((page.today - page.session.day).days, 0)


_FIELDS = {ClosingItem.THEME: "主题", ClosingItem.FORM: "学习形式", ClosingItem.LEAD: "领学人"}


def _recorder(page: SignInPage) -> str:
    return page.name(page.session.recorder_id) or page.session.recorder_name or RECORDER


def _unsigned(page: SignInPage) -> list[tuple[str, str]]:
    if page.session.day > page.today:
        return []
    who = [page.name(r.person_id) for r in page.sign_in.rows if r.mark is None and r.expected_by]
    what = "登记自学完成" if page.session.form is Form.SELF_STUDY else "补签到"
    return [(names(who, _MOST_NAMES), what)] if who else []


def _speaker(page: SignInPage, talk: Talk | None, place: int) -> str:
    return (page.name(talk.speaker_id) or talk.guest if talk else "") or f"第{place}讲主讲人"


def _talk_owed(talk: Talk | None) -> str:
    if talk is None or (talk.speaker_id is None and not talk.guest):
        return "还没定主讲人"
    parts = [word for word, there in (("题目", talk.title), ("类别", talk.category)) if not there]
    return f"报讲课{'和'.join(parts)}"


def _unsaid(
    page: SignInPage, talk: Talk | None, place: int, lacking: int
) -> list[tuple[str, str]]:
    about = _speaker(page, talk, place)
    asked = page.said(talk.id) if talk else []
    waiting = [r for r in asked if not r.text.strip()]
    found = [(page.name(r.person_id), _asked_for(page, r)) for r in waiting]
    open_places = lacking - len({r.person_id for r in waiting})
    if open_places > 0:
        found.append((f"{open_places} 名发言人", f"{about}讲课的感想心得体会，还没指定谁说"))
    return found


def _asked_beyond(page: SignInPage, place: int) -> list[tuple[str, str]]:
    """What people were asked to say or write though the checklist has enough, or asks none."""
    told = {i.talk_id for i in page.closing.lacking if i.item is ClosingItem.REFLECTIONS}
    talk = page.talk_at(place)
    return [
        (page.name(r.person_id), _asked_for(page, r))
        for r in page.reflections
        if not r.text.strip()
        and (r.talk_id is None or r.talk_id not in told)
        and (not place or (talk is not None and r.talk_id == talk.id))
    ]


def _asked_for(page: SignInPage, said: Reflection) -> str:
    """姜慧敏讲课的书面心得."""
    talk = next((t for t in page.talks if t.id == said.talk_id), None)
    about = f"{_speaker(page, talk, talk.place)}讲课的" if talk else ""
    return f"{about}{'书面' if said.written else ''}{said.kind}"


def _uncommented(page: SignInPage) -> list[tuple[str, str]]:
    found = []
    for group in page.roster.groups.values():
        comment = page.comment_on(group_id=group.id)
        if comment is None or not comment.text.strip():
            leader = comment.leader_id if comment else group.leader_id
            found.append((page.name(leader) or "点评领导", f"点评{group.name}"))
    return found


def _row(unit: UnitOfWork, session_id: int, person_id: int) -> Attendance:
    # Before the session took place a pre-mark is worked out each time and not stored.
    rows = load_sign_in(unit, session_id).rows
    found = next((row for row in rows if row.person_id == person_id), None)
    if found is None:
        raise NotFound("签到", str(person_id))
    return found


def _title(unit: UnitOfWork, session_id: int) -> str:
    session = require(unit, StudySession, "场次", session_id)
    return session_title(session, kinds_of(unit, session_id))
