"""Who says what they learned, and what they said: as many people as one likes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QWidget

from bulletin_study.domain.closing import REFLECTIONS_PER_TALK
from bulletin_study.domain.sessions import Reflection, ReflectionKind, Talk
from bulletin_study.ui.controls import icon_button, label, small_button
from bulletin_study.ui.fields import ChoiceField, NoteField
from bulletin_study.ui.forms import FormColumn, FormRow
from bulletin_study.ui.tabs.signin.roster_rows import person_options
from bulletin_study.ui.tabs.signin.sections import Saver, put_in_head
from bulletin_study.ui.widgets.person_combo import PersonCombo, PersonOption
from bulletin_study.usecases.duties import draw_duties
from bulletin_study.usecases.reflections import (
    ask_reflections,
    remove_reflection,
    save_reflection,
)
from bulletin_study.usecases.sign_in_page import SignInPage

_KINDS = [(str(kind), kind) for kind in ReflectionKind]


class ReflectionFields:
    """The reflections on one talk (``talk`` ``None``: on the session)."""

    def __init__(
        self, form: FormColumn, saver: Saver, page: SignInPage, talk: Talk | None
    ) -> None:
        self._saver, self._page = saver, page
        self._talk_id = talk.id if talk else None
        people = page.listeners(talk)
        options = person_options(people, [page.group_name(p.id) for p in people])
        needed = f"要 {REFLECTIONS_PER_TALK} 人" if talk else "有就记"
        lacking = talk is not None and len(page.said(talk.id)) < REFLECTIONS_PER_TALK
        drawing = ("抽点评和发言人 Alt+C", self.draw) if lacking else None
        form.add_title("感想、心得、体会", needed, drawing)
        self.rows = [
            OneReflection(form, saver, page, said, options) for said in page.said(self._talk_id)
        ]
        self.add = PersonCombo(options, "首字母或姓名，回车加一人")
        self.add_row = form.add("指定发言人", self.add, self._asked)

    def fill(self, page: SignInPage) -> None:
        """Show what was said."""
        self._page = page
        self.add.set_value(None)
        for row, said in zip(self.rows, page.said(self._talk_id), strict=True):
            row.fill(said)

    def first_missing(self) -> QWidget:
        """The first person's empty note, else the field that names another."""
        return next((row.text for row in self.rows if not row.text.value()), self.add)

    def draw(self) -> None:
        """Draw the commenting leader and the people who are still missing (Alt+C)."""
        talk_id = self._talk_id
        if talk_id is None:
            return
        comment = self._page.comment_on(talk_id=talk_id)
        named = comment is not None and comment.leader_id is not None
        if named and len(self.rows) >= REFLECTIONS_PER_TALK:
            self.add_row.note("这一讲谁点评、谁发言都定了；要换，点“换人”。")
        else:
            self._saver.save(lambda unit: draw_duties(unit, talk_id), self.add_row)

    def _asked(self, original: int | None, edited: int | None) -> None:
        if edited is not None:
            session_id = self._page.session.id
            self._saver.save(
                lambda unit: ask_reflections(unit, session_id, [edited], talk_id=self._talk_id),
                self.add_row,
            )


class OneReflection:
    """One person: name, group, kind, 换人, remove, and the note."""

    def __init__(
        self,
        form: FormColumn,
        saver: Saver,
        page: SignInPage,
        said: Reflection,
        options: list[PersonOption],
    ) -> None:
        self._saver, self._said = saver, said
        name = page.name(said.person_id)
        self.kind = ChoiceField(_KINDS, small=True)
        self.kind.setAccessibleName(f"{name}：类别")
        self.kind.autosave.committed.connect(self._kind_chosen)
        self._swap = small_button("换人", on_click=self._swapping)
        self._drop = icon_button("close", f"不再请{name}发言", small=True, flat=True,
                                 on_click=self._removed)  # fmt: skip
        self.text = NoteField("已约好，说了什么记在这里", lines=2)
        self.row: FormRow = form.add(name, self.text, self._text_edited)
        group = label(page.group_name(said.person_id), "secondary")
        put_in_head(self.row, after=[group, self.kind], end=[self._swap, self._drop])
        self.other = PersonCombo(options, "换成谁")
        self.other.autosave.committed.connect(self._swapped)
        self.other.autosave.escaped.connect(self._not_swapping)
        self._swap_line = QWidget()
        line = QHBoxLayout(self._swap_line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.other, 1)
        line.addWidget(label("回车换人，Esc 不换", "secondary"))
        self._swap_line.hide()
        column = self.row.layout()
        if column is not None:
            column.addWidget(self._swap_line)

    def fill(self, said: Reflection) -> None:
        """Show what was said."""
        self._said = said
        self.text.set_value(said.text)
        self.kind.set_value(said.kind)

    def _text_edited(self, original: str, edited: str) -> None:
        self._save(replace(self._said, text=edited))

    def _kind_chosen(self, original: object, edited: ReflectionKind) -> None:
        self._save(replace(self._said, kind=edited))

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

    def _save(self, edited: Reflection) -> None:
        said = self._said
        self._saver.save(lambda unit: save_reflection(unit, said, edited), self.row)
        # A second edit before the page is read again starts from this one.
        self._said = edited
