#!/usr/bin/env python3
"""Set up and start 学讲评, or set up and run every check; nothing but Python and pip is needed.

    python3 run.py [words…]        the program, words passed on (Windows: py run.py …)
    python3 run.py test [--all]    lint, types, layer contracts and tests

Standard library only. What is set up goes into `.venv` beside this file and is made anew when a
lock in `requirements/` changes or an earlier set-up was cut off.
"""

import sys

# Older versions must reach this sentence: keep the grammar of the whole file plain (3.6 parses it).
if not (3, 11) <= sys.version_info[:2] < (3, 14):
    sys.stderr.write(
        "学讲评要用 Python 3.11、3.12 或 3.13，这里是 {}.{}。什么也没有改动；"
        "装上合适的版本后再运行（Windows 可用 py -3.12 run.py）。\n".format(*sys.version_info)
    )
    sys.exit(2)

import contextlib
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sysconfig
import time
import venv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "set-up.json"
WHEELHOUSE = ROOT / "wheelhouse"
RUNTIME = ROOT / "requirements" / "runtime.txt"
TEST = ROOT / "requirements" / "test.txt"
ALL = ROOT / "requirements" / "all.txt"

# What Debian calls the libraries that Qt's wheels expect of the system.
QT_PACKAGES = (
    "libgl1 libegl1 libglib2.0-0 libfontconfig1 libxkbcommon0 libdbus-1-3 libgssapi-krb5-2"
)
X_PACKAGES = (
    "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxcb-render-util0"
    " libxcb-image0 libxcb-render0 libxcb-util1 libxkbcommon-x11-0"
)
WAYLAND_PACKAGES = "libwayland-client0 libwayland-cursor0 libwayland-egl1"
FONT_PACKAGE = "fonts-wqy-microhei"
# What the long checks reopen written files with, by the file or command that shows it is there.
OFFICE_PACKAGES = {
    "libswlo.so": "libreoffice-writer-nogui",
    "libsclo.so": "libreoffice-calc-nogui",
    "pdftotext": "poppler-utils",
}
# Characters that occur in names and that few typefaces have, and a package that has them.
RARE_CHARACTERS, RARE_FONT_PACKAGE = "2cc56 36c3", "fonts-hanazono"
CHINESE_FONT_FILE = re.compile(
    r"(wqy|cjk|sourcehan|uming|ukai|fallback|sim(sun|hei|kai|fang)|msyh|deng|fandol|song|kai|hei)"
    r".*\.(ttf|ttc|otf)$",
    re.IGNORECASE,
)


def main(words: list[str]) -> int:
    """Do what the words ask; the exit code is the program's own, or 2 without a whole set-up."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if words[:1] == ["test"]:
        if words[1:] not in ([], ["--all"]):
            stop("用法：run.py test [--all]")
        everything = len(words) == 2
        set_up([RUNTIME, TEST, ALL] if everything else [RUNTIME, TEST])
        ensure_system(screen=False, font=True)
        if everything:
            ensure_office()
        return run_checks(everything)
    window = wants_window(words)
    fresh = set_up([RUNTIME])
    ensure_system(screen=window, font=fresh)
    if window and is_screenless():
        say("这台机器没有屏幕，窗口打不开；改为在后台走一遍窗口，截图和文件存到 ./tour。")
        words = [*words, "tour", "--out", "tour"]
    return start(words)


def say(text: str) -> None:
    """Tell the person at the keyboard; standard output stays the program's own."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def stop(text: str, code: int = 2) -> NoReturn:
    """Give up with one sentence."""
    say(text)
    sys.exit(code)


def wants_window(words: list[str]) -> bool:
    """Whether the words name no command, only where the data are: that opens the window."""
    rest = iter(words)
    for word in rest:
        if word in ("--data", "--database"):
            next(rest, None)
        elif not word.startswith(("--data=", "--database=")):
            return False
    return True


def is_screenless() -> bool:
    """Whether Qt would find no screen (and would abort, which Python cannot catch)."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform == "linux" and not any(os.environ.get(name) for name in names)


def start(words: list[str]) -> int:
    """Become the program (on Windows: run it) in the caller's own folder."""
    command = [str(PYTHON), "-P", "-m", "bulletin_study", *words]
    if os.name == "nt":
        return subprocess.run(command, env=environment(), check=False).returncode
    # Not a child: a signal sent to this process must reach the program itself.
    return os.execve(PYTHON, command, environment())


def environment() -> dict[str, str]:
    """The variables for everything run in `.venv`: this checkout, compiled, a platform for Qt."""
    variables = dict(os.environ, PYTHONPATH=str(ROOT))
    # Without bytecode every start would compile the program again.
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    if is_screenless():
        variables["QT_QPA_PLATFORM"] = "offscreen"
    return variables


# --- The Python side: .venv and what is installed in it ---------------------------------------


def set_up(locks: list[Path]) -> bool:
    """Make `.venv` hold what the locks name; whether there was anything to do."""
    if not missing_from_stamp(locks):
        return False
    try:
        with only_one():
            missing = missing_from_stamp(locks)
            if missing:
                install(missing, fresh=RUNTIME in missing)
    except OSError as error:
        stop(
            f"没能准备好运行环境：{error}。你的数据没有动；"
            "关掉正在运行的学讲评，确认这个文件夹可以写入、磁盘有空间，再试一次。"
        )
    return True


def missing_from_stamp(locks: list[Path]) -> list[Path]:
    """Which locks are not installed as they stand; all of them when `.venv` is not whole."""
    stamp = read_stamp()
    if not PYTHON.exists() or stamp.get("python") != interpreter():
        return locks
    if stamp.get(RUNTIME.name) != fingerprint(RUNTIME):
        return locks
    return [lock for lock in locks if stamp.get(lock.name) != fingerprint(lock)]


def install(locks: list[Path], fresh: bool) -> None:
    """Install the locks in turn; the stamp goes first and comes back last, so that a cut shows."""
    stamp = {} if fresh else read_stamp()
    STAMP.unlink(missing_ok=True)
    if fresh:
        say("正在准备运行环境，第一次要几分钟，请不要关掉这个窗口。")
        venv.EnvBuilder(clear=True, with_pip=False, symlinks=os.name != "nt").create(VENV)
    else:
        say("正在补装检查要用的工具。")
    ensure_pip()
    for lock in locks:
        pip_install(lock)
        stamp[lock.name] = fingerprint(lock)
    compiling = [str(PYTHON), "-m", "compileall", "-qq", str(VENV)]
    subprocess.run(compiling, env=environment(), stdout=sys.stderr, check=False)
    stamp["python"] = interpreter()
    part = STAMP.with_suffix(".part")
    part.write_text(json.dumps(stamp), encoding="utf-8")
    part.replace(STAMP)


def pip_install(lock: Path) -> None:
    """Install one lock into `.venv` with this Python's pip, from `wheelhouse` if there is one."""
    command = [sys.executable, "-m", "pip", "--python", str(PYTHON), "--disable-pip-version-check"]
    command += ["install", "--require-hashes", "--only-binary", ":all:", "--no-compile"]
    command += ["-r", str(lock)]
    if WHEELHOUSE.is_dir():
        command += ["--no-index", "--find-links", str(WHEELHOUSE)]
    if subprocess.run(command, stdout=sys.stderr, close_fds=False, check=False).returncode:
        stop(
            f"没能装好 {lock.name} 里的依赖，原因见上面。你的数据没有动；检查网络后再试，"
            "或用 PIP_INDEX_URL 指定就近的镜像，或把离线包文件夹 wheelhouse 放在 run.py 旁边。"
        )


def ensure_pip() -> None:
    """Make sure that this Python has a pip which can install into another environment."""
    version = pip_version()
    if not version and shutil.which("apt-get"):
        apt_install(["python3-pip"], "缺少 pip")
        version = pip_version()
    if not version:
        stop(f"这个 Python 没有 pip。先运行：{sys.executable} -m ensurepip --user")
    if version < (22, 3):
        stop("pip 太旧（要 22.3 或更新）。先运行：" + f"{sys.executable} -m pip install -U pip")


def pip_version() -> tuple[int, ...]:
    """This Python's pip as numbers; empty without one."""
    command = [sys.executable, "-m", "pip", "--version"]
    answer = subprocess.run(command, capture_output=True, check=False).stdout
    found = re.match(rb"pip (\d+)\.(\d+)", answer)
    return tuple(int(number) for number in found.groups()) if found else ()


def read_stamp() -> dict[str, str]:
    """What the last finished set-up wrote; empty when there was none."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp


def fingerprint(lock: Path) -> str:
    """A lock's hash; the same for either kind of line end."""
    return hashlib.sha256(b"\n".join(lock.read_bytes().splitlines())).hexdigest()


def interpreter() -> str:
    """What an environment depends on besides the locks: Python's version and the machine."""
    return f"{sys.implementation.cache_tag} {sysconfig.get_platform()}"


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Let one process set up at a time: a second would delete what the first is making."""
    with (ROOT / ".venv.lock").open("a") as file:
        if sys.platform == "win32":
            import msvcrt

            taken = False
            while not taken:  # each try waits ten seconds
                with contextlib.suppress(OSError):
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    taken = True
        else:
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("另一个 run.py 正在准备运行环境，等它做完。")
                fcntl.flock(file, fcntl.LOCK_EX)
            # An installer that outlives a killed run.py keeps the next one waiting.
            os.set_inheritable(file.fileno(), True)
        yield


# --- The system side: libraries that Qt needs on Linux, and a font that has Chinese -------------


def ensure_system(screen: bool, font: bool) -> None:
    """Install with apt what Qt needs, and on request a Chinese font, or say the exact command."""
    if sys.platform != "linux":
        return
    lacking = lacking_packages(screen)
    fonts = [FONT_PACKAGE] if (font or lacking) and not has_chinese_font() else []
    if lacking:
        apt_install(lacking + fonts, "缺少 Qt 要用的系统库")
        if lacking_packages(screen):
            stop("系统库装过了，还是缺：" + "、".join(missing_libraries(qt_files(screen))))
    elif fonts:
        apt_install(fonts, "没有中文字体，汉字会显示成方块", required=False)


def ensure_office() -> None:
    """Install with apt what the long checks reopen files with, or say the exact command."""
    lacking = lacking_office()
    if lacking:
        apt_install(lacking, "缺少长检查要用的 LibreOffice 和 PDF 工具")
        if lacking_office():
            stop("长检查要用的程序装过了，还是缺：" + "、".join(lacking_office()))


def lacking_office() -> list[str]:
    """The Debian packages that the long checks need and that are not there."""
    soffice = shutil.which("soffice")
    programs = Path(soffice).resolve().parent if soffice else None
    lacking = []
    for name, package in OFFICE_PACKAGES.items():
        if name.endswith(".so"):
            there = programs is not None and (programs / name).exists()
        else:
            there = shutil.which(name) is not None
        if not there:
            lacking.append(package)
    if sys.platform == "linux" and not has_rare_characters():
        lacking.append(RARE_FONT_PACKAGE)
    return lacking


def has_rare_characters() -> bool:
    """Whether some installed font has the rare characters of names."""
    if not shutil.which("fc-list"):
        return False
    command = ["fc-list", ":charset=" + RARE_CHARACTERS, "file"]
    return bool(subprocess.run(command, capture_output=True, check=False).stdout.strip())


def qt_files(screen: bool) -> dict[str, str]:
    """The Qt files to look into (under PySide6), each with the packages that serve it."""
    files = {f"Qt{name}.abi3.so": QT_PACKAGES for name in ("Widgets", "Network", "Svg")}
    files["Qt/plugins/platforms/libqoffscreen.so"] = QT_PACKAGES
    if screen and os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        if os.environ.get("DISPLAY"):
            files["Qt/plugins/platforms/libqxcb.so"] = X_PACKAGES
        if os.environ.get("WAYLAND_DISPLAY"):
            files["Qt/plugins/platforms/libqwayland-generic.so"] = WAYLAND_PACKAGES
    return files


def lacking_packages(screen: bool) -> list[str]:
    """The Debian packages without which one of the Qt files cannot be loaded."""
    files = qt_files(screen)
    groups = dict.fromkeys(files[name] for name in files if missing_libraries([name]))
    return " ".join(groups).split()


def missing_libraries(files: Iterable[str]) -> list[str]:
    """Ask `ldd` which libraries these Qt files look for in vain (loading them would abort)."""
    ldd = shutil.which("ldd")
    if ldd is None:
        return []
    qt = Path(sysconfig.get_path("platlib", "venv", {"platbase": str(VENV)})) / "PySide6"
    command = [ldd, *(str(qt / file) for file in files)]
    answer = subprocess.run(command, capture_output=True, encoding="utf-8", check=False).stdout
    return sorted(set(re.findall(r"(\S+) => not found", answer)))


def has_chinese_font() -> bool:
    """Whether some installed font has Chinese: by fontconfig, else by the names of font files."""
    if shutil.which("fc-list"):
        command = ["fc-list", ":lang=zh", "file"]
        return bool(subprocess.run(command, capture_output=True, check=False).stdout.strip())
    home = Path.home()
    places = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    places += [home / ".fonts", home / ".local/share/fonts"]
    return any(CHINESE_FONT_FILE.search(file.name) for top in places for file in top.rglob("*"))


def apt_install(packages: list[str], why: str, required: bool = True) -> None:
    """Install Debian packages as root; otherwise say how, and stop if nothing works without."""
    installing = "apt-get install -y --no-install-recommends " + " ".join(packages)
    if shutil.which("apt-get") and os.geteuid() == 0:
        say(f"{why}，正在安装：{' '.join(packages)}")
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        for command in ("apt-get update", installing + " -o DPkg::Lock::Timeout=300"):
            done = subprocess.run(command.split(), env=quiet, stdout=sys.stderr, check=False)
        if done.returncode == 0:
            return
    told = f"{why}。先运行：sudo apt-get update && sudo {installing}"
    if not shutil.which("apt-get"):
        told = f"{why}。请用系统的软件管理器装上（Debian 里的名字）：{' '.join(packages)}"
    if required:
        stop(told)
    say(told)


# --- The checks ---------------------------------------------------------------------------------


def run_checks(everything: bool) -> int:
    """Run every check to its end, tell the outcome of each; 1 when any failed, else 0."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    contracts = "from importlinter.cli import lint_imports_command as check; check()"
    tests = ["-m", "pytest", "-n", "2", "--dist", "worksteal", "--durations", "5"]
    if everything:
        tests += ["-m", "heavy or not heavy", "--hypothesis-profile", "heavy"]
    checks = {
        "写法 ruff check": ["-m", "ruff", "check", "--output-format", "concise", "."],
        "类型 mypy --strict": ["-m", "mypy", "--strict"],
        "分层 lint-imports": ["-c", contracts, "--no-logo"],
        "测试 pytest": tests,
    }
    started = time.monotonic()
    summary, failed = [], 0
    for name, words in checks.items():
        code, seconds, last = run_check(name, words)
        failed += code != 0
        summary.append(f"{'没通过' if code else '通过'}  {name}  {seconds:.1f} 秒  {last}")
    if not everything:
        summary += [f"没有选  {suite}（加 --all 才运行）" for suite in heavy_suites()]
    outcome = f"{failed} 项没有通过" if failed else "全部通过"
    summary.append(f"{outcome}，共 {time.monotonic() - started:.0f} 秒。")
    sys.stdout.write("\n" + "\n".join(summary) + "\n")
    return min(failed, 1)


def run_check(name: str, words: list[str]) -> tuple[int, float, str]:
    """Run one check, its output passed through; exit code, seconds and its own last line."""
    sys.stdout.write(f"\n== {name}\n")
    sys.stdout.flush()
    started, last = time.monotonic(), ""
    # fmt: off
    with subprocess.Popen(
        [str(PYTHON), *words], cwd=ROOT, env=dict(environment(), PYTHONIOENCODING="utf-8"),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
    ) as process:
        # fmt: on
        assert process.stdout is not None
        for line in process.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            last = line.strip("= \n") or last
    return process.returncode, time.monotonic() - started, last


def heavy_suites() -> list[str]:
    """The test files that hold heavy tests, each with what its first line says of it."""
    suites = []
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        text = file.read_text(encoding="utf-8")
        if re.search(r"\bmark\.heavy\b", text):
            about = text.partition("\n")[0].strip('"')
            suites.append(f"{file.relative_to(ROOT).as_posix()}：{about}")
    return suites


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        stop("已中断。", 130)
