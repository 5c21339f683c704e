"""The seven pages in their order; a page is imported when it is first looked at."""

from __future__ import annotations

from importlib import import_module
from typing import Final

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

_CLASSES: Final = {
    "week": "WeekTab",
    "study": "StudyTab",
    "talk": "TalkTab",
    "signin": "SignInTab",
    "review": "ReviewTab",
    "stats": "StatsTab",
    "people": "PeopleTab",
}


def make_page(name: str, context: Context) -> Page:
    """Build one page."""
    module = import_module(f"bulletin_study.ui.tabs.{name}")
    page: Page = getattr(module, _CLASSES[name])(context)
    return page
