"""OLE containers (xls, et, and encrypted files of every kind): their streams by name."""

from __future__ import annotations

import struct

from bulletin_study.exchange.tables.unreadable import Unreadable
from bulletin_study.exchange.tables.wire import Stop

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE = 0xFFFF_FFFA
"""Sector numbers from here up are marks (end of chain, free …)."""


class Ole:
    """A compound file. Raises ``Stop`` (DAMAGED) for chains that lead nowhere."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._sector = 1 << struct.unpack_from("<H", data, 30)[0]
            self._mini = 1 << struct.unpack_from("<H", data, 32)[0]
            fat_count, directory = struct.unpack_from("<I I", data, 44)
            self._cutoff, mini_fat, _, difat, _ = struct.unpack_from("<5I", data, 56)
            if not 128 <= self._sector <= 1 << 16 or not 8 <= self._mini <= self._sector:
                raise Stop(Unreadable.DAMAGED, why="OLE")
            self._fat = self._read_fat(fat_count, difat)
            self._entries = self._read_directory(self._chain(directory))
            self._mini_fat = _numbers(self._chain(mini_fat))
        except (struct.error, IndexError, OverflowError) as error:
            raise Stop(Unreadable.DAMAGED, why="OLE") from error
        self._mini_data: bytes | None = None

    @property
    def names(self) -> set[str]:
        """Names of the streams."""
        return set(self._entries)

    def stream(self, name: str) -> bytes:
        """A stream's content, "" when there is none of that name."""
        if name not in self._entries:
            return b""
        start, size = self._entries[name]
        try:
            if size >= self._cutoff:
                return self._chain(start)[:size]
            if self._mini_data is None:
                self._mini_data = self._chain(self._root)
            return self._mini_chain(start)[:size]
        except (struct.error, IndexError) as error:
            raise Stop(Unreadable.DAMAGED, why="OLE") from error

    def _at(self, number: int) -> bytes:
        offset = (number + 1) * self._sector
        if offset >= len(self._data):
            raise IndexError(number)
        return self._data[offset : offset + self._sector]

    def _read_fat(self, count: int, difat: int) -> tuple[int, ...]:
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        seen = 0
        while difat < _FREE and seen <= len(self._data) // self._sector:
            *more, difat = _numbers(self._at(difat))
            sectors += more
            seen += 1
        known = [number for number in sectors if number < _FREE][:count]
        return _numbers(b"".join(self._at(number) for number in known))

    def _chain(self, start: int) -> bytes:
        pieces = []
        number = start
        while number < _FREE:
            pieces.append(self._at(number))
            if len(pieces) * self._sector > len(self._data):
                raise IndexError(start)
            number = self._fat[number]
        return b"".join(pieces)

    def _mini_chain(self, start: int) -> bytes:
        whole = self._mini_data or b""
        pieces = []
        number = start
        while number < _FREE:
            pieces.append(whole[number * self._mini : (number + 1) * self._mini])
            if len(pieces) * self._mini > len(whole):
                raise IndexError(start)
            number = self._mini_fat[number]
        return b"".join(pieces)

    def _read_directory(self, data: bytes) -> dict[str, tuple[int, int]]:
        entries: dict[str, tuple[int, int]] = {}
        self._root = _FREE
        for offset in range(0, len(data) - 127, 128):
            length, kind = struct.unpack_from("<HB", data, offset + 64)
            start, size = struct.unpack_from("<I I", data, offset + 116)
            name = data[offset : offset + max(min(length, 64) - 2, 0)]
            if kind == 5:
                self._root = start
            elif kind == 2:
                entries.setdefault(name.decode("utf-16-le", "replace"), (start, size))
        return entries


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
