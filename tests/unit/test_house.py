"""The house itself: what is committed tells nothing of the machine it was written on."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ["runtime", "test"]

# Put together from pieces, so that this file does not find itself.
HOSTS = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "pypi.tuna" + ".tsinghua"]
MACHINE_PATH = re.compile(r"(?<![\w.\-/~])/(?:wo" + r"rk|t" + r"mp|ro" + r"ot|opt/py" + r"pi)\b")
NEVER_COMMITTED = {"uv.lock", "pylock.toml"}
NOT_OURS = {"__pycache__", "tour", "dist", "build", "wheelhouse"}


def _committed_files() -> Iterator[Path]:
    """The files git knows; where there is no git, those that an exported checkout holds."""
    try:
        listing = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z"],
            cwd=ROOT,
            capture_output=True,
            check=True,
            encoding="utf-8",
        ).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        yield from _exported_files(ROOT)
        return
    yield from (ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file())


def _exported_files(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        hidden = entry.name.startswith(".") and entry.name != ".ci"
        if entry.is_file() and not hidden:
            yield entry
        elif entry.is_dir() and not hidden and entry.name not in NOT_OURS:
            yield from _exported_files(entry)


def _lines() -> Iterator[tuple[str, str]]:
    """Every line of every committed text file, with where it stands."""
    for file in _committed_files():
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a font
        for number, line in enumerate(text.splitlines(), 1):
            yield f"{file.relative_to(ROOT).as_posix()}:{number}", line


def test_no_file_names_a_package_registry() -> None:
    assert [where for where, line in _lines() if any(host in line for host in HOSTS)] == []


def test_no_file_names_a_path_of_the_machine_it_was_written_on() -> None:
    assert [where for where, line in _lines() if MACHINE_PATH.search(line)] == []


def test_locks_that_record_addresses_are_not_committed() -> None:
    assert NEVER_COMMITTED.isdisjoint(file.name for file in _committed_files())


def _requirements(lock: str) -> list[str]:
    """The requirements of a lock, each with its continuation lines, without comments."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return "\n".join(lines).replace("\\\n", " ").splitlines()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_requirement_has_its_hashes_and_no_address(lock: str) -> None:
    pinned = re.compile(r"[a-z0-9-]+==[\w.]+( ;[^:]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    requirements = _requirements(lock)
    assert requirements
    assert [line for line in requirements if not pinned.fullmatch(line)] == []


def _names(lines: list[str]) -> set[str]:
    return {re.split(r"[\s=<>;\[]", line)[0].lower() for line in lines if line.strip()}


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_holds_everything_that_is_asked_for(lock: str) -> None:
    asked = (ROOT / "requirements" / f"{lock}.in").read_text(encoding="utf-8").splitlines()
    assert _names(asked) <= _names(_requirements(lock))


def test_a_package_locked_twice_has_one_version() -> None:
    versions: dict[str, str] = {}
    for line in _requirements("runtime") + _requirements("test"):
        name, version = re.match(r"(\S+)==(\S+)", line).groups()
        assert versions.setdefault(name, version) == version


def test_the_wheel_asks_for_what_the_lock_was_made_from() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = (ROOT / "requirements" / "runtime.in").read_text(encoding="utf-8").splitlines()
    assert asked == project["dependencies"]


def test_every_decision_record_is_listed_once_and_every_listed_one_is_there() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"\]\((\d{4}-[^)]+\.md)\)", (folder / "README.md").read_text("utf-8"))
    assert sorted(listed) == sorted(file.name for file in folder.glob("[0-9]*.md"))
