"""代讲人选: who could take the place instead, the best first, with reasons and price."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bulletin_study.ui.controls import Button, clear_layout, label, link_button, rule, small_button
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.soon import Soon
from bulletin_study.usecases.substituting import Offer, Offers, load_offers
from bulletin_study.usecases.talk_page import TalkLine

_AT_FIRST = 3


class StandIns(QWidget):
    """``wanted(person id)`` when somebody is to take the place."""

    wanted = Signal(int)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._line: TalkLine | None = None
        self._offers: Offers | None = None
        self._open = False
        self.buttons: list[Button] = []
        self._wait = Soon(self, self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        self.title = label("代讲人选", "title")
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(label("按合适程度排", "secondary"))
        column.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        self.unfit = label("", "secondary", wrap=True)
        self.more = link_button("", on_click=self._toggle)
        column.addWidget(self.unfit)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    @property
    def text(self) -> str:
        """Everything it offers, a candidate a line, and who cannot."""
        offers = self._offers
        if offers is None:
            return ""
        fit = [f"{one.name} {one.group} {one.why}" for one in offers.fit]
        return "\n".join([*fit, self.unfit.text()])

    def show_line(self, line: TalkLine) -> None:
        """Candidates for a place still ahead; nothing for one that was held."""
        if self._line is None or self._line.key != line.key:
            self._open = False
            self._clear()
        self._line = line
        self.setVisible(line.ahead)
        self.title.setText("代讲人选" if line.taken else "谁来讲")
        if line.ahead:
            self._wait.start()
        else:
            self._wait.stop()

    def focus_first(self) -> None:
        """Put the focus on the best candidate."""
        if self.buttons:
            self.buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _ask(self) -> None:
        if self._line is not None:
            key = self._line.key
            self._runner.read(lambda unit: load_offers(unit, *key), partial(self._show_offers, key))

    def _show_offers(self, key: tuple[int, int], offers: Offers) -> None:
        if self._line is None or self._line.key != key:
            return
        self._offers = offers
        self._fill()

    def _fill(self) -> None:
        offers = self._offers
        focused = next((n for n, b in enumerate(self.buttons) if b.hasFocus()), None)
        self._clear()
        self._offers = offers
        if offers is None:
            return
        shown = offers.fit if self._open else offers.fit[:_AT_FIRST]
        for number, one in enumerate(shown, start=1):
            self._rows.addWidget(self._row(number, one))
            self._rows.addWidget(rule())
        if not offers.fit:
            self._rows.addWidget(label("没有能讲的人。可以外请，或把这一位空着。", wrap=True))
        self._tell_unfit(offers)
        if focused is not None and self.buttons:
            self.buttons[min(focused, len(self.buttons) - 1)].setFocus()

    def _tell_unfit(self, offers: Offers) -> None:
        told = [f"{name}（{why}）" for name, why in offers.unfit]
        hidden = len(offers.fit) - _AT_FIRST
        if self._open:
            words = "不可选：" + "、".join(told) if told else ""
        elif told:
            rest = f"等 {len(told)} 人" if len(told) > 1 else ""
            words = f"不可选：{told[0]}{rest}"
        else:
            words = ""
        self.unfit.setText(words)
        self.unfit.setVisible(bool(words))
        closed = f"看另外 {hidden} 人" if hidden > 0 else "看不可选的"
        self.more.set_caption("收起" if self._open else closed)
        self.more.setVisible(hidden > 0 or len(told) > 1)

    def _row(self, number: int, one: Offer) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(8)
        row.addWidget(label(str(number), "text2"))
        words = QVBoxLayout()
        words.setSpacing(0)
        who = QHBoxLayout()
        who.setSpacing(6)
        who.addWidget(label(one.name, "bold"))
        who.addWidget(label(one.group, "secondary"))
        who.addStretch(1)
        words.addLayout(who)
        words.addWidget(label(one.why, "secondary", wrap=True))
        row.addLayout(words, 1)
        taken = self._line is not None and self._line.taken
        button = small_button(
            "换上" if taken else "安排", tip=f"由{one.name}讲：{one.why}",
            on_click=partial(self.wanted.emit, one.person_id),
        )  # fmt: skip
        button.setAccessibleName(f"由{one.name}讲")
        self.buttons.append(button)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return holder

    def _toggle(self) -> None:
        self._open = not self._open
        self._fill()

    def _clear(self) -> None:
        self._offers, self.buttons = None, []
        clear_layout(self._rows)
        self.unfit.hide()
        self.more.hide()
