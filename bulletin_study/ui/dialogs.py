"""File dialogs, clipboard and file manager, behind plain functions so that tests replace them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

_PAPERS = "Word 文档 (*.docx);;PDF 文件 (*.pdf)"
PAPER_FILES = _PAPERS
"""What a paper is written as."""
REPORT_FILES = f"Excel 表格 (*.xlsx);;{_PAPERS};;CSV 表格 (*.csv)"
"""What a report is written as."""
SHEET_FILES = f"{_PAPERS};;Excel 表格 (*.xlsx);;CSV 表格 (*.csv)"
"""What a paper is written as that is a table too."""
PACKAGE_FILES = "压缩包 (*.zip)"
TABLE_FILES = "表格 (*.xlsx *.xls *.et *.ods *.csv *.txt);;所有文件 (*)"


def choose_open(title: str, kinds: str) -> Path | None:
    """Ask for a file to read."""
    name, _ = QFileDialog.getOpenFileName(QApplication.activeWindow(), title, "", kinds)
    return Path(name) if name else None


def choose_files(title: str, kinds: str) -> list[Path]:
    """Ask for files, several at once."""
    names, _ = QFileDialog.getOpenFileNames(QApplication.activeWindow(), title, "", kinds)
    return [Path(name) for name in names]


def choose_save(title: str, suggested: str, kinds: str) -> Path | None:
    """Ask where to write; the dialog itself asks before an existing file is replaced."""
    name, chosen = QFileDialog.getSaveFileName(
        QApplication.activeWindow(), title, suggested, kinds
    )
    if not name:
        return None
    path = Path(name)
    if not path.suffix and "*." in chosen:
        path = path.with_suffix("." + chosen.split("*.")[1].split(")")[0].split()[0])
    return path


def copy_text(text: str) -> None:
    """Put text on the clipboard."""
    QGuiApplication.clipboard().setText(text)


def copied_text() -> str:
    """The text on the clipboard; empty when something else is there."""
    return QGuiApplication.clipboard().text()


def open_path(path: Path) -> None:
    """Show a folder in the file manager; open a file with the desktop's own program."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
