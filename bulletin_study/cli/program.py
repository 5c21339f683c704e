"""The program itself: window, sample data, tour, integrity check, benchmark."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_study.cli import values
from bulletin_study.cli.grammar import Add, as_json
from bulletin_study.cli.output import DONE, REFUSED, joined, show, show_json, tell
from bulletin_study.cli.store import data_of, database_of, opened
from bulletin_study.cli.words import sentence
from bulletin_study.domain.errors import BadValue, NoScreen, StorageDamaged
from bulletin_study.usecases.evidence_checks import FilesChecked, check_files
from bulletin_study.usecases.session_checks import check_day
from bulletin_study.usecases.titles import size_text

if TYPE_CHECKING:
    from bulletin_study.storage.office import SqlOffice

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def add_commands(add: Add) -> None:
    """demo, tour, check, bench."""
    demo = add("demo", fill_demo, "给空的数据库装入示例单位：8 个组室、48 人、前后一年的场次")
    demo.add_argument("--today", metavar="日期", help="以这一天为今天（不写：真的今天）")
    tour = add("tour", walk, "在临时数据上走一遍窗口，每个页签存一张截图，没有屏幕也行")
    tour.add_argument("--out", metavar="DIR", required=True, help="截图和文件存到哪个文件夹")
    as_json(add("check", check, "检查整个数据库是否完好；空文件夹里新建一个"))
    bench = add("bench", measure, "测速：每个数字旁边是它的限度和同场比较的对象")
    as_json(bench)
    bench.add_argument("--full", action="store_true", help="连同很慢的电子表格一起比")


def window(args: Namespace) -> int:
    """No command: the window. Raises ``NoScreen`` where Qt could only abort."""
    from bulletin_study import app

    if sys.platform.startswith("linux") and not any(map(os.environ.get, _SCREENS)):
        raise NoScreen

    return app.run_window(data_of(args), database=database_of(args))


def walk(args: Namespace) -> int:
    """tour"""
    from bulletin_study import app

    out = Path(args.out)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadValue("截图的文件夹", str(out), "能写入的文件夹") from error
    return app.run_tour(out)


def measure(args: Namespace) -> int:
    """bench"""
    from bulletin_study.benchmark.run import run

    run(sys.stdout, as_json=args.json)
    return DONE


def fill_demo(args: Namespace) -> int:
    """demo"""
    from bulletin_study.usecases.demo import fill_demo as fill

    today = values.day(args.today, "今天的日期") if args.today else None
    if today is not None:
        check_day(today, "今天的日期")
    with opened(args, today) as office, office.unit() as unit:
        made = fill(unit, office.services.clock.today())
    show(f"已装入示例数据：{made.people} 人、{made.sessions} 场，以 {made.today} 为今天。")
    return DONE


def check(args: Namespace) -> int:
    """check: exit 1 when something is found."""
    try:
        with opened(args) as office:
            findings = office.check()
            files = None if findings else _files(office)
    except StorageDamaged as damage:
        if args.json:
            show_json({"ok": False, "findings": [sentence(damage)]})
        raise
    remedy = "请先备份，再从好的备份恢复"
    if files is not None and files.findings:
        findings, remedy = list(files.findings), "把原来的文件再添加一次，就能补回"
    unclaimed = files.unclaimed if files is not None else 0
    if args.json:
        show_json({"ok": not findings, "findings": findings, "unclaimed_files": unclaimed})
    elif not findings:
        show("数据完好。")
    if unclaimed and files is not None and not args.json:
        size = size_text(files.unclaimed_bytes)
        show(f"另有 {unclaimed} 个文件（{size}）没有场次在用，可能还要撤销回来，没有删。")
    if findings:
        tell(f"数据有 {len(findings)} 处问题：{joined(findings)}。{remedy}。")
    return REFUSED if findings else DONE


def _files(office: SqlOffice) -> FilesChecked:
    """Only of a sound database: a damaged one is mended first."""
    with office.view() as unit:
        return check_files(unit)
