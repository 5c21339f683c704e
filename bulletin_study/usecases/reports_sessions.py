"""Sessions as reports: the list of a period, its schedule, and who signed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bulletin_study.domain.attendance import Attendance, Headcount
from bulletin_study.domain.ordinals import Ordinal
from bulletin_study.domain.people import Person, Roster
from bulletin_study.domain.sessions import SessionStatus, StudySession
from bulletin_study.domain.tallies import session_headcount
from bulletin_study.domain.tally_facts import SessionMarks
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.reports import (
    Column,
    ColumnKind,
    Quotient,
    Report,
    Row,
    Table,
    period_words,
)
from bulletin_study.usecases.session_list import SessionRow, list_sessions
from bulletin_study.usecases.titles import UNMARKED, WEEKDAYS, mark_word

STATUS_NAMES: Mapping[SessionStatus, str] = {
    SessionStatus.PLANNED: "计划",
    SessionStatus.HELD: "已开展",
    SessionStatus.CANCELLED: "取消",
    SessionStatus.MOVED: "改期",
}
OUTSIDE = "部领导及其他"

_K = ColumnKind
_NUMBER = Column("序号", 6, _K.INTEGER)
_WHEN = (
    Column("日期", 12, _K.DATE),
    Column("星期", 6),
    Column("开始", 8, _K.TIME),
    Column("结束", 8, _K.TIME),
)
_WHAT = (
    Column("活动", 16),
    Column("期次", 14),
    Column("主题", 40),
    Column("形式", 10),
    Column("领学人/主讲人", 20),
    Column("地点", 14),
)
_COUNTED = ("应到", "实到", "请假", "公出", "缺席", UNMARKED)
_STATE = (Column("状态", 8), Column("原定日期", 12, _K.DATE))


def sessions_report(unit: UnitOfWork, first: date, last: date) -> Report:
    """Every session of the period with its figures, whatever its status."""
    title = f"场次明细（{period_words(first, last)}）"
    return Report(title, (sessions_table(unit, first, last, title),))


def sessions_table(unit: UnitOfWork, first: date, last: date, title: str) -> Table:
    """The sessions of a period, one row each, by date."""
    roster = load_roster(unit)
    marks: dict[int, list[SessionMarks]] = defaultdict(list)
    for row in unit.marks_by_session(first, last):
        marks[row.session_id].append(row)
    columns = (
        _NUMBER,
        *_WHEN,
        *_WHAT,
        Column("主持人", 10),
        *(Column(name, 7, _K.INTEGER) for name in _COUNTED),
        Column("到会率", 9, _K.PERCENT),
        *_STATE,
        Column("归档", 7),
        Column("备注", 24),
    )
    rows = [
        _session_cells(number, row, roster, marks.get(row.session.id, ()), columns)
        for number, row in enumerate(list_sessions(unit, first, last), start=1)
    ]
    return Table("明细", title, columns, rows)


def schedule_report(unit: UnitOfWork, first: date, last: date) -> Report:
    """What is, was and will be held when, where and about what."""
    title = f"学讲评活动安排（{period_words(first, last)}）"
    columns = (_NUMBER, *_WHEN, *_WHAT, *_STATE, Column("备注", 24))
    rows: list[Row] = [
        (number, *_when_cells(row.session), *_what_cells(row), *_state_cells(row.session),
         row.session.status_reason or row.session.note)
        for number, row in enumerate(list_sessions(unit, first, last), start=1)
    ]
    return Report(title, (Table("安排", title, columns, rows),))


def attendance_report(unit: UnitOfWork, first: date, last: date) -> Report:
    """Everybody on every sign-in list of the period: a row for each person and session."""
    title = f"签到明细（{period_words(first, last)}）"
    roster = load_roster(unit)
    columns = (
        Column("日期", 12, _K.DATE),
        Column("活动", 20),
        Column("姓名", 12),
        Column("工号", 12),
        Column("组室", 14),
        Column("状态", 8),
        Column("原因", 30),
    )
    held = [r for r in list_sessions(unit, first, last) if r.session.status is SessionStatus.HELD]
    ids = [row.session.id for row in held]
    lists: dict[int, list[Attendance]] = defaultdict(list)
    for mark in unit.all(Attendance, session_id=ids) if ids else ():
        lists[mark.session_id].append(mark)
    rows: list[Row] = []
    for row in held:
        listed = lists.get(row.session.id, [])
        rows.extend(_mark_cells(row, mark, roster) for mark in _by_rank(listed, roster))
    notes = ["免到、列席列出备查，不计入应到、实到。"]
    totals = sum(not lists.get(row.session.id) for row in held)
    if totals:
        notes.append(f"另有 {totals} 场只有人数、没有名单，见“场次明细”。")
    return Report(title, (Table("签到", title, columns, rows, notes=tuple(notes)),))


def ordinal_text(row: SessionRow) -> str:
    """第21次; with the kind before it where kinds are held together; 暂定 while it is ahead."""
    numbers = row.ordinal_by_kind
    if len(numbers) == 1:
        return "".join(_ordinal(one) for one in numbers.values())
    return "、".join(f"{name}{_ordinal(one)}" for name, one in numbers.items())


def _ordinal(one: Ordinal) -> str:
    return f"第{one.number}次（暂定）" if one.tentative else f"第{one.number}次"


def _when_cells(session: StudySession) -> Row:
    return (session.day, f"周{WEEKDAYS[session.day.weekday()]}", session.start, session.end)


def _what_cells(row: SessionRow) -> Row:
    session = row.session
    who = "、".join(row.speakers) or row.lead
    kinds = "、".join(row.kind_names)
    form = str(session.form or "")
    theme = session.theme or "；".join(row.titles)
    return (kinds, ordinal_text(row), theme, form, who, session.venue)


def _state_cells(session: StudySession) -> Row:
    return (STATUS_NAMES[session.status], session.moved_from)


def _session_cells(
    number: int,
    row: SessionRow,
    roster: Roster,
    marks: Sequence[SessionMarks],
    columns: Sequence[Column],
) -> Row:
    session = row.session
    host = roster.people.get(session.host_id) if session.host_id is not None else None
    figures: Row = (None,) * (len(_COUNTED) + 1)
    if session.status is SessionStatus.HELD:
        at = next(i for i, column in enumerate(columns) if column.title == _COUNTED[0])
        figures = _figures(session_headcount(session, None, marks), at)
    closed = "" if not session.archived else "缺项归档" if session.waiver else "已归档"
    remark = "；".join(filter(None, (session.status_reason, session.waiver, session.note)))
    return (
        number,
        *_when_cells(session),
        *_what_cells(row),
        host.name if host else session.host_name,
        *figures,
        *_state_cells(session),
        closed,
        remark,
    )


def _figures(count: Headcount, at: int) -> Row:
    """应到 … 未签 from column ``at`` on, and the 到会率 where nobody is 未签."""
    rate: Quotient | None = None
    if not count.unmarked:
        value = count.came / count.expected if count.expected else None
        rate = Quotient(value, at + 1, at)
    return (count.expected, count.came, count.leave, count.official, count.absent,
            count.unmarked, rate)


def _mark_cells(row: SessionRow, mark: Attendance, roster: Roster) -> Row:
    person: Person | None = roster.people.get(mark.person_id)
    group = roster.groups.get(mark.group_id) if mark.group_id is not None else None
    return (
        row.session.day,
        "、".join(row.kind_names),
        person.name if person else "",
        person.staff_number if person else None,
        group.name if group else OUTSIDE,
        mark_word(mark.mark),
        mark.reason,
    )


def _by_rank(marks: Iterable[Attendance], roster: Roster) -> list[Attendance]:
    place = {person_id: at for at, person_id in enumerate(roster.people)}
    return sorted(marks, key=lambda m: place.get(m.person_id, len(place)))
