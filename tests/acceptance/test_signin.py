"""签到 by keyboard in the real window: how many keys it costs, and that a kill loses nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bulletin_study.app import TOUR_DAY, open_store
from bulletin_study.domain.attendance import Mark
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import (
    Audience,
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
)
from bulletin_study.usecases.counts import count
from bulletin_study.usecases.sign_in_list import load_sign_in
from tests.acceptance.command import ROOT, Program
from tests.acceptance.signin_hands import ENTER, SESSION, STUDY, Hands, furnish

PARTY, DAY = 90, TOUR_DAY.isoformat()


def test_48_people_with_three_exceptions_cost_one_key_beyond_them(
    qtbot: QtBot, tmp_path: Path
) -> None:
    office = open_store(tmp_path, TOUR_DAY)
    furnish(office, 48)
    office.close()
    hands = Hands(tmp_path)
    hands.press("007 4", ENTER, "看病", ENTER, "020 5", ENTER, "下乡", ENTER, "031 2", ENTER)
    exceptions = hands.pressed
    hands.rest_present()
    beyond = hands.pressed - exceptions
    hands.wait(hands.saved)
    sys.stdout.write(f"48 人三个例外：例外本身 {exceptions} 键，此外 {beyond} 键\n")
    assert beyond < 10
    assert hands.figures() == {"应到": 48, "实到": 46, "请假": 1, "公出": 1, "缺席": 0, "未签": 0}
    hands.close()


@pytest.mark.heavy
def test_200_people_signed_in_by_keyboard_survive_a_kill(qtbot: QtBot, tmp_path: Path) -> None:
    office = open_store(tmp_path, TOUR_DAY)
    furnish(office, 200)
    office.close()
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.acceptance.signin_hands", str(tmp_path), "200"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdin is not None
    told = json.loads(child.stdout.readline())
    child.kill()  # SIGKILL: nothing is closed, nothing written any more
    child.wait()
    child.stdout.close()
    child.stdin.close()
    sys.stdout.write(
        f"200 人逐个键入：{told['keys']} 键，{told['typed']:.1f} 秒打完，"
        f"{told['saved']:.1f} 秒全部存好，最慢一人 {told['slowest'] * 1000:.0f} 毫秒\n"
    )
    figures = {"应到": 200, "实到": 192, "请假": 8, "公出": 0, "缺席": 0, "未签": 0}
    assert told["figures"] == figures
    hands = Hands(tmp_path)
    assert hands.figures() == figures
    hands.close()
    office = open_store(tmp_path, TOUR_DAY)
    with office.view() as unit:
        rows = {row.person_id: row for row in load_sign_in(unit, SESSION).rows}
        session = unit.get(StudySession, SESSION)
    assert session is not None
    assert session.status is SessionStatus.HELD
    for person in range(1, 201):
        leave = person % 25 == 0
        wanted = (Mark.LEAVE, "看病") if leave else (Mark.PRESENT, "")
        assert (rows[person].mark, rows[person].reason) == wanted
    assert office.check() == []
    office.close()


def test_kinds_held_together_have_each_its_own_figures_everywhere(
    qtbot: QtBot, tmp_path: Path
) -> None:
    """每周一学 with a lesson for members of the party: one sign-in, two headcounts."""
    office = open_store(tmp_path, TOUR_DAY)
    furnish(office, 48)
    with office.unit() as unit:
        members = unit.all(Person, id=range(1, 13))
        unit.put(*(replace(person, party_joined=date(2010, 7, 1)) for person in members))
        unit.put(SessionKind(PARTY, "支部党课", 90, audience=Audience(party_only=True)))
        unit.put(SessionKindLink(SESSION, PARTY))
        unit.commit("合办")
    office.close()
    hands = Hands(tmp_path)
    hands.press("005 4", ENTER, "看病", ENTER, "020 5", ENTER, "下乡", ENTER, "006 2", ENTER)
    hands.rest_present()
    hands.wait(hands.saved)
    everybody = {"应到": 48, "实到": 46, "请假": 1, "公出": 1, "缺席": 0, "未签": 0}
    party = {"应到": 12, "实到": 11, "请假": 1, "公出": 0, "缺席": 0, "未签": 0}
    for kind, figures in ((None, everybody), (STUDY, everybody), (PARTY, party)):
        hands.page.roster.kinds.set_value(kind)
        hands.page.roster.kinds.changed.emit(kind)
        assert hands.figures() == figures
    hands.close()
    office = open_store(tmp_path, TOUR_DAY)
    with office.view() as unit:
        counts = count(unit, TOUR_DAY, TOUR_DAY).counts
    office.close()
    assert counts.total_held == 1
    told = Program(tmp_path).run("counts", "--from", DAY, "--to", DAY, "--json").json
    assert told["total_held"] == 1
    for kind in counts.kinds:
        if kind.held:
            wanted = party if kind.kind.id == PARTY else everybody
            line = next(k for k in told["kinds"] if k["kind"] == kind.kind.name)
            rate = {"numerator": wanted["实到"], "denominator": wanted["应到"]}
            assert (kind.expected, kind.present) == (wanted["应到"], wanted["实到"])
            assert (line["expected"], line["present"]) == (wanted["应到"], wanted["实到"])
            assert {key: line["rate"][key] for key in rate} == rate
            assert line["highest_possible"] == line["rate_over_planned"] == line["rate"]


def test_a_two_column_list_is_imported_from_the_command_line(tmp_path: Path) -> None:
    office = open_store(tmp_path, TOUR_DAY)
    furnish(office, 12)
    with office.view() as unit:
        names = {person.id: person.name for person in unit.all(Person)}
    office.close()
    said = {1: "到", 2: "迟到", 3: "病假", 4: "下乡", 5: "√", 6: "缺席"}
    lines = ["姓名,状态", *(f"{names[person]},{word}" for person, word in said.items())]
    lines.append("无此人,到")
    listed = tmp_path / "名单.csv"
    listed.write_text("\n".join(lines), encoding="gbk")
    words = ("import", "attendance", listed, "--session", str(SESSION))
    seen = Program(tmp_path).ok(*words, "--json").json
    assert (seen["new"], seen["wrong"], seen["applied"]) == (6, 1, False)
    Program(tmp_path).ok(*words, "--apply")
    office = open_store(tmp_path, TOUR_DAY)
    with office.view() as unit:
        rows = {row.person_id: row for row in load_sign_in(unit, SESSION).rows}
    office.close()
    assert [(rows[p].mark, rows[p].reason) for p in said] == [
        (Mark.PRESENT, ""), (Mark.LATE, ""), (Mark.LEAVE, "病假"), (Mark.OFFICIAL, "下乡"),
        (Mark.PRESENT, ""), (Mark.ABSENT, ""),
    ]  # fmt: skip
    assert rows[7].mark is None
