"""Files of sessions and talks: added, named, told apart, removed, undone, never lost."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from bulletin_study.app import LazyOffice
from bulletin_study.domain.errors import (
    AlreadyThere,
    BadValue,
    CopyFault,
    CopyRefused,
    Dependent,
    InUse,
    NotFound,
    Stale,
    WrongStatus,
)
from bulletin_study.domain.evidence import EvidenceKind, FileState
from bulletin_study.domain.people import Absence, AbsenceKind
from bulletin_study.domain.sessions import Talk
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases import history, talks
from bulletin_study.usecases.evidence import (
    attach,
    remove_evidence,
    set_caption,
    set_kind,
    stage_all,
)
from bulletin_study.usecases.reports_rotation import rotation_report
from bulletin_study.usecases.rotation import apply_plan, plan_rotation
from bulletin_study.usecases.sessions import cancel_session, delete_session
from bulletin_study.usecases.talk_list import list_places
from tests.contract.evidence_office import LATER, add, furnish, on_disk, stored, written
from tests.helpers import TODAY, make_office


@pytest.fixture(autouse=True)
def _furnished(office: SqlOffice) -> None:
    furnish(office)


def state(office: SqlOffice) -> list[FileState]:
    return [office.files.state(f.path, f.sha256, f.size) for f in stored(office)]


# --- coming in ----------------------------------------------------------------------------


def test_a_file_is_copied_under_the_name_of_its_session_and_hashed(
    office: SqlOffice, tmp_path: Path
) -> None:
    source = written(tmp_path / "我的 课件（终稿）.PPTX", b"slides" * 1000)
    done = add(office, source)
    (file,) = stored(office)
    assert file.path == "2026/2026-11-25-每周一讲-第1次-材料.pptx"
    assert (file.session_id, file.talk_id, file.original) == (1, 1, "我的 课件（终稿）.PPTX")
    assert (file.size, file.sha256) == (6000, hashlib.sha256(b"slides" * 1000).hexdigest())
    assert office.files.locate(file.path).read_bytes() == source.read_bytes()
    assert state(office) == [FileState.FINE]
    assert done.committed.label == "添加材料：2026-11-25 每周一讲 “我的 课件（终稿）.PPTX”"


def test_files_are_for_the_owner_alone(office: SqlOffice, tmp_path: Path) -> None:
    add(office, written(tmp_path / "a.txt"))
    path = office.files.locate(stored(office)[0].path)
    modes = [stat.S_IMODE(p.stat().st_mode) for p in (path, path.parent, path.parent.parent)]
    assert modes == [0o600, 0o700, 0o700]


def test_names_already_taken_get_a_number_and_nothing_is_overwritten(
    office: SqlOffice, tmp_path: Path
) -> None:
    named = ("0.pdf", "1.PDF", "2.docx")
    add(office, *(written(tmp_path / name, name) for name in named))
    stranger = office.path.parent / "files" / "2026" / "2026-11-25-每周一讲-第1次-材料-4.txt"
    written(stranger, "别人的")
    add(office, written(tmp_path / "3.txt", "第3"))
    stem = "2026/2026-11-25-每周一讲-第1次-材料"
    assert [f.path for f in stored(office)] == [
        f"{stem}.pdf", f"{stem}-2.pdf", f"{stem}-3.docx", f"{stem}-5.txt",
    ]  # fmt: skip
    assert stranger.read_text(encoding="utf-8") == "别人的"
    assert state(office) == [FileState.FINE] * 4


def test_several_files_are_one_operation(office: SqlOffice, tmp_path: Path) -> None:
    add(office, *(written(tmp_path / f"{n}.txt", str(n)) for n in range(5)))
    with office.unit() as unit:
        history.undo(unit)
    assert stored(office) == []


def test_a_place_where_nothing_is_saved_yet_takes_files_too(
    office: SqlOffice, tmp_path: Path
) -> None:
    add(office, written(tmp_path / "a.txt"), place=2)
    with office.view() as unit:
        rows = list_places(unit, TODAY, TODAY)
    assert [len(row.materials) for row in rows] == [0, 1]
    assert rows[1].talk is not None
    with pytest.raises(NotFound):
        add(office, written(tmp_path / "b.txt"), place=3)
    assert len(on_disk(office)) == 1


def test_a_file_may_belong_to_the_session_itself(office: SqlOffice, tmp_path: Path) -> None:
    add(office, written(tmp_path / "a.jpg"), place=None, kind=EvidenceKind.PHOTO)
    (file,) = stored(office)
    assert (file.talk_id, file.path) == (None, "2026/2026-11-25-每周一讲-第1次-照片.jpg")


def test_a_cancelled_session_takes_none(office: SqlOffice, tmp_path: Path) -> None:
    with office.unit() as unit:
        cancel_session(unit, 2, "开会")
    with pytest.raises(WrongStatus):
        add(office, written(tmp_path / "a.txt"), session_id=2)
    assert on_disk(office) == []


# --- the same twice -----------------------------------------------------------------------


def test_the_same_content_is_told_and_not_doubled(office: SqlOffice, tmp_path: Path) -> None:
    add(office, written(tmp_path / "a.txt"))
    with pytest.raises(AlreadyThere) as told:
        add(office, written(tmp_path / "copy.txt"), place=2)
    assert told.value.names == ("copy.txt",)
    assert (len(stored(office)), len(on_disk(office))) == (1, 1)
    with office.view() as unit:
        assert len(unit.all(Talk, session_id=1)) == 1, "nothing was saved, no empty talk either"


def test_of_several_the_new_ones_go_in(office: SqlOffice, tmp_path: Path) -> None:
    first = written(tmp_path / "a.txt")
    add(office, first)
    done = add(office, first, written(tmp_path / "b.txt", "新"), written(tmp_path / "c.txt", "新"))
    assert done.twice == ("a.txt", "c.txt")
    assert [f.original for f in stored(office)] == ["a.txt", "b.txt"]
    assert len(on_disk(office)) == 2


def test_another_session_may_have_the_same(office: SqlOffice, tmp_path: Path) -> None:
    source = written(tmp_path / "a.txt")
    add(office, source)
    add(office, source, session_id=2)
    assert len(on_disk(office)) == 2


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_adding_it_again_mends_a_file_that_has_come_to_harm(
    office: SqlOffice, tmp_path: Path, harm: str
) -> None:
    source = written(tmp_path / "a.txt")
    add(office, source)
    lying = office.files.locate(stored(office)[0].path)
    if harm == "gone":
        lying.unlink()
    else:
        written(lying, "改过")
    add(office, source)
    assert state(office) == [FileState.FINE]
    assert len(stored(office)) == 1


# --- going out, undo ----------------------------------------------------------------------


def test_undo_and_redo_of_an_addition_find_the_file_again(
    office: SqlOffice, tmp_path: Path
) -> None:
    add(office, written(tmp_path / "a.txt"))
    before = stored(office)
    with office.unit() as unit:
        history.undo(unit)
    assert stored(office) == []
    assert len(on_disk(office)) == 1
    with office.unit() as unit:
        history.redo(unit)
    assert stored(office) == before
    assert state(office) == [FileState.FINE]


def test_a_file_taken_off_stays_on_the_disk_for_undo(office: SqlOffice, tmp_path: Path) -> None:
    add(office, written(tmp_path / "a.txt"))
    (file,) = stored(office)
    with office.unit() as unit:
        remove_evidence(unit, file)
    assert stored(office) == []
    # What is added meanwhile must not take its name.
    add(office, written(tmp_path / "b.txt", "另一份"))
    with office.unit() as unit:
        assert history.undo(unit).label.startswith("撤销：添加")
    with office.unit() as unit:
        history.undo(unit)
    assert stored(office) == [file]
    assert state(office) == [FileState.FINE]


def test_undo_outlives_a_restart(office: SqlOffice, tmp_path: Path) -> None:
    add(office, written(tmp_path / "a.txt"))
    (file,) = stored(office)
    with office.unit() as unit:
        remove_evidence(unit, file)
    office.close()
    again = make_office(office.path)
    with again.unit() as unit:
        history.undo(unit)
    assert state(again) == [FileState.FINE]
    again.close()


def test_a_file_changed_meanwhile_is_not_taken_off(office: SqlOffice, tmp_path: Path) -> None:
    add(office, written(tmp_path / "a.txt"))
    (file,) = stored(office)
    with office.unit() as unit:
        set_caption(unit, file, "讲稿")
    with pytest.raises(Stale), office.unit() as unit:
        remove_evidence(unit, file)
    assert [f.shown for f in stored(office)] == ["讲稿"]


def test_a_caption_is_a_word_and_no_new_file_name(office: SqlOffice, tmp_path: Path) -> None:
    add(office, written(tmp_path / "a.txt"))
    (file,) = stored(office)
    with office.unit() as unit:
        set_caption(unit, file, "  第一讲\n讲稿 ")
    (named,) = stored(office)
    assert (named.shown, named.path) == ("第一讲 讲稿", file.path)
    with pytest.raises(BadValue), office.unit() as unit:
        set_caption(unit, named, "长" * 101)
    with office.unit() as unit:
        set_caption(unit, named, "")
    assert stored(office) == [file]


# --- nothing vanishes silently ------------------------------------------------------------


def test_a_session_with_files_is_not_deleted(office: SqlOffice, tmp_path: Path) -> None:
    add(office, written(tmp_path / "a.txt"), session_id=2, place=None)
    with office.unit() as unit:
        talks.clear_place(unit, 2, 1)
    with pytest.raises(InUse) as told, office.unit() as unit:
        delete_session(unit, 2)
    assert told.value.used_by == "佐证材料"


def test_a_place_that_is_freed_keeps_its_files(office: SqlOffice, tmp_path: Path) -> None:
    add(office, written(tmp_path / "a.txt"))
    with office.unit() as unit:
        talks.clear_place(unit, 1, 1)
    with office.view() as unit:
        first = list_places(unit, TODAY, TODAY)[0]
    assert (first.speaker, len(first.materials)) == ("", 1)


def test_a_place_with_files_is_not_given_up(office: SqlOffice, tmp_path: Path) -> None:
    add(office, written(tmp_path / "a.txt"), place=2)
    with pytest.raises(InUse), office.unit() as unit:
        talks.set_places(unit, 1, 1)
    assert len(stored(office)) == 1


def test_the_row_that_files_hang_on_is_not_undone_under_them(
    office: SqlOffice, tmp_path: Path
) -> None:
    with office.unit() as unit:
        made = talks.assign_speaker(unit, 1, 2, guest="市委党校 李老师")
    add(office, written(tmp_path / "a.txt"), place=2)
    assert made.operation_id is not None
    with pytest.raises(Dependent) as told, office.unit() as unit:
        history.revert_one(unit, made.operation_id)
    assert "添加材料" in told.value.blocking


def test_files_change_places_with_their_speakers(office: SqlOffice, tmp_path: Path) -> None:
    add(office, written(tmp_path / "a.txt"))
    with office.unit() as unit:
        talks.swap(unit, 1, 2)
    with office.view() as unit:
        rows = list_places(unit, TODAY, LATER)
    where = {row.speaker: [f.original for f in row.materials] for row in rows if row.speaker}
    assert where == {"赵一": ["a.txt"], "钱二": []}
    with office.unit() as unit:
        history.undo(unit)
    assert [(f.session_id, f.talk_id) for f in stored(office)] == [(1, 1)]


def test_files_follow_a_speaker_whom_the_rotation_moves(office: SqlOffice, tmp_path: Path) -> None:
    add(office, written(tmp_path / "a.txt"))
    add(office, written(tmp_path / "b.txt", "钱二的"), session_id=2)
    with office.unit() as unit:
        unit.put(*(replace(talk, pinned=False) for talk in unit.all(Talk)))
        unit.put(Absence(1, 1, AbsenceKind.SICK, TODAY, TODAY, "手术"))
        unit.commit("登记不在岗")
    with office.unit() as unit:
        apply_plan(unit, plan_rotation(unit, TODAY, LATER))
    with office.view() as unit:
        rows = list_places(unit, TODAY, LATER)
    where = {row.speaker: [f.original for f in row.materials] for row in rows if row.speaker}
    assert where == {"钱二": ["b.txt"], "赵一": ["a.txt"]}
    assert [row.day for row in rows if row.speaker == "赵一"] == [LATER]


def test_files_of_a_speaker_without_a_new_place_stay_in_sight(
    office: SqlOffice, tmp_path: Path
) -> None:
    add(office, written(tmp_path / "a.txt"))
    with office.unit() as unit:
        talks.assign_speaker(unit, 1, 1, 2)
    with office.view() as unit:
        first = list_places(unit, TODAY, TODAY)[0]
    assert (first.speaker, [f.original for f in first.materials]) == ("钱二", ["a.txt"])


def test_the_rotation_as_a_table_counts_them(office: SqlOffice, tmp_path: Path) -> None:
    add(office, *(written(tmp_path / f"{n}.txt", str(n)) for n in range(2)))
    with office.view() as unit:
        (table,) = rotation_report(unit, TODAY, LATER).tables
    assert [row[-1] for row in table.rows] == ["材料 2 份", "", ""]


# --- a path that leads elsewhere ----------------------------------------------------------


@pytest.mark.parametrize("path", ["../outside.txt", "/etc/hosts", "a\\..\\b", "C:x", "", "2026/.."])
def test_a_stored_path_never_leads_out_of_the_folder(office: SqlOffice, path: str) -> None:
    with pytest.raises(NotFound):
        office.files.locate(path)
    assert office.files.state(path, "", 0) is FileState.MISSING


def test_a_copy_that_cannot_be_saved_leaves_nothing(office: SqlOffice, tmp_path: Path) -> None:
    staging = stage_all(office.files, [written(tmp_path / "a.txt")])
    with pytest.raises(NotFound), office.unit() as unit:
        attach(unit, 99, EvidenceKind.MATERIAL, staging.staged)
    assert on_disk(office) == []
    folder = office.path.parent / "files"
    staging = stage_all(office.files, [tmp_path / "a.txt"])
    written(folder / "2026", "不是文件夹")
    with pytest.raises(CopyRefused) as told, office.unit() as unit:
        attach(unit, 1, EvidenceKind.MATERIAL, staging.staged, place=1)
    assert told.value.fault is CopyFault.STORE_CLOSED
    assert [p.name for p in folder.iterdir()] == ["2026"]
    assert stored(office) == []


def test_the_folder_of_files_is_known_before_and_after_the_store_is_open(tmp_path: Path) -> None:
    lazy = LazyOffice(tmp_path / "data")
    assert lazy.files.state("2026/a.txt", "", 0) is FileState.MISSING
    assert not (tmp_path / "data").exists()
    with lazy.unit() as unit:
        assert unit.files.locate("a") == lazy.files.locate("a") == tmp_path / "data" / "files" / "a"
    lazy.close()
    make_office(tmp_path / "data" / "bulletin_study.sqlite3").close()


# --- of a session, each by its name ----------------------------------------------------------


def test_files_of_a_session_are_what_their_names_say(office: SqlOffice, tmp_path: Path) -> None:
    furnish(office)
    names = ("会议通知.docx", "IMG_1.jpg", "签到表.pdf")
    sources = [written(tmp_path / name, name) for name in names]
    with office.unit() as unit:
        attach(unit, 1, None, stage_all(office.files, sources).staged)
    assert [(file.original, str(file.kind)) for file in stored(office)] == [
        ("会议通知.docx", "通知"), ("IMG_1.jpg", "照片"), ("签到表.pdf", "签到表扫描件"),
    ]  # fmt: skip
    assert [file.path.rsplit("-", 1)[1] for file in stored(office)] == [
        "通知.docx", "照片.jpg", "签到表扫描件.pdf",
    ]  # fmt: skip
    with office.view() as unit:
        assert unit.operations(1)[0].label == "添加 3 份佐证材料：2026-11-25 每周一讲"


def test_the_kind_of_a_file_is_changed_and_changed_back(office: SqlOffice, tmp_path: Path) -> None:
    furnish(office)
    add(office, written(tmp_path / "a.jpg"), place=None, kind=EvidenceKind.PHOTO)
    file = stored(office)[0]
    with office.unit() as unit:
        set_kind(unit, file, EvidenceKind.SIGN_IN_SCAN)
    assert stored(office)[0] == replace(file, kind=EvidenceKind.SIGN_IN_SCAN)
    with office.view() as unit:
        assert unit.operations(1)[0].label == "照片“a.jpg”改为签到表扫描件"
    with office.unit() as unit:
        history.undo(unit)
    assert stored(office) == [file]
    with office.unit() as unit, pytest.raises(NotFound):
        set_kind(unit, replace(file, id=99), EvidenceKind.PHOTO)
