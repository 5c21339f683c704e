"""The pane at the right: one place, or a session to be made."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import Button, link_button, small_button
from bulletin_study.ui.inspector import Inspector
from bulletin_study.ui.tabs.talk.new_form import NewForm
from bulletin_study.ui.tabs.talk.place_form import PlaceForm
from bulletin_study.ui.tabs.talk.rows import state_chip
from bulletin_study.usecases.talk_page import TalkLine, TalkPage

_NOTHING = "在左边选一位，就能看和改。"


class TalkInspector(Inspector):
    """``made(session id)`` after a new session; ``given_up`` when none was made after all;
    ``record_wanted(line)`` for the paper of a talk."""

    made = Signal(int)
    record_wanted = Signal(object)
    given_up = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._go = context.go
        self.making = False
        self.place = PlaceForm(context)
        self.new = NewForm(context)
        self.new.made.connect(self._new_made)
        for form in (self.place, self.new):
            layout = form.layout()
            if layout is not None:
                layout.setContentsMargins(0, 0, 0, 0)
            form.escaped.connect(self.left)
            self.form.add_widget(form)
        self.pin = small_button("固定", "pin", on_click=self.place.toggle_pin)
        self.wipe = small_button("清空", tip="先不定谁来讲", on_click=self.place.clear_speaker)
        self.sign_in = small_button("签到", "list-checks", on_click=self._open_sign_in)
        self.paper = small_button("记录…", "doc", tip="把讲课记录写成 Word 或 PDF",
                                  on_click=self._want_record)  # fmt: skip
        self.make = small_button("新建这一场", "plus", on_click=self.new.store)
        self._feet = QStackedWidget()
        self._feet.addWidget(_foot(self.pin, self.wipe, self.sign_in, self.paper))
        self._feet.addWidget(_foot(self.make, link_button("先不建", on_click=self.give_up)))
        self.set_footer([self._feet])
        self.show_empty(_NOTHING)

    def show_line(self, line: TalkLine | None, page: TalkPage) -> None:
        """Show a place, unless a new session is being made."""
        if self.making:
            return
        if line is None:
            self.show_empty(_NOTHING)
            return
        self.new.hide()
        self.place.show()
        chip = state_chip(line, page.today)
        nobody = "没有开展" if line.cancelled else "还没人讲"
        self.set_header(line.row.speaker or nobody, line.row.group, chip)
        self.place.show_line(line, page)
        self._show_acts(line)
        self._feet.setCurrentIndex(0)
        self.show_form()

    def begin_new(self, kind_id: int) -> None:
        """The form of a new session."""
        self.making = True
        self.place.hide()
        self.new.show()
        self.set_header("新建场次", "每周一讲")
        self._feet.setCurrentIndex(1)
        self.show_form()
        self.new.begin(kind_id)
        self.new.day.setFocus()

    def give_up(self) -> None:
        """Back to the place selected."""
        if self.making:
            self.making = False
            self.given_up.emit()

    def _new_made(self, session_id: int) -> None:
        self.making = False
        self.made.emit(session_id)

    def _show_acts(self, line: TalkLine) -> None:
        open_one = line.ahead and line.taken
        pinned = line.row.pinned
        self.pin.setVisible(open_one)
        self.pin.set_caption("不固定" if pinned else "固定")
        self.pin.set_icon("pin-off" if pinned else "pin")
        self.pin.set_tip("可由自动安排另排（P）" if pinned else "自动安排不动这一位（P）")
        self.wipe.setVisible(open_one)
        self.sign_in.setVisible(not line.cancelled)
        self.paper.setVisible(line.taken)

    def _want_record(self) -> None:
        if self.place.line is not None:
            self.record_wanted.emit(self.place.line)

    def _open_sign_in(self) -> None:
        line = self.place.line
        if line is not None:
            talk = line.row.talk
            self._go.open_sign_in(line.row.session.id, None, talk.id if talk else None)


def _foot(*buttons: Button) -> QWidget:
    foot = QWidget()
    row = QHBoxLayout(foot)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return foot
