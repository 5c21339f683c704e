"""Stores to open windows on: an empty one and the sample office."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.demo import fill_demo
from tests.helpers import TODAY, make_office
from tests.ui.harness import Desk, make_desk


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office, filled once."""
    path = tmp_path_factory.mktemp("sample") / "sample.sqlite3"
    office = make_office(path)
    with office.unit() as unit:
        fill_demo(unit, TODAY)
    office.close()
    return path


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Iterator[SqlOffice]:
    """A copy of the sample office of one's own."""
    path = tmp_path / "office.sqlite3"
    shutil.copyfile(sample_file, path)
    office = make_office(path)
    yield office
    office.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[SqlOffice]:
    """An empty store."""
    office = make_office(tmp_path / "office.sqlite3")
    yield office
    office.close()


@pytest.fixture
def desk(sample: SqlOffice, tmp_path: Path, qapp: object) -> Iterator[Desk]:
    """A desk on the sample office."""
    made = make_desk(sample, tmp_path)
    yield made
    made.runner.close()


@pytest.fixture
def bare_desk(empty: SqlOffice, tmp_path: Path, qapp: object) -> Iterator[Desk]:
    """A desk on an empty store."""
    made = make_desk(empty, tmp_path)
    yield made
    made.runner.close()
