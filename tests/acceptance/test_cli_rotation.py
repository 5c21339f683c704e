"""Planning talks from the command line, on the sample office."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import Inside, Program

AHEAD = ("--from", "2026-11-25", "--to", "2027-01-15")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office."""
    program = Program(tmp_path_factory.mktemp("sample") / "数据")
    program.ok("demo", "--today", "2026-11-25")
    return program.data


@pytest.fixture
def office(prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Inside:
    """A copy of it for each test."""
    return Inside(Path(shutil.copytree(prepared, tmp_path / "数据")), capsys)


def plan(office: Inside, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = office.ok("rotation", *AHEAD, *words, "--json").json
    return found


def test_a_preview_says_who_why_and_saves_nothing(office: Inside) -> None:
    with office.unchanged():
        found = plan(office)
    assert {"date", "session", "place", "round", "group", "speaker", "staff_number", "mentor",
            "category", "state", "changed", "reasons"} <= set(found["dates"][0])
    assert {"rounds", "filled", "empty", "changes", "max_wait_days"} <= set(found["summary"])
    assert {one["state"] for one in found["dates"]} == {"planned", "pinned"}
    assert all({"rule", "text"} <= set(r) for one in found["dates"] for r in one["reasons"])
    assert found["applied"] is False


def test_what_is_announced_already_stays(office: Inside) -> None:
    changed = [one["date"] for one in plan(office)["dates"] if one["changed"]]
    assert changed
    assert min(changed) > "2026-12-25", "the sample has announced five weeks"


def test_a_saved_plan_keeps_every_rule(office: Inside) -> None:
    proposed = plan(office, "--apply")
    assert proposed["applied"] is True
    again = plan(office)
    assert again["summary"]["changes"] == 0
    speakers = [(one["date"], one["speaker"]) for one in proposed["dates"]]
    assert [(one["date"], one["speaker"]) for one in again["dates"]] == speakers
    checked = office.ok("rotation", *AHEAD, "--check", "--json").json
    assert checked == {"ok": True, "breaches": [], "accepted": []}
    listed = office.ok("sessions", *AHEAD, "--kind", "每周一讲", "--json").json
    assert [name for one in listed for name in one["speakers"]] == [who for _, who in speakers]


def test_leave_after_the_plan_is_found_wanting(office: Inside, tmp_path: Path) -> None:
    absences = tmp_path / "不在岗.csv"
    absences.write_text(
        "姓名,类别,开始日期,结束日期,事由\n孙嘉禾,请假,2026-11-25,2026-11-27,婚假\n",
        encoding="utf-8",
    )
    office.ok("import", "absences", absences, "--apply")
    ran = office.run("rotation", *AHEAD, "--check")
    assert ran.code == 1
    assert "孙嘉禾" in ran.sentence
    assert "11-25" in ran.sentence


def talk_of(office: Inside, day: str) -> dict[str, Any]:
    period = ("--from", day, "--to", day)
    (found,) = office.ok("sessions", *period, "--kind", "每周一讲", "--json").json
    return dict(found)


def test_who_actually_spoke_is_history(office: Inside) -> None:
    last = talk_of(office, "2026-11-18")
    assert last["speakers"] == ["王立言", "何一帆", "许念慈"]
    office.ok("talk", str(last["id"]), "--place", "2", "--speaker", "徐景明",
              "--title", "谈话提纲怎么列", "--category", "经验方法")
    assert talk_of(office, "2026-11-18")["speakers"] == ["王立言", "徐景明", "许念慈"]
    assert "原定何一帆" in office.log()[0]["label"]
    people = {p["name"]: p["talks"] for p in office.ok(
        "counts", "--from", "2026-11-18", "--to", "2026-11-18", "--json").json["people"]}
    assert (people["徐景明"], people["何一帆"]) == (1, 0)


def test_a_guest_may_speak(office: Inside) -> None:
    number = str(talk_of(office, "2026-11-18")["id"])
    office.ok("talk", number, "--place", "1", "--guest", "市委党校教授")
    assert talk_of(office, "2026-11-18")["speakers"][0] == "市委党校教授"


@pytest.mark.parametrize(
    "words",
    [
        ("--place", "4", "--speaker", "003"),
        ("--place", "一", "--speaker", "003"),
        ("--place", "1", "--speaker", "999"),
        ("--place", "1", "--speaker", "003", "--category", "故事"),
        ("--place", "1", "--speaker", "003", "--title", "长" * 101),
        ("--place", "1", "--speaker", "033"),
    ],
    ids=["no such place", "no number", "nobody", "no category", "a long title", "left the office"],
)
def test_a_talk_that_cannot_be(words: tuple[str, ...], office: Inside) -> None:
    number = str(talk_of(office, "2026-11-18")["id"])
    with office.unchanged():
        ran = office.run("talk", number, *words)
    assert ran.code == 1
    assert ran.out == ""
    assert ran.sentence


def test_a_talk_before_the_speaker_joined_is_refused(office: Inside) -> None:
    number = str(talk_of(office, "2026-03-04")["id"])
    ran = office.run("talk", number, "--speaker", "韩牧野")
    assert ran.code == 1
    assert "入部日期" in ran.sentence


def test_a_talk_by_nobody_is_wrong_usage(office: Inside) -> None:
    ran = office.run("talk", "1")
    assert ran.code == 2
    assert "--speaker" in ran.sentence


def test_an_impossible_span_is_refused(office: Inside) -> None:
    ran = office.run("rotation", "--from", "2026-12-31", "--to", "2026-12-01")
    assert ran.code == 1
    assert ran.sentence
