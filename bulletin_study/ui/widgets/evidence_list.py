"""The files of a session or talk as rows that open, and a place to drop more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from bulletin_study.domain.evidence import Evidence, FileState, suffix_of
from bulletin_study.ui.cells import Cell, Column
from bulletin_study.ui.controls import label, link_button, small_button
from bulletin_study.ui.soon import Soon
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.theme import theme
from bulletin_study.ui.tokens import ROW_TWO
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.usecases.evidence_checks import STATE_WORDS
from bulletin_study.usecases.titles import size_text

_FOLDED: Final = 6
"""So many rows are shown at once; a link shows the rest."""
_SETTLE_MS: Final = 30
"""Rows just added mostly have their place by then, in every layout around them."""
_ICONS: Final[dict[str, str]] = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp", ".heic", ".tif"), "image"),
    **dict.fromkeys((".xlsx", ".xls", ".et", ".csv", ".ods"), "table"),
    **dict.fromkeys((".mp4", ".mov", ".avi", ".mkv", ".wmv", ".mp3", ".m4a", ".wav"), "play"),
    **dict.fromkeys((".zip", ".rar", ".7z"), "zip"),
    **dict.fromkeys((".pptx", ".ppt", ".dps", ".docx", ".doc", ".wps", ".pdf", ".txt"), "doc"),
}


class EvidenceRows(ListView):
    """One row a file. Enter or a double click opens it, F2 renames it, Delete takes it off."""

    remove_pressed = Signal(object)

    def __init__(self, model: RowsModel[Evidence]) -> None:
        super().__init__(model, row_height=ROW_TWO, header=False)
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
        elif event.matches(QKeySequence.StandardKey.Paste):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _bring_up(self) -> None:
        """The pane around scrolls, not the list."""
        pane = self.parentWidget()
        while pane is not None and not isinstance(pane, QScrollArea):
            pane = pane.parentWidget()
        if self.current_row() is None or pane is None or not self.hasFocus():
            return
        inside = self.visualRect(self.currentIndex()).center()
        point = self.viewport().mapTo(pane.widget(), inside)
        if point.y() > pane.widget().height() and self.isVisible():
            self._settling.start()
        pane.ensureVisible(point.x(), point.y(), 0, ROW_TWO)


class DropZone(QLabel):
    """Says what may be dropped while there is nothing; Enter, Space or a click chooses files."""

    pressed = Signal()

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setProperty("role", "secondary")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setMinimumHeight(56)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words)
        theme().changed.connect(self.update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click."""
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed border, a ring while it has the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = self.hasFocus()
        pen = QPen(theme().color("focus" if ring else "line2"), 2 if ring else 1)
        if not ring:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()
        super().paintEvent(event)


class Halo(QWidget):
    """Shows, over everything, that what hovers here may fall here."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A thick frame."""
        painter = QPainter(self)
        painter.setPen(QPen(theme().color("focus"), 2))
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()


class EvidenceList(QWidget):
    """Rows, the drop zone while there are none, and a bar while files are copied in."""

    wanted = Signal()
    """Files are to be chosen."""
    dropped = Signal(list)
    """Local paths that were dropped or pasted."""
    opened = Signal(object)
    removed = Signal(object)
    renamed = Signal(object, str)
    menu_wanted = Signal(object, QPoint)
    stopped = Signal()
    """The copying is to be stopped."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self._files: Sequence[Evidence] = ()
        self._states: Mapping[int, FileState] = {}
        self._unfolded = False
        self.setAcceptDrops(True)
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
        self._halo = Halo(self)
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
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take local files."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()
            self._halo.show()
            self._halo.raise_()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self._halo.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand them on."""
        self._halo.hide()
        paths = local_files(event.mimeData())
        if paths:
            # What lies elsewhere stays there, whatever key was held.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(paths)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Files copied in the file manager are pasted with Ctrl+V; Insert chooses some."""
        if event.matches(QKeySequence.StandardKey.Paste) and self.acceptDrops():
            paths = local_files(QGuiApplication.clipboard().mimeData())
            if paths:
                self.dropped.emit(paths)
        elif event.key() == Qt.Key.Key_Insert and self.acceptDrops():
            self.wanted.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The frame goes round everything."""
        super().resizeEvent(event)
        self._halo.setGeometry(self.rect())

    # ---- inside ----
    def _connect(self) -> None:
        self.zone.pressed.connect(self.wanted)
        self.rows.opened.connect(self.opened)
        self.rows.remove_pressed.connect(self.removed)
        self.rows.menu_wanted.connect(self.menu_wanted)
        self.rows.acted.connect(self._acted)
        self.model.edited.connect(lambda file, _, text: self.renamed.emit(file, text))

    def _arrange(self) -> None:
        shown = self._files if self._unfolded else self._files[: self._fold()]
        self.model.set_rows(shown)
        self.rows.setVisible(bool(shown))
        self.rows.setFixedHeight(ROW_TWO * max(len(shown), 1) + 2)
        self.zone.setVisible(not shown)
        rest = len(self._files) - len(shown)
        self.more.setVisible(bool(rest))
        self.more.set_caption(f"再显示 {rest} 份")

    def _fold(self) -> int:
        """A single row is never hidden behind a link as high as itself."""
        return _FOLDED if len(self._files) > _FOLDED + 1 else _FOLDED + 1

    def _unfold(self) -> None:
        self._unfolded = True
        self._arrange()
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rows.select_key(self._files[_FOLDED].id)

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


def local_files(data: QMimeData | None) -> list[Path]:
    """The local files among what is dragged or was copied."""
    urls = data.urls() if data is not None else []
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
