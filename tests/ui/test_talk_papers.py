"""每周一讲 on paper: the plan as Word or PDF, printed, and the record of one talk."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from pytestqt.qtbot import QtBot

from bulletin_study.ui import paper_desk
from tests.ui.harness import Desk
from tests.ui.talk_desk import LEFT, coming, opened, show


def test_the_plan_is_written_as_a_word_table(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(desk, qtbot)
    desk.save_path = tmp_path / "安排.docx"
    page.export()
    desk.settle()
    made = docx.Document(str(desk.save_path))
    assert made.paragraphs[0].text == "每周一讲安排表"
    names = {row.cells[2].text for row in made.tables[0].rows}
    assert coming(page)[0].row.speaker in names
    assert "安排.docx" in page.banner.sentence


def test_the_plan_is_written_as_pdf(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(desk, qtbot)
    desk.save_path = tmp_path / "安排.pdf"
    page.export()
    desk.settle()
    assert desk.save_path.read_bytes().startswith(b"%PDF-")


def test_the_record_of_the_talk_shown_is_written(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(desk, qtbot)
    held = next(ln for ln in page.board.model.rows() if not ln.ahead and ln.taken)
    show(desk, page, held)
    desk.save_path = tmp_path / "记录.docx"
    qtbot.mouseClick(page.side.paper, LEFT)
    desk.settle()
    form = docx.Document(str(desk.save_path)).tables[0]
    words = [cell.text for row in form.rows for cell in row.cells]
    assert held.row.speaker in words
    assert held.row.title in words


def test_without_a_printer_it_says_so_and_offers_a_file(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_desk, "has_printer", lambda: False)
    page = opened(desk, qtbot)
    page.bar.print_wanted.emit()
    desk.settle()
    assert page.banner.sentence.startswith("这台机器没有装打印机")
    assert page.findChildren(QPrintPreviewDialog) == []


def test_with_a_printer_the_pages_are_shown_first(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(paper_desk, "has_printer", lambda: True)
    page = opened(desk, qtbot)
    page.bar.print_wanted.emit()
    desk.settle()
    (dialog,) = page.findChildren(QPrintPreviewDialog)
    assert dialog.windowTitle().startswith("打印每周一讲安排表")
    printer = dialog.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    dialog.paintRequested.emit(printer)
    assert (tmp_path / "打印.pdf").read_bytes().startswith(b"%PDF-")
    dialog.close()
