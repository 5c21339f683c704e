"""How papers are set: words made to fit their cell, numerals of headings, figures that add up."""

from __future__ import annotations

import re
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.attendance import Headcount
from bulletin_study.usecases.numerals import chinese_number
from bulletin_study.usecases.paper_facts import figures_text
from bulletin_study.usecases.paper_layout import (
    MM,
    TABLE_POINTS,
    TIGHT_PADDING,
    TIGHT_SPACING,
    fitted_points,
)


def test_an_ordinary_name_is_set_at_the_usual_size() -> None:
    assert fitted_points("赵一一", 21, 7) == TABLE_POINTS
    assert fitted_points("", 21, 7) == TABLE_POINTS


def test_a_name_of_twelve_characters_is_set_smaller_and_stays_legible() -> None:
    assert 8 <= fitted_points("买买提·吐尔逊江·阿不都", 21, 7) < TABLE_POINTS


@given(st.text("汉字，", max_size=60), st.floats(8, 60), st.floats(7, 12))
def test_what_fits_by_the_widths_of_chinese_type_is_never_higher_than_its_row(
    text: str, width: float, height: float
) -> None:
    points = fitted_points(text, width, height)
    assert 6 <= points <= TABLE_POINTS
    a_line = int((width * MM - 2 * TIGHT_PADDING) / points)
    lines = ceil(len(text) / max(a_line, 1)) or 1
    if points > 6:
        assert lines * points * TIGHT_SPACING <= height * MM


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (100, "一百"), (101, "一百零一"),
     (110, "一百一十"), (1001, "一千零一"), (1010, "一千零一十"), (10000, "10000")],
)  # fmt: skip
def test_headings_count_in_chinese(number: int, words: str) -> None:
    assert chinese_number(number) == words


def test_no_two_headings_have_the_same_number() -> None:
    assert len({chinese_number(number) for number in range(1, 3000)}) == 2999


@given(st.builds(Headcount, *[st.integers(0, 40)] * 7))
def test_the_figures_of_a_paper_add_up(count: Headcount) -> None:
    words = re.sub("（.*?）", "", figures_text(count))
    told = dict(part.rsplit(" 人", 1)[0].split(" ") for part in words.split("，"))
    parts = ("实到", "请假", "公出", "缺席", "未签")
    assert int(told["应到"]) == sum(int(told.get(part, 0)) for part in parts)
