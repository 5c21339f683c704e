"""The closing checklist: what a session still needs before it is archived (归档).

每周一学: sign-in complete, theme, form, 领学人. 每周一讲: sign-in, title and category,
one 点评 and three 感想/心得/体会 for each talk. 每周一评: a 点评 on every group's report.
Other kinds by their own rules. Plus the evidence that a kind requires. Kinds held together
need what any of them needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bulletin_study.domain.attendance import Headcount
from bulletin_study.domain.evidence import Evidence, EvidenceKind
from bulletin_study.domain.sessions import (
    ClosingItem,
    Comment,
    Form,
    Reflection,
    SessionKind,
    StudySession,
    Talk,
)

REFLECTIONS_PER_TALK = 3


@dataclass(frozen=True, slots=True)
class Want:
    """What a line of a checklist asks for, the talks of a session together: an item, and of
    佐证材料 the kind of file."""

    item: ClosingItem
    evidence: EvidenceKind | None = None

    @property
    def key(self) -> str:
        """One word for it: "theme", "evidence:照片"."""
        return f"{self.item}:{self.evidence}" if self.evidence else str(self.item)

    @staticmethod
    def of(key: str) -> Want:
        """What a :attr:`key` names. Raises ``ValueError`` for one that names nothing."""
        item, _, evidence = key.partition(":")
        return Want(ClosingItem(item), EvidenceKind(evidence) if evidence else None)


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of the checklist: ``done`` of ``needed``; ``talk_id`` where it is a talk's.

    ``place`` is the talk's place (0: the whole session). ``evidence`` is what kind of file is
    asked for.
    """

    item: ClosingItem
    done: int
    needed: int
    talk_id: int | None = None
    place: int = 0
    evidence: EvidenceKind | None = None

    @property
    def want(self) -> Want:
        """What it asks for, whichever talk it is of."""
        return Want(self.item, self.evidence)

    @property
    def complete(self) -> bool:
        """Nothing left to do here."""
        return self.done >= self.needed

    @property
    def lacking(self) -> int:
        """How many are still missing."""
        return max(self.needed - self.done, 0)


@dataclass(frozen=True, slots=True)
class Records:
    """Everything recorded about one session that its checklist looks at.

    ``sign_in`` counts whoever any of its kinds expects; ``group_ids`` are the groups that
    report at a weekly review.
    """

    sign_in: Headcount = Headcount()
    talks: Sequence[Talk] = ()
    comments: Sequence[Comment] = ()
    reflections: Sequence[Reflection] = ()
    group_ids: Sequence[int] = ()
    evidence: Sequence[Evidence] = ()


def checklist(
    session: StudySession, kinds: Iterable[SessionKind], records: Records
) -> tuple[CheckItem, ...]:
    """The checklist in its fixed order, complete lines included."""
    kinds = tuple(kinds)
    wanted = {item for kind in kinds for item in kind.closing}
    lines: list[CheckItem] = []
    for item in ClosingItem:
        if item is ClosingItem.EVIDENCE:
            lines.extend(_evidence(session, kinds, records))
        elif item in wanted:
            lines.extend(_lines(item, session, records))
    return tuple(lines)


def missing(
    session: StudySession, kinds: Iterable[SessionKind], records: Records
) -> tuple[CheckItem, ...]:
    """The lines that are not complete."""
    return tuple(line for line in checklist(session, kinds, records) if not line.complete)


def _lines(item: ClosingItem, session: StudySession, records: Records) -> list[CheckItem]:
    match item:
        case ClosingItem.SIGN_IN:
            return [_sign_in(session, records)]
        case ClosingItem.THEME:
            return [CheckItem(item, int(bool(session.theme.strip())), 1)]
        case ClosingItem.FORM:
            return [CheckItem(item, int(session.form is not None), 1)]
        case ClosingItem.LEAD:
            # Nobody leads when everyone reads alone.
            led = bool(session.lead_id or session.lead_name.strip())
            return [CheckItem(item, int(led or session.form is Form.SELF_STUDY), 1)]
        case ClosingItem.REPORTS:
            commented = {c.group_id for c in records.comments if c.text.strip()}
            done = sum(group_id in commented for group_id in records.group_ids)
            return [CheckItem(item, done, len(records.group_ids))]
        case _:
            return _talk_lines(item, session, records)


def _sign_in(session: StudySession, records: Records) -> CheckItem:
    count = records.sign_in
    if not count.expected and session.expected_total is not None:
        # An imported old session has totals instead of marks: nothing to sign.
        return CheckItem(ClosingItem.SIGN_IN, session.expected_total, session.expected_total)
    if not count.expected:
        return CheckItem(ClosingItem.SIGN_IN, 0, 1)
    return CheckItem(ClosingItem.SIGN_IN, count.expected - count.unmarked, count.expected)


def _evidence(
    session: StudySession, kinds: Sequence[SessionKind], records: Records
) -> list[CheckItem]:
    """One line for each kind of file that any of the kinds requires, of the larger number.

    What was written in the program itself counts as one: minutes as 会议记录, what was said
    as 发言要点.
    """
    needs: dict[EvidenceKind, int] = {}
    for need in (need for kind in kinds for need in kind.evidence):
        needs[need.kind] = max(needs.get(need.kind, 0), need.count)
    item = ClosingItem.EVIDENCE
    return [
        CheckItem(item, _on_file(kind, session, records), needs[kind], evidence=kind)
        for kind in EvidenceKind
        if kind in needs
    ]


def _on_file(kind: EvidenceKind, session: StudySession, records: Records) -> int:
    files = sum(file.kind is kind for file in records.evidence)
    match kind:
        case EvidenceKind.MINUTES:
            written = bool(session.speeches.strip() or session.decisions.strip())
        case EvidenceKind.SPEECH_NOTES:
            said = any(r.text.strip() for r in records.reflections)
            written = said or bool(session.speeches.strip())
        case _:
            written = False
    return files + written


def _talk_lines(item: ClosingItem, session: StudySession, records: Records) -> list[CheckItem]:
    by_place = {talk.place: talk for talk in records.talks}
    places = sorted(set(by_place) | set(range(1, max(session.talk_places, 1) + 1)))
    lines: list[CheckItem] = []
    for place in places:
        talk = by_place.get(place)
        done, needed = 0, (REFLECTIONS_PER_TALK if item is ClosingItem.REFLECTIONS else 1)
        if talk is not None:
            done = _talk_done(item, talk, records)
        lines.append(CheckItem(item, done, needed, talk.id if talk else None, place))
    return lines


def _talk_done(item: ClosingItem, talk: Talk, records: Records) -> int:
    match item:
        case ClosingItem.TALKS:
            spoken = talk.speaker_id is not None or bool(talk.guest)
            return int(spoken and bool(talk.title.strip()) and talk.category is not None)
        case ClosingItem.COMMENTS:
            return sum(bool(c.text.strip()) for c in records.comments if c.talk_id == talk.id)
        case _:
            given = {r.person_id for r in records.reflections
                     if r.talk_id == talk.id and r.text.strip()}
            return len(given)
