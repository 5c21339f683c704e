"""All rows of the benchmark, and how they are told."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from bulletin_study.app import open_store
from bulletin_study.benchmark.file_rows import import_row
from bulletin_study.benchmark.measure import Row
from bulletin_study.benchmark.rotation_rows import rotation_rows
from bulletin_study.benchmark.store_rows import (
    commit_row,
    furnish,
    sign_in_row,
    statistics_row,
)
from bulletin_study.benchmark.text_rows import text_rows
from bulletin_study.benchmark.window_rows import marking_row, window_rows
from bulletin_study.usecases.demo import fill_demo


def rows(folder: Path) -> Iterator[Row]:
    """One after another, on stores made in ``folder``."""
    ordinary = folder / "ordinary"
    office = open_store(ordinary)
    with office.unit() as unit:
        fill_demo(unit, unit.services.clock.today())
    office.close()
    yield from window_rows(ordinary)
    yield marking_row(folder / "marking")
    office = open_store(folder / "large")
    furnish(office)
    yield statistics_row(office, folder)
    yield sign_in_row(office, folder)
    yield commit_row(office, folder)
    yield from text_rows(office)
    office.close()
    yield from rotation_rows()
    office = open_store(folder / "import")
    yield import_row(office, folder)
    office.close()


def run(out: TextIO, *, as_json: bool) -> None:
    """Measure everything on temporary stores and write the figures."""
    machine = f"{platform.machine()} · {platform.system()} · Python {platform.python_version()}"
    made: list[Row] = []
    with TemporaryDirectory(prefix="bulletin-bench-") as folder:
        for row in rows(Path(folder)):
            made.append(row)
            if not as_json:
                out.write(f"{_line(row)}\n")
                out.flush()
            else:
                sys.stderr.write(f"{_line(row)}\n")
    if as_json:
        report: dict[str, Any] = {
            "machine": machine,
            "date": date.today().isoformat(),
            "rows": [row.as_json() for row in made],
        }
        json.dump(report, out, ensure_ascii=False, indent=2)
        out.write("\n")


def _line(row: Row) -> str:
    verdict = {True: "达到", False: "没有达到", None: row.note or "没有对照"}[row.met]
    against = "" if row.reference is None else f"，{row.reference_name} {row.reference:g}"
    ratio = "" if row.ratio is None else f"，{row.ratio:g} 倍（目标 ≤ {row.goal:g}）"
    return f"{row.name}：{row.ours:g} {row.unit}{against}{ratio}，{verdict}"
