"""The toolbar's choice of the kind whose sessions are shown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu

from bulletin_study.domain.sessions import REVIEW, TALK, SessionKind
from bulletin_study.ui.controls import Button
from bulletin_study.usecases.study_page import ALL_KINDS

EVERYTHING = "全部活动"
_ELSEWHERE = (TALK, REVIEW)


class KindButton(Button):
    """``chosen(kind id)``, 0 for everything; ``new_wanted``; ``settings_wanted(kind id)``."""

    chosen = Signal(int)
    new_wanted = Signal()
    settings_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__("每周一学", "quiet")
        self.setProperty("menu", True)
        self.set_tip("看哪一类活动")
        self.menu_ = QMenu(self)
        self.clicked.connect(self.open_menu)

    def offer(self, kinds: Sequence[SessionKind], current: SessionKind | None) -> None:
        """Offer these kinds; those with a tab of their own are left out."""
        self.set_caption(current.name if current is not None else EVERYTHING)
        self.menu_.clear()
        shown = [k for k in kinds if k.name not in _ELSEWHERE and (not k.retired or k == current)]
        for family, found in groupby(shown, key=lambda kind: kind.family or "自设活动"):
            self.menu_.addAction(family).setEnabled(False)
            for kind in found:
                self._add(kind.name, kind.id, current is not None and kind.id == current.id)
        self.menu_.addSeparator()
        self._add(EVERYTHING, ALL_KINDS, current is None)
        self.menu_.addSeparator()
        self.menu_.addAction("新增活动类型…", self.new_wanted.emit)
        settings = self.menu_.addMenu("设置活动类型")
        for kind in kinds:
            words = f"{kind.name}（已停用）" if kind.retired else kind.name
            settings.addAction(words, lambda key=kind.id: self.settings_wanted.emit(key))

    def open_menu(self) -> None:
        """Open the list below the button."""
        self.menu_.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _add(self, words: str, key: int, checked: bool) -> None:
        action = self.menu_.addAction(words, lambda: self.chosen.emit(key))
        action.setCheckable(True)
        action.setChecked(checked)
