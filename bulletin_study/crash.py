"""What is kept of a bug: where it happened, never what it happened to.

The log may be sent to strangers, so it names files, lines and kinds of errors; messages and
values, which may hold names of people, are left out.
"""

from __future__ import annotations

import platform
import sys
import traceback
from datetime import datetime
from pathlib import Path

from bulletin_study import __version__
from bulletin_study.config import log_dir, private_dir

LOG_NAME = "errors.log"
_LARGEST = 1_000_000


def describe(error: BaseException) -> str:
    """The chain of an error as text: types, files, lines, functions; no messages, no values."""
    lines: list[str] = []
    current: BaseException | None = error
    seen: set[int] = set()
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        kind = type(current)
        lines.append(f"{kind.__module__}.{kind.__qualname__}")
        lines.extend(
            f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(current.__traceback__)
        )
        current = current.__cause__ or current.__context__
    return "\n".join(lines)


def record(error: BaseException, data: Path) -> Path | None:
    """Append the bug to the log in the data folder; ``None`` where that cannot be written."""
    head = (
        f"{datetime.now():%Y-%m-%d %H:%M:%S} 学讲评 {__version__}"
        f" Python {platform.python_version()} {sys.platform}"
    )
    path = log_dir(data) / LOG_NAME
    try:
        private_dir(data)
        private_dir(path.parent)
        if path.exists() and path.stat().st_size > _LARGEST:
            path.replace(path.with_suffix(".old.log"))
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{head}\n{describe(error)}\n\n")
    except OSError:
        return None
    return path


def _short(file_name: str) -> str:
    """The file below its package: the folders above may name the user."""
    parts = Path(file_name).parts
    for root in ("site-packages", "bulletin_study"):
        if root in parts:
            return "/".join(parts[parts.index(root) :])
    return parts[-1] if parts else file_name
