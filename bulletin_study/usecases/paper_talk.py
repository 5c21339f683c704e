"""讲课记录: one talk on a page, what is known filled in and room left for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bulletin_study.domain.closing import REFLECTIONS_PER_TALK
from bulletin_study.domain.errors import NotFound
from bulletin_study.domain.sessions import Talk
from bulletin_study.usecases.handing_in import numbers_named
from bulletin_study.usecases.paper_facts import (
    Share,
    headcount_of,
    post_words,
    took_place,
    totals_only,
    when_text,
)
from bulletin_study.usecases.papers import (
    Block,
    Box,
    Form,
    Layout,
    Line,
    Paper,
    Signatures,
    Title,
    on_pages,
)
from bulletin_study.usecases.ports import Progress, UnitOfWork, require
from bulletin_study.usecases.reports_rotation import places_between
from bulletin_study.usecases.session_list import list_sessions
from bulletin_study.usecases.sign_in_page import SignInPage, load_page, load_pages

_WIDTHS = (15.0, 35.0, 15.0, 35.0)
_OUTLINE, _COMMENT, _SAID = 48.0, 28.0, 22.0
"""Millimetres left for writing by hand."""


def talk_paper(unit: UnitOfWork, talk_id: int) -> Paper:
    """The record of one talk. Raises ``NotFound``."""
    talk = require(unit, Talk, "讲课", talk_id)
    return _paper([(load_page(unit, talk.session_id), talk)])


def session_talks_paper(unit: UnitOfWork, session_id: int) -> Paper:
    """The records of a session's talks. Raises ``NotFound`` when nobody speaks in it."""
    page = load_page(unit, session_id)
    taken = [talk for talk in page.talks if talk.speaker_id is not None or talk.guest]
    if not taken:
        raise NotFound("讲课", f"{page.session.day:%Y-%m-%d}")
    return _paper([(page, talk) for talk in taken])


def talks_paper(
    unit: UnitOfWork, first: date, last: date, progress: Progress | None = None
) -> Paper:
    """The records of all talks of a period, each on a page of its own.

    ``progress`` counts sessions. Raises ``NotFound`` when nobody speaks in it.
    """
    lines = [line for line in places_between(unit, first, last) if line.taken]
    talks = [line.row.talk for line in lines if line.row.talk is not None]
    if not talks:
        raise NotFound("讲课", f"{first:%Y-%m-%d} 至 {last:%Y-%m-%d}")
    wanted = {talk.session_id for talk in talks}
    rows = [row for row in list_sessions(unit, first, last) if row.session.id in wanted]
    pages = {page.session.id: page for page in load_pages(unit, rows, progress)}
    return _paper([(pages[talk.session_id], talk) for talk in talks])


def _paper(talks: Sequence[tuple[SignInPage, Talk]]) -> Paper:
    pages = {page.session.id: page for page, _ in talks}.values()
    numbers = [one for page in pages for one in numbers_named(page.row, _share(page))]
    blocks = on_pages([talk_blocks(page, talk) for page, talk in talks])
    return Paper("讲课记录", blocks, Layout.FORM, tuple(numbers))


def _share(page: SignInPage) -> Share:
    """The kind whose talks these are, where kinds are held together."""
    return tuple(kind for kind in page.closing.kinds if kind.has_talks)[:1] or page.closing.kinds


def _came(page: SignInPage) -> str:
    """应到 and 实到 of the talks' own audience; room for them before the day."""
    if not took_place(page):
        return ""
    count, session = headcount_of(page, _share(page)), page.session
    if totals_only(page):
        return f"应到 {session.expected_total} 人，实到 {session.present_total or 0} 人"
    return f"应到 {count.expected} 人，实到 {count.came} 人"


def _times(page: SignInPage) -> str:
    """第21次 once it took place; before, the number may still change and is left open."""
    share = {kind.name for kind in _share(page)}
    numbers = page.row.ordinal_by_kind.items()
    told = [f"{n}第{one.number}次" for n, one in numbers if n in share and not one.tentative]
    return "、".join(told)


def talk_blocks(page: SignInPage, talk: Talk) -> list[Block]:
    """One talk with what is known of it, the names of its files too."""
    session = page.session
    place = f"第{talk.place}讲" if len(page.places) > 1 else ""
    who = page.roster.people.get(talk.speaker_id or 0)
    post = post_words(page.group_name(who.id), who.title) if who else ""
    announced = page.name(talk.planned_id)
    speaker = page.name(talk.speaker_id) or talk.guest
    told = f"{speaker}（原定{announced}）" if announced else speaker
    comment = page.comment_on(talk_id=talk.id)
    leader = page.name(comment.leader_id) if comment else ""
    lines = [
        _pair("时　间", when_text(session), "地　点", session.venue),
        _pair("期　次", " ".join(filter(None, (_times(page), place))), "人　数", _came(page)),
        _pair("主讲人", told, "组室职务", post),
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
