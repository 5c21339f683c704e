"""Keeps the words of a field in the store while they are typed."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from bulletin_study.domain.errors import Refusal
from bulletin_study.ui.autosave import Autosave
from bulletin_study.ui.runner import Runner
from bulletin_study.usecases.drafts import drop_draft, keep_draft

KEEP_MS = 300
"""So much typing may be lost when the program is killed: somebody's last two or three keys."""


class TextField(Protocol):
    """A line or a note."""

    autosave: Autosave
    textChanged: Any

    def value(self) -> str:
        """The text."""


class DraftKeeper(QObject):
    """Watches one field; what differs from its stored text is kept every 300 ms of typing.

    Whoever saves the field drops the draft in the same unit of work.
    """

    def __init__(self, runner: Runner, field: Any, target: str) -> None:
        super().__init__(field)
        self._runner, self._target = runner, target
        self._field: TextField = field
        self._waiting = self._under_way = self._kept = self._told = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(KEEP_MS)
        self._pause.timeout.connect(self._go_on)
        field.textChanged.connect(self._changed)
        field.autosave.committed.connect(self._saved)
        field.autosave.unchanged.connect(self._left)

    def _changed(self) -> None:
        if self._field.autosave.showing:
            self._rest()
            self._kept = False
        elif self._pause.isActive() or self._under_way:
            self._waiting = True
        else:
            self._keep()

    def _go_on(self) -> None:
        if self._waiting and not self._under_way:
            self._keep()

    def _saved(self) -> None:
        """The words are on their way as the real thing, behind whatever was kept before."""
        self._rest()

    def _left(self) -> None:
        """Nothing is to be saved: not a moment longer may old words be kept as if it were."""
        self._rest()
        if self._kept:
            self._keep()

    def _rest(self) -> None:
        self._waiting = False
        self._pause.stop()

    def _keep(self) -> None:
        self._waiting = False
        text, base, target = self._field.value(), self._field.autosave.original, self._target
        if text != base:
            self._kept = True
            self._do(lambda unit: keep_draft(unit, target, base, text))
        elif self._kept:
            self._kept = False
            self._do(lambda unit: drop_draft(unit, target))

    def _do(self, action: Any) -> None:
        self._under_way = True
        self._pause.start()
        self._runner.do(action, self._done, self._failed)

    def _done(self, _: object) -> None:
        self._told = False
        self._ended()

    def _failed(self, refusal: Refusal) -> None:
        """Told once, not at every third key; saving the field will say it again."""
        if not self._told:
            self._told = True
            self._runner.refused.emit(refusal)
        self._ended()

    def _ended(self) -> None:
        if isValid(self):
            self._under_way = False
            if self._waiting and not self._pause.isActive():
                self._keep()
