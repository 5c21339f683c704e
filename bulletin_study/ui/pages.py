"""The seven pages in their order; a page is imported when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Final

from bulletin_study.domain.sessions import REVIEW
from bulletin_study.ui.context import Context
from bulletin_study.ui.frame import Page

PAGES: Final = (
    ("week", "本周"),
    ("study", "每周一学"),
    ("talk", "每周一讲"),
    ("signin", "签到与心得"),
    ("review", "每周一评"),
    ("stats", "统计导出"),
    ("people", "人员"),
)

_ABOUT_REVIEW: Final = "这一页排场次、改期、归档；各组室的点评，在“签到与心得”里一个组室记一条。"


_TAB_OF: Final = {"review": "study"}


def make_page(name: str, context: Context) -> Page:
    """Build one page."""
    return _MAKERS[name](context)


def load_page(name: str) -> None:
    """Import what a page is made of, which takes as long as making it."""
    import_module(f"bulletin_study.ui.tabs.{_TAB_OF.get(name, name)}")


def _week(context: Context) -> Page:
    from bulletin_study.ui.tabs.week import WeekTab

    return WeekTab(context)


def _study(context: Context) -> Page:
    from bulletin_study.ui.tabs.study import StudyTab

    return StudyTab(context)


def _talk(context: Context) -> Page:
    from bulletin_study.ui.tabs.talk import TalkTab

    return TalkTab(context)


def _signin(context: Context) -> Page:
    from bulletin_study.ui.tabs.signin import SignInTab

    return SignInTab(context)


def _review(context: Context) -> Page:
    """The weekly review is its sessions; its comments are written at the sign-in."""
    from bulletin_study.ui.tabs.study import StudyTab

    return StudyTab(context, only=REVIEW, about=_ABOUT_REVIEW)


def _stats(context: Context) -> Page:
    from bulletin_study.ui.tabs.stats import StatsTab

    return StatsTab(context)


def _people(context: Context) -> Page:
    from bulletin_study.ui.tabs.people import PeopleTab

    return PeopleTab(context)


_MAKERS: Final[dict[str, Callable[[Context], Page]]] = {
    "week": _week,
    "study": _study,
    "talk": _talk,
    "signin": _signin,
    "review": _review,
    "stats": _stats,
    "people": _people,
}
