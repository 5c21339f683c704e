"""Files of a session or talk as a field of a form: added, opened, renamed, taken off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu
from shiboken6 import isValid

from bulletin_study.domain.errors import (
    AlreadyThere,
    Cancelled,
    CopyFault,
    CopyRefused,
    NotFound,
    Refusal,
)
from bulletin_study.domain.evidence import PHOTO_SUFFIXES, Evidence, EvidenceKind, FileState
from bulletin_study.ui.context import Context
from bulletin_study.ui.forms import FormRow
from bulletin_study.ui.pictures import png_file
from bulletin_study.ui.runner import Job
from bulletin_study.ui.soon import Soon
from bulletin_study.ui.widgets.evidence_list import EvidenceList
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.evidence import (
    Attached,
    Staging,
    attach,
    remove_evidence,
    set_caption,
    set_kind,
    stage_all,
)

_LOOK_AFTER_MS = 200
"""Walking through the list with the arrow keys must not read every file on the way."""
DROP_HINT = "把课件、讲稿拖到这里，或点“添加…”选文件"
_ANY_FILE = "所有文件 (*)"
_PHOTO_FILES = f"图片 ({' '.join(f'*{suffix}' for suffix in sorted(PHOTO_SUFFIXES))});;{_ANY_FILE}"


@dataclass(frozen=True, slots=True)
class Owner:
    """What files belong to: a session, or the talk at one of its places."""

    session_id: int
    place: int | None
    kind: EvidenceKind | None
    """What files added here are; ``None``: what their names say."""


class EvidenceBox(FormRow):
    """``show_files`` shows those of one owner.

    A copy under way goes on when another owner is shown or the form is built anew; what comes
    of it is then told by the page.
    """

    def __init__(
        self, context: Context, caption: str, hint: str, files: EvidenceList | None = None
    ) -> None:
        self.list = files or EvidenceList(hint)
        super().__init__(caption, self.list, ("添加…", self.choose))
        self._named = caption
        if self._link is not None:
            self._link.set_tip("选文件（Insert）；也可以拖进来，或复制后粘贴（Ctrl+V）")
        self._context, self._runner = context, context.runner
        self._owner: Owner | None = None
        self._files: Sequence[Evidence] = ()
        self._jobs: list[Job] = []
        self._looking: Job | None = None
        self._timer = Soon(self, self._look, _LOOK_AFTER_MS)
        self.list.wanted.connect(self.choose)
        self.list.dropped.connect(self.add)
        self.list.pasted.connect(self.add_image)
        self.list.kind_wanted.connect(self._ask_kind)
        self.list.opened.connect(self.open_file)
        self.list.removed.connect(self.remove)
        self.list.renamed.connect(self._rename)
        self.list.menu_wanted.connect(self._menu)
        self.list.stopped.connect(self._stop)

    # ---- showing ----
    def show_files(self, owner: Owner, files: Sequence[Evidence], *, takes: bool = True) -> None:
        """Show the files of ``owner``; ``takes``: more may be added."""
        if owner != self._owner:
            self.error("")
        changed = owner != self._owner or list(files) != list(self._files)
        self._owner, self._files = owner, files
        self.set_caption(f"{self._named} {len(files)} 份" if files else self._named)
        self.set_link_shown(takes)
        self.list.show_files(files, takes=takes)
        self.setVisible(takes or bool(files))
        if changed and files:
            self._timer.start()

    def _look(self) -> None:
        """See whether the files are what they were, off the window's thread."""
        if self._looking is not None:
            self._looking.cancel()
        files, store = self._files, self._runner.office.files

        def states(job: Job) -> dict[int, FileState]:
            return {f.id: store.state(f.path, f.sha256, f.size, job.report) for f in files}

        def told(found: dict[int, FileState]) -> None:
            if isValid(self):
                self.list.show_states(found)

        self._looking = self._runner.work(states, told, lambda refusal: None)

    # ---- acts ----
    def choose(self, kind: EvidenceKind | None = None) -> None:
        """Ask for files and add them (Insert), as files of this kind if one is given."""
        filters = _PHOTO_FILES if kind is EvidenceKind.PHOTO else _ANY_FILE
        paths = self._context.choose_files(f"添加{kind or self._named}", filters)
        if paths:
            self.add(paths, kind)

    def add(self, sources: Sequence[Path], kind: EvidenceKind | None = None) -> None:
        """Copy files in and make them the owner's."""
        store = self._runner.office.files
        self._stage(lambda job: stage_all(store, sources, job.report), kind)

    def add_image(self, image: QImage) -> None:
        """Make a picture, such as a shot of the screen, a file of the owner's."""
        store, now = self._runner.office.files, self._runner.office.services.clock.now()
        name = f"截图 {now:%Y-%m-%d %H%M%S}.png"

        def stage(job: Job) -> Staging:
            with TemporaryDirectory(prefix="bulletin-study-") as folder:
                path = Path(folder) / name
                if not png_file(image, path):
                    raise CopyRefused(name, CopyFault.DISK_FULL)
                return stage_all(store, [path], job.report)

        self._stage(stage, None)

    def _stage(self, stage: Callable[[Job], Staging], kind: EvidenceKind | None) -> None:
        owner = self._owner
        if owner is None:
            return
        self.error("")
        job = self._runner.work(
            stage,
            lambda staging: self._attach(owner, staging, kind),
            lambda refusal: self._refused(owner, refusal),
        )
        self._jobs.append(job)
        job.progress.connect(self.list.show_progress)
        job.finished.connect(lambda: self._ended(job))

    def open_file(self, file: Evidence) -> None:
        """Open it with the desktop's own program."""
        path = self._path_of(file)
        if path is not None:
            self._context.open_file(path)

    def show_in_folder(self, file: Evidence) -> None:
        """Show the folder it lies in."""
        path = self._path_of(file)
        if path is not None:
            self._context.open_folder(path.parent)

    def remove(self, file: Evidence) -> None:
        """Take it off; the status bar offers to take that back."""
        self._do(lambda unit: remove_evidence(unit, file))

    def _rename(self, file: Evidence, text: str) -> None:
        self._do(lambda unit: set_caption(unit, file, text))

    def _menu(self, file: Evidence, point: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction("打开\tEnter", lambda: self.open_file(file))
        menu.addAction("在文件夹中显示", lambda: self.show_in_folder(file))
        menu.addAction("改名\tF2", lambda: self.list.edit(file))
        if self._sorted:
            kinds = menu.addMenu("改类别\tF4")
            self._add_kinds(kinds, file)
        menu.addAction("移出\tDelete", lambda: self.remove(file))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(point)

    @property
    def _sorted(self) -> bool:
        """Whether files of several kinds lie here."""
        return self._owner is not None and self._owner.kind is None

    def _ask_kind(self, file: Evidence, point: QPoint) -> None:
        if self._sorted:
            menu = QMenu(self)
            self._add_kinds(menu, file)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(point)

    def _add_kinds(self, menu: QMenu, file: Evidence) -> None:
        """The kinds with their numbers as keys; the present one is ticked."""
        for number, kind in enumerate(EvidenceKind, start=1):
            act = menu.addAction(f"&{number} {kind}", partial(self.change_kind, file, kind))
            act.setCheckable(True)
            act.setChecked(kind is file.kind)

    def change_kind(self, file: Evidence, kind: EvidenceKind) -> None:
        """Say that a file is of another kind."""
        if kind is not file.kind:
            self._do(lambda unit: set_kind(unit, file, kind))

    # ---- inside ----
    def _do(self, action: Any) -> None:
        self.error("")
        owner = self._owner
        self._runner.do(action, None, lambda refusal: self._refused(owner, refusal))

    def _attach(self, owner: Owner, staging: Staging, kind: EvidenceKind | None) -> None:
        if staging.staged:
            self._runner.do(
                lambda unit: attach(
                    unit, owner.session_id, kind or owner.kind, staging.staged,
                    place=owner.place,
                ),
                lambda done: self._attached(owner, staging, done),
                lambda refusal: self._refused(owner, refusal),
            )
        elif staging.refused:
            self._refused(owner, staging.refused[0], len(staging.refused) - 1)

    def _attached(self, owner: Owner, staging: Staging, done: Attached) -> None:
        if isValid(self):
            # A file put back in its old place changes no row, so that nothing else would look.
            self._timer.start()
        if staging.refused:
            self._refused(owner, staging.refused[0], len(staging.refused) - 1)
        elif done.twice:
            self._refused(owner, AlreadyThere("这一场", done.twice))

    def _refused(self, owner: Owner | None, refusal: Refusal, others: int = 0) -> None:
        if isinstance(refusal, Cancelled):
            return
        if not isValid(self) or owner != self._owner:
            self._runner.refused.emit(refusal)
            return
        more = f"另有 {others} 个文件也没有添加。" if others else ""
        show = self.note if isinstance(refusal, AlreadyThere) else self.error
        show(sentence_for(refusal) + more)

    def _ended(self, job: Job) -> None:
        self._jobs.remove(job)
        if not self._jobs and isValid(self):
            self.list.end_progress()

    def _stop(self) -> None:
        for job in self._jobs:
            job.cancel()

    def _path_of(self, file: Evidence) -> Path | None:
        """Where it lies; a sentence under the field when it is not there."""
        try:
            path = self._runner.office.files.locate(file.path)
            if path.is_file():
                return path
        except (NotFound, OSError):
            pass
        self.note(f"“{file.shown}”的文件不见了。手里还有原件的话，再添加一次就能补回。")
        self.list.show_states({file.id: FileState.MISSING})
        return None
