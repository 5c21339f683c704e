"""One person who says or writes what they learned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from bulletin_study.domain.sessions import Reflection, ReflectionKind
from bulletin_study.ui.controls import icon_button, label, link_button, small_button
from bulletin_study.ui.fields import ChoiceField
from bulletin_study.ui.forms import FormColumn
from bulletin_study.ui.tabs.signin.sections import Saver, put_in_head
from bulletin_study.ui.tabs.signin.written import Written
from bulletin_study.ui.widgets.chip import Chip
from bulletin_study.ui.widgets.person_combo import PersonCombo, PersonOption
from bulletin_study.ui.widgets.written_note import WrittenNote
from bulletin_study.usecases.drafts import reflection_target
from bulletin_study.usecases.reflections import ask_written, remove_reflection, save_reflection
from bulletin_study.usecases.sign_in_notes import person_chasing_text, waiting_days
from bulletin_study.usecases.sign_in_page import SignInPage

_KINDS = [(str(kind), kind) for kind in ReflectionKind]
_WAYS = [("发言要点", False), ("书面材料", True)]


class OneReflection:
    """Name, group, kind, 换人, remove; the words; under them how they come and how many."""

    def __init__(
        self, form: FormColumn, saver: Saver, page: SignInPage, said: Reflection,
        options: list[PersonOption], many: Callable[[Sequence[Path]], object],
    ) -> None:  # fmt: skip
        self._saver, self._page, self._said = saver, page, said
        name = page.name(said.person_id)
        self.kind = ChoiceField(_KINDS, small=True)
        self.kind.setAccessibleName(f"{name}：类别")
        self.kind.autosave.committed.connect(self._kind_chosen)
        self._swap = small_button("换人", on_click=self._swapping)
        self._drop = icon_button("close", f"不再请{name}发言", small=True, flat=True,
                                 on_click=self._removed)  # fmt: skip
        hint = "书面材料：贴进来，或把文件拖到这里" if said.written else "已约好，说了什么记在这里"
        self.text = WrittenNote(hint, lines=2)
        self.written = Written(form, saver, name, self.text, reflection_target(said.id),
                               self._text_edited, title=_title(name, said), many=many)  # fmt: skip
        self.row = self.written.row
        # Two rows of one person are told apart by more than the eye.
        self.text.setAccessibleName(_title(name, said))
        group = label(page.group_name(said.person_id), "secondary")
        put_in_head(self.row, after=[group, self.kind], end=[self._swap, self._drop])
        for act in (self._swap, self._drop):
            act.setHidden(page.session.archived)
        self.other = PersonCombo(options, "换成谁")
        self.other.autosave.committed.connect(self._swapped)
        self.other.autosave.escaped.connect(self._not_swapping)
        self._swap_line = _line([(self.other, 1), (label("回车换人，Esc 不换", "secondary"), 0)])
        self._swap_line.hide()
        self.way = ChoiceField(_WAYS, small=True)
        self.way.setAccessibleName(f"{name}：发言还是书面")
        self.way.autosave.committed.connect(self._way_chosen)
        self.state = Chip()
        self.chase = link_button("复制催办", tip=f"复制一句给{name}的催办", on_click=self._chase)
        self.more = link_button("请补书面材料", tip=f"发言留着，另请{name}交一份书面材料",
                                on_click=self._ask_written)  # fmt: skip
        foot = _line([(self.way, 0), (self.state, 0), (None, 1), (self.chase, 0),
                      (self.more, 0), (self.written.widen, 0)])  # fmt: skip
        column = self.row.layout()
        if column is not None:
            column.addWidget(foot)
            column.addWidget(self._swap_line)

    def fill(self, page: SignInPage, said: Reflection) -> None:
        """Show what was said."""
        self._page, self._said = page, said
        self.text.set_value(said.text)
        self.kind.set_value(said.kind)
        self.way.set_value(said.written)
        self.written.show_offers(page.drafts)
        waits = not said.text.strip()
        closed = page.session.archived
        self.chase.setVisible(waits and not closed)
        theirs = [r for r in page.said(said.talk_id) if r.person_id == said.person_id]
        self.more.setVisible(not (waits or closed or any(r.written for r in theirs)))
        self.state.set(*_state(said, waiting_days(page)))

    def _text_edited(self, original: str, edited: str) -> None:
        self._save(replace(self._said, text=edited), self.written.target)

    def _kind_chosen(self, original: object, edited: ReflectionKind) -> None:
        self._save(replace(self._said, kind=edited))

    def _way_chosen(self, original: object, edited: bool) -> None:
        self._save(replace(self._said, written=edited))
        if edited:
            self.written.open()

    def _ask_written(self) -> None:
        said = self._said
        self._saver.save(lambda unit: ask_written(unit, said), self.row)

    def _chase(self) -> None:
        self._saver.copy(person_chasing_text(self._page, self._said))
        self._saver.said(f"已复制给{self._page.name(self._said.person_id)}的催办")

    def _swapping(self) -> None:
        self._swap_line.show()
        self.other.set_value(None)
        self.other.setFocus()

    def _not_swapping(self) -> None:
        self._swap_line.hide()
        self._swap.setFocus()

    def _swapped(self, original: int | None, edited: int | None) -> None:
        if edited is not None:
            self._save(replace(self._said, person_id=edited))

    def _removed(self) -> None:
        said = self._said
        self._saver.save(lambda unit: remove_reflection(unit, said), self.row)

    def _save(self, edited: Reflection, draft: str = "") -> None:
        said = self._said
        self._saver.save(lambda unit: save_reflection(unit, said, edited), self.row, draft=draft)
        # A second edit before the page is read again starts from this one.
        self._said = edited


def _title(name: str, said: Reflection) -> str:
    return f"{name}的书面材料" if said.written else f"{name}的发言"


def _state(said: Reflection, days: int) -> tuple[str, str, str]:
    """How many characters there are, or how long they have been waited for."""
    if said.text.strip():
        return f"{len(said.text):,} 字", "green", "check"
    if said.written:
        return (f"欠 {days} 天" if days else "还没交"), "amber", "circle"
    return (f"待记 {days} 天" if days else "待记"), "amber", "circle"


def _line(parts: Sequence[tuple[QWidget | None, int]]) -> QWidget:
    """Widgets on one line with their stretch; ``None`` is room."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(4)
    for widget, stretch in parts:
        if widget is None:
            line.addStretch(stretch)
        else:
            line.addWidget(widget, stretch)
    return holder
