"""What the sign-in page shows: the shelf of sessions, and one session with all its records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bulletin_study.domain.attendance import CAME
from bulletin_study.domain.closing import Want
from bulletin_study.domain.drafts import Draft
from bulletin_study.domain.evidence import Evidence
from bulletin_study.domain.make_ups import Debt
from bulletin_study.domain.people import Person, Role, Roster
from bulletin_study.domain.sessions import (
    ClosingItem,
    Comment,
    Reflection,
    SessionStatus,
    StudySession,
    Talk,
)
from bulletin_study.usecases.closing import Closing, closing_of, load_closings
from bulletin_study.usecases.drafts import laid_aside
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.make_up_list import session_debts
from bulletin_study.usecases.ports import Progress, UnitOfWork, require
from bulletin_study.usecases.session_list import SessionRow, list_sessions
from bulletin_study.usecases.sign_in_list import SignIn, load_sign_in

RECENT = timedelta(weeks=10)
COMING = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """One session to choose; ``closing`` only where something may still be missing."""

    row: SessionRow
    closing: Closing | None

    @property
    def session(self) -> StudySession:
        """The session."""
        return self.row.session


@dataclass(frozen=True, slots=True)
class Shelf:
    """The sessions to choose from, each once. ``open`` begins with the longest waiting,
    ``coming`` with the nearest, ``archived`` and ``cancelled`` with the latest.

    ``earlier`` and ``later``: whether there are sessions outside the span asked for.
    """

    today: tuple[ShelfRow, ...]
    open: tuple[ShelfRow, ...]
    coming: tuple[ShelfRow, ...]
    archived: tuple[ShelfRow, ...]
    cancelled: tuple[ShelfRow, ...]
    earlier: bool
    later: bool

    @property
    def rows(self) -> tuple[ShelfRow, ...]:
        """All of them in the order of the shelf."""
        return (*self.today, *self.open, *self.coming, *self.archived, *self.cancelled)

    @property
    def first_choice(self) -> int | None:
        """Today's session that is not done, else the one waiting longest, else the next."""
        active = [row for row in self.today if not row.session.archived]
        for rows in (active, self.open, self.coming, self.today, self.archived, self.cancelled):
            if rows:
                return rows[0].session.id
        return None


@dataclass(frozen=True, slots=True)
class SignInPage:
    """One session with its sign-in, checklist and everything said in it.

    ``drafts`` are words of an earlier run that were laid aside, of whatever session.
    """

    sign_in: SignIn
    closing: Closing
    row: SessionRow
    talks: tuple[Talk, ...]
    comments: tuple[Comment, ...]
    reflections: tuple[Reflection, ...]
    today: date
    evidence: tuple[Evidence, ...] = ()
    make_ups: tuple[Debt, ...] = ()
    drafts: tuple[Draft, ...] = ()

    @property
    def session(self) -> StudySession:
        """The session."""
        return self.closing.session

    @property
    def roster(self) -> Roster:
        """Everybody."""
        return self.sign_in.roster

    @property
    def on_roster(self) -> list[Person]:
        """The people on the roster that day, by 排名."""
        return self.roster.on(self.session.day)

    @property
    def leaders(self) -> list[Person]:
        """Who may comment."""
        return [person for person in self.on_roster if person.role is Role.LEADER]

    @property
    def places(self) -> tuple[int, ...]:
        """The places for speakers, filled or not; none where the session holds no talks."""
        if not any(kind.has_talks for kind in self.closing.kinds):
            return ()
        planned = range(1, max(self.session.talk_places, 1) + 1)
        return tuple(sorted({talk.place for talk in self.talks} | set(planned)))

    def requires(self, item: ClosingItem) -> bool:
        """Whether its checklist asks for this."""
        return any(line.item is item for line in self.closing.items)

    def talk_at(self, place: int) -> Talk | None:
        """The talk of a place, if it was arranged."""
        return next((talk for talk in self.talks if talk.place == place), None)

    def comment_on(
        self, *, talk_id: int | None = None, group_id: int | None = None
    ) -> Comment | None:
        """The comment on a talk or on a group's report."""
        return next(
            (c for c in self.comments if c.talk_id == talk_id and c.group_id == group_id), None
        )

    def said(self, talk_id: int | None) -> list[Reflection]:
        """The reflections on a talk (``None``: on the session), in the order of asking."""
        return [r for r in self.reflections if r.talk_id == talk_id]

    def files(self, talk_id: int | None) -> list[Evidence]:
        """The files of a talk (``None``: of the session itself), in the order they came."""
        return [file for file in self.evidence if file.talk_id == talk_id]

    def name(self, person_id: int | None) -> str:
        """A person's name."""
        person = self.roster.people.get(person_id) if person_id is not None else None
        return person.name if person else ""

    def group_name(self, person_id: int) -> str:
        """The group somebody was in on that day, or what he is if in none."""
        group = self.roster.groups.get(self.roster.group_on(person_id, self.session.day) or 0)
        person = self.roster.people.get(person_id)
        return group.name if group else str(person.role) if person else ""

    def listeners(self, talk: Talk | None) -> list[Person]:
        """Who may say what they learned: those who came first, then the rest, by 排名;
        never the speaker or the 帮带人 of the talk."""
        taken = {talk.speaker_id, talk.mentor_id} if talk else set()
        came = {row.person_id for row in self.sign_in.rows if row.mark in CAME}
        people = [p for p in self.on_roster if p.id not in taken and p.role is not Role.LEADER]
        return sorted(people, key=lambda person: person.id not in came)


def open_lines(closing: Closing) -> dict[Want, tuple[int, int]]:
    """The checklist with the talks of a session together: what is asked → (done, needed)."""
    lines: dict[Want, tuple[int, int]] = {}
    for line in closing.items:
        done, needed = lines.get(line.want, (0, 0))
        # What one talk has too much of does not make up for another's want.
        lines[line.want] = (done + min(line.done, line.needed), needed + line.needed)
    return lines


def load_page(unit: UnitOfWork, session_id: int) -> SignInPage:
    """One session with its records. Raises ``NotFound``."""
    day = require(unit, StudySession, "场次", session_id).day
    row = next(r for r in list_sessions(unit, day, day) if r.session.id == session_id)
    return _page_of(unit, row, load_roster(unit))


def load_pages(
    unit: UnitOfWork, rows: Iterable[SessionRow], progress: Progress | None = None
) -> Iterator[SignInPage]:
    """The same for many, one after the other; what they share is read once.

    ``progress`` counts sessions after each and may stop it.
    """
    roster, listed = load_roster(unit), list(rows)
    for done, row in enumerate(listed, start=1):
        yield _page_of(unit, row, roster)
        if progress is not None:
            progress(done, len(listed))


def _page_of(unit: UnitOfWork, row: SessionRow, roster: Roster) -> SignInPage:
    session_id = row.session.id
    sign_in = load_sign_in(unit, session_id, roster)
    return SignInPage(
        sign_in,
        closing_of(unit, sign_in),
        row,
        tuple(sorted(unit.all(Talk, session_id=session_id), key=lambda talk: talk.place)),
        tuple(unit.all(Comment, session_id=session_id)),
        tuple(unit.all(Reflection, session_id=session_id)),
        unit.services.clock.today(),
        tuple(unit.all(Evidence, session_id=session_id)),
        session_debts(unit, sign_in),
        tuple(draft for draft in unit.drafts() if laid_aside(draft)),
    )


def load_shelf(
    unit: UnitOfWork,
    first: date | None = None,
    last: date | None = None,
    *,
    session_id: int | None = None,
) -> Shelf:
    """The sessions between two dates (from ten weeks ago to a week ahead), with all that are
    still open before them, the next one ahead, and ``session_id`` wherever it is."""
    today = unit.services.clock.today()
    first, last = first or today - RECENT, last or today + COMING
    everything = unit.sessions_between(date.min, date.max)
    wanted = {s.id for s in everything if first <= s.day <= last or _open(s, today)}
    wanted |= {s.id for s in everything if s.id == session_id}
    following = [s for s in everything if s.status.ahead and s.day > today]
    wanted |= {s.id for s in following[:1]}
    days = [s.day for s in everything if s.id in wanted]
    if not days:
        return Shelf((), (), (), (), (), bool(everything), False)
    listed = list_sessions(unit, min(days), max(days))
    rows = [row for row in listed if row.session.id in wanted]
    return _arranged(
        _with_closings(unit, rows, today),
        today,
        earlier=any(s.id not in wanted and s.day < first for s in everything),
        later=any(s.id not in wanted and s.day > last for s in everything),
    )


def _open(session: StudySession, today: date) -> bool:
    """Its day has come and it is neither archived nor called off.

    An imported session with totals only is history: nobody waits for it.
    """
    alive = session.status is not SessionStatus.CANCELLED and not session.archived
    return alive and session.day <= today and session.expected_total is None


def _with_closings(
    unit: UnitOfWork, rows: Sequence[SessionRow], today: date
) -> list[ShelfRow]:
    waiting = [row.session for row in rows if _open(row.session, today)]
    found = {closing.session.id: closing for closing in load_closings(unit, waiting)}
    return [ShelfRow(row, found.get(row.session.id)) for row in rows]


def _arranged(rows: Sequence[ShelfRow], today: date, *, earlier: bool, later: bool) -> Shelf:
    cancelled = [r for r in rows if r.session.status is SessionStatus.CANCELLED]
    rest = [r for r in rows if r.session.status is not SessionStatus.CANCELLED]
    now = [r for r in rest if r.session.day == today]
    coming = [r for r in rest if r.session.day > today]
    past = [r for r in rest if r.session.day < today]
    return Shelf(
        tuple(now),
        tuple(r for r in past if _open(r.session, today)),
        tuple(coming),
        tuple(reversed([r for r in past if not _open(r.session, today)])),
        tuple(reversed(cancelled)),
        earlier,
        later,
    )
