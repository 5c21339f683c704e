"""Sentences about one session."""

from __future__ import annotations

from datetime import timedelta

from bulletin_study.domain.clashes import ClashNote
from bulletin_study.domain.sessions import StudySession
from bulletin_study.ui.series_dialog_rule import rule_words
from bulletin_study.usecases.schedule import NewSeries
from bulletin_study.usecases.session_detail import SessionDetail
from bulletin_study.usecases.titles import date_words, day_text


def audience_words(detail: SessionDetail) -> str:
    """应到 48 人 · 请假 1 · 免到 2; imported totals as what they are."""
    session, count = detail.session, detail.headcount
    if session.expected_total is not None and not count.expected:
        return totals_words(session)
    if not count.expected:
        return "名单上还没有应到的人"
    parts = [f"应到 {count.expected} 人"]
    if not session.status.ahead:
        parts.append(f"实到 {count.came}")
    for words, number in (
        ("请假", count.leave),
        ("公出", count.official),
        ("缺席", count.absent),
        ("未签", 0 if session.status.ahead else count.unmarked),
        ("免到", detail.exempt),
    ):
        if number:
            parts.append(f"{words} {number}")
    return " · ".join(parts)


def totals_words(session: StudySession) -> str:
    """An imported old session has totals only."""
    parts = [
        f"{words} {number}"
        for words, number in (
            ("应到", session.expected_total),
            ("实到", session.present_total),
            ("请假", session.leave_total),
        )
        if number is not None
    ]
    return " · ".join(parts) + "（导入的人数，没有名单）"


def series_words(series: NewSeries) -> str:
    """每周一 08:30—10:00，到 2022-12-19."""
    end = series.start + timedelta(minutes=series.minutes)
    rule = rule_words(series.rrule, series.start.date())
    return f"{rule} {series.start:%H:%M}—{end:%H:%M}，到 {series.until}"


def origin_words(detail: SessionDetail) -> str:
    """Where the session comes from: its series, the study plan, the date it was moved from."""
    session = detail.session
    lines = []
    if session.moved_from is not None:
        lines.append(f"原定 {session.moved_from} {day_text(session.moved_from)[-2:]}")
    if detail.series is not None:
        own = "，这一场单独改过" if session.excepted else ""
        lines.append(f"系列：{series_words(detail.series)}{own}")
    if detail.plan is not None:
        lines.append(f"学习计划：{detail.plan.theme}")
    if session.status_reason:
        lines.append(f"取消原因：{session.status_reason}")
    if session.waiver:
        lines.append(f"缺项归档：{session.waiver}")
    return "\n".join(lines)


def clash_words(notes: tuple[ClashNote, ...]) -> str:
    """The clashes of a planned session, three at most."""
    words = "；".join(note.reason for note in notes[:3])
    return f"{words}等 {len(notes)} 处。" if len(notes) > 3 else f"{words}。" if words else ""


def notice_words(detail: SessionDetail) -> str:
    """What to tell people of a session, to be pasted into the office's chat."""
    session = detail.session
    kinds = "、".join(detail.row.kind_names) or "活动"
    where = f"，在{session.venue}" if session.venue else ""
    lines = [
        f"【通知】{date_words(session.day)}"
        f"（周{day_text(session.day)[-1]}）{session.start:%H:%M}—{session.end:%H:%M}"
        f"{where}开展“{kinds}”。"
    ]
    if session.theme:
        lines.append(f"主题：{session.theme}")
    if session.form is not None:
        lines.append(f"形式：{session.form}")
    who = "、".join(detail.row.speakers) or detail.row.lead
    if who:
        lines.append(f"{'主讲人' if detail.row.speakers else '领学人'}：{who}")
    if session.materials:
        lines.append(f"学习材料：{session.materials}")
    lines.append("请准时参加；不能到会的，提前向办公室说明。")
    return "\n".join(lines)
