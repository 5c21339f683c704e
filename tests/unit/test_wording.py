"""Every refusal has its sentence: what happened, that nothing is lost, what to do."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from enum import StrEnum
from typing import Any, get_type_hints

import pytest

from bulletin_study.domain import errors
from bulletin_study.domain.errors import FileFault, Refusal, StorageFault
from bulletin_study.ui.wording import BUG, sentence_for


def subclasses(cls: type[Refusal]) -> list[type[Refusal]]:
    found = []
    for sub in cls.__subclasses__():
        found += [sub, *subclasses(sub)]
    return found


def sample(hint: Any) -> list[Any]:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return list(hint)
    if hint is date:
        return [date(2026, 11, 25)]
    if hint is int:
        return [3]
    if hint is bool:
        return [False, True]
    if "tuple" in str(hint):
        return [("甲", "乙")]
    if "None" in str(hint):
        return [None]
    return ["某项"]


def refusals() -> list[Refusal]:
    made: list[Refusal] = []
    for cls in subclasses(Refusal):
        if cls.__module__.startswith("bulletin_study.exchange"):
            continue  # these are told apart by the reader's own table of words
        if not dataclasses.is_dataclass(cls):
            made.append(cls())
            continue
        hints = get_type_hints(cls, vars(errors))
        values = {f.name: sample(hints[f.name]) for f in dataclasses.fields(cls)}
        longest = max((len(v) for v in values.values()), default=1)
        for i in range(longest):
            made.append(cls(**{name: v[i % len(v)] for name, v in values.items()}))
    return made


@pytest.mark.parametrize("refusal", refusals(), ids=lambda r: type(r).__name__)
def test_each_refusal_speaks_plain_chinese(refusal: Refusal) -> None:
    sentence = sentence_for(refusal)
    assert re.search(r"[\u4e00-\u9fff]{4}", sentence)
    assert not re.search(r"[!！]|None|Error|[a-z_]{3,}\(", sentence)
    assert len(re.findall(r"[。；]", sentence)) >= 1
    safe = "没有|没动|都在|没有改|没有变|不能删除|还没有|没有保存"
    assert re.search(safe, sentence), "it says that nothing is lost"


def test_every_fault_is_told_apart() -> None:
    stores = {sentence_for(errors.StorageUnavailable(f, "x")) for f in StorageFault}
    files = {sentence_for(errors.FileRefused("表.xlsx", f)) for f in FileFault}
    assert len(stores) == len(StorageFault)
    assert len(files) == len(FileFault)


def test_a_bug_is_told_without_blame() -> None:
    assert "以前保存的都在" in BUG
