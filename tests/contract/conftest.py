"""A store of its own for every contract test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bulletin_study.storage.office import SqlOffice
from tests.helpers import make_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    """An empty store in a real file."""
    store = make_office(tmp_path / "store.sqlite3")
    yield store
    store.close()
