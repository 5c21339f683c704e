"""The bar that tells of an error above the pane it concerns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from bulletin_study.ui.controls import icon_button, label, restyle, small_button
from bulletin_study.ui.shapes import CHECK, DIAMOND, DOT, TRIANGLE, paint_shape
from bulletin_study.ui.theme import theme
from bulletin_study.ui.tokens import MARGIN

Action = tuple[str, Callable[[], object]]
_SHAPE_OF: Final[dict[str, str]] = {"red": DIAMOND, "amber": TRIANGLE, "green": CHECK, "blue": DOT}


class ShapeMark(QWidget):
    """One status shape as a widget, in the colour of a tone or role."""

    def __init__(self, shape: str, role: str) -> None:
        super().__init__()
        self._shape, self._role = shape, role
        self.setFixedSize(QSize(16, 16))
        theme().changed.connect(self.update)

    def set_shape(self, shape: str, role: str) -> None:
        """Change shape and colour."""
        self._shape, self._role = shape, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shape."""
        painter = QPainter(self)
        if self._shape:
            paint_shape(painter, QRectF(self.rect()), self._shape, theme().color(self._role))
        painter.end()


class Banner(QFrame):
    """Sentence, at most one action, and a button to put it away. Hidden while empty."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 6, 8, 6)
        row.setSpacing(8)
        self._mark = ShapeMark(DIAMOND, "red")
        self._words = label("", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._act = small_button("", on_click=self._run)
        self._action: Action | None = None
        self._outcome = False
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        row.addWidget(self._act)
        row.addWidget(icon_button("close", "收起", small=True, flat=True, on_click=self.clear))
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says; empty while hidden."""
        return "" if self.isHidden() else self._words.text()

    def show_sentence(
        self, sentence: str, action: Action | None = None, tone: str = "red", *,
        outcome: bool = False,
    ) -> None:  # fmt: skip
        """Show a sentence with its shape; ``tone`` is red (◆), amber (△), green (✓)
        or blue (●) for what is only said.

        ``outcome``: it tells how something ended, and stays until it is put away or gives way
        to another sentence, also when the page is read again.
        """
        self._outcome = outcome
        self._mark.set_shape(_SHAPE_OF[tone], tone)
        self._words.setText(sentence)
        restyle(self._words, tone=tone if tone == "red" else "")
        self._action = action
        self._act.setVisible(action is not None)
        if action is not None:
            self._act.set_caption(action[0])
        self.show()

    def clear(self) -> None:
        """Put it away."""
        self._action = None
        self.hide()

    def clear_passing(self) -> None:
        """Put it away, unless it tells how something ended."""
        if not self._outcome:
            self.clear()

    def _run(self) -> None:
        action = self._action
        self.clear()
        if action is not None:
            action[1]()
