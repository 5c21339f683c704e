"""签到表, 会议记录 and 心得汇编 as files: heads repeated, rows whole, every name whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from bulletin_study.app import write_document
from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui import printing
from bulletin_study.usecases.paper_minutes import minutes_paper
from bulletin_study.usecases.paper_reflections import reflections_paper, reflections_report
from bulletin_study.usecases.paper_signin import sign_in_paper, sign_in_table
from bulletin_study.usecases.papers import Blank, Layout, Paper, Paragraph, Signatures, Title
from tests.contract.paper_office import (
    AHEAD,
    HELD,
    LONG_NAME,
    RARE,
    TOGETHER,
    name_of,
    paper_office,
)

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlOffice]:
    store = paper_office(tmp_path_factory.mktemp("office") / "papers.sqlite3", 200)
    yield store
    store.close()


def pages_of(data: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", data))


def test_the_sheet_of_200_as_a_word_file_repeats_its_whole_head(
    office: SqlOffice, tmp_path: Path
) -> None:
    path = tmp_path / "签到表.docx"
    with office.view() as unit:
        write_document(sign_in_paper(unit, AHEAD, blank=True), path)
    made = docx.Document(str(path))
    assert len(made.tables) == 4
    breaks = [p for p in made.paragraphs if p.paragraph_format.page_break_before]
    assert [p.text for p in breaks] == ["每周一学签到表"] * 3
    written = []
    for table in made.tables:
        rows = table.rows
        heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows]
        assert heads == [True] * 3 + [False] * (len(rows) - 3)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
        assert rows[0].cells[0].text.startswith("时间：2026年11月30日")
        titles = [cell.text for cell in rows[2].cells]
        assert titles == ["序号", "姓名", "组室/职务", "签到", "备注"] * 2
        cells = [[cell.text for cell in row.cells] for row in rows[3:]]
        written += [row[1] for row in cells] + [row[6] for row in cells]
    assert [name for name in written if name] == [name_of(n) for n in range(1, 201)]


def test_a_long_name_is_set_smaller_in_word_and_its_row_may_still_grow(
    office: SqlOffice, tmp_path: Path
) -> None:
    path = tmp_path / "签到表.docx"
    with office.view() as unit:
        write_document(sign_in_paper(unit, HELD), path)
    table = docx.Document(str(path)).tables[0]
    by_name = {row.cells[1].text: row for row in table.rows[3:]}
    sizes = {name: row.cells[1].paragraphs[0].runs[0].font.size.pt for name, row in by_name.items()}
    assert sizes[LONG_NAME] < sizes[name_of(1)] == sizes[f"周{RARE}"] == 10.5
    assert {str(row.height_rule) for row in table.rows} == {"AT_LEAST (1)"}


def test_the_elements_of_a_word_file_stand_in_the_order_of_the_schema(
    office: SqlOffice, tmp_path: Path
) -> None:
    path = tmp_path / "会议记录.docx"
    with office.view() as unit:
        write_document(minutes_paper(unit, AHEAD), path)
    made = docx.Document(str(path))
    ruled = next(p for p in made.paragraphs if p._p.pPr.find(qn("w:pBdr")) is not None)
    order = [part.tag.split("}")[1] for part in ruled._p.pPr]
    wanted = ("keepNext", "widowControl", "pBdr", "spacing", "ind")
    assert order == [name for name in wanted if name in order]
    run = next(p for p in made.paragraphs if p.text.startswith("时间")).runs[0]
    order = [part.tag.split("}")[1] for part in run._r.rPr]
    assert order.index("spacing") < order.index("sz")


def test_minutes_ahead_have_lines_to_write_on(office: SqlOffice, tmp_path: Path) -> None:
    path = tmp_path / "会议记录.docx"
    with office.view() as unit:
        write_document(minutes_paper(unit, AHEAD), path)
    made = docx.Document(str(path))
    assert sum(p._p.pPr.find(qn("w:pBdr")) is not None for p in made.paragraphs) == 18
    over = next(p for p in made.paragraphs if p.text == "散会。")
    assert over.paragraph_format.keep_with_next, "signatures never stand alone on a page"


def test_the_pdf_of_200_has_the_head_and_every_name_on_its_pages(
    office: SqlOffice, drawn: list[list[str]]
) -> None:
    with office.view() as unit:
        data = printing.pdf_bytes(sign_in_paper(unit, AHEAD, blank=True))
    assert pages_of(data) == len(drawn) == 4
    for page in drawn:
        assert page[0] == "每周一学签到表"
        assert "姓名" in page
        assert any(line.startswith("时间：") for line in page)
    everything = "".join("".join(page) for page in drawn)
    assert all(name_of(number) in everything for number in range(1, 201))


def test_48_people_fit_a_page_of_pdf_in_every_sort_of_sheet(tmp_path: Path, qapp: object) -> None:
    store = paper_office(tmp_path / "papers.sqlite3", 48)
    with store.view() as unit:
        sheets = [
            sign_in_paper(unit, AHEAD, blank=True),
            sign_in_paper(unit, HELD),
            sign_in_paper(unit, TOGETHER, kinds="together"),
        ]
    store.close()
    assert [pages_of(printing.pdf_bytes(sheet)) for sheet in sheets] == [1, 1, 1]


def test_official_text_after_a_title_stays_on_the_grid(drawn: list[list[str]]) -> None:
    blocks = (Title("题"), Paragraph("字" * 28 * 40), Blank(2), Signatures(("主持人",)))
    printing.pdf_bytes(Paper("文", blocks, Layout.OFFICIAL))
    first = [line for line in drawn[0] if not line.startswith("—")]
    assert len(first) == 22, "the title counts as a line"


def test_a_heading_never_ends_a_page(drawn: list[list[str]], office: SqlOffice) -> None:
    with office.view() as unit:
        pieces = reflections_paper(unit, *YEAR).blocks
    long = tuple(block for _ in range(20) for block in pieces)
    printing.pdf_bytes(Paper("汇编", long, Layout.OFFICIAL))
    ends = [[line for line in page if not line.startswith("—")][-1] for page in drawn]
    assert not [line for line in ends if re.match("　　(（[一二三]）|[一二三]、)", line)]


def test_sheets_and_reflections_as_workbooks(office: SqlOffice, tmp_path: Path) -> None:
    with office.view() as unit:
        write_document(sign_in_table(unit, TOGETHER), tmp_path / "签到表.xlsx")
        write_document(reflections_report(unit, *YEAR), tmp_path / "心得.xlsx")
    book = openpyxl.load_workbook(tmp_path / "签到表.xlsx")
    assert book.sheetnames == ["11-24每周一学", "11-24主题党日"]
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert [row[1] for row in cells if isinstance(row[0], int)] == [
        name_of(number) for number in range(1, 201)
    ]
    values = {c.value for row in openpyxl.load_workbook(tmp_path / "心得.xlsx").active for c in row}
    assert {LONG_NAME, f"周{RARE}", "学而后知不足。\n还要多读。"} <= values
