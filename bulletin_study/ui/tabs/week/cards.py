"""One card of the week: a session, or a kind that has none."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from bulletin_study.domain.closing import Want
from bulletin_study.domain.people import Roster
from bulletin_study.domain.sessions import StudySession
from bulletin_study.ui.controls import label, quiet_button
from bulletin_study.ui.tabs.week import words
from bulletin_study.ui.theme import theme
from bulletin_study.ui.widgets.card import Card
from bulletin_study.ui.widgets.checklist import Checklist
from bulletin_study.ui.widgets.chip import paint_badge
from bulletin_study.usecases.week import WeekCard, name_of

LEAST_HEIGHT = 264
_ELIDE = Qt.TextElideMode.ElideRight


class SessionCard(Card):
    """A session with its checklist; ``acted`` asks for the editor of one item."""

    acted = Signal(object, object)
    """(:class:`StudySession`, :class:`Want`)"""

    def __init__(self, card: WeekCard, roster: Roster, today: date) -> None:
        title = "、".join(kind.name for kind in card.closing.kinds)
        super().__init__(title, words.when(card.session, today))
        self._session: StudySession = card.session
        self.setMinimumHeight(LEAST_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        chip = words.state_chip(card, today)
        self.set_title(title, words.when(card.session, today), chip)
        self.set_current(card.session.day == today)
        first, *rest = words.card_lines(card) or [""]
        heading = label(first, wrap=True)
        heading.setFont(theme().font(14))
        self.body.addWidget(heading)
        for line in rest:
            self.body.addWidget(label(line, "text2", wrap=True))
        for talk in card.talks:
            name = name_of(roster, talk.speaker_id, talk.guest)
            badge = words.SHORT_CATEGORY.get(str(talk.category or ""), "")
            self.body.addWidget(TalkLine(badge, name or "主讲人还没定", talk.title or "待报题目"))
        self.body.addStretch(1)
        self._checks = Checklist(ruled=True)
        self._checks.set_items(words.checks(card))
        self._checks.acted.connect(self._act)
        self.set_foot(self._checks)

    def _act(self, key: str) -> None:
        self.acted.emit(self._session, Want.of(key))


class EmptyCard(Card):
    """A kind with nothing this week."""

    wanted = Signal()

    def __init__(self, kind: str, page: str) -> None:
        super().__init__(kind)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.page = page
        self.body.addStretch(1)
        words_label = label(f"这一周没有{kind}。", "text2")
        words_label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body.addWidget(words_label)
        self.body.addSpacing(8)
        button = quiet_button("去安排", on_click=self.wanted.emit)
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addStretch(2)


class TalkLine(QWidget):
    """Category badge, speaker and title of one talk, on one line."""

    def __init__(self, badge: str, name: str, title: str) -> None:
        super().__init__()
        self._badge = badge
        column = QVBoxLayout(self)
        column.setContentsMargins(22 if badge else 0, 0, 0, 0)
        self._words = f"{name}  {title}"
        self.text = label(self._words, "text2")
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.text.setToolTip(f"{name}：{title}")
        column.addWidget(self.text)
        self.setFixedHeight(20)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words that are cut end in a mark."""
        super().resizeEvent(event)
        room = self.width() - (22 if self._badge else 0)
        self.text.setText(self.text.fontMetrics().elidedText(self._words, _ELIDE, room))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The badge."""
        super().paintEvent(event)
        if self._badge:
            tone = {"业": "blue", "政": "neutral", "经": "green"}[self._badge]
            painter = QPainter(self)
            paint_badge(painter, 0, self.height() / 2, self._badge, theme().tone(tone)[0])
