"""The counts of a period as a report: 汇总, 明细, 个人 and 组室."""

from __future__ import annotations

from datetime import date

from bulletin_study.domain.attendance import Headcount
from bulletin_study.domain.sessions import StudySession
from bulletin_study.domain.tallies import Counts, KindCount, PersonCount
from bulletin_study.domain.tally_facts import Rate
from bulletin_study.usecases.counts import Figures, count
from bulletin_study.usecases.ports import UnitOfWork, names
from bulletin_study.usecases.reports import (
    Cell,
    Column,
    ColumnKind,
    ColumnSum,
    Quotient,
    Report,
    Row,
    RowSum,
    Table,
    period_words,
)
from bulletin_study.usecases.reports_sessions import sessions_table
from bulletin_study.usecases.titles import day_text

_K = ColumnKind
_PARTS = ("应到", "实到", "迟到", "早退", "请假", "公出", "缺席", "未签")
_GROUP_PARTS = ("应到", "实到", "请假", "公出", "缺席", "未签")
_RATE = (
    Column("计率实到", 10, _K.INTEGER),
    Column("计率应到", 10, _K.INTEGER),
    Column("到会率", 9, _K.PERCENT),
)


def counts_report(unit: UnitOfWork, first: date, last: date) -> Report:
    """The figures of the period, the same that the window and the command line show."""
    figures = count(unit, first, last)
    period = period_words(first, last)
    return Report(
        f"学讲评活动统计（{period}）",
        (
            _summary(unit, figures, f"学讲评活动统计（{period}）"),
            sessions_table(unit, first, last, f"场次明细（{period}）"),
            _people(figures, f"个人统计（{period}）"),
            _groups(figures, f"组室统计（{period}）"),
        ),
    )


def _summary(unit: UnitOfWork, figures: Figures, title: str) -> Table:
    """One row per kind: months, total, people, rates, what is still planned."""
    counts = figures.counts
    kinds = [k for k in counts.kinds if k.held or k.planned or k.cancelled]
    opening = any(k.opening for k in kinds)
    columns = (
        Column("活动类型", 20),
        *((Column("期初", 7, _K.INTEGER),) if opening else ()),
        *(Column(text, 8, _K.INTEGER) for text in _month_titles(counts)),
        Column("合计", 8, _K.INTEGER),
        Column("应到人次", 10, _K.INTEGER),
        Column("实到人次", 10, _K.INTEGER),
        *_RATE,
        Column("计率在岗应到", 10, _K.INTEGER),
        Column("在岗到会率", 10, _K.PERCENT),
        Column("学时", 10, _K.DECIMAL),
        Column("计划", 7, _K.INTEGER),
        Column("其中改期", 8, _K.INTEGER),
        Column("取消", 7, _K.INTEGER),
        Column("有未签", 8, _K.INTEGER),
    )
    rows = [_kind_cells(kind, counts.months, opening) for kind in kinds]
    return Table(
        "汇总",
        title,
        columns,
        rows,
        _summary_total(counts, kinds, opening) if rows else None,
        figures.sentence,
        _summary_notes(unit, counts, kinds, opening),
    )


def _month_titles(counts: Counts) -> list[str]:
    years = {month[:4] for month in counts.months}
    return [
        f"{int(month[5:])}月" if len(years) == 1 else f"{month[:4]}年{int(month[5:])}月"
        for month in counts.months
    ]


def _kind_cells(kind: KindCount, months: tuple[str, ...], opening: bool) -> Row:
    by_month = [len(kind.months.get(month, ())) for month in months]
    head: list[Cell] = [kind.kind.name, *([kind.opening] if opening else []), *by_month]
    total = RowSum(kind.held, 1, len(head) - 1) if len(head) > 1 else kind.held
    at = len(head) + 3
    return (
        *head,
        total,
        kind.expected,
        kind.person_times,
        *_rate_cells(kind.rate, kind.on_duty_rate, at),
        kind.hours,
        kind.planned,
        kind.moved,
        kind.cancelled,
        len(kind.incomplete_ids),
    )


def _rate_cells(rate: Rate, on_duty: Rate, at: int) -> Row:
    """计率实到, 计率应到, 到会率, 计率在岗应到, 在岗到会率 from column ``at`` on."""
    return (
        rate.numerator,
        rate.denominator,
        Quotient(rate.value, at, at + 1),
        on_duty.denominator,
        Quotient(on_duty.value, at, at + 3),
    )


def _summary_total(counts: Counts, kinds: list[KindCount], opening: bool) -> Row:
    """Sessions held as several kinds are one here; people are added kind by kind."""
    months = [ColumnSum(counts.total_months.get(month, 0)) for month in counts.months]
    head: list[Cell] = ["合计", *([ColumnSum(sum(k.opening for k in kinds))] if opening else [])]
    head += months
    rate = sum((k.rate for k in kinds), Rate())
    on_duty = sum((k.on_duty_rate for k in kinds), Rate())
    rates = _rate_cells(rate, on_duty, len(head) + 3)
    summed = [ColumnSum(cell) if isinstance(cell, int) else cell for cell in rates]
    return (
        *head,
        ColumnSum(counts.total_held),
        ColumnSum(sum(k.expected for k in kinds)),
        ColumnSum(sum(k.person_times for k in kinds)),
        *summed,
        ColumnSum(round(sum(k.hours for k in kinds), 2)),
        ColumnSum(len({i for k in kinds for i in k.planned_ids})),
        ColumnSum(sum(k.moved for k in kinds)),
        ColumnSum(len({i for k in kinds for i in k.cancelled_ids})),
        ColumnSum(len({i for k in kinds for i in k.incomplete_ids})),
    )


def _summary_notes(
    unit: UnitOfWork, counts: Counts, kinds: list[KindCount], opening: bool
) -> tuple[str, ...]:
    notes = ["只计已开展的场次；到会率＝计率实到÷计率应到，有未签的场次不计入到会率。"]
    if sum(k.held for k in kinds) != counts.total_held:
        notes.append("几类活动合开的一场，各类分别计，合计只计一场；人次和学时按各类分别计。")
    if opening:
        notes.append("期初是启用本程序前已开展的场次，计入合计，没有名单。")
    ids = sorted({i for k in kinds for i in k.incomplete_ids})
    if ids:
        days = [day_text(s.day) for s in unit.all(StudySession, id=ids)]
        notes.append(f"有未签、暂不计入到会率的场次：{names(sorted(days), limit=5)}。")
    return tuple(notes)


def _people(figures: Figures, title: str) -> Table:
    """One row per person, by 排名."""
    columns = (
        Column("序号", 6, _K.INTEGER),
        Column("姓名", 12),
        Column("工号", 12),
        Column("组室", 14),
        *(Column(part, 7, _K.INTEGER) for part in _PARTS),
        Column("讲课", 7, _K.INTEGER),
        Column("点评", 7, _K.INTEGER),
        Column("感想心得体会", 9, _K.INTEGER),
        Column("补学", 7, _K.INTEGER),
    )
    by_id = {p.person_id: p for p in figures.counts.people}
    ranked = [by_id[person_id] for person_id in figures.roster.people if person_id in by_id]
    rows = [_person_cells(number, p, figures) for number, p in enumerate(ranked, start=1)]
    return Table("个人", title, columns, rows, _total(rows, 4))


def _person_cells(number: int, one: PersonCount, figures: Figures) -> Row:
    roster, last = figures.roster, figures.counts.last
    person = roster.people[one.person_id]
    c = one.headcount
    # Who left before the period ended is listed with the group he left from.
    day = last if person.left is None else min(last, person.left)
    group = figures.group_name(roster.group_on(person.id, day))
    parts = (c.expected, c.came, c.late, c.left_early, c.leave, c.official, c.absent, c.unmarked)
    done = (one.talks, one.comments, one.reflections, one.made_up)
    return (number, person.name, person.staff_number, group, *parts, *done)


def _groups(figures: Figures, title: str) -> Table:
    """One row per group in turn order; who was in none last."""
    columns = (
        Column("组室", 16),
        Column("场次", 8, _K.INTEGER),
        Column("讲课", 8, _K.INTEGER),
        *(Column(part, 8, _K.INTEGER) for part in _GROUP_PARTS),
        *_RATE,
    )
    place = {group_id: at for at, group_id in enumerate(figures.roster.groups)}
    groups = sorted(figures.counts.groups, key=lambda g: place.get(g.group_id or 0, len(place)))
    rows: list[Row] = [
        (
            figures.group_name(g.group_id),
            g.held,
            g.talks,
            *_headcount_cells(g.headcount),
            g.rate.numerator,
            g.rate.denominator,
            Quotient(g.rate.value, 9, 10),
        )
        for g in groups
    ]
    total = _total(rows, 2)
    if total is not None:
        rate = sum((g.rate for g in groups), Rate())
        total = (*total[:-1], Quotient(rate.value, 9, 10))
    return Table("组室", title, columns, rows, total, notes=("人员按当天所在的组室计。",))


def _headcount_cells(c: Headcount) -> Row:
    return (c.expected, c.came, c.leave, c.official, c.absent, c.unmarked)


def _total(rows: list[Row], first: int) -> Row | None:
    """合计 of all whole-number columns from ``first`` on."""
    if not rows:
        return None
    sums: list[Cell] = []
    for column in list(zip(*rows, strict=True))[first:]:
        numbers = [cell for cell in column if isinstance(cell, int)]
        sums.append(ColumnSum(sum(numbers)) if numbers else None)
    return ("合计", *(None,) * (first - 1), *sums)
