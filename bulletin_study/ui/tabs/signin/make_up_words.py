"""How 补学 is shown: the chip of a debt, and what is common to those of one session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from bulletin_study.domain.make_ups import Debt, MakeUpState
from bulletin_study.ui.shapes import CHECK, CIRCLE, CROSS, DIAMOND, DOT, HALF
from bulletin_study.usecases.make_up_list import state_words

T = TypeVar("T")
Chip = tuple[str, str, str]

NOTE_HINT = "写了什么，或怎样补的"

_LOOKS = {
    MakeUpState.OPEN: ("amber", CIRCLE),
    MakeUpState.HANDED_OUT: ("amber", HALF),
    MakeUpState.WRITTEN: ("blue", DOT),
    MakeUpState.CLEARED: ("green", CHECK),
    MakeUpState.DROPPED: ("neutral", CROSS),
}


def state_chip(debt: Debt, today: date) -> Chip:
    """How it stands: text, tone, shape."""
    text = state_words(debt, today)
    if debt.days_over(today):
        return text, "red", DIAMOND
    if text != debt.state:
        return text, "neutral", CROSS
    return (text, *_LOOKS[debt.state])


def act_word(debt: Debt) -> str:
    """What can be done about it: 已补, 撤回, or nothing."""
    if debt.cleared is not None:
        return "撤回"
    return "" if debt.state is MakeUpState.DROPPED else "已补"


def in_common(values: Sequence[T], nothing: T) -> T:
    """The value that most have; ``nothing`` where none has any."""
    some = Counter(value for value in values if value)
    return some.most_common(1)[0][0] if some else nothing


def progress_words(debts: Sequence[Debt], today: date) -> str:
    """已补 2/5，逾期 1; empty where nobody owes anything."""
    cleared = sum(debt.state is MakeUpState.CLEARED for debt in debts)
    owed = cleared + sum(debt.waits for debt in debts)
    if not owed:
        return ""
    late = sum(bool(debt.days_over(today)) for debt in debts)
    return f"已补 {cleared}/{owed}" + (f"，逾期 {late}" if late else "")
