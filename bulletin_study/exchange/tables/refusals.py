"""Refusals of files that come in; their sentences are in ``refusal_words``."""

from __future__ import annotations

from enum import StrEnum

from bulletin_study.domain.errors import FileFault, FileRefused
from bulletin_study.exchange.tables.unreadable import Unreadable

__all__ = ["FAULTS", "BadMap", "MapFault", "Unreadable", "UnreadableFile"]

FAULTS = {
    Unreadable.NOT_FOUND: FileFault.NOT_FOUND,
    Unreadable.IS_DIRECTORY: FileFault.IS_DIRECTORY,
    Unreadable.NO_PERMISSION: FileFault.NO_PERMISSION,
    Unreadable.EMPTY: FileFault.EMPTY,
    Unreadable.LOCK_FILE: FileFault.NOT_A_TABLE,
    Unreadable.PASSWORD: FileFault.PASSWORD,
    Unreadable.NOT_A_TABLE: FileFault.NOT_A_TABLE,
    Unreadable.ARCHIVE: FileFault.NOT_A_TABLE,
    Unreadable.OLD_FORMAT: FileFault.FORMAT,
    Unreadable.ENCODING: FileFault.NOT_A_TABLE,
    Unreadable.DAMAGED: FileFault.DAMAGED,
    Unreadable.SUSPICIOUS: FileFault.DAMAGED,
    Unreadable.QUOTES: FileFault.DAMAGED,
    Unreadable.LONG_CELL: FileFault.TOO_LARGE,
    Unreadable.TOO_LARGE: FileFault.TOO_LARGE,
    Unreadable.TOO_MANY_ROWS: FileFault.TOO_LARGE,
    Unreadable.TOO_SLOW: FileFault.TOO_SLOW,
    Unreadable.NO_SHEET: FileFault.NO_SHEET,
    Unreadable.NO_HEADER: FileFault.NO_HEADER,
    Unreadable.NO_ROWS: FileFault.NO_ROWS,
}


class UnreadableFile(FileRefused):
    """A file that is no table this program can take; nothing was saved.

    ``why`` is for the log: it names no person and nothing of the file.
    """

    def __init__(self, file_name: str, reason: Unreadable, detail: str = "", why: str = "") -> None:
        super().__init__(file_name, FAULTS[reason], detail)
        self.reason = reason
        self.why = why

    def __str__(self) -> str:
        return f"{self.reason} {self.why}".rstrip()


class MapFault(StrEnum):
    """Why a column cannot be mapped by hand as asked."""

    NO_COLUMN = "no_column"
    NO_FIELD = "no_field"
    TWICE = "twice"


class BadMap(FileRefused):
    """``column`` cannot be mapped to ``field``; ``known`` are the names that would do."""

    def __init__(
        self, problem: MapFault, column: str, field: str, known: tuple[str, ...] = ()
    ) -> None:
        super().__init__("", FileFault.BAD_MAP, column)
        self.problem, self.column, self.field, self.known = problem, column, field, known

    def __str__(self) -> str:
        return f"{self.problem}: {self.column} {self.field}"
