"""Files in: preview, and with ``--apply`` one operation."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from bulletin_study.cli import values
from bulletin_study.cli.grammar import Add, as_json
from bulletin_study.cli.output import DONE, REFUSED, show, show_json, show_table, tell
from bulletin_study.cli.store import opened
from bulletin_study.domain.errors import BadValue
from bulletin_study.usecases.importing import (
    IMPORT_TITLES,
    ImportKind,
    ImportOptions,
    ImportPreview,
    RowState,
    apply_import,
)

_LATER = ("tasks",)
_STATES = {
    RowState.NEW: "新增",
    RowState.CHANGED: "更改",
    RowState.SAME: "相同",
    RowState.WRONG: "有误",
}


def add_commands(add: Add) -> None:
    """import"""
    one = add("import", bring_in, "从表格导入；不写 --apply 只预览")
    one.add_argument("what", metavar="内容", choices=[*(k.value for k in ImportKind), *_LATER],
                     help="、".join(f"{k.value} {IMPORT_TITLES[k]}" for k in ImportKind))
    one.add_argument("file", metavar="FILE", help="xlsx、xls、et、ods 或 csv 文件")
    one.add_argument("--apply", action="store_true", help="保存无误的行")
    one.add_argument("--map", metavar="列名=字段", action="append", default=[],
                     help="指定一列是什么，可写多次；字段留空则不导入这列")
    one.add_argument("--sheet", metavar="工作表", help="读哪张工作表")
    one.add_argument("--rejects", metavar="FILE", help="把有误的行连同原因写到这个文件")
    one.add_argument("--session", metavar="场次", help="签到名单是哪一场的")
    as_json(one)


def bring_in(args: Namespace) -> int:
    """import: exit 1 when no row can be used."""
    from bulletin_study.exchange.imports.importers import preview

    kind, options = _asked(args)
    rejects = _rejects_of(args)
    with opened(args) as office, office.unit() as unit:
        found = preview(unit, kind, Path(args.file), sheet=args.sheet, options=options)
        if rejects is not None and found.wrong:
            _save_rejects(found, rejects)
        label = apply_import(unit, found).label if args.apply and found.usable else ""
    if args.json:
        show_json(_json(found, applied=bool(label)))
    else:
        _show(found)
    return _conclude(found, args.apply, label)


def _asked(args: Namespace) -> tuple[ImportKind, ImportOptions]:
    if args.what in _LATER:
        known = "、".join(k.value for k in ImportKind)
        raise BadValue("导入内容", args.what, f"{known}之一（这个版本只导入这些）")
    mapping: dict[str, str] = {}
    for pair in args.map:
        column, equals, field = pair.partition("=")
        if not equals or not column.strip():
            raise BadValue("列的对应", pair, "“列名=字段”的写法")
        mapping[column.strip()] = field.strip()
    session_id = values.number(args.session, "场次编号") if args.session else None
    return ImportKind(args.what), ImportOptions(mapping=mapping or None, session_id=session_id)


def _rejects_of(args: Namespace) -> Path | None:
    """Where the wrong rows go: never over the file that they come from."""
    if args.rejects is None:
        return None
    path = Path(args.rejects)
    if _same_file(path, Path(args.file)):
        raise BadValue("--rejects", args.rejects, "另起一个名字，不能盖掉要导入的文件")
    return path


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        # One of them is not there yet, or is none: whoever opens it says so.
        return False


def _save_rejects(found: ImportPreview, path: Path) -> None:
    from bulletin_study.exchange.imports.rejects import write_rejects

    number = write_rejects(found, path)
    tell(f"有误的 {number} 行连同原因写到了 {path}。")


def _json(found: ImportPreview, *, applied: bool) -> dict[str, Any]:
    return {
        "file": found.file_name,
        "sheet": found.sheet,
        "header_row": found.header_row,
        "columns": {column.text: column.field for column in found.columns if column.field},
        "offers": {column.text: column.offer for column in found.columns if column.offer},
        "rows": [
            {
                "row": row.row,
                "state": row.state.value,
                "errors": list(row.errors),
                "notes": list(row.notes),
                "changes": list(row.changes),
            }
            for row in found.rows
        ],
        "new": found.new,
        "changed": found.changed,
        "same": found.same,
        "wrong": found.wrong,
        "notes": list(found.notes),
        "applied": applied,
    }


def _show(found: ImportPreview) -> None:
    show(f"{IMPORT_TITLES[found.kind]}：{found.file_name}，工作表“{found.sheet}”，"
         f"表头在第 {found.header_row} 行。")
    for note in found.notes:
        show(note)
    telling = [row for row in found.rows if row.state is not RowState.SAME]
    if telling:
        show_table(
            ("行", "结果", "说明"),
            [
                (str(row.row), _STATES[row.state],
                 "；".join((*row.errors, *row.changes, *row.notes)))
                for row in telling
            ],
        )
    show(f"新增 {found.new} 行，更改 {found.changed} 行，相同 {found.same} 行，"
         f"有误 {found.wrong} 行。")


def _conclude(found: ImportPreview, apply: bool, label: str) -> int:
    if not found.usable:
        tell(f"“{found.file_name}”没有一行可以导入，什么都没有改动。改好后再试一次。")
        return REFUSED
    if label:
        tell(f"已保存：{label}。" + (f"有误的 {found.wrong} 行没有导入。" if found.wrong else ""))
    elif not apply:
        tell("这是预览，还没有保存；加 --apply 保存无误的行。")
    return DONE
