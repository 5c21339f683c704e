"""What every unit of work promises."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin_study.domain.attendance import Attendance, Mark
from bulletin_study.domain.calendar import HolidayDay
from bulletin_study.domain.errors import Conflict, Stale
from bulletin_study.domain.kinds import BUILT_IN_KINDS
from bulletin_study.domain.people import AbPair, Group, Membership, Person
from bulletin_study.domain.sessions import (
    Audience,
    OpeningFigure,
    Series,
    SessionKind,
    SessionKindLink,
    StudySession,
    Talk,
)
from bulletin_study.domain.settings import Setting
from bulletin_study.storage.office import SqlOffice
from bulletin_study.storage.tables import ENTITIES
from bulletin_study.usecases.ports import UnitOfWork
from tests.contract.samples import POOL, values_of
from tests.contract.stores import everything, quick_office
from tests.helpers import make_office

DAY = date(2026, 11, 23)
WANG, ZHOU, LUO = (
    Person(1, "王立言", 1, "001"),
    Person(2, "周敏之", 2, "002"),
    Person(3, "罗婉清", 3),
)


def save(office: SqlOffice, *values: object, label: str = "准备") -> None:
    with office.unit() as unit:
        unit.put(*values)
        unit.commit(label)


def drop(office: SqlOffice, *values: object) -> None:
    with office.unit() as unit:
        unit.remove(*values)
        unit.commit("删除")


def fail_after(unit: UnitOfWork) -> None:
    unit.put(WANG)
    raise KeyError


def everyone(office: SqlOffice) -> list[Person]:
    with office.view() as unit:
        return unit.all(Person)


def parents() -> list[object]:
    """What the links of any sample may lead to."""
    made: list[object] = []
    for n in POOL:
        made += [
            Person(n, f"第{n}人", n),
            Group(n, f"第{n}组", n),
            StudySession(n, DAY, time(9), time(10)),
            Series(n, (1,), "FREQ=WEEKLY", datetime(2026, 1, 5, 8, 30), 60, DAY),
            Talk(n, n, 1),
        ]
    return made


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda e: e.__name__)
@settings(max_examples=12)
@given(data=st.data())
def test_every_entity_survives_a_restart(
    entity: type, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    value: Any = data.draw(values_of(entity))
    key = [getattr(value, name) for name in ENTITIES[entity].key]
    path = tmp_path_factory.mktemp("store") / "store.sqlite3"
    office = quick_office(path)
    save(office, *parents())
    save(office, value)
    office.close()
    again = make_office(path)
    with again.view() as unit:
        assert unit.get(entity, *key) == value
        assert value in unit.all(entity)
    again.close()


def test_an_empty_store_holds_the_built_in_kinds_and_no_history(office: SqlOffice) -> None:
    with office.view() as unit:
        assert unit.all(SessionKind) == list(BUILT_IN_KINDS)
        assert unit.operations() == []
        assert unit.all(Person) == []
    with office.unit() as unit:
        assert unit.new_ids(SessionKind)[0] == 101
    assert office.check() == []


def test_nothing_is_kept_without_commit(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(WANG)
        assert unit.get(Person, 1) == WANG
    assert everyone(office) == []
    with pytest.raises(KeyError), office.unit() as unit:
        fail_after(unit)
    assert everyone(office) == []


def test_a_commit_says_what_it_did(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(WANG, Group(1, "办公室", 1), ZHOU)
        done = unit.commit("导入名册")
    assert done.label == "导入名册"
    assert done.entities == {Person, Group}
    assert done.changes == 3
    with office.view() as unit:
        (operation,) = unit.operations()
    assert operation.id == done.operation_id
    assert operation.label == "导入名册"
    assert operation.actor == "文书"
    assert operation.at == office.services.clock.now()
    assert operation.changes == 3
    assert operation.entities == ("Person", "Group")


def test_equal_values_are_no_change(office: SqlOffice) -> None:
    save(office, WANG, ZHOU)
    with office.unit() as unit:
        unit.put(WANG, ZHOU)
        done = unit.commit("什么也没改")
    assert done.operation_id is None
    assert done.entities == frozenset()
    with office.unit() as unit:
        unit.put(replace(WANG, title="主任"), ZHOU, LUO)
        assert unit.commit("改一个，加一个").changes == 2


def test_changes_that_cancel_out_are_no_change(office: SqlOffice) -> None:
    save(office, WANG)
    with office.unit() as unit:
        unit.put(replace(WANG, title="主任"), LUO)
        unit.put(WANG)
        unit.remove(LUO)
        assert unit.commit("来回").operation_id is None


def test_the_last_of_several_values_with_one_key_stands(office: SqlOffice) -> None:
    save(office, WANG, replace(WANG, title="主任"), replace(WANG, title="组长"))
    assert everyone(office) == [replace(WANG, title="组长")]


def test_all_filters_by_fields_and_orders_by_key(office: SqlOffice) -> None:
    save(office, LUO, ZHOU, WANG)
    with office.view() as unit:
        assert unit.all(Person) == [WANG, ZHOU, LUO]
        assert unit.all(Person, name="周敏之") == [ZHOU]
        assert unit.all(Person, staff_number=None) == [LUO]
        assert unit.all(Person, id=[3, 1, 9]) == [WANG, LUO]
        assert unit.all(Person, id=()) == []
        assert unit.all(Person, rank={1, 2}, name="王立言") == [WANG]
        assert unit.all(Person, staff_number=("001", None)) == [WANG, LUO]


def test_keys_may_be_dates_texts_or_pairs(office: SqlOffice) -> None:
    holiday = HolidayDay(date(2027, 1, 1), working=False, name="元旦")
    opening = OpeningFigure(1, 2026, 12)
    save(office, holiday, opening, Setting("ui.theme", "dark"))
    with office.view() as unit:
        assert unit.get(HolidayDay, date(2027, 1, 1)) == holiday
        assert unit.get(OpeningFigure, 1, 2026) == opening
        assert unit.get(Setting, "ui.theme") == Setting("ui.theme", "dark")
        assert unit.get(Setting, "ui.size") is None
        assert unit.all(HolidayDay, day=[date(2027, 1, 1), date(2027, 1, 2)]) == [holiday]


def test_a_kind_with_an_audience_comes_back(office: SqlOffice) -> None:
    kind = SessionKind(101, "读书会", 19, audience=Audience(groups=(1, 2), people=(3,)), hours=1.5)
    save(office, kind)
    with office.view() as unit:
        assert unit.get(SessionKind, 101) == kind


def test_removing_needs_the_value_as_it_stands(office: SqlOffice) -> None:
    save(office, WANG, ZHOU)
    save(office, replace(WANG, title="主任"), label="任命主任")
    with pytest.raises(Stale) as refused, office.unit() as unit:
        unit.remove(WANG)
    assert (refused.value.what, refused.value.label) == ("干部", "任命主任")
    with pytest.raises(Stale), office.unit() as unit:
        unit.remove(LUO)
    with office.unit() as unit:
        unit.remove(replace(WANG, title="主任"))
        assert unit.get(Person, 1) is None
        unit.commit("删除")
    assert everyone(office) == [ZHOU]


def test_ids_are_never_given_out_twice(office: SqlOffice) -> None:
    with office.unit() as unit:
        first = unit.new_ids(Person, 3)
        unit.put(*(Person(n, f"第{n}人", n) for n in first))
        unit.commit("导入")
    with office.unit() as unit:
        (operation,) = unit.operations()
        unit.revert(operation.id, "撤销：导入")
    with office.unit() as unit:
        assert unit.new_ids(Person)[0] > first[-1]
        unit.put(Person(50, "外来编号", 50))
        unit.commit("编号由别处给出")
    with office.unit() as unit:
        assert unit.new_ids(Person)[0] > 50
        assert list(unit.new_ids(Group, 2)) == [1, 2]
    with office.unit() as unit, pytest.raises(TypeError):
        unit.new_ids(Attendance)


def test_two_people_may_swap_what_only_one_may_have(office: SqlOffice) -> None:
    save(office, WANG, ZHOU, AbPair(1, 1, 2))
    save(office, replace(WANG, staff_number="002"), replace(ZHOU, staff_number="001"))
    assert [p.staff_number for p in everyone(office)] == ["002", "001"]
    with office.unit() as unit:
        unit.revert(unit.operations()[0].id, "撤销")
    assert everyone(office) == [WANG, ZHOU]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Person(9, "冒名", 9, "001"), "干部的工号重复"),
        (Membership(1, 1, 1, date(2026, 2, 1), date(2026, 1, 1)), "所在组室：结束早于开始"),
        (Membership(1, 1, 77), "“所在组室”所指的“组室”不存在"),
        (Person(9, "大数", 2**70), "有的数字太大，或文字里有无法保存的字符"),
        (Person(9, "半个\ud800字", 9), "有的数字太大，或文字里有无法保存的字符"),
    ],
)
def test_what_the_store_cannot_hold_is_refused_whole(
    office: SqlOffice, value: object, words: str
) -> None:
    save(office, WANG, Group(1, "办公室", 1))
    before = everything(office.path)
    with pytest.raises(Conflict) as refused:
        save(office, LUO, value, label="不行")
    assert refused.value.detail == words
    assert everything(office.path) == before
    save(office, LUO)
    assert everyone(office) == [WANG, LUO]


def test_what_others_hang_on_cannot_be_removed(office: SqlOffice) -> None:
    save(office, WANG, StudySession(1, DAY, time(9), time(10)), SessionKindLink(1, 1))
    save(office, Attendance(1, 1, None, (1,), Mark.PRESENT))
    with pytest.raises(Conflict) as refused:
        drop(office, WANG)
    assert refused.value.detail == "“签到”所指的“干部”不存在"
    drop(office, WANG, Attendance(1, 1, None, (1,), Mark.PRESENT))
    assert everyone(office) == []


def test_a_unit_that_failed_saves_nothing_more(office: SqlOffice) -> None:
    save(office, WANG)
    with office.unit() as unit:
        with pytest.raises(Conflict):
            unit.put(LUO, Person(9, "冒名", 9, "001"))
        with pytest.raises(RuntimeError):
            unit.put(ZHOU)
        with pytest.raises(RuntimeError):
            unit.commit("半个")
    assert everyone(office) == [WANG]


def test_a_unit_is_saved_once(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(WANG)
        unit.commit("一次")
        assert unit.all(Person) == [WANG]
        with pytest.raises(RuntimeError):
            unit.put(ZHOU)


def test_a_view_refuses_to_write(office: SqlOffice) -> None:
    with office.view() as unit:
        for write in (
            lambda: unit.put(WANG),
            lambda: unit.remove(WANG),
            lambda: unit.new_ids(Person),
            lambda: unit.commit("看看"),
            lambda: unit.revert(1, "撤销"),
        ):
            with pytest.raises(RuntimeError):
                write()


def test_one_unit_at_a_time(office: SqlOffice) -> None:
    with office.unit(), pytest.raises(RuntimeError), office.view():
        pass
    with office.view() as unit:
        assert unit.all(Person) == []


def test_what_is_not_stored_is_a_bug(office: SqlOffice) -> None:
    with office.unit() as unit, pytest.raises(TypeError, match="str is not stored"):
        unit.put("王立言")


def test_the_file_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "store.sqlite3"
    store = make_office(path)
    save(store, WANG)
    modes = {p.name: p.stat().st_mode & 0o077 for p in path.parent.iterdir()}
    assert set(modes) >= {"store.sqlite3", "store.sqlite3-wal", "store.sqlite3.lock"}
    assert not any(modes.values())
    assert path.parent.stat().st_mode & 0o077 == 0
    store.close()
    assert not path.with_name("store.sqlite3-wal").exists()


def test_removed_text_is_not_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    store = make_office(path)
    save(store, Setting("secret", "不可留在文件里的话" * 50))
    store.close()
    assert "不可留在文件里的话".encode() in path.read_bytes()
    store = make_office(path)
    database = store._database
    database.run("DELETE FROM setting")
    database.run("DELETE FROM change_set")
    store.close()
    assert "不可留在文件里的话".encode() not in path.read_bytes()
