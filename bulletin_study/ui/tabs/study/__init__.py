"""每周一学, and every other kind of session that has no tab of its own."""

from bulletin_study.ui.tabs.study.tab import StudyTab

__all__ = ["StudyTab"]
