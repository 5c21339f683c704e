"""The speaker rotation: propose, save, check."""

from __future__ import annotations

from argparse import Namespace

from bulletin_study.cli import values
from bulletin_study.cli.grammar import Add, as_json, period
from bulletin_study.cli.output import DONE, REFUSED, joined, show, show_json, show_table, tell
from bulletin_study.cli.store import opened
from bulletin_study.domain.people import Roster
from bulletin_study.domain.rotation import Plan
from bulletin_study.usecases.loading import load_roster
from bulletin_study.usecases.rotation import apply_plan, check_rotation, plan_rotation
from bulletin_study.usecases.rotation_json import breaches_as_json, plan_as_json
from bulletin_study.usecases.rotation_repair import apply_repair, propose_repair
from bulletin_study.usecases.rotation_words import STATE_WORDS, breach_words, people_words
from bulletin_study.usecases.titles import day_text


def add_commands(add: Add) -> None:
    """rotation"""
    one = add("rotation", rotate, "安排每周一讲：组室轮流、一人一讲；不写 --apply 只预览")
    period(one)
    one.add_argument("--apply", action="store_true", help="保存")
    how = one.add_mutually_exclusive_group()
    how.add_argument("--check", action="store_true", help="只检查已保存的安排是否合乎规则")
    how.add_argument(
        "--repair",
        action="store_true",
        help="不重新安排，只按请假、下派、新来的人调整公布了的安排，改动最少（从 --from 起）",
    )
    as_json(one)


def rotate(args: Namespace) -> int:
    """rotation"""
    if args.check:
        return _check(args)
    first, last = values.period(args)
    with opened(args) as office, office.unit() as unit:
        roster = load_roster(unit)
        if args.repair:
            mending = propose_repair(unit, first, last)
            plan, left = mending.plan, mending.breaches()
            saved = apply_repair(unit, mending) if args.apply else None
        else:
            plan, left = plan_rotation(unit, first, last), []
            saved = apply_plan(unit, plan) if args.apply else None
    if args.json:
        show_json(plan_as_json(plan, roster) | {"applied": args.apply})
    else:
        _show(plan, roster, repaired=args.repair)
    if saved is None:
        tell("这是预览，还没有保存；加 --apply 保存。")
    elif saved.operation_id is None:
        tell("安排没有变化，没有要保存的。")
    else:
        tell(f"已保存：{saved.label}。")
    if left:
        tell(f"还要你来定：{joined(breach_words(one, roster) for one in left)}。")
    return DONE


def _check(args: Namespace) -> int:
    """What is saved against the rules: exit 1 when one is broken."""
    first, last = values.period(args)
    with opened(args) as office, office.view() as unit:
        breaches = check_rotation(unit, first, last)
        roster = load_roster(unit)
    broken = [one for one in breaches if not one.accepted]
    yielded = [breach_words(one, roster) for one in breaches if one.accepted]
    words = [breach_words(one, roster) for one in broken]
    if args.json:
        told = {"breaches": broken, "accepted": [one for one in breaches if one.accepted]}
        shown = {name: breaches_as_json(rows, roster) for name, rows in told.items()}
        show_json({"ok": not broken} | shown)
    else:
        for line in yielded:
            show(f"认可 {line}")
        if not broken:
            show("已保存的安排合乎每一条规则。")
    if broken:
        tell(f"有 {len(words)} 处不合规则：{joined(words)}。可以重新安排，或手工调整。")
    return REFUSED if broken else DONE


def _show(plan: Plan, roster: Roster, *, repaired: bool) -> None:
    def name(person_id: int | None) -> str:
        return roster.people[person_id].name if person_id is not None else ""

    show_table(
        ("日期", "第几位", "轮次", "组室", "主讲人", "帮带人", "类别", "状态", "改动"),
        [
            (
                f"{place.day.year}-{day_text(place.day)}",
                str(place.place),
                str(place.round or ""),
                roster.groups[place.group_id].name if place.group_id in roster.groups else "",
                name(place.speaker_id) or place.guest,
                name(place.mentor_id),
                str(place.category or ""),
                STATE_WORDS[place.state],
                (f"原为{name(place.was_id)}" if place.was_id else "新排") if place.changed else "",
            )
            for place in plan.places
        ],
    )
    passed = (
        (
            day_text(one.day),
            roster.groups[one.group_id].name if one.group_id in roster.groups else "未分组人员",
            people_words(one.candidates, roster, one.day) or "没有能讲的人",
        )
        for one in plan.passed_over
    )
    for day, group, why in dict.fromkeys(passed):
        show(f"{day} 跳过{group}（{why}），之后先补上。")
    s = plan.summary
    # A repair weighs only the places it changes: whose wait is the longest it cannot say.
    waited = "" if repaired else f"，最久的等了 {s.max_wait_days} 天"
    show(f"{s.filled} 处有人讲，{s.empty} 处空缺，{s.changes} 处有变{waited}。")
