"""Undo and redo: any sequence of them leaves every table as it was, restarts included."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.errors import Conflict, Dependent, NotFound, NothingToUndo
from bulletin_study.domain.evidence import Evidence
from bulletin_study.domain.people import AbPair, Group, Membership, Person
from bulletin_study.domain.sessions import (
    Comment,
    Reflection,
    Series,
    SessionKindLink,
    StudySession,
    Talk,
)
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.history import history, next_steps, redo, revert_one, undo
from bulletin_study.usecases.ports import UnitOfWork
from tests.contract.samples import values_of
from tests.contract.stores import Tables, dump, quick_office, replayed
from tests.helpers import make_office

WANG, ZHOU = Person(1, "王立言", 1, "001"), Person(2, "周敏之", 2, "002")
DAY = date(2026, 11, 23)
LINKED = (
    Person,
    Group,
    Membership,
    AbPair,
    StudySession,
    SessionKindLink,
    Talk,
    Comment,
    Reflection,
    Evidence,
    Attendance,
)
VALUES = st.one_of(*(values_of(entity) for entity in LINKED))


def linked_office() -> list[object]:
    """People, groups, sessions and talks for random values to hang on."""
    three = (1, 2, 3)
    return [
        *(Person(n, f"第{n}人", n, f"00{n}") for n in three),
        *(Group(n, f"第{n}组", n, head_id=n) for n in three),
        *(Series(n, (n,), "FREQ=WEEKLY", datetime(2026, 1, 5, 9), 60, DAY) for n in three),
        *(StudySession(n, DAY, time(9), time(10), series_id=n) for n in three),
        *(Talk(n, n, 1, speaker_id=n) for n in three),
    ]


class Clerk(RuleBasedStateMachine):
    """A clerk saves, removes, undoes, redoes and restarts; two stacks say what should be.

    Values link to each other at random, so that many writes are refused too: a refused one
    must change nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self.path = Path(self._folder.name) / "store.sqlite3"
        self.office = quick_office(self.path)
        self.past: list[Tables] = []
        self.future: list[Tables] = []
        self.state = dump(self.path)
        self.works = 0
        self.given: set[int] = set()

    @initialize()
    def somebody_is_there(self) -> None:
        self._work(lambda unit: unit.put(*linked_office()))

    @rule(values=st.lists(VALUES, min_size=1, max_size=5))
    def save(self, values: list[Any]) -> None:
        self._work(lambda unit: unit.put(*values))

    @rule(pick=st.randoms(use_true_random=False))
    def remove(self, pick: Any) -> None:
        def some(unit: UnitOfWork) -> None:
            there = [value for entity in LINKED for value in unit.all(entity)]
            unit.remove(*pick.sample(there, min(len(there), pick.randint(1, 4))))

        self._work(some)

    @rule(values=st.lists(VALUES, min_size=1, max_size=3), pick=st.randoms(use_true_random=False))
    def replace_some(self, values: list[Any], pick: Any) -> None:
        def some(unit: UnitOfWork) -> None:
            there = [value for entity in LINKED for value in unit.all(entity)]
            unit.remove(*pick.sample(there, min(len(there), 2)))
            unit.put(*values)

        self._work(some)

    def _work(self, action: Callable[[UnitOfWork], None]) -> None:
        self.works += 1
        try:
            with self.office.unit() as unit:
                action(unit)
                done = unit.commit(f"第{self.works}件事")
        except Conflict:
            return
        if done.operation_id is not None:
            self.past.append(self.state)
            self.future.clear()
            self.state = dump(self.path)

    @rule()
    def undo(self) -> None:
        self._step(undo, self.past, self.future)

    @rule()
    def redo(self) -> None:
        self._step(redo, self.future, self.past)

    def _step(
        self,
        step: Callable[[UnitOfWork], Committed],
        here: list[Tables],
        there: list[Tables],
    ) -> None:
        if not here:
            with pytest.raises(NothingToUndo), self.office.unit() as unit:
                step(unit)
            return
        with self.office.unit() as unit:
            step(unit)
        there.append(self.state)
        self.state = here.pop()

    @rule(times=st.integers(2, 5))
    def back_and_forth(self, times: int) -> None:
        for _ in range(times):
            self.undo()
        for _ in range(times - 1):
            self.redo()

    @rule()
    def restart(self) -> None:
        self.office.close()
        self.office = make_office(self.path)

    @rule()
    def take_an_id(self) -> None:
        with self.office.unit() as unit:
            (fresh,) = unit.new_ids(Person)
            unit.put(Person(fresh, "新来", 9))
            unit.commit("新来的人")
        assert fresh not in self.given
        self.given.add(fresh)
        self.past.append(self.state)
        self.future.clear()
        self.state = dump(self.path)

    @invariant()
    def tables_are_as_they_should_be(self) -> None:
        assert dump(self.path) == self.state

    @invariant()
    def steps_are_announced(self) -> None:
        with self.office.view() as unit:
            back, forth = next_steps(unit)
        assert (back is not None, forth is not None) == (bool(self.past), bool(self.future))

    def teardown(self) -> None:
        assert self.office.check() == []
        self.office.close()
        assert replayed(self.path) == self.state
        self._folder.cleanup()


Clerk.TestCase.settings = settings(
    max_examples=settings().max_examples // 2, stateful_step_count=25
)
TestClerk = Clerk.TestCase


class Historian(RuleBasedStateMachine):
    """Takes single operations out of the middle: done cleanly, or refused by name."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self.path = Path(self._folder.name) / "store.sqlite3"
        self.office = quick_office(self.path)
        self.works = 0

    @initialize()
    def somebody_is_there(self) -> None:
        for value in linked_office():
            self._save([value])

    @rule(values=st.lists(VALUES, min_size=1, max_size=3))
    def save(self, values: list[Any]) -> None:
        self._save(values)

    def _save(self, values: list[Any]) -> None:
        self.works += 1
        try:
            with self.office.unit() as unit:
                unit.put(*values)
                unit.commit(f"第{self.works}件事")
        except Conflict:
            pass

    @rule(who=st.integers(1, 3), number=st.sampled_from([None, "001", "002", "003"]))
    def edit(self, who: int, number: str | None) -> None:
        with self.office.view() as unit:
            person = unit.get(Person, who)
        if person is not None:
            self._save([replace(person, staff_number=number, rank=person.rank % 99 + 1)])

    @rule(pick=st.randoms(use_true_random=False))
    def revert(self, pick: Any) -> None:
        with self.office.view() as unit:
            operations = history(unit)
        if not operations:
            return
        chosen = pick.choice(operations)
        before = dump(self.path)
        named: str | None = None
        later = {o.label for o in operations if o.id > chosen.id}
        try:
            with self.office.unit() as unit:
                done = revert_one(unit, chosen.id)
        except NothingToUndo:
            assert chosen.reverted_by is not None
        except Dependent as error:
            named = error.blocking
        else:
            assert done.changes == chosen.changes
            self._and_back(before)
            return
        assert named is None or named in later
        assert dump(self.path) == before

    def _and_back(self, before: Tables) -> None:
        after = dump(self.path)
        with self.office.unit() as unit:
            newest = history(unit, limit=1)[0]
            revert_one(unit, newest.id)
        assert dump(self.path) == before
        with self.office.unit() as unit:
            newest = history(unit, limit=1)[0]
            revert_one(unit, newest.id)
        assert dump(self.path) == after

    @rule()
    def undo(self) -> None:
        self._any_step(undo)

    @rule()
    def redo(self) -> None:
        self._any_step(redo)

    def _any_step(self, step: Callable[[UnitOfWork], Committed]) -> None:
        before = dump(self.path)
        try:
            with self.office.unit() as unit:
                step(unit)
        except (NothingToUndo, Dependent):
            assert dump(self.path) == before

    @invariant()
    def the_log_tells_the_tables(self) -> None:
        assert replayed(self.path) == dump(self.path)

    def teardown(self) -> None:
        assert self.office.check() == []
        self.office.close()
        self._folder.cleanup()


Historian.TestCase.settings = settings(
    max_examples=settings().max_examples // 2, stateful_step_count=20
)
TestHistorian = Historian.TestCase


# --- what a person notices ------------------------------------------------------------------


def save(office: SqlOffice, label: str, *values: object) -> int:
    with office.unit() as unit:
        unit.put(*values)
        done = unit.commit(label)
    assert done.operation_id is not None
    return done.operation_id


def do(office: SqlOffice, step: Callable[[UnitOfWork], Committed]) -> Committed:
    with office.unit() as unit:
        return step(unit)


def names(office: SqlOffice) -> list[str]:
    with office.view() as unit:
        return [p.name for p in unit.all(Person)]


def test_undo_and_redo_name_what_they_did(office: SqlOffice) -> None:
    save(office, "录入王立言", WANG)
    undone = do(office, undo)
    assert (undone.label, undone.entities, names(office)) == ("撤销：录入王立言", {Person}, [])
    redone = do(office, redo)
    assert (redone.label, names(office)) == ("恢复：录入王立言", ["王立言"])
    assert do(office, undo).label == "撤销：录入王立言"
    with office.view() as unit:
        assert next_steps(unit) == (None, "录入王立言")


def test_new_work_clears_redo(office: SqlOffice) -> None:
    save(office, "甲", WANG)
    do(office, undo)
    save(office, "乙", ZHOU)
    with pytest.raises(NothingToUndo) as refused:
        do(office, redo)
    assert refused.value.redo
    do(office, undo)
    assert do(office, redo).label == "恢复：乙"
    with pytest.raises(NothingToUndo):
        do(office, redo)
    assert names(office) == ["周敏之"]


def test_undo_takes_back_only_ones_own_work(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    first = make_office(path, actor="甲")
    save(first, "甲的录入", WANG)
    first.close()
    second = make_office(path, actor="乙")
    with pytest.raises(NothingToUndo):
        do(second, undo)
    save(second, "乙的录入", ZHOU)
    second.close()
    first = make_office(path, actor="甲")
    assert do(first, undo).label == "撤销：甲的录入"
    assert names(first) == ["周敏之"]
    assert do(first, redo).label == "恢复：甲的录入"
    first.close()


def test_what_came_later_stands_in_the_way_by_name(office: SqlOffice) -> None:
    imported = save(office, "导入名册", WANG, ZHOU)
    save(office, "修改王立言", replace(WANG, title="主任"))
    with pytest.raises(Dependent) as refused, office.unit() as unit:
        revert_one(unit, imported)
    assert (refused.value.label, refused.value.blocking) == ("导入名册", "修改王立言")
    do(office, undo)
    save(office, "任命组长", Group(1, "办公室", 1, head_id=2))
    with pytest.raises(Dependent) as refused, office.unit() as unit:
        revert_one(unit, imported)
    assert refused.value.blocking == "任命组长"
    do(office, undo)
    with office.unit() as unit:
        revert_one(unit, imported)
    assert names(office) == []


def test_a_number_taken_since_stands_in_the_way(office: SqlOffice) -> None:
    save(office, "录入", WANG)
    changed = save(office, "换工号", replace(WANG, staff_number="009"))
    save(office, "新人", replace(ZHOU, staff_number="001"))
    with pytest.raises(Dependent) as refused, office.unit() as unit:
        revert_one(unit, changed)
    assert refused.value.blocking == "新人"


def test_what_it_hung_on_being_gone_stands_in_the_way(office: SqlOffice) -> None:
    save(office, "录入", WANG)
    save(office, "组室", Group(1, "办公室", 1, head_id=1))
    do(office, undo)
    do(office, undo)
    with office.view() as unit:
        undone_group = history(unit)[1]
    with pytest.raises(Dependent) as refused, office.unit() as unit:
        revert_one(unit, undone_group.id)
    assert refused.value.blocking == "撤销：录入"


def test_an_operation_is_taken_back_once(office: SqlOffice) -> None:
    first = save(office, "甲", WANG)
    save(office, "乙", ZHOU)
    with office.unit() as unit:
        revert_one(unit, first)
    with pytest.raises(NothingToUndo), office.unit() as unit:
        revert_one(unit, first)
    do(office, redo)
    with office.unit() as unit:
        assert revert_one(unit, first).label == "撤销：甲"
    assert names(office) == ["周敏之"]
    with pytest.raises(NotFound), office.unit() as unit:
        revert_one(unit, 99)


def test_history_pages_backwards(office: SqlOffice) -> None:
    for n in range(1, 8):
        save(office, f"第{n}次", replace(WANG, rank=n + 1))
    do(office, undo)
    with office.view() as unit:
        page = history(unit, limit=3)
        assert [o.label for o in page] == ["撤销：第7次", "第7次", "第6次"]
        assert [o.reverted_by for o in page] == [None, 8, None]
        assert [o.reverts for o in page] == [7, None, None]
        assert [o.id for o in history(unit, limit=9, before=page[-1].id)] == [5, 4, 3, 2, 1]


def test_a_whole_import_goes_and_comes_back_with_all_its_links(office: SqlOffice) -> None:
    before = dump(office.path)
    session = StudySession(1, date(2026, 11, 23), time(9), time(10), lead_id=1)
    save(
        office,
        "一次导入",
        Membership(1, 1, 1),
        Group(1, "办公室", 1, head_id=1, leader_id=2),
        Attendance(1, 1, 1, (1,), Mark.PRESENT),
        session,
        SessionKindLink(1, 1),
        WANG,
        ZHOU,
    )
    after = dump(office.path)
    do(office, undo)
    assert dump(office.path) == before
    do(office, redo)
    assert dump(office.path) == after
