"""签到表 as offices sign it: by 排名, two columns of names on an A4 page, room for 列席.

Blank it lists today's roster with what 不在岗 tells beforehand; filled it says who was there,
why the others were not, and figures that add up. Up to about fifty names stand on one page;
more are spread evenly over several, each with the whole head.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.errors import NotFound
from bulletin_study.domain.sessions import Form, SessionStatus, StudySession
from bulletin_study.usecases.handing_in import numbers_named
from bulletin_study.usecases.mark_words import why_words
from bulletin_study.usecases.paper_facts import (
    ROOM,
    KindChoice,
    Share,
    chosen_pages,
    figures_text,
    headcount_of,
    held_between,
    host_of,
    listed,
    of_kinds,
    open_session,
    ordinal_line,
    post_of,
    theme_of,
    took_place,
    totals_only,
    totals_text,
    when_text,
)
from bulletin_study.usecases.papers import (
    Block,
    Grid,
    Layout,
    Paper,
    Paragraph,
    Signatures,
    Style,
    Title,
    on_pages,
)
from bulletin_study.usecases.ports import Progress, UnitOfWork
from bulletin_study.usecases.reports import (
    Column,
    ColumnKind,
    Numbered,
    Report,
    Row,
    Table,
    period_words,
)
from bulletin_study.usecases.sign_in_page import SignInPage
from bulletin_study.usecases.titles import UNMARKED, kinds_text

_COLUMNS = (("序号", 9), ("姓名", 21), ("组室/职务", 22), ("签到", 17), ("备注", 18))
"""Millimetres; two of these stand side by side."""
_LOWEST, _HIGHEST, _ROOM, _LINE = 7.0, 9.5, 198.0, 5.2
"""Millimetres: a row that can still be signed in, a row at most, what rows may take of a page,
and what a line of figures takes of that."""
_OBSERVER_ROWS = 2
_TABLE = (
    Column("序号", 6, ColumnKind.INTEGER),
    Column("姓名", 24),
    Column("组室/职务", 28),
    Column("签到", 10),
    Column("备注", 36),
)


@dataclass(frozen=True, slots=True)
class _Name:
    """A line of the list."""

    number: str
    name: str
    post: str
    mark: str
    remark: str


def sign_in_paper(
    unit: UnitOfWork, session_id: int, *, blank: bool = False, kinds: KindChoice = "each"
) -> Paper:
    """The sheet of one session, several where kinds are held together.

    Raises ``NotFound``, ``WrongStatus`` for one called off.
    """
    session = open_session(unit, session_id, "签到表")
    return _paper(chosen_pages(unit, [session]), blank, kinds)


def sign_in_of(page: SignInPage) -> Paper:
    """The sheet of a session already read, one for each kind."""
    return _paper([page], False, "each")


def sign_in_papers(
    unit: UnitOfWork, first: date, last: date, *, blank: bool = False,
    kinds: KindChoice = "each", progress: Progress | None = None,
) -> Paper:  # fmt: skip
    """The sheets of a period: of what was held; blank ones of all that was not called off.

    Raises ``NotFound`` when there are none.
    """
    sessions = _blank_between(unit, first, last) if blank else held_between(unit, first, last)
    return _paper(chosen_pages(unit, sessions, progress), blank, kinds)


def sign_in_tables(
    unit: UnitOfWork, first: date, last: date, *, kinds: KindChoice = "each",
    progress: Progress | None = None,
) -> Report:  # fmt: skip
    """The filled sheets of a period as tables, one list of names each. Raises ``NotFound``."""
    pages = chosen_pages(unit, held_between(unit, first, last), progress)
    return _report(pages, kinds, f"签到表（{period_words(first, last)}）")


def sign_in_table(unit: UnitOfWork, session_id: int, *, kinds: KindChoice = "each") -> Report:
    """The filled sheet of one session as a table. Raises as :func:`sign_in_paper`."""
    session = open_session(unit, session_id, "签到表")
    return _report(chosen_pages(unit, [session]), kinds, f"签到表（{session.day:%Y-%m-%d}）")


def _blank_between(unit: UnitOfWork, first: date, last: date) -> list[StudySession]:
    between = unit.sessions_between(first, last)
    found = [session for session in between if session.status is not SessionStatus.CANCELLED]
    if not found:
        raise NotFound("场次", period_words(first, last))
    return found


def _numbers(made: Sequence[tuple[SignInPage, Share]]) -> tuple[Numbered, ...]:
    return tuple(one for page, share in made for one in numbers_named(page.row, share))


def _paper(pages: Sequence[SignInPage], blank: bool, choice: KindChoice) -> Paper:
    made = of_kinds(pages, choice, "签到表")
    parts = [part for page, share in made for part in _sheets(page, share, blank)]
    return Paper("签到表", on_pages(parts), Layout.LIST, _numbers(made))


def _report(pages: Sequence[SignInPage], choice: KindChoice, title: str) -> Report:
    made = of_kinds(pages, choice, "签到表")
    return Report(title, tuple(_table(*one) for one in made), _numbers(made))


# --- one sheet --------------------------------------------------------------------------


def _sheets(page: SignInPage, share: Share, blank: bool) -> Iterator[list[Block]]:
    """One session's pages; the last has the 列席, the figures and the names at the foot."""
    filled = took_place(page) and not blank
    names = [] if totals_only(page) else _names(page, share, filled)
    observers = _observers(page, filled)
    figures = _figures(page, share, filled)
    below = max(_OBSERVER_ROWS, ceil(len(observers) / 2))
    room = _ROOM - _LINE * (len(figures) - 1)
    pages = max(ceil(len(names) / (2 * max(int(room / _LOWEST) - below, 1))), 1)
    rows = ceil(len(names) / (2 * pages))
    height = min(max(room / (rows + below), _LOWEST), _HIGHEST)
    for at in range(pages):
        own = names[at * 2 * rows : (at + 1) * 2 * rows]
        lines = _side_by_side(own, ceil(len(own) / 2))
        foot: list[Block] = []
        if at == pages - 1:
            lines += _side_by_side(observers, below, "列席")
            foot += [Paragraph(line, Style.NOTE) for line in figures]
            foot.append(Signatures(("记录人", "填报人")))
        yield [
            Title(f"{kinds_text(share)}签到表"),
            Paragraph(ordinal_line(page, share), Style.CENTRED),
            Grid(Table("签到", "签到表", _doubled(), lines), _above(page), height),
            *foot,
        ]


def _table(page: SignInPage, share: Share) -> Table:
    """The same list as rows of a spreadsheet."""
    names = [] if totals_only(page) else _names(page, share, filled=took_place(page))
    rows: list[Row] = [
        (number, one.name, one.post, one.mark, one.remark)
        for number, one in enumerate(names, start=1)
    ]
    rows += [(None, o.name, o.post, "列席", o.remark) for o in _observers(page, filled=True)]
    title = f"{kinds_text(share)}签到表{ordinal_line(page, share)}"
    figures = _figures(page, share, took_place(page))
    sheet = f"{page.session.day:%m-%d}{kinds_text(share)}"
    return Table(sheet, title, _TABLE, rows, subtitle="　".join(_above(page)), notes=tuple(figures))


def _doubled() -> tuple[Column, ...]:
    return tuple(Column(title, width) for title, width in _COLUMNS) * 2


def _above(page: SignInPage) -> tuple[str, ...]:
    session = page.session
    return (
        f"时间：{when_text(session)}　　地点：{session.venue or ROOM}",
        f"主题：{theme_of(page) or ROOM * 4}　　主持人：{host_of(page) or ROOM}",
    )


def _side_by_side(names: Sequence[_Name], rows: int, number: str = "") -> list[Row]:
    """Down the left half, then down the right; what is missing is left to be written by hand."""
    empty = _Name(number, "", "", "", "")
    filled = [*names, *[empty] * (2 * rows - len(names))]
    return [(*_cells(filled[at]), *_cells(filled[at + rows])) for at in range(rows)]


def _cells(one: _Name) -> tuple[str, ...]:
    return (one.number, one.name, one.post, one.mark, one.remark)


def _names(page: SignInPage, share: Share, filled: bool) -> list[_Name]:
    alone = page.session.form is Form.SELF_STUDY
    return [
        _Name(
            str(number),
            page.name(row.person_id),
            post_of(page, row),
            _mark_words(row, alone) if filled else "",
            row.reason if filled else _known_before(row),
        )
        for number, row in enumerate(listed(page, share), start=1)
    ]


def _observers(page: SignInPage, filled: bool) -> list[_Name]:
    found = page.sign_in.observers if filled else ()
    return [
        _Name("列席", page.name(row.person_id), post_of(page, row), "列席", row.reason)
        for row in found
    ]


def _mark_words(row: Attendance, alone: bool) -> str:
    if row.mark is None:
        return "未完成" if alone else UNMARKED
    return "完成" if alone and row.mark is Mark.PRESENT else str(row.mark)


def _known_before(row: Attendance) -> str:
    """请假, 公出 and 免到 known beforehand; the reason mostly says which by itself."""
    if row.mark not in (Mark.LEAVE, Mark.OFFICIAL, Mark.ABSENT, Mark.EXEMPT):
        return ""
    return why_words(row.mark, row.reason, " ")


# --- figures ----------------------------------------------------------------------------


def _figures(page: SignInPage, share: Share, filled: bool) -> list[str]:
    if not filled:
        return [_to_fill(page, share)]
    if totals_only(page):
        return [f"{totals_text(page)}。这一场只有人数，没有名单。"]
    lines = [figures_text(headcount_of(page, share)) + _beside(page, share)]
    if len(share) > 1:
        lines += [f"其中{k.name}：{figures_text(headcount_of(page, (k,)))}" for k in share]
    return lines


def _beside(page: SignInPage, share: Share) -> str:
    """Who stands on the list and in no figure."""
    exempt = sum(row.mark is Mark.EXEMPT for row in listed(page, share))
    beside = [f"免到 {exempt} 人"] if exempt else []
    if page.sign_in.observers:
        beside.append(f"列席 {len(page.sign_in.observers)} 人")
    return f"；另有{'、'.join(beside)}" if beside else ""


def _to_fill(page: SignInPage, share: Share) -> str:
    expected = headcount_of(page, share).expected
    exempt = sum(row.mark is Mark.EXEMPT for row in listed(page, share))
    beside = f"（另有免到 {exempt} 人）" if exempt else ""
    room = "　" * 2
    parts = (f"实到{room}人", f"请假{room}人", f"公出{room}人", f"缺席{room}人", f"列席{room}人")
    return f"应到 {expected} 人{beside}　" + "　".join(parts)
