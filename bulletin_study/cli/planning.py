"""Sessions ahead: schedule, sessions, cancel, move."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from bulletin_study.cli import values
from bulletin_study.cli.grammar import Add, as_json, period
from bulletin_study.cli.output import DONE, show, show_json, show_table, tell
from bulletin_study.cli.store import opened
from bulletin_study.domain.sessions import HolidayPolicy
from bulletin_study.usecases.reports_sessions import STATUS_NAMES, ordinal_text
from bulletin_study.usecases.schedule import (
    NewSeries,
    SeriesPreview,
    apply_series,
    preview_series,
)
from bulletin_study.usecases.session_list import SessionRow, list_sessions
from bulletin_study.usecases.sessions import cancel_session, move_session
from bulletin_study.usecases.titles import day_text


def add_commands(add: Add) -> None:
    """schedule, sessions, cancel, move."""
    schedule = add("schedule", make_series, "批量安排一个系列；不写 --apply 只预览")
    schedule.add_argument("--kind", metavar="活动", required=True, help="活动类型，几类合开用逗号")
    schedule.add_argument("--rrule", metavar="规则", required=True,
                          help="重复规则，如 FREQ=WEEKLY;BYDAY=MO")
    schedule.add_argument("--start", metavar="时间", required=True, help='如 "2026-01-05 08:30"')
    schedule.add_argument("--minutes", metavar="分钟", required=True, help="每场多久")
    schedule.add_argument("--until", metavar="日期", required=True, help="原定日期排到哪天")
    schedule.add_argument("--holiday", choices=[p.value for p in HolidayPolicy], default="next",
                          help="遇放假：next 顺延，previous 提前，skip 跳过，keep 照常")
    schedule.add_argument("--venue", metavar="地点", default="", help="地点")
    schedule.add_argument("--talks", metavar="人数", default="1", help="每周一讲每场几人讲")
    schedule.add_argument("--apply", action="store_true", help="保存；有冲突也照排")
    as_json(schedule)
    listed = add("sessions", list_them, "列出一段时间的场次")
    period(listed)
    listed.add_argument("--kind", metavar="活动", help="只列这类活动，几类用逗号")
    as_json(listed)
    cancel = add("cancel", cancel_one, "取消一场")
    cancel.add_argument("session", metavar="场次", help="场次编号")
    cancel.add_argument("--why", metavar="原因", required=True, help="取消的原因")
    move = add("move", move_one, "改期")
    move.add_argument("session", metavar="场次", help="场次编号")
    move.add_argument("when", metavar="时间", help='新的日期，或 "2026-01-05 08:30"')
    move.add_argument("--override", action="store_true", help="有冲突也照排")


def make_series(args: Namespace) -> int:
    """schedule"""
    start = values.moment(args.start, "开始时间")
    minutes = values.number(args.minutes, "时长")
    until = values.day(args.until, "截止日期")
    talks = values.number(args.talks, "每场讲课人数")
    ids: tuple[int, ...] = ()
    with opened(args) as office, office.unit() as unit:
        new = NewSeries(
            values.kind_ids(unit, args.kind),
            args.rrule,
            start,
            minutes,
            until,
            HolidayPolicy(args.holiday),
            args.venue,
            talks,
        )
        preview = preview_series(unit, new)
        if args.apply:
            committed, ids = apply_series(unit, new, override_clashes=True)
    _warn(preview)
    if args.json:
        show_json(_series_json(preview, ids))
    else:
        _show_series(preview, ids)
    saved = f"已保存：{committed.label}。" if args.apply else ""
    tell(saved or "这是预览，还没有保存；加 --apply 保存。")
    return DONE


def list_them(args: Namespace) -> int:
    """sessions"""
    first, last = values.period(args)
    with opened(args) as office, office.view() as unit:
        wanted = set(values.kind_ids(unit, args.kind)) if args.kind else set()
        # Asked for one kind, the figures are that kind's own.
        rows = list_sessions(unit, first, last, *(wanted if len(wanted) == 1 else ()))
        if wanted:
            rows = [row for row in rows if wanted & {kind.id for kind in row.kinds}]
    if args.json:
        show_json([session_json(row) for row in rows])
    else:
        show_table(
            ("编号", "日期", "时间", "活动", "期次", "状态", "主题", "领学/主讲", "地点"),
            [_line(row) for row in rows],
        )
    return DONE


def cancel_one(args: Namespace) -> int:
    """cancel"""
    with opened(args) as office, office.unit() as unit:
        done = cancel_session(unit, values.number(args.session, "场次编号"), args.why)
    show(f"{done.label}。")
    return DONE


def move_one(args: Namespace) -> int:
    """move"""
    day, start = values.day_and_time(args.when, "改到的时间")
    session_id = values.number(args.session, "场次编号")
    with opened(args) as office, office.unit() as unit:
        done = move_session(unit, session_id, day, start, override=args.override)
    show(f"{done.label}。")
    return DONE


def session_json(row: SessionRow) -> dict[str, Any]:
    """One session in the shape that scripts rely on."""
    session = row.session
    numbers = row.ordinal_by_kind
    return {
        "id": session.id,
        "kinds": list(row.kind_names),
        "date": session.day.isoformat(),
        "start": session.start.isoformat("minutes"),
        "end": session.end.isoformat("minutes"),
        "status": session.status.value,
        "status_reason": session.status_reason,
        "ordinals": {name: one.number for name, one in numbers.items()},
        "tentative": any(one.tentative for one in numbers.values()),
        "archived": session.archived,
        "waiver": session.waiver,
        "theme": session.theme,
        "form": str(session.form) if session.form else None,
        "lead": row.lead,
        "venue": session.venue,
        "speakers": list(row.speakers),
        "moved_from": session.moved_from.isoformat() if session.moved_from else None,
        "expected": row.expected,
        "present": row.present,
        "unmarked": row.unmarked,
    }


def _line(row: SessionRow) -> tuple[str, ...]:
    session = row.session
    return (
        str(session.id),
        f"{session.day.year}-{day_text(session.day)}",
        f"{session.start:%H:%M}—{session.end:%H:%M}",
        "、".join(row.kind_names),
        ordinal_text(row),
        STATUS_NAMES[session.status] + ("·已归档" if session.archived else ""),
        session.theme,
        "、".join(row.speakers) or row.lead,
        session.venue,
    )


def _warn(preview: SeriesPreview) -> None:
    for note in preview.clashes:
        tell(f"冲突：{note.reason}")
    for day in preview.same_day:
        tell(f"同一天：{day} 落了不止一场。")
    for year in preview.unknown_years:
        tell(f"{year} 年的放假安排还不知道，只按周末算。")


def _series_json(preview: SeriesPreview, ids: tuple[int, ...]) -> list[dict[str, Any]]:
    made = iter(ids)
    return [
        {
            "planned": one.planned.isoformat(),
            "day": one.day.isoformat() if one.day else None,
            "reason": one.reason,
            "session": next(made, None) if one.day else None,
        }
        for one in preview.occurrences
    ]


def _show_series(preview: SeriesPreview, ids: tuple[int, ...]) -> None:
    made = iter(ids)
    show_table(
        ("原定", "日期", "说明", "编号"),
        [
            (
                str(one.planned),
                str(one.day) if one.day else "不排",
                one.reason,
                str(next(made, "")) if one.day else "",
            )
            for one in preview.occurrences
        ],
    )
