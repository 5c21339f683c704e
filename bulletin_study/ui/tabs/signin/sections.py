"""What the parts of the editor pane share: saving, jumping to a field, notes with a leader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from bulletin_study.domain.errors import Refusal
from bulletin_study.domain.sessions import ClosingItem
from bulletin_study.ui.fields import ChoiceField, NoteField
from bulletin_study.ui.forms import FormColumn, FormRow
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.widgets.chip import Chip
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.reflections import save_comment
from bulletin_study.usecases.sign_in_page import SignInPage


class Saver:
    """Saves one field at a time; a refusal shows under the field it concerns."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    def save(self, action: Callable[[UnitOfWork], Any], row: FormRow) -> None:
        """Run a use case for the field of ``row``."""

        def refused(refusal: Refusal) -> None:
            row.error(sentence_for(refusal))

        self._runner.do(action, failed=refused)


class Section(Protocol):
    """A part of the editor pane, built once per session and filled at each reload."""

    def fill(self, page: SignInPage) -> None:
        """Show what is stored; what is being typed stays."""

    def field_for(self, item: ClosingItem) -> QWidget | None:
        """The field that a missing checklist line waits for, if it is here."""


def put_in_head(
    row: FormRow, *, after: Sequence[QWidget] = (), end: Sequence[QWidget] = ()
) -> None:
    """Put small widgets on the line of a field's caption: right after it, or at its end."""
    column = row.layout()
    item = column.itemAt(0) if column is not None else None
    head = item.layout() if item is not None else None
    if isinstance(head, QHBoxLayout):
        for label in (head.itemAt(0).widget(), *after):
            if isinstance(label, QLabel):
                # A long name gives way before the pane grows sideways.
                label.setMinimumWidth(1)
                label.setToolTip(label.text())
        for at, widget in enumerate(after, start=1):
            head.insertWidget(at, widget)
        for widget in end:
            head.addWidget(widget)


class CommentFields:
    """Who comments and what: on a talk, or on the report of a group."""

    def __init__(
        self,
        form: FormColumn,
        saver: Saver,
        page: SignInPage,
        *,
        talk_id: int | None = None,
        group_id: int | None = None,
        caption: str = "领导点评",
        lines: int = 3,
    ) -> None:
        self._saver, self._page = saver, page
        self._talk_id, self._group_id = talk_id, group_id
        self.leader = ChoiceField([(p.name, p.id) for p in page.leaders], small=True)
        self.leader.setPlaceholderText("谁点评")
        self.leader.setMinimumWidth(96)
        self.leader.setAccessibleName(f"{caption}：谁点评")
        self.leader.autosave.committed.connect(self._leader_chosen)
        self._chip = Chip()
        self.text = NoteField("现场说了什么，记要点即可", lines=lines)
        self.row = form.add(caption, self.text, self._text_edited)
        put_in_head(self.row, after=[self.leader], end=[self._chip])
        if not page.leaders:
            self.row.note("名单里还没有“部领导”，所以选不出谁点评；到“人员”把领导的身份改好。")

    @property
    def missing(self) -> bool:
        """Whether nothing was written yet."""
        return not self.text.value()

    def fill(self, page: SignInPage) -> None:
        """Show the comment."""
        self._page = page
        comment = page.comment_on(talk_id=self._talk_id, group_id=self._group_id)
        words = comment.text if comment else ""
        self.text.set_value(words)
        stored = comment.leader_id if comment else None
        self.leader.set_value(stored if stored is not None else self._usual())
        self._chip.setVisible(bool(words))
        self._chip.set(f"已录 {len(words)} 字", "green", "check")

    def _usual(self) -> int | None:
        """A group's report is commented by its 分管领导; a talk by whom one says."""
        group = self._page.roster.groups.get(self._group_id or 0)
        return group.leader_id if group else None

    def _text_edited(self, original: str, edited: str) -> None:
        self._save(edited, self.leader.value())

    def _leader_chosen(self, original: int | None, edited: int | None) -> None:
        self._save(self.text.value(), edited)

    def _save(self, text: str, leader_id: int | None) -> None:
        session_id = self._page.session.id
        self._saver.save(
            lambda unit: save_comment(
                unit, session_id, text, leader_id=leader_id,
                talk_id=self._talk_id, group_id=self._group_id,
            ),
            self.row,
        )  # fmt: skip
