"""A year of 每周一讲 through the window alone: planned, announced, disturbed, put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bulletin_study.app import TableFiles
from bulletin_study.domain.people import AbPair, AbsenceKind, Group, Membership, MentorPair, Person
from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui.program import Program
from bulletin_study.ui.runner import Immediately, Runner
from bulletin_study.ui.series_dialog import SeriesDialog
from bulletin_study.ui.tabs.talk.arrange_dialog import ArrangeDialog
from bulletin_study.ui.tabs.talk.centre import View
from bulletin_study.ui.tabs.talk.repair_dialog import RepairDialog
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.rotation import check_rotation
from bulletin_study.usecases.talk_list import PlaceRow, list_places
from tests.helpers import make_office

TODAY = date(2026, 1, 5)
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
GROUPS, EACH = 5, 5
NAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔"
CONTROL, LEFT = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.LeftButton
State = list[tuple[date, int, str, int | None, bool]]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    """Five groups of five, with mentors and AB partners."""
    store = make_office(tmp_path / "store.sqlite3", TODAY)
    with store.unit() as unit:
        unit.put(*(Group(g, f"{'一二三四五'[g - 1]}组", g) for g in range(1, GROUPS + 1)))
        for k in range(1, GROUPS * EACH + 1):
            joined = date(2020, 1, 1) + timedelta(days=30 * k)
            unit.put(Person(k, f"{NAMES[k - 1]}某", k, f"{k:03}", joined=joined))
            unit.put(Membership(k, k, (k - 1) % GROUPS + 1))
        unit.put(*(MentorPair(n, n, n + GROUPS) for n in range(1, 6)))
        unit.put(*(AbPair(n, n, n + GROUPS) for n in range(1, 21)))
        unit.commit("人员")
    yield store
    store.close()


class Window:
    """The whole program with a clerk before it; every step is undone and redone."""

    def __init__(self, office: SqlOffice, folder: Path, qtbot: QtBot) -> None:
        self.office, self.qtbot = office, qtbot
        self.crashes: list[BaseException] = []
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.program = Program(
            Runner(office, Immediately(), Immediately()), TableFiles(), settings, folder,
            dialogs=(lambda *_: None, lambda *_: None),
        )  # fmt: skip
        self.program.runner.crashed.connect(self.crashes.append)
        qtbot.addWidget(self.program.window)
        self.program.window.resize(1366, 768)
        with qtbot.waitSignal(self.program.data_shown, timeout=30_000):
            self.program.start()
        self.steps = 0

    def settle(self) -> None:
        for _ in range(10):
            QApplication.sendPostedEvents()
            QApplication.processEvents()
        assert not self.crashes

    def rows(self) -> list[PlaceRow]:
        with self.office.view() as unit:
            return list_places(unit, FIRST, LAST)

    def state(self) -> State:
        return [(r.day, r.place, r.speaker, r.round, r.pinned) for r in self.rows()]

    def key(self, key: Qt.Key) -> None:
        self.program.window.activateWindow()
        self.settle()
        self.qtbot.keyClick(self.program.window, key, CONTROL)
        self.settle()

    def step(self, act: Callable[[], None]) -> State:
        """Do it, take it back, do it again: both ways lead exactly where they should."""
        before = self.everything()
        act()
        self.settle()
        after = self.everything()
        assert after != before
        self.key(Qt.Key.Key_Z)
        assert self.everything() == before
        self.key(Qt.Key.Key_Y)
        assert self.everything() == after
        self.steps += 1
        return self.state()

    def everything(self) -> tuple[State, int]:
        """The talks, and how many absences there are."""
        from bulletin_study.domain.people import Absence

        with self.office.view() as unit:
            return self.state_in(unit), len(unit.all(Absence))

    def state_in(self, unit: object) -> State:
        rows = list_places(unit, FIRST, LAST)  # type: ignore[arg-type]
        return [(r.day, r.place, r.speaker, r.round, r.pinned) for r in rows]

    def type(self, field: QWidget, words: str) -> None:
        field.setFocus()
        self.qtbot.keyClick(field, Qt.Key.Key_A, CONTROL)
        self.qtbot.keyClicks(field, words)
        self.qtbot.keyClick(field, Qt.Key.Key_Return)

    # --- what a clerk does ------------------------------------------------------------------

    def schedule(self) -> None:
        page = self.program.page("talk")
        page.open_series()
        self.settle()
        dialog = page.findChildren(SeriesDialog)[-1]
        self.type(dialog.form.start, "2026-01-07")
        self.type(dialog.form.times, "15:00-16:00")
        self.type(dialog.form.until, "2026-12-30")
        self.qtbot.waitUntil(lambda: dialog.go.caption == "安排 52 场", timeout=5000)
        self.qtbot.mouseClick(dialog.go, LEFT)

    def plan(self) -> None:
        page = self.program.page("talk")
        page.toolbar.primary.click()
        self.settle()
        page.findChildren(ArrangeDialog)[-1].arrange()

    def send_away(self, person_id: int, first: date, last: date) -> None:
        page = self.program.page("people")
        self.settle()
        page._new_absence(person_id)
        form = page.side.absence_form
        form.kind.set_value(AbsenceKind.POSTED_DOWN)
        form.start.set_value(first)
        form.end.set_value(last)
        self.qtbot.mouseClick(form.save, LEFT)

    def repair(self) -> None:
        page = self.program.page("talk")
        self.settle()
        assert page.bar.repair.isVisible()
        self.qtbot.mouseClick(page.bar.repair, LEFT)
        self.settle()
        dialog = page.findChildren(RepairDialog)[-1]
        self.qtbot.mouseClick(dialog.go, LEFT)

    def swap(self, first: PlaceRow, second: PlaceRow) -> None:
        page = self.program.page("talk")
        page.bar.view.set_value(View.WEEKS)
        page.board.show_view(View.WEEKS)
        page.show_place(first.session.id, first.place)
        self.settle()
        board = page.board.weeks.board
        board.setFocus()
        self.qtbot.keyClick(board, Qt.Key.Key_S)
        board.select((second.session.id, second.place))
        self.qtbot.keyClick(board, Qt.Key.Key_Return)


def willing(office: SqlOffice, rows: list[PlaceRow]) -> tuple[PlaceRow, PlaceRow]:
    """Two who are both there on the other's date."""
    with office.view() as unit:
        roster = load_roster(unit)
    for first, second in combinations(rows, 2):
        there = (
            (row.talk is not None and roster.available(row.talk.speaker_id or 0, other.day))
            for row, other in ((first, second), (second, first))
        )
        if all(there):
            return first, second
    raise AssertionError("nobody can swap in this month")


def test_a_year_planned_disturbed_and_put_right(
    office: SqlOffice, tmp_path: Path, qtbot: QtBot
) -> None:
    window = Window(office, tmp_path, qtbot)
    window.step(window.schedule)
    announced = window.step(window.plan)
    assert len(announced) == 52
    assert all(speaker for _, _, speaker, _, _ in announced)
    changed_at: set[tuple[date, int]] = set()
    for number in range(12):
        rows = window.rows()
        # Always somebody who is announced, a month apart, for two to five weeks.
        row = next(r for r in rows if r.day >= date(2026, number + 1, 10) and not r.pinned)
        assert row.talk is not None
        assert row.talk.speaker_id is not None
        gone, until = row.talk.speaker_id, row.day + timedelta(weeks=2 + number % 4)
        window.step(lambda: window.send_away(gone, row.day, until))  # noqa: B023
        before = window.state()
        after = window.step(window.repair)
        moved = [b for b, a in zip(before, after, strict=True) if b[2] != a[2]]
        assert 1 <= len(moved) <= 4, "one absence, a handful of places at most"
        changed_at |= {(day, place) for day, place, *_ in moved}
        conflicts = [r for r in window.rows() if r.conflict]
        assert conflicts == []
    for number in (2, 5, 8):
        rows = [r for r in window.rows() if r.day.month == number + 1 and not r.pinned]
        first, second = willing(office, rows)
        names = first.speaker, second.speaker
        window.step(lambda: window.swap(first, second))  # noqa: B023
        found = {r.day: r for r in window.rows()}
        assert (found[second.day].speaker, found[first.day].speaker) == names
        assert found[first.day].pinned
        changed_at |= {(first.day, first.place), (second.day, second.place)}
    # Where it should end: what nothing touched is as announced, and the rules hold.
    final = window.state()
    untouched = [a[2] == f[2] for a, f in zip(announced, final, strict=True)
                 if (a[0], a[1]) not in changed_at]  # fmt: skip
    assert all(untouched)
    assert len(untouched) >= 20
    with office.view() as unit:
        broken = [b for b in check_rotation(unit, TODAY, LAST) if not b.accepted]
    assert [b.rule for b in broken] == []
    turns = Counter((speaker, number) for _, _, speaker, number, _ in final)
    assert max(turns.values()) == 1, "nobody twice in a round"
    assert window.steps == 2 + 24 + 3
    window.program.window.close()
    window.program.runner.close()
