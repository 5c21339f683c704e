"""One place: who speaks and about what; every field saves itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bulletin_study.domain.errors import Refusal, RuleBroken
from bulletin_study.domain.rotation import PlaceState
from bulletin_study.domain.sessions import Talk, TalkCategory
from bulletin_study.ui.controls import label, small_button
from bulletin_study.ui.fields import CheckField, ChoiceField, LineField
from bulletin_study.ui.forms import FormRow
from bulletin_study.ui.inspector import Inspector
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.tabs.talk.rows import TalkPage, key_of, state_cell
from bulletin_study.ui.widgets.person_combo import PersonCombo
from bulletin_study.ui.widgets.person_match import PersonOption
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.rotation_words import reason_words
from bulletin_study.usecases.talk_list import PlaceRow
from bulletin_study.usecases.talks import (
    assign_speaker,
    clear_place,
    pin,
    record_speaker,
    set_places,
    set_talk_details,
    swap,
)
from bulletin_study.usecases.titles import day_text

Action = Callable[[UnitOfWork], Any]
_MOST_PLACES = 8


class TalkInspector(Inspector):
    """``sign_in_wanted(session id, talk id or None)`` and ``session_wanted(session id)``."""

    sign_in_wanted = Signal(int, object)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._page: TalkPage | None = None
        self._row: PlaceRow | None = None
        self._facts = label("", "text2", wrap=True)
        self.form.add_widget(self._facts)
        self.speaker, self.guest = PersonCombo(), LineField("单位和姓名")
        self.speaker_row, self.guest_row = self.form.add_side_by_side(
            [("主讲人", self.speaker, self._speaker_chosen),
             ("来宾（名单外）", self.guest, self._guest_named)]
        )  # fmt: skip
        self.title = LineField("待报题目")
        self.title_row = self.form.add("题目", self.title, self._details("title"))
        self.category = ChoiceField([("还没定", None), *((str(c), c) for c in TalkCategory)])
        self.mentor = PersonCombo()
        self.category_row, self.mentor_row = self.form.add_side_by_side(
            [("类别", self.category, self._details("category")),
             ("帮带人", self.mentor, self._details("mentor_id"))]
        )  # fmt: skip
        self.pinned = CheckField("固定在这一场，自动安排不动")
        self.pin_row = self.form.add("固定", self.pinned, self._pin)
        self.other = ChoiceField([("选一处对调…", None)])
        self.other_row = self.form.add("对调", self.other, self._swap)
        self.places = ChoiceField([(f"{n} 人", n) for n in range(1, _MOST_PLACES + 1)])
        self.places_row = self.form.add("这一场讲几人", self.places, self._set_places)
        self.form.add_title("人选依据")
        self._reasons = label("", "text2", wrap=True)
        self.form.add_widget(self._reasons)

    # ---- showing ----
    def show_place(self, page: TalkPage, row: PlaceRow | None) -> None:
        """Show one place of the page."""
        self._page, self._row = page, row
        if row is None:
            self.show_empty("在左边选一处，就能看和改。")
            return
        self.show_form()
        chip = state_cell(row)
        title = row.speaker or "还没人讲"
        self.set_header(title, row.group, (chip.text, chip.tone, chip.shape))
        self._facts.setText(self._fact_words(page, row))
        self._fill(page, row)
        self._enable(row)
        self._reasons.setText(self._reason_text(page, row))
        self._foot(row)

    def _fact_words(self, page: TalkPage, row: PlaceRow) -> str:
        session = row.session
        number = page.numbers.get(session.id, "")
        parts = [f"{day_text(session.day)} {session.start:%H:%M}—{session.end:%H:%M}",
                 session.venue, f"{number} 第 {row.place} 位".strip()]
        if row.round:
            parts.append(f"第 {row.round} 轮")
        if row.stood_in_for and row.stood_in_for != row.speaker:
            parts.append(f"原定 {row.stood_in_for}")
        return " · ".join(p for p in parts if p)

    def _fill(self, page: TalkPage, row: PlaceRow) -> None:
        people = _options(page, row)
        self.speaker.set_people(people)
        self.mentor.set_people(people)
        held = row.state is PlaceState.HELD
        self.speaker_row.set_caption("实际主讲人" if held else "主讲人")
        talk = row.talk
        self.speaker.set_value(talk.speaker_id if talk else None)
        self.guest.set_value(talk.guest if talk else "")
        self.title.set_value(row.title)
        self.category.set_value(row.category)
        self.mentor.set_value(talk.mentor_id if talk else None)
        self.pinned.set_value(row.pinned)
        others = [
            (f"{day_text(r.day)} {r.speaker}", r.talk.id)
            for r in page.rows
            if r.talk is not None and r.speaker and r.session.status.ahead
            and key_of(r) != key_of(row)
        ]  # fmt: skip
        self.other.set_options([("选一处对调…", None), *others])
        self.other.set_value(None)
        self.places.set_value(max(row.session.talk_places, 1))
        if row.conflict:
            self.speaker_row.note(f"{row.speaker}{row.conflict}，请换人、对调，或重新自动安排。")

    def _enable(self, row: PlaceRow) -> None:
        filled = row.talk is not None and bool(row.speaker)
        ahead = row.session.status.ahead
        for editor in (self.title, self.category, self.mentor):
            editor.setEnabled(filled)
        self.pinned.setEnabled(filled and ahead)
        self.other.setEnabled(filled and ahead)
        self.places.setEnabled(not row.session.archived)

    def _reason_text(self, page: TalkPage, row: PlaceRow) -> str:
        if not row.reasons:
            return "手工安排的，没有自动依据。" if row.speaker else "点“自动安排…”看看谁能讲。"
        told = [reason_words(reason, page.roster, row.day) for reason in row.reasons]
        return "\n".join(f"{short}：{why}" for short, why in told)

    def _foot(self, row: PlaceRow) -> None:
        buttons: list[QWidget] = []
        if row.speaker and row.session.status.ahead:
            buttons.append(small_button("清空", on_click=self._clear))
        talk_id = row.talk.id if row.talk else None
        buttons.append(
            small_button(
                "去签到和点评",
                on_click=lambda: self.sign_in_wanted.emit(row.session.id, talk_id),
            )
        )
        self.set_footer(buttons, "改完即存")

    # ---- saving ----
    def _save(self, form_row: FormRow, action: Action, again: Action | None = None) -> None:
        def refused(refusal: Refusal) -> None:
            anyway = None
            if again is not None and isinstance(refusal, RuleBroken):
                anyway = ("仍要安排", lambda: self._save(form_row, again))
            form_row.error(sentence_for(refusal), anyway)

        self._runner.do(action, None, refused)

    def _speaker_chosen(self, _: int | None, person_id: int | None) -> None:
        row = self._row
        if row is None:
            return
        if person_id is None:
            self._clear()
            return
        session, place = row.session.id, row.place
        if row.state is PlaceState.HELD or not row.session.status.ahead:
            self._save(
                self.speaker_row, lambda unit: record_speaker(unit, session, place, person_id)
            )
            return
        self._save(
            self.speaker_row,
            lambda unit: assign_speaker(unit, session, place, person_id),
            lambda unit: assign_speaker(unit, session, place, person_id, override=True),
        )

    def _guest_named(self, _: str, name: str) -> None:
        row = self._row
        if row is None:
            return
        if not name.strip():
            self._clear()
            return
        session, place = row.session.id, row.place
        act = assign_speaker if row.session.status.ahead else record_speaker
        self._save(self.guest_row, lambda unit: act(unit, session, place, guest=name))

    def _details(self, field: str) -> Callable[[Any, Any], None]:
        rows = {"title": "title_row", "category": "category_row", "mentor_id": "mentor_row"}

        def committed(_: Any, value: Any) -> None:
            talk: Talk | None = self._row.talk if self._row else None
            if talk is None:
                return
            edited = replace(talk, **{field: value})
            form_row: FormRow = getattr(self, rows[field])
            self._save(form_row, lambda unit: set_talk_details(unit, talk, edited))

        return committed

    def _pin(self, _: bool, on: bool) -> None:
        talk = self._row.talk if self._row else None
        if talk is not None:
            self._save(self.pin_row, lambda unit: pin(unit, talk.id, on))

    def _swap(self, _: object, other: int | None) -> None:
        talk = self._row.talk if self._row else None
        if talk is not None and other is not None:
            self._save(
                self.other_row,
                lambda unit: swap(unit, talk.id, other),
                lambda unit: swap(unit, talk.id, other, override=True),
            )

    def _set_places(self, _: int, count: int) -> None:
        row = self._row
        if row is not None:
            session = row.session.id
            self._save(self.places_row, lambda unit: set_places(unit, session, count))

    def _clear(self) -> None:
        row = self._row
        if row is not None:
            session, place = row.session.id, row.place
            self._save(self.speaker_row, lambda unit: clear_place(unit, session, place))


def _options(page: TalkPage, row: PlaceRow) -> Sequence[PersonOption]:
    """Everybody on the roster that day, with the group in the note."""
    roster, day = page.roster, row.day
    made = []
    for person in roster.on(day):
        group_id = roster.group_on(person.id, day)
        where = roster.groups[group_id].name if group_id in roster.groups else str(person.role)
        made.append(
            PersonOption(person.id, person.name, person.initials, person.pinyin,
                         person.staff_number or "", where)
        )  # fmt: skip
    return made


