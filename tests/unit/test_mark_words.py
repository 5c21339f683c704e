"""A mark and its reason in one: no kind of absence is named twice."""

from __future__ import annotations

import pytest

from bulletin_study.domain.attendance import Mark
from bulletin_study.usecases.mark_words import own_reason, why_words


@pytest.mark.parametrize(
    ("mark", "reason", "words"),
    [
        (Mark.LEAVE, "看病", "请假：看病"),
        (Mark.LEAVE, "病假：肺炎住院", "病假：肺炎住院"),
        (Mark.LEAVE, "病假", "病假"),
        (Mark.OFFICIAL, "出差：到市里", "出差：到市里"),
        (Mark.LEAVE, "请假：探亲", "请假：探亲"),
        (Mark.LEAVE, "请假", "请假"),
        (Mark.LEAVE, "", "请假"),
        (Mark.EXEMPT, "下派", "免到：下派"),
        (Mark.ABSENT, "病假", "缺席：病假"),
        (None, "", "未签"),
    ],
)
def test_the_kind_of_absence_is_named_once(mark: Mark | None, reason: str, words: str) -> None:
    assert why_words(mark, reason) == words


def test_beside_its_mark_a_reason_does_not_say_it_again() -> None:
    assert own_reason(Mark.LEAVE, "请假：探亲") == "探亲"
    assert own_reason(Mark.LEAVE, "请假") == ""
    assert own_reason(Mark.LEAVE, "病假：肺炎") == "病假：肺炎"
    assert own_reason(Mark.LEAVE, "请假条没交") == "请假条没交"
