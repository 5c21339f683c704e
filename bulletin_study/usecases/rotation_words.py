"""The rotation's reasons and breaches in words, the same in the window and on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from bulletin_study.domain.people import Roster
from bulletin_study.domain.rotation import (
    Bar,
    Breach,
    BreachRule,
    Candidate,
    PlaceState,
    Reason,
    Rule,
)

STATE_WORDS: dict[PlaceState, str] = {
    PlaceState.HELD: "已讲",
    PlaceState.PINNED: "固定",
    PlaceState.PLANNED: "计划",
    PlaceState.GUEST: "外请",
    PlaceState.EMPTY: "空缺",
}
_MOST_NAMED = 3
_NO_GROUP = "未分组人员"


def reason_words(reason: Reason, roster: Roster, day: date) -> tuple[str, str]:
    """A short title (轮到本组) and the sentence with its numbers, for a place on the day."""
    return _REASONS[reason.rule](reason, roster, day)


def wait_words(days: int) -> str:
    """ "14 周", or days while short."""
    return f"{days // 7} 周" if days >= 14 else f"{days} 天"


def bar_words(bar: Bar, roster: Roster, person_id: int, day: date) -> str:
    """Why somebody may not speak on the day: "下派至 12-11", "请假", "当天已有讲课" …"""
    if bar is Bar.ABSENT and person_id in roster.people:
        return absence_words(roster, person_id, day) or "不在岗"
    return _BARS[bar]


def absence_words(roster: Roster, person_id: int, day: date) -> str:
    """The absence on a day: "请假", "下派至 12-11"; "" when on duty."""
    absences = roster.absences_on(person_id, day)
    if not absences:
        return ""
    longest = max(absences, key=lambda a: (a.end or date.max, a.id))
    if longest.end is None:
        return f"{longest.kind}（未定返岗）"
    return (
        str(longest.kind) if longest.end == day else f"{longest.kind}至 {_short(longest.end, day)}"
    )


def people_words(candidates: Sequence[Candidate], roster: Roster, day: date) -> str:
    """Who was weighed and what kept each: "张三请假，李四下派至 12-11，等 5 人"."""
    told = [_name(roster, c.person_id) + _kept_by(c, roster, day) for c in candidates[:_MOST_NAMED]]
    text = "，".join(told)
    return f"{text}，等 {len(candidates)} 人" if len(candidates) > _MOST_NAMED else text


def _kept_by(candidate: Candidate, roster: Roster, day: date) -> str:
    on = _short(candidate.speaks_on, day)
    if candidate.bar is Bar.PINNED_AHEAD and on:
        return f"已固定在 {on}"
    if candidate.bar is not None:
        return bar_words(candidate.bar, roster, candidate.person_id, day)
    return f"留在 {on} 讲" if on else "另有安排"


def breach_words(breach: Breach, roster: Roster) -> str:
    """One sentence: when, who, which rule."""
    return f"{breach.day:%Y-%m-%d} 第 {breach.place} 位：{broken_rule(breach, roster)}。"


def broken_rule(breach: Breach, roster: Roster) -> str:
    """Who breaks which rule, where the place itself is in sight."""
    return _BREACHES[breach.rule](breach, roster)


def group_name(roster: Roster, group_id: int | None) -> str:
    """The group's name; people without one have a turn of their own."""
    if group_id is None:
        return _NO_GROUP
    group = roster.groups.get(group_id)
    return group.name if group else "已删去的组室"


# --- reasons ------------------------------------------------------------------------------

_BARS: dict[Bar, str] = {
    Bar.NOT_TAKING_PART: "不参加轮讲",
    Bar.OFF_ROSTER: "不在花名册上",
    Bar.SAME_DATE: "当天已有讲课",
    Bar.PINNED_AHEAD: "不久就有固定的讲课",
    Bar.SPOKEN: "本轮已经讲过",
}


def _turn(lead: str) -> Callable[[Reason, Roster, date], tuple[str, str]]:
    def words(reason: Reason, roster: Roster, day: date) -> tuple[str, str]:
        name = group_name(roster, reason.group_id)
        return "轮到本组", lead.format(name) + f"本轮第 {reason.number} 次出人"

    return words


def _owed(reason: Reason, roster: Roster, day: date) -> tuple[str, str]:
    name = group_name(roster, reason.group_id)
    return "补上本组", f"{name}前面被跳过，先补一次；本轮第 {reason.number} 次出人"


def _passed(reason: Reason, roster: Roster, day: date) -> tuple[str, str]:
    name = group_name(roster, reason.group_id)
    why = people_words(reason.candidates, roster, day)
    return f"跳过{name}", f"{why}；之后先补上" if why else "没有能讲的人；之后先补上"


def _wait(reason: Reason, roster: Roster, day: date) -> tuple[str, str]:
    waited = wait_words(reason.number or 0)
    mine = next((c for c in reason.candidates if c.person_id == reason.person_id), None)
    if mine is None or mine.since is None:
        text = "还没有讲过"
    elif mine.spoken_before:
        text = f"上次 {_short(mine.since, day)}，已 {waited}"
    else:
        text = f"{_short(mine.since, day)} 入部，还没有讲过，已 {waited}"
    others = [c for c in reason.candidates if c.person_id != reason.person_id]
    if not others:
        return "轮到本人", f"{text}；组内本轮只剩这一人"
    before = [c for c in others if (c.days or 0) > (reason.number or 0)]
    if not before:
        return "等得最久", f"{text}，组内第一"
    why = people_words(before, roster, day)
    if reason.rule is Rule.LONGEST_WAIT:
        return "等得最久", f"{text}，能讲的人里第一（{why}）"
    return "排得最匀", f"{text}；{why}"


def _present(reason: Reason, roster: Roster, day: date) -> tuple[str, str]:
    return "本人在岗", f"{day:%m-%d} 没有请假、公出、下派"


def _mentor(reason: Reason, roster: Roster, day: date) -> tuple[str, str]:
    name = _name(roster, reason.person_id)
    if reason.rule is Rule.MENTOR_PRESENT:
        return "帮带人有空", f"{name}当天在岗"
    away = absence_words(roster, reason.person_id, day) if reason.person_id is not None else ""
    return "帮带人不在", f"{name}当天{away or '不在岗'}"


def _pin_broken(reason: Reason, roster: Roster, day: date) -> tuple[str, str]:
    bar, person_id = reason.bar, reason.person_id
    why = bar_words(bar, roster, person_id, day) if bar and person_id is not None else ""
    return "固定有冲突", f"{_name(roster, person_id)}{why}"


def _nobody(reason: Reason, roster: Roster, day: date) -> tuple[str, str]:
    if not reason.candidates:
        return "没有人能讲", "当天名册上没有参加轮讲的人；可以外请主讲，或设定谁参加轮讲"
    who = people_words(reason.candidates, roster, day)
    return "没有人能讲", f"{who}；可以外请主讲，或等有人返岗再安排"


def _instead(reason: Reason, roster: Roster, day: date) -> tuple[str, str]:
    if not reason.candidates:
        return "公布后调整", "公布后有变动"
    was = reason.candidates[0]
    on = _short(was.speaks_on, day)
    why = bar_words(was.bar, roster, was.person_id, day) if was.bar is not None else ""
    now = f"改到 {on} 讲" if on else ("" if why else "这次让出")
    return "公布后调整", "，".join(filter(None, (f"原定{_name(roster, was.person_id)}", why, now)))


def _order_yields(reason: Reason, roster: Roster, day: date) -> tuple[str, str]:
    if reason.group_id is None:
        return "照公布的", "公布以后调整过，组室的先后照公布的办"
    return "照公布的", f"按组序该轮到{group_name(roster, reason.group_id)}，公布了的不再改动"


_REASONS: dict[Rule, Callable[[Reason, Roster, date], tuple[str, str]]] = {
    Rule.HELD: lambda r, roster, day: ("已经讲过", f"{_name(roster, r.person_id)}讲的"),
    Rule.PINNED: lambda r, roster, day: (
        "已经固定",
        f"{_name(roster, r.person_id)}定在这一场，自动安排不动",
    ),
    Rule.PIN_BROKEN: _pin_broken,
    Rule.GUEST: lambda r, roster, day: ("外请主讲", "不占任何人的轮次，也不占组室的顺序"),
    Rule.NEW_ROUND: lambda r, roster, day: ("新的一轮", f"第 {r.number} 轮从这里开始"),
    Rule.GROUP_TURN: _turn("按组序轮到{}，"),
    Rule.GROUP_SPREAD: _turn("按人数匀开，轮到{}，"),
    Rule.GROUP_OWED: _owed,
    Rule.GROUP_PASSED: _passed,
    Rule.HEAD_FIRST: lambda r, roster, day: (
        "组长先讲",
        f"{_name(roster, r.person_id)}带本组组员，本轮先讲",
    ),
    Rule.LONGEST_WAIT: _wait,
    Rule.LONG_WAIT: _wait,
    Rule.PRESENT: _present,
    Rule.MENTOR_PRESENT: _mentor,
    Rule.MENTOR_AWAY: _mentor,
    Rule.SHORT_GAP: lambda r, roster, day: ("间隔较短", f"离上次只有 {r.number} 天"),
    Rule.REPAIRED: _instead,
    Rule.MOVED_HERE: lambda r, roster, day: (
        "换到这天",
        f"{_name(roster, r.person_id)}原定 {_short(r.since, day)} 讲",
    ),
    Rule.FEWEST_CHANGES: lambda r, roster, day: ("改动最少", f"整个安排只动 {r.number} 处"),
    Rule.ORDER_YIELDS: _order_yields,
    Rule.NOBODY: _nobody,
}


# --- breaches -----------------------------------------------------------------------------


def _speaker_breach(b: Breach, roster: Roster) -> str:
    if b.bar is None or b.person_id is None:
        return "主讲人不能讲"
    return f"{_name(roster, b.person_id)}{bar_words(b.bar, roster, b.person_id, b.day)}，不能讲"


def _round_breach(b: Breach, roster: Roster) -> str:
    if b.person_id is None:
        return f"第 {b.round} 轮还有人没讲，就开始了下一轮"
    return f"第 {b.round} 轮{_name(roster, b.person_id)}还没讲也能讲，就开始了下一轮"


def _order_yielded(b: Breach, roster: Roster) -> str:
    group = group_name(roster, b.group_id)
    if b.person_id is None:
        return f"按组序该轮到{group}，照公布的办"
    why = bar_words(b.bar, roster, b.person_id, b.day) if b.bar else "另有安排"
    return f"轮到{group}，原定{_name(roster, b.person_id)}，{why}，公布后调整，组序让了一步"


_BREACHES: dict[BreachRule, Callable[[Breach, Roster], str]] = {
    BreachRule.SPEAKER: _speaker_breach,
    BreachRule.TWICE_ON_DATE: lambda b, r: f"{_name(r, b.person_id)}一天讲两次",
    BreachRule.BEFORE_PIN: lambda b, r: (
        f"{_name(r, b.person_id)}已固定在 {b.other_day}，这之前不久不应再讲"
    ),
    BreachRule.TWICE_IN_ROUND: lambda b, r: (
        f"{_name(r, b.person_id)}在第 {b.round} 轮讲两次（另一次 {b.other_day}）"
    ),
    BreachRule.ROUND_ENDED: lambda b, r: (
        f"{_name(r, b.person_id)}排在第 {b.round} 轮，那一轮已经结束"
    ),
    BreachRule.ROUND_CUT_SHORT: _round_breach,
    BreachRule.GROUP_ORDER: lambda b, r: (
        f"轮到{group_name(r, b.group_id)}，却安排了{_name(r, b.person_id)}"
    ),
    BreachRule.ORDER_YIELDED: _order_yielded,
    BreachRule.LEFT_EMPTY: lambda b, r: f"空着，而{_name(r, b.person_id)}能讲",
}


def _name(roster: Roster, person_id: int | None) -> str:
    if person_id is None:
        return ""
    # Reasons are kept longer than people who were only weighed.
    person = roster.people.get(person_id)
    return person.name if person else "已删去的人"


def _short(day: date | None, beside: date) -> str:
    """ "12-11"; with the year when it is another."""
    if day is None:
        return ""
    return f"{day:%m-%d}" if day.year == beside.year else f"{day:%Y-%m-%d}"
