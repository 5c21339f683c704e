"""Killed at any moment of a save, an import and an undo: nothing acknowledged is lost or torn."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing, suppress
from datetime import date, time
from pathlib import Path

import pytest

from bulletin_study.domain.people import Group, Person
from bulletin_study.domain.sessions import StudySession
from tests.contract.kill_child import SESSIONS, SIGNED, bring_in, save
from tests.contract.stores import dump, replayed
from tests.helpers import make_office

ROOT = Path(__file__).parents[2]
WORKS = ("save", "import", "undo")


def prepare(path: Path) -> int:
    """People and sessions to sign in, operations of both sizes to take back; how many."""
    office = make_office(path)
    with office.unit() as unit:
        unit.put(*(Person(n, f"第{n}人", n) for n in range(1, SIGNED + 1)), Group(1, "办公室", 1))
        unit.put(
            *(StudySession(n, date(2026, 1, n), time(9), time(10)) for n in range(1, SESSIONS + 1))
        )
        unit.commit("准备")
    chance = random.Random(0)
    for _ in range(3):
        save(office, chance)
        newest = bring_in(office, chance).operation_id
    office.close()
    assert newest is not None
    return newest


def work_and_kill(path: Path, work: str, chance: random.Random) -> list[str]:
    """Let a child work for a random moment, kill it, give what it said."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.contract.kill_child", path, work, str(chance.random())[2:]],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    with suppress(subprocess.TimeoutExpired):
        child.wait(timeout=chance.uniform(0.0, 0.15))
    assert child.poll() is None
    child.kill()
    said = child.stdout.read().splitlines()
    child.wait()
    child.stdout.close()
    return said


def check_survival(path: Path, before: int, said: list[str]) -> int:
    """Check the store that held operations up to ``before``; its newest operation now."""
    acknowledged = [int(line) for line in said if line != "begin"]
    office = make_office(path)
    assert office.check() == []
    with office.view() as unit:
        newest = unit.operations(1)[0].id
    office.close()
    with closing(sqlite3.connect(path)) as connection:
        numbers = [n for (n,) in connection.execute("SELECT id FROM operation ORDER BY id")]
    assert numbers == list(range(1, newest + 1))
    assert set(acknowledged) <= set(numbers)
    # At most the one under way was saved without having been acknowledged.
    assert newest - max([before, *acknowledged]) in (0, 1)
    assert replayed(path) == dump(path)
    return newest


def kill(times: int, path: Path) -> None:
    newest = prepare(path)
    chance = random.Random(times)
    in_the_middle: Counter[str] = Counter()
    for turn in range(times):
        work = WORKS[turn % len(WORKS)]
        said = work_and_kill(path, work, chance)
        in_the_middle[work] += said[-1:] == ["begin"]
        newest = check_survival(path, newest, said)
    assert all(in_the_middle[work] for work in WORKS)


def test_fifteen_kills_lose_and_tear_nothing(tmp_path: Path) -> None:
    kill(15, tmp_path / "store.sqlite3")


@pytest.mark.heavy
def test_a_hundred_kills_lose_and_tear_nothing(tmp_path: Path) -> None:
    kill(102, tmp_path / "store.sqlite3")
