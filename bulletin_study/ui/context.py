"""What every tab is given: the runner, files in and out, settings, and the way to other tabs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QSettings, Signal

from bulletin_study.domain.evidence import EvidenceKind
from bulletin_study.domain.sessions import ClosingItem
from bulletin_study.ui.runner import Runner
from bulletin_study.usecases.importing import (
    NO_OPTIONS,
    ImportKind,
    ImportOptions,
    ImportPreview,
)
from bulletin_study.usecases.ports import FileStore, Progress, UnitOfWork

if TYPE_CHECKING:
    # What only papers need is not loaded before the window is there.
    from bulletin_study.usecases.evidence_package import Package, Packed
    from bulletin_study.usecases.papers import Paper
    from bulletin_study.usecases.reports import Report


class Files(Protocol):
    """Files in and out, handed in by the composition root.

    ``read`` gives an opaque table file that ``preview`` takes again and again while columns
    are re-mapped. ``write`` gives the characters that are boxes in a pdf, since no typeface
    has them. All raise ``FileRefused`` and ``Cancelled``.
    """

    def read(
        self, path: Path, progress: Progress | None = None, *, sheet: str | None = None
    ) -> object: ...

    def preview(
        self,
        unit: UnitOfWork,
        kind: ImportKind,
        source: object,
        *,
        sheet: str | None = None,
        options: ImportOptions = NO_OPTIONS,
    ) -> ImportPreview: ...

    def read_words(self, path: Path, progress: Progress | None = None) -> str: ...

    def write_rejects(self, preview: ImportPreview, path: Path) -> int: ...

    def write(
        self, document: Report | Paper, path: Path, progress: Progress | None = None
    ) -> str: ...

    def write_package(
        self, package: Package, store: FileStore, path: Path, progress: Progress | None = None
    ) -> Packed: ...


class Navigator(QObject):
    """The way from one tab to a place on another; the window listens and turns the page."""

    session = Signal(int)
    """Show a session in 每周一学 (or 每周一讲 when it holds talks)."""
    sign_in = Signal(int, object, object, object)
    """Open 签到与心得 at (session id, ``ClosingItem`` or None, talk id or None, and for 佐证材料
    the ``EvidenceKind``)."""
    make_ups = Signal(int)
    """Open 签到与心得 at those who still owe 补学 for a session."""
    talk = Signal(int, int)
    """Open 每周一讲 at (session id, place)."""
    written = Signal(object, str)
    """Open 签到与心得 at a text that was found (``FoundText``), the words looked for selected."""
    plan_item = Signal(int, object)
    """Show a theme of the study plan that has no session: (its id, its day or None)."""
    person = Signal(int)
    """Open the page of a person in 人员; Esc there comes back."""
    group_figures = Signal(int)
    """Show a group's figures of this year in 统计导出."""
    file = Signal(object, object)
    """Open the import dialog with (path or None, ``ImportKind`` or None)."""
    attendance_file = Signal(int)
    """Import a list of names as the sign-in of a session."""
    page = Signal(str)
    """Turn to a page by its ``name``."""

    def open_sign_in(
        self,
        session_id: int,
        item: ClosingItem | None = None,
        talk_id: int | None = None,
        evidence: EvidenceKind | None = None,
    ) -> None:
        """Open the sign-in of a session, at the field of a checklist line if given."""
        self.sign_in.emit(session_id, item, talk_id, evidence)


@dataclass(frozen=True, slots=True)
class Context:
    """Handed to each tab's constructor."""

    runner: Runner
    files: Files
    settings: QSettings
    go: Navigator
    choose_open: Callable[[str, str], Path | None]
    """(title, filter) → the file chosen, or ``None``; replaced in tests and tours."""
    choose_files: Callable[[str, str], list[Path]]
    """(title, filter) → the files chosen, none when nothing was."""
    choose_save: Callable[[str, str, str], Path | None]
    """(title, suggested name, filter) → where to write, or ``None``."""
    copy: Callable[[str], None]
    """Put text on the clipboard."""
    open_folder: Callable[[Path], None]
    """Show a written file in the file manager."""
    open_file: Callable[[Path], None]
    """Open a file with the desktop's own program."""
