"""The program as a person starts it: a process of its own, or its main function."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bulletin_study.__main__ import main

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which must be JSON and nothing else."""
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """Standard error, which must be one line of Chinese without a traceback."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        assert any("\u4e00" <= c <= "\u9fff" for c in lines[0])
        assert lines[0].endswith(("。", "）"))
        return lines[0]


@dataclass(frozen=True)
class Program:
    """The program on one data folder."""

    data: Path

    def run(self, *words: str | Path, largest_file: int | None = None) -> Ran:
        """A process of its own; ``largest_file`` bytes is all that it may write into one file."""

        def limit() -> None:
            if largest_file is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

        done = subprocess.run(
            [sys.executable, "-m", "bulletin_study", "--data", self.data, *map(str, words)],
            cwd=ROOT,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
            capture_output=True,
            check=False,
            timeout=120,
            preexec_fn=limit,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def ok(self, *words: str | Path) -> Ran:
        """A process of its own that must succeed."""
        ran = self.run(*words)
        assert ran.code == 0, ran.err
        return ran


@dataclass(frozen=True)
class Inside:
    """The same main function within this process: for many short commands."""

    data: Path
    captured: pytest.CaptureFixture[str]

    def run(self, *words: str | Path) -> Ran:
        """One command."""
        self.captured.readouterr()
        code = main(["--data", str(self.data), *map(str, words)])
        out, err = self.captured.readouterr()
        return Ran(code, out, err)

    def ok(self, *words: str | Path) -> Ran:
        """One command that must succeed."""
        ran = self.run(*words)
        assert ran.code == 0, ran.err
        return ran

    def log(self) -> list[dict[str, Any]]:
        """The operation log, latest first."""
        found: list[dict[str, Any]] = self.ok("history", "--json").json
        return found

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Whatever happens inside leaves the log, and so the data, as they are."""
        before = self.log()
        yield
        assert self.log() == before


EVERY_MONDAY = (
    "schedule", "--kind", "每周一学", "--rrule", "FREQ=WEEKLY;BYDAY=MO",
    "--start", "2022-07-25 08:30", "--minutes", "90", "--until", "2022-12-19",
    "--holiday", "next",
)
PERIOD = ("--from", "2022-01-01", "--to", "2022-12-18")
