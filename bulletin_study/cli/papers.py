"""Papers of sessions on the command line: what is asked for, and how it is made."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import date

from bulletin_study.cli import values
from bulletin_study.usecases.paper_facts import KindChoice
from bulletin_study.usecases.paper_minutes import minutes_paper, minutes_papers
from bulletin_study.usecases.paper_reflections import (
    Order,
    reflections_paper,
    reflections_report,
    session_reflections_paper,
    session_reflections_report,
)
from bulletin_study.usecases.paper_signin import (
    sign_in_paper,
    sign_in_papers,
    sign_in_table,
    sign_in_tables,
)
from bulletin_study.usecases.paper_talk import session_talks_paper, talks_paper
from bulletin_study.usecases.papers import Paper
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.reports import Report

Build = Callable[[UnitOfWork, date, date], Report | Paper]
NAMES = ("signin", "minutes", "reflections", "talk")
TABLES = ("signin", "reflections")
"""Which of them are tables too."""


def add_options(parser: ArgumentParser) -> None:
    """--session, --blank, --together, --by."""
    parser.add_argument("--session", metavar="编号", help=f"只要这一场（{'、'.join(NAMES)}）")
    parser.add_argument("--blank", action="store_true", help="空白签到表（signin）")
    parser.add_argument("--together", action="store_true",
                        help="几种活动合开的合为一份（signin、minutes），不写就各一份")
    parser.add_argument("--by", choices=list(Order), help="按人或按场次汇编（reflections）")
    parser.set_defaults(weigh=lambda args: _check(args, parser))


def _check(args: Namespace, parser: ArgumentParser) -> None:
    """An option that says nothing about what is asked for is wrong usage."""
    for option, given, names in (
        ("--session", args.session, NAMES),
        ("--blank", args.blank, ("signin",)),
        ("--together", args.together, ("signin", "minutes")),
        ("--by", args.by, ("reflections",)),
    ):
        if given and args.what not in names:
            parser.error(f"argument {option}: 只用于 {'、'.join(names)}")
    missing = [name for name, given in (("--from", args.first), ("--to", args.last)) if not given]
    if missing and not args.session:
        parser.error(f"the following arguments are required: {', '.join(missing)}")


def builder(args: Namespace, on_paper: bool) -> Build | None:
    """How it is made; ``None`` for anything that is no paper of sessions, or no table.

    Raises ``BadValue`` for a session that is no number.
    """
    if args.what not in (NAMES if on_paper else TABLES):
        return None
    if args.session is None:
        return _of_period(args, on_paper)
    make, session_id = _of_session(args, on_paper), values.number(args.session, "场次编号")
    return lambda unit, first, last: make(unit, session_id)


def _of_period(args: Namespace, on_paper: bool) -> Build:
    kinds, by = _kinds(args), Order(args.by or Order.SESSION)
    makers: dict[str, Build] = {
        "signin": lambda unit, first, last: sign_in_papers(
            unit, first, last, blank=args.blank, kinds=kinds
        ),
        "minutes": lambda unit, first, last: minutes_papers(unit, first, last, kinds=kinds),
        "reflections": lambda unit, first, last: reflections_paper(unit, first, last, by=by),
        "talk": talks_paper,
    }
    if not on_paper:
        makers["signin"] = lambda unit, first, last: sign_in_tables(unit, first, last, kinds=kinds)
        makers["reflections"] = reflections_report
    return makers[args.what]


def _of_session(
    args: Namespace, on_paper: bool
) -> Callable[[UnitOfWork, int], Report | Paper]:
    kinds, by = _kinds(args), Order(args.by or Order.SESSION)
    makers: dict[str, Callable[[UnitOfWork, int], Report | Paper]] = {
        "signin": lambda unit, id: sign_in_paper(unit, id, blank=args.blank, kinds=kinds),
        "minutes": lambda unit, id: minutes_paper(unit, id, kinds=kinds),
        "reflections": lambda unit, id: session_reflections_paper(unit, id, by=by),
        "talk": session_talks_paper,
    }
    if not on_paper:
        makers["signin"] = lambda unit, id: sign_in_table(unit, id, kinds=kinds)
        makers["reflections"] = session_reflections_report
    return makers[args.what]


def _kinds(args: Namespace) -> KindChoice:
    return "together" if args.together else "each"
