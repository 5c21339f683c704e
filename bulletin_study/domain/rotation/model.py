"""What the speaker rotation is told, and what it answers: frozen values only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import StrEnum

from bulletin_study.domain.people import Roster
from bulletin_study.domain.sessions import TalkCategory


class HeadFirst(StrEnum):
    """Where the head takes the group's first place of a round.

    ``WHERE_PAIRED``: in groups whose head has a 组长带组员 pair with one of its members.
    """

    WHERE_PAIRED = "where_paired"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Settings:
    """``spread``: groups come by size instead of in strict order.

    ``gap_days``: a shorter wait since the last talk is remarked on (0: never).
    """

    spread: bool = False
    head_first: HeadFirst = HeadFirst.WHERE_PAIRED
    gap_days: int = 0


class Bar(StrEnum):
    """Why somebody may not speak at a place."""

    NOT_TAKING_PART = "not_taking_part"
    OFF_ROSTER = "off_roster"
    ABSENT = "absent"
    SAME_DATE = "same_date"
    PINNED_AHEAD = "pinned_ahead"
    SPOKEN = "spoken"


@dataclass(frozen=True, slots=True)
class Mended:
    """How an announced place was mended: the group whose turn it was announced as, who had
    been announced, and what kept him (``None``: he speaks elsewhere, or gave way)."""

    group_id: int | None = None
    was_id: int | None = None
    bar: Bar | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of one session, with what is saved for it.

    ``held``: the session took place. ``speaker_id`` is who spoke or is announced,
    ``planned_id`` who had been announced when somebody else spoke. ``mended`` says that the
    place was filled to mend an announced plan; ``order_yields`` that its group was not in
    turn when the plan was mended, which a mended plan may leave so.
    """

    session_id: int
    place: int
    day: date
    start: time = time.min
    held: bool = False
    speaker_id: int | None = None
    guest: str = ""
    pinned: bool = False
    round: int | None = None
    group_id: int | None = None
    planned_id: int | None = None
    category: TalkCategory | None = None
    mentor_id: int | None = None
    mended: Mended | None = None
    order_yields: bool = False

    def announced(self, place: PlannedPlace | None) -> Slot:
        """The place with its plan saved; held ones, guests and those without stay."""
        if place is None or place.state in (PlaceState.HELD, PlaceState.GUEST):
            return self
        yields = any(r.rule is Rule.ORDER_YIELDS for r in place.reasons)
        told = self.told(place.reasons)
        if place.kept:
            told = replace(self, order_yields=self.order_yields or yields)
        return replace(
            told,
            speaker_id=place.speaker_id,
            round=place.round,
            group_id=place.group_id,
            category=place.category,
            mentor_id=place.mentor_id,
        )

    def told(self, reasons: Iterable[Reason]) -> Slot:
        """The place with what its reasons say of a repair."""
        reasons = tuple(reasons)
        instead = next((r for r in reasons if r.rule is Rule.REPAIRED), None)
        mended = None
        if instead is not None:
            mended = Mended(instead.group_id)
            for was in instead.candidates[:1]:
                mended = Mended(instead.group_id, was.person_id, was.bar)
        return replace(
            self,
            mended=mended,
            order_yields=any(r.rule is Rule.ORDER_YIELDS for r in reasons),
        )

    @property
    def order(self) -> tuple[date, time, int, int]:
        """Places follow each other by date, start, session, place."""
        return (self.day, self.start, self.session_id, self.place)


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a plan depends on.

    ``slots`` are all places of all talk sessions that are not cancelled, in any order.
    Those from ``first`` to ``last`` that were not held are planned; earlier and held ones
    are history; later ones matter for their pins only.
    """

    slots: tuple[Slot, ...]
    roster: Roster
    first: date
    last: date
    settings: Settings = field(default_factory=Settings)

    def is_open(self, slot: Slot) -> bool:
        """Whether the place is to be planned (pins and guests in it stay)."""
        return not slot.held and self.first <= slot.day <= self.last

    def announced(self, plan: Plan) -> Problem:
        """The problem as it is once the plan has been saved."""
        made = {(p.session_id, p.place): p for p in plan.places}
        slots = (s.announced(made.get((s.session_id, s.place))) for s in self.slots)
        return replace(self, slots=tuple(slots))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who was weighed for a place.

    ``days``: the wait on that date, counted from ``since``: the last talk, or when
    ``spoken_before`` is false 入部日期 (``None`` when nobody knows it). ``bar`` is why he may
    not speak there; ``speaks_on`` is the later date he holds in the round or is pinned to.
    Where nobody can speak, waits are not weighed (``days`` is ``None``).
    """

    person_id: int
    days: int | None = None
    since: date | None = None
    spoken_before: bool = False
    bar: Bar | None = None
    speaks_on: date | None = None


class Rule(StrEnum):
    """What decided a place, or part of it."""

    HELD = "held"
    PINNED = "pinned"
    PIN_BROKEN = "pin_broken"
    GUEST = "guest"
    NEW_ROUND = "new_round"
    GROUP_TURN = "group_turn"
    GROUP_OWED = "group_owed"
    GROUP_SPREAD = "group_spread"
    GROUP_PASSED = "group_passed"
    HEAD_FIRST = "head_first"
    LONGEST_WAIT = "longest_wait"
    LONG_WAIT = "long_wait"
    PRESENT = "present"
    MENTOR_PRESENT = "mentor_present"
    MENTOR_AWAY = "mentor_away"
    SHORT_GAP = "short_gap"
    REPAIRED = "repaired"
    MOVED_HERE = "moved_here"
    FEWEST_CHANGES = "fewest_changes"
    ORDER_YIELDS = "order_yields"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason as data. Which fields are filled depends on the rule.

    ``group_id``: the group meant; ``person_id``: speaker, mentor or head; ``number``: the
    group's how-manieth turn of the round, the round begun, the places changed in all, or
    the days waited; ``since``: the day the wait counts from, or the place left;
    ``candidates``: the people weighed. ``REPAIRED`` names the group whose turn the place
    was announced as, and as its one candidate who had been announced: what keeps him, and
    where he speaks now.
    """

    rule: Rule
    group_id: int | None = None
    person_id: int | None = None
    number: int | None = None
    since: date | None = None
    bar: Bar | None = None
    candidates: tuple[Candidate, ...] = ()


class PlaceState(StrEnum):
    """What a place of a plan is."""

    HELD = "held"
    PINNED = "pinned"
    PLANNED = "planned"
    GUEST = "guest"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class PlannedPlace:
    """Who speaks at one place. ``was_id`` is who is saved there; ``changed``: differs.

    ``kept``: a repair left the speaker; ``reasons`` are then added to those he has.
    """

    session_id: int
    place: int
    day: date
    state: PlaceState
    speaker_id: int | None = None
    guest: str = ""
    round: int | None = None
    group_id: int | None = None
    mentor_id: int | None = None
    category: TalkCategory | None = None
    was_id: int | None = None
    changed: bool = False
    kept: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A group whose turn it was, and why none of its people could take the place."""

    session_id: int
    place: int
    day: date
    group_id: int | None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """Totals of a plan; ``max_wait_days`` is the longest wait any planned speaker had."""

    rounds: int = 0
    filled: int = 0
    empty: int = 0
    changes: int = 0
    max_wait_days: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """A proposal for every place from ``first`` to ``last``, in order."""

    first: date
    last: date
    places: tuple[PlannedPlace, ...]
    passed_over: tuple[PassedOver, ...]
    summary: Summary
    settings: Settings = field(default_factory=Settings)

    def __iter__(self) -> Iterator[PlannedPlace]:
        return iter(self.places)


class BreachRule(StrEnum):
    """The hard rule that something saved breaks."""

    SPEAKER = "speaker"
    TWICE_ON_DATE = "twice_on_date"
    BEFORE_PIN = "before_pin"
    TWICE_IN_ROUND = "twice_in_round"
    ROUND_ENDED = "round_ended"
    ROUND_CUT_SHORT = "round_cut_short"
    GROUP_ORDER = "group_order"
    ORDER_YIELDED = "order_yielded"
    LEFT_EMPTY = "left_empty"


@dataclass(frozen=True, slots=True)
class Breach:
    """One broken rule, and where.

    ``person_id`` is the speaker (for ``ROUND_CUT_SHORT`` and ``LEFT_EMPTY``: somebody who
    could still have spoken; for ``ORDER_YIELDED``: who had been announced, where he was
    replaced), ``group_id`` the group whose turn it was, ``bar`` why the speaker may not,
    ``round`` the round meant, ``other_day`` the pin's or other talk's date.
    """

    rule: BreachRule
    session_id: int
    place: int
    day: date
    person_id: int | None = None
    group_id: int | None = None
    bar: Bar | None = None
    round: int | None = None
    other_day: date | None = None

    @property
    def accepted(self) -> bool:
        """Broken by a repair, which may: told with its reason, and no fault."""
        return self.rule is BreachRule.ORDER_YIELDED
