"""Taking another store in: checked first, the former one set aside whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bulletin_study.domain.errors import (
    Refusal,
    StorageDamaged,
    StorageFault,
    StorageNewer,
    StorageUnavailable,
)
from bulletin_study.domain.people import Person
from bulletin_study.storage.adopt import adopt
from tests.helpers import make_office, make_services


def store(path: Path, *names: str) -> Path:
    office = make_office(path)
    with office.unit() as unit:
        unit.put(*(Person(n, name, n) for n, name in enumerate(names, 1)))
        unit.commit("录入")
    office.close()
    return path


def names(path: Path) -> list[str]:
    office = make_office(path)
    with office.view() as unit:
        found = [p.name for p in unit.all(Person)]
    office.close()
    return found


def test_the_other_store_takes_the_place_and_the_former_is_kept(tmp_path: Path) -> None:
    source = store(tmp_path / "backup.sqlite3", "王立言", "周敏之")
    target = store(tmp_path / "data" / "store.sqlite3", "罗婉清")
    aside = adopt(source, target, make_services())
    assert names(target) == names(source) == ["王立言", "周敏之"]
    assert aside is not None
    assert names(aside) == ["罗婉清"]


def test_where_nothing_was_nothing_is_set_aside(tmp_path: Path) -> None:
    source = store(tmp_path / "backup.sqlite3", "王立言")
    target = tmp_path / "data" / "store.sqlite3"
    assert adopt(source, target, make_services()) is None
    assert names(target) == ["王立言"]


def test_what_still_stands_in_a_log_beside_the_source_comes_along(tmp_path: Path) -> None:
    source, target = tmp_path / "backup.sqlite3", tmp_path / "data" / "store.sqlite3"
    office = make_office(source)
    with office.unit() as unit:
        unit.put(Person(1, "王立言", 1))
        unit.commit("录入")
    assert source.with_name("backup.sqlite3-wal").stat().st_size > 0
    adopt(source, target, make_services())
    office.close()
    assert names(target) == ["王立言"]


def _random(path: Path) -> None:
    path.write_bytes(b"\x07" * 9000)


def _empty(path: Path) -> None:
    path.touch()


def _missing(path: Path) -> None:
    assert not path.exists()


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(store(path, "王立言"))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9001'")
        connection.commit()


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (_random, StorageDamaged),
        (_empty, StorageDamaged),
        (_missing, StorageUnavailable),
        (_newer, StorageNewer),
    ],
)
def test_what_cannot_be_used_changes_nothing(
    tmp_path: Path, make: object, refusal: type[Refusal]
) -> None:
    source, folder = tmp_path / "backup.sqlite3", tmp_path / "data"
    target = store(folder / "store.sqlite3", "罗婉清")
    assert callable(make)
    make(source)
    before = sorted(p.name for p in folder.iterdir())
    with pytest.raises(refusal):
        adopt(source, target, make_services())
    assert sorted(p.name for p in folder.iterdir()) == before
    assert names(target) == ["罗婉清"]


def test_a_store_that_is_open_is_not_swapped_under_its_program(tmp_path: Path) -> None:
    source = store(tmp_path / "backup.sqlite3", "王立言")
    target = store(tmp_path / "data" / "store.sqlite3", "罗婉清")
    office = make_office(target)
    with pytest.raises(StorageUnavailable) as refused:
        adopt(source, target, make_services())
    assert refused.value.fault is StorageFault.IN_USE
    office.close()
    assert names(target) == ["罗婉清"]
