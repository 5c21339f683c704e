"""每周一讲: the list of places, who speaks, and the rotation."""

from bulletin_study.ui.tabs.talk.tab import TalkTab

__all__ = ["TalkTab"]
