"""The page 每周一讲."""

from bulletin_study.ui.tabs.talk.tab import TalkTab

__all__ = ["TalkTab"]
