"""本周: what there is this week, what is still open, who speaks next."""

from bulletin_study.ui.tabs.week.tab import WeekTab

__all__ = ["WeekTab"]
