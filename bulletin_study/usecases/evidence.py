"""佐证材料 by hand: files come in, get a caption, go out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin_study.domain.errors import AlreadyThere, BadValue, CopyRefused
from bulletin_study.domain.evidence import (
    Evidence,
    EvidenceKind,
    FileState,
    guess_kind,
    safe_stem,
)
from bulletin_study.domain.sessions import SessionStatus, StudySession
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.ports import (
    FileStore,
    Progress,
    Staged,
    UnitOfWork,
    new_id,
    require,
)
from bulletin_study.usecases.session_checks import title_of, wrong_status
from bulletin_study.usecases.session_list import list_sessions
from bulletin_study.usecases.talk_spots import put_talk, spot_at

_LONGEST_CAPTION = 100


@dataclass(frozen=True, slots=True)
class Staging:
    """Copies made, and why others were not."""

    staged: tuple[Staged, ...]
    refused: tuple[CopyRefused, ...]


@dataclass(frozen=True, slots=True)
class Attached:
    """What was saved; ``twice`` names the files whose content was there already."""

    committed: Committed
    twice: tuple[str, ...] = ()


def stage_all(
    files: FileStore, sources: Iterable[Path], progress: Progress | None = None
) -> Staging:
    """Copy files in, one after the other; one that cannot be read does not stop the rest.

    Needs no unit: it may take minutes. Raises ``Cancelled``; then nothing is left of any.
    """
    sources = list(sources)
    sizes = [_size(source) for source in sources]
    total, before = sum(sizes), 0
    staged: list[Staged] = []
    refused: list[CopyRefused] = []
    try:
        for source, size in zip(sources, sizes, strict=True):
            try:
                staged.append(files.stage(source, _part_of(progress, before, total)))
            except CopyRefused as refusal:
                refused.append(refusal)
            before += size
    except BaseException:
        for copy in staged:
            files.drop(copy)
        raise
    return Staging(tuple(staged), tuple(refused))


def attach(
    unit: UnitOfWork,
    session_id: int,
    kind: EvidenceKind | None,
    staged: Sequence[Staged],
    *,
    place: int | None = None,
) -> Attached:
    """Take copies in as files of a session, or of the talk at one of its places.

    Without a ``kind`` each is what its name says (:func:`guess_kind`).
    Content that the session has already is not stored again; where its file has gone or was
    changed, the copy takes over. What is not taken in is dropped, whatever happens. Raises
    ``NotFound``, ``WrongStatus`` (cancelled), ``AlreadyThere`` (nothing was new) and
    ``CopyRefused`` (the folder cannot be written).
    """
    kept: list[str] = []
    try:
        return _attach(unit, session_id, kind, staged, place, kept)
    except BaseException:
        for path in kept:
            unit.files.withdraw(path)
        raise
    finally:
        for copy in staged:
            unit.files.drop(copy)


def remove_evidence(unit: UnitOfWork, evidence: Evidence) -> Committed:
    """Take a file off its session; it stays on the disk, so that undo finds it again.

    Raises ``Stale`` when it has changed or gone meanwhile.
    """
    unit.remove(evidence)
    session = require(unit, StudySession, "场次", evidence.session_id)
    return unit.commit(f"移出{evidence.kind}：{title_of(unit, session)} “{evidence.shown}”")


def set_caption(unit: UnitOfWork, evidence: Evidence, caption: str) -> Committed:
    """Call a file something else; empty: by the name it came with. The file is not renamed.

    Raises ``NotFound``, ``BadValue`` (too long).
    """
    stored = require(unit, Evidence, "材料", evidence.id)
    wanted = " ".join(caption.split())
    if len(wanted) > _LONGEST_CAPTION:
        raise BadValue("名称", wanted, f"不超过 {_LONGEST_CAPTION} 个字")
    changed = replace(stored, caption="" if wanted == stored.original else wanted)
    unit.put(changed)
    return unit.commit(f"{stored.kind}“{stored.shown}”改称“{changed.shown}”")


def set_kind(unit: UnitOfWork, evidence: Evidence, kind: EvidenceKind) -> Committed:
    """Say that a file is of another kind; it keeps its place and its name on the disk.

    Raises ``NotFound``.
    """
    stored = require(unit, Evidence, "材料", evidence.id)
    unit.put(replace(stored, kind=kind))
    return unit.commit(f"{stored.kind}“{stored.shown}”改为{kind}")


def materials_by_talk(
    unit: UnitOfWork, session_ids: Sequence[int]
) -> dict[int, tuple[Evidence, ...]]:
    """The files of each talk of these sessions, in the order they came, by talk."""
    found: dict[int, tuple[Evidence, ...]] = {}
    for file in unit.all(Evidence, session_id=session_ids) if session_ids else ():
        if file.talk_id is not None:
            found[file.talk_id] = (*found.get(file.talk_id, ()), file)
    return found


def _attach(
    unit: UnitOfWork,
    session_id: int,
    kind: EvidenceKind | None,
    staged: Sequence[Staged],
    place: int | None,
    kept: list[str],
) -> Attached:
    session = require(unit, StudySession, "场次", session_id)
    if session.status is SessionStatus.CANCELLED:
        raise wrong_status(unit, session, "添加材料")
    talk_id = None if place is None else _talk_at(unit, session_id, place)
    there = {file.sha256: file for file in unit.all(Evidence, session_id=session_id)}
    occasion = _occasion(unit, session, talks=place is not None)
    twice: list[str] = []
    added: list[str] = []
    kinds: set[EvidenceKind] = set()
    for copy in staged:
        known = there.get(copy.sha256)
        if known is not None and _stands(unit, known):
            twice.append(copy.original)
            continue
        proves = known.kind if known is not None else kind or guess_kind(copy.original)
        stem = safe_stem(f"{occasion}-{proves}")
        path = unit.files.keep(copy, f"{session.day.year}", stem)
        kept.append(path)
        kinds.add(proves)
        if known is None:
            known = Evidence(
                new_id(unit, Evidence), session_id, proves, path, copy.original, copy.sha256,
                copy.size, unit.services.clock.now().replace(microsecond=0), talk_id,
            )  # fmt: skip
        there[copy.sha256] = replace(known, path=path)
        unit.put(there[copy.sha256])
        added.append(copy.original)
    title = title_of(unit, session)
    if not added:
        raise AlreadyThere(title, tuple(twice))
    kind = kinds.pop() if len(kinds) == 1 else None
    what = kind or "佐证材料"
    one = f"添加{what}：{title} “{added[0]}”"
    several = f"添加 {(kind or EvidenceKind.OTHER).counted(len(added))}{what}：{title}"
    return Attached(unit.commit(one if len(added) == 1 else several), tuple(twice))


def _stands(unit: UnitOfWork, file: Evidence) -> bool:
    return unit.files.state(file.path, file.sha256, file.size) is FileState.FINE


def _talk_at(unit: UnitOfWork, session_id: int, place: int) -> int:
    """The talk at a place; a place without one gets its row, so that files can hang on it."""
    spot = spot_at(unit, session_id, place)
    if not spot.talk.id:
        put_talk(unit, spot.talk)
        spot = spot_at(unit, session_id, place)
    return spot.talk.id


def _occasion(unit: UnitOfWork, session: StudySession, *, talks: bool) -> str:
    """日期-活动-期次, as things stand now."""
    row = next(
        row
        for row in list_sessions(unit, session.day, session.day)
        if row.session.id == session.id
    )
    held_as = list(zip(row.kinds, row.ordinals, strict=True))
    suited = [pair for pair in held_as if pair[0].has_talks] if talks else held_as
    parts = [session.day.isoformat()]
    for activity, ordinal in suited[:1]:
        parts.append(activity.name)
        if ordinal is not None:
            parts.append(f"第{ordinal.number}次")
    return "-".join(parts)


def _size(source: Path) -> int:
    try:
        return source.stat().st_size
    except (OSError, ValueError):
        return 0


def _part_of(progress: Progress | None, before: int, total: int) -> Progress | None:
    """One file's progress as that of all."""
    if progress is None:
        return None
    tell = progress
    return lambda done, _: tell(before + done, max(total, before + done))
