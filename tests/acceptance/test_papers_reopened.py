"""Written papers opened by other programs: LibreOffice takes docx and xlsx, poppler the pdf."""

from __future__ import annotations

import re
import shutil
import subprocess
import xml.etree.ElementTree as Xml
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from bulletin_study.app import write_document
from bulletin_study.domain.sessions import StudySession
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.paper_minutes import minutes_paper, minutes_papers
from bulletin_study.usecases.paper_reflections import (
    Order,
    reflections_paper,
    reflections_report,
)
from bulletin_study.usecases.paper_signin import sign_in_paper, sign_in_table
from bulletin_study.usecases.paper_talk import session_talks_paper
from bulletin_study.usecases.papers import Layout, Paper, Paragraph, Style, Title
from bulletin_study.usecases.reports import Report
from tests.contract.paper_office import (
    AHEAD,
    HELD,
    LONG_NAME,
    TALKS,
    TOGETHER,
    name_of,
    paper_office,
)

pytestmark = pytest.mark.heavy

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
BOTTOM = (297 - 35) * 72 / 25.4
"""Where the text of an official page ends, in points."""
BEYOND_BMP = "\U0002cc56"
COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    "子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制"
)
"""Characters that every Chinese typeface has, so that a line has one baseline."""


@dataclass(frozen=True)
class Page:
    """What stands on one page: text without any space, and where its words are, in points."""

    text: str
    words: list[tuple[float, float, str]]


def tool(name: str) -> str:
    found = shutil.which(name)
    assert found, f"没有 {name}；运行 python3 run.py test --all，它会装上"
    return found


def written(folder: Path, suffix: str, **documents: Report | Paper) -> list[list[Page]]:
    """The pages of each document after it was written and opened again."""
    paths = [folder / f"{name}{suffix}" for name in documents]
    for path, document in zip(paths, documents.values(), strict=True):
        write_document(document, path)
    if suffix != ".pdf":
        profile = f"-env:UserInstallation=file://{folder}/profile"
        out = folder / f"{suffix[1:]}-pdf"
        command = [tool("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", out]
        subprocess.run([*command, *paths], check=True, capture_output=True, timeout=300)
        paths = [out / f"{path.stem}.pdf" for path in paths]
    return [pages_of(path) for path in paths]


def pages_of(path: Path) -> list[Page]:
    """What poppler reads in a pdf."""
    boxes = path.with_suffix(".html")
    subprocess.run([tool("pdftotext"), "-bbox", path, boxes], check=True, timeout=60)
    plain = subprocess.run([tool("pdftotext"), path, "-"], check=True, capture_output=True)
    texts = ["".join(text.split()) for text in plain.stdout.decode().split("\f")]
    # What stands for a character without text is no XML.
    clean = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", boxes.read_text(encoding="utf-8"))
    found = Xml.fromstring(clean).iter("{http://www.w3.org/1999/xhtml}page")
    return [
        Page(text, [(float(w.get("xMin", 0)), float(w.get("yMin", 0)), w.text or "") for w in page])
        for text, page in zip(texts, found, strict=False)
    ]


def lines(page: Page) -> list[str]:
    """The lines of running text from top to bottom, the number at the foot left out."""
    rows: dict[int, list[tuple[float, str]]] = {}
    for x, y, word in page.words:
        if y < BOTTOM:
            rows.setdefault(round(y / 8), []).append((x, word))
    return ["".join(word for _, word in sorted(rows[at])) for at in sorted(rows)]


def has_name(text: str, name: str, suffix: str) -> bool:
    """Whether a name is there whole. Qt's PDF tells no text for what lies beyond the BMP,
    though it is painted; a name that wraps inside its cell is told in two pieces."""
    if suffix == ".pdf":
        name = name.replace(BEYOND_BMP, "")
    if name in text:
        return True
    halves = [(name[:at], name[at:]) for at in range(1, len(name))]
    return len(name) > 8 and any(a in text and b in text for a, b in halves if len(a) > 3)


@pytest.fixture(params=[48, 49, 200])
def sized(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[SqlOffice, int]]:
    store = paper_office(tmp_path / "papers.sqlite3", request.param)
    yield store, request.param
    store.close()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    store = paper_office(tmp_path / "papers.sqlite3", 48)
    yield store
    store.close()


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_sheets_have_their_pages_their_heads_and_every_name(
    sized: tuple[SqlOffice, int], suffix: str, tmp_path: Path, qapp: object
) -> None:
    store, people = sized
    with store.view() as unit:
        blank, filled, both = written(
            tmp_path, suffix, blank=sign_in_paper(unit, AHEAD, blank=True),
            filled=sign_in_paper(unit, HELD), both=sign_in_paper(unit, TOGETHER),
        )  # fmt: skip
    wanted = 4 if people == 200 else 1
    for pages in (blank, filled):
        assert len(pages) == wanted
        for page in pages:
            assert page.text.startswith("每周一学签到表")
            assert "时间：2026年11月" in page.text
            assert page.text.count("组室/职务") == 2
        whole = "".join(page.text for page in pages)
        names = [name_of(number) for number in range(1, people + 1)]
        assert [name for name in names if not has_name(whole, name, suffix)] == []
        assert pages[-1].text.count("列席") >= 4
    heads = [page.text[:7] for page in both]
    assert heads == ["每周一学签到表"] * wanted + ["主题党日签到表"] * (2 if people == 200 else 1)


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_the_official_page_holds_22_lines_of_28_characters(
    suffix: str, tmp_path: Path, qapp: object
) -> None:
    text = "".join(COMMON[number * number % 83] for number in range(28 * 60))
    blocks = (Title("关于开展活动的报告"), Paragraph("一、做法", Style.HEADING), Paragraph(text))
    (pages,) = written(tmp_path, suffix, text=Paper("报告", blocks, Layout.OFFICIAL))
    first, second = lines(pages[0]), lines(pages[1])
    assert len(first) == len(second) == 22
    assert {len(line) for line in first[3:]} == {28}
    assert {len(line) for line in second} == {28}
    assert "".join([*first[2:], *second]) == text[: 26 + 19 * 28 + 22 * 28]
    ys = sorted({round(y, 1) for _, y, _ in pages[1].words if y < BOTTOM})
    steps = [b - a for a, b in pairwise(ys) if b - a > 5]
    assert all(abs(step - 28.9) < 0.3 for step in steps), steps


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_minutes_of_every_length_keep_their_words_and_their_signatures_together(
    office: SqlOffice, suffix: str, tmp_path: Path, qapp: object
) -> None:
    with office.view() as unit:
        blank, usual = minutes_paper(unit, AHEAD), minutes_paper(unit, HELD)
    said = "讲得很细，举一反三。" * 12
    speeches = "\n".join(f"第{number}位发言：{said}" for number in range(1, 41))
    with office.unit() as unit:
        session = unit.get(StudySession, HELD)
        assert session is not None
        unit.put(replace(session, speeches=speeches))
        unit.commit("写会议记录")
    with office.view() as unit:
        empty, one, pages, year = written(
            tmp_path, suffix, blank=blank, usual=usual, long=minutes_paper(unit, HELD),
            year=minutes_papers(unit, *YEAR),
        )  # fmt: skip
    assert len(empty) == 2
    assert len(one) == 1
    assert has_name(one[0].text, "周𬱖㛃（体会）", suffix)
    assert len(pages) > 8
    whole = "".join(re.sub(r"—\d+—", "", page.text) for page in pages)
    assert whole.count("讲得很细，举一反三。") == 40 * 12
    assert "散会" in pages[-1].text
    assert "主持人：" in pages[-1].text
    assert sum(bool(re.match(r".{4}会议记录", page.text)) for page in year) == 5


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_records_of_talks_and_collections_are_whole(
    office: SqlOffice, suffix: str, tmp_path: Path, qapp: object
) -> None:
    with office.view() as unit:
        talks, people, sessions = written(
            tmp_path, suffix, talks=session_talks_paper(unit, TALKS),
            people=reflections_paper(unit, *YEAR, by=Order.PERSON),
            sessions=reflections_paper(unit, *YEAR),
        )  # fmt: skip
    assert ["讲课记录" in page.text for page in talks] == [True, True]
    assert "讲得实在。" in talks[0].text
    assert has_name(talks[0].text, LONG_NAME, suffix)
    for pages in (people, sessions):
        assert has_name(pages[0].text, f"一、{LONG_NAME}" if pages is people else LONG_NAME, suffix)
        assert has_name(pages[0].text, "周𬱖㛃", suffix)
        assert "学而后知不足。" in pages[0].text


def test_workbooks_open_with_every_name(office: SqlOffice, tmp_path: Path) -> None:
    with office.view() as unit:
        sheet, said = written(
            tmp_path, ".xlsx", sheet=sign_in_table(unit, HELD), said=reflections_report(unit, *YEAR)
        )
    whole = "".join(page.text for page in sheet)
    assert all(has_name(whole, name_of(number), ".xlsx") for number in range(1, 49))
    assert "学而后知不足。" in "".join(page.text for page in said)


def test_what_no_text_can_be_told_of_is_still_painted(
    office: SqlOffice, tmp_path: Path, qapp: object
) -> None:
    """A typeface that has the rare characters is inside the pdf."""
    path = tmp_path / "签到表.pdf"
    with office.view() as unit:
        write_document(sign_in_paper(unit, HELD), path)
    fonts = subprocess.run([tool("pdffonts"), path], check=True, capture_output=True).stdout
    assert len(fonts.decode().splitlines()) > 3, "a second typeface for 𬱖 and 㛃"
