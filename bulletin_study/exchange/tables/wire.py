"""What the reading child tells its parent: framed JSON, never anything executable.

A frame is four bytes of length and UTF-8 JSON: ``[tag, …]``.

    ["kind", kind]                          how the file was recognised
    ["sheet", name, hidden, rows]           a sheet begins; rows as far as known
    ["rows", blank, rows, columns]          blank rows, then so many rows, column by column
    ["close", width, merges, stray]         the sheet is whole
    ["refused", reason, detail, why]        nothing more follows
    ["done"]

A column is ``[form, values]``: PLAIN values as they are, DAYS as ordinals, MIXED with
``[code, value]`` for what JSON has no word for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, BinaryIO

from bulletin_study.exchange.tables.unreadable import Unreadable

LARGEST_FRAME = 64 << 20
PLAIN, DAYS, MIXED = "p", "d", "m"
ERROR, DAY, MOMENT, TIME = "e", "d", "m", "t"
FORMULA = "formula"
"""Code of a formula that was saved without its result."""


class Stop(Exception):
    """The file is refused; an ``UnreadableFile`` in the end.

    ``detail`` goes into the sentence, ``why`` only into the log.
    """

    def __init__(self, reason: Unreadable, detail: str = "", why: str = "") -> None:
        super().__init__(reason, detail, why)
        self.reason = reason
        self.detail = detail
        self.why = why


def send(out: BinaryIO, *message: object) -> None:
    """Write one frame; raises ``Stop`` (TOO_LARGE) for one beyond every table."""
    text = json.dumps(message, ensure_ascii=False, check_circular=False)
    data = text.encode("utf-8", "replace")
    if len(data) > LARGEST_FRAME:
        raise Stop(Unreadable.TOO_LARGE)
    out.write(len(data).to_bytes(4, "big") + data)
    out.flush()


def frames(stream: IO[bytes]) -> Iterator[list[object]]:
    """The frames of a stream until it ends; ends early where a frame is cut off.

    Raises ``ValueError`` for a frame that is none.
    """
    while len(head := stream.read(4)) == 4:
        size = int.from_bytes(head, "big")
        if size > LARGEST_FRAME:
            raise ValueError("frame too large")
        data = stream.read(size)
        if len(data) < size:
            return
        message = json.loads(data)
        if not isinstance(message, list) or not message:
            raise ValueError("no frame")
        yield message
