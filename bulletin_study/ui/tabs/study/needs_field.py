"""How many files of each kind a session must have on record before it is archived."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from bulletin_study.domain.evidence import EvidenceKind, EvidenceNeed
from bulletin_study.ui.autosave import Autosave
from bulletin_study.ui.controls import label
from bulletin_study.ui.fields import ChoiceField

_USUAL = 5
"""So many are offered; a larger number that is stored is offered too."""
_WIDE = 104
"""Pixels: 不要求 in full, in the narrowest pane too."""


class NeedsField(QWidget):
    """A choice of a number for each kind of file; its value is a tuple of ``EvidenceNeed``."""

    def __init__(self) -> None:
        super().__init__()
        self._choices: dict[EvidenceKind, ChoiceField] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for at, kind in enumerate(EvidenceKind):
            choice = ChoiceField(_options(kind, 0), small=True)
            choice.setFixedWidth(_WIDE)
            choice.setAccessibleName(f"{kind}要几{kind.counted(1)[-1]}")
            choice.set_value(0)
            choice.autosave.committed.connect(self._commit)
            choice.installEventFilter(self)
            self._choices[kind] = choice
            words = label(str(kind), "text2")
            words.setBuddy(choice)
            grid.addWidget(words, at, 0)
            grid.addWidget(choice, at, 1)
        grid.setColumnStretch(2, 1)
        self.autosave = Autosave(self, self.value, self._write, enter_commits=False)
        self.setFocusProxy(self.choice(EvidenceKind.NOTICE))

    def choice(self, kind: EvidenceKind) -> ChoiceField:
        """The choice of one kind."""
        return self._choices[kind]

    def value(self) -> tuple[EvidenceNeed, ...]:
        """What is required, in the order of the kinds."""
        return tuple(
            EvidenceNeed(kind, choice.value())
            for kind, choice in self._choices.items()
            if choice.value()
        )

    def set_value(self, value: Sequence[EvidenceNeed]) -> None:
        """Show what is stored."""
        self.autosave.set_value(tuple(value))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in one of the choices leaves the field, as in every other."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.KeyPress:
            if not (isinstance(watched, ChoiceField) and watched.autosave.revert()):
                self.autosave.escaped.emit()
            return True
        return super().eventFilter(watched, event)

    def _write(self, value: Sequence[EvidenceNeed] | None) -> None:
        counts = {need.kind: need.count for need in value or ()}
        for kind, choice in self._choices.items():
            choice.set_options(_options(kind, counts.get(kind, 0)))
            choice.set_value(counts.get(kind, 0))

    def _commit(self, *_: object) -> None:
        self.autosave.commit()


def _options(kind: EvidenceKind, stored: int) -> list[tuple[str, int]]:
    numbers = sorted({*range(1, _USUAL + 1), *([stored] if stored else [])})
    return [("不要求", 0), *((kind.counted(number), number) for number in numbers)]
