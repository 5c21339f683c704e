"""佐证包 of a quarter as a clerk hands it up: written by a command, unpacked, opened elsewhere."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from bulletin_study.domain.sessions import SessionStatus
from bulletin_study.storage.office import SqlOffice, open_office
from bulletin_study.usecases.demo import fill_demo
from bulletin_study.usecases.evidence import attach, stage_all
from tests.acceptance.command import Program
from tests.helpers import TODAY, make_office, make_services
from tests.photos import photo

QUARTER = (date(2026, 7, 1), date(2026, 9, 30))


@pytest.fixture
def data(tmp_path: Path, qapp: object) -> Path:
    """The sample office; the first twenty sessions of the quarter have three photos each."""
    home = tmp_path / "数据"
    home.mkdir()
    office = make_office(home / "bulletin_study.sqlite3")
    with office.unit() as unit:
        fill_demo(unit, TODAY)
    _add_photos(office, tmp_path / "相机")
    office.close()
    return home


def _add_photos(office: SqlOffice, camera: Path) -> None:
    camera.mkdir()
    with office.view() as unit:
        sessions = unit.sessions_between(*QUARTER)
    held = [s for s in sessions if s.status is SessionStatus.HELD][:20]
    for number, session in enumerate(held):
        shots = [
            photo(camera / f"会场{number}-{n}.jpg", *((2000, 1500), (1500, 2000))[n % 2],
                  shade=3 * number + n, words=f"{number}-{n}")
            for n in range(3)
        ]  # fmt: skip
        with office.unit() as unit:
            attach(unit, session.id, None, stage_all(office.files, shots).staged)


def command(data: Path, out: Path) -> str:
    first, last = (day.isoformat() for day in QUARTER)
    ran = Program(data).ok("export", "evidence", "--from", first, "--to", last, "-o", out)
    return ran.out


def pages(document: Path, folder: Path) -> list[QImage]:
    """What LibreOffice makes of a document, page by page."""
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, document],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    pdf = folder / f"{document.stem}.pdf"
    subprocess.run(["pdftoppm", "-r", "40", "-png", pdf, folder / document.stem], check=True)
    return [QImage(str(path)) for path in sorted(folder.glob(f"{document.stem}-*.png"))]


@pytest.mark.heavy
def test_a_quarter_is_packed_by_a_command_and_opened_elsewhere(
    data: Path, tmp_path: Path
) -> None:
    told = command(data, tmp_path / "三季度.zip")
    assert told.endswith("什么都不缺。\n"), "all of it was archived with what was asked for then"
    with zipfile.ZipFile(tmp_path / "三季度.zip") as archive:
        archive.extractall(tmp_path / "包")
    folders = sorted(p for p in (tmp_path / "包").iterdir() if p.is_dir())
    assert len(folders) > 40
    office = open_office(data / "bulletin_study.sqlite3", make_services())
    with office.view() as unit:
        sessions = unit.sessions_between(*QUARTER)
    office.close()
    assert len(folders) == sum(s.status is SessionStatus.HELD for s in sessions)
    looked = tmp_path / "看"
    looked.mkdir()
    album = shutil.copy(next(folders[0].glob("5照片.docx")), looked / "album.docx")
    shown = pages(Path(album), looked)
    assert len(shown) == 2, "three photos: two on the first page"
    for name in ("目录", "缺项清单"):
        assert pages(tmp_path / "包" / f"{name}.docx", looked)


def test_a_month_without_sessions_is_refused(tmp_path: Path, qapp: object) -> None:
    make_office(tmp_path / "bulletin_study.sqlite3").close()
    ran = Program(tmp_path).run(
        "export", "evidence", "--from", "2020-01-01", "--to", "2020-01-31", "-o", tmp_path / "a.zip"
    )
    assert ran.code == 1
    assert "没有找到已开展的场次" in ran.sentence
    assert not (tmp_path / "a.zip").exists()
