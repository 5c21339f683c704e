"""Session kinds, series, sessions, the study plan and what is said in a session."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from bulletin_study.domain.evidence import EvidenceNeed
from bulletin_study.domain.people import Role, StaffCategory

STUDY = "每周一学"
TALK = "每周一讲"
REVIEW = "每周一评"
CORE_KINDS = (STUDY, TALK, REVIEW)


class SessionStatus(StrEnum):
    """``MOVED`` is planned at a new date and counts with the planned."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    MOVED = "moved"

    @property
    def ahead(self) -> bool:
        """Still to take place."""
        return self in (SessionStatus.PLANNED, SessionStatus.MOVED)


class Form(StrEnum):
    """形式."""

    LEADER_LED = "领导领学"
    COLLECTIVE = "集体研学"
    SELF_STUDY = "个人自学"


class HolidayPolicy(StrEnum):
    """What a series does with an occurrence that falls on a day off."""

    NEXT = "next"
    PREVIOUS = "previous"
    SKIP = "skip"
    KEEP = "keep"


class ClosingItem(StrEnum):
    """One thing a kind may require before a session is archived."""

    SIGN_IN = "sign_in"
    THEME = "theme"
    FORM = "form"
    LEAD = "lead"
    TALKS = "talks"
    COMMENTS = "comments"
    REFLECTIONS = "reflections"
    REPORTS = "reports"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a kind expects; an empty part does not restrict. ``people`` names them one by one."""

    groups: tuple[int, ...] = ()
    roles: tuple[Role, ...] = ()
    categories: tuple[StaffCategory, ...] = ()
    party_only: bool = False
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionKind:
    """活动类型. ``hours``: 学时 of one session (``None``: its length).

    ``evidence`` is what its sessions must have on file before they are archived.
    ``make_up``: whether those who missed one owe 补学 (``None``: as is usual for the kind,
    see :attr:`owes_make_up`).
    """

    id: int
    name: str
    order: int
    family: str = ""
    audience: Audience = field(default_factory=Audience)
    closing: tuple[ClosingItem, ...] = (ClosingItem.SIGN_IN, ClosingItem.THEME)
    hours: float | None = None
    retired: bool = False
    evidence: tuple[EvidenceNeed, ...] = ()
    make_up: bool | None = None

    @property
    def owes_make_up(self) -> bool:
        """Whether those who missed a session owe 补学; unless set, only for 每周一学."""
        return self.name == STUDY if self.make_up is None else self.make_up

    @property
    def has_talks(self) -> bool:
        """Whether its sessions hold places for speakers."""
        return ClosingItem.TALKS in self.closing


@dataclass(frozen=True, slots=True)
class OpeningFigure:
    """期初场次: sessions of a kind held in a year before the office began with this program."""

    kind_id: int
    year: int
    count: int


@dataclass(frozen=True, slots=True)
class Series:
    """系列: an RFC 5545 recurrence with a holiday policy, making sessions up to ``until``."""

    id: int
    kind_ids: tuple[int, ...]
    rrule: str
    start: datetime
    minutes: int
    until: date
    holiday: HolidayPolicy = HolidayPolicy.NEXT
    venue: str = ""
    talk_places: int = 1


def minutes_between(start: time, end: time) -> int:
    """Length in minutes (0 when the end is not after the start)."""
    return max((end.hour - start.hour) * 60 + end.minute - start.minute, 0)


@dataclass(frozen=True, slots=True)
class StudySession:
    """场次: one meeting, of one or several kinds (see :class:`SessionKindLink`).

    ``moved_from`` is the first date it was planned for. ``occurrence`` is the date the
    recurrence gave, kept so that a series can be edited as a whole. ``lead_name`` holds a
    领学人 (``host_name`` 主持人, ``recorder_name`` 记录人) who is not on the roster.
    ``*_total`` are imported totals of old sessions: they stay totals and never become
    personal marks. ``waiver`` is the reason for archiving with something missing.
    ``excepted`` says that it was edited on its own, apart from its series.
    """

    id: int
    day: date
    start: time
    end: time
    theme: str = ""
    venue: str = ""
    form: Form | None = None
    lead_id: int | None = None
    lead_name: str = ""
    host_id: int | None = None
    host_name: str = ""
    recorder_id: int | None = None
    recorder_name: str = ""
    status: SessionStatus = SessionStatus.PLANNED
    status_reason: str = ""
    moved_from: date | None = None
    archived: bool = False
    waiver: str = ""
    series_id: int | None = None
    occurrence: date | None = None
    excepted: bool = False
    talk_places: int = 0
    hours: float | None = None
    materials: str = ""
    agenda: str = ""
    speeches: str = ""
    decisions: str = ""
    note: str = ""
    expected_total: int | None = None
    present_total: int | None = None
    leave_total: int | None = None

    @property
    def minutes(self) -> int:
        """Length in minutes (0 when the end is not after the start)."""
        return minutes_between(self.start, self.end)


@dataclass(frozen=True, slots=True)
class SessionKindLink:
    """A session is held as this kind; ``ordinal`` is its fixed 第N次 once archived or printed."""

    session_id: int
    kind_id: int
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class StudyPlanItem:
    """学习计划: a theme for a date (``day``) or for the week beginning on ``week`` (a Monday)."""

    id: int
    kind_id: int
    theme: str
    day: date | None = None
    week: date | None = None
    form: Form | None = None
    lead_id: int | None = None
    lead_name: str = ""
    venue: str = ""
    session_id: int | None = None


class TalkCategory(StrEnum):
    """讲课类别."""

    BUSINESS = "业务知识"
    POLICY = "政策法规"
    EXPERIENCE = "经验方法"


@dataclass(frozen=True, slots=True)
class Talk:
    """讲课: one place of one session. ``place`` counts from 1.

    A place held by a guest from outside has ``guest`` and no ``speaker_id``.
    ``planned_id`` keeps who was announced when somebody else spoke; history is who spoke.
    ``reasons`` is the planner's account of the choice as JSON text ("" when set by hand).
    """

    id: int
    session_id: int
    place: int
    speaker_id: int | None = None
    guest: str = ""
    title: str = ""
    category: TalkCategory | None = None
    mentor_id: int | None = None
    group_id: int | None = None
    round: int | None = None
    pinned: bool = False
    planned_id: int | None = None
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """点评 by a leader on a talk or on a group's weekly report."""

    id: int
    session_id: int
    leader_id: int | None
    text: str
    talk_id: int | None = None
    group_id: int | None = None


class ReflectionKind(StrEnum):
    """感想 / 心得 / 体会."""

    IMPRESSION = "感想"
    INSIGHT = "心得"
    UNDERSTANDING = "体会"


@dataclass(frozen=True, slots=True)
class Reflection:
    """What a person said or wrote about a session; empty ``text`` means asked for, not given."""

    id: int
    session_id: int
    person_id: int
    kind: ReflectionKind = ReflectionKind.IMPRESSION
    text: str = ""
    talk_id: int | None = None
    written: bool = False
