"""One talk: who spoke, title, category, 帮带人, the comment, and what three people learned."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from bulletin_study.domain.evidence import EvidenceKind
from bulletin_study.domain.sessions import ClosingItem, SessionStatus, Talk, TalkCategory
from bulletin_study.ui.context import Context
from bulletin_study.ui.fields import ChoiceField, LineField
from bulletin_study.ui.forms import FormColumn, FormRow
from bulletin_study.ui.tabs.signin.comment_fields import CommentFields
from bulletin_study.ui.tabs.signin.reflection_fields import ReflectionFields
from bulletin_study.ui.tabs.signin.roster_rows import person_options
from bulletin_study.ui.tabs.signin.sections import Saver
from bulletin_study.ui.widgets.evidence_box import DROP_HINT, EvidenceBox, Owner
from bulletin_study.ui.widgets.person_combo import PersonCombo
from bulletin_study.usecases.sign_in_notes import note_talk
from bulletin_study.usecases.sign_in_page import SignInPage
from bulletin_study.usecases.talks import record_speaker

_CATEGORIES = [(str(category), category) for category in TalkCategory]


class TalkSection:
    """The talk of one place; while nobody was arranged for it, only who spoke."""

    def __init__(self, form: FormColumn, saver: Saver, page: SignInPage, place: int) -> None:
        self._form, self._saver, self._page, self._place = form, saver, page, place
        self._rows: dict[str, FormRow] = {}
        self.title = LineField("待报题目")
        self.category = ChoiceField(_CATEGORIES)
        self.category.setPlaceholderText("选类别")
        self.speaker = PersonCombo()
        self.mentor = PersonCombo()
        self.guest = LineField("单位和姓名")
        self.comment: CommentFields | None = None
        self.reflections: ReflectionFields | None = None
        self.materials: EvidenceBox | None = None
        talk = page.talk_at(place)
        people = person_options(page.on_roster, [page.group_name(p.id) for p in page.on_roster])
        self.speaker.set_people(people)
        self.mentor.set_people(people)
        if talk is None:
            self._add_speaker("这一位还没安排人。先记下是谁讲的。")
            return
        self._rows["title"] = form.add("题目", self.title, self._edit(talk, "title"))
        self._rows["category"], self._rows["mentor_id"] = form.add_side_by_side(
            [("类别", self.category, self._edit(talk, "category")),
             ("帮带人", self.mentor, self._edit(talk, "mentor_id"))]
        )  # fmt: skip
        self._add_speaker("")
        about = page.name(talk.speaker_id) or talk.guest
        self.comment = CommentFields(form, saver, page, talk_id=talk.id,
                                     about=f"{about}讲课的" if about else "")  # fmt: skip
        self.reflections = ReflectionFields(form, saver, page, talk)

    def add_materials(self, context: Context) -> None:
        """The files of the talk, last of all."""
        self.materials = EvidenceBox(context, "讲课材料", DROP_HINT)
        self._form.add_widget(self.materials, fact=False)

    def fill(self, page: SignInPage) -> None:
        """Show the talk."""
        self._page = page
        talk = page.talk_at(self._place)
        if self.materials is not None:
            owner = Owner(page.session.id, self._place, EvidenceKind.MATERIAL)
            takes = page.session.status is not SessionStatus.CANCELLED
            files = page.files(talk.id) if talk is not None else []
            self.materials.show_files(owner, files, takes=takes)
        if talk is None:
            return
        self.title.set_value(talk.title)
        self.category.set_value(talk.category)
        self.mentor.set_value(talk.mentor_id)
        self.speaker.set_value(talk.speaker_id)
        self.guest.set_value(talk.guest)
        announced = page.name(talk.planned_id)
        self._rows["speaker_id"].note(f"原定{announced}，改由别人讲。" if announced else "")
        if self.comment is not None and self.reflections is not None:
            self.comment.fill(page)
            self.reflections.fill(page)

    def field_for(self, item: ClosingItem) -> QWidget | None:
        """The first field of this talk that the item waits for."""
        if item not in (ClosingItem.TALKS, ClosingItem.COMMENTS, ClosingItem.REFLECTIONS):
            return None
        talk = self._page.talk_at(self._place)
        if self.comment is None or self.reflections is None or talk is None:
            return self.speaker
        if item is ClosingItem.COMMENTS:
            return self.comment.text
        if item is ClosingItem.REFLECTIONS:
            return self.reflections.first_missing()
        if talk.speaker_id is None and not talk.guest:
            return self.speaker
        return self.category if talk.title.strip() else self.title

    def _add_speaker(self, note: str) -> None:
        speaker, guest = self._form.add_side_by_side(
            [
                ("实际主讲", self.speaker, self._spoke),
                ("外请（名单外的人）", self.guest, self._came),
            ]
        )
        speaker.note(note)
        self._rows["speaker_id"], self._rows["guest"] = speaker, guest

    def _edit(self, talk: Talk, name: str) -> Any:
        def commit(original: object, edited: object) -> None:
            self._saver.save(
                lambda unit: note_talk(unit, talk.id, {name: original}, {name: edited}),
                self._rows[name],
            )

        return commit

    def _spoke(self, original: int | None, edited: int | None) -> None:
        session_id, place = self._page.session.id, self._place
        self._saver.save(
            lambda unit: record_speaker(unit, session_id, place, edited),
            self._rows["speaker_id"],
        )

    def _came(self, original: str, edited: str) -> None:
        session_id, place = self._page.session.id, self._place
        self._saver.save(
            lambda unit: record_speaker(unit, session_id, place, guest=edited),
            self._rows["guest"],
        )
