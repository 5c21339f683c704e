"""The papers of sessions on the command line: every sort, for a period or one session."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from bulletin_study.domain.people import Person
from tests.acceptance.command import Inside, Program
from tests.contract.paper_office import AHEAD, HELD, LONG_NAME, OFF, TALKS, TOGETHER, paper_office
from tests.helpers import make_office

WEEKS = ("--from", "2026-11-01", "--to", "2026-11-25")
TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers") / "数据"
    folder.mkdir()
    paper_office(folder / "bulletin_study.sqlite3", 12).close()
    return folder


@pytest.fixture
def office(prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Inside:
    return Inside(Path(shutil.copytree(prepared, tmp_path / "数据")), capsys)


def titles(path: Path) -> list[str]:
    """The titles in a Word file."""
    return [p.text for p in docx.Document(str(path)).paragraphs if p.text.endswith(
        ("签到表", "会议记录", "讲课记录", "汇编"))]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "words", "found"),
    [
        ("signin", (), ["每周一讲签到表", "每周一学签到表", "每周一学签到表", "主题党日签到表"]),
        ("signin", ("--together",),
         ["每周一讲签到表", "每周一学签到表", "每周一学、主题党日签到表"]),
        ("minutes", (), ["每周一讲会议记录", "每周一学会议记录", "每周一学会议记录",
                         "主题党日会议记录"]),
        ("talk", (), ["讲课记录", "讲课记录"]),
        ("reflections", ("--by", "person"), ["心得体会汇编"]),
    ],
)  # fmt: skip
def test_a_period_is_written_session_after_session(
    what: str, words: tuple[str, ...], found: list[str], office: Inside, tmp_path: Path
) -> None:
    path = tmp_path / "纸.docx"
    ran = office.ok("export", what, *WEEKS, *words, "-o", path)
    assert str(path) in ran.out
    assert titles(path) == found


def test_one_session_needs_no_period(office: Inside, tmp_path: Path) -> None:
    path = tmp_path / "签到表.docx"
    office.ok("export", "signin", "--session", str(AHEAD), "--blank", "-o", path)
    assert titles(path) == ["每周一学签到表"]
    for what, session in (("minutes", HELD), ("reflections", HELD), ("talk", TALKS)):
        office.ok("export", what, "--session", str(session), "-o", tmp_path / f"{what}.pdf")
        assert (tmp_path / f"{what}.pdf").read_bytes().startswith(b"%PDF-")


def test_handing_in_fixes_the_numbers_and_can_be_undone(office: Inside, tmp_path: Path) -> None:
    words = ("export", "signin", "--session", str(TOGETHER), "-o", tmp_path / "签到表.pdf")
    assert "固定期次：2026-11-24 每周一学第3次、2026-11-24 主题党日第1次" in office.ok(*words).out
    assert office.log()[0]["label"].startswith("固定期次：")
    with office.unchanged():
        assert "固定期次" not in office.ok(*words).out
    office.ok("undo")
    with office.unchanged():
        office.ok("export", "signin", "--session", str(AHEAD), "-o", tmp_path / "空白.pdf")


def test_tables_hold_the_same_names(office: Inside, tmp_path: Path) -> None:
    office.ok("export", "signin", *WEEKS, "-o", tmp_path / "签到表.xlsx")
    book = openpyxl.load_workbook(tmp_path / "签到表.xlsx")
    assert len(book.sheetnames) == 4
    for sheet in book.worksheets[:3]:
        assert LONG_NAME in {cell.value for row in sheet.iter_rows() for cell in row}
    office.ok("export", "reflections", "--session", str(TALKS), "-o", tmp_path / "心得.csv")
    assert "法条要背熟。" in (tmp_path / "心得.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    "words",
    [
        ("signin", "--session", "999", "-o", "a.docx"),
        ("signin", "--session", "第一场", "-o", "a.docx"),
        ("signin", "--session", str(OFF), "-o", "a.docx"),
        ("minutes", *WEEKS, "-o", "a.xlsx"),
        ("reflections", "--from", "2025-01-01", "--to", "2025-02-01", "-o", "a.docx"),
        ("talk", "--session", str(HELD), "-o", "a.docx"),
        ("minutes", "--session", str(HELD), "-o", "没有/a.docx"),
    ],
)
def test_what_cannot_be_written_is_one_sentence_and_fixes_nothing(
    words: tuple[str, ...], office: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with office.unchanged():
        ran = office.run("export", *words)
    assert (ran.code, ran.out) == (1, "")
    assert ran.sentence
    assert not (tmp_path / "a.docx").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("signin", "-o", "a.docx"), "还缺 --from, --to"),
        (("signin", "--from", "2026-01-01", "-o", "a.docx"), "还缺 --to"),
        (("counts", *WEEKS, "--blank", "-o", "a.xlsx"), "--blank：只用于 signin"),
        (("minutes", *WEEKS, "--by", "person", "-o", "a.docx"), "--by：只用于 reflections"),
        (("schedule", "--session", "1", "-o", "a.docx"), "--session：只用于"),
    ],
)
def test_options_that_say_nothing_are_wrong_usage(
    words: tuple[str, ...], said: str, office: Inside
) -> None:
    ran = office.run("export", *words)
    assert ran.code == 2
    assert said in ran.sentence


def test_a_process_of_its_own_paints_pdf_without_a_screen(office: Inside, tmp_path: Path) -> None:
    Program(office.data).ok("export", "signin", *WEEKS, "-o", tmp_path / "签到表.pdf")
    assert (tmp_path / "签到表.pdf").read_bytes().startswith(b"%PDF-")


def test_characters_that_no_typeface_has_are_told_beside_the_result(
    office: Inside, tmp_path: Path
) -> None:
    store = make_office(office.data / "bulletin_study.sqlite3")
    with store.unit() as unit:
        person = unit.get(Person, 12)
        assert person is not None
        unit.put(replace(person, name="周\U0010fffd"))
        unit.commit("改名")
    store.close()
    words = ("export", "signin", "--session", str(AHEAD), "-o")
    assert "\U0010fffd”，PDF 里是方框" in office.ok(*words, tmp_path / "空白.pdf").err
    assert office.ok(*words, tmp_path / "空白.docx").err == ""
