"""Files that people handed in (“张三心得体会.docx”), matched to them and saved as one operation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePath

from bulletin_study.domain.errors import NotFound
from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import Reflection, ReflectionKind
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.drafts import reflection_target
from bulletin_study.usecases.ports import UnitOfWork, names
from bulletin_study.usecases.sign_in_page import SignInPage
from bulletin_study.usecases.titles import session_title

_SIGNED_LINES = 5
"""Where the writer's name stands when it is not in the file's name: near an end of the text."""
_BLANK = re.compile(r"\s+")
_SIGNED = re.compile(r"^(?:姓名|作者|发言人|报告人|撰写人|署名)?[：:]?")


class Verdict(StrEnum):
    """What a file would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    TWICE = "twice"
    UNREADABLE = "unreadable"

    @property
    def saved(self) -> bool:
        """Whether it changes something."""
        return self in (Verdict.NEW, Verdict.CHANGED)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file that was read: its name and its words, or the sentence why it could not be."""

    name: str
    text: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class TextRow:
    """One file of the preview. ``stored`` is the reflection it changes or fills; ``candidates``
    are the people that an ambiguous one may be of."""

    file: TextFile
    verdict: Verdict
    person_id: int | None = None
    kind: ReflectionKind = ReflectionKind.INSIGHT
    stored: Reflection | None = None
    candidates: tuple[int, ...] = ()


def match_texts(
    page: SignInPage,
    talk_id: int | None,
    files: Sequence[TextFile],
    chosen: Mapping[str, int] | None = None,
) -> list[TextRow]:
    """Whose files these are and what they would change; ``chosen`` names people by hand.

    A name counts when it stands in the file's name, else when a line near an end of the text
    is nothing but it. Of two files of one person the first counts.
    """
    talk = next((t for t in page.talks if t.id == talk_id), None)
    people = [p for p in page.on_roster if talk is None or p.id != talk.speaker_id]
    taken: set[int] = set()
    rows = []
    for file in files:
        row = _match(page, talk_id, file, people, (chosen or {}).get(file.name))
        if row.person_id is not None and row.person_id in taken:
            row = replace(row, verdict=Verdict.TWICE, stored=None)
        elif row.person_id is not None:
            taken.add(row.person_id)
        rows.append(row)
    return rows


def save_texts(
    unit: UnitOfWork, page: SignInPage, talk_id: int | None, rows: Sequence[TextRow]
) -> Committed:
    """Save the new and changed ones as written pieces, as one operation.

    Raises ``Stale`` when one of them was changed since the preview, ``NotFound`` when nothing
    is to be saved.
    """
    wanted = [row for row in rows if row.verdict.saved and row.person_id is not None]
    if not wanted:
        raise NotFound("能导入的材料", names([row.file.name for row in rows]))
    fresh = iter(unit.new_ids(Reflection, sum(row.stored is None for row in wanted) or 1))
    session_id = page.session.id
    for row in wanted:
        if row.stored is not None:
            unit.remove(row.stored)
            unit.drop_draft(reflection_target(row.stored.id))
            unit.put(replace(row.stored, text=row.file.text, kind=row.kind, written=True))
        else:
            assert row.person_id is not None
            unit.put(Reflection(next(fresh), session_id, row.person_id, row.kind, row.file.text,
                                talk_id, written=True))  # fmt: skip
    who = names([page.name(row.person_id) for row in wanted])
    title = session_title(page.session, page.closing.kinds)
    return unit.commit(f"导入书面材料 {len(wanted)} 份（{title}）：{who}")


def people_in_name(name: str, people: Sequence[Person]) -> list[Person]:
    """The people named in a file's name: 张三丰 in 张三丰心得 is not 张三 too; a 工号 or a
    repeated name is told apart by the number if it stands there."""
    stem = _BLANK.sub("", PurePath(name).stem)
    found = [p for p in people if p.name and _BLANK.sub("", p.name) in stem]
    longer = {
        p.name for p in found
        for q in found if p.name != q.name and p.name in q.name
        and stem.count(p.name) <= stem.count(q.name)
    }  # fmt: skip
    found = [p for p in found if p.name not in longer]
    if len(found) > 1 and len({p.name for p in found}) == 1:
        numbered = [p for p in found if p.staff_number and p.staff_number in stem]
        return numbered if len(numbered) == 1 else found
    return found


def kind_in_name(name: str, usual: ReflectionKind = ReflectionKind.INSIGHT) -> ReflectionKind:
    """感想, 心得 or 体会 as the file's name says; 心得体会 is a 心得."""
    said = [(name.find(str(kind)), kind) for kind in ReflectionKind if str(kind) in name]
    return min(said)[1] if said else usual


def _match(
    page: SignInPage, talk_id: int | None, file: TextFile, people: Sequence[Person],
    chosen: int | None,
) -> TextRow:  # fmt: skip
    if file.problem:
        return TextRow(file, Verdict.UNREADABLE)
    found = [p for p in people if p.id == chosen] if chosen is not None else []
    found = found or people_in_name(file.name, people) or _signed(file.text, people)
    if len(found) != 1:
        verdict = Verdict.AMBIGUOUS if found else Verdict.UNKNOWN
        return TextRow(file, verdict, candidates=tuple(p.id for p in found))
    person = found[0]
    stored = _stored(page, talk_id, person.id)
    kind = kind_in_name(file.name, stored.kind if stored else ReflectionKind.INSIGHT)
    verdict = Verdict.NEW
    if stored is not None and stored.text.strip():
        verdict = Verdict.SAME if stored.text.strip() == file.text.strip() else Verdict.CHANGED
    return TextRow(file, verdict, person.id, kind, stored, (person.id,))


def _stored(page: SignInPage, talk_id: int | None, person_id: int) -> Reflection | None:
    """The written piece there is, else the one that was asked for; what was said is left alone."""
    theirs = [r for r in page.said(talk_id) if r.person_id == person_id]
    written = [r for r in theirs if r.written]
    waiting = [r for r in theirs if not r.text.strip()]
    return next(iter([*written, *waiting]), None)


def _signed(text: str, people: Sequence[Person]) -> list[Person]:
    lines = [line for line in text.split("\n") if line.strip()]
    ends = [*lines[:_SIGNED_LINES], *lines[-_SIGNED_LINES:]]
    bare = {_SIGNED.sub("", _BLANK.sub("", line)) for line in ends}
    return [p for p in people if _BLANK.sub("", p.name) in bare]
