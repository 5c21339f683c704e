"""The talks of a session by their places: what each is called, which one is to be shown."""

from __future__ import annotations

from bulletin_study.domain.closing import CheckItem
from bulletin_study.domain.sessions import ClosingItem
from bulletin_study.usecases.sign_in_page import SignInPage

OF_TALKS = (ClosingItem.TALKS, ClosingItem.COMMENTS, ClosingItem.REFLECTIONS)
"""The lines of the checklist that each talk has for itself."""
_LONGEST_NAME = 4


def talk_caption(page: SignInPage, place: int) -> str:
    """姜慧敏 1/4: who speaks and how much of comment and reflections there is.

    A very long name is cut here and not by the widget, so that the count stays to be seen.
    """
    talk = page.talk_at(place)
    name = (page.name(talk.speaker_id) or talk.guest) if talk else ""
    if len(name) > _LONGEST_NAME:
        name = f"{name[: _LONGEST_NAME - 1]}…"
    lines = _own_lines(page, place)
    done = sum(min(line.done, line.needed) for line in lines)
    return f"{name or f'第{place}讲'} {done}/{sum(line.needed for line in lines)}"


def first_open_place(page: SignInPage) -> int:
    """The first talk that lacks something, else the first."""
    open_places = [line.place for line in page.closing.lacking if line.place]
    return min(open_places, default=page.places[0] if page.places else 1)


def place_for(page: SignInPage, item: ClosingItem, talk_id: int | None) -> int:
    """The talk asked for, else the first that lacks the item."""
    asked = [talk.place for talk in page.talks if talk.id == talk_id]
    lacking = [line.place for line in page.closing.lacking if line.item is item]
    return next(iter([*asked, *lacking, *page.places]), 1)


def _own_lines(page: SignInPage, place: int) -> list[CheckItem]:
    lines = page.closing.items
    return [line for line in lines if line.place == place and line.item in OF_TALKS[1:]]
