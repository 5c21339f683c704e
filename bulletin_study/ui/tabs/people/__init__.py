"""人员: groups, roster, who is away, pairs, import."""

from bulletin_study.ui.tabs.people.tab import PeopleTab

__all__ = ["PeopleTab"]
