"""Copying a file in: whole or not at all, whatever befalls it."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from bulletin_study.domain.errors import Cancelled, CopyFault, CopyRefused
from bulletin_study.domain.evidence import safe_stem, suffix_of
from bulletin_study.storage.files import FileFolder
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.evidence import stage_all
from tests.contract.evidence_office import add, furnish, on_disk, stored, written

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "files"


def left(folder: Path) -> list[str]:
    """Everything under the folder, hidden or not."""
    return [p.name for p in folder.rglob("*") if p.is_file()]


def refusal(files: FileFolder, source: Path) -> CopyFault:
    with pytest.raises(CopyRefused) as told:
        files.stage(source)
    assert told.value.file_name == source.name
    return told.value.fault


# --- sources that cannot be copied ----------------------------------------------------------


def _missing(path: Path) -> None:
    assert not path.exists()


def _directory(path: Path) -> None:
    path.mkdir()


def _empty(path: Path) -> None:
    path.touch()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _circle(path: Path) -> None:
    path.symlink_to(path.name)


def _dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def _large(path: Path) -> None:
    with path.open("wb") as made:
        made.truncate(5000)


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (_missing, CopyFault.NOT_FOUND),
        (_dangling, CopyFault.NOT_FOUND),
        (_directory, CopyFault.IS_DIRECTORY),
        (_empty, CopyFault.EMPTY),
        (_pipe, CopyFault.UNREADABLE),
        (_circle, CopyFault.UNREADABLE),
        (_large, CopyFault.TOO_LARGE),
    ],
)
def test_what_cannot_be_copied_is_told_and_leaves_nothing(
    tmp_path: Path, folder: Path, make: Callable[[Path], None], fault: CopyFault
) -> None:
    source = tmp_path / "课件.pptx"
    make(source)
    assert refusal(FileFolder(folder, most=4999), source) is fault
    assert left(folder) == []


def test_a_file_under_a_file_and_a_name_no_system_takes_are_not_found(
    tmp_path: Path, folder: Path
) -> None:
    plain = written(tmp_path / "a.txt")
    assert refusal(FileFolder(folder), plain / "b.txt") is CopyFault.NOT_FOUND
    assert refusal(FileFolder(folder), tmp_path / "a\0b.txt") is CopyFault.UNREADABLE
    assert refusal(FileFolder(folder), tmp_path / ("长" * 200)) is CopyFault.UNREADABLE


@pytest.mark.parametrize(
    ("raw", "name"),
    [("会议照片.jpg".encode("gbk"), "会议照片.jpg"), (b"\xff\xff.txt", "\ufffd\ufffd.txt")],
)
def test_a_name_that_is_no_utf8_is_kept_as_text(
    tmp_path: Path, folder: Path, raw: bytes, name: str
) -> None:
    source = tmp_path / os.fsdecode(raw)
    assert FileFolder(folder).stage(written(source)).original == name


@pytest.mark.parametrize("change", ["grow", "shrink", "rewrite"])
def test_a_file_that_changes_while_it_is_copied_is_refused(
    tmp_path: Path, folder: Path, change: str
) -> None:
    source = written(tmp_path / "下载中.mp4", b"x" * 3_000_000)
    seen: list[int] = []

    def meanwhile(done: int, _: int) -> None:
        if not seen:
            if change == "grow":
                with source.open("ab") as more:
                    more.write(b"y" * 2_000_000)
            elif change == "shrink":
                os.truncate(source, 1_500_000)
            else:
                written(source, b"z" * 3_000_000)
                os.utime(source, ns=(1, 1))
        seen.append(done)

    with pytest.raises(CopyRefused) as told:
        FileFolder(folder).stage(source, meanwhile)
    assert told.value.fault is CopyFault.CHANGING
    assert left(folder) == []


def test_a_disk_that_fills_up_is_told_and_leaves_nothing(tmp_path: Path, folder: Path) -> None:
    source = written(tmp_path / "录像.mp4", b"x" * 3_000_000)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, limits[1]))
    try:
        assert refusal(FileFolder(folder), source) is CopyFault.DISK_FULL
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert left(folder) == []


def test_more_than_the_disk_has_is_not_begun(tmp_path: Path, folder: Path) -> None:
    source = tmp_path / "录像.mp4"
    with source.open("wb") as made:
        made.truncate(2**42)
    assert refusal(FileFolder(folder, most=2**43), source) is CopyFault.DISK_FULL
    assert left(folder) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    written(tmp_path / "data")
    fault = refusal(FileFolder(tmp_path / "data" / "files"), written(tmp_path / "a.txt"))
    assert fault is CopyFault.STORE_CLOSED


def test_a_copy_is_stopped_when_asked(tmp_path: Path, folder: Path) -> None:
    def stop(done: int, total: int) -> None:
        assert (done, total) == (1024**2, 3_000_000)
        raise Cancelled

    with pytest.raises(Cancelled):
        FileFolder(folder).stage(written(tmp_path / "录像.mp4", b"x" * 3_000_000), stop)
    assert left(folder) == []


# --- several at once ------------------------------------------------------------------------


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path, folder: Path) -> None:
    sources = [written(tmp_path / "a.txt"), tmp_path / "没有.txt", written(tmp_path / "b.txt", "2")]
    staging = stage_all(FileFolder(folder), sources)
    assert [copy.original for copy in staging.staged] == ["a.txt", "b.txt"]
    assert [(r.file_name, r.fault) for r in staging.refused] == [
        ("没有.txt", CopyFault.NOT_FOUND)
    ]


def test_progress_counts_over_all_and_a_stop_takes_back_the_first_too(
    tmp_path: Path, folder: Path
) -> None:
    sources = [written(tmp_path / f"{n}.bin", bytes([n]) * 2_000_000) for n in range(3)]
    seen: list[tuple[int, int]] = []
    stage_all(FileFolder(folder), sources, lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (6_000_000, 6_000_000)
    for part in folder.iterdir():
        part.unlink()

    def stop(done: int, _: int) -> None:
        if done > 3_000_000:
            raise Cancelled

    with pytest.raises(Cancelled):
        stage_all(FileFolder(folder), sources, stop)
    assert left(folder) == []


# --- names ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2026-11-25-党建/业务-第3次-材料", "2026-11-25-党建-业务-第3次-材料"),
        ('甲<>:"|?*乙', "甲-乙"),
        ("换\n行\t 和　全角", "换 行 和 全角"),
        ("末尾. . ", "末尾"),
        ("...", "文件"),
        ("长" * 100, "长" * 60),
    ],
)
def test_a_name_is_one_that_every_system_takes(text: str, name: str) -> None:
    assert safe_stem(text) == name


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.PPTX", ".pptx"), ("a.tar.gz", ".gz"), ("没有后缀", ""), ("a.", ""), ("a.b c", ""),
        ("a.p/x", ""), ("a.超长的后缀写了很多很多的字", ""), ("a.txt ", ".txt"),
    ],
)  # fmt: skip
def test_the_suffix_is_kept_when_it_is_one(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix


# --- killed ---------------------------------------------------------------------------------


def test_killed_in_mid_copy_there_is_no_row_and_no_file(office: SqlOffice, tmp_path: Path) -> None:
    furnish(office)
    add(office, written(tmp_path / "a.txt"))
    before, path = stored(office), office.path
    office.close()
    pipe_end = kill_in_mid_copy(path, written(tmp_path / "录像.mp4", b"x" * 50_000_000))
    assert pipe_end == ["copying\n"]
    from tests.helpers import make_office

    again = make_office(path)
    assert again.check() == []
    assert stored(again) == before
    visible = [name for name, _ in again.files.paths()]
    assert visible == [before[0].path]
    # The half copy is hidden, and swept away once it is certain that nobody works on it.
    (part,) = [name for name in on_disk(again) if name not in visible]
    again.close()
    os.utime(path.parent / "files" / part, (1, 1))
    last = make_office(path)
    assert on_disk(last) == visible
    last.close()


def kill_in_mid_copy(path: Path, source: Path) -> list[str]:
    """Copy in a process of its own, which stops itself at half and is then killed."""
    code = (
        "import sys, time; from pathlib import Path; from tests.helpers import make_office\n"
        "office = make_office(Path(sys.argv[1]))\n"
        "def wait(done, total):\n"
        "    if done > total / 2:\n"
        "        print('copying', flush=True); sys.stdin.read()\n"
        "office.files.stage(Path(sys.argv[2]), wait)\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(path), str(source)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert child.stdout is not None
    said = [child.stdout.readline()]
    child.kill()
    child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            stream.close()
    return said


def test_a_copy_under_way_is_not_swept(folder: Path, tmp_path: Path) -> None:
    half, go = threading.Event(), threading.Event()

    def pause(done: int, _: int) -> None:
        half.set()
        assert go.wait(20)

    files = FileFolder(folder)
    source = written(tmp_path / "a.bin", b"x" * 2_000_000)
    found: list[str] = []

    def copy() -> None:
        with suppress(CopyRefused):
            found.append(files.stage(source, pause).sha256)

    worker = threading.Thread(target=copy)
    worker.start()
    assert half.wait(20)
    FileFolder(folder).sweep()
    go.set()
    worker.join(20)
    assert len(found) == 1
