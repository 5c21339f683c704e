"""Blank files to fill in and bring back."""

from __future__ import annotations

from bulletin_study.usecases.reports import Column, Report, Table

_ROSTER = (
    ("序号", 6),
    ("姓名", 10),
    ("工号", 10),
    ("组室", 14),
    ("职务", 16),
    ("身份", 10),
    ("人员类别", 10),
    ("入部日期", 12),
    ("入党日期", 12),
    ("帮带人", 10),
    ("帮带方式", 12),
    ("AB岗", 10),
)


def roster_template() -> Report:
    """An empty roster: the columns that are read, one example row to write over."""
    example = (
        "1",
        "张三（示例，请改写）",
        "001",
        "办公室",
        "一级科员",
        "组员",
        "在编",
        "2024-08-01",
        "",
        "",
        "",
        "",
    )
    notes = (
        "身份：部领导、组长、组员。人员类别：在编、借调来、跟班、编外。",
        "帮带方式：老带新、长带短、组长带组员。不清楚的可以空着，以后在窗口里补。",
    )
    table = Table(
        "花名册",
        "花名册",
        tuple(Column(title, width) for title, width in _ROSTER),
        [example],
        notes=notes,
    )
    return Report("花名册", (table,))
