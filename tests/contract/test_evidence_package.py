"""佐证包: a folder per session, contents, what is missing; whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from dataclasses import replace
from datetime import date, time, timedelta
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.document import Document

from bulletin_study.app import write_package
from bulletin_study.domain.errors import Cancelled, FileFault, FileRefused, NotFound
from bulletin_study.domain.evidence import Evidence, EvidenceKind, EvidenceNeed, FileState
from bulletin_study.domain.people import Group, Membership, Person
from bulletin_study.domain.sessions import (
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
    Talk,
)
from bulletin_study.exchange.writing import package as packing
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.closing import archive, hold
from bulletin_study.usecases.evidence import attach, set_caption, set_kind, stage_all
from bulletin_study.usecases.evidence_package import (
    Package,
    Packed,
    photos_paper,
    plan_period,
)
from bulletin_study.usecases.papers import Pictures
from tests.helpers import TODAY
from tests.photos import photo

STUDY, TALK = 1, 2
FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
NEEDS = (EvidenceNeed(EvidenceKind.NOTICE), EvidenceNeed(EvidenceKind.PHOTO, 2))


@pytest.fixture
def office(office: SqlOffice, qapp: object) -> SqlOffice:
    """Three study sessions and one of two talks, held; study wants a notice and two photos."""
    with office.unit() as unit:
        unit.put(Group(1, "一组", 1))
        for number, name in enumerate(("赵一", "钱二"), start=1):
            unit.put(Person(number, name, number, joined=date(2020, 1, 1)))
            unit.put(Membership(number, number, 1))
        for number in (1, 2, 3):
            day = TODAY - timedelta(weeks=4 - number)
            theme = ("党章", "条例/解读: “新” CON", "")[number - 1]
            unit.put(StudySession(number, day, time(9), time(10), theme))
            unit.put(SessionKindLink(number, STUDY))
        unit.put(
            StudySession(4, TODAY, time(15), time(16), talk_places=2), SessionKindLink(4, TALK),
            Talk(1, 4, 1, speaker_id=1, title="公文写作"), Talk(2, 4, 2, guest="李教授"),
        )  # fmt: skip
        study = unit.get(SessionKind, STUDY)
        assert study is not None
        unit.put(replace(study, evidence=NEEDS))
        unit.commit("准备")
    with office.unit() as unit:
        hold(unit, [1, 2, 3, 4])
    with office.unit() as unit:
        archive(unit, 3, anyway=True, why="照片丢了")
    return office


def add(
    office: SqlOffice, session_id: int, *sources: Path, place: int | None = None
) -> list[Evidence]:
    staging = stage_all(office.files, sources)
    assert staging.refused == ()
    with office.unit() as unit:
        attach(unit, session_id, None, staging.staged, place=place)
        return unit.all(Evidence, session_id=session_id)


def written(path: Path, words: str) -> Path:
    path.write_text(words, encoding="utf-8")
    return path


def planned(office: SqlOffice) -> Package:
    with office.view() as unit:
        return plan_period(unit, FIRST, LAST)


def packed(office: SqlOffice, path: Path) -> tuple[Packed, zipfile.ZipFile]:
    found = write_package(planned(office), office.files, path)
    archive = zipfile.ZipFile(path)
    assert archive.testzip() is None
    return found, archive


def paper(archive: zipfile.ZipFile, name: str) -> Document:
    return docx.Document(BytesIO(archive.read(name)))


def rows(document: Document) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


@pytest.fixture
def filled(office: SqlOffice, tmp_path: Path) -> SqlOffice:
    """Session 1 has all it needs, 2 a photo, 3 nothing; the talk of 赵一 has a script."""
    source = tmp_path / "来"
    source.mkdir()
    add(
        office, 1, photo(source / "会场.jpg"), written(source / "会议通知.docx", "通知"),
        photo(source / "合影.png", shade=3), photo(source / "发言.jpg", 480, 640, shade=5),
    )  # fmt: skip
    add(office, 2, photo(source / "二.jpg", shade=7))
    add(office, 4, written(source / "讲稿.txt", "公文" * 999), place=1)
    shutil.rmtree(source)
    return office


# --- what is in it --------------------------------------------------------------------------


def test_each_session_has_a_folder_whose_files_sort_by_kind(
    filled: SqlOffice, tmp_path: Path
) -> None:
    _, archive = packed(filled, tmp_path / "包.zip")
    names = archive.namelist()
    first = [name.split("/")[1] for name in names if name.startswith("001_")]
    assert first == [
        "0签到表.docx",
        "1通知_01_会议通知.docx",
        "5照片_01_会场.jpg",
        "5照片_02_合影.png",
        "6发言要点_01_发言.jpg",
        "5照片.docx",
    ]
    folders = list(dict.fromkeys(name.split("/")[0] for name in names if "/" in name))
    assert folders == [
        "001_2026-11-04_每周一学_第1次_党章",
        "002_2026-11-11_每周一学_第2次_条例-解读- “新” CON",
        "003_2026-11-18_每周一学_第3次",
        "004_2026-11-25_每周一讲_第1次_赵一、李教授",
    ]
    talks = [name.split("/")[1] for name in names if name.startswith("004_")]
    assert talks == ["0签到表.docx", "0讲课记录_第1讲_赵一.docx", "0讲课记录_第2讲_李教授.docx",
                     "2材料_01_第1讲_讲稿.txt"]  # fmt: skip
    assert names[-3:] == ["目录.docx", "目录.xlsx", "缺项清单.docx"]


def test_what_went_in_is_what_comes_out(filled: SqlOffice, tmp_path: Path) -> None:
    found, archive = packed(filled, tmp_path / "包.zip")
    with filled.view() as unit:
        stored = sorted(file.sha256 for file in unit.all(Evidence))
    files = [one for one in found.entries if not one.path.endswith(".docx") or "通知" in one.path]
    assert sorted(one.sha256 for one in files) == stored
    for entry in found.entries:
        data = archive.read(entry.path)
        assert (len(data), hashlib.sha256(data).hexdigest()) == (entry.size, entry.sha256)


def test_names_are_those_that_windows_unpacks(filled: SqlOffice, tmp_path: Path) -> None:
    _, archive = packed(filled, tmp_path / "包.zip")
    for info in archive.infolist():
        assert info.flag_bits & 0x800 or info.filename.isascii(), "names are told to be UTF-8"
        assert len(info.filename) < 200
        assert not info.filename.startswith(("/", "\\"))
        assert ".." not in info.filename.split("/")
        assert not set(info.filename) & set('<>:"\\|?*')
        if info.filename.endswith((".jpg", ".png")):
            assert info.compress_type == zipfile.ZIP_STORED
        if info.filename.endswith(".txt"):
            assert info.compress_size < info.file_size / 10


def test_the_same_evidence_gives_the_same_names_in_the_same_order(
    filled: SqlOffice, tmp_path: Path
) -> None:
    _, one = packed(filled, tmp_path / "一.zip")
    _, two = packed(filled, tmp_path / "二.zip")
    assert one.namelist() == two.namelist()
    assert [i.date_time for i in one.infolist()] == [i.date_time for i in two.infolist()]


def test_photos_come_two_to_a_page_with_captions(filled: SqlOffice, tmp_path: Path) -> None:
    with filled.unit() as unit:
        shown = next(f for f in unit.all(Evidence, session_id=1) if f.original == "会场.jpg")
        set_caption(unit, shown, "县委书记讲党课")
    with filled.unit() as unit:
        spoken = next(f for f in unit.all(Evidence, session_id=1) if f.original == "发言.jpg")
        set_kind(unit, spoken, EvidenceKind.PHOTO)
    _, archive = packed(filled, tmp_path / "包.zip")
    album = paper(archive, "001_2026-11-04_每周一学_第1次_党章/5照片.docx")
    assert len(album.inline_shapes) == 3
    words = [p.text for p in album.paragraphs if p.text]
    assert words[:2] == ["2026-11-04 每周一学照片", "1. 县委书记讲党课"]
    assert words[2:] == ["照片 2（2026-11-04）", "照片 3（2026-11-04）"]
    assert sum(bool(p.paragraph_format.page_break_before) for p in album.paragraphs) == 1
    names = [name for name in archive.namelist() if "5照片_" in name and name.startswith("001")]
    assert names[0].endswith("5照片_01_县委书记讲党课.jpg")


def test_the_contents_list_every_session_and_file(filled: SqlOffice, tmp_path: Path) -> None:
    found, archive = packed(filled, tmp_path / "包.zip")
    book = openpyxl.load_workbook(BytesIO(archive.read("目录.xlsx")))
    assert book.sheetnames == ["场次", "文件", "缺项"]
    sheet = [[cell.value for cell in row] for row in book["文件"].iter_rows()]
    listed = [row[1] for row in sheet if row[1] in {one.path for one in found.entries}]
    assert listed == [one.path for one in found.entries]
    shown = next(row for row in sheet if str(row[1]).endswith("会场.jpg"))
    entry = next(one for one in found.entries if one.path == shown[1])
    assert shown[4] == entry.sha256[:12]
    lines = rows(paper(archive, "目录.docx"))
    assert [line[4] for line in lines[1:5]] == ["党章", "条例/解读: “新” CON", "", "赵一、李教授"]
    assert [line[3] for line in lines[1:5]] == ["第1次", "第2次", "第3次", "第1次"]


# --- what is missing ------------------------------------------------------------------------


def test_what_is_missing_is_named_session_by_session(filled: SqlOffice, tmp_path: Path) -> None:
    found, archive = packed(filled, tmp_path / "包.zip")
    lines = rows(paper(archive, "缺项清单.docx"))[1:]
    assert [(line[1][:3], line[2], line[3]) for line in lines] == [
        ("002", "通知差 1 份", ""),
        ("002", "照片差 1 张", ""),
        ("003", "通知差 1 份", "缺项归档，原因：照片丢了"),
        ("003", "照片差 2 张", "缺项归档，原因：照片丢了"),
    ]
    assert len(found.lacks) == 4
    assert "缺 4 项" in found.told


def closing_lines(archive: zipfile.ZipFile) -> list[str]:
    return [p.text for p in paper(archive, "缺项清单.docx").paragraphs if p.text.startswith("另有")]


def test_sessions_of_which_nothing_is_required_are_counted_not_listed(
    office: SqlOffice, tmp_path: Path
) -> None:
    found, archive = packed(office, tmp_path / "包.zip")
    assert {lack.folder[:3] for lack in found.lacks} == {"001", "002", "003"}
    assert not [lack for lack in found.lacks if lack.folder.startswith("004")]
    assert closing_lines(archive) == ["另有 1 场没有佐证材料，所属活动没有要求。"]


def test_what_is_required_later_is_not_missing_of_a_session_archived_before(
    filled: SqlOffice, tmp_path: Path
) -> None:
    """The same rule as in 本周; what was archived with a reason keeps it."""
    with filled.unit() as unit:
        session = unit.get(StudySession, 2)
        assert session is not None
        unit.put(replace(session, archived=True))
        unit.commit("以前归档的")
    found, archive = packed(filled, tmp_path / "包.zip")
    assert {lack.folder[:3] for lack in found.lacks} == {"003"}
    with filled.unit() as unit:
        for file in unit.all(Evidence, session_id=2):
            unit.remove(file)
        unit.commit("没有材料")
    found, archive = packed(filled, tmp_path / "包2.zip")
    assert {lack.folder[:3] for lack in found.lacks} == {"003"}
    assert "另有 1 场没有佐证材料，归档时已经算齐。" in closing_lines(archive)


def test_a_photo_without_a_caption_shows_number_and_date_only(filled: SqlOffice) -> None:
    folder = planned(filled).folders[0]
    blocks = photos_paper(folder, folder.photos).blocks
    (pictures,) = [block for block in blocks if isinstance(block, Pictures)]
    day = folder.row.session.day.isoformat()
    assert [one.caption for one in pictures.photos] == [
        f"照片 {number}（{day}）" for number in range(1, len(folder.photos) + 1)
    ]


def test_files_gone_or_changed_are_named_and_stop_nothing(
    filled: SqlOffice, tmp_path: Path
) -> None:
    with filled.view() as unit:
        mine = {file.original: file for file in unit.all(Evidence)}
    filled.files.locate(mine["会场.jpg"].path).unlink()
    filled.files.locate(mine["合影.png"].path).write_bytes(b"other")
    found, archive = packed(filled, tmp_path / "包.zip")
    named = [lack for lack in found.lacks if lack.folder.startswith("001")]
    assert [(lack.what, lack.why.split("，")[0]) for lack in named] == [
        ("照片“会场.jpg”", "文件不见了"),
        ("照片“合影.png”", "文件被改过"),
    ]
    assert not [n for n in archive.namelist() if "5照片" in n and n.startswith("001")]
    assert any(n.endswith("1通知_01_会议通知.docx") for n in archive.namelist())


def test_a_file_changed_between_the_look_and_the_copy_is_left_out(
    filled: SqlOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled.view() as unit:
        file = unit.all(Evidence, session_id=2)[0]
    monkeypatch.setattr(type(filled.files), "state", lambda *_, **__: FileState.FINE)
    filled.files.locate(file.path).write_bytes(b"x" * (file.size + 5000))
    found, archive = packed(filled, tmp_path / "包.zip")
    assert any(lack.what == "照片“二.jpg”" and "被改过" in lack.why for lack in found.lacks)
    assert not [name for name in archive.namelist() if name.startswith("002") and "5照片" in name]


def test_a_row_that_leads_out_of_the_store_is_named_and_not_followed(
    filled: SqlOffice, tmp_path: Path
) -> None:
    (tmp_path / "机密.txt").write_text("机密", encoding="utf-8")
    with filled.unit() as unit:
        file = unit.all(Evidence, session_id=2)[0]
        unit.put(replace(file, path="../机密.txt"))
        unit.commit("恢复来的")
    found, archive = packed(filled, tmp_path / "包.zip")
    assert any("二.jpg" in lack.what for lack in found.lacks)
    assert not [name for name in archive.namelist() if "5照片" in name and name[:3] == "002"]


def test_a_planned_session_counts_only_when_it_has_files(
    filled: SqlOffice, tmp_path: Path
) -> None:
    with filled.unit() as unit:
        unit.put(StudySession(9, TODAY + timedelta(days=7), time(9), time(10), "以后"))
        unit.put(SessionKindLink(9, STUDY))
        unit.commit("计划")
    assert len(planned(filled).folders) == 4
    add(filled, 9, written(tmp_path / "通知.txt", "预通知"))
    last = planned(filled).folders[-1]
    assert last.name == "005_2026-12-02_每周一学_以后"
    assert last.row.session.status is SessionStatus.PLANNED


def test_hostile_captions_become_harmless_names(filled: SqlOffice, tmp_path: Path) -> None:
    with filled.unit() as unit:
        file = unit.all(Evidence, session_id=2)[0]
        set_caption(unit, file, "..\\..\\a/b:c\u202egpj.exe" + "长" * 70)
    _, archive = packed(filled, tmp_path / "包.zip")
    name = next(n for n in archive.namelist() if "5照片_01" in n and n.startswith("002"))
    assert name.split("/")[1].startswith("5照片_01_a-b-cgpj.exe长长")
    assert name.endswith("长.jpg")
    assert len(name) < 200


# --- whole or not at all --------------------------------------------------------------------


def test_a_period_without_sessions_is_refused(office: SqlOffice) -> None:
    with office.view() as unit, pytest.raises(NotFound):
        plan_period(unit, date(2020, 1, 1), date(2020, 3, 31))


@pytest.mark.parametrize("stop_after", [0, 3, 9, 20])
def test_cancelled_it_leaves_nothing(filled: SqlOffice, tmp_path: Path, stop_after: int) -> None:
    target = tmp_path / "出" / "包.zip"
    target.parent.mkdir()
    target.write_bytes(b"old")
    told = 0

    def progress(done: int, total: int) -> None:
        nonlocal told
        assert 0 <= done <= total
        told += 1
        if told > stop_after:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_package(planned(filled), filled.files, target, progress)
    assert [p.name for p in target.parent.iterdir()] == ["包.zip"]
    assert target.read_bytes() == b"old"


def test_the_progress_ends_at_the_whole(filled: SqlOffice, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    package = planned(filled)
    write_package(package, filled.files, tmp_path / "包.zip", lambda *at: seen.append(at))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1][0] == seen[-1][1]


def test_a_full_disk_is_told_before_anything_is_written(
    filled: SqlOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(packing.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(FileRefused) as refused:
        write_package(planned(filled), filled.files, tmp_path / "包.zip")
    assert refused.value.fault is FileFault.DISK_FULL
    assert not (tmp_path / "包.zip").exists()


def test_only_a_zip_is_written(filled: SqlOffice, tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refused:
        write_package(planned(filled), filled.files, tmp_path / "包.rar")
    assert refused.value.fault is FileFault.FORMAT


def test_a_film_goes_through_in_pieces(office: SqlOffice, tmp_path: Path) -> None:
    film = tmp_path / "录像.mp4"
    with film.open("wb") as made:
        made.truncate(64 * 1024**2)
    add(office, 1, film)
    steps: list[int] = []
    write_package(
        planned(office), office.files, tmp_path / "包.zip", lambda done, _: steps.append(done)
    )
    jumps = [after - before for before, after in pairwise(steps)]
    assert max(jumps) <= 4 * 1024**2
