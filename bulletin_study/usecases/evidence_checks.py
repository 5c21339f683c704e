"""Whether the files of sessions are still what they were."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin_study.domain.evidence import Evidence, FileState
from bulletin_study.domain.sessions import StudySession, Talk
from bulletin_study.usecases.ports import Progress, UnitOfWork
from bulletin_study.usecases.session_checks import title_of

STATE_WORDS = {
    FileState.MISSING: "文件不见了",
    FileState.CHANGED: "文件被改过，与添加时不同",
    FileState.UNREADABLE: "文件打不开，没有权限或磁盘出错",
}


@dataclass(frozen=True, slots=True)
class FilesChecked:
    """What is wrong, in words; and the files that nothing refers to, which may be wanted by
    an undo and are left alone."""

    findings: tuple[str, ...]
    unclaimed: int
    unclaimed_bytes: int


def check_files(unit: UnitOfWork, progress: Progress | None = None) -> FilesChecked:
    """Read every file again, whatever was known of it. Raises ``Cancelled``."""
    rows = unit.all(Evidence)
    findings = []
    for done, row in enumerate(rows, start=1):
        state = unit.files.state(row.path, row.sha256, row.size, afresh=True)
        if state is not FileState.FINE:
            what = f"{_where(unit, row)}的{row.kind}“{row.shown}”"
            findings.append(f"{what}：{STATE_WORDS[state]}（{row.path}）。")
        if progress is not None:
            progress(done, len(rows))
    claimed = {row.path for row in rows}
    others = [size for path, size in unit.files.paths() if path not in claimed]
    return FilesChecked(tuple(findings), len(others), sum(others))


def _where(unit: UnitOfWork, row: Evidence) -> str:
    session = unit.get(StudySession, row.session_id)
    if session is None:
        return "一个已不存在的场次"
    talk = unit.get(Talk, row.talk_id) if row.talk_id is not None else None
    place = f"第 {talk.place} 位" if talk is not None and session.talk_places > 1 else ""
    return f"{title_of(unit, session)}{place}"
