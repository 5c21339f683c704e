"""A 佐证包 as a zip: stored files as they are, papers, contents page, list of what is missing.

Files go through in pieces, so that gigabytes need no memory; whatever stops the work leaves
nothing behind.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from bulletin_study.domain.errors import FileFault, FileRefused
from bulletin_study.domain.evidence import FileState
from bulletin_study.exchange.writing import excel, word
from bulletin_study.exchange.writing.atomic import replacing
from bulletin_study.exchange.writing.writers import PACKAGES, check_suffix
from bulletin_study.usecases.evidence_contents import contents_report, missing_report
from bulletin_study.usecases.evidence_package import (
    PHOTOS,
    Entry,
    FileEntry,
    Folder,
    Package,
    Packed,
    lacks_of,
    photos_paper,
)
from bulletin_study.usecases.papers import Develop
from bulletin_study.usecases.ports import FileStore, Progress

_PIECE = 1024**2
_SPARE = 16 * 1024**2
"""For the papers, whose size is not known before."""
_PAPER_COST = 4 * 1024**2
"""Making a paper takes as long as copying so many bytes."""
_LOOSE = frozenset((".txt", ".csv", ".bmp", ".doc", ".xls", ".ppt", ".wps", ".et", ".dps", ".wav"))
"""Files that shrink; the others, photos and films above all, are small already."""


def write(
    package: Package,
    files: FileStore,
    path: Path,
    develop: Develop | None = None,
    progress: Progress | None = None,
) -> Packed:
    """Write the package to ``path``, whole or not at all; what it holds and lacks.

    A stored file that has gone, was changed or cannot be read is named in the list of what is
    missing and stops nothing. ``progress`` gets (bytes, all of them), each file twice: looked
    at and copied; it may raise ``Cancelled``. Raises ``FileRefused``.
    """
    check_suffix(path, PACKAGES)
    with suppress(OSError):
        if shutil.disk_usage(path.absolute().parent).free < package.size + _SPARE:
            raise FileRefused(path.name, FileFault.DISK_FULL)
    with replacing(path) as out, ZipFile(out, "w", ZIP_STORED, allowZip64=True) as archive:
        return _Packer(package, files, archive, develop, progress).pack()


class _Packer:
    def __init__(
        self,
        package: Package,
        files: FileStore,
        archive: ZipFile,
        develop: Develop | None,
        progress: Progress | None,
    ) -> None:
        self.package, self.files, self.archive = package, files, archive
        self.develop, self.progress = develop, progress
        self.entries: list[Entry] = []
        self.states: dict[int, FileState] = {}
        papers = sum(len(folder.papers) + bool(folder.photos) for folder in package.folders)
        self.done, self.total = 0, 2 * package.size + (papers + 3) * _PAPER_COST

    def pack(self) -> Packed:
        for folder in self.package.folders:
            self._folder(folder)
        lacks = lacks_of(self.package, self.states)
        entries = tuple(self.entries)
        contents = contents_report(self.package, entries, lacks)
        self._document("目录.docx", "", partial(word.packed, contents, self._look))
        self._document("目录.xlsx", "", partial(excel.packed, contents))
        missing = missing_report(self.package, lacks)
        self._document("缺项清单.docx", "", partial(word.packed, missing, self._look))
        return Packed(entries, lacks)

    def _folder(self, folder: Folder) -> None:
        for paper in folder.papers:
            name = f"{folder.name}/0{paper.name}.docx"
            make = partial(word.packed, paper.document, self._look)
            self._document(name, paper.name.split("_")[0], make)
        for file in folder.files:
            self._file(folder, file)
        photos = [one for one in folder.photos if one.file.id not in self.states]
        if photos:
            album = photos_paper(folder, photos)
            make = partial(word.packed, album, self._look, develop=self.develop)
            self._document(f"{folder.name}/{PHOTOS}.docx", "照片打印稿", make)

    def _document(self, name: str, what: str, make: Callable[[], bytes]) -> None:
        self._step(0)
        data = make()
        self._step(_PAPER_COST)
        self.archive.writestr(_info(name, self.package.made), data)
        if what:
            self.entries.append(Entry(name, what, len(data), hashlib.sha256(data).hexdigest()))

    def _file(self, folder: Folder, entry: FileEntry) -> None:
        file, start = entry.file, self.done
        state = self.files.state(
            file.path, file.sha256, file.size, lambda done, _: self._step(0, start + done)
        )
        self.done = start + file.size
        if state is FileState.FINE:
            state = self._copy(f"{folder.name}/{entry.name}", entry)
        if state is not FileState.FINE:
            self.states[file.id] = state
        self.done = start
        self._step(2 * file.size)

    def _copy(self, name: str, entry: FileEntry) -> FileState:
        """Copy it in; ``CHANGED`` or ``UNREADABLE`` if it came to harm a moment ago."""
        file, found = entry.file, hashlib.sha256()
        try:
            reader = entry.path.open("rb") if entry.path is not None else None
        except OSError:
            reader = None
        if reader is None:
            return FileState.UNREADABLE
        info = _info(name, file.added)
        info.file_size = file.size
        with reader, self.archive.open(info, "w") as target:
            left = file.size + 1
            while left > 0 and (piece := _read(reader, min(left, _PIECE))):
                left -= len(piece)
                found.update(piece)
                target.write(piece)
                self._step(len(piece))
        if found.hexdigest() != file.sha256:
            # Not in the archive's own list it is not there for anybody who opens it.
            self.archive.filelist.remove(info)
            del self.archive.NameToInfo[info.filename]
            return FileState.CHANGED
        self.entries.append(Entry(name, str(file.kind), file.size, file.sha256))
        return FileState.FINE

    def _look(self, *_: int) -> None:
        """Whether to stop, in the midst of a paper."""
        self._step(0)

    def _step(self, size: int, at: int | None = None) -> None:
        self.done += size
        if self.progress is not None:
            self.progress(min(self.done if at is None else at, self.total), self.total)


def _read(reader: BinaryIO, most: int) -> bytes:
    """A piece; nothing where the disk fails, which the hash then tells."""
    try:
        return reader.read(most)
    except OSError:
        return b""


def _info(name: str, moment: datetime) -> ZipInfo:
    year, *rest = moment.timetuple()[:6]
    info = ZipInfo(name, (max(year, 1980), *rest))  # type: ignore[arg-type]
    info.external_attr = 0o644 << 16
    loose = Path(name).suffix.lower() in _LOOSE
    info.compress_type = ZIP_DEFLATED if loose else ZIP_STORED
    return info
