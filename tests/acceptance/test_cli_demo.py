"""The sample office: real enough to show, true to every rule, the same every time."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from bulletin_study.domain.make_ups import MakeUp, MakeUpState
from bulletin_study.domain.rotation import Problem, Slot, check
from bulletin_study.domain.sessions import (
    Comment,
    Reflection,
    SessionStatus,
    StudyPlanItem,
    StudySession,
    Talk,
)
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.clashing import find_clashes
from bulletin_study.usecases.closing import item_words, load_closings
from bulletin_study.usecases.demo import fill_demo
from bulletin_study.usecases.loading import links_by_session, load_roster
from bulletin_study.usecases.make_up_list import load_make_ups
from bulletin_study.usecases.ports import UnitOfWork
from tests.acceptance.command import Inside, Program
from tests.helpers import make_office

TODAY = date(2026, 11, 25)
YEAR = ("--from", "2026-01-01", "--to", "2026-12-31")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as the command makes it."""
    program = Program(tmp_path_factory.mktemp("sample") / "数据")
    program.ok("demo", "--today", TODAY.isoformat())
    return program.data


@pytest.fixture
def sample(prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Inside:
    """A copy of it for each test."""
    return Inside(Path(shutil.copytree(prepared, tmp_path / "数据")), capsys)


@contextmanager
def looking(sample: Inside) -> Iterator[UnitOfWork]:
    """The stored sample, on its own day."""
    office = make_office(sample.data / "bulletin_study.sqlite3", TODAY)
    try:
        with office.view() as unit:
            yield unit
    finally:
        office.close()


def test_it_is_one_operation_and_can_be_undone(sample: Inside) -> None:
    assert [one["label"] for one in sample.log()] == ["装入示例数据"]
    sample.ok("undo")
    assert sample.ok("counts", *YEAR, "--json").json["people"] == []
    assert sample.ok("demo", "--today", TODAY.isoformat()).out.startswith("已装入示例数据：48 人")


def test_it_has_an_office_and_a_year(sample: Inside) -> None:
    with looking(sample) as unit:
        roster = load_roster(unit)
        sessions = unit.all(StudySession)
        assert len(roster.groups) == 8
        assert len(roster.on(TODAY)) == 48
        numbers = sorted(p.staff_number or "" for p in roster.people.values())
        assert numbers == [f"{n:03}" for n in range(1, 50)]
        days = [s.day for s in sessions]
        assert (max(days) - min(days)).days > 350
        statuses = {s.status for s in sessions}
        assert statuses == set(SessionStatus)
        assert all(s.status is not SessionStatus.HELD for s in sessions if s.day >= TODAY)
        themes = {s.theme for s in sessions if s.series_id is not None and s.theme}
        assert len(themes) > 40
        assert len({t.title for t in unit.all(Talk) if t.title}) > 90
        assert unit.all(StudyPlanItem)


def test_the_latest_sessions_lack_something_and_the_rest_is_archived(sample: Inside) -> None:
    with looking(sample) as unit:
        held = unit.all(StudySession, status=SessionStatus.HELD)
        closings = [c for c in load_closings(unit, held) if not c.session.archived]
        lacking = {c.title: [item_words(i) for i in c.lacking] for c in closings}
    assert lacking == {
        "2026-11-18 每周一讲": ["第2讲 领导点评差 1 条", "第1讲 感想心得体会差 1 条"],
        "2026-11-20 每周一评": ["各组室点评差 2 个组室"],
        "2026-11-23 每周一学": ["签到差 2 人"],
    }


def slots_of(unit: UnitOfWork) -> list[Slot]:
    sessions = {s.id: s for s in unit.all(StudySession)}
    return [
        Slot(
            t.session_id, t.place, sessions[t.session_id].day, sessions[t.session_id].start,
            sessions[t.session_id].status is SessionStatus.HELD, t.speaker_id, t.guest, t.pinned,
            t.round, t.group_id, t.planned_id, t.category, t.mentor_id,
        )
        for t in unit.all(Talk)
    ]


def findings(office: SqlOffice) -> list[object]:
    """Everything about a filled store that breaks a rule."""
    with office.view() as unit:
        slots = slots_of(unit)
        days = [slot.day for slot in slots]
        problem = Problem(tuple(slots), load_roster(unit), min(days), max(days))
        links = links_by_session(unit)
        asked = [
            (s, tuple(link.kind_id for link in links[s.id]))
            for s in unit.all(StudySession)
            if s.status is not SessionStatus.CANCELLED
        ]
        return [*check(problem), *find_clashes(unit, asked), *office.check()]


@pytest.mark.parametrize(
    "today",
    [TODAY, date(2026, 11, 23), date(2026, 2, 18), date(2024, 2, 29), date(2027, 3, 1),
     date(2026, 10, 4)],
    ids=str,
)
def test_it_keeps_every_rule_whatever_the_day(today: date, tmp_path: Path) -> None:
    office = make_office(tmp_path / "x.sqlite3", today)
    with office.unit() as unit:
        made = fill_demo(unit, today)
    assert made.people == 48
    assert findings(office) == []
    office.close()


def test_it_is_the_same_every_time(tmp_path: Path) -> None:
    def rows(name: str) -> list[list[object]]:
        office = make_office(tmp_path / name, TODAY)
        with office.unit() as unit:
            fill_demo(unit, TODAY)
        with office.view() as unit:
            made = (StudySession, Talk, Comment, Reflection, MakeUp)
            found: list[list[object]] = [list(unit.all(entity)) for entity in made]
        office.close()
        return found

    assert rows("a.sqlite3") == rows("b.sqlite3")


# --- the same figure everywhere ---------------------------------------------------------------


@pytest.fixture
def counts(sample: Inside) -> dict[str, Any]:
    found: dict[str, Any] = sample.ok("counts", *YEAR, "--json").json
    return found


def written(sample: Inside, what: str) -> openpyxl.Workbook:
    path = sample.data.parent / f"{what}.xlsx"
    sample.ok("export", what, *YEAR, "-o", path)
    return openpyxl.load_workbook(path, data_only=True)


def records(book: openpyxl.Workbook, name: str, head: int) -> list[dict[str, Any]]:
    """The rows under the head row, by column title."""
    rows = list(book[name].iter_rows(min_row=head, values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def test_the_summary_says_what_the_command_says(sample: Inside, counts: dict[str, Any]) -> None:
    book = written(sample, "counts")
    table = {row["活动类型"]: row for row in records(book, "汇总", 3)}
    for kind in counts["kinds"]:
        row = table[kind["kind"]]
        for month, number in kind["months"].items():
            assert row[f"{int(month[5:])}月"] == number
        assert row["合计"] == kind["held"]
        assert (row["应到人次"], row["实到人次"]) == (kind["expected"], kind["present"])
        rate = kind["rate"]
        assert (row["计率实到"], row["计率应到"]) == (rate["numerator"], rate["denominator"])
        assert row["到会率"] == pytest.approx(rate["value"], abs=1e-4)
        assert row["学时"] == kind["hours"]
        assert (row["计划"], row["取消"]) == (kind["planned"], kind["cancelled"])
    assert table["合计"]["合计"] == counts["total_held"]
    assert counts["total_held"] < sum(kind["held"] for kind in counts["kinds"])
    assert book["汇总"]["A2"].value == counts["sentence"]
    notes = [row["活动类型"] for row in records(book, "汇总", 3)]
    assert any("只计一场" in str(note) for note in notes)
    assert any("11-23 周一" in str(note) for note in notes), "the session with 未签 is named"


def test_people_and_groups_say_what_the_command_says(
    sample: Inside, counts: dict[str, Any]
) -> None:
    book = written(sample, "counts")
    people = {row["工号"]: row for row in records(book, "个人", 2)}
    names = {"应到": "expected", "实到": "present", "迟到": "late", "早退": "left_early",
             "请假": "leave", "公出": "official", "缺席": "absent", "未签": "unmarked",
             "讲课": "talks", "点评": "comments", "感想心得体会": "reflections",
             "补学": "made_up"}
    for person in counts["people"]:
        row = people[person["staff_number"]]
        assert row["姓名"] == person["name"]
        assert {k: row[k] for k in names} == {k: person[v] for k, v in names.items()}
    groups = {row["组室"]: row for row in records(book, "组室", 2)}
    for group in counts["groups"]:
        row = groups[group["group"]]
        assert (row["场次"], row["讲课"]) == (group["held"], group["talks"])
        assert (row["应到"], row["实到"]) == (group["expected"], group["present"])
    assert [r["组室"] for r in records(book, "组室", 2)][:3] == ["办公室", "干部组", "组织组"]


def test_everybody_signed_in_is_in_the_attendance_file(
    sample: Inside, counts: dict[str, Any]
) -> None:
    rows = records(written(sample, "attendance"), "签到", 2)
    came = sum(row["状态"] in ("到", "迟到", "早退") for row in rows)
    assert came == sum(person["present"] for person in counts["people"])
    assert sum(row["状态"] == "未签" for row in rows) == 2
    away = [row for row in rows if row["状态"] in ("请假", "公出", "缺席")]
    assert all(row["原因"] for row in away)
    assert isinstance(rows[0]["工号"], str)


def test_most_who_missed_made_it_up(sample: Inside, counts: dict[str, Any]) -> None:
    with looking(sample) as unit:
        ledger = load_make_ups(unit, date(2026, 1, 1), TODAY)
    states = Counter(line.debt.state for line in ledger.lines)
    assert set(states) == set(MakeUpState) - {MakeUpState.DROPPED}
    assert states[MakeUpState.CLEARED] > 0.8 * len(ledger.lines)
    assert len(ledger.overdue) == 3
    assert states[MakeUpState.CLEARED] == sum(one["made_up"] for one in counts["people"])
    rows = records(written(sample, "makeup"), "补学", 3)
    listed = [row for row in rows if isinstance(row["序号"], int)]
    assert [row["姓名"] for row in listed] == [line.name for line in ledger.lines]
    assert sum(row["状态"] == "已补" for row in listed) == states[MakeUpState.CLEARED]
    assert sum(str(row["状态"]).startswith("逾期") for row in listed) == 3
    assert all(row["完成日期"] for row in listed if row["状态"] == "已补")
    assert str(rows[-1]["序号"]).startswith("填报单位（盖章）：中共青石县委组织部")


@pytest.mark.parametrize("suffix", ["csv", "docx", "pdf"])
def test_the_make_up_ledger_is_written_as_any_paper(suffix: str, sample: Inside) -> None:
    path = sample.data.parent / f"补学台账.{suffix}"
    said = sample.ok("export", "makeup", *YEAR, "-o", path).out
    assert "补学台账（2026年1月1日至12月31日）" in said
    assert path.stat().st_size > 2000


def test_sessions_and_schedule_hold_every_session(sample: Inside) -> None:
    listed = sample.ok("sessions", *YEAR, "--json").json
    for what, sheet in (("sessions", "明细"), ("schedule", "安排")):
        rows = records(written(sample, what), sheet, 2)
        assert [str(row["日期"])[:10] for row in rows] == [one["date"] for one in listed]
    by_day = {str(row["日期"])[:10]: row for row in rows if row["活动"] == "每周一讲"}
    talk = next(one for one in listed if one["date"] == "2026-11-18")
    assert by_day["2026-11-18"]["领学人/主讲人"] == "、".join(talk["speakers"])
    assert by_day["2026-11-18"]["期次"] == f"第{talk['ordinals']['每周一讲']}次"


def test_a_persons_record_says_what_the_command_says(
    sample: Inside, counts: dict[str, Any]
) -> None:
    one = next(person for person in counts["people"] if person["staff_number"] == "003")
    path = sample.data.parent / "记录.docx"
    sample.ok("export", "person", "--staff", "003", *YEAR, "-o", path)
    words = [c.text for t in docx.Document(str(path)).tables for r in t.rows for c in r.cells]
    assert one["name"] in words
    rate = one["rate"]
    told = f"{rate['value']:.1%}（{rate['numerator']}/{rate['denominator']}）"
    assert told in words


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_full_disk_costs_nothing(suffix: str, sample: Inside) -> None:
    path = sample.data.parent / f"签到.{suffix}"
    path.write_text("去年的")
    # Room for the store's own files, not for the report.
    words = ("export", "attendance", *YEAR, "-o", path)
    ran = Program(sample.data).run(*words, largest_file=64_000)
    assert ran.code == 1
    assert "磁盘空间不足" in ran.sentence
    assert path.read_text() == "去年的"
    assert {one.name for one in path.parent.iterdir()} == {"数据", path.name}
    assert sample.ok("check").code == 0


def test_a_report_can_replace_a_file(sample: Inside) -> None:
    path = sample.data.parent / "统计.csv"
    path.write_text("去年的")
    sample.ok("export", "counts", *YEAR, "-o", path)
    text = path.read_text(encoding="utf-8-sig")
    assert "学讲评活动统计" in text
    assert "去年的" not in text
    leftovers = [one for one in path.parent.iterdir() if one.name.startswith(".")]
    assert leftovers == []
