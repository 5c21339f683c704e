"""One session's sign-in as a report: everybody on its list, and the figures of each kind."""

from __future__ import annotations

from bulletin_study.domain.attendance import Attendance, Headcount
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.reports import Cell, Column, ColumnKind, Report, Table
from bulletin_study.usecases.reports_sessions import OUTSIDE
from bulletin_study.usecases.sign_in_page import SignInPage, load_page
from bulletin_study.usecases.titles import UNMARKED, day_text, kinds_text, mark_word

_K = ColumnKind
_LIST = (
    Column("序号", 6, _K.INTEGER),
    Column("姓名", 12),
    Column("工号", 12),
    Column("组室", 16),
    Column("职务职级", 20),
    Column("签到", 8),
    Column("原因", 30),
)
_FIGURES = ("应到", "实到", "迟到", "早退", "请假", "公出", "缺席", UNMARKED)


def sign_in_report(unit: UnitOfWork, session_id: int) -> Report:
    """The sign-in of one session, by 排名, and its figures. Raises ``NotFound``."""
    page = load_page(unit, session_id)
    sign_in = page.sign_in
    session = page.session
    title = f"{kinds_text(sign_in.kinds)}签到表"
    parts = (day_text(session.day), f"{session.start:%H:%M}", session.venue, session.theme)
    about = f"{session.day.year} 年 " + " · ".join(part for part in parts if part)
    rows = [_cells(number, row, page) for number, row in enumerate(sign_in.rows, start=1)]
    notes = ("免到、列席列出备查，不计入应到、实到。",)
    counted: list[tuple[Cell, ...]] = [_figures("合计", sign_in.headcount)]
    if len(sign_in.kinds) > 1:
        counted += [_figures(k.name, sign_in.headcount_for(k.id)) for k in sign_in.kinds]
    columns = (Column("活动", 20), *(Column(name, 8, _K.INTEGER) for name in _FIGURES))
    return Report(
        f"{title}（{session.day:%Y-%m-%d}）",
        (
            Table("签到", title, _LIST, rows, subtitle=about, notes=notes),
            Table("人数", f"{title}：人数", columns, counted, subtitle=about),
        ),
    )


def _cells(number: int, row: Attendance, page: SignInPage) -> tuple[Cell, ...]:
    person = page.roster.people.get(row.person_id)
    group = page.roster.groups.get(row.group_id) if row.group_id is not None else None
    return (
        number,
        person.name if person else "",
        person.staff_number if person else None,
        group.name if group else OUTSIDE,
        person.title if person else "",
        mark_word(row.mark),
        row.reason,
    )


def _figures(name: str, count: Headcount) -> tuple[Cell, ...]:
    return (name, count.expected, count.came, count.late, count.left_early, count.leave,
            count.official, count.absent, count.unmarked)  # fmt: skip
