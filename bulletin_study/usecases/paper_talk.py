"""讲课记录: one talk on a page, what is known filled in and room left for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bulletin_study.domain.closing import REFLECTIONS_PER_TALK
from bulletin_study.domain.errors import NotFound
from bulletin_study.domain.sessions import Talk
from bulletin_study.usecases.papers import (
    Block,
    Box,
    Form,
    Layout,
    Line,
    NewPage,
    Paper,
    Signatures,
    Title,
)
from bulletin_study.usecases.ports import UnitOfWork, require
from bulletin_study.usecases.reports_rotation import places_between
from bulletin_study.usecases.sign_in_page import SignInPage, load_page
from bulletin_study.usecases.titles import WEEKDAYS

_WIDTHS = (15.0, 35.0, 15.0, 35.0)
_OUTLINE, _COMMENT, _SAID = 48.0, 28.0, 22.0
"""Millimetres left for writing by hand."""


def talk_paper(unit: UnitOfWork, talk_id: int) -> Paper:
    """The record of one talk. Raises ``NotFound``."""
    talk = require(unit, Talk, "讲课", talk_id)
    return _paper([talk_blocks(load_page(unit, talk.session_id), talk)])


def talks_paper(unit: UnitOfWork, first: date, last: date) -> Paper:
    """The records of all talks of a period, each on a page of its own.

    Raises ``NotFound`` when nobody speaks in it.
    """
    pages: dict[int, SignInPage] = {}
    found = []
    for line in places_between(unit, first, last):
        talk = line.row.talk
        if talk is not None and line.taken:
            page = pages.setdefault(talk.session_id, load_page(unit, talk.session_id))
            found.append(talk_blocks(page, talk))
    if not found:
        raise NotFound("讲课", f"{first:%Y-%m-%d} 至 {last:%Y-%m-%d}")
    return _paper(found)


def _paper(talks: Sequence[Sequence[Block]]) -> Paper:
    blocks: list[Block] = []
    for own in talks:
        blocks += [NewPage(), *own] if blocks else own
    return Paper("讲课记录", tuple(blocks), Layout.FORM)


def talk_blocks(page: SignInPage, talk: Talk) -> list[Block]:
    """One talk with what is known of it, the names of its files too."""
    session = page.session
    day = session.day
    when = (
        f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"
        f"{session.start:%H:%M}—{session.end:%H:%M}"
    )
    numbers = page.row.ordinal_by_kind.items()
    times = "、".join(f"{name}第{one.number}次" for name, one in numbers)
    place = f"第{talk.place}讲" if len(page.places) > 1 else ""
    count = page.sign_in.headcount
    came = f"应到 {count.expected} 人，实到 {count.came} 人" if session.day <= page.today else ""
    who = page.roster.people.get(talk.speaker_id or 0)
    standing = [page.group_name(who.id), who.title] if who else []
    announced = page.name(talk.planned_id)
    speaker = page.name(talk.speaker_id) or talk.guest
    told = f"{speaker}（原定{announced}）" if announced else speaker
    comment = page.comment_on(talk_id=talk.id)
    leader = page.name(comment.leader_id) if comment else ""
    lines = [
        _pair("时　间", when, "地　点", session.venue),
        _pair("期　次", " ".join(filter(None, (times, place))), "人　数", came),
        _pair("主讲人", told, "组室职务", " ".join(filter(None, standing))),
        Line((_caption("题　目"), Box(talk.title, 3))),
        _pair("类　别", str(talk.category or ""), "帮带人", page.name(talk.mentor_id)),
        Line((_caption("讲课提纲\n（材料）"), Box(_names(page, talk), 3)), _OUTLINE),
        Line((_caption(f"领导点评\n{leader}".rstrip()), Box(comment.text if comment else "", 3)),
             _COMMENT),
        *_said(page, talk),
    ]  # fmt: skip
    return [
        Title("讲课记录"),
        Form(_WIDTHS, tuple(lines)),
        Signatures(("记录人", "主讲人")),
    ]


def _said(page: SignInPage, talk: Talk) -> list[Line]:
    """The three who say what they learned; empty ones to be written by hand."""
    said = page.said(talk.id)
    lines = [
        Line((_caption(f"{one.kind}\n{page.name(one.person_id)}"), Box(one.text, 3)), _SAID)
        for one in said
    ]
    empty = max(REFLECTIONS_PER_TALK - len(said), 0)
    return lines + [Line((_caption("感想、心得\n或体会"), Box("", 3)), _SAID)] * empty


def _pair(left: str, first: str, right: str, second: str) -> Line:
    return Line((_caption(left), Box(first), _caption(right), Box(second)))


def _caption(text: str) -> Box:
    return Box(text, caption=True)


def _names(page: SignInPage, talk: Talk) -> str:
    return "\n".join(file.shown for file in page.files(talk.id))
