"""Whom the fields of this page offer."""

from __future__ import annotations

from datetime import date

from bulletin_study.ui.widgets.person_match import PersonOption
from bulletin_study.usecases.talk_page import TalkPage, standing_words


def speaker_options(page: TalkPage, day: date) -> list[PersonOption]:
    """Everybody on the roster that day, by 排名, with what speaks for or against each."""
    standing = standing_words(page, day)
    options = []
    for person in page.roster.on(day):
        group = page.roster.groups.get(page.roster.group_on(person.id, day) or 0)
        parts = (group.name if group else str(person.role), standing.get(person.id, ""))
        note = " · ".join(part for part in parts if part)
        number = person.staff_number or ""
        options.append(
            PersonOption(person.id, person.name, person.initials, person.pinyin, number, note)
        )
    return options
