"""A study plan: what is to be studied on which day or in which week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bulletin_study.domain.sessions import STUDY, SessionKind, StudyPlanItem
from bulletin_study.exchange.imports.lookup import PeopleIndex, as_words
from bulletin_study.exchange.imports.proposal import Proposal
from bulletin_study.exchange.imports.records import Records
from bulletin_study.exchange.imports.sessions.kinds import KIND_FIELD, KindBook
from bulletin_study.exchange.imports.sessions.lines import read_form
from bulletin_study.exchange.imports.sessions.names import (
    post_change,
    read_name,
    shown_value,
    who_is,
)
from bulletin_study.exchange.imports.sessions.weeks import Slot, as_slot
from bulletin_study.exchange.tables.cells import Read, as_lines
from bulletin_study.exchange.tables.columns import Field
from bulletin_study.exchange.tables.workbook import Cell

PLAN_FIELDS: tuple[Field, ...] = (
    Field("day", "日期", ("学习日期", "学习时间", "计划时间", "计划日期", "时间", "活动时间")),
    Field("week", "周次", ("周", "学习周次", "周别", "第几周", "星期周次")),
    KIND_FIELD,
    Field(
        "theme",
        "学习内容",
        ("学习主题", "主题", "内容", "学习篇目", "学习专题", "议题", "学习材料"),
        required=True,
    ),
    Field("form", "形式", ("学习形式", "学习方式", "方式")),
    Field("lead", "领学人", ("领学领导", "主讲人", "领学", "责任人", "主讲")),
    Field("venue", "地点", ("学习地点", "活动地点", "场所")),
)

_TITLES = {"theme": "学习内容", "form": "形式", "venue": "地点"}


@dataclass(frozen=True, slots=True)
class PlanStore:
    """What the store says about the plan, kinds and people."""

    items: Sequence[StudyPlanItem]
    kinds: Sequence[SessionKind]
    people: PeopleIndex


_Key = tuple[int, Slot]


def propose_plan(
    records: Records,
    store: PlanStore,
    choices: Mapping[tuple[str, str], str],
    remembered: Mapping[str, str],
) -> Proposal:
    """Compare the records with the stored plan; remarks go to the records.

    The same theme of the same day or week is the same item. Another theme replaces the one
    stored when both the plan and the file have just one for that kind and time.
    """
    return _PlanImport(records, store, choices, remembered).run()


class _PlanImport:
    def __init__(
        self,
        records: Records,
        store: PlanStore,
        choices: Mapping[tuple[str, str], str],
        remembered: Mapping[str, str],
    ) -> None:
        self.records = records
        self.remarks = records.remarks
        self.people = store.people
        self.proposal = Proposal()
        self.kinds = KindBook(store.kinds, choices, remembered, self.proposal)
        self.slots = _slots(records)
        self.kind_texts = records.read("kind", as_words)
        self.themes = records.read("theme", _theme)
        self.forms = records.read("form", read_form)
        self.leads = records.read("lead", read_name)
        self.venues = records.read("venue", as_words)
        self.stored: dict[_Key, list[StudyPlanItem]] = {}
        for item in store.items:
            key = (item.kind_id, Slot(item.day, None if item.day else item.week))
            self.stored.setdefault(key, []).append(item)

    def run(self) -> Proposal:
        keys = self._keys()
        in_file = Counter(key for found in keys.values() for key in found)
        seen: dict[tuple[_Key, str], int] = {}
        for at, found in keys.items():
            theme = self.themes[at] or ""
            first = seen.setdefault((found[0], theme), at)
            if first != at:
                row = self.records.numbers[first]
                self.remarks.wrong(at, "theme", f"与第 {row} 行重复，以第 {row} 行为准")
                continue
            told = self._told(at)
            for key in found:
                self._one(at, key, told, alone=in_file[key] == 1)
        self.kinds.finish()
        return self.proposal

    def _keys(self) -> dict[int, list[_Key]]:
        """Record → (kind, time) of what it plans; one record may be for several kinds."""
        keys: dict[int, list[_Key]] = {}
        for at in range(len(self.records)):
            text = self.kind_texts[at]
            if text is None and self.records.has("kind"):
                self.remarks.note(at, "kind", f"没有写活动类型，按“{STUDY}”")
            kinds = self.kinds.resolve(self.records, at, text or STUDY)
            if self.themes[at] is None and at not in self.remarks.errors:
                self.remarks.wrong(at, "theme", "学习内容为空")
            slot = self.slots[at]
            if slot is not None and at not in self.remarks.errors:
                keys[at] = [(kind.id, slot) for kind in kinds]
        return keys

    def _told(self, at: int) -> dict[str, object]:
        told: dict[str, object] = {
            "theme": self.themes[at],
            "form": self.forms[at],
            "venue": self.venues[at],
        }
        if self.leads[at]:
            told["lead_id"], told["lead_name"] = who_is(
                self.records, at, "lead", self.leads[at], self.people
            )
        return {
            name: value for name, value in told.items() if value is not None or name == "lead_id"
        }

    def _one(self, at: int, key: _Key, told: Mapping[str, object], *, alone: bool) -> None:
        items = self.stored.get(key, [])
        stored = next((i for i in items if i.theme == told["theme"]), None)
        if stored is None and alone and len(items) == 1:
            stored = items[0]
        if stored is None:
            kind_id, slot = key
            self.remarks.new(at)
            fresh = StudyPlanItem(self.proposal.ids(), kind_id, "", slot.day, slot.week)
            self.proposal.put(replace(fresh, **told))  # type: ignore[arg-type]
            return
        changes = {k: v for k, v in told.items() if v != getattr(stored, k)}
        for name, value in changes.items():
            if name in _TITLES:
                before, after = shown_value(getattr(stored, name)), shown_value(value)
                self.remarks.change(at, f"{_TITLES[name]}：{before}→{after}")
        lead = post_change("领学人", "lead", stored, told, self.people)
        if lead:
            self.remarks.change(at, lead)
        if changes:
            self.proposal.put(replace(stored, **changes))  # type: ignore[arg-type]


def _slots(records: Records) -> list[Slot | None]:
    """The day, or else the week, of each record."""

    def in_days(cell: Cell) -> Read[Slot] | None:
        return as_slot(cell, year=records.year, bare_weeks=False) if as_words(cell) else None

    def in_weeks(cell: Cell) -> Read[Slot] | None:
        return as_slot(cell, year=records.year, bare_weeks=True) if as_words(cell) else None

    days = records.read_noted("day", in_days)
    weeks = records.read_noted("week", in_weeks)
    slots = [day or week for day, week in zip(days, weeks, strict=True)]
    for at, slot in enumerate(slots):
        if slot is None and at not in records.remarks.errors:
            records.remarks.wrong(at, "day", "日期和周次都是空的")
    return slots


def _theme(cell: Cell) -> str | None:
    return as_lines(cell) if as_words(cell) else None
