"""Composition root: the only place that wires store, outside world and window together."""

from __future__ import annotations

import getpass
import threading
from contextlib import AbstractContextManager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_study import config

# Imported when needed: the window is on the screen before the store, the files and even the
# use cases are loaded.
if TYPE_CHECKING:
    from bulletin_study.storage.office import SqlOffice
    from bulletin_study.usecases.evidence_package import Package, Packed
    from bulletin_study.usecases.importing import ImportKind, ImportOptions, ImportPreview
    from bulletin_study.usecases.papers import Paper, Picture
    from bulletin_study.usecases.ports import FileStore, Progress, Services, UnitOfWork
    from bulletin_study.usecases.reports import Report


TOUR_DAY = date(2026, 11, 25)
"""The tour's today: a Wednesday with a talk session, so that every page has something."""


class WallClock:
    """The machine's local time, or a fixed day for samples and tours."""

    def __init__(self, today: date | None = None) -> None:
        self._today = today

    def now(self) -> datetime:
        """Local civil time, without a zone."""
        now = datetime.now()
        return now if self._today is None else datetime.combine(self._today, now.time())

    def today(self) -> date:
        """The local civil date."""
        return self._today or date.today()


class TableFiles:
    """Files in and out for the window; the readers and writers are loaded when first used."""

    def read(
        self, path: Path, progress: Progress | None = None, *, sheet: str | None = None
    ) -> object:
        """An opened table file, one (perhaps hidden) sheet of it if named.

        Raises ``FileRefused``, ``Cancelled``.
        """
        from bulletin_study.exchange.tables.workbook import read_workbook

        _teach_words_of_files()
        return read_workbook(path, sheet=sheet, progress=progress)

    def preview(
        self,
        unit: UnitOfWork,
        kind: ImportKind,
        source: object,
        *,
        sheet: str | None = None,
        options: ImportOptions | None = None,
    ) -> ImportPreview:
        """What importing an opened file (or a path) would change."""
        from bulletin_study.exchange.imports import importers
        from bulletin_study.exchange.tables.workbook import Workbook
        from bulletin_study.usecases.importing import NO_OPTIONS

        _teach_words_of_files()
        assert isinstance(source, Workbook | Path)
        chosen = NO_OPTIONS if options is None else options
        return importers.preview(unit, kind, source, sheet=sheet, options=chosen)

    def read_words(self, path: Path, progress: Progress | None = None) -> str:
        """The words of a document (docx, txt, md). Raises ``FileRefused``, ``Cancelled``."""
        from bulletin_study.exchange.texts import read_words

        _teach_words_of_files()
        return read_words(path, progress)

    def write_rejects(self, preview: ImportPreview, path: Path) -> int:
        """Save the wrong rows aside with their reasons; gives their number."""
        from bulletin_study.exchange.imports.rejects import write_rejects

        return write_rejects(preview, path)

    def write(
        self, document: Report | Paper, path: Path, progress: Progress | None = None
    ) -> str:
        """Write a report or a paper in the format of the path's suffix; its boxes."""
        return write_document(document, path, progress)

    def write_package(
        self, package: Package, store: FileStore, path: Path, progress: Progress | None = None
    ) -> Packed:
        """Write a 佐证包 as a zip."""
        return write_package(package, store, path, progress)


def write_document(
    document: Report | Paper, path: Path, progress: Progress | None = None
) -> str:
    """Write it as xlsx, csv, docx or pdf, whole or not at all.

    Gives the characters that are boxes in a pdf, since no typeface here has them (mostly
    none). Raises ``FileRefused`` and ``Cancelled``.
    """
    from bulletin_study.exchange.writing import writers

    if path.suffix.lower() != ".pdf":
        writers.write(document, path, progress, develop=develop_photo)
        return ""
    _paint_without_screen()
    from bulletin_study.ui.print_glyphs import boxes_in
    from bulletin_study.ui.printing import pdf_bytes
    from bulletin_study.usecases.papers import words_of

    writers.write_bytes(pdf_bytes(document, progress), path)
    return boxes_in(words_of(document))


def develop_photo(path: Path) -> Picture:
    """A photo ready for paper. Raises ``PictureRefused``."""
    from bulletin_study.ui.pictures import print_ready

    return print_ready(path)


def write_package(
    package: Package, files: FileStore, path: Path, progress: Progress | None = None
) -> Packed:
    """Write a 佐证包 as a zip, whole or not at all; what it turned out to hold and to lack.

    Raises ``FileRefused`` and ``Cancelled``.
    """
    from bulletin_study.exchange.writing import package as packing

    return packing.write(package, files, path, develop_photo, progress)


def _paint_without_screen() -> None:
    """Qt knows no typefaces before there is an application; the command line has none."""
    import os

    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        QGuiApplication([])


@cache
def _teach_words_of_files() -> None:
    """The window speaks of unreadable files in the reader's own words."""
    from bulletin_study.exchange.tables import refusal_words
    from bulletin_study.exchange.tables.refusals import BadMap, UnreadableFile
    from bulletin_study.exchange.texts import UnreadableText, text_sentence
    from bulletin_study.ui.wording import teach

    teach(UnreadableText, text_sentence)
    teach(UnreadableFile, refusal_words.sentence)
    teach(BadMap, refusal_words.sentence)


def services(today: date | None = None) -> Services:
    """The outside world as plain functions."""
    from bulletin_study.exchange.holidays import year_holidays
    from bulletin_study.exchange.pinyin import pinyin
    from bulletin_study.usecases.ports import Services

    return Services(WallClock(today), year_holidays, pinyin, _actor())


def open_store(data: Path, today: date | None = None, *, database: Path | None = None) -> SqlOffice:
    """Open (or make) the store in a data folder, or the one in the ``database`` file.

    Raises ``StorageUnavailable``, ``StorageDamaged`` or ``StorageNewer``.
    """
    # Late: the window paints before the database library is loaded.
    from bulletin_study.storage.office import open_office

    return open_office(database or config.database_path(data), services(today))


def _actor() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        # No account name to be had (a bare container): the log then names nobody.
        return ""


class LazyOffice:
    """A store opened by whoever first asks for a unit, so that the window paints before it.

    Everything goes through one worker thread; the lock is for a caller that does not.
    """

    def __init__(
        self,
        data: Path,
        today: date | None = None,
        *,
        sample: bool = False,
        database: Path | None = None,
    ) -> None:
        self._data = data
        self._database = database
        self._today = today
        self._sample = sample
        self._opening = threading.Lock()
        self._opened: SqlOffice | None = None
        self._files: FileStore | None = None

    @property
    def services(self) -> Services:
        """Clock, holidays and the rest; needs no open store."""
        return services(self._today)

    @property
    def files(self) -> FileStore:
        """The store's folder of files; needs no open store, and opens none."""
        from bulletin_study.storage.files import FileFolder

        if self._files is None:
            database = self._database or config.database_path(self._data)
            self._files = FileFolder(config.files_dir(database))
        return self._files

    def unit(self) -> AbstractContextManager[UnitOfWork]:
        """A unit that writes."""
        return self._office().unit()

    def view(self) -> AbstractContextManager[UnitOfWork]:
        """A unit that reads."""
        return self._office().view()

    def close(self) -> None:
        """Close the store, if it was opened."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _office(self) -> SqlOffice:
        with self._opening:
            if self._opened is None:
                office = open_store(self._data, self._today, database=self._database)
                if self._sample:
                    _fill_if_empty(office)
                self._opened = office
            return self._opened


def _fill_if_empty(office: SqlOffice) -> None:
    from bulletin_study.usecases.demo import fill_demo
    from bulletin_study.usecases.start import is_empty

    with office.unit() as unit:
        if is_empty(unit):
            fill_demo(unit, unit.services.clock.today())


def run_window(data: Path, today: date | None = None, *, database: Path | None = None) -> int:
    """Open the window on the store in ``data`` (or in the file ``database``).

    Gives the exit code.

    A second start on the same folder brings the first window to the front and ends.
    """
    from bulletin_study.ui.launch import Launch, Places, Wiring

    def open_place(sample: bool) -> LazyOffice:
        own = None if sample else database
        return LazyOffice(places.folder(sample), today, sample=sample, database=own)

    places = Places(data)
    return Launch(Wiring(places, open_place, TableFiles(), adopt_store)).run()


def adopt_store(source: Path, data: Path) -> None:
    """Make a copy of another store file the store of this folder.

    The copy is checked whole before anything is touched; what was there is set aside, its
    log files with it. Raises the refusals of opening a store.
    """
    from bulletin_study.storage.adopt import adopt

    adopt(source, config.database_path(data), services())


def run_tour(out: Path) -> int:
    """Walk through a week in the real window without a screen; pictures and files to ``out``.

    Gives 0, or 1 when a step did not leave what it should.
    """
    import os
    import sys
    from tempfile import TemporaryDirectory

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from bulletin_study.ui.tour import walk

    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="bulletin-tour-") as folder:
        office = open_store(Path(folder), TOUR_DAY)
        try:
            walked = walk(office, TableFiles(), Path(folder), out)
        finally:
            office.close()
    for path in walked.written:
        sys.stdout.write(f"{path}\n")
    for trouble in walked.trouble:
        sys.stderr.write(f"{trouble}\n")
    return 1 if walked.trouble else 0
