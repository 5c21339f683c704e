"""What happened: hold, archive, talk, attend."""

from __future__ import annotations

from argparse import Namespace

from bulletin_study.cli import values
from bulletin_study.cli.grammar import Add, as_json
from bulletin_study.cli.output import DONE, show, show_json
from bulletin_study.cli.store import opened
from bulletin_study.domain.attendance import NEEDS_REASON, Mark
from bulletin_study.domain.errors import BadValue, Missing
from bulletin_study.domain.sessions import TalkCategory
from bulletin_study.usecases.attendance import MarkEntry, mark, mark_rest_present
from bulletin_study.usecases.closing import HoldResult, archive_all, hold, item_words
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.sign_in_list import load_sign_in
from bulletin_study.usecases.talks import record_speaker


def add_commands(add: Add) -> None:
    """hold, archive, talk, attend."""
    held = add("hold", hold_them, "记为已开展；什么都不缺的随即归档")
    held.add_argument("sessions", metavar="场次", nargs="+", help="场次编号")
    as_json(held)
    closed = add("archive", archive_them, "归档")
    closed.add_argument("sessions", metavar="场次", nargs="+", help="场次编号")
    closed.add_argument("--anyway", action="store_true", help="缺项也归档，要写 --why")
    closed.add_argument("--why", metavar="原因", default="", help="缺项归档的原因")
    spoke = add("talk", who_spoke, "记每周一讲实际由谁主讲")
    spoke.add_argument("session", metavar="场次", help="场次编号")
    spoke.add_argument("--place", metavar="第几位", default="1", help="第几位（不写：第 1 位）")
    who = spoke.add_mutually_exclusive_group(required=True)
    who.add_argument("--speaker", metavar="工号", help="主讲人的工号，或不重名的姓名")
    who.add_argument("--guest", metavar="姓名", help="外请的主讲人")
    spoke.add_argument("--title", metavar="题目", help="题目")
    spoke.add_argument("--category", metavar="类别", help="、".join(TalkCategory))
    attend = add("attend", sign_in, "签到")
    attend.add_argument("session", metavar="场次", help="场次编号")
    attend.add_argument("--all-present", action="store_true", help="还没标的都标为到")
    attend.add_argument("--except", dest="exceptions", metavar="工号=状态[:原因]", nargs="+",
                        action="extend", default=[], help="这些人另标，如 012=请假:看病")
    as_json(attend)


def hold_them(args: Namespace) -> int:
    """hold: exit 0 whether or not something is still missing."""
    ids = values.sessions(args.sessions)
    with opened(args) as office, office.unit() as unit:
        result = hold(unit, ids)
    if args.json:
        show_json(_held_json(result))
        return DONE
    for closing in result.closings:
        lacking = "，".join(item_words(item) for item in closing.lacking)
        state = f"还差：{lacking}" if lacking else "已归档"
        show(f"{closing.session.id}  {closing.title} 已开展，{state}。")
    return DONE


def archive_them(args: Namespace) -> int:
    """archive"""
    ids = values.sessions(args.sessions)
    with opened(args) as office, office.unit() as unit:
        done = archive_all(unit, ids, anyway=args.anyway, why=args.why)
    show(f"{done.label}。")
    return DONE


def who_spoke(args: Namespace) -> int:
    """talk"""
    session_id = values.number(args.session, "场次编号")
    place = values.number(args.place, "第几位")
    category: TalkCategory | None = None
    if args.category:
        if args.category not in set(TalkCategory):
            raise BadValue("讲课类别", args.category, f"{'、'.join(TalkCategory)}之一")
        category = TalkCategory(args.category)
    with opened(args) as office, office.unit() as unit:
        speaker_id: int | None = None
        if args.speaker is not None:
            today = unit.services.clock.today()
            speaker_id = values.person(load_roster(unit), args.speaker, today).id
        done = record_speaker(
            unit,
            session_id,
            place,
            speaker_id,
            guest=args.guest or "",
            title=args.title,
            category=category,
        )
    show(f"{done.label}。")
    return DONE


def sign_in(args: Namespace) -> int:
    """attend"""
    if not args.all_present and not args.exceptions:
        raise Missing("签到内容（--all-present 或 --except）")
    session_id = values.number(args.session, "场次编号")
    with opened(args) as office:
        with office.unit() as unit:
            entries = _entries(unit, args.exceptions)
            if args.all_present:
                done = mark_rest_present(unit, session_id, exceptions=entries)
            else:
                done = mark(unit, session_id, entries)
        with office.view() as unit:
            count = load_sign_in(unit, session_id).headcount
    if args.json:
        show_json({"session": session_id, "expected": count.expected, "present": count.came,
                   "late": count.late, "left_early": count.left_early, "leave": count.leave,
                   "official": count.official, "absent": count.absent,
                   "unmarked": count.unmarked})
        return DONE
    show(f"{done.label}。")
    show(f"应到 {count.expected}，实到 {count.came}，请假 {count.leave}，公出 {count.official}，"
         f"缺席 {count.absent}，未签 {count.unmarked}。")
    return DONE


def _entries(unit: UnitOfWork, exceptions: list[str]) -> list[MarkEntry]:
    """工号=状态, with a reason after a colon or without. Raises ``BadValue`` and as people do."""
    roster, today = load_roster(unit), unit.services.clock.today()
    known = {str(one): one for one in Mark} | {"未签": None}
    entries: dict[int, MarkEntry] = {}
    for text in exceptions:
        who, equals, what = text.partition("=")
        state, _, reason = what.replace("：", ":").partition(":")
        if not equals or state.strip() not in known:
            raise BadValue("签到状态", text, f"“工号=状态”，状态是{'、'.join(known)}之一")
        given = known[state.strip()]
        if given in NEEDS_REASON and not reason.strip():
            # The command line may be brief; the window asks.
            reason = str(given)
        person = values.person(roster, who, today)
        if person.id in entries:
            raise BadValue("签到状态", text, f"一人一个状态，{person.name}写了两次")
        entries[person.id] = MarkEntry(person.id, given, reason.strip())
    return list(entries.values())


def _held_json(result: HoldResult) -> list[dict[str, object]]:
    return [
        {
            "id": closing.session.id,
            "title": closing.title,
            "archived": closing.session.archived or closing.session.id in result.archived,
            "missing": [item_words(item) for item in closing.lacking],
        }
        for closing in result.closings
    ]
