"""Finds the words that were being typed when the program was last ended, and says so."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from bulletin_study.domain.drafts import Draft
from bulletin_study.domain.errors import Refusal
from bulletin_study.ui.banner import Action
from bulletin_study.ui.context import Context
from bulletin_study.ui.main_window import MainWindow
from bulletin_study.usecases.drafts import Fate, Recovery, drop_draft, laid_aside, recover
from bulletin_study.usecases.ports import UnitOfWork, names


class DraftRecovery(QObject):
    """Saves every draft or lays it aside, one operation each, and tells it once."""

    def __init__(self, context: Context, window: MainWindow) -> None:
        super().__init__(window)
        self._context, self._runner, self._window = context, context.runner, window
        self._open = 0
        self._looked = False
        self._found: list[Recovery] = []

    def look(self) -> None:
        """Look for drafts, once: later ones are of fields that somebody is writing in."""
        if not self._looked:
            self._runner.read(lambda unit: unit.drafts(), self._recover)

    def _recover(self, drafts: Sequence[Draft]) -> None:
        self._looked = True
        fresh = [draft for draft in drafts if not laid_aside(draft)]
        self._open, self._found = len(fresh), []
        for draft in fresh:
            self._runner.do(partial(recover, draft=draft), self._recovered, self._refused)

    def _recovered(self, recovery: Recovery) -> None:
        self._found.append(recovery)
        self._count_down()

    def _refused(self, refusal: Refusal) -> None:
        self._runner.refused.emit(refusal)
        self._count_down()

    def _count_down(self) -> None:
        self._open -= 1
        words = found_words(self._found)
        if self._open or not words:
            return
        page = self._window.page(self._window.current)
        page.show_notice(words, self._action(), "green")

    def _action(self) -> Action | None:
        """Take along what has no place any more, else look at what was found."""
        homeless = [r.draft for r in self._found if r.fate is Fate.HOMELESS]
        if homeless:
            return ("复制并收起", lambda: self._put_away(homeless))
        told = [r.session_id for r in self._found if r.fate is not Fate.NEEDLESS]
        session_id = next((key for key in told if key is not None), None)
        if session_id is None:
            return None
        return ("去看", lambda: self._context.go.open_sign_in(session_id))

    def _put_away(self, drafts: Sequence[Draft]) -> None:
        self._context.copy("\n\n".join(draft.text for draft in drafts))

        def drop(unit: UnitOfWork, draft: Draft) -> object:
            return drop_draft(unit, draft.target)

        for draft in drafts:
            self._runner.do(partial(drop, draft=draft))
        self._window.say("已复制到剪贴板，可以粘贴到该放的地方")


def found_words(found: Sequence[Recovery]) -> str:
    """What was found and what became of it; "" for nothing worth telling."""
    by_fate = {fate: [r for r in found if r.fate is fate] for fate in Fate}
    parts = []
    if saved := by_fate[Fate.SAVED]:
        parts.append(f"上次没来得及存的已经找回并保存：{names([r.what for r in saved])}。")
    if offered := by_fate[Fate.OFFERED]:
        parts.append(
            f"{names([r.what for r in offered])}后来又改过，"
            "上次没来得及存的那一段在那一栏的下面，可以接上。"
        )
    if homeless := by_fate[Fate.HOMELESS]:
        parts.append(f"另有 {len(homeless)} 段话，原来那一条已经不在了，可以复制下来。")
    return "".join(parts)
