"""A store of its own for every contract test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bulletin_study.storage.office import SqlOffice
from tests.contract.talk_office import arrange, talk_office
from tests.helpers import make_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    """An empty store in a real file."""
    store = make_office(tmp_path / "store.sqlite3")
    yield store
    store.close()


@pytest.fixture
def announced(tmp_path: Path) -> Iterator[SqlOffice]:
    """The small office of 每周一讲, its six talks announced: 赵一 孙三 周五 钱二 李四 吴六."""
    store = talk_office(tmp_path / "talks.sqlite3")
    arrange(store)
    yield store
    store.close()
