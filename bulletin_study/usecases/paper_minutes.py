"""会议记录: who met when, what was said and settled, and room where nothing is noted yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.sessions import Talk
from bulletin_study.usecases.handing_in import numbers_named
from bulletin_study.usecases.mark_words import own_reason
from bulletin_study.usecases.minutes import comment_words, reflection_words
from bulletin_study.usecases.numerals import chinese_number
from bulletin_study.usecases.paper_facts import (
    ROOM,
    KindChoice,
    Share,
    chosen_pages,
    figures_text,
    headcount_of,
    held_between,
    host_of,
    lead_of,
    listed,
    of_kinds,
    open_session,
    ordinal_line,
    recorder_of,
    theme_of,
    took_place,
    totals_only,
    totals_text,
    when_text,
)
from bulletin_study.usecases.papers import (
    Blank,
    Block,
    Layout,
    Paper,
    Paragraph,
    Signatures,
    Style,
    Title,
    on_pages,
)
from bulletin_study.usecases.ports import Progress, UnitOfWork
from bulletin_study.usecases.sign_in_page import SignInPage
from bulletin_study.usecases.titles import kinds_text, mark_word

_NAMES_LINES = 1
_ROOM_LEFT, _ROOM_AHEAD = (1, 3, 1), (2, 7, 8)
"""Lines to be written on where 议程, 发言要点 or 议定事项 are empty: a little to fill in
afterwards, two pages for a meeting still ahead."""
_NUMBERED = re.compile(
    r"[（(]?([0-9０-９]+|[一二三四五六七八九十]+)([）)、．]|\.(?!\d))|第[一二三四五六七八九十]+|[①-⑳]|[-—·•]"
)
"""A line that already carries a number or a mark of its own."""
_TOGETHER = 2
"""Lines of 议定事项 that go with the end of the minutes onto a new page."""
_MISSED = (Mark.LEAVE, Mark.OFFICIAL, Mark.ABSENT, None)


def minutes_paper(unit: UnitOfWork, session_id: int, *, kinds: KindChoice = "each") -> Paper:
    """The minutes of one session, one for each kind held together.

    Raises ``NotFound``, ``WrongStatus`` for one called off.
    """
    session = open_session(unit, session_id, "会议记录")
    return _paper(chosen_pages(unit, [session]), kinds)


def minutes_of(page: SignInPage) -> Paper:
    """The minutes of a session already read, one for each kind."""
    return _paper([page], "each")


def minutes_papers(
    unit: UnitOfWork, first: date, last: date, *, kinds: KindChoice = "each",
    progress: Progress | None = None,
) -> Paper:  # fmt: skip
    """The minutes of what was held in a period, each on pages of its own.

    Raises ``NotFound`` when nothing was.
    """
    return _paper(chosen_pages(unit, held_between(unit, first, last), progress), kinds)


def _paper(pages: Sequence[SignInPage], choice: KindChoice) -> Paper:
    made = of_kinds(pages, choice, "会议记录")
    numbers = tuple(one for page, share in made for one in numbers_named(page.row, share))
    parts = [_minutes(page, share) for page, share in made]
    return Paper("会议记录", on_pages(parts), Layout.OFFICIAL, numbers)


def _minutes(page: SignInPage, share: Share) -> list[Block]:
    talks = any(kind.has_talks for kind in share)
    agenda, said, settled = _ROOM_LEFT if took_place(page) else _ROOM_AHEAD
    over = f"散会（{page.session.end:%H:%M}）。" if took_place(page) else "散会。"
    return [
        Title(f"{kinds_text(share)}会议记录"),
        Paragraph(ordinal_line(page, share), Style.CENTRED),
        *_facts(page, share, talks),
        Paragraph("一、议程", Style.HEADING),
        *_text_or_room(page.session.agenda or (_programme(page) if talks else ""), agenda),
        Paragraph("二、发言要点", Style.HEADING),
        *_speeches(page, talks, said),
        Paragraph("三、议定事项", Style.HEADING),
        *_text_or_room(page.session.decisions, settled),
        Paragraph(over, keep=True),
        Signatures(("主持人", "记录人")),
    ]


def _facts(page: SignInPage, share: Share, talks: bool) -> list[Block]:
    session = page.session
    lines = [
        f"时间：{when_text(session)}",
        f"地点：{session.venue or ROOM}",
        f"主题：{theme_of(page) or ROOM}",
        f"主持人：{host_of(page) or ROOM}　　记录人：{recorder_of(page) or ROOM}",
    ]
    if not talks and lead_of(page):
        form = f"　　形式：{session.form}" if session.form else ""
        lines.append(f"领学人：{lead_of(page)}{form}")
    return [*(Paragraph(line) for line in lines), *_attended(page, share)]


def _attended(page: SignInPage, share: Share) -> list[Block]:
    why = "缺席人员及原因："
    if totals_only(page):
        return [Paragraph(f"出席：{totals_text(page)}。"), Paragraph(why), Blank(_NAMES_LINES)]
    if not took_place(page):
        room = "　" * 3
        expected = headcount_of(page, share).expected
        came = f"出席：应到 {expected} 人，实到{room}人，缺席{room}人。"
        known = _missed(page, share, (Mark.LEAVE, Mark.OFFICIAL, Mark.ABSENT))
        return [Paragraph(came), Paragraph(f"{why}{known}"), Blank(_NAMES_LINES),
                Paragraph(f"列席：{ROOM}")]  # fmt: skip
    observers = "、".join(page.name(row.person_id) for row in page.sign_in.observers)
    return [
        Paragraph(f"出席：{figures_text(headcount_of(page, share))}。"),
        Paragraph(f"{why}{_missed(page, share) or '无'}"),
        Paragraph(f"列席：{observers or '无'}"),
    ]


def _missed(page: SignInPage, share: Share, only: Sequence[Mark | None] | None = None) -> str:
    """请假：张三（病假）、李四；公出：…: everybody by name, with the reason where one is given."""
    rows = [row for row in listed(page, share) if row.expected_by]
    parts = []
    for mark in _MISSED:
        who = [_with_reason(page, row) for row in rows if row.mark is mark]
        if who and (only is None or mark in only):
            parts.append(f"{mark_word(mark)} {len(who)} 人：{'、'.join(who)}")
    return "；".join(parts) + "。" if parts else ""


def _with_reason(page: SignInPage, row: Attendance) -> str:
    name, reason = page.name(row.person_id), own_reason(row.mark, row.reason)
    return f"{name}（{reason}）" if reason else name


def _text_or_room(text: str, lines: int) -> list[Block]:
    """A paragraph a line, numbered; the last stay with what follows."""
    told = _numbered(text)
    kept = len(told) - _TOGETHER
    return [Paragraph(line, keep=at >= kept) for at, line in enumerate(told)] or [Blank(lines)]


def _numbered(text: str) -> list[str]:
    """Several lines get 1. 2. …, unless somebody numbered them himself."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 2 or any(_NUMBERED.match(line) for line in lines):
        return lines
    return [f"{number}. {line}" for number, line in enumerate(lines, start=1)]


def _programme(page: SignInPage) -> str:
    """The talks as the agenda, where nobody wrote another."""
    return "\n".join(f"{_speaker(page, talk)}讲课{_titled(talk)}" for talk in page.talks)


def _speeches(page: SignInPage, talks: bool, room: int) -> list[Block]:
    """What was written, then what was noted elsewhere and does not stand in it; room under a
    talk is left only where nothing was written."""
    there = page.session.speeches.strip()
    blocks: list[Block] = [Paragraph(there)] if there else []
    number = 0
    for talk in page.talks if talks else ():
        said = _said_on(page, talk)
        if said or not there:
            number += 1
            words = f"{_speaker(page, talk)}讲课{_titled(talk)}"
            blocks.append(Paragraph(f"（{chinese_number(number)}）{words}", Style.SUBHEADING))
            blocks += [Paragraph(line) for line in said] or [Blank(max(room // 2, 1))]
    blocks += [Paragraph(line) for line in _said_on(page, None)]
    return blocks or [Blank(room)]


def _said_on(page: SignInPage, talk: Talk | None) -> list[str]:
    """Comments, then reflections: on a talk, or on the session and the groups' reports; not
    what stands in the 发言要点."""
    talk_id = talk.id if talk else None
    there = page.session.speeches
    lines = []
    for comment in page.comments:
        words = comment_words(page, comment)
        if comment.talk_id == talk_id and comment.text.strip() and words not in there:
            group = page.roster.groups.get(comment.group_id or 0)
            about = f"点评{group.name}" if group else "点评"
            who = page.name(comment.leader_id) or "领导"
            lines.append(f"{who}{about}：{comment.text.strip()}")
    for one in page.said(talk_id):
        if one.text.strip() and reflection_words(page, one) not in there:
            lines.append(f"{page.name(one.person_id)}（{one.kind}）：{one.text.strip()}")
    return lines


def _speaker(page: SignInPage, talk: Talk) -> str:
    return page.name(talk.speaker_id) or talk.guest or ROOM


def _titled(talk: Talk) -> str:
    category = f"（{talk.category}）" if talk.category else ""
    return f"《{talk.title}》{category}" if talk.title else category
