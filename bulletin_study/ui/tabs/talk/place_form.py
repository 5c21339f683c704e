"""The form of one place: who speaks, about what, with whom, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bulletin_study.domain.evidence import EvidenceKind
from bulletin_study.domain.rotation import PlaceState
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import label
from bulletin_study.ui.fields import LineField
from bulletin_study.ui.forms import FormColumn, FormRow
from bulletin_study.ui.tabs.talk.people import speaker_options
from bulletin_study.ui.tabs.talk.reasons import ReasonList, reason_lines
from bulletin_study.ui.tabs.talk.record import Record
from bulletin_study.ui.tabs.talk.rows import CATEGORIES
from bulletin_study.ui.tabs.talk.saving import Saver
from bulletin_study.ui.tabs.talk.session_fields import SessionFields
from bulletin_study.ui.tabs.talk.stand_ins import StandIns
from bulletin_study.ui.tabs.talk.swap_field import SwapField
from bulletin_study.ui.widgets.evidence_box import DROP_HINT, EvidenceBox, Owner
from bulletin_study.ui.widgets.person_combo import PersonCombo
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.usecases.sign_in_notes import note_talk
from bulletin_study.usecases.substituting import substitute
from bulletin_study.usecases.talk_page import TalkLine, TalkPage
from bulletin_study.usecases.talks import (
    assign_speaker,
    clear_place,
    pin,
    record_speaker,
    swap,
)
from bulletin_study.usecases.titles import day_text

_ANYWAY = "仍要安排"
_BY_HAND = "手工安排的，自动安排不动。"


class PlaceForm(FormColumn):
    """Every field saves itself as one operation; ``saver.failed`` tells what belongs nowhere."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.saver = Saver(context.runner)
        self.rows: dict[str, FormRow] = {}
        self._facts = label("", "text2", wrap=True)
        self.add_widget(self._facts)
        self.speaker, self.guest = PersonCombo(), LineField("单位和姓名")
        self.rows["speaker"] = self.add("主讲人", self.speaker, self._spoken_by)
        self.title = LineField("待报题目")
        self.category = Segmented(CATEGORIES, fill=True)
        self.mentor = PersonCombo()
        self.rows["title"] = self.add("题目", self.title, self._noted("title"))
        self.rows["category"] = self.add("类别", self.category, self._noted("category"))
        self.rows["mentor"], self.rows["guest"] = self.add_side_by_side(
            [("帮带人", self.mentor, self._noted("mentor_id", "mentor")),
             ("外请（名单外的人）", self.guest, self._guest_named)]
        )  # fmt: skip
        self.materials = EvidenceBox(context, "讲课材料", DROP_HINT)
        self.add_widget(self.materials)
        self.swap = SwapField()
        self.swap.wanted.connect(self._swap)
        self.rows["swap"] = self.add("与谁对调", self.swap)
        self._why_title = label("人选依据", "title")
        self.reasons = ReasonList()
        self.add_widget(self._why_title)
        self.add_widget(self.reasons)
        self.stand_ins = StandIns(context.runner)
        self.stand_ins.wanted.connect(self._stand_in)
        self.add_widget(self.stand_ins)
        self.record = Record(context.runner)
        self.record.place_wanted.connect(context.go.talk.emit)
        self.add_widget(self.record)
        self.session = SessionFields(self, self.saver)

    @property
    def line(self) -> TalkLine | None:
        """The place shown."""
        return self.saver.line

    # ---- showing ----
    def show_line(self, line: TalkLine, page: TalkPage) -> None:
        """Show a place as it is stored; of another one nothing typed before is kept."""
        if self.line is None or self.line.key != line.key:
            self._forget()
        self.saver.line = line
        talk = line.row.talk
        self._facts.setText(_facts(line, page))
        owner = Owner(*line.key, EvidenceKind.MATERIAL)
        self.materials.show_files(owner, line.row.materials, takes=not line.cancelled)
        people = speaker_options(page, line.row.day)
        self.speaker.set_people(people)
        self.mentor.set_people(people)
        self.speaker.set_value(talk.speaker_id if talk else None)
        self.guest.set_value(talk.guest if talk else "")
        self.title.set_value(line.row.title)
        self.category.set_value(line.row.category)
        self.mentor.set_value(talk.mentor_id if talk else None)
        self.rows["speaker"].set_caption(
            "主讲人" if line.ahead or line.cancelled else "实际主讲人"
        )
        self.rows["speaker"].note(_speaker_note(line))
        for editor in (self.title, self.category, self.mentor):
            editor.setEnabled(line.taken)
        for who in (self.speaker, self.guest):
            who.setEnabled(not line.cancelled)
        self.title.setPlaceholderText("待报题目" if line.taken else "先定主讲人")
        self.swap.offer(page.lines, line)
        self.rows["swap"].setVisible(line.ahead and line.taken)
        self._show_reasons(line, page)
        self.stand_ins.show_line(line)
        self.record.show_line(line)
        self.session.show_session(line.row.session, page)

    def _show_reasons(self, line: TalkLine, page: TalkPage) -> None:
        lines = reason_lines(line.row.reasons, page.roster, line.row.day)
        lines += [("triangle", "amber", "不合次序", words) for words in line.remarks]
        if not lines and line.row.state is PlaceState.PINNED:
            lines = [("dot", "text2", "已经固定", _BY_HAND)]
        if not lines and line.filler and line.ahead:
            lines = [("arrow", "text2", "自动安排", line.filler)]
        self._why_title.setVisible(bool(lines))
        self.reasons.setVisible(bool(lines))
        self.reasons.show_lines(lines)

    def _forget(self) -> None:
        editors = (self.speaker, self.guest, self.title, self.category, self.mentor)
        for editor in editors:
            editor.autosave.revert()
        for row in self.rows.values():
            row.error("")
        self.session.forget()

    # ---- acts ----
    def toggle_pin(self) -> None:
        """固定, or let go (P)."""
        line = self.line
        if line is None or line.row.talk is None or not line.ahead or not line.taken:
            return
        talk_id, on = line.row.talk.id, not line.row.pinned
        self.saver.act(lambda unit: pin(unit, talk_id, on))

    def clear_speaker(self) -> None:
        """清空: nobody is announced any more."""
        line = self.line
        if line is not None:
            session_id, place = line.key
            self.saver.save(
                self.rows["speaker"], lambda unit, _: clear_place(unit, session_id, place)
            )

    def _stand_in(self, person_id: int) -> None:
        line = self.line
        if line is not None:
            session_id, place = line.key
            self.saver.save(
                self.rows["speaker"],
                lambda unit, _: substitute(unit, session_id, place, person_id),
            )

    def _spoken_by(self, _: int | None, person_id: int | None) -> None:
        line = self.line
        if line is None:
            return
        if person_id is None:
            self.clear_speaker()
            return
        session_id, place = line.key
        if line.ahead:
            self.saver.save(
                self.rows["speaker"],
                lambda unit, override: assign_speaker(
                    unit, session_id, place, person_id, override=override
                ),
                _ANYWAY,
            )
        else:
            self.saver.save(
                self.rows["speaker"],
                lambda unit, _: record_speaker(unit, session_id, place, person_id),
            )

    def _guest_named(self, _: str, name: str) -> None:
        line = self.line
        if line is None:
            return
        if not name:
            self.clear_speaker()
            return
        session_id, place = line.key
        use = assign_speaker if line.ahead else record_speaker
        self.saver.save(
            self.rows["guest"], lambda unit, _: use(unit, session_id, place, guest=name)
        )

    def _noted(self, name: str, row: str = "") -> Callable[[Any, Any], None]:
        """What saves a detail of the talk."""

        def commit(original: Any, edited: Any) -> None:
            talk = self.line.row.talk if self.line is not None else None
            if talk is not None:
                self.saver.save(
                    self.rows[row or name],
                    lambda unit, _: note_talk(unit, talk.id, {name: original}, {name: edited}),
                )

        return commit

    def _swap(self, other_id: int) -> None:
        talk = self.line.row.talk if self.line is not None else None
        if talk is not None:
            self.saver.save(
                self.rows["swap"],
                lambda unit, override: swap(unit, talk.id, other_id, override=override),
                "仍要对调",
            )


def _facts(line: TalkLine, page: TalkPage) -> str:
    """12-02 周三 15:00—16:30 · 三楼会议室 · 第47次 · 第3轮."""
    session = line.row.session
    when = f"{day_text(session.day)} {session.start:%H:%M}—{session.end:%H:%M}"
    number = f"第{line.ordinal.number}次" if line.ordinal else ""
    place = f"第{line.row.place}位" if session.id in page.many else ""
    spoken = f"第{line.row.round}轮" if line.row.round else ""
    moved = f"原定 {session.moved_from:%m-%d}" if session.moved_from else ""
    return " · ".join(filter(None, (when, moved, session.venue, number, place, spoken)))


def _speaker_note(line: TalkLine) -> str:
    row = line.row
    if line.conflict:
        fixed = "固定的调整不动它，可以在这里换人、对调，或先不再固定（P）。"
        return f"{line.conflict}。{fixed if row.pinned else '可以点“调整…”，或在这里换人、对调。'}"
    if row.stood_in_for:
        return f"原定{row.stood_in_for}，由{row.speaker}讲。"
    return ""
