"""签到与心得: who came, what was said, and what a session still needs before it is archived."""

from bulletin_study.ui.tabs.signin.tab import SignInTab

__all__ = ["SignInTab"]
