"""One talk: who spoke, title, category, 帮带人, the comment, and what three people learned."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from bulletin_study.domain.sessions import ClosingItem, TalkCategory
from bulletin_study.ui.fields import ChoiceField, LineField
from bulletin_study.ui.forms import FormColumn, FormRow
from bulletin_study.ui.tabs.signin.reflection_fields import ReflectionFields
from bulletin_study.ui.tabs.signin.roster_rows import person_options
from bulletin_study.ui.tabs.signin.sections import CommentFields, Saver
from bulletin_study.ui.widgets.person_combo import PersonCombo
from bulletin_study.usecases.sign_in_page import SignInPage
from bulletin_study.usecases.talk_notes import note_talk

_CATEGORIES = [(str(category), category) for category in TalkCategory]


class TalkSection:
    """The talk of one place."""

    def __init__(self, form: FormColumn, saver: Saver, page: SignInPage, place: int) -> None:
        self._saver, self._page, self._place = saver, page, place
        talk = page.talk_at(place)
        people = person_options(page.on_roster, [page.group_name(p.id) for p in page.on_roster])
        self.title = LineField("待报题目")
        self._title_row = form.add("题目", self.title, self._edit("title"))
        self.category = ChoiceField(_CATEGORIES)
        self.category.setPlaceholderText("选类别")
        self.mentor = PersonCombo(people)
        category, mentor = form.add_side_by_side(
            [("类别", self.category, self._edit("category")),
             ("帮带人", self.mentor, self._edit("mentor_id"))]
        )  # fmt: skip
        self.speaker = PersonCombo(people)
        self.guest = LineField("单位和姓名")
        speaker, guest = form.add_side_by_side(
            [("实际主讲", self.speaker, self._edit("speaker_id")),
             ("来宾（名单外）", self.guest, self._edit("guest"))]
        )  # fmt: skip
        self._rows: dict[str, FormRow] = {
            "title": self._title_row, "category": category, "mentor_id": mentor,
            "speaker_id": speaker, "guest": guest,
        }  # fmt: skip
        self.comment: CommentFields | None = None
        self.reflections: ReflectionFields | None = None
        if talk is not None:
            self.comment = CommentFields(form, saver, page, talk_id=talk.id)
            self.reflections = ReflectionFields(form, saver, page, talk)

    def fill(self, page: SignInPage) -> None:
        """Show the talk."""
        self._page = page
        talk = page.talk_at(self._place)
        self.title.set_value(talk.title if talk else "")
        self.category.set_value(talk.category if talk else None)
        self.mentor.set_value(talk.mentor_id if talk else None)
        self.speaker.set_value(talk.speaker_id if talk else None)
        self.guest.set_value(talk.guest if talk else "")
        announced = page.name(talk.planned_id) if talk else ""
        self._rows["speaker_id"].note(f"原定{announced}，改由别人讲。" if announced else "")
        if self.comment is not None and self.reflections is not None:
            self.comment.fill(page)
            self.reflections.fill(page)

    def field_for(self, item: ClosingItem) -> QWidget | None:
        """The first field of this talk that the item waits for."""
        match item:
            case ClosingItem.TALKS:
                return self._talk_field()
            case ClosingItem.COMMENTS if self.comment is not None:
                return self.comment.text
            case ClosingItem.REFLECTIONS if self.reflections is not None:
                return self.reflections.first_missing()
            case ClosingItem.COMMENTS | ClosingItem.REFLECTIONS:
                return self.speaker
        return None

    def _talk_field(self) -> QWidget:
        talk = self._page.talk_at(self._place)
        if talk is None or (talk.speaker_id is None and not talk.guest):
            return self.speaker
        return self.category if talk.title.strip() else self.title

    def _edit(self, name: str) -> Any:
        def commit(original: object, edited: object) -> None:
            session_id, place = self._page.session.id, self._place
            before = {} if self._page.talk_at(place) is None else {name: original}
            self._saver.save(
                lambda unit: note_talk(unit, session_id, place, before, {name: edited}),
                self._rows[name],
            )

        return commit
