"""The files of a session or talk as rows that open, and a place to drop more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from bulletin_study.domain.evidence import PHOTO_SUFFIXES, Evidence, FileState, suffix_of
from bulletin_study.ui.cells import Cell, Column
from bulletin_study.ui.controls import label, link_button, small_button
from bulletin_study.ui.soon import Soon
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tokens import ROW_TWO
from bulletin_study.ui.widgets.file_drop import DropZone, FileDrop, local_files
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.page_scroll import bring_up
from bulletin_study.usecases.evidence_checks import STATE_WORDS
from bulletin_study.usecases.titles import size_text

_FOLDED: Final = 6
"""So many rows are shown at once; a link shows the rest."""
_SETTLE_MS: Final = 30
"""Rows just added mostly have their place by then, in every layout around them."""
_ICONS: Final[dict[str, str]] = {
    **dict.fromkeys(PHOTO_SUFFIXES, "image"),
    **dict.fromkeys((".xlsx", ".xls", ".et", ".csv", ".ods"), "table"),
    **dict.fromkeys((".mp4", ".mov", ".avi", ".mkv", ".wmv", ".mp3", ".m4a", ".wav"), "play"),
    **dict.fromkeys((".zip", ".rar", ".7z"), "zip"),
    **dict.fromkeys((".pptx", ".ppt", ".dps", ".docx", ".doc", ".wps", ".pdf", ".txt"), "doc"),
}


class EvidenceRows(ListView):
    """One row a file. Enter or a double click opens it, F2 renames it, F4 asks for another kind,
    Delete takes it off."""

    remove_pressed = Signal(object)
    kind_pressed = Signal(object, QPoint)

    def __init__(self, model: RowsModel[Evidence]) -> None:
        super().__init__(model, row_height=ROW_TWO, header=False, folds=False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("材料")
        self.setProperty("framed", True)
        self._settling = Soon(self, self._bring_up, _SETTLE_MS)
        self.current_changed.connect(lambda _: self._settling.start())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open it; its name is edited with F2."""
        row = self.rows_model.row_at(self.indexAt(event.position().toPoint()))
        if row is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the file off; pasting is for whoever holds the rows."""
        row = self.current_row()
        if event.key() == Qt.Key.Key_Delete and row is not None:
            self.remove_pressed.emit(row)
        elif event.key() == Qt.Key.Key_F4 and row is not None:
            at = self.visualRect(self.currentIndex())
            self.kind_pressed.emit(row, self.viewport().mapToGlobal(at.bottomLeft()))
        elif event.matches(QKeySequence.StandardKey.Paste):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _bring_up(self) -> None:
        """The pane around scrolls, not the list."""
        if self.current_row() is not None and self.hasFocus():
            bring_up(self.viewport(), self.visualRect(self.currentIndex()), self._settling)


class EvidenceList(QWidget):
    """Rows, the drop zone while there are none, and a bar while files are copied in."""

    wanted = Signal()
    """Files are to be chosen."""
    dropped = Signal(list)
    """Local paths that were dropped or pasted."""
    pasted = Signal(object)
    """A picture, such as a shot of the screen, that was pasted."""
    opened = Signal(object)
    removed = Signal(object)
    renamed = Signal(object, str)
    menu_wanted = Signal(object, QPoint)
    kind_wanted = Signal(object, QPoint)
    """F4: another kind is to be chosen for a file."""
    stopped = Signal()
    """The copying is to be stopped."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self._files: Sequence[Evidence] = ()
        self._states: Mapping[int, FileState] = {}
        self._unfolded = False
        self.model = RowsModel(
            [Column("file", "", self._cell, edit="text", value=lambda file: file.shown)],
            key=lambda file: file.id,
        )
        self.rows = EvidenceRows(self.model)
        self.zone = DropZone(hint)
        self.more = link_button("", on_click=self._unfold)
        self._bar = QProgressBar()
        self._copying = self._copy_strip()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.rows, self.more, self.zone, self._copying):
            column.addWidget(part)
        self._drop = FileDrop(self)
        self._drop.dropped.connect(self.dropped)
        self._connect()
        self._arrange()

    # ---- showing ----
    def show_files(self, files: Sequence[Evidence], *, takes: bool = True) -> None:
        """Show these; ``takes``: more may be added."""
        self.setAcceptDrops(takes)
        self.zone.setEnabled(takes)
        ids = [file.id for file in files]
        if not set(ids) & {file.id for file in self._files}:
            self._unfolded = False
        self._files = files
        self._states = {i: state for i, state in self._states.items() if i in ids}
        self._arrange()

    def show_states(self, states: Mapping[int, FileState]) -> None:
        """Mark the files that are no longer what they were."""
        if states != self._states:
            self._states = states
            self.rows.viewport().update()

    def show_progress(self, done: int, total: int) -> None:
        """How far the copying is, in bytes."""
        self._copying.show()
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(1000 * done / max(total, 1)))
        self._told.setText(f"正在添加 {size_text(done)}/{size_text(total)}")

    def end_progress(self) -> None:
        """Nothing is copied any more."""
        self._copying.hide()

    @property
    def copying(self) -> str:
        """What is said of the copying; empty when there is none."""
        return "" if self._copying.isHidden() else self._told.text()

    # ---- files come ----
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Files copied in the file manager, or a picture, are pasted with Ctrl+V; Insert
        chooses some."""
        if event.matches(QKeySequence.StandardKey.Paste) and self.acceptDrops():
            self._paste()
        elif event.key() == Qt.Key.Key_Insert and self.acceptDrops():
            self.wanted.emit()
        else:
            super().keyPressEvent(event)

    def edit(self, file: Evidence) -> None:
        """Edit the name of a file in place."""
        self.rows.select_key(file.id)
        self.rows.edit_current()

    # ---- inside ----
    def _paste(self) -> None:
        data = QGuiApplication.clipboard().mimeData()
        paths = local_files(data)
        image = QGuiApplication.clipboard().image() if not paths and data.hasImage() else None
        if paths:
            self.dropped.emit(paths)
        elif image is not None and not image.isNull():
            self.pasted.emit(image)

    def _connect(self) -> None:
        self.zone.pressed.connect(self.wanted)
        self.rows.opened.connect(self.opened)
        self.rows.remove_pressed.connect(self.removed)
        self.rows.menu_wanted.connect(self.menu_wanted)
        self.rows.kind_pressed.connect(self.kind_wanted)
        self.rows.acted.connect(self._acted)
        self.model.edited.connect(lambda file, _, text: self.renamed.emit(file, text))

    def _listed(self) -> Sequence[Evidence]:
        """The files that are rows, in their order."""
        return self._files

    def _arrange(self) -> None:
        listed = self._listed()
        # A single row is never hidden behind a link as high as itself.
        folded = len(listed) > _FOLDED + 1 and not self._unfolded
        shown = listed[:_FOLDED] if folded else listed
        self._fill(shown)
        self.rows.setVisible(bool(shown))
        self.zone.setVisible(not self._files)
        self.more.setVisible(folded)
        self.more.set_caption(f"再显示 {len(listed) - len(shown)} 份")

    def _fill(self, shown: Sequence[Evidence]) -> None:
        self.model.set_rows(shown)
        self.rows.setFixedHeight(ROW_TWO * max(len(shown), 1) + 2)

    def _unfold(self) -> None:
        self._unfolded = True
        self._arrange()
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rows.select_key(self._listed()[_FOLDED].id)

    def _acted(self, file: Evidence, _: str) -> None:
        self.rows.select_key(file.id)
        at = self.rows.visualRect(self.rows.currentIndex())
        self.menu_wanted.emit(file, self.rows.viewport().mapToGlobal(at.bottomRight()))

    def _cell(self, file: Evidence) -> Cell:
        state = self._states.get(file.id, FileState.FINE)
        fine = state is FileState.FINE
        facts = f"{size_text(file.size)} · {file.added:%m-%d} 添加"
        return Cell(
            file.shown,
            second=facts if fine else STATE_WORDS[state],
            second_tone="text2" if fine else "amber",
            second_shape="" if fine else "triangle",
            glyph=_ICONS.get(suffix_of(file.original), "paperclip"),
            icon="dots",
            tip="\n".join(dict.fromkeys((file.shown, file.original, facts))),
        )

    def _copy_strip(self) -> QWidget:
        strip = QWidget()
        strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(strip)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        line = QHBoxLayout()
        self._told = label("", "secondary")
        line.addWidget(self._told, 1)
        line.addWidget(small_button("取消", on_click=self.stopped.emit))
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        column.addLayout(line)
        column.addWidget(self._bar)
        strip.hide()
        return strip

