"""Papers as Word files and PDF: whole, official in layout, heads on every page, no word lost."""

from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPdfWriter

from bulletin_study.app import write_document
from bulletin_study.domain.errors import Cancelled, FileFault, FileRefused
from bulletin_study.exchange.writing import word
from bulletin_study.ui import printing
from bulletin_study.usecases.papers import (
    Box,
    Form,
    Layout,
    Line,
    NewPage,
    Paper,
    Paragraph,
    Signatures,
    Style,
    Title,
    as_paper,
)
from bulletin_study.usecases.reports import Column, ColumnKind, Quotient, Report, Table

LONG_NAME = "买买提·吐尔逊江·阿不都"
RARE = "𬱖㛃"
COLUMNS = (
    Column("序号", 6, ColumnKind.INTEGER),
    Column("日期", 12, ColumnKind.DATE),
    Column("开始", 8, ColumnKind.TIME),
    Column("主讲人", 14),
    Column("到会率", 10, ColumnKind.PERCENT),
)


def table(rows: int = 3) -> Table:
    made = [
        (n, date(2026, 1, 7), time(15), LONG_NAME if n % 2 else RARE, 0.5)
        for n in range(1, rows + 1)
    ]
    total = ("合计", None, None, "", Quotient(None, 0, 0))
    return Table("表", "每周一讲安排", COLUMNS, made, total, "三楼会议室", ("说明一。",))


def text_paper() -> Paper:
    blocks = (
        Title("关于活动开展情况的报告"),
        Paragraph("一、主要做法", Style.HEADING),
        Paragraph("（一）每周一学", Style.SUBHEADING),
        Paragraph("组织干部" * 400),
    )
    return Paper("报告", blocks, Layout.OFFICIAL)


# --- Word ----------------------------------------------------------------------------------


def test_a_report_as_a_word_file_has_its_tables_with_repeated_heads(tmp_path: Path) -> None:
    path = tmp_path / "安排.docx"
    word.write(Report("安排", (table(), table())), path)
    made = docx.Document(str(path))
    assert [p.text for p in made.paragraphs if p.text.strip()][:2] == ["每周一讲安排", "三楼会议室"]
    assert len(made.tables) == 2
    rows = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert rows[0] == [column.title for column in COLUMNS]
    assert rows[1] == ["1", "2026-01-07", "15:00", LONG_NAME, "50.0%"]
    assert rows[2][3] == RARE
    assert rows[-1] == ["合计", "", "", "", "—"]
    first = made.tables[0].rows[0]._tr.trPr
    assert first.find(qn("w:tblHeader")) is not None
    assert all(r._tr.trPr.find(qn("w:cantSplit")) is not None for r in made.tables[0].rows)


def test_running_text_stands_on_the_official_grid(tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    word.write(text_paper(), path)
    made = docx.Document(str(path))
    section = made.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.left_margin, section.right_margin)
    assert [round(m / Mm(1)) for m in margins] == [37, 28, 26]
    body = made.paragraphs[-1]
    assert body.paragraph_format.line_spacing == Pt(28.9)
    run = body.runs[0]
    assert run.font.size == Pt(16)
    assert run._r.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert run._r.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    title = made.paragraphs[0].runs[0]
    assert (title.font.size, title.font.name) == (Pt(22), "方正小标宋简体")
    footers = [section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]]
    assert [str(line.alignment) for line in footers] == ["RIGHT (2)", "LEFT (0)"]
    assert all("PAGE" in line._p.xml for line in footers)


def test_a_form_keeps_room_to_write_and_merges_its_boxes(tmp_path: Path) -> None:
    path = tmp_path / "记录.docx"
    line = Line((Box("题目", caption=True), Box("甲\n乙", 3)), 40)
    pair = Line((Box("一", caption=True), Box("二"), Box("三", caption=True), Box("四")))
    word.write(Paper("记录", (Form((1, 2, 1, 2), (line, pair)), Signatures(("记录人",)))), path)
    made = docx.Document(str(path)).tables[0]
    assert round(made.rows[0].height / Mm(1)) == 40
    assert made.cell(0, 1)._tc is made.cell(0, 3)._tc
    assert made.cell(0, 1).text == "甲\n乙"
    assert [cell.text for cell in made.rows[1].cells] == ["一", "二", "三", "四"]


def test_odd_characters_do_not_break_a_word_file(tmp_path: Path) -> None:
    path = tmp_path / "怪.docx"
    word.write(Paper("怪\x00", (Paragraph("前\x07后\ud800尾=1+1"),)), path)
    assert docx.Document(str(path)).paragraphs[0].text == "前后?尾=1+1"


def test_a_cancelled_or_refused_word_file_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "旧.docx"
    path.write_bytes(b"old")

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        word.write(Report("安排", (table(200),)), path, stop)
    with pytest.raises(FileRefused) as refused:
        word.write(text_paper(), tmp_path / "没有" / "新.docx")
    assert refused.value.fault is FileFault.NOT_FOUND
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


# --- PDF -----------------------------------------------------------------------------------


def test_the_official_grid_holds_22_lines_of_28_characters(drawn: list[list[str]]) -> None:
    printing.pdf_bytes(text_paper())
    first, second = drawn[0], drawn[1]
    assert [line for line in first if "— 1 —" in line] == ["— 1 —"]
    body = [line for line in second if not line.startswith("—")]
    assert len(body) == 22
    assert {len(line) for line in body[:-1]} == {28}


def test_the_head_of_a_table_comes_again_on_every_page_and_no_row_is_lost(
    drawn: list[list[str]],
) -> None:
    data = printing.pdf_bytes(Report("安排", (table(90),)))
    assert data.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", data)) == len(drawn) > 2
    assert all("主讲人" in page for page in drawn)
    numbers = [line for page in drawn for line in page if line.isdecimal()]
    assert numbers == [str(n) for n in range(1, 91)]
    assert sum(page.count(RARE) for page in drawn) == 45


def test_a_row_taller_than_a_page_goes_on_and_keeps_every_line(drawn: list[list[str]]) -> None:
    words = "\n".join(f"第{n}行" for n in range(300))
    printing.pdf_bytes(Paper("长", (Form((1.0, 4.0), (Line((Box("说明"), Box(words))),)),)))
    assert [w for page in drawn for w in page if w.endswith("行")] == words.split("\n")
    assert len(drawn) > 4


def test_long_names_wrap_inside_their_column(drawn: list[list[str]]) -> None:
    printing.pdf_bytes(Report("安排", (table(1),)))
    assert LONG_NAME in "".join(drawn[0])


def test_new_page_signatures_and_centred_lines_are_painted(drawn: list[list[str]]) -> None:
    blocks = (Paragraph("甲", Style.CENTRED), NewPage(), Signatures(("填报人", "审核人")))
    printing.pdf_bytes(Paper("页", blocks))
    assert drawn[0][0] == "甲"
    assert "填报人：" in drawn[1][0]


def test_painting_on_a_device_gives_the_pages_it_took(qapp: object) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert printing.paint(Report("安排", (table(90),)), QPdfWriter(buffer)) > 2


def test_a_wide_table_lies_across(qapp: object) -> None:
    columns = tuple(Column(f"列{n}", 12) for n in range(10))
    paper = as_paper(Report("宽", (Table("宽", "宽表", columns, []),)))
    assert paper.layout is Layout.WIDE
    layout = printing.page_layout(paper)
    assert layout.orientation() == layout.orientation().Landscape
    assert as_paper(paper) is paper


# --- one way to write ------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".docx", ".pdf"])
def test_a_report_is_written_in_every_format(qapp: object, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"安排{suffix}"
    write_document(Report("安排", (table(),)), path)
    assert path.stat().st_size > 100


def test_a_paper_is_no_spreadsheet(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        write_document(text_paper(), tmp_path / "报告.xlsx")
    assert refused.value.fault is FileFault.FORMAT
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_pdf_leaves_the_old_one(qapp: object, tmp_path: Path) -> None:
    path = tmp_path / "旧.pdf"
    path.write_bytes(b"old")

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        write_document(text_paper(), path, stop)
    assert path.read_bytes() == b"old"
