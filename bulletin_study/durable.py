"""Making names of files last: after a power cut a new name must still be there."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def settle(folder: Path) -> None:
    """Make the names just given in a folder durable, where folders can be synced (not on
    Windows). A file system that refuses has done what it can."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
