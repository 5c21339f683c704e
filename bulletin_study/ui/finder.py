"""From words that were looked for to the place where they stand, and back to the list (F3)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from bulletin_study.domain.sessions import StudyPlanItem, Talk
from bulletin_study.ui.context import Context
from bulletin_study.ui.main_window import MainWindow
from bulletin_study.usecases.find_text import FoundText, TextKind

if TYPE_CHECKING:
    from bulletin_study.ui.find_dialog import FindDialog

KEY = "F3"


class Finder(QObject):
    """The list of hits, made when it is first asked for."""

    def __init__(self, context: Context, window: MainWindow) -> None:
        super().__init__(window)
        self._go, self._runner, self._window = context.go, context.runner, window
        QShortcut(QKeySequence(KEY), window).activated.connect(self.come_back)

    @cached_property
    def dialog(self) -> FindDialog:
        """The list."""
        from bulletin_study.ui.find_dialog import FindDialog

        made = FindDialog(self._runner, self._window)
        made.opened.connect(self._chosen)
        return made

    def look_for(self, words: str) -> None:
        """List everything that holds these words."""
        self.dialog.look_for(words)

    def come_back(self) -> None:
        """The list as it was left; the first time an empty one to type into."""
        self.dialog.come_back()

    def go_to(self, found: FoundText, words: str) -> None:
        """Open the place of a hit: its very field, with the words selected."""
        hit = found.hit
        if hit.place.entity is StudyPlanItem and hit.session_id is None:
            self._go.plan_item.emit(hit.key, hit.day)
        elif hit.session_id is None or found.kind is not TextKind.THEME:
            self._go.written.emit(found, words)
        elif hit.place.entity is Talk:
            self._go.talk.emit(hit.session_id, found.place)
        else:
            self._go.session.emit(hit.session_id)

    def _chosen(self, found: FoundText, words: str, number: int) -> None:
        self._window.activateWindow()
        self.go_to(found, words)
        self._window.say(f"查找“{words}”：第 {number} 处", link=(f"回到结果 {KEY}", self.come_back))
