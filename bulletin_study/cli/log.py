"""What was done: history, undo, redo."""

from __future__ import annotations

from argparse import Namespace

from bulletin_study.cli import values
from bulletin_study.cli.grammar import Add, as_json
from bulletin_study.cli.output import DONE, show, show_json, show_table
from bulletin_study.cli.store import opened
from bulletin_study.usecases import history


def add_commands(add: Add) -> None:
    """history, undo, redo."""
    listed = add("history", list_them, "操作记录，最近的在前")
    listed.add_argument("--limit", metavar="条数", default="50", help="最多几条（不写：50）")
    as_json(listed)
    add("undo", undo, "撤销自己最近的一步操作")
    add("redo", redo, "恢复自己最近撤销的一步")


def list_them(args: Namespace) -> int:
    """history"""
    limit = values.number(args.limit, "条数")
    with opened(args) as office, office.view() as unit:
        found = history.history(unit, max(limit, 0))
    if args.json:
        show_json(
            [
                {
                    "id": one.id,
                    "label": one.label,
                    "actor": one.actor,
                    "at": one.at.isoformat(timespec="seconds"),
                    "changes": one.changes,
                    "entities": list(one.entities),
                    "reverts": one.reverts,
                    "reverted_by": one.reverted_by,
                }
                for one in found
            ]
        )
    else:
        show_table(
            ("编号", "时间", "谁", "做了什么", "改动"),
            [
                (str(o.id), f"{o.at:%Y-%m-%d %H:%M}", o.actor, o.label, f"{o.changes} 处")
                for o in found
            ],
        )
    return DONE


def undo(args: Namespace) -> int:
    """undo"""
    with opened(args) as office, office.unit() as unit:
        done = history.undo(unit)
    show(f"{done.label}。")
    return DONE


def redo(args: Namespace) -> int:
    """redo"""
    with opened(args) as office, office.unit() as unit:
        done = history.redo(unit)
    show(f"{done.label}。")
    return DONE
