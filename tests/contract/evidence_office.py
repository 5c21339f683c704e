"""A store with two talk sessions, and files to add to them."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from bulletin_study.domain.evidence import Evidence, EvidenceKind
from bulletin_study.domain.people import Group, Membership, Person
from bulletin_study.domain.sessions import SessionKindLink, StudySession, Talk
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.evidence import Attached, attach, stage_all
from bulletin_study.usecases.loading import load_kinds
from tests.helpers import TODAY

LATER = date(2026, 12, 2)


def furnish(office: SqlOffice) -> None:
    """Sessions 1 (today, two places) and 2 (a week later); talks 1 and 2 by 赵一 and 钱二."""
    with office.unit() as unit:
        kind = next(k.id for k in load_kinds(unit).values() if k.has_talks)
        unit.put(Group(1, "一组", 1))
        for number, name in enumerate(("赵一", "钱二"), start=1):
            unit.put(Person(number, name, number, joined=date(2020, 1, 1)))
            unit.put(Membership(number, number, 1))
        unit.put(
            StudySession(1, TODAY, time(15), time(16), talk_places=2),
            StudySession(2, LATER, time(15), time(16), talk_places=1),
            *(SessionKindLink(n, kind) for n in (1, 2)),
            Talk(1, 1, 1, speaker_id=1, title="公文写作", pinned=True),
            Talk(2, 2, 1, speaker_id=2, pinned=True),
        )
        unit.commit("准备")


def written(path: Path, content: bytes | str = "讲稿") -> Path:
    """A file to be added."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def add(
    office: SqlOffice,
    *sources: Path,
    session_id: int = 1,
    place: int | None = 1,
    kind: EvidenceKind = EvidenceKind.MATERIAL,
) -> Attached:
    """Copy files in and attach them; what cannot be read fails."""
    staging = stage_all(office.files, sources)
    assert staging.refused == ()
    with office.unit() as unit:
        return attach(unit, session_id, kind, staging.staged, place=place)


def stored(office: SqlOffice) -> list[Evidence]:
    """Every file that belongs to something."""
    with office.view() as unit:
        return unit.all(Evidence)


def on_disk(office: SqlOffice) -> list[str]:
    """Everything in the folder of files, hidden copies too."""
    root = office.path.parent / "files"
    return sorted(p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file())
