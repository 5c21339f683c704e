"""Where the program keeps its things."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import appdirs
import pytest

from bulletin_study import config


def test_an_explicit_folder_wins_over_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BULLETIN_STUDY_DATA", str(tmp_path / "环境"))
    assert config.data_dir(tmp_path / "指定") == tmp_path / "指定"
    assert config.data_dir() == tmp_path / "环境"


def test_without_a_choice_the_data_lie_in_the_users_own_folder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BULLETIN_STUDY_DATA", "")
    assert config.data_dir() == Path(appdirs.user_data_dir("bulletin_study", appauthor=False))


def test_a_relative_folder_stays_the_same_after_changing_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    named = config.data_dir(Path("数据"))
    monkeypatch.chdir("/")
    assert named == tmp_path / "数据"


def test_a_tilde_means_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULLETIN_STUDY_DATA", "~/学讲评")
    assert config.data_dir() == Path.home() / "学讲评"


def test_database_and_log_lie_inside_the_data_folder(tmp_path: Path) -> None:
    assert config.database_path(tmp_path) == tmp_path / "bulletin_study.sqlite3"
    assert config.log_dir(tmp_path).parent == tmp_path


def test_naming_a_folder_does_not_make_it(tmp_path: Path) -> None:
    assert not config.data_dir(tmp_path / "还没有").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions in access lists")
def test_only_the_owner_may_enter_a_new_data_folder(tmp_path: Path) -> None:
    made = config.private_dir(tmp_path / "上级" / "数据")
    assert stat.S_IMODE(made.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions in access lists")
def test_a_folder_that_stands_keeps_its_permissions(tmp_path: Path) -> None:
    shared = tmp_path / "共用"
    shared.mkdir()
    shared.chmod(0o750)
    assert stat.S_IMODE(config.private_dir(shared).stat().st_mode) == 0o750


def test_a_file_in_the_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "数据").write_text("", encoding="utf-8")
    with pytest.raises(FileExistsError):
        config.private_dir(tmp_path / "数据")


def _package_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretend that the package is installed in `folder`."""
    package = folder / "bulletin_study"
    package.mkdir(parents=True)
    monkeypatch.setattr(config, "__file__", str(package / "config.py"))
    return package


def test_a_resource_is_found_beside_the_package_and_sooner_inside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = _package_in(tmp_path, monkeypatch)
    beside, inside = tmp_path / "resources" / "a.txt", package / "resources" / "a.txt"
    for place in (beside, inside):
        place.parent.mkdir()
    beside.write_text("", encoding="utf-8")
    assert config.resource("a.txt") == beside
    inside.write_text("", encoding="utf-8")
    assert config.resource("a.txt") == inside


def test_a_frozen_bundle_looks_into_its_own_folder_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "捆"), raising=False)
    bundled = tmp_path / "捆" / "resources" / "a.txt"
    bundled.parent.mkdir(parents=True)
    bundled.write_text("", encoding="utf-8")
    assert config.resource("a.txt") == bundled


def test_a_resource_that_was_not_packed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _package_in(tmp_path, monkeypatch)
    with pytest.raises(FileNotFoundError, match="icons/没有"):
        config.resource("icons/没有.svg")


def test_importing_it_loads_nothing_heavy() -> None:
    heavy = ("appdirs", "PySide6", "sqlalchemy")
    code = (
        f"import sys, bulletin_study.config; sys.exit(any(name in sys.modules for name in {heavy}))"
    )
    root = Path(config.__file__).parents[1]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
