"""The matrix kind × month as rows and columns of a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bulletin_study.domain.outlook import WithOutlook
from bulletin_study.domain.tallies import Counts, KindCount
from bulletin_study.domain.tally_facts import Rate
from bulletin_study.ui.cells import Cell, Column
from bulletin_study.usecases.titles import percent

TOTAL = 0
MOST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class MatrixRow(WithOutlook):
    """One kind (or 合计, with kind id 0): held sessions by span, and its other figures.

    ``spans`` maps a month ("2026-01") or, for long periods, a year ("2026") to a number.
    """

    kind_id: int
    name: str
    spans: dict[str, int]
    opening: int
    held: int
    planned: int
    cancelled: int
    rate: Rate
    on_duty: Rate
    person_times: int
    hours: float
    incomplete: int
    ahead: int = 0


def spans_of(counts: Counts) -> list[str]:
    """Months of the period that hold sessions; years when there are more than twelve."""
    if len(counts.months) <= MOST_MONTHS:
        return list(counts.months)
    return sorted({month[:4] for month in counts.months})


def matrix_rows(counts: Counts) -> list[MatrixRow]:
    """A row for each kind with anything in the period, then 合计."""
    spans = spans_of(counts)
    used = [k for k in counts.kinds if k.held or k.planned or k.cancelled]
    rows = [_row(kind, spans) for kind in used]
    rows.append(_total(counts, rows, spans))
    return rows


def _row(kind: KindCount, spans: Sequence[str]) -> MatrixRow:
    sums = {span: sum(len(i) for m, i in kind.months.items() if m.startswith(span))
            for span in spans}
    return MatrixRow(
        kind.kind.id,
        kind.kind.name,
        sums,
        kind.opening,
        kind.held,
        kind.planned,
        kind.cancelled,
        kind.rate,
        kind.on_duty_rate,
        kind.person_times,
        kind.hours,
        len(kind.incomplete_ids),
        kind.ahead,
    )


def _total(counts: Counts, rows: Sequence[MatrixRow], spans: Sequence[str]) -> MatrixRow:
    """Sessions held as several kinds stand once in the total; the other figures are sums."""
    sums = {
        span: sum(n for month, n in counts.total_months.items() if month.startswith(span))
        for span in spans
    }
    return MatrixRow(
        TOTAL,
        "合计",
        sums,
        sum(r.opening for r in rows),
        counts.total_held,
        sum(r.planned for r in rows),
        sum(r.cancelled for r in rows),
        sum((r.rate for r in rows), Rate()),
        sum((r.on_duty for r in rows), Rate()),
        sum(r.person_times for r in rows),
        round(sum(r.hours for r in rows), 2),
        sum(r.incomplete for r in rows),
        sum(r.ahead for r in rows),
    )


def columns(counts: Counts) -> list[Column[MatrixRow]]:
    """The columns for this period."""
    spans = spans_of(counts)
    years = {span[:4] for span in spans}
    made: list[Column[MatrixRow]] = [
        Column("kind", "活动", lambda r: Cell(r.name, bold=r.kind_id == TOTAL), width=116)
    ]
    if any(kind.opening for kind in counts.kinds):
        made.append(_number("opening", "期初", lambda r: r.opening))
    for span in spans:
        made.append(_number(span, _span_title(span, len(years) > 1), _span_getter(span)))
    made += [
        _number("held", "已开展", lambda r: r.held, bold=True, width=62),
        _number("planned", "计划", lambda r: r.planned, width=50, drop=1),
        _number("cancelled", "取消", lambda r: r.cancelled, width=50, drop=2),
        _rate("rate", "到会率", lambda r: r.rate, 66, 0, _outlook),
        _rate("on_duty", "在岗到会率", lambda r: r.on_duty, 86, 4),
        _number("times", "人次", lambda r: r.person_times, width=58, drop=3),
        Column("hours", "学时", lambda r: _plain(r, f"{r.hours:g}"), width=62, right=True,
               drop=5, sortable=False),
    ]
    return made


def _span_title(span: str, several_years: bool) -> str:
    if len(span) == 4:
        return f"{span}年"
    month = f"{int(span[5:])}月"
    return f"{span[2:4]}年{month}" if several_years else month


def _span_getter(span: str) -> Callable[[MatrixRow], int]:
    return lambda r: r.spans.get(span, 0)


def _number(
    name: str,
    title: str,
    get: Callable[[MatrixRow], int],
    *,
    bold: bool = False,
    width: int = 43,
    drop: int = 0,
) -> Column[MatrixRow]:
    def cell(row: MatrixRow) -> Cell:
        value = get(row)
        tone = "text" if value else "text3"
        return Cell(str(value), bold=bold or row.kind_id == TOTAL, tone=tone)

    return Column(name, title, cell, width=width, right=True, drop=drop, sortable=False)


def _plain(row: MatrixRow, text: str) -> Cell:
    return Cell(text, bold=row.kind_id == TOTAL)


def _rate(
    name: str, title: str, get: Callable[[MatrixRow], Rate], width: int, drop: int,
    more: Callable[[MatrixRow], str] = lambda _: "",
) -> Column[MatrixRow]:  # fmt: skip
    def cell(row: MatrixRow) -> Cell:
        rate = get(row)
        tip = f"{rate.numerator} ÷ {rate.denominator}"
        if row.incomplete:
            tip += f"；另有 {row.incomplete} 场还有未签，没有算进来"
        tip += more(row)
        return Cell(percent(rate), bold=row.kind_id == TOTAL, tip=tip)

    return Column(name, title, cell, width=width, right=True, drop=drop, sortable=False)


def _outlook(row: MatrixRow) -> str:
    """What the planned sessions may still make of the rate."""
    if not row.ahead:
        return ""
    over, best = percent(row.rate_over_planned), percent(row.highest_possible)
    return f"；连计划的一起算 {over}，后面全到最高 {best}"
