"""佐证材料: the files that belong to a session or to one of its talks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EvidenceKind(StrEnum):
    """What a file proves."""

    NOTICE = "通知"
    MATERIAL = "材料"
    SIGN_IN_SCAN = "签到表扫描件"
    MINUTES = "会议记录"
    PHOTO = "照片"
    SPEECH_NOTES = "发言要点"
    OTHER = "其他"


@dataclass(frozen=True, slots=True)
class EvidenceNeed:
    """So many files of a kind must be there (``count`` ≥ 1)."""

    kind: EvidenceKind = EvidenceKind.PHOTO
    count: int = 1


class FileState(StrEnum):
    """How a stored file is found when it is looked at again."""

    FINE = "fine"
    MISSING = "missing"
    CHANGED = "changed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file. ``path`` is relative to the store's folder of files, with ``/``.

    ``original`` is the name it came with; ``sha256`` and ``size`` (bytes) are those of its
    content when it was copied in.
    """

    id: int
    session_id: int
    kind: EvidenceKind
    path: str
    original: str
    sha256: str
    size: int
    added: datetime
    talk_id: int | None = None
    caption: str = ""

    @property
    def shown(self) -> str:
        """How it is called: by its caption, else by the name it came with."""
        return self.caption or self.original


_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_SUFFIX = re.compile(r"\.\w{1,12}\Z")
_LONGEST_STEM = 60
"""Of Chinese letters in UTF-8, with number and suffix still below 255 bytes."""


def safe_stem(text: str) -> str:
    """The text as a file name without suffix that every system takes, Windows too."""
    flat = _FORBIDDEN.sub("-", " ".join(unicodedata.normalize("NFC", text).split()))
    return flat[:_LONGEST_STEM].strip(" .-") or "文件"


def suffix_of(name: str) -> str:
    """The suffix of a file name in lower case, ``""`` for none that a system would know."""
    found = _SUFFIX.search(name.strip())
    return found.group().lower() if found else ""
