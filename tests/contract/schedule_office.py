"""The small office that the schedule's contract tests plan for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from bulletin_study.domain.people import Group, Membership, Person, Role
from bulletin_study.domain.sessions import StudySession
from bulletin_study.usecases.ports import Office
from bulletin_study.usecases.schedule import NewSeries, apply_series
from bulletin_study.usecases.sessions import new_session

STUDY, TALK, REVIEW, MEETING, CHOIR = 1, 2, 3, 4, 18
"""每周一学, 每周一讲, 每周一评, 部务会 (leaders only), 志愿服务."""

WEEKLY = NewSeries(
    (STUDY,),
    "FREQ=WEEKLY;BYDAY=MO",
    datetime(2022, 7, 25, 8, 30),
    90,
    date(2022, 12, 19),
    venue="三楼会议室",
)


def furnish(office: Office) -> None:
    """A leader, two heads and two members in two groups; one member joins in December."""
    with office.unit() as unit:
        unit.put(
            Person(1, "秦维新", 1, role=Role.LEADER),
            Person(2, "王立言", 2, "001", role=Role.HEAD),
            Person(3, "周敏之", 3, "002", role=Role.HEAD),
            Person(4, "罗婉清", 4, "003"),
            Person(5, "石小满", 5, "004", joined=date(2022, 12, 1)),
        )
        unit.put(Group(1, "办公室", 1, head_id=2), Group(2, "干部组", 2, head_id=3))
        unit.put(*(Membership(i, i, 1 if i in (2, 4) else 2) for i in (2, 3, 4, 5)))
        unit.commit("准备")


def draft(day: date, start: str = "09:00", end: str = "10:00", **fields: object) -> StudySession:
    """A session as the form of a new one gives it."""
    blank = StudySession(0, day, time.fromisoformat(start), time.fromisoformat(end))
    return replace(blank, **fields)  # type: ignore[arg-type]


def plan(office: Office, wanted: StudySession, *kinds: int) -> int:
    """Plan one session, overriding clashes; its id."""
    with office.unit() as unit:
        return new_session(unit, wanted, kinds or (STUDY,), override=True)[1]


def plan_series(office: Office, wanted: NewSeries = WEEKLY) -> tuple[int, ...]:
    """Make a series, overriding clashes; its sessions' ids."""
    with office.unit() as unit:
        return apply_series(unit, wanted, override_clashes=True)[1]


def stored(office: Office, session_id: int) -> StudySession:
    """The session as it is now."""
    with office.view() as unit:
        found = unit.get(StudySession, session_id)
    assert found is not None
    return found


def everything(office: Office) -> list[StudySession]:
    """All sessions by day and start."""
    with office.view() as unit:
        return unit.sessions_between(date(2000, 1, 1), date(2100, 1, 1))
