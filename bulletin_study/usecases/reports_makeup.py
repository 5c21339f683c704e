"""补学台账: who missed what, what they were given, what they wrote, and when it was cleared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bulletin_study.domain.make_ups import MakeUpState
from bulletin_study.domain.settings import Unit
from bulletin_study.usecases.make_up_list import (
    MakeUpLedger,
    MakeUpLine,
    Wanted,
    load_make_ups,
    state_words,
)
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.reports import Column, ColumnKind, Report, Row, Table, period_words
from bulletin_study.usecases.titles import date_words, kinds_text

_COLUMNS = (
    Column("序号", 8, ColumnKind.INTEGER),
    Column("姓名", 12),
    Column("组室", 14),
    Column("场次", 20),
    Column("日期", 20, ColumnKind.DATE),
    Column("缺席类别及原因", 18),
    Column("学习材料", 20),
    Column("补学心得", 30),
    Column("期限", 20, ColumnKind.DATE),
    Column("完成日期", 20, ColumnKind.DATE),
    Column("状态", 15),
)


def make_up_report(
    unit: UnitOfWork, first: date, last: date, wanted: Wanted = Wanted.ALL
) -> Report:
    """The lines asked for of the sessions of a period, by date and 排名; a debt that ended
    is among them only where something was noted. The sums are those of all lines."""
    ledger = load_make_ups(unit, first, last)
    part = "" if wanted is Wanted.ALL else f"，只列{wanted}"
    title = f"补学台账（{period_words(first, last)}{part}）"
    lines = ledger.only(wanted)
    rows = [_cells(number, line, ledger.today) for number, line in enumerate(lines, start=1)]
    offices = unit.all(Unit)
    notes = _foot(offices[0].name if offices else "", ledger, lines)
    return Report(title, (Table("补学", title, _COLUMNS, rows, None, summary(ledger), notes),))


def summary(ledger: MakeUpLedger) -> str:
    """应补 12 人次，已补 8，待补 4，其中逾期 1; what ended otherwise is in none of them."""
    cleared = sum(line.debt.state is MakeUpState.CLEARED for line in ledger.lines)
    waiting, over = len(ledger.open), len(ledger.overdue)
    late = f"，其中逾期 {over}" if over else ""
    return f"应补 {cleared + waiting} 人次，已补 {cleared}，待补 {waiting}{late}"


def _cells(number: int, line: MakeUpLine, today: date) -> Row:
    debt = line.debt
    what = kinds_text(line.kinds)
    return (
        number,
        line.name,
        line.group,
        f"{what}：{line.session.theme}" if line.session.theme else what,
        debt.day,
        line.why,
        debt.material,
        debt.note,
        debt.due,
        debt.cleared,
        state_words(debt, today),
    )


def _foot(
    office: str, ledger: MakeUpLedger, lines: Sequence[MakeUpLine]
) -> tuple[str, ...]:
    today = ledger.today
    made = date_words(today)
    blank = "　" * 5
    gone = any(line.debt.gone for line in lines)
    dropped = any(line.debt.state is MakeUpState.DROPPED for line in lines)
    notes = [f"补学不改变到会率。期限没有另定的，是场次后 {ledger.days} 天。"]
    if gone or dropped:
        notes.append("“不用补了”“已离开”的列出备查，不计入应补。")
    signed = (f"填报单位（盖章）：{office}", "填报人：", "审核人：", f"填报日期：{made}")
    return (*notes, blank.join(signed))
