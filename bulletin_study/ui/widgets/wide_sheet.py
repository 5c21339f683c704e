"""A page over the list where one field of the column beside it has room to be written in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bulletin_study.ui.controls import clear_layout, label, small_button, surface
from bulletin_study.ui.forms import FormColumn, FormRow
from bulletin_study.ui.soon import Soon
from bulletin_study.ui.theme import theme
from bulletin_study.ui.widgets.written_note import WrittenNote

_WIDEST = 760
"""Lines longer than this are hard to read; the rest of a wide window stays empty."""


class WideSheet(QWidget):
    """Borrows a whole row of a form, so that its words, state and cursor are the same ones.

    It covers ``under``; Esc, the button or ``put_back`` give the row back.
    """

    def __init__(self, page: QWidget, under: QWidget) -> None:
        super().__init__(page)
        self._page = page
        # Opaque, or all that is covered would be painted anew at every key.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme().changed.connect(self.update)
        self._under = under
        self._form: FormColumn | None = None
        self._row: FormRow | None = None
        self._note: WrittenNote | None = None
        self._key = ""
        self._title = label("", "title")
        self._count = label("", "secondary")
        self.fold = small_button("收起（Esc）", tip="回到右边的栏里；写的都已存下",
                                 on_click=self.put_back)  # fmt: skip
        self._place = QVBoxLayout()
        self._acts = QHBoxLayout()
        self._recount = Soon(self, self._show_count)
        self._build()
        under.installEventFilter(self)
        self.hide()

    @property
    def held(self) -> str:
        """The key of the field that is here; "" when none is."""
        return self._key if self._note is not None else ""

    @property
    def focused(self) -> bool:
        """Whether somebody is at work here."""
        focus = self.window().focusWidget()
        return self.isVisible() and focus is not None and self.isAncestorOf(focus)

    def set_under(self, under: QWidget) -> None:
        """Cover another widget from now on."""
        if under is not self._under:
            self.put_back()
            self._under.removeEventFilter(self)
            self._under = under
            under.installEventFilter(self)

    def hold(
        self, form: FormColumn, row: FormRow, note: WrittenNote, named: tuple[str, str], *,
        focus: bool = True,
    ) -> None:  # fmt: skip
        """Take a row out of its form and give it the page; ``named`` is (key, title)."""
        if note is self._note:
            return
        self.put_back()
        self._form, self._row, self._note = form, row, note
        self._key, title = named
        self._title.setText(title)
        self._offer(note)
        form.lend(row)
        self._place.addWidget(row)
        row.show()
        note.set_wide(True)
        note.folded.connect(self.put_back)
        note.textChanged.connect(self._recount.start)
        self._show_count()
        self._cover()
        self.show()
        self.raise_()
        if focus:
            note.setFocus(Qt.FocusReason.OtherFocusReason)
        note.ensureCursorVisible()

    def put_back(self) -> None:
        """Save, and give the row back to its form."""
        form, row, note = self._form, self._row, self._note
        if form is None or row is None or note is None:
            return
        self._form = self._row = self._note = None
        note.autosave.commit()
        note.folded.disconnect(self.put_back)
        note.textChanged.disconnect(self._recount.start)
        focused = self.focused
        self.hide()
        self._place.removeWidget(row)
        form.take_back(row)
        note.set_wide(False)
        if focused:
            note.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The colour of the page."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme().color("bg"))
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay over what is covered."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self._cover()
        return False

    def _cover(self) -> None:
        corner = self._under.mapTo(self._page, QPoint(0, 0))
        self.setGeometry(QRect(corner, self._under.size()))

    def _offer(self, note: WrittenNote) -> None:
        """The acts of the field's menu as buttons: here there is room."""
        clear_layout(self._acts)
        for words, act in note.offered:
            self._acts.addWidget(small_button(words, on_click=act))

    def _show_count(self) -> None:
        if self._note is not None:
            self._count.setText(f"{len(self._note.value()):,} 字")

    def _build(self) -> None:
        head = surface("header")
        head.setFixedHeight(44)
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 0, 8, 0)
        line.setSpacing(8)
        line.addWidget(self._title)
        line.addStretch(1)
        line.addWidget(self._count)
        line.addLayout(self._acts)
        line.addWidget(self.fold)
        middle = surface("plain")
        middle.setMaximumWidth(_WIDEST + 32)
        self._place = QVBoxLayout(middle)
        self._place.setContentsMargins(16, 12, 16, 16)
        sides = QHBoxLayout()
        sides.setContentsMargins(0, 0, 0, 0)
        sides.addStretch(1)
        sides.addWidget(middle, 1000)
        sides.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(sides, 1)
