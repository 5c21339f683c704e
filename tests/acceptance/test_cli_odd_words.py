"""Odd words on the command line: still one sentence, still nothing lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bulletin_study.__main__ import main
from tests.acceptance.command import EVERY_MONDAY, PERIOD, ROOT, Inside, Program

ROSTER = (
    "序号,姓名,工号,组室,身份,入部日期\n"
    "1,秦维新,901,,部领导,2015-01-05\n"
    "2,陈思远,0012,办公室,组长,2016-03-01\n"
    "3,古丽 娜尔,002,办公室,组员,2018-05-07\n"
    "4,王芳,,办公室,组员,2017-09-01\n"
    "5,王芳,,干部组,组员,2017-09-01\n"
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five people and 22 Mondays, the first one held; to be copied."""
    folder = tmp_path_factory.mktemp("prepared")
    roster = folder / "花名册.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    program = Program(folder / "数据")
    program.ok("import", "roster", roster, "--apply")
    program.ok(*EVERY_MONDAY, "--apply")
    program.ok("hold", "1")
    return program.data


@pytest.fixture
def office(prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Inside:
    """A copy of the prepared office for each test."""
    return Inside(Path(shutil.copytree(prepared, tmp_path / "数据")), capsys)


# --- what people type -----------------------------------------------------------------------


def test_full_width_digits_are_digits(office: Inside) -> None:
    office.ok("hold", "２")
    office.ok("attend", "１", "--except", "００１２=请假")
    listed = office.ok("sessions", *PERIOD, "--json").json
    assert [one["status"] for one in listed[:2]] == ["held", "held"]


def test_a_name_may_have_a_space_or_none(office: Inside) -> None:
    office.ok("attend", "1", "--except", "陈 思远=到")
    office.ok("attend", "1", "--except", "古丽娜尔=到")
    people = office.ok("counts", *PERIOD, "--json").json["people"]
    assert sum(person["present"] for person in people) == 2


def test_namesakes_without_a_number_are_told_what_to_do(office: Inside) -> None:
    sentence = office.run("attend", "1", "--except", "王芳=到").sentence
    assert "没有工号的先在“人员”里填上" in sentence


def test_one_person_has_one_mark(office: Inside) -> None:
    with office.unchanged():
        ran = office.run("attend", "1", "--except", "002=请假", "古丽娜尔=到")
    assert ran.code == 1
    assert "002" in ran.sentence or "古丽" in ran.sentence


def test_sessions_end_after_they_start(office: Inside) -> None:
    ran = office.run("sessions", "--from", "2022-12-18", "--to", "2022-01-01")
    assert ran.code == 1
    assert "早于开始" in ran.sentence


@pytest.mark.parametrize("today", ["0001-01-01", "9999-12-31"])
def test_sample_data_need_a_day_with_room_around(
    today: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = Inside(tmp_path, capsys).run("demo", "--today", today)
    assert ran.code == 1
    assert today in ran.sentence


# --- what breaks a sentence -----------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("hold", "一\n二"),
        ("sessions", *PERIOD, "--kind", "每周\n一学"),
        ("import", "roster", "没\n有.csv"),
        ("talk", "1", "--speaker", "王\n芳"),
    ],
)
def test_a_line_break_in_a_word_breaks_no_sentence(words: tuple[str, ...], office: Inside) -> None:
    ran = office.run(*words)
    assert ran.code == 1
    assert ran.sentence


def test_a_very_long_word_is_shown_by_its_beginning(office: Inside) -> None:
    for words in (
        ("hold", "长" * 9000),
        ("sessions", *PERIOD, "--kind", "长" * 9000),
        ("talk", "1", "--speaker", "长" * 9000),
        (
            "schedule",
            "--kind",
            "每周一学",
            "--rrule",
            "FREQ=WEEKLY;" * 900,
            "--start",
            "2022-07-25 08:30",
            "--minutes",
            "90",
            "--until",
            "2022-12-19",
        ),
    ):
        ran = office.run(*words)
        assert ran.code == 1
        assert len(ran.sentence) < 300


def test_a_long_reason_stays_readable_in_the_log(office: Inside) -> None:
    why = "因故\n" + "很长" * 9000
    office.ok("cancel", "9", "--why", why)
    label = office.log()[0]["label"]
    assert label.startswith("取消 2022-09-19 每周一学（因故 很长")
    assert len(label) <= 200
    listed = office.ok("sessions", *PERIOD, "--json").json
    assert [one["status_reason"] for one in listed if one["id"] == 9] == [why]


# --- where the store is ---------------------------------------------------------------------


def test_an_empty_place_is_not_the_usual_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BULLETIN_STUDY_DATA", str(tmp_path / "惯用"))
    for words in (["--data", "", "check"], ["--database", "", "check"]):
        assert main(words) == 1
        assert "应当是" in capsys.readouterr().err
    assert not (tmp_path / "惯用").exists()


def test_a_home_of_nobody_is_a_folder_of_that_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--data", "~nobody-of-that-name/数据", "check"]) == 0
    assert (tmp_path / "~nobody-of-that-name" / "数据").is_dir()
    assert main(["--database", "sqlite:///~nobody-of-that-name/本.sqlite3", "check"]) == 0


def test_an_address_with_a_zero_character_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--database", "sqlite:///a%00b", "check"]) == 1
    assert "数据库地址" in capsys.readouterr().err


# --- files ----------------------------------------------------------------------------------


def test_wrong_rows_never_overwrite_the_file_they_come_from(office: Inside, tmp_path: Path) -> None:
    source = tmp_path / "名单.csv"
    source.write_text("姓名,工号,组室\n新人,020,办公室\n,,\n甲,0012,办公室\n", encoding="utf-8")
    before = source.read_bytes()
    (tmp_path / "别名.csv").symlink_to(source)
    for rejects in (source, tmp_path / "别名.csv", tmp_path / "数据" / ".." / "名单.csv"):
        with office.unchanged():
            ran = office.run("import", "roster", source, "--apply", "--rejects", rejects)
        assert ran.code == 1
        assert "另起一个名字" in ran.sentence
        assert source.read_bytes() == before


def test_wrong_rows_need_a_file_to_go_to(office: Inside, tmp_path: Path) -> None:
    source = tmp_path / "名单.csv"
    source.write_text("姓名,工号,组室\n新人,020,办公室\n甲,0012,办公室\n", encoding="utf-8")
    with office.unchanged():
        ran = office.run("import", "roster", source, "--apply", "--rejects", "")
    assert ran.code == 1
    assert ran.sentence


def test_a_tour_into_what_is_no_folder_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "图").write_text("x")
    ran = Inside(tmp_path / "数据", capsys).run("tour", "--out", tmp_path / "图" / "里")
    assert ran.code == 1
    assert "图" in ran.sentence or "里" in ran.sentence


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_what_was_saved_is_not_denied_when_nothing_can_be_shown(office: Inside) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bulletin_study", "--data", office.data, "hold", "2"],
            cwd=ROOT,
            env=dict(os.environ),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    told = done.stderr.decode()
    assert told.count("\n") == 1
    assert "已经保存" in told
    assert office.log()[0]["label"].startswith("记为已开展")


def test_findings_are_one_well_pointed_sentence(office: Inside) -> None:
    (database,) = office.data.glob("*.sqlite3")
    with sqlite3.connect(database) as connection:
        connection.execute("DELETE FROM study_session WHERE id = 1")
        connection.execute("DELETE FROM person WHERE staff_number = '002'")
    connection.close()
    ran = office.run("check")
    assert ran.code == 1
    assert "；" in ran.sentence, "both are told"
    assert "。；" not in ran.sentence
    assert "。。" not in ran.sentence
