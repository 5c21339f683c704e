"""The bootstrap: which words open the window, when it sets up again, what it says and stops at."""

import ast
import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import run

SOURCE = Path(run.__file__)


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], True),
        (["--data", "甲"], True),
        (["--data=甲", "--database", "sqlite://"], True),
        (["counts"], False),
        (["--data", "甲", "counts", "--json"], False),
        (["--help"], False),
    ],
)
def test_only_words_without_a_command_open_the_window(words: list[str], window: bool) -> None:
    assert run.wants_window(words) is window


def test_an_older_python_gets_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(SystemExit) as stopped:
        runpy.run_path(str(SOURCE))
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert "3.11" in said
    assert "3.9" in said
    assert said.count("\n") == 1


def test_an_older_python_can_read_as_far_as_that_sentence() -> None:
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_the_bootstrap_needs_the_standard_library_only() -> None:
    imported = set()
    for node in ast.walk(ast.parse(SOURCE.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
    assert imported <= sys.stdlib_module_names


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose `.venv` is whole."""
    runtime, test = tmp_path / "runtime.txt", tmp_path / "test.txt"
    runtime.write_text("甲\n", encoding="utf-8")
    test.write_text("乙\n", encoding="utf-8")
    python, stamp = tmp_path / "python", tmp_path / "set-up.json"
    python.touch()
    for name, path in [("RUNTIME", runtime), ("TEST", test), ("PYTHON", python), ("STAMP", stamp)]:
        monkeypatch.setattr(run, name, path)
    whole = {lock.name: run.fingerprint(lock) for lock in (runtime, test)}
    stamp.write_text(json.dumps(whole | {"python": run.interpreter()}), encoding="utf-8")
    return tmp_path


def _missing() -> list[str]:
    return [lock.name for lock in run.missing_from_stamp([run.RUNTIME, run.TEST])]


def test_nothing_is_installed_again_while_the_locks_stay(checkout: Path) -> None:
    assert _missing() == []
    (checkout / "runtime.txt").write_bytes("甲\r\n".encode())
    assert _missing() == []


def test_a_changed_test_lock_is_installed_on_top(checkout: Path) -> None:
    (checkout / "test.txt").write_text("丙\n", encoding="utf-8")
    assert _missing() == ["test.txt"]


@pytest.mark.parametrize("cut", ["no stamp", "torn stamp", "no python", "other python", "new lock"])
def test_whatever_is_not_whole_is_made_anew(cut: str, checkout: Path) -> None:
    stamp = checkout / "set-up.json"
    match cut:
        case "no stamp":
            stamp.unlink()
        case "torn stamp":
            stamp.write_text('{"runtime.txt": ', encoding="utf-8")
        case "no python":
            (checkout / "python").unlink()
        case "other python":
            held = json.loads(stamp.read_text(encoding="utf-8"))
            stamp.write_text(json.dumps(held | {"python": "cpython-310"}), encoding="utf-8")
        case "new lock":
            (checkout / "runtime.txt").write_text("丁\n", encoding="utf-8")
    assert _missing() == ["runtime.txt", "test.txt"]


def test_the_program_runs_compiled_and_from_this_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPATH", "别处")
    variables = run.environment()
    assert "PYTHONDONTWRITEBYTECODE" not in variables
    assert variables["PYTHONPATH"] == str(SOURCE.parent)


def test_unknown_words_after_test_are_wrong_usage() -> None:
    refused = subprocess.run(
        [sys.executable, str(SOURCE), "test", "--al"], capture_output=True, check=False
    )
    assert refused.returncode == 2
    assert "run.py test [--all]" in refused.stderr.decode("utf-8")


def test_suites_left_out_are_named_with_what_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tests" / "contract"
    folder.mkdir(parents=True)
    mark = "pytest.mark." + "heavy"
    (folder / "test_long.py").write_text(f'"""长检查。"""\npytestmark = {mark}\n', encoding="utf-8")
    (folder / "test_short.py").write_text('"""短检查。"""\n', encoding="utf-8")
    monkeypatch.setattr(run, "ROOT", tmp_path)
    assert run.heavy_suites() == ["tests/contract/test_long.py：长检查。"]


def test_a_failed_check_is_told_and_fails_the_run_but_stops_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes = iter([(1, 0.1, "Found 1 error."), (0, 0.1, "Success"), (0, 0.1, ""), (0, 0.1, "ok")])
    monkeypatch.setattr(run, "run_check", lambda name, words: next(outcomes))
    assert run.run_checks(everything=True) == 1
    lines = capsys.readouterr().out.strip().splitlines()
    assert [line.startswith("没通过") for line in lines] == [True, False, False, False, False]
    assert lines[-1].startswith("1 项没有通过")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux starts without a screen")
def test_without_a_screen_the_program_is_told_to_draw_in_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert run.environment()["QT_QPA_PLATFORM"] == "offscreen"
    monkeypatch.setenv("DISPLAY", ":0")
    assert "QT_QPA_PLATFORM" not in run.environment()


@pytest.mark.skipif(os.name == "nt", reason="apt is Debian's")
def test_somebody_who_is_not_root_gets_the_exact_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as stopped:
        run.apt_install(["libegl1"], "缺少系统库")
    assert stopped.value.code == 2
    command = "sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1"
    assert command in capsys.readouterr().err
    run.apt_install(["fonts-wqy-microhei"], "没有中文字体", required=False)
    assert "fonts-wqy-microhei" in capsys.readouterr().err


# --- what the long checks reopen files with ------------------------------------------------------


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds every command there is, LibreOffice with all its parts among them."""
    programs = tmp_path / "office"
    programs.mkdir()
    for name in ("soffice", "libswlo.so", "libsclo.so"):
        (programs / name).touch()
    commands = tmp_path / "bin"
    commands.mkdir()
    (commands / "soffice").symlink_to(programs / "soffice")
    (commands / "pdftotext").touch()

    def which(name: str) -> str | None:
        return str(commands / name) if (commands / name).exists() else None

    monkeypatch.setattr(run.shutil, "which", which)
    monkeypatch.setattr(run, "has_rare_characters", lambda: True)
    return tmp_path


def test_a_machine_with_everything_lacks_nothing(machine: Path) -> None:
    assert run.lacking_office() == []


@pytest.mark.parametrize(
    ("gone", "packages"),
    [
        ("office/libswlo.so", ["libreoffice-writer-nogui"]),
        ("office/libsclo.so", ["libreoffice-calc-nogui"]),
        ("bin/pdftotext", ["poppler-utils"]),
        ("bin/soffice", ["libreoffice-writer-nogui", "libreoffice-calc-nogui"]),
    ],
)
def test_what_is_missing_is_named_by_its_package(
    gone: str, packages: list[str], machine: Path
) -> None:
    (machine / gone).unlink()
    assert run.lacking_office() == packages


def test_a_font_with_rare_characters_belongs_to_it(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "has_rare_characters", lambda: False)
    assert run.lacking_office() == ["fonts-hanazono"]


def test_somebody_who_is_not_root_is_told_how_to_install_it_and_it_stops(
    machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (machine / "bin/pdftotext").unlink()
    (machine / "bin/apt-get").touch()
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(SystemExit) as stopped:
        run.ensure_office()
    assert stopped.value.code == 2
    assert "apt-get install -y --no-install-recommends poppler-utils" in capsys.readouterr().err


@pytest.mark.parametrize(("words", "asked"), [(["test"], False), (["test", "--all"], True)])
def test_only_the_long_checks_ask_for_it(
    words: list[str], asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(run, "set_up", lambda locks: False)
    monkeypatch.setattr(run, "ensure_system", lambda screen, font: done.append("system"))
    monkeypatch.setattr(run, "ensure_office", lambda: done.append("office"))
    monkeypatch.setattr(run, "run_checks", lambda everything: 0)
    assert run.main(words) == 0
    assert done == (["system", "office"] if asked else ["system"])
