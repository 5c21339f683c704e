"""From the lines of a list of past sessions to the values it would write.

Each usable record is one session that took place. Head counts stay totals of the session
and never become personal marks; what the file does not say erases nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bulletin_study.domain.people import Roster
from bulletin_study.domain.sessions import (
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
    Talk,
)
from bulletin_study.exchange.imports.lookup import PeopleIndex
from bulletin_study.exchange.imports.proposal import Proposal
from bulletin_study.exchange.imports.records import Records
from bulletin_study.exchange.imports.sessions.kinds import KindBook
from bulletin_study.exchange.imports.sessions.lines import SessionColumns, read_sessions
from bulletin_study.exchange.imports.sessions.names import post_change, shown_value, who_is
from bulletin_study.exchange.imports.sessions.talks import TalkBook
from bulletin_study.exchange.tables.cells import When

USUAL_START = time(8, 30)
USUAL_MINUTES = 90

_TITLES = {
    "status": "状态",
    "day": "日期",
    "moved_from": "原定日期",
    "start": "开始时间",
    "end": "结束时间",
    "theme": "主题",
    "venue": "地点",
    "form": "形式",
    "expected_total": "应到人数",
    "present_total": "实到人数",
    "leave_total": "请假人数",
    "agenda": "内容",
    "note": "备注",
}
_POSTS = {"lead": "领学人", "host": "主持人", "recorder": "记录人"}
_STATUS_WORDS = {
    SessionStatus.PLANNED: "计划",
    SessionStatus.HELD: "已开展",
    SessionStatus.CANCELLED: "取消",
    SessionStatus.MOVED: "改期",
}


@dataclass(frozen=True, slots=True)
class SessionStore:
    """What the store says about sessions and people; ``signed_in`` have personal marks."""

    kinds: Sequence[SessionKind]
    sessions: Sequence[StudySession]
    links: Sequence[SessionKindLink]
    talks: Sequence[Talk]
    signed_in: Collection[int]
    roster: Roster
    people: PeopleIndex


@dataclass(frozen=True, slots=True)
class SessionContext:
    """What else decides: the day, the user's choices and earlier ones."""

    today: date
    choices: Mapping[tuple[str, str], str]
    remembered: Mapping[str, str]


def propose_sessions(records: Records, store: SessionStore, context: SessionContext) -> Proposal:
    """Compare the records with the store; remarks go to the records."""
    return _SessionImport(records, store, context).run()


class _SessionImport:
    def __init__(self, records: Records, store: SessionStore, context: SessionContext) -> None:
        self.records = records
        self.remarks = records.remarks
        self.store = store
        self.today = context.today
        self.proposal = Proposal()
        self.columns: SessionColumns = read_sessions(records)
        self.kinds = KindBook(store.kinds, context.choices, context.remembered, self.proposal)
        self.talks = TalkBook(records, store.talks, store.roster, store.people, self.proposal)
        self.kinds_of: dict[int, set[int]] = {}
        for link in store.links:
            self.kinds_of.setdefault(link.session_id, set()).add(link.kind_id)
        self.on_day: dict[date, list[StudySession]] = {}
        for session in store.sessions:
            self.on_day.setdefault(session.day, []).append(session)
        self.row_of: dict[tuple[int, date, time], int] = {}

    def run(self) -> Proposal:
        for at in range(len(self.records)):
            kinds = self._kinds(at)
            self._check_counts(at)
            when = self.columns.when[at]
            if when is not None and self._check_time(at):
                self._one(at, kinds, when)
        self.kinds.finish()
        return self.proposal

    def _kinds(self, at: int) -> tuple[SessionKind, ...]:
        text, name = self.columns.kind[at], self.columns.name[at]
        if text:
            return self.kinds.resolve(self.records, at, text)
        found = self.kinds.inside(name or "")
        if found:
            self.remarks.note(at, "kind", f"活动类型按名称读作“{found[0].name}”")
        else:
            self.remarks.wrong(at, "kind", "活动类型为空")
        return found

    def _check_counts(self, at: int) -> None:
        expected, present = self.columns.expected[at], self.columns.present[at]
        came, away = present or 0, self.columns.leave[at] or 0
        if expected is not None and expected < came + away:
            text = f"应到 {expected} 人少于实到 {came} 人加请假 {away} 人"
            self.remarks.wrong(at, "expected", text)

    def _check_time(self, at: int) -> bool:
        """It took place already, and ended after it began."""
        when, end = self.columns.when[at], self.columns.end[at]
        if when is None:
            return False
        if when.day > self.today:
            self.remarks.wrong(at, "actual", f"实际时间 {when.day} 还没有到")
        elif end is not None and end <= (when.start or USUAL_START):
            self.remarks.wrong(at, "end", f"结束时间 {end:%H:%M} 不晚于开始时间")
        return at not in self.remarks.errors

    def _one(self, at: int, kinds: tuple[SessionKind, ...], when: When) -> None:
        stored = self._stored(at, kinds, when)
        start = when.start or (stored.start if stored else USUAL_START)
        if self._repeated(at, kinds, when.day, start):
            return
        if not self.talks.speakers_fit(at, self.columns.speaker[at], kinds, when.day):
            return
        if stored is None:
            self._add(at, kinds, when, start)
        else:
            self._update(at, kinds, when, stored)

    def _stored(self, at: int, kinds: Collection[SessionKind], when: When) -> StudySession | None:
        """The session of one of these kinds at that time; that day's only one without time;
        else the one still planned for the 计划时间, which was moved."""
        wanted = {kind.id for kind in kinds}

        def same(day: date) -> list[StudySession]:
            on_day = self.on_day.get(day, ())
            return [s for s in on_day if wanted & self.kinds_of.get(s.id, set())]

        found = [s for s in same(when.day) if when.start in (None, s.start)]
        planned = self.columns.planned[at]
        if not found and planned is not None and planned != when.day:
            found = [s for s in same(planned) if s.status.ahead]
        return found[0] if len(found) == 1 else None

    def _repeated(self, at: int, kinds: Collection[SessionKind], day: date, start: time) -> bool:
        for kind in kinds:
            first = self.row_of.setdefault((kind.id, day, start), at)
            if first != at:
                row = self.records.numbers[first]
                text = f"与第 {row} 行是同一场“{kind.name}”，以第 {row} 行为准"
                self.remarks.wrong(at, "actual", text)
                return True
        return False

    def _end(self, at: int, when: When, start: time) -> time | None:
        """The end as far as the file tells it, by itself or by the length."""
        end, minutes = when.end or self.columns.end[at], self.columns.minutes[at]
        if end is None and minutes is not None:
            end = _after(start, minutes)
        return end if end is not None and end > start else None

    def _told(self, at: int, kinds: Collection[SessionKind]) -> dict[str, object]:
        """The session's fields as far as the file tells them."""
        columns = self.columns
        theme = columns.theme[at] or columns.content[at] or ""
        told: dict[str, object] = {
            "theme": " ".join(theme.split()) or columns.name[at],
            "venue": columns.venue[at],
            "form": columns.form[at],
            "agenda": columns.content[at] if columns.theme[at] else None,
            "note": columns.note[at],
            "expected_total": columns.expected[at],
            "present_total": columns.present[at],
            "leave_total": columns.leave[at],
        }
        lead = columns.lead[at]
        if lead is None and not any(kind.has_talks for kind in kinds):
            lead = columns.speaker[at]
        posts = (("lead", lead), ("host", columns.host[at]), ("recorder", columns.recorder[at]))
        for post, name in posts:
            if name:
                told[f"{post}_id"], told[f"{post}_name"] = who_is(
                    self.records, at, post, name, self.store.people
                )
        return {name: value for name, value in told.items() if value is not None}

    def _add(self, at: int, kinds: tuple[SessionKind, ...], when: When, start: time) -> None:
        if when.start is None:
            self.remarks.note(at, "actual", f"没有写开始时间，按 {start:%H:%M} 记")
        end = self._end(at, when, start)
        if end is None:
            end = _after(start, USUAL_MINUTES)
            self.remarks.note(at, "minutes", f"没有写时长，按 {USUAL_MINUTES} 分钟记")
        planned = self.columns.planned[at]
        session = StudySession(
            self.proposal.ids(),
            when.day,
            start,
            end,
            status=SessionStatus.HELD,
            moved_from=planned if planned != when.day else None,
            **self._told(at, kinds),  # type: ignore[arg-type]
        )
        title = session.theme if any(kind.has_talks for kind in kinds) else ""
        places = self.talks.add(at, session, kinds, self.columns.speaker[at], title)
        self.remarks.new(at)
        self.proposal.put(replace(session, talk_places=places))
        self.proposal.put(*(SessionKindLink(session.id, kind.id) for kind in kinds))

    def _update(
        self, at: int, kinds: tuple[SessionKind, ...], when: When, stored: StudySession
    ) -> None:
        if stored.status is SessionStatus.CANCELLED:
            self.remarks.wrong(at, "actual", "这一场已经取消，要改成已开展请在场次里恢复")
            return
        told = self._told(at, kinds)
        told["status"] = SessionStatus.HELD
        told.update(self._time_told(at, when, stored))
        if stored.id in self.store.signed_in:
            self._leave_totals(at, told)
        changes = {k: v for k, v in told.items() if v != getattr(stored, k)}
        missing = [k for k in kinds if k.id not in self.kinds_of.get(stored.id, set())]
        spoke = self.talks.changes(at, stored, kinds, self.columns.speaker[at])
        if stored.archived and (changes or missing or spoke):
            self.remarks.wrong(at, "actual", "这一场已经归档，和文件不一样的地方没有改")
            return
        for name, value in changes.items():
            if name in _TITLES:
                before, after = _shown(getattr(stored, name)), _shown(value)
                self.remarks.change(at, f"{_TITLES[name]}：{before}→{after}")
        for post, title in _POSTS.items():
            text = post_change(title, post, stored, told, self.store.people)
            if text:
                self.remarks.change(at, text)
        for kind in missing:
            self.remarks.change(at, f"活动类型：加上“{kind.name}”")
            self.proposal.put(SessionKindLink(stored.id, kind.id))
        for text, talk in spoke:
            self.remarks.change(at, text)
            self.proposal.put(talk)
        if changes:
            self.proposal.put(replace(stored, **changes))  # type: ignore[arg-type]

    def _time_told(self, at: int, when: When, stored: StudySession) -> dict[str, object]:
        start = when.start or stored.start
        end = self._end(at, when, start)
        told: dict[str, object] = {} if end is None else {"end": end}
        if when.day != stored.day:
            length = stored.minutes or USUAL_MINUTES
            told |= {"day": when.day, "start": start, "end": end or _after(start, length)}
            told["moved_from"] = stored.moved_from or stored.day
        return told

    def _leave_totals(self, at: int, told: dict[str, object]) -> None:
        totals = [name for name in told if name.endswith("_total")]
        for name in totals:
            del told[name]
        if totals:
            self.remarks.note(at, "expected", "这一场有逐人签到，人数以签到为准")


def _shown(value: object) -> str:
    return _STATUS_WORDS[value] if isinstance(value, SessionStatus) else shown_value(value)


def _after(start: time, minutes: int) -> time:
    """The time so many minutes later, the same day at the latest at 23:59."""
    moment = datetime.combine(date.min, start) + timedelta(minutes=minutes)
    return moment.time() if moment.date() == date.min else time(23, 59)
