"""心得汇编: what people said and wrote, collected by person or by session."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bulletin_study.domain.errors import NotFound
from bulletin_study.domain.people import Roster
from bulletin_study.domain.sessions import Reflection, StudySession, Talk
from bulletin_study.domain.settings import Unit
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.numerals import chinese_number
from bulletin_study.usecases.papers import Block, Layout, Paper, Paragraph, Style, Title
from bulletin_study.usecases.ports import UnitOfWork, require
from bulletin_study.usecases.reports import (
    Column,
    ColumnKind,
    Report,
    Row,
    Table,
    period_words,
)
from bulletin_study.usecases.session_list import SessionRow, list_sessions
from bulletin_study.usecases.titles import date_words, kinds_text

_KINDS = re.compile("心得|体会|感想|感悟|有感|发言|书面|材料|学习|听课|讲课|关于|的")
_NO_WORD = re.compile(r"[\W_]+")


class Order(StrEnum):
    """What the collection is divided by."""

    PERSON = "person"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class _Piece:
    """One text with what it is about."""

    reflection: Reflection
    row: SessionRow
    talk: Talk | None

    @property
    def session(self) -> StudySession:
        """Where it was said."""
        return self.row.session

    @property
    def day(self) -> str:
        """2026年11月25日."""
        day = self.session.day
        return date_words(day)


def reflections_paper(
    unit: UnitOfWork, first: date, last: date, *, by: Order = Order.SESSION
) -> Paper:
    """All texts of a period. Raises ``NotFound`` when there are none."""
    return _paper(unit, first, last, list_sessions(unit, first, last), by)


def session_reflections_paper(
    unit: UnitOfWork, session_id: int, *, by: Order = Order.SESSION
) -> Paper:
    """All texts of one session. Raises ``NotFound`` when there are none."""
    day, rows = _only(unit, session_id)
    return _paper(unit, day, day, rows, by)


def reflections_report(unit: UnitOfWork, first: date, last: date) -> Report:
    """All texts of a period as a table, one a row. Raises ``NotFound`` when there are none."""
    return _report(unit, first, last, list_sessions(unit, first, last))


def session_reflections_report(unit: UnitOfWork, session_id: int) -> Report:
    """All texts of one session as a table. Raises ``NotFound`` when there are none."""
    day, rows = _only(unit, session_id)
    return _report(unit, day, day, rows)


def _only(unit: UnitOfWork, session_id: int) -> tuple[date, list[SessionRow]]:
    day = require(unit, StudySession, "场次", session_id).day
    return day, [row for row in list_sessions(unit, day, day) if row.session.id == session_id]


def _report(
    unit: UnitOfWork, first: date, last: date, sessions: Sequence[SessionRow]
) -> Report:
    roster = load_roster(unit)
    columns = (
        Column("序号", 6, ColumnKind.INTEGER), Column("日期", 12, ColumnKind.DATE),
        Column("活动", 18), Column("姓名", 12), Column("组室", 16), Column("类别", 8),
        Column("讲课", 28), Column("内容", 60),
    )  # fmt: skip
    rows: list[Row] = [
        (number, piece.session.day, kinds_text(piece.row.kinds),
         roster.people[piece.reflection.person_id].name, _group(piece, roster),
         str(piece.reflection.kind), piece.talk.title if piece.talk else "",
         piece.reflection.text.strip())
        for number, piece in enumerate(_pieces(unit, first, last, sessions, roster), start=1)
    ]  # fmt: skip
    title = f"心得体会（{period_words(first, last)}）"
    return Report(title, (Table("心得体会", title, columns, rows),))


def _paper(
    unit: UnitOfWork, first: date, last: date, rows: Sequence[SessionRow], by: Order
) -> Paper:
    roster = load_roster(unit)
    pieces = _pieces(unit, first, last, rows, roster)
    office = next((one.name for one in unit.all(Unit) if one.name), "")
    people = len({piece.reflection.person_id for piece in pieces})
    sessions = len({piece.session.id for piece in pieces})
    blocks: list[Block] = [
        Title("心得体会汇编"),
        Paragraph("　".join(filter(None, (office, period_words(first, last)))), Style.CENTRED),
        Paragraph(f"（{sessions} 场，{people} 人，{len(pieces)} 篇）", Style.CENTRED),
    ]
    blocks += _by_person(pieces, roster) if by is Order.PERSON else _by_session(pieces, roster)
    return Paper("心得体会汇编", tuple(blocks), Layout.OFFICIAL)


def _pieces(
    unit: UnitOfWork, first: date, last: date, rows: Sequence[SessionRow], roster: Roster
) -> list[_Piece]:
    """What is not empty, by date, then by talk, then in the order of asking."""
    by_id = {row.session.id: row for row in rows}
    ids = list(by_id)
    talks = {talk.id: talk for talk in unit.all(Talk, session_id=ids)} if ids else {}
    found = [
        _Piece(one, by_id[one.session_id], talks.get(one.talk_id or 0))
        for one in (unit.all(Reflection, session_id=ids) if ids else ())
        if one.text.strip() and one.person_id in roster.people
    ]
    if not found:
        raise NotFound("心得体会", period_words(first, last))
    place = {session_id: at for at, session_id in enumerate(ids)}
    return sorted(found, key=lambda piece: (
        place[piece.session.id], piece.talk.place if piece.talk else 0, piece.reflection.id,
    ))  # fmt: skip


def _by_person(pieces: Sequence[_Piece], roster: Roster) -> list[Block]:
    blocks: list[Block] = []
    at = {person_id: place for place, person_id in enumerate(roster.people)}
    grouped = _grouped((piece.reflection.person_id, piece) for piece in pieces)
    for number, person_id in enumerate(sorted(grouped, key=at.__getitem__), start=1):
        own = grouped[person_id]
        heading = f"{chinese_number(number)}、{_who(own[-1], roster)}"
        blocks.append(Paragraph(heading, Style.HEADING))
        for count, piece in enumerate(own, start=1):
            about = f"{piece.day} {kinds_text(piece.row.kinds)}{_talk_words(piece.talk, roster)}"
            words = f"（{chinese_number(count)}）{about}　{piece.reflection.kind}"
            blocks += [Paragraph(words, Style.SUBHEADING), Paragraph(_body(piece, roster))]
    return blocks


def _by_session(pieces: Sequence[_Piece], roster: Roster) -> list[Block]:
    blocks: list[Block] = []
    grouped = _grouped((piece.session.id, piece) for piece in pieces)
    for number, own in enumerate(grouped.values(), start=1):
        first = own[0]
        theme = f"　{first.session.theme}" if first.session.theme else ""
        heading = f"{first.day} {kinds_text(first.row.kinds)}{theme}"
        blocks.append(Paragraph(f"{chinese_number(number)}、{heading}", Style.HEADING))
        for count, piece in enumerate(own, start=1):
            on = f"　{_talk_words(piece.talk, roster)}" if piece.talk else ""
            words = f"（{chinese_number(count)}）{_who(piece, roster)}　{piece.reflection.kind}{on}"
            blocks += [Paragraph(words, Style.SUBHEADING), Paragraph(_body(piece, roster))]
    return blocks


def _grouped(pairs: Iterable[tuple[int, _Piece]]) -> Mapping[int, list[_Piece]]:
    found: dict[int, list[_Piece]] = {}
    for key, piece in pairs:
        found.setdefault(key, []).append(piece)
    return found


def _who(piece: _Piece, roster: Roster) -> str:
    name = roster.people[piece.reflection.person_id].name
    group = _group(piece, roster)
    return f"{name}（{group}）" if group else name


def _group(piece: _Piece, roster: Roster) -> str:
    """The group on that day."""
    found = roster.group_on(piece.reflection.person_id, piece.session.day)
    group = roster.groups.get(found or 0)
    return group.name if group else ""


def _talk_words(talk: Talk | None, roster: Roster) -> str:
    if talk is None:
        return ""
    person = roster.people.get(talk.speaker_id or 0)
    speaker = person.name if person else talk.guest
    return f"《{talk.title}》（{speaker}主讲）" if talk.title else f"（{speaker}主讲）"


def _body(piece: _Piece, roster: Roster) -> str:
    """The text without first lines that only repeat what its heading says: name, kind, title."""
    lines = piece.reflection.text.strip().splitlines()
    talk = piece.talk
    known = [
        talk.title if talk else "", piece.session.theme, kinds_text(piece.row.kinds),
        _group(piece, roster), roster.people[piece.reflection.person_id].name,
        roster.people[talk.speaker_id].name if talk and talk.speaker_id in roster.people else "",
    ]  # fmt: skip
    while len(lines) > 1 and _repeats(lines[0], known):
        del lines[0]
    return "\n".join(lines).strip()


def _repeats(line: str, known: Sequence[str]) -> bool:
    """Whether nothing is left of a line without these and the words for such a text."""
    left = _NO_WORD.sub("", line)
    for words in sorted((_NO_WORD.sub("", one) for one in known), key=len, reverse=True):
        left = left.replace(words, "") if words else left
    return not _KINDS.sub("", left)
