"""What the papers of a session have in common: when, who, whose audience, which number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from bulletin_study.domain.attendance import Attendance, Headcount, Mark, in_audience
from bulletin_study.domain.errors import NotFound, WrongStatus
from bulletin_study.domain.sessions import SessionKind, SessionStatus, StudySession
from bulletin_study.usecases.ports import Progress, UnitOfWork, require
from bulletin_study.usecases.reports import period_words
from bulletin_study.usecases.session_list import list_sessions
from bulletin_study.usecases.sign_in_list import kinds_of
from bulletin_study.usecases.sign_in_page import SignInPage, load_pages
from bulletin_study.usecases.titles import UNMARKED, WEEKDAYS, date_words, session_title

KindChoice = int | Literal["each", "together"]
"""Kinds held together: a paper for each kind, one for all, or only that of one kind (its id)."""
Share = tuple[SessionKind, ...]
"""The kinds that one paper is made for."""
ROOM = "　" * 4
"""Room to write in by hand."""


def shares(page: SignInPage, choice: KindChoice) -> list[Share]:
    """For which kinds the session gets a paper; none where the chosen kind is not its own."""
    kinds = page.closing.kinds
    if choice == "together" or len(kinds) < 2:
        own = kinds if not isinstance(choice, int) else tuple(k for k in kinds if k.id == choice)
        return [own] if own or not kinds else []
    return [(kind,) for kind in kinds if choice in ("each", kind.id)]


def of_kinds(
    pages: Sequence[SignInPage], choice: KindChoice, what: str
) -> list[tuple[SignInPage, Share]]:
    """Every paper to be made of these sessions. Raises ``NotFound`` when there is none."""
    made = [(page, share) for page in pages for share in shares(page, choice)]
    if not made:
        between = period_words(pages[0].session.day, pages[-1].session.day)
        raise NotFound(f"这种活动的{what}", between)
    return made


def open_session(unit: UnitOfWork, session_id: int, what: str) -> StudySession:
    """A session that gets papers. Raises ``NotFound``, ``WrongStatus`` for one called off."""
    session = require(unit, StudySession, "场次", session_id)
    if session.status is SessionStatus.CANCELLED:
        raise WrongStatus(session_title(session, kinds_of(unit, session_id)), "已取消", f"出{what}")
    return session


def chosen_pages(
    unit: UnitOfWork, sessions: Sequence[StudySession], progress: Progress | None = None
) -> list[SignInPage]:
    """These sessions, by day, with their records. ``progress`` counts sessions and may stop
    it."""
    wanted = {session.id for session in sessions}
    rows = list_sessions(unit, sessions[0].day, sessions[-1].day)
    chosen = [row for row in rows if row.session.id in wanted]
    return list(load_pages(unit, chosen, progress))


def held_between(unit: UnitOfWork, first: date, last: date) -> list[StudySession]:
    """The sessions of a period that took place. Raises ``NotFound`` when there are none."""
    between = unit.sessions_between(first, last)
    found = [session for session in between if session.status is SessionStatus.HELD]
    if not found:
        raise NotFound("已开展的场次", period_words(first, last))
    return found


def took_place(page: SignInPage) -> bool:
    """Whether there is something to fill in."""
    return page.session.status is SessionStatus.HELD


def when_text(session: StudySession) -> str:
    """2026年11月25日（周三）15:00—16:30."""
    day = session.day
    return (
        f"{date_words(day)}（周{WEEKDAYS[day.weekday()]}）"
        f"{session.start:%H:%M}—{session.end:%H:%M}"
    )


def ordinal_line(page: SignInPage, share: Share) -> str:
    """（2026年第21次）; of several kinds each with its own; room for the number while ahead."""
    year = page.session.day.year
    if not took_place(page):
        return f"（{year}年第{ROOM}次）"
    numbers = page.row.ordinal_by_kind
    own = [(kind.name, numbers[kind.name].number) for kind in share if kind.name in numbers]
    if len(own) == 1:
        return f"（{year}年第{own[0][1]}次）"
    return f"（{year}年{'、'.join(f'{name}第{number}次' for name, number in own)}）" if own else ""


def host_of(page: SignInPage) -> str:
    """主持人."""
    return page.name(page.session.host_id) or page.session.host_name


def recorder_of(page: SignInPage) -> str:
    """记录人."""
    return page.name(page.session.recorder_id) or page.session.recorder_name


def lead_of(page: SignInPage) -> str:
    """领学人."""
    return page.name(page.session.lead_id) or page.session.lead_name


def theme_of(page: SignInPage) -> str:
    """The theme, or what the talks are about."""
    return page.session.theme or "；".join(f"《{talk.title}》" for talk in page.talks if talk.title)


def post_of(page: SignInPage, row: Attendance) -> str:
    """组室 on that day and 职务; for somebody without either what he is."""
    person = page.roster.people.get(row.person_id)
    group = page.roster.groups.get(row.group_id) if row.group_id is not None else None
    words = post_words(group.name if group else "", person.title if person else "")
    return words or (str(person.role) if person else "")


def post_words(group: str, title: str) -> str:
    """组室 and 职务 in one; a 职务 that begins with its 组室 says both (办公室主任)."""
    return title if group and title.startswith(group) else f"{group} {title}".strip()


def listed(page: SignInPage, share: Share) -> list[Attendance]:
    """Whom these kinds expect, by 排名, the 免到 of their audience among them."""
    wanted = {kind.id for kind in share}
    return [
        row
        for row in page.sign_in.rows
        if wanted & set(row.expected_by)
        or (row.mark is Mark.EXEMPT and _aimed_at(page, share, row))
    ]


def headcount_of(page: SignInPage, share: Share) -> Headcount:
    """The figures of this paper's own audience."""
    kinds = page.closing.kinds
    sign_in = page.sign_in
    return sign_in.headcount if len(share) == len(kinds) else sign_in.headcount_for(share[0].id)


def totals_only(page: SignInPage) -> bool:
    """An old session of which only 应到 and 实到 are known, and nobody's name."""
    return page.sign_in.unlisted and page.session.expected_total is not None


def totals_text(page: SignInPage) -> str:
    """What is known of such a session."""
    session = page.session
    return f"应到 {session.expected_total} 人，实到 {session.present_total or 0} 人"


def figures_text(count: Headcount) -> str:
    """应到 48 人，实到 45 人（含迟到 1 人），请假 2 人，缺席 1 人: the parts add up to the first.

    Parts of nobody are left out, 缺席 alone is always told.
    """
    partly = [f"{w} {n} 人" for w, n in (("迟到", count.late), ("早退", count.left_early)) if n]
    came = f"实到 {count.came} 人" + (f"（含{'、'.join(partly)}）" if partly else "")
    rest = (("请假", count.leave), ("公出", count.official), ("缺席", count.absent),
            (UNMARKED, count.unmarked))  # fmt: skip
    told = [f"{word} {number} 人" for word, number in rest if number or word == "缺席"]
    return "，".join([f"应到 {count.expected} 人", came, *told])


def _aimed_at(page: SignInPage, share: Share, row: Attendance) -> bool:
    person = page.roster.people.get(row.person_id)
    return person is not None and any(
        in_audience(kind.audience, person, row.group_id) for kind in share
    )
