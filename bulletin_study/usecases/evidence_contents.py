"""The contents page of a 佐证包, and the list of what it lacks."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_study.usecases.evidence_package import Entry, Folder, Lack, Package
from bulletin_study.usecases.reports import Cell, Column, ColumnKind, Report, Table
from bulletin_study.usecases.titles import size_text

_K = ColumnKind
_SHORT_HASH = 12
"""So much of a SHA-256 tells files apart on paper."""
_SESSIONS = (
    Column("序号", 6, _K.INTEGER),
    Column("日期", 12, _K.DATE),
    Column("活动", 20),
    Column("期次", 10),
    Column("主题", 36),
    Column("文件", 8, _K.INTEGER),
    Column("大小", 10),
    Column("缺项", 8, _K.INTEGER),
)
_FILES = (
    Column("序号", 6, _K.INTEGER),
    Column("文件", 70),
    Column("类别", 14),
    Column("大小", 10),
    Column("校验码", 16),
)
_LACKS = (
    Column("序号", 6, _K.INTEGER),
    Column("场次", 62),
    Column("缺什么", 30),
    Column("说明", 40),
)


def contents_report(
    package: Package, entries: Sequence[Entry], lacks: Sequence[Lack]
) -> Report:
    """Every session, every file with size and short hash, and what is missing."""
    note = f"校验码是 SHA-256 的前 {_SHORT_HASH} 位；制作时间 {package.made:%Y-%m-%d %H:%M}。"
    sessions = [
        _session(number, folder, entries, lacks)
        for number, folder in enumerate(package.folders, start=1)
    ]
    files: list[tuple[Cell, ...]] = [
        (number, one.path, one.what, size_text(one.size), one.sha256[:_SHORT_HASH])
        for number, one in enumerate(entries, start=1)
    ]
    return Report(
        f"{package.title}目录",
        (
            Table("场次", f"{package.title}目录", _SESSIONS, sessions),
            Table("文件", f"{package.title}文件", _FILES, files, notes=(note,)),
            _lacks(package, lacks),
        ),
    )


def missing_report(package: Package, lacks: Sequence[Lack]) -> Report:
    """What is missing, session by session."""
    return Report(f"{package.title}缺项清单", (_lacks(package, lacks),))


def _session(
    number: int, folder: Folder, entries: Sequence[Entry], lacks: Sequence[Lack]
) -> tuple[Cell, ...]:
    row = folder.row
    inside = [one for one in entries if one.path.startswith(f"{folder.name}/")]
    times = "、".join(f"第{one.number}次" for one in row.ordinals if one is not None)
    return (
        number,
        row.session.day,
        "、".join(row.kind_names),
        times,
        row.session.theme or "、".join(row.speakers),
        len(inside),
        size_text(sum(one.size for one in inside)),
        sum(lack.folder == folder.name for lack in lacks),
    )


def _lacks(package: Package, lacks: Sequence[Lack]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (number, lack.folder, lack.what, lack.why) for number, lack in enumerate(lacks, start=1)
    ]
    notes = () if rows else ("什么都不缺。",)
    title = f"{package.title}缺项清单"
    return Table("缺项", title, _LACKS, rows, notes=(*notes, *_without_files(package)))


def _without_files(package: Package) -> list[str]:
    """How many sessions have no files and lack none: they are not listed one by one."""
    empty = [one for one in package.folders if not one.files and not one.wanting]
    free = sum(not one.asked for one in empty)
    closed = sum(one.asked and one.row.session.archived for one in empty)
    told = ((free, "所属活动没有要求"), (closed, "归档时已经算齐"))
    return [f"另有 {count} 场没有佐证材料，{why}。" for count, why in told if count]
