"""Whatever befalls the file: one clear refusal, what was saved is safe, the program goes on."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from secrets import token_hex

import pytest

from bulletin_study.domain.attendance import Attendance
from bulletin_study.domain.errors import (
    StorageDamaged,
    StorageFault,
    StorageNewer,
    StorageUnavailable,
)
from bulletin_study.domain.people import Person
from bulletin_study.domain.settings import Setting
from bulletin_study.storage.migrations import HEAD
from bulletin_study.storage.office import SqlOffice
from tests.contract.stores import everything
from tests.helpers import make_office

WANG = Person(1, "王立言", 1)


def save(office: SqlOffice, *values: object) -> None:
    with office.unit() as unit:
        unit.put(*values)
        unit.commit("保存")


def furnished(path: Path) -> Path:
    """A closed store with some thousand rows."""
    office = make_office(path)
    save(office, WANG, *(Setting(f"k{n}", "文" * 200) for n in range(2000)))
    office.close()
    return path


def refused(path: Path) -> StorageUnavailable | StorageDamaged | StorageNewer:
    """What opening the file is refused with; the file must stay as it was."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises((StorageUnavailable, StorageDamaged, StorageNewer)) as caught:
        make_office(path)
    assert caught.value.path == str(path)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert not path.with_name(path.name + "-wal").exists()
    return caught.value


# --- full -----------------------------------------------------------------------------------


def test_a_full_disk_loses_nothing_that_was_saved(office: SqlOffice) -> None:
    save(office, WANG)
    before = everything(office.path)
    ((pages,),) = office._database.run("PRAGMA page_count")
    office._database.run(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StorageUnavailable) as caught:
        save(office, *(Setting(f"k{n}", "文" * 500) for n in range(500)))
    assert caught.value.fault is StorageFault.FULL
    assert everything(office.path) == before
    office._database.run("PRAGMA max_page_count=1000000")
    save(office, replace(WANG, title="主任"))
    assert office.check() == []


def test_a_disk_full_at_the_last_moment_too(office: SqlOffice) -> None:
    save(office, WANG)
    with office.unit() as unit:
        # What was done is written last, and titles without any order need much room there.
        unit.put(*(Person(n, "新人", n, title=token_hex(40)) for n in range(2, 500)))
        ((pages,),) = office._database.run("PRAGMA page_count")
        office._database.run(f"PRAGMA max_page_count={pages}")
        with pytest.raises(StorageUnavailable):
            unit.commit("新人")
    with office.view() as unit:
        assert unit.all(Person) == [WANG]


# --- no writing, no opening -----------------------------------------------------------------


@contextmanager
def powerless() -> Iterator[Path]:
    """A store of somebody who is not root, as whom permissions bind; gives its file.

    It is made before the rights are given up: making one reads files of the program, which
    may lie where only root may look.
    """
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    root = os.geteuid() == 0
    try:
        path = furnished(folder / "store.sqlite3")
        if root:
            for mine in (folder, *folder.iterdir()):
                os.chown(mine, 65534, 65534)
            os.seteuid(65534)
        yield path
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_read_only_file_says_so() -> None:
    with powerless() as path:
        path.chmod(0o444)
        found = refused(path)
    assert isinstance(found, StorageUnavailable)
    assert found.fault is StorageFault.READ_ONLY


def test_a_read_only_folder_says_so() -> None:
    with powerless() as path:
        path.with_name("store.sqlite3.lock").unlink()
        path.parent.chmod(0o555)
        found = refused(path)
    assert isinstance(found, StorageUnavailable)
    assert found.fault is StorageFault.READ_ONLY


def test_a_folder_that_may_not_be_entered_says_so() -> None:
    with powerless() as path:
        path.parent.chmod(0o000)
        with pytest.raises(StorageUnavailable) as caught:
            make_office(path)
    assert caught.value.fault is StorageFault.CANNOT_OPEN


def test_a_folder_of_that_name_cannot_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    path.mkdir()
    found = refused(path)
    assert isinstance(found, StorageUnavailable)
    assert found.fault is StorageFault.CANNOT_OPEN
    path.rmdir()
    make_office(path).close()


def test_a_file_where_the_folder_should_be_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StorageUnavailable) as caught:
        make_office(tmp_path / "data" / "store.sqlite3")
    assert caught.value.fault is StorageFault.CANNOT_OPEN


# --- not ours, or damaged -------------------------------------------------------------------


def _random_bytes(path: Path) -> None:
    path.write_bytes(random.Random(7).randbytes(20_000))


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("名册.txt", "王立言" * 1000)


def _short_text(path: Path) -> None:
    path.write_text("不是数据库", encoding="utf-8")


def _truncated(path: Path) -> None:
    whole = furnished(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2 + 13])


def _torn_header(path: Path) -> None:
    path.write_bytes(furnished(path).read_bytes()[:60])


def _others_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
        connection.commit()


def _others_marked_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id=77")
        connection.execute("CREATE TABLE person (id)")
        connection.commit()


def _no_revision(path: Path) -> None:
    with closing(sqlite3.connect(furnished(path))) as connection:
        connection.execute("DELETE FROM alembic_version")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.mark.parametrize(
    "damage",
    [
        _random_bytes,
        _zip,
        _short_text,
        _truncated,
        _torn_header,
        _others_database,
        _others_marked_database,
        _no_revision,
    ],
)
def test_what_is_no_store_of_ours_is_left_alone(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    path = tmp_path / "store.sqlite3"
    damage(path)
    assert isinstance(refused(path), StorageDamaged)


def test_an_empty_file_is_a_new_store(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    path.touch()
    office = make_office(path)
    save(office, WANG)
    assert office.check() == []
    office.close()


def test_a_store_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = furnished(tmp_path / "store.sqlite3")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9001'")
        connection.commit()
    found = refused(path)
    assert isinstance(found, StorageNewer)
    assert found.revision == "9001"


def test_zeroed_pages_are_found_by_the_check(tmp_path: Path) -> None:
    path = furnished(tmp_path / "store.sqlite3")
    data = bytearray(path.read_bytes())
    middle = len(data) // 8192 * 4096
    data[middle : middle + 4 * 4096] = bytes(4 * 4096)
    path.write_bytes(data)
    office = make_office(path)
    found = office.check()
    assert found
    assert all(text.startswith("数据库文件已损坏") for text in found)
    with pytest.raises(StorageDamaged), office.view() as unit:
        unit.all(Setting)
    office.close()


def test_an_unreadable_value_is_damage_and_no_crash(office: SqlOffice) -> None:
    save(office, WANG)
    office._database.run("UPDATE person SET role = '不知名'")
    with pytest.raises(StorageDamaged) as caught, office.view() as unit:
        unit.all(Person)
    assert "不知名" in caught.value.detail
    office._database.run("UPDATE person SET role = '组员', joined = '二月三十'")
    with pytest.raises(StorageDamaged), office.view() as unit:
        unit.get(Person, 1)


def test_broken_links_are_found_by_the_check(office: SqlOffice) -> None:
    database = office._database
    database.run("PRAGMA foreign_keys=OFF")
    database.run("INSERT INTO ab_pair VALUES (1, 77, 78)")
    database.run("PRAGMA application_id=5")
    database.run("UPDATE alembic_version SET version_num = '0000'")
    assert office.check() == [
        "有 2 条“AB岗”所指的“干部”不存在。",
        "数据库缺少本程序的标记，可能被其他程序改写过。",
        f"数据库的结构版本是 0000，本程序需要 {HEAD}。",
    ]


def test_a_missing_table_is_damage_and_found_by_the_check(office: SqlOffice) -> None:
    office._database.run("ALTER TABLE person RENAME COLUMN role TO rolle")
    office._database.run("DROP TABLE attendance")
    assert office.check() == [
        "数据库缺少存“签到”的表。",
        "数据库缺少“干部”里的 role 一项。",
    ]
    with pytest.raises(StorageDamaged), office.view() as unit:
        unit.all(Attendance)


# --- in use, taken away ---------------------------------------------------------------------


def test_a_second_opening_finds_it_in_use(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    first = make_office(path)
    with pytest.raises(StorageUnavailable) as caught:
        make_office(path)
    assert caught.value.fault is StorageFault.IN_USE
    save(first, WANG)
    first.close()
    second = make_office(path)
    with second.view() as unit:
        assert unit.all(Person) == [WANG]
    second.close()


def test_a_refused_opening_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    _random_bytes(path)
    refused(path)
    path.unlink()
    make_office(path).close()


def test_another_program_writing_is_waited_for_then_named(office: SqlOffice) -> None:
    save(office, WANG)
    office._database.run("PRAGMA busy_timeout=20")
    with closing(sqlite3.connect(office.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailable) as caught:
            save(office, replace(WANG, title="主任"))
        assert caught.value.fault is StorageFault.BUSY
        other.execute("ROLLBACK")
    save(office, replace(WANG, title="主任"))


def _deleted(path: Path) -> None:
    path.unlink()


def _replaced(path: Path) -> None:
    path.rename(path.with_name("aside"))
    path.write_bytes(path.with_name("aside").read_bytes())


@pytest.mark.parametrize("take_away", [_deleted, _replaced])
def test_a_file_taken_away_while_open_is_noticed(
    tmp_path: Path, take_away: Callable[[Path], None]
) -> None:
    path = tmp_path / "store.sqlite3"
    office = make_office(path)
    save(office, WANG)
    take_away(path)
    with pytest.raises(StorageUnavailable) as caught:
        save(office, replace(WANG, title="主任"))
    assert caught.value.fault is StorageFault.GONE
    office.close()


def test_a_file_put_back_is_written_again(tmp_path: Path) -> None:
    path, aside = tmp_path / "store.sqlite3", tmp_path / "aside.sqlite3"
    office = make_office(path)
    save(office, WANG)
    path.rename(aside)
    with pytest.raises(StorageUnavailable):
        save(office, replace(WANG, title="主任"))
    aside.rename(path)
    save(office, replace(WANG, title="组长"))
    office.close()
    again = make_office(path)
    with again.view() as unit:
        assert unit.get(Person, 1) == replace(WANG, title="组长")
    again.close()
