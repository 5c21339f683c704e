"""A column of labelled fields, each with room for a sentence under it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bulletin_study.ui.banner import Action, ShapeMark
from bulletin_study.ui.controls import Button, clear_layout, label, link_button, restyle
from bulletin_study.ui.fields import Editor
from bulletin_study.ui.shapes import DIAMOND, TRIANGLE

Commit = Callable[[Any, Any], object]
"""Called with the original and the edited value."""


class FormRow(QWidget):
    """Label, editor, and a sentence under it when something is wrong or worth knowing."""

    def __init__(self, caption: str, editor: QWidget, link: Action | None = None) -> None:
        super().__init__()
        self.editor = editor
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        self._caption = label(caption, "secondary")
        self._caption.setBuddy(editor)
        head.addWidget(self._caption)
        head.addStretch(1)
        self._link: Button | None = None
        if link is not None:
            self._link = link_button(link[0], on_click=link[1])
            head.addWidget(self._link)
        if caption or link is not None:
            column.addLayout(head)
        column.addWidget(editor)
        self._under = QWidget()
        under = QHBoxLayout(self._under)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(4)
        self._mark = ShapeMark(DIAMOND, "red")
        self._words = QLabel()
        self._words.setProperty("role", "secondary")
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._words.linkActivated.connect(self._run)
        self._sentence, self._tone = "", "red"
        self._action: Action | None = None
        under.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        under.addWidget(self._words, 1)
        column.addWidget(self._under)
        self._under.hide()
        if not editor.accessibleName():
            editor.setAccessibleName(caption)

    @property
    def sentence(self) -> str:
        """What stands under the field; empty when nothing does."""
        return self._sentence

    def set_caption(self, caption: str) -> None:
        """Change the label, e.g. to carry a count."""
        self._caption.setText(caption)

    def keep_caption(self) -> None:
        """What stands beside the label gives way before it does."""
        self._caption.setMinimumWidth(self._caption.sizeHint().width())

    def head_section(self) -> None:
        """Let the label stand as the title of a part of the form."""
        restyle(self._caption, role="title")

    def set_link_shown(self, shown: bool) -> None:
        """Offer the link beside the caption, or not."""
        if self._link is not None:
            self._link.setVisible(shown)

    def error(self, sentence: str, action: Action | None = None) -> None:
        """Mark the field wrong with ◆ and a sentence; an empty sentence clears it."""
        autosave = getattr(self.editor, "autosave", None)
        if autosave is not None:
            autosave.set_problem(sentence)
        self._show(sentence, action, DIAMOND, "red")

    def show_problem(self, sentence: str) -> None:
        """What the editor itself found wrong; a warning that stands there is not wiped."""
        if sentence or self._tone == "red":
            self._show(sentence, None, DIAMOND, "red")

    def note(self, sentence: str, action: Action | None = None) -> None:
        """A warning (△) that does not mark the field wrong; an empty sentence clears it."""
        self._show(sentence, action, TRIANGLE, "amber")

    def hint(self, sentence: str) -> None:
        """Something to know, no warning: without a shape; an empty sentence clears it."""
        self._show(sentence, None, "", "")

    def _show(self, sentence: str, action: Action | None, shape: str, tone: str) -> None:
        self._mark.set_shape(shape, tone)
        self._mark.setVisible(bool(shape))
        # Only a link is something to reach with Tab.
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            if action is not None
            else Qt.TextInteractionFlag.TextSelectableByMouse
        )
        link = f' <a href="act">{escape(action[0])}</a>' if action is not None else ""
        self._sentence, self._tone = sentence, tone
        self._words.setText(escape(sentence) + link)
        restyle(self._words, tone=tone)
        self._action = action
        self._under.setVisible(bool(sentence))

    def _run(self) -> None:
        if self._action is not None:
            self._action[1]()


class FormColumn(QWidget):
    """Fields under one another, some side by side. ``escaped`` when Esc leaves a field."""

    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "plain")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._editors: list[Editor] = []
        self._lent: dict[FormRow, QWidget] = {}
        self.facts: list[QWidget] = []
        """What was added within :meth:`adding_facts`."""
        self._adding_facts = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(12)
        self._column.addStretch(1)

    def add(
        self, caption: str, editor: QWidget, on_commit: Commit | None = None,
        *, link: Action | None = None,
    ) -> FormRow:  # fmt: skip
        """Append a field; ``on_commit(original, edited)`` runs when its value was changed."""
        row = self._row(caption, editor, on_commit, link)
        self.add_widget(row)
        return row

    def add_side_by_side(
        self, fields: Sequence[tuple[str, QWidget, Commit | None]]
    ) -> list[FormRow]:
        """Append fields that share one line."""
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        rows = [self._row(caption, editor, commit, None) for caption, editor, commit in fields]
        for row in rows:
            line.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
        self.add_widget(holder)
        return rows

    def add_title(self, text: str, hint: str = "", action: Action | None = None) -> None:
        """A bold line over the fields that follow."""
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 4, 0, 0)
        line.addWidget(label(text, "title"))
        line.addWidget(label(hint, "secondary"))
        line.addStretch(1)
        if action is not None:
            line.addWidget(link_button(action[0], on_click=action[1]))
        self.add_widget(holder)

    def add_widget(self, widget: QWidget, *, fact: bool = True) -> None:
        """Append any widget."""
        self._column.insertWidget(self._column.count() - 1, widget)
        if fact and self._adding_facts:
            self.facts.append(widget)

    @contextmanager
    def adding_facts(self) -> Iterator[None]:
        """What is added meanwhile can be made read-only together."""
        self._adding_facts = True
        yield
        self._adding_facts = False

    def lend(self, row: FormRow) -> None:
        """Give a row away for a while; a line keeps its place."""
        at = self._column.indexOf(row)
        if at >= 0:
            self._column.removeWidget(row)
            self._lent[row] = label("正在旁边的大页里写；按 Esc 收回来。", "secondary", wrap=True)
            self._column.insertWidget(at, self._lent[row])

    def take_back(self, row: FormRow) -> None:
        """Put a row where it was; one of a form that was built anew meanwhile goes."""
        keeper = self._lent.pop(row, None)
        if keeper is None:
            row.deleteLater()
            return
        at = self._column.indexOf(keeper)
        self._column.removeWidget(keeper)
        keeper.deleteLater()
        self._column.insertWidget(at, row)

    def commit(self) -> bool:
        """Commit what is being typed; False when a field cannot be read."""
        fine = True
        for editor in self._editors:
            fine = editor.autosave.commit() and fine
        return fine

    def clear(self) -> None:
        """Take all fields away, to build others."""
        self._editors, self._lent, self.facts = [], {}, []
        clear_layout(self._column, keep=1)

    def _row(
        self, caption: str, editor: QWidget, on_commit: Commit | None, link: Action | None
    ) -> FormRow:
        row = FormRow(caption, editor, link)
        autosave = getattr(editor, "autosave", None)
        if autosave is not None:
            self._editors.append(cast(Editor, editor))
            autosave.problem.connect(row.show_problem)
            autosave.escaped.connect(self.escaped)
            if on_commit is not None:
                autosave.committed.connect(on_commit)
        return row
