"""提醒: what is over a limit of the office's own settings, each with its place to act."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bulletin_study.domain.alerts import Attended, overdue, under
from bulletin_study.domain.sessions import (
    ClosingItem,
    Reflection,
    SessionStatus,
    StudySession,
)
from bulletin_study.domain.tally_facts import Rate
from bulletin_study.usecases.counts import Figures
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.settings import (
    COMMENT_DAYS,
    GROUP_RATE,
    PERSON_RATE,
    REFLECTION_DAYS,
    Option,
    read_option,
)
from bulletin_study.usecases.titles import percent
from bulletin_study.usecases.week import OpenItem, Week, name_of


class AlertKind(StrEnum):
    """What it is about, in the order of the list."""

    COMMENT = "点评"
    REFLECTION = "心得"
    GROUP_RATE = "组室到会率"
    PERSON_RATE = "个人到会率"


@dataclass(frozen=True, slots=True)
class Alert:
    """One reminder: ``who`` and in words what is wrong.

    ``days`` have been waited. ``key`` is the person (or the group of a group's rate).
    ``session`` and ``talk_id`` lead to the field that is empty, the one waited for longest;
    ``number`` is how many there are. ``item`` is the open line that says the same.
    """

    kind: AlertKind
    who: str
    words: str
    key: int = 0
    days: int = 0
    session: StudySession | None = None
    talk_id: int | None = None
    number: int = 1
    item: OpenItem | None = None


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the reminders are made from; ``figures`` are of this year up to today."""

    unit: UnitOfWork
    week: Week
    figures: Figures


def load_alerts(unit: UnitOfWork, week: Week, figures: Figures) -> tuple[Alert, ...]:
    """Every reminder, by kind; people in each by 排名, talks by date.

    ``figures`` are those of this year up to today, which the page of the week has anyway:
    the rate told is the one that the person's page shows for the year.
    """
    ground = _Ground(unit, week, figures)
    return tuple(alert for source in _SOURCES for alert in source(ground))


def _comments(ground: _Ground) -> Iterator[Alert]:
    """Talks without 点评."""
    days = read_option(ground.unit, COMMENT_DAYS)
    for row in ground.week.open_items:
        session, talk = row.closing.session, row.talk
        if row.item.item is not ClosingItem.COMMENTS or session.status is not SessionStatus.HELD:
            continue
        waited = overdue(session.day, ground.week.today, days)
        if waited and talk is not None:
            who = name_of(ground.week.roster, talk.speaker_id, talk.guest) or "主讲人没定"
            about = f"《{talk.title}》" if talk.title else "讲课"
            words = f"{about}还没有点评，已过 {waited} 天"
            yield Alert(AlertKind.COMMENT, who, words, talk.speaker_id or 0, waited, session,
                        talk.id, item=row)  # fmt: skip


def _reflections(ground: _Ground) -> Iterator[Alert]:
    """People who were asked for a reflection and have not given it."""
    unit, today = ground.unit, ground.week.today
    days = read_option(unit, REFLECTION_DAYS)
    asked = unit.all(Reflection, text="")
    ids = sorted({one.session_id for one in asked})
    sessions = {s.id: s for s in unit.all(StudySession, id=ids)} if ids else {}
    owed: dict[int, list[Reflection]] = {}
    for one in sorted(asked, key=lambda r: (sessions[r.session_id].day, r.session_id, r.id)):
        session = sessions[one.session_id]
        settled = session.archived or session.status is not SessionStatus.HELD
        if not settled and overdue(session.day, today, days):
            owed.setdefault(one.person_id, []).append(one)
    for person in ground.week.roster.people.values():
        own = owed.get(person.id)
        if own:
            first = sessions[own[0].session_id]
            waited = (today - first.day).days
            longest = "已过" if len(own) == 1 else "最久的已过"
            words = f"还差 {len(own)} 篇心得，{longest} {waited} 天"
            yield Alert(AlertKind.REFLECTION, person.name, words, person.id, waited, first,
                        own[0].talk_id, len(own))  # fmt: skip


def _groups(ground: _Ground) -> Iterator[Alert]:
    """Groups whose 到会率 of this year is under the limit."""
    counts, groups = ground.figures.counts, ground.week.roster.groups
    unfinished = {key for kind in counts.kinds for key in kind.incomplete_ids}
    by_id = {group.group_id: group for group in counts.groups}
    watched = [
        # So many at least are signed in full; which of the open ones are theirs is not known.
        Attended(key, by_id[key].rate, by_id[key].held - len(unfinished))
        for key in groups
        if key in by_id
    ]
    yield from _low(
        ground, GROUP_RATE, AlertKind.GROUP_RATE, watched, lambda key: groups[key].name
    )


def _people(ground: _Ground) -> Iterator[Alert]:
    """People on duty whose 到会率 of this year is under the limit."""
    roster, today = ground.week.roster, ground.week.today
    by_id = {one.person_id: one for one in ground.figures.counts.people}
    watched = [
        Attended(key, by_id[key].rate, by_id[key].rate.denominator)
        for key in roster.people
        if key in by_id and roster.on_roster(key, today) and not roster.exempt(key, today)
    ]
    yield from _low(
        ground, PERSON_RATE, AlertKind.PERSON_RATE, watched, lambda key: roster.people[key].name
    )


def _low(
    ground: _Ground, option: Option, kind: AlertKind, watched: Sequence[Attended],
    name: Callable[[int], str],
) -> Iterator[Alert]:  # fmt: skip
    limit = read_option(ground.unit, option)
    for one in under(limit, watched):
        yield Alert(kind, name(one.key), _rate_words(one.rate, limit), one.key)


def _rate_words(rate: Rate, limit: int) -> str:
    parts = f"{rate.numerator}/{rate.denominator}"
    return f"今年到会率 {percent(rate)}（{parts}），低于 {limit}%"


_SOURCES: tuple[Callable[[_Ground], Iterator[Alert]], ...] = (
    _comments, _reflections, _groups, _people,
)  # fmt: skip
"""One function for each kind of reminder; another kind is another function here."""
