"""What the parts of the editor pane share: saving, jumping to a field, notes with a leader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget
from shiboken6 import isValid

from bulletin_study.domain.errors import Clash, Refusal
from bulletin_study.domain.sessions import ClosingItem
from bulletin_study.ui.context import Context
from bulletin_study.ui.forms import FormRow
from bulletin_study.ui.widgets.wide_sheet import WideSheet
from bulletin_study.ui.widgets.written_note import WrittenNote
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.sign_in_page import SignInPage

Action = Callable[[UnitOfWork], Any]


class Opener(Protocol):
    """A field that can be given a page to itself: its ``note``."""

    note: WrittenNote

    def open(self, *, focus: bool = True) -> None: ...


class Saver:
    """Saves one field at a time; a refusal shows under the field it concerns.

    Carries what the fields need besides: files, the clipboard, the status line, the ``sheet``
    to write on, and who can be opened on it, by the name of the draft.
    """

    def __init__(self, context: Context) -> None:
        self.runner = context.runner
        self.files, self.choose_files = context.files, context.choose_files
        self.copy = context.copy
        self.said: Callable[[str], object] = lambda words: None
        self.sheet: WideSheet | None = None
        self.openers: dict[str, Opener] = {}

    def save(
        self, action: Action, row: FormRow, *, draft: str = "",
        failed: Callable[[], object] | None = None, anyway: tuple[str, Action] | None = None,
    ) -> None:  # fmt: skip
        """Run a use case for the field of ``row``; the ``draft`` of that name goes with it.

        ``anyway`` is the verb and the use case that override a clash knowingly.
        """

        def whole(unit: UnitOfWork) -> Any:
            if draft:
                unit.drop_draft(draft)
            return action(unit)

        def refused(refusal: Refusal) -> None:
            if failed is not None:
                failed()
            over = None
            if anyway is not None and isinstance(refusal, Clash):
                verb, act = anyway
                over = (verb, lambda: self.save(act, row, draft=draft))
            if isValid(row):
                row.error(sentence_for(refusal), over)
            else:
                # What was refused came too late for its field, as a second click on 移出.
                self.runner.refused.emit(refusal)

        self.runner.do(whole, failed=refused)


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
