"""Paper to ink: the pages as they will come out, then the printer's own dialog."""

from __future__ import annotations

from PySide6.QtPrintSupport import QPrinter, QPrinterInfo, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

from bulletin_study.ui.printing import page_layout, paint
from bulletin_study.usecases.papers import Paper


def has_printer() -> bool:
    """Whether this machine has a printer at all."""
    return bool(QPrinterInfo.availablePrinterNames())


class PrintPreview(QPrintPreviewDialog):
    """A paper over a window; printing is its own button's business."""

    def __init__(self, paper: Paper, parent: QWidget) -> None:
        # Qt does not own the printer: it must live as long as the dialog.
        self.paper, self.device = paper, QPrinter(QPrinter.PrinterMode.HighResolution)
        self.device.setFullPage(True)
        self.device.setPageLayout(page_layout(paper))
        self.device.setDocName(paper.title)
        super().__init__(self.device, parent)
        self.setWindowTitle(f"打印{paper.title}")
        self.paintRequested.connect(self._paint)

    def _paint(self, device: QPrinter) -> None:
        paint(self.paper, device)
