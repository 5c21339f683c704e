"""What the office sets as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bulletin_study.domain.errors import BadValue
from bulletin_study.domain.settings import Setting
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.settings import MAKE_UP_DAYS, OPTIONS, read_option, set_option
from tests.contract.stores import quick_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    opened = quick_office(tmp_path / "store.sqlite3")
    yield opened
    opened.close()


def test_a_number_is_its_default_until_it_is_set(office: SqlOffice) -> None:
    with office.view() as unit:
        assert read_option(unit, MAKE_UP_DAYS) == 14
    with office.unit() as unit:
        assert set_option(unit, MAKE_UP_DAYS, 30).label == "设置“补学期限”为 30天"
    with office.view() as unit:
        assert read_option(unit, MAKE_UP_DAYS) == 30


def test_a_number_out_of_bounds_is_refused_with_the_bounds(office: SqlOffice) -> None:
    with office.unit() as unit, pytest.raises(BadValue, match="补学期限"):
        set_option(unit, MAKE_UP_DAYS, 0)
    with office.view() as unit:
        assert read_option(unit, MAKE_UP_DAYS) == 14


def test_what_somebody_else_wrote_there_never_leaves_the_bounds(office: SqlOffice) -> None:
    with office.unit() as unit:
        unit.put(Setting(MAKE_UP_DAYS.key, "9999"), Setting(OPTIONS[1].key, "若干"))
        unit.commit("改设置")
    with office.view() as unit:
        assert read_option(unit, MAKE_UP_DAYS) == MAKE_UP_DAYS.most
        assert read_option(unit, OPTIONS[1]) == OPTIONS[1].default
