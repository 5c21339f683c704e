"""活动类型: a new kind, or what is set about one: whom it expects, what its archiving needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bulletin_study.domain.errors import BadValue, Refusal
from bulletin_study.domain.people import Group, Role, StaffCategory
from bulletin_study.domain.sessions import (
    CORE_KINDS,
    Audience,
    ClosingItem,
    SessionKind,
)
from bulletin_study.ui.autosave import FieldProblem
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import label
from bulletin_study.ui.fields import CheckField, LineField
from bulletin_study.ui.forms import FormColumn, FormRow
from bulletin_study.ui.tabs.study.fields import HoursField
from bulletin_study.ui.tabs.study.needs_field import NeedsField
from bulletin_study.ui.widgets.pick_many import PickMany
from bulletin_study.ui.widgets.suggest_field import SuggestField
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.kinds import add_kind, edit_kind
from bulletin_study.usecases.loading import load_kinds
from bulletin_study.usecases.ports import UnitOfWork

_ITEMS: Final = (
    ("签到齐全", ClosingItem.SIGN_IN),
    ("主题", ClosingItem.THEME),
    ("形式", ClosingItem.FORM),
    ("领学人", ClosingItem.LEAD),
)
_OWN: Final = "自设活动"
BLANK: Final = SessionKind(0, "", 0, _OWN)


@dataclass(frozen=True, slots=True)
class KindStart:
    """What the form needs: the kind as stored (or a blank one), families, groups."""

    kind: SessionKind
    families: tuple[str, ...]
    groups: tuple[Group, ...]


def load_kind(unit: UnitOfWork, kind_id: int | None) -> KindStart:
    """The form's beginning for a kind, or for a new one."""
    kinds = load_kinds(unit)
    groups = sorted(unit.all(Group), key=lambda g: (g.order, g.id))
    families = dict.fromkeys([k.family for k in kinds.values() if k.family] + [_OWN])
    kind = kinds.get(kind_id, BLANK) if kind_id is not None else BLANK
    return KindStart(kind, tuple(families), tuple(groups))


class KindForm(FormColumn):
    """``added(id)`` for a new kind. A stored one saves each field by itself."""

    added = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._runner = context.runner
        self._kind = BLANK
        self.name = LineField("如 读书分享会")
        self.family = SuggestField(_OWN)
        self.roles = PickMany("不限身份")
        self.roles.set_options([(role.value, role, "") for role in Role])
        self.categories = PickMany("不限类别")
        self.categories.set_options([(one.value, one, "") for one in StaffCategory])
        self.groups = PickMany("不限组室")
        self.party = CheckField("只限党员")
        self.closing = PickMany("什么都不要求")
        self.closing.set_options([(words, item, "") for words, item in _ITEMS])
        self.needs = NeedsField()
        self.hours = HoursField()
        self.make_up = CheckField("请假、公出、缺席的要补学")
        self.retired = CheckField("停用（不再用它新建场次，以前的都在）")
        self.note = label("", "secondary", wrap=True)
        self._rows: list[FormRow] = []
        self._name_row = self._field("名称", self.name)
        self._field("归类", self.family)
        self.add_title("参加范围", "都不选就是全体")
        for caption, editor in (("身份", self.roles), ("组室", self.groups),
                                ("人员类别", self.categories), ("", self.party)):  # fmt: skip
            self._field(caption, editor)
        self.add_title("归档")
        self._field("归档前要有", self.closing)
        self._needs_row = self._field("归档前要存的材料", self.needs)
        self._hours_row = self._field("每场学时", self.hours)
        self._field("", self.make_up)
        self._field("", self.retired)
        self.add_widget(self.note)

    @property
    def kind(self) -> SessionKind:
        """The kind as last read; id 0 for a new one."""
        return self._kind

    def begin(self, start: KindStart) -> None:
        """Show a kind, or a blank one."""
        self._kind = kind = start.kind
        audience = kind.audience
        self.groups.set_options([(group.name, group.id, "") for group in start.groups])
        self.family.set_suggestions(start.families)
        values: list[tuple[Any, Any]] = [
            (self.name, kind.name), (self.family, kind.family), (self.roles, audience.roles),
            (self.groups, audience.groups), (self.categories, audience.categories),
            (self.party, audience.party_only), (self.closing, kind.closing),
            (self.needs, kind.evidence), (self.hours, kind.hours),
            (self.make_up, kind.owes_make_up), (self.retired, kind.retired),
        ]  # fmt: skip
        for editor, value in values:
            editor.set_value(value)
        for row in self._rows:
            row.error("")
        core = kind.name in CORE_KINDS
        self.name.setEnabled(not core)
        self.retired.setVisible(bool(kind.id) and not core)
        more = [item for item in kind.closing if item not in dict(_ITEMS).values()]
        words = "讲课、点评、感想或组室汇报的要求随这一类型固定。" if more else ""
        people = f"另有按人指定的 {len(audience.people)} 人。" if audience.people else ""
        self.note.setText(words + people)
        self.note.setVisible(bool(words + people))

    def store(self) -> None:
        """Store a new kind."""
        edited = self._read()
        if edited is not None:
            self._runner.do(lambda unit: add_kind(unit, edited), self._made, self._refused)

    def _save(self, *_: object) -> None:
        original = self._kind
        if not original.id:
            return
        edited = self._read()
        if edited is None or edited == original:
            return

        def refused(refusal: Refusal) -> None:
            self._kind = original
            self._refused(refusal)

        self._kind = edited
        self._runner.do(
            lambda unit: edit_kind(unit, original, edited),
            lambda _: self._name_row.error(""),
            refused,
        )

    def _read(self) -> SessionKind | None:
        try:
            hours = self.hours.value()
        except FieldProblem as problem:
            self._hours_row.error(problem.sentence)
            return None
        kept = tuple(i for i in self._kind.closing if i not in dict(_ITEMS).values())
        audience = Audience(
            self.groups.value(), self.roles.value(), self.categories.value(),
            self.party.value(), self._kind.audience.people,
        )  # fmt: skip
        chosen = (*self.closing.value(), *kept)
        made_up = self.make_up.value()
        return replace(
            self._kind,
            # What is usual for the kind stays unsaid.
            make_up=self._kind.make_up if made_up == self._kind.owes_make_up else made_up,
            name=self.name.value(),
            family=self.family.value() or _OWN,
            audience=audience,
            closing=tuple(item for item in ClosingItem if item in chosen),
            evidence=self.needs.value(),
            hours=hours,
            retired=self.retired.value(),
        )

    def _made(self, result: tuple[Committed, int]) -> None:
        self.added.emit(result[1])

    def _refused(self, refusal: Refusal) -> None:
        field = refusal.field if isinstance(refusal, BadValue) else ""
        files = field.endswith("的份数")
        row = self._hours_row if field == "学时" else self._needs_row if files else self._name_row
        row.error(sentence_for(refusal))

    def _field(self, caption: str, editor: QWidget) -> FormRow:
        row = self.add(caption, editor, self._save)
        self._rows.append(row)
        return row
