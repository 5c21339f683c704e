"""佐证材料: the files that belong to a session or to one of its talks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EvidenceKind(StrEnum):
    """What a file proves; in the order of a session's folder."""

    NOTICE = "通知"
    MATERIAL = "材料"
    SIGN_IN_SCAN = "签到表扫描件"
    MINUTES = "会议记录"
    PHOTO = "照片"
    SPEECH_NOTES = "发言要点"
    OTHER = "其他"

    def counted(self, number: int) -> str:
        """So many of the kind, with its counter word: 2 张 of photos, 2 份 of anything else."""
        return f"{number} {'张' if self is EvidenceKind.PHOTO else '份'}"


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

    @property
    def stem(self) -> str:
        """The same without the suffix of the file."""
        suffix, shown = suffix_of(self.original), self.shown.strip()
        return shown[: -len(suffix)] if suffix and shown.lower().endswith(suffix) else shown


PHOTO_SUFFIXES = frozenset(
    (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp", ".heic", ".heif", ".tif", ".tiff")
)
_NAMED: tuple[tuple[EvidenceKind, tuple[str, ...]], ...] = (
    (EvidenceKind.PHOTO, ("照片", "现场", "合影", "会场")),
    (EvidenceKind.NOTICE, ("通知",)),
    (EvidenceKind.SIGN_IN_SCAN, ("签到",)),
    (EvidenceKind.MINUTES, ("会议记录", "会议纪要", "纪要", "记录")),
    (EvidenceKind.SPEECH_NOTES, ("发言", "心得", "感想", "体会")),
)
"""Words of a file's name that tell what it is, the surer ones first."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|\Z)", re.IGNORECASE)
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
"""Characters that nobody sees, or that turn the rest of a name round."""
_SUFFIX = re.compile(r"\.\w{1,12}\Z")
_LONGEST_STEM = 60
"""Of Chinese letters in UTF-8, with number and suffix still below 255 bytes."""


def guess_kind(name: str) -> EvidenceKind:
    """What a file of this name most likely proves.

    "签到表.jpg" is a scan; a picture whose name says nothing is a 照片, all else a 材料.
    """
    stem, photo = name.casefold(), suffix_of(name) in PHOTO_SUFFIXES
    for kind, words in _NAMED:
        if any(word in stem for word in words) and (photo or kind is not EvidenceKind.PHOTO):
            return kind
    return EvidenceKind.PHOTO if photo else EvidenceKind.MATERIAL


def safe_stem(text: str, most: int = _LONGEST_STEM) -> str:
    """The text as a file name without suffix that every system takes, Windows too.

    At most ``most`` characters; never empty.
    """
    flat = _FORBIDDEN.sub("-", " ".join(unicodedata.normalize("NFC", text).split()))
    seen = "".join(c for c in flat if unicodedata.category(c) not in _UNSEEN)
    stem = seen[:most].strip(" .-") or "文件"
    return f"-{stem}"[:most] if _DEVICE.match(stem) else stem


def suffix_of(name: str) -> str:
    """The suffix of a file name in lower case, ``""`` for none that a system would know."""
    found = _SUFFIX.search(name.strip())
    return found.group().lower() if found else ""
