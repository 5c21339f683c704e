"""佐证包: what goes into the evidence of a period, folder by folder, and what it lacks.

Plans only; whoever writes the file looks at each stored file, and what was found then goes
into the contents page and the list of what is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bulletin_study.domain.errors import NotFound
from bulletin_study.domain.evidence import (
    Evidence,
    EvidenceKind,
    FileState,
    safe_stem,
    suffix_of,
)
from bulletin_study.domain.sessions import ClosingItem, SessionStatus, StudySession
from bulletin_study.usecases.closing import item_words
from bulletin_study.usecases.evidence_checks import STATE_WORDS
from bulletin_study.usecases.handing_in import numbers_named
from bulletin_study.usecases.paper_minutes import minutes_of
from bulletin_study.usecases.paper_signin import sign_in_of
from bulletin_study.usecases.paper_talk import talk_blocks
from bulletin_study.usecases.papers import Paper, Photo, Pictures, Title
from bulletin_study.usecases.ports import Progress, UnitOfWork, require
from bulletin_study.usecases.reports import Numbered, Report, period_words
from bulletin_study.usecases.session_list import SessionRow, list_sessions
from bulletin_study.usecases.sign_in_page import SignInPage, load_pages
from bulletin_study.usecases.titles import kinds_text

_FOLDER, _LABEL = 60, 60
"""Characters of a folder's and a file's name: any path in the package stays under 200, with
room for the folder that it is unpacked into."""
PHOTOS = f"{list(EvidenceKind).index(EvidenceKind.PHOTO) + 1}{EvidenceKind.PHOTO}"
"""The document that shows the photos of a session two to a page; it lies before them."""


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """A paper that the program writes itself; ``name`` is without suffix."""

    name: str
    document: Report | Paper


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A stored file under the name it gets; ``path`` is ``None`` where it cannot lie."""

    name: str
    file: Evidence
    path: Path | None


@dataclass(frozen=True, slots=True)
class Folder:
    """The evidence of one session. ``wanting`` is in words what its kinds require and is not
    there (nothing where it was archived as complete); ``waiver`` the reason for archiving it
    all the same."""

    name: str
    row: SessionRow
    papers: tuple[PaperEntry, ...]
    files: tuple[FileEntry, ...]
    wanting: tuple[str, ...]

    @property
    def waiver(self) -> str:
        """Why it was archived with something missing; empty when it was not."""
        return self.row.session.waiver

    @property
    def asked(self) -> bool:
        """Whether its kinds require files."""
        return any(kind.evidence for kind in self.row.kinds)

    @property
    def photos(self) -> tuple[FileEntry, ...]:
        """Its photos, in the order they came."""
        return tuple(one for one in self.files if one.file.kind is EvidenceKind.PHOTO)


@dataclass(frozen=True, slots=True)
class Package:
    """Folders in the order of their sessions."""

    title: str
    made: datetime
    folders: tuple[Folder, ...]

    @property
    def size(self) -> int:
        """Bytes of all stored files."""
        return sum(entry.file.size for folder in self.folders for entry in folder.files)

    @property
    def numbers(self) -> tuple[Numbered, ...]:
        """The 第N次 that its folders and papers name (``usecases.handing_in``)."""
        rows = [folder.row for folder in self.folders]
        return tuple(one for row in rows for one in numbers_named(row, row.kinds))


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is not there: of which session, what, and why if that is known."""

    folder: str
    what: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What lies in the package: a path with ``/``, what it is, size in bytes, SHA-256."""

    path: str
    what: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Packed:
    """What a package turned out to hold, and what it lacks."""

    entries: tuple[Entry, ...]
    lacks: tuple[Lack, ...]

    @property
    def told(self) -> str:
        """In one sentence for the user."""
        missing = f"，缺 {len(self.lacks)} 项，见包里的“缺项清单”" if self.lacks else "，什么都不缺"
        return f"{len(self.entries)} 个文件{missing}"


Build = Callable[[SignInPage], Iterable[tuple[str, Report | Paper]]]
"""Gives the papers of one session as (name without suffix, document), from what was read of
it once."""


def _sign_in(page: SignInPage) -> Iterable[tuple[str, Report | Paper]]:
    if page.session.status is SessionStatus.HELD and page.sign_in.rows:
        yield "签到表", sign_in_of(page)


def _minutes(page: SignInPage) -> Iterable[tuple[str, Report | Paper]]:
    session = page.session
    written = (session.agenda, session.speeches, session.decisions)
    if session.status is SessionStatus.HELD and any(words.strip() for words in written):
        yield "会议记录", minutes_of(page)


def _talks(page: SignInPage) -> Iterable[tuple[str, Report | Paper]]:
    for talk in page.talks:
        if page.session.status is SessionStatus.HELD and (talk.speaker_id or talk.guest):
            place = f"_第{talk.place}讲" if len(page.places) > 1 else ""
            who = page.name(talk.speaker_id) or talk.guest
            blocks = tuple(talk_blocks(page, talk))
            yield f"讲课记录{place}_{who}", Paper("讲课记录", blocks)


BUILDERS: tuple[Build, ...] = (_sign_in, _minutes, _talks)
"""What is written for each session, in this order: a new paper is one more function here."""


def plan_period(
    unit: UnitOfWork, first: date, last: date, progress: Progress | None = None
) -> Package:
    """The evidence of the sessions held in a period, and of others that have files.

    ``progress`` gets (sessions, all of them). Raises ``NotFound`` when there is none.
    """
    title = f"佐证材料（{period_words(first, last)}）"
    rows = list_sessions(unit, first, last)
    ids = [row.session.id for row in rows]
    filed = {file.session_id for file in unit.all(Evidence, session_id=ids)} if ids else set()
    held = SessionStatus.HELD
    wanted = [r for r in rows if r.session.status is held or r.session.id in filed]
    if not wanted:
        raise NotFound("已开展的场次", period_words(first, last))
    return _plan(unit, title, wanted, progress)


def plan_session(unit: UnitOfWork, session_id: int) -> Package:
    """The evidence of one session. Raises ``NotFound``."""
    session = require(unit, StudySession, "场次", session_id)
    rows = [r for r in list_sessions(unit, session.day, session.day) if r.session.id == session_id]
    return _plan(unit, f"佐证材料（{session.day.isoformat()}）", rows, None)


def photos_paper(folder: Folder, photos: Sequence[FileEntry]) -> Paper:
    """The photos of a session, two to a page, in the order they came."""
    pictures = Pictures(
        tuple(
            Photo(entry.path, _under(number, entry.file, folder.row.session.day))
            for number, entry in enumerate(photos, start=1)
            if entry.path is not None
        )
    )
    title = f"{folder.row.session.day:%Y-%m-%d} {kinds_text(folder.row.kinds)}照片"
    return Paper(title, (Title(title), pictures))


def _under(number: int, file: Evidence, day: date) -> str:
    """The words under a photo; the name that a camera gave it says nothing."""
    caption = file.caption.strip()
    return f"{number}. {file.stem}" if caption else f"照片 {number}（{day.isoformat()}）"


def lacks_of(package: Package, states: Mapping[int, FileState]) -> tuple[Lack, ...]:
    """What is missing, session by session; ``states`` of files that are not fine, by id."""
    found: list[Lack] = []
    for folder in package.folders:
        waived = f"缺项归档，原因：{folder.waiver}" if folder.waiver else ""
        found += [Lack(folder.name, words, waived) for words in folder.wanting]
        found += [
            Lack(folder.name, f"{entry.file.kind}“{entry.file.shown}”", _why(state))
            for entry in folder.files
            if (state := states.get(entry.file.id, FileState.FINE)) is not FileState.FINE
        ]
    return tuple(found)


def _why(state: FileState) -> str:
    return f"{STATE_WORDS[state]}，没有放进来；手里还有原件的话，重新添加一次"


def _plan(
    unit: UnitOfWork, title: str, rows: Sequence[SessionRow], progress: Progress | None
) -> Package:
    pages = enumerate(load_pages(unit, rows, progress), start=1)
    folders = tuple(_folder(unit, number, page) for number, page in pages)
    return Package(title, unit.services.clock.now().replace(microsecond=0), folders)


def _folder(unit: UnitOfWork, number: int, page: SignInPage) -> Folder:
    papers = [
        PaperEntry(safe_stem(name, _LABEL), document)
        for build in BUILDERS
        for name, document in build(page)
    ]
    wanting = [
        item_words(line) for line in page.closing.owed if line.item is ClosingItem.EVIDENCE
    ]
    name = _folder_name(number, page)
    return Folder(name, page.row, tuple(papers), tuple(_files(unit, page)), tuple(wanting))


def _folder_name(number: int, page: SignInPage) -> str:
    """001_2026-07-06_每周一学_第21次_主题."""
    row = page.row
    ordinal = next((one for one in row.ordinals if one is not None), None)
    times = f"第{ordinal.number}次" if ordinal and page.session.status is SessionStatus.HELD else ""
    about = page.session.theme or "、".join(row.speakers)
    kinds = safe_stem(kinds_text(row.kinds) or "场次", 24)
    parts = (f"{number:03d}", page.session.day.isoformat(), kinds, times, about)
    return safe_stem("_".join(part for part in parts if part), _FOLDER)


def _files(unit: UnitOfWork, page: SignInPage) -> Iterable[FileEntry]:
    """In the order of their kinds, then as they came."""
    by_kind: dict[EvidenceKind, list[Evidence]] = defaultdict(list)
    for file in sorted(page.evidence, key=lambda one: (one.added, one.id)):
        by_kind[file.kind].append(file)
    places = {talk.id: talk.place for talk in page.talks if len(page.places) > 1}
    for order, kind in enumerate(EvidenceKind, start=1):
        for number, file in enumerate(by_kind[kind], start=1):
            place = places.get(file.talk_id or 0)
            stem = f"第{place}讲_{file.stem}" if place else file.stem
            label = f"{order}{kind}_{number:02d}_{safe_stem(stem, _LABEL)}"
            yield FileEntry(f"{label}{suffix_of(file.original)}", file, _locate(unit, file))


def _locate(unit: UnitOfWork, file: Evidence) -> Path | None:
    try:
        return unit.files.locate(file.path)
    except NotFound:
        return None
