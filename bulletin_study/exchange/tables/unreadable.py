"""Why a file could not be read as a table. Alone in its module: the reading child is small."""

from __future__ import annotations

from enum import StrEnum


class Unreadable(StrEnum):
    """The reasons; each has its sentence in ``refusal_words``."""

    NOT_FOUND = "not_found"
    IS_DIRECTORY = "is_directory"
    NO_PERMISSION = "no_permission"
    EMPTY = "empty"
    LOCK_FILE = "lock_file"
    PASSWORD = "password"
    NOT_A_TABLE = "not_a_table"
    ARCHIVE = "archive"
    OLD_FORMAT = "old_format"
    ENCODING = "encoding"
    DAMAGED = "damaged"
    SUSPICIOUS = "suspicious"
    QUOTES = "quotes"
    LONG_CELL = "long_cell"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_SLOW = "too_slow"
    NO_SHEET = "no_sheet"
    NO_HEADER = "no_header"
    NO_ROWS = "no_rows"
