"""A card that was moved: to a free place, or with whom it changes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from bulletin_study.domain.errors import Refusal, RuleBroken
from bulletin_study.ui.banner import Action
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.moving import move_talk
from bulletin_study.usecases.talk_page import Spot, TalkLine, TalkPage


class Moves(QObject):
    """``done(place)`` where the talk is now; ``refused(sentence, act or None)``, the act being
    to have it all the same."""

    done = Signal(object)
    refused = Signal(str, object)

    def __init__(self, runner: Runner, page: QWidget) -> None:
        super().__init__(page)
        self._runner = runner
        self._over = page

    def move(self, line: TalkLine, session_id: int, other: TalkLine | None, page: TalkPage) -> None:
        """To another's place, the session's free place or its only one; else ask with whom."""
        there = [one for one in page.lines if one.row.session.id == session_id]
        free = other or next((one for one in there if not one.taken), None)
        if free is not None or len(there) == 1:
            self.move_to(line, free or there[0])
            return
        menu = QMenu(self._over)
        menu.addSection("那一场已经排满，与谁对调？")
        for one in there:
            menu.addAction(one.row.speaker, partial(self.move_to, line, one))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(QCursor.pos())

    def move_to(self, line: TalkLine, target: TalkLine, override: bool = False) -> None:
        """Save it."""
        talk = line.row.talk
        if talk is None:
            return
        key: Spot = target.key

        def refused(refusal: Refusal) -> None:
            again: Action = ("仍要安排", partial(self.move_to, line, target, True))
            may = isinstance(refusal, RuleBroken)
            self.refused.emit(sentence_for(refusal), again if may else None)

        self._runner.do(
            lambda unit: move_talk(unit, talk.id, *key, override=override),
            lambda _: self.done.emit(key),
            refused,
        )
