"""Characters no typeface here has are known before the paper is handed in."""

from __future__ import annotations

from bulletin_study.ui.print_glyphs import boxes_in
from bulletin_study.usecases.papers import Box, Form, Grid, Line, Paper, Paragraph, Title, words_of
from bulletin_study.usecases.reports import Column, Table

NOWHERE = "\U0010fffd"
"""A private character that no typeface has."""


def test_ordinary_words_are_no_boxes(qapp: object) -> None:
    assert boxes_in(["每周一学", "（2026年）", "ABC · —", ""]) == ""


def test_what_no_typeface_has_is_told_once(qapp: object) -> None:
    assert boxes_in(["周" + NOWHERE, NOWHERE + "一"]) == NOWHERE


def test_every_part_of_a_paper_is_looked_through() -> None:
    table = Table("表", "表", (Column("名", 8),), [("乙",)])
    form = Form((1.0,), (Line((Box("丙"),)),))
    blocks = (Title("甲"), Paragraph("丁"), form, Grid(table, ("戊",)))
    assert list(words_of(Paper("题", blocks))) == ["甲", "丁", "丙", "戊", "乙"]
