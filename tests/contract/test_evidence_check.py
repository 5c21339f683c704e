"""The check names every file that is not what it was, and only counts what nobody wants."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest

from bulletin_study.__main__ import main
from bulletin_study.domain.errors import Cancelled
from bulletin_study.domain.evidence import EvidenceKind, FileState
from bulletin_study.storage.adopt import adopt
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases import history
from bulletin_study.usecases.evidence_checks import FilesChecked, check_files
from tests.contract.evidence_office import add, furnish, stored, written
from tests.helpers import make_office, make_services


@pytest.fixture(autouse=True)
def _with_files(office: SqlOffice, tmp_path: Path) -> None:
    furnish(office)
    add(office, written(tmp_path / "课件.pptx", random.Random(1).randbytes(200_000)))
    add(office, written(tmp_path / "现场.jpg", b"\xff\xd8" * 500), session_id=2, place=None,
        kind=EvidenceKind.PHOTO)  # fmt: skip


def checked(office: SqlOffice) -> FilesChecked:
    with office.view() as unit:
        return check_files(unit)


def lying(office: SqlOffice, number: int = 0) -> Path:
    return office.files.locate(stored(office)[number].path)


def flip(path: Path, at: int) -> None:
    """Turn one bit over and leave size and time as they were."""
    info = path.stat()
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))


def test_whole_files_are_no_finding(office: SqlOffice) -> None:
    assert checked(office) == FilesChecked((), 0, 0)


@pytest.mark.parametrize("at", [0, 99_999, 199_999])
def test_one_bit_turned_over_is_found_even_with_the_same_size_and_time(
    office: SqlOffice, at: int
) -> None:
    checked(office)
    flip(lying(office), at)
    assert checked(office).findings == (
        "2026-11-25 每周一讲第 1 位的材料“课件.pptx”：文件被改过，与添加时不同"
        "（2026/2026-11-25-每周一讲-第1次-材料.pptx）。",
    )


def test_what_is_gone_is_named_with_its_session(office: SqlOffice) -> None:
    lying(office, 1).unlink()
    assert checked(office).findings == (
        "2026-12-02 每周一讲的照片“现场.jpg”：文件不见了"
        "（2026/2026-12-02-每周一讲-第2次-照片.jpg）。",
    )


def test_a_longer_a_shorter_and_a_directory_in_its_place_are_found(office: SqlOffice) -> None:
    with lying(office).open("ab") as more:
        more.write(b"!")
    assert "被改过" in checked(office).findings[0]
    os.truncate(lying(office), 10)
    assert "被改过" in checked(office).findings[0]
    lying(office).unlink()
    lying(office).mkdir()
    assert "不见了" in checked(office).findings[0]


def test_files_nobody_refers_to_are_counted_and_left_alone(office: SqlOffice) -> None:
    with office.unit() as unit:
        history.undo(unit)
    stranger = written(office.path.parent / "files" / "便条.txt", "别删")
    found = checked(office)
    assert (found.findings, found.unclaimed, found.unclaimed_bytes) == ((), 2, 1006)
    assert stranger.exists()


def test_the_check_can_be_stopped_and_tells_how_far_it_is(office: SqlOffice) -> None:
    told: list[tuple[int, int]] = []
    with office.view() as unit:
        check_files(unit, lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled), office.view() as unit:
        check_files(unit, stop)


def test_looking_again_reads_only_what_was_touched(office: SqlOffice) -> None:
    file = stored(office)[0]
    pieces: list[int] = []

    def look() -> FileState:
        return office.files.state(
            file.path, file.sha256, file.size, lambda done, _: pieces.append(done)
        )

    assert look() is FileState.FINE
    read = len(pieces)
    assert read > 0
    assert look() is FileState.FINE
    assert len(pieces) == read
    path = lying(office)
    path.write_bytes(path.read_bytes()[::-1])
    assert look() is FileState.CHANGED


def test_the_command_line_names_them_too(
    office: SqlOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    path = office.path
    written(path.parent / "files" / "便条.txt", "别删")
    flip(lying(office), 7)
    office.close()
    words = ["--database", f"sqlite:///{path}", "check"]
    assert main(words) == 1
    told = capsys.readouterr()
    assert "另有 1 个文件（6 字节）没有场次在用" in told.out
    assert "每周一讲第 1 位的材料“课件.pptx”：文件被改过" in told.err
    assert "把原来的文件再添加一次，就能补回" in told.err
    assert main([*words, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["ok"], len(found["findings"]), found["unclaimed_files"]) == (False, 1, 1)


# --- a store that comes without its files ---------------------------------------------------


def test_a_store_restored_without_its_files_opens_and_says_what_is_missing(
    office: SqlOffice, tmp_path: Path
) -> None:
    backup = tmp_path / "backup" / "store.sqlite3"
    backup.parent.mkdir()
    path = office.path
    office.close()
    backup.write_bytes(path.read_bytes())
    target = tmp_path / "elsewhere" / "store.sqlite3"
    adopt(backup, target, make_services())
    restored = make_office(target)
    assert restored.check() == []
    assert [f.original for f in stored(restored)] == ["课件.pptx", "现场.jpg"]
    assert [s.split("：")[1][:5] for s in checked(restored).findings] == ["文件不见了"] * 2
    with restored.unit() as unit:
        history.undo(unit)
    assert len(stored(restored)) == 1
    restored.close()


def test_restoring_beside_the_files_finds_them_again(office: SqlOffice, tmp_path: Path) -> None:
    path = office.path
    office.close()
    backup = tmp_path / "backup.sqlite3"
    backup.write_bytes(path.read_bytes())
    again = make_office(path)
    with again.unit() as unit:
        history.undo(unit)
    again.close()
    adopt(backup, path, make_services())
    restored = make_office(path)
    assert checked(restored) == FilesChecked((), 0, 0)
    restored.close()
