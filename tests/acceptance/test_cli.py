"""The command line as a promise: exit codes, JSON, one sentence for every refusal."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin_study.__main__ import main
from bulletin_study.app import open_store
from bulletin_study.domain.sessions import StudySession
from tests.acceptance.command import EVERY_MONDAY, PERIOD, ROOT, Inside, Program

ROSTER = (
    "序号,姓名,工号,组室,身份,入部日期\n"
    "1,秦维新,901,,部领导,2015-01-05\n"
    "2,陈思远,001,办公室,组长,2016-03-01\n"
    "3,李晓雯,002,办公室,组员,2018-05-07\n"
    "4,林卓然,003,干部组,组长,2017-09-01\n"
    "5,王芳,004,干部组,组员,2017-09-01\n"
    "6,王芳,005,办公室,组员,2017-09-01\n"
    "7,何一帆,006,干部组,组员,2022-09-05\n"
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven people and 22 Mondays, the first three held; to be copied."""
    folder = tmp_path_factory.mktemp("prepared")
    roster = folder / "花名册.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    program = Program(folder / "数据")
    program.ok("import", "roster", roster, "--apply")
    program.ok(*EVERY_MONDAY, "--apply")
    program.ok("hold", "1", "2", "3")
    return program.data


@pytest.fixture
def office(prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Inside:
    """A copy of the prepared office for each test."""
    return Inside(Path(shutil.copytree(prepared, tmp_path / "数据")), capsys)


# --- refusals: exit 1, one sentence, nothing changed ---------------------------------------

REFUSED: dict[str, tuple[str, ...]] = {
    "an impossible date": ("counts", "--from", "2022-02-30", "--to", "2022-12-18"),
    "a date that is none": ("sessions", "--from", "明天", "--to", "2022-12-18"),
    "an end before its start": ("counts", "--from", "2022-12-18", "--to", "2022-01-01"),
    "a series that ends before it starts": (
        "schedule", "--kind", "每周一学", "--rrule", "FREQ=WEEKLY", "--start", "2022-07-25 08:30",
        "--minutes", "90", "--until", "2022-07-01", "--apply"),
    "a session without length": (
        "schedule", "--kind", "每周一学", "--rrule", "FREQ=WEEKLY", "--start", "2022-07-25 08:30",
        "--minutes", "0", "--until", "2022-12-19", "--apply"),
    "a session past midnight": ("move", "9", "2022-09-20 23:30"),
    "a time that is none": ("move", "9", "2022-09-20 25:00"),
    "a rule that cannot be read": (
        "schedule", "--kind", "每周一学", "--rrule", "每周", "--start", "2022-07-25 08:30",
        "--minutes", "90", "--until", "2022-12-19", "--apply"),
    "a start without a time": (
        "schedule", "--kind", "每周一学", "--rrule", "FREQ=WEEKLY", "--start", "2022-07-25",
        "--minutes", "90", "--until", "2022-12-19", "--apply"),
    "a kind nobody knows": ("sessions", *PERIOD, "--kind", "每周一游"),
    "a session that is not there": ("hold", "999"),
    "a session that is no number": ("hold", "第一场"),
    "one bad session among good ones": ("hold", "4", "999"),
    "archiving with something missing": ("archive", "1", "2"),
    "archiving anyway without a reason": ("archive", "1", "--anyway"),
    "archiving what was not held": ("archive", "10", "--anyway", "--why", "补录"),
    "cancelling what was held": ("cancel", "1", "--why", "停电"),
    "cancelling without a reason": ("cancel", "9", "--why", " "),
    "moving what was held": ("move", "1", "2022-08-02"),
    "marking somebody before his entry": ("attend", "1", "--except", "006=到"),
    "marking somebody unknown": ("attend", "1", "--except", "777=请假"),
    "marking one of two of a name": ("attend", "1", "--except", "王芳=请假"),
    "a mark that is none": ("attend", "1", "--except", "001=开小差"),
    "signing in nobody": ("attend", "1"),
    "an export of a later version": ("export", "brief", *PERIOD, "-o", "简报.docx"),
    "a record of nobody": ("export", "person", *PERIOD, "-o", "记录.docx"),
    "a record as a table": ("export", "person", "--staff", "1", *PERIOD, "-o", "记录.xlsx"),
    "an unknown file format": ("export", "counts", *PERIOD, "-o", "统计.doc"),
    "a folder that is not there": ("export", "counts", *PERIOD, "-o", "没有/统计.xlsx"),
    "an import of a later version": ("import", "tasks", "任务.xlsx"),
    "a file that is not there": ("import", "roster", "没有.xlsx", "--apply"),
    "a mapping without a field": ("import", "roster", "没有.xlsx", "--map", "姓名"),
    "redo without undo": ("redo",),
    "finding nothing at all": ("find", " "),
    "sample data among real": ("demo",),
}


@pytest.mark.parametrize("words", REFUSED.values(), ids=REFUSED.keys())
def test_a_refusal_is_one_sentence_and_changes_nothing(
    words: tuple[str, ...], office: Inside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    with office.unchanged():
        ran = office.run(*words)
        assert ran.code == 1
        assert ran.out == ""
        assert ran.sentence
    assert sorted(tmp_path.iterdir()) == before


def test_words_are_found_in_what_was_written(office: Inside) -> None:
    made = office.ok("find", "学", "--json").json
    assert made == {"words": "学", "total": 0, "counts": {}, "hits": []}
    assert office.ok("find", "学").out == "写过的话里没有“学”。\n"
    store = open_store(office.data)
    with store.unit() as unit:
        first = unit.all(StudySession)[0]
        unit.put(replace(first, theme="怎样 学习\nＡ１𬱖"))
        unit.commit("主题")
    store.close()
    for words in ("学", "学习", "a1", "𬱖"):
        (hit,) = office.ok("find", words, "--json").json["hits"]
        ((start, end),) = hit["marks"]
        assert hit["text"] == "怎样 学习\nＡ１𬱖"
        assert hit["excerpt"] == "怎样 学习 Ａ１𬱖"
        assert (hit["kind"], hit["date"], hit["session"]) == ("主题", "2022-07-25", first.id)
        assert len(hit["excerpt"][start:end]) == len(words)
    for words in (("学习", "怎样"), ("𬱖 a1",), ("“样 学”",)):
        assert len(office.ok("find", *words, "--json").json["hits"]) == 1
    assert office.ok("find", "学习", "没有").out == "写过的话里没有一处同时写到“学习”、“没有”。\n"
    told = office.ok("find", "学习").out
    assert "怎样 【学习】 Ａ１𬱖" in told
    assert told.endswith("共 1 处（主题 1）。\n")


def test_two_of_a_name_are_told_apart(office: Inside) -> None:
    sentence = office.run("attend", "1", "--except", "王芳=请假").sentence
    assert "干部组 工号 004" in sentence
    assert "办公室 工号 005" in sentence


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "0 字节|空"), (b"PK\x03\x04" + bytes(200), "表格|损坏"), (bytes(range(256)), "表格")],
    ids=["empty", "a broken zip", "noise"],
)
def test_a_file_that_is_no_table_is_refused(
    content: bytes, words: str, office: Inside, tmp_path: Path
) -> None:
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(content)
    with office.unchanged():
        ran = office.run("import", "roster", path, "--apply", "--json")
    assert ran.code == 1
    assert any(word in ran.sentence for word in words.split("|"))


def test_no_usable_row_is_found_wanting(office: Inside, tmp_path: Path) -> None:
    path = tmp_path / "花名册.csv"
    path.write_text("姓名,工号,组室\n,007,办公室\n赵雨桐,001,没有的组\n", encoding="utf-8")
    with office.unchanged():
        ran = office.run("import", "roster", path, "--apply", "--json")
    assert ran.code == 1
    assert ran.json["applied"] is False
    assert ran.json["wrong"] == 2
    assert "没有一行可以导入" in ran.sentence


def test_a_second_person_with_the_same_number_is_wrong(office: Inside, tmp_path: Path) -> None:
    path, rejects = tmp_path / "花名册.csv", tmp_path / "有误.csv"
    path.write_text("姓名,工号,组室\n新人甲,020,办公室\n新人乙,020,办公室\n", encoding="utf-8")
    ran = office.ok("import", "roster", path, "--apply", "--json", "--rejects", rejects)
    assert [row["state"] for row in ran.json["rows"]] == ["new", "wrong"]
    assert "新人乙" in rejects.read_text(encoding="utf-8-sig")


# --- a store that cannot be used ------------------------------------------------------------


def test_what_is_no_database_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inside = Inside(tmp_path / "数据", capsys)
    inside.ok("check")
    (database,) = inside.data.glob("*.sqlite3")
    database.write_bytes(b"not a database at all" * 99)
    ran = inside.run("check", "--json")
    assert ran.code == 1
    assert ran.json["ok"] is False
    assert ran.json["findings"]
    assert "从备份恢复" in ran.sentence
    assert database.read_bytes() == b"not a database at all" * 99


def test_a_newer_database_is_left_alone(office: Inside, tmp_path: Path) -> None:
    import sqlite3

    (database,) = office.data.glob("*.sqlite3")
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from_the_future'")
    connection.close()
    ran = office.run("counts", *PERIOD)
    assert ran.code == 1
    assert "升级程序" in ran.sentence


def test_a_data_folder_that_is_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "数据").write_text("x")
    ran = Inside(tmp_path / "数据", capsys).run("counts", *PERIOD)
    assert ran.code == 1
    assert "打不开数据文件" in ran.sentence


@pytest.mark.parametrize("url", ["postgresql://u:secret@h/db", "sqlite://", "什么"])
def test_an_address_of_a_later_version(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--database", url, "check"]) == 1
    err = capsys.readouterr().err
    assert "sqlite:///" in err
    assert "secret" not in err


def test_a_database_may_have_a_name_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "本单位.sqlite3"
    assert main(["--database", f"sqlite:///{path}", "check"]) == 0
    assert path.exists()
    assert main(["check", "--database", f"sqlite:///{path}", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.split("。")[-1])["ok"] is True


# --- wrong usage: exit 2 --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("统计",), "没有“统计”"),
        (("counts",), "还缺 --from, --to"),
        (("counts", *PERIOD, "--xml"), "不认识 --xml"),
        (("export", "counts", *PERIOD, "-o"), "-o/--out 后面要写内容"),
        (("export", "everything", *PERIOD, "-o", "x.xlsx"), "没有“everything”"),
        (("hold",), "还缺 场次"),
        (("counts", *PERIOD, "--database", "sqlite:///x"), "只能写一个"),
    ],
)
def test_wrong_usage_is_explained(words: tuple[str, ...], said: str, office: Inside) -> None:
    with office.unchanged():
        ran = office.run(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert said in ran.sentence


def test_help_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("用法：bulletin-study")
    assert not any(word in told for word in ("usage", "options:", "positional", "show this"))


# --- what the commands do -------------------------------------------------------------------


def test_a_preview_saves_nothing(office: Inside) -> None:
    with office.unchanged():
        ran = office.ok(*EVERY_MONDAY, "--json")
    assert len(ran.json) == 22
    assert all(one["session"] is None for one in ran.json)
    assert "冲突" in ran.err, "the same Mondays are taken already"


def test_sessions_are_listed_as_promised(office: Inside) -> None:
    listed = office.ok("sessions", "--from", "2022-07-01", "--to", "2022-12-31", "--json").json
    assert len(listed) == 22
    moved = next(one for one in listed if one["moved_from"])
    assert (moved["date"], moved["moved_from"], moved["status"]) == (
        "2022-09-13", "2022-09-12", "moved")
    first = listed[0]
    assert first["kinds"] == ["每周一学"]
    assert (first["start"], first["end"], first["status"]) == ("08:30", "10:00", "held")
    assert first["ordinals"] == {"每周一学": 1}
    assert first["archived"] is False
    assert {"theme", "form", "lead", "venue", "speakers"} <= set(first)


def test_cancel_and_move(office: Inside) -> None:
    office.ok("cancel", "20", "--why", "停电")
    office.ok("move", "19", "2022-11-29 14:00")
    listed = office.ok("sessions", "--from", "2022-11-01", "--to", "2022-12-31", "--json").json
    by_id = {one["id"]: one for one in listed}
    assert (by_id[20]["status"], by_id[20]["ordinals"]) == ("cancelled", {})
    assert (by_id[19]["date"], by_id[19]["start"], by_id[19]["end"]) == (
        "2022-11-29", "14:00", "15:30")
    counts = office.ok("counts", *PERIOD, "--json").json["kinds"][0]
    assert (counts["held"], counts["cancelled"]) == (3, 1)


def test_sign_in_adds_up(office: Inside) -> None:
    ran = office.ok("attend", "1", "--all-present", "--except", "002=请假:看病", "秦维新=公出",
                    "--json").json
    assert ran == {"session": 1, "expected": 6, "present": 4, "late": 0, "left_early": 0,
                   "leave": 1, "official": 1, "absent": 0, "unmarked": 0}
    counts = office.ok("counts", *PERIOD, "--json").json
    kind = counts["kinds"][0]
    assert kind["rate"] == {"value": round(4 / 6, 4), "numerator": 4, "denominator": 6}
    assert kind["person_times"] == 4
    leave = {p["staff_number"]: p["leave"] for p in counts["people"]}
    assert leave["002"] == 1


def test_archive_anyway_keeps_its_reason(office: Inside) -> None:
    office.ok("archive", "1", "2", "--anyway", "--why", "旧材料不全")
    listed = office.ok("sessions", "--from", "2022-07-01", "--to", "2022-08-31", "--json").json
    assert [(one["archived"], one["waiver"]) for one in listed[:3]] == [
        (True, "旧材料不全"), (True, "旧材料不全"), (False, "")]
    assert len([o for o in office.log() if o["label"].startswith("归档")]) == 1


def test_undo_and_redo_survive_the_end_of_the_program(office: Inside) -> None:
    def held() -> int:
        return int(office.ok("counts", *PERIOD, "--json").json["total_held"])

    office.ok("hold", "4")
    assert held() == 4
    office.ok("undo")
    assert held() == 3
    office.ok("undo")
    assert held() == 0
    office.ok("redo")
    office.ok("redo")
    assert held() == 4
    office.ok("undo")
    office.ok("hold", "5")
    refused = office.run("redo")
    assert (refused.code, held()) == (1, 4), "new work clears redo"
    labels = [one["label"] for one in office.log()]
    assert labels[0].startswith("记为已开展")
    assert labels[1].startswith("撤销：")


def test_history_in_words(office: Inside) -> None:
    told = office.ok("history").out
    assert "导入花名册" in told
    assert "批量安排 每周一学 22 场" in told


def test_check_finds_nothing_wrong(office: Inside) -> None:
    assert office.ok("check", "--json").json == {
        "ok": True, "findings": [], "unclaimed_files": 0,
    }  # fmt: skip
    assert "数据完好" in office.ok("check").out


# --- the program as a process ---------------------------------------------------------------


def test_a_bug_is_70_and_leaves_no_names_in_the_log(
    office: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("王芳的工号 004")

    monkeypatch.setattr("bulletin_study.cli.log.history.history", broken)
    ran = office.run("history")
    assert ran.code == 70
    assert "程序出了问题" in ran.sentence
    log = (office.data / "logs" / "errors.log").read_text(encoding="utf-8")
    assert "RuntimeError" in log
    assert "bulletin_study/cli/log.py" in log
    assert "王芳" not in log


def test_the_command_line_never_loads_the_window(tmp_path: Path) -> None:
    script = (
        "import sys; from bulletin_study.__main__ import main\n"
        f"code = main(['--data', {str(tmp_path)!r}, 'counts', '--from', '2022-01-01',"
        " '--to', '2022-12-31'])\n"
        "heavy = {'PySide6', 'openpyxl', 'xlsxwriter', 'pypinyin', 'python_calamine'}\n"
        "sys.exit(code or len(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("words", ["check --json", "--help"])
def test_output_into_a_closed_pipe_is_no_bug(words: str, tmp_path: Path) -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m bulletin_study --data "{tmp_path}" {words} | true',
        shell=True, cwd=ROOT, capture_output=True, check=False,
    )
    assert done.stderr == b""


def test_the_installed_command_is_the_same_program() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"]["bulletin-study"] == "bulletin_study.__main__:main"
