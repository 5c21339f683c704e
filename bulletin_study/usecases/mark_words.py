"""The words people write for a mark, in the cells of a file and in the office's chat."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from bulletin_study.domain.attendance import Mark
from bulletin_study.domain.people import EXEMPTING_BY_DEFAULT, AbsenceKind


class Said(NamedTuple):
    """A mark and the word it was read from."""

    mark: Mark
    word: str


class Phrase(NamedTuple):
    """A mark found in a text, and where: ``text[start:end]``.

    ``named``: the words name the mark; else they only leave no doubt of it (下乡, 看病).
    ``plain``: they say no more than that (请假, 公出); 病假 or 出差 is the reason as well.
    """

    mark: Mark
    start: int
    end: int
    named: bool
    plain: bool


SIGNS: Final[dict[str, Mark]] = {
    **dict.fromkeys(("√", "✓", "✔", "☑", "✅", "1", "是", "ok", "OK", "Ok"), Mark.PRESENT),
    **dict.fromkeys(("×", "✗", "✘", "❌", "X", "x", "0", "否"), Mark.ABSENT),
}
_IN_CELLS: Final[dict[str, Mark]] = {
    "列席": Mark.OBSERVER,
    "免": Mark.EXEMPT,
    **{str(kind): Mark.EXEMPT for kind in sorted(EXEMPTING_BY_DEFAULT)},
    "迟到": Mark.LATE,
    "早退": Mark.LEFT_EARLY,
    "未请假": Mark.ABSENT,
    "假": Mark.LEAVE,
    "公": Mark.OFFICIAL,
    "出差": Mark.OFFICIAL,
    "培训": Mark.OFFICIAL,
    "旷": Mark.ABSENT,
    "缺": Mark.ABSENT,
    "未": Mark.ABSENT,
    "没": Mark.ABSENT,
    "不在": Mark.ABSENT,
    "到": Mark.PRESENT,
    "出勤": Mark.PRESENT,
    "出席": Mark.PRESENT,
    "参加": Mark.PRESENT,
    "在岗": Mark.PRESENT,
    "签": Mark.PRESENT,
}
"""Words to look for in a cell, those that turn the sense of others first."""

_NAMING: Final[dict[Mark, str]] = {
    Mark.OBSERVER: "列席",
    Mark.LATE: "迟到 晚到 晚点到 晚些到 稍后到",
    Mark.LEFT_EARLY: "早退 提前走 提前离开 提前离会",
    Mark.ABSENT: "缺席 缺勤 缺会 未到 没到 不到 没来 未参加 没参加 未出席",
    Mark.LEAVE: "请假",
    Mark.OFFICIAL: "公出",
}
_REASONED: Final[dict[Mark, str]] = {
    Mark.ABSENT: "未请假 没请假 旷会 旷工 无故",
    Mark.LEAVE: "病假 事假 年假 年休 公休 休假 婚假 丧假 产假 陪护假 护理假 探亲假 调休 补休 "
                "不能参加 无法参加 参加不了 来不了 去不了 到不了 不参加",
    Mark.OFFICIAL: "公差 因公 出差 公务",
}  # fmt: skip
_TELLING: Final[dict[Mark, str]] = {
    Mark.LEAVE: "看病 生病 住院 就医 就诊 手术 输液 发烧 感冒 不舒服 有事 探亲",
    Mark.OFFICIAL: "下乡 外出 开会 培训 调研 值班 驻村 督查 督导 跟班 巡察 考察 党校",
}
"""Reasons that leave no doubt about the mark, when none is named."""

LETTERS: Final[dict[str, Mark]] = {
    "到": Mark.PRESENT, "迟": Mark.LATE, "早": Mark.LEFT_EARLY, "假": Mark.LEAVE,
    "公": Mark.OFFICIAL, "缺": Mark.ABSENT,
}  # fmt: skip
"""Marks written as one letter, as on the roster; only where they stand alone."""

_CAME = re.compile(
    r"(?:我|本人)?(?:已经|已|正常|准时|按时|可以|能|会)?"
    r"(?:参加|出席|出勤|到会|到场|到岗|到|签到|报到|在岗|在|收到|完成|学完)(?:了|会议|学习|完毕|会)?"
)


def cell_mark(text: str) -> Said | None:
    """The mark that a cell means; ``None`` when no word of it is known."""
    if text in SIGNS:
        return Said(SIGNS[text], "")
    exact = next((mark for mark in Mark if mark == text), None)
    found = exact or _inside(text, _IN_CELLS.items()) or _inside(text, _HINTS.items())
    return Said(found, text) if found else None


def came_words(text: str) -> bool:
    """Whether the text says nothing but that somebody is there."""
    return bool(_CAME.fullmatch(text))


def find_phrase(text: str) -> Phrase | None:
    """The first words in a text that name a mark, else the first that leave no doubt of one."""
    found = _NAMED.search(text)
    named = found is not None
    found = found or _HINTED.search(text)
    if found is None:
        return None
    words = found.group()
    mark = _PLAIN.get(words) or _WITH_REASON.get(words) or _HINTS[words]
    return Phrase(mark, found.start(), found.end(), named, words in _PLAIN)


def _inside(text: str, words: Iterable[tuple[str, Mark]]) -> Mark | None:
    return next((mark for word, mark in words if word in text), None)


def _by_word(table: dict[Mark, str]) -> dict[str, Mark]:
    return {word: mark for mark, words in table.items() for word in words.split()}


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    # The longest first: at one place 未请假 is not 请假.
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


_PLAIN, _WITH_REASON, _HINTS = _by_word(_NAMING), _by_word(_REASONED), _by_word(_TELLING)
_NAMED, _HINTED = _any_of([*_PLAIN, *_WITH_REASON]), _any_of(_HINTS)


def own_reason(mark: Mark | None, reason: str) -> str:
    """A reason beside its mark, without the same word once more: of 请假 “请假：看病” is 看病."""
    word = str(mark or "")
    if word and (reason == word or reason.startswith(f"{word}：")):
        return reason[len(word) + 1 :]
    return reason


def why_words(mark: Mark | None, reason: str, between: str = "：") -> str:
    """“请假：看病”; where the reason names the kind of leave or errand itself, it says enough:
    “病假：肺炎住院”, “出差：到市里”."""
    own = own_reason(mark, reason)
    if mark in (Mark.LEAVE, Mark.OFFICIAL) and own.partition("：")[0] in set(AbsenceKind):
        return own
    return between.join(part for part in (str(mark or "未签"), own) if part)
