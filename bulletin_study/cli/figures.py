"""The figures: counts and what is exported of them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from bulletin_study.app import write_document, write_package
from bulletin_study.cli import papers, values
from bulletin_study.cli.grammar import Add, as_json, period
from bulletin_study.cli.output import DONE, show, show_json, show_table, tell
from bulletin_study.cli.store import opened
from bulletin_study.domain.errors import BadValue
from bulletin_study.domain.tally_facts import Rate
from bulletin_study.usecases.counts import Figures, count, counts_json
from bulletin_study.usecases.evidence_package import plan_period
from bulletin_study.usecases.handing_in import fix_printed
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.paper_person import person_record
from bulletin_study.usecases.paper_rotation import rotation_paper
from bulletin_study.usecases.papers import Paper
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.reports import Report
from bulletin_study.usecases.reports_counts import counts_report
from bulletin_study.usecases.reports_makeup import make_up_report
from bulletin_study.usecases.reports_rotation import rotation_report
from bulletin_study.usecases.reports_sessions import (
    attendance_report,
    schedule_report,
    sessions_report,
)

Build = Callable[[UnitOfWork, date, date], Report | Paper]

_TABLES: Mapping[str, Build] = {
    "counts": counts_report,
    "sessions": sessions_report,
    "attendance": attendance_report,
    "schedule": schedule_report,
    "rotation": rotation_report,
    "makeup": make_up_report,
}
_PAPERS: Mapping[str, Build] = {"rotation": rotation_paper}
"""What is laid out as a page of its own where the suffix names a paper."""
_PERSON, _EVIDENCE = "person", "evidence"
_KNOWN = (*_TABLES, *papers.NAMES, _PERSON, _EVIDENCE)
_LATER = (
    "ledger", "review", "summary", "brief", "calendar", "package",
)


def add_commands(add: Add) -> None:
    """counts, export."""
    counts = add("counts", show_counts, "一段时间的场次、人次、到会率和简报用语")
    period(counts)
    as_json(counts)
    export = add("export", write_report,
                 "导出到文件，格式看后缀（.xlsx .csv .docx .pdf，佐证包 .zip）")  # fmt: skip
    export.add_argument("what", metavar="内容", choices=[*_KNOWN, *_LATER],
                        help=f"{'、'.join(_KNOWN)}")
    period(export, required=False)
    papers.add_options(export)
    export.add_argument("--staff", metavar="工号",
                        help="person（个人学习记录）是谁的：工号，或没有重名的姓名")
    export.add_argument("-o", "--out", metavar="FILE", required=True, help="写到哪个文件")


def show_counts(args: Namespace) -> int:
    """counts"""
    first, last = values.period(args)
    with opened(args) as office, office.view() as unit:
        figures = count(unit, first, last)
    if args.json:
        show_json(counts_json(figures))
    else:
        _show_figures(figures)
    return DONE


def write_report(args: Namespace) -> int:
    """export"""
    from bulletin_study.exchange.writing import writers

    first, last = values.period(args) if args.session is None else (date.min, date.max)
    path = Path(args.out)
    if args.what == _EVIDENCE:
        return _write_evidence(args, path)
    build = _builder(args, path.suffix.lower() in writers.PAPERS)
    only_paper = (*_PAPERS, *papers.NAMES, _PERSON)
    if build is None and args.what in only_paper:
        writers.check_suffix(path, writers.PAPERS)
    if build is None:
        raise BadValue("导出内容", args.what, f"{'、'.join(_KNOWN)}之一（这个版本只导出这些）")
    writers.check_suffix(path)
    with opened(args) as office:
        with office.view() as unit:
            document = build(unit, first, last)
        boxes = write_document(document, path)
        if boxes:
            lacking = f"这台机器的字体里没有“{'、'.join(boxes)}”"
            tell(f"{lacking}，PDF 里是方框；存成 .docx 就没有这个问题。")
        show(f"已写入 {path}：{document.title}。")
        if document.numbers:
            with office.unit() as unit:
                fixed = fix_printed(unit, document)
            if fixed.operation_id is not None:
                show(f"{fixed.label}（可撤销）。")
    return DONE


def _builder(args: Namespace, on_paper: bool) -> Build | None:
    if args.what == _PERSON:
        staff = args.staff or ""
        return (lambda unit, first, last: _record(unit, staff, first, last)) if on_paper else None
    own = papers.builder(args, on_paper)
    return own or (_PAPERS.get(args.what) if on_paper else None) or _TABLES.get(args.what)


def _record(unit: UnitOfWork, staff: str, first: date, last: date) -> Paper:
    found = values.person(load_roster(unit), staff, unit.services.clock.today())
    return person_record(unit, found.id, first, last)


def _write_evidence(args: Namespace, path: Path) -> int:
    from bulletin_study.exchange.writing import writers

    first, last = values.period(args)
    writers.check_suffix(path, writers.PACKAGES)
    with opened(args) as office:
        with office.view() as unit:
            package = plan_period(unit, first, last)
        packed = write_package(package, office.files, path)
        with office.unit() as unit:
            fix_printed(unit, package)
    show(f"已写入 {path}：{package.title}，{len(package.folders)} 场，{packed.told}。")
    return DONE


def _show_figures(figures: Figures) -> None:
    counts = figures.counts
    rows = [
        (
            k.kind.name,
            *(str(len(k.months.get(month, ()))) for month in counts.months),
            *([str(k.opening)] if any(o.opening for o in counts.kinds) else []),
            str(k.held),
            _rate(k.rate),
            str(k.person_times),
            f"{k.hours:g}",
            str(k.planned),
            str(k.cancelled),
        )
        for k in counts.kinds
        if k.held or k.planned or k.cancelled
    ]
    opening = ["期初"] if any(k.opening for k in counts.kinds) else []
    tail = ["合计", "到会率", "人次", "学时", "计划", "取消"]
    if rows:
        show_table(["活动类型", *counts.months, *opening, *tail], rows)
        show(f"共 {counts.total_held} 场（合开的只计一场）。")
    show(figures.sentence)


def _rate(rate: Rate) -> str:
    if rate.value is None:
        return "—"
    return f"{rate.value:.1%}（{rate.numerator}/{rate.denominator}）"
