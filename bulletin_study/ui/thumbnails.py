"""Small pictures of photos, read beside the window and kept for a while."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage, QPixmap

from bulletin_study.domain.errors import NotFound, PictureFault, PictureRefused, Refusal
from bulletin_study.domain.evidence import Evidence
from bulletin_study.ui.pictures import read_picture
from bulletin_study.ui.runner import Job, Runner

Thumbnail = QPixmap | PictureFault
"""The picture, or why there is none."""
BOX = QSize(288, 216)
"""Dots at most: three abreast in the pane on a screen of double density."""
_KEPT = 160
"""About 25 MB."""


class Thumbnails(QObject):
    """``found`` when one more picture is there; pictures are known by their content."""

    found = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._known: OrderedDict[str, Thumbnail] = OrderedDict()
        self._jobs: dict[str, Job] = {}

    def of(self, file: Evidence) -> Thumbnail | None:
        """What is known of a photo; ``None`` while it is read, or was never asked for."""
        return self._known.get(file.sha256)

    def want(self, files: list[Evidence]) -> None:
        """Read these in order, and stop reading others."""
        wanted = {file.sha256 for file in files}
        for sha256 in [known for known in self._jobs if known not in wanted]:
            self._jobs.pop(sha256).cancel()
        for file in files:
            if file.sha256 in self._known:
                self._known.move_to_end(file.sha256)
            elif file.sha256 not in self._jobs:
                self._read(file)

    def forget(self, file: Evidence) -> None:
        """Read it again when it is wanted next: its file was put back, or has gone."""
        self._known.pop(file.sha256, None)

    def _read(self, file: Evidence) -> None:
        store, sha256, path = self._runner.office.files, file.sha256, file.path

        def read(job: Job) -> QImage:
            job.report(0, 1)
            try:
                return read_picture(store.locate(path), BOX)
            except NotFound as error:
                raise PictureRefused(path, PictureFault.MISSING) from error

        job = self._runner.work(
            read, partial(self._keep, sha256), partial(self._refused, sha256)
        )
        # A worker that is waited for has answered already.
        if sha256 not in self._known:
            self._jobs[sha256] = job

    def _keep(self, sha256: str, image: QImage) -> None:
        self._put(sha256, QPixmap.fromImage(image))

    def _refused(self, sha256: str, refusal: Refusal) -> None:
        if isinstance(refusal, PictureRefused):
            self._put(sha256, refusal.fault)

    def _put(self, sha256: str, thumbnail: Thumbnail) -> None:
        self._jobs.pop(sha256, None)
        self._known[sha256] = thumbnail
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        self.found.emit()
