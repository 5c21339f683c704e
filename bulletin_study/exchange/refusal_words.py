"""The sentence for each way a file can be unreadable: what happened, what is safe, what next.

``{file}`` is the file's name, ``{detail}`` the refusal's own detail.
"""

from __future__ import annotations

from bulletin_study.exchange.refusals import BadMap, MapFault, Unreadable, UnreadableFile

UNREADABLE_WORDS: dict[Unreadable, str] = {}


def sentence(refusal: UnreadableFile | BadMap) -> str:
    """The Chinese sentence to show for a refused file or mapping."""
    raise NotImplementedError
