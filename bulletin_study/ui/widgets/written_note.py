"""A field for what was said or written: takes files, lists of names, and room to write in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from bulletin_study.domain.evidence import PHOTO_SUFFIXES, suffix_of
from bulletin_study.ui.fields import NoteField
from bulletin_study.ui.widgets.file_drop import local_files
from bulletin_study.ui.widgets.person_match import PersonOption, find_people

_UNLIMITED = 16_777_215
_COLONS = (":", "：")


class WrittenNote(NoteField):
    """``files_given`` when files are dropped or pasted; ``wide_wanted`` and ``folded`` at
    Ctrl+Shift+Enter; Esc folds, too.

    Wide, it takes all the room there is, and Esc saves and folds: what was written on a whole
    page must not vanish at one key. With ``speakers`` a line that begins with initials and a
    colon (“wz：”) becomes the person's name.
    """

    files_given = Signal(list)
    wide_wanted = Signal()
    widened = Signal(bool)
    folded = Signal()

    def __init__(self, placeholder: str = "", lines: int = 2) -> None:
        super().__init__(placeholder, lines=lines)
        self.speakers: Sequence[PersonOption] = ()
        self.more: list[tuple[str, Callable[[], object]]] = []
        """Lines for its menu, under Qt's own."""
        self._wide = False

    @property
    def offered(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """What its menu offers now: nothing while it is only to be read."""
        return () if self.isReadOnly() else self.more

    @property
    def wide(self) -> bool:
        """Whether it has a page to itself."""
        return self._wide

    def set_wide(self, wide: bool) -> None:
        """Fill the page, or grow with the text as before."""
        self._wide, self._grows = wide, not wide
        vertical = QSizePolicy.Policy.Expanding if wide else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        if wide:
            self.setMinimumHeight(0)
            self.setMaximumHeight(_UNLIMITED)
        else:
            self._grow()
            # When it has its place and width again.
            QTimer.singleShot(0, self, self._break_anew)
        self.widened.emit(wide)

    def add_paragraph(self, text: str) -> None:
        """Put text where the cursor is, on lines of its own; nothing is overwritten."""
        cursor = self.textCursor()
        cursor.clearSelection()
        before = "" if cursor.atBlockStart() else "\n"
        after = "" if cursor.atBlockEnd() else "\n"
        cursor.insertText(f"{before}{text}{after}")
        self.setTextCursor(cursor)

    def add_speaker(self, name: str) -> None:
        """Begin a line “姓名：”; a line that has only a name waiting is filled first."""
        cursor = self.textCursor()
        cursor.clearSelection()
        if not cursor.atBlockEnd():
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        before = "\n" if cursor.block().text().strip() else ""
        cursor.insertText(f"{before}{name}：")
        self.setTextCursor(cursor)
        self.setFocus()

    def take_key(self, event: QKeyEvent) -> bool:
        """Ctrl+Shift+Enter gives it a page and takes it back; Esc goes back, all saved."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        turned = enter and event.modifiers() & held == held
        if self._wide and (turned or event.key() == Qt.Key.Key_Escape):
            self.folded.emit()
        elif turned:
            self.wide_wanted.emit()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A colon after initials at the beginning of a line names the speaker."""
        if not self.isReadOnly() and event.text() in _COLONS and self._name_speaker():
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """The same with the colon of an input method."""
        if event.commitString() in _COLONS and self._name_speaker():
            event.accept()
            return
        super().inputMethodEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Files too."""
        return bool(_files(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Of files the text is wanted, not the path."""
        files = _files(source)
        if files:
            self.files_given.emit(files)
        else:
            super().insertFromMimeData(source)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's own lines and those of the form."""
        menu = self.createStandardContextMenu()
        menu.addSeparator()
        if not self._wide:
            menu.addAction("展开\tCtrl+Shift+Enter", self.wide_wanted.emit)
        for words, act in self.offered:
            menu.addAction(words, act)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def _break_anew(self) -> None:
        """Break the lines for the column: Qt keeps some as they were on the wide page."""
        if not self._wide:
            self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
            self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
            self._grow()

    def _name_speaker(self) -> bool:
        """Replace initials before the cursor by the one name they stand for."""
        cursor = self.textCursor()
        typed = cursor.block().text()[: cursor.positionInBlock()]
        words = typed.strip()
        if not words.isascii() or not words.isalpha():
            return False
        found = [p for p in self.speakers if p.initials.lower() == words.lower()]
        found = found or find_people(self.speakers, words)
        if len(found) != 1:
            return False
        cursor.movePosition(
            QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor
        )
        cursor.insertText(f"{found[0].name}：")
        self.setTextCursor(cursor)
        return True


def _files(source: QMimeData) -> list[Path]:
    """Files whose text may be wanted; photos are for whoever takes evidence."""
    return [path for path in local_files(source) if suffix_of(path.name) not in PHOTO_SUFFIXES]
