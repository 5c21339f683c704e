"""补学 of one session: what is handed out, until when, and a note for each who missed it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from bulletin_study.domain.make_ups import Debt
from bulletin_study.domain.sessions import ClosingItem, SessionStatus
from bulletin_study.ui.controls import label, small_button
from bulletin_study.ui.fields import NoteField
from bulletin_study.ui.forms import FormColumn
from bulletin_study.ui.tabs.signin.make_up_words import (
    NOTE_HINT,
    act_word,
    in_common,
    progress_words,
    state_chip,
)
from bulletin_study.ui.tabs.signin.sections import Saver, put_in_head
from bulletin_study.ui.tabs.signin.written import Written
from bulletin_study.ui.theme import theme
from bulletin_study.ui.widgets.chip import Chip
from bulletin_study.ui.widgets.date_field import DateField
from bulletin_study.ui.widgets.written_note import WrittenNote
from bulletin_study.usecases.drafts import make_up_target
from bulletin_study.usecases.make_ups import clear, hand_out, set_due, take_back, write_note
from bulletin_study.usecases.mark_words import why_words
from bulletin_study.usecases.sign_in_page import SignInPage


def make_up_sections(form: FormColumn, saver: Saver, page: SignInPage) -> list[MakeUpSection]:
    """The section, where the session is of a kind that asks for it or something is noted."""
    return [MakeUpSection(form, saver, page)] if _asked(page) or page.make_ups else []


def make_up_shape(page: SignInPage) -> Hashable:
    """Everything that decides which fields the section has."""
    return _asked(page), tuple(debt.person_id for debt in page.make_ups)


def _asked(page: SignInPage) -> bool:
    held = page.session.status is SessionStatus.HELD
    return held and any(kind.owes_make_up for kind in page.closing.kinds)


class MakeUpSection:
    """One line while nobody owes anything."""

    def __init__(self, form: FormColumn, saver: Saver, page: SignInPage) -> None:
        self._saver, self._page = saver, page
        self._count = label("", "secondary")
        form.add_widget(_head(self._count))
        self.handing: HandingOut | None = None
        self.people: list[OneMakeUp] = []
        if page.make_ups:
            self.handing = HandingOut(form, saver, page)
            self.people = [OneMakeUp(form, saver, page, debt) for debt in page.make_ups]

    def fill(self, page: SignInPage) -> None:
        """Show how far everybody has come."""
        self._page = page
        words = progress_words(page.make_ups, page.today)
        self._count.setText(words or "没有要补的人")
        if self.handing is not None:
            self.handing.fill(page)
        common = in_common([debt.due_by_hand for debt in page.make_ups if debt.waits], None)
        for one, debt in zip(self.people, page.make_ups, strict=True):
            one.fill(debt, page.today, common)
            one.written.show_offers(page.drafts)

    def field_for(self, item: ClosingItem) -> QWidget | None:
        """Nothing here is asked for by a checklist."""
        return None

    def first_open(self) -> QWidget | None:
        """The note of the first who still owes; else the first there is."""
        waiting = [one for one in self.people if one.debt.waits]
        return next((one.note for one in (*waiting, *self.people)), None)


class HandingOut:
    """What all who still owe are given to read, and their last day."""

    def __init__(self, form: FormColumn, saver: Saver, page: SignInPage) -> None:
        self._saver, self._page = saver, page
        self._material = ""
        self._due: date | None = None
        self.material = NoteField("要学什么：文件、章节、录像", lines=1, most=4)
        self.material_row = form.add("补学材料", self.material, self._material_edited)
        self.give = small_button("发材料", "arrow-right", on_click=self._hand_out)
        put_in_head(self.material_row, end=[self.give])
        self.due = DateField(near=page.today)
        self.due_row = form.add("补学期限", self.due, self._due_edited)

    def fill(self, page: SignInPage) -> None:
        """Show what those who still owe have in common; nothing when all is done."""
        self._page = page
        waiting = [debt for debt in page.make_ups if debt.waits]
        for row in (self.material_row, self.due_row):
            row.setVisible(bool(waiting))
        if not waiting:
            return
        self._material = in_common([debt.material for debt in waiting], "")
        self._due = in_common([debt.due_by_hand for debt in waiting], None)
        # What the session was about is what is read afterwards, unless somebody says else.
        self.material.set_value(self._material or page.session.materials)
        self.due.set_value(self._due or in_common([debt.due for debt in waiting], None))
        lacking = sum(not debt.material for debt in waiting)
        self.give.setVisible(bool(lacking))
        self.give.set_caption(f"发给 {lacking} 人")
        self.give.set_tip("记下发了什么；还要补的人一次都记上")

    def _material_edited(self, original: str, edited: str) -> None:
        self._give(edited)

    def _hand_out(self) -> None:
        material = self.material.value()
        if material:
            self._give(material)
        else:
            self.material_row.error("还没写要学什么，没有发。写上以后再点。")
            self.material.setFocus()

    def _give(self, material: str) -> None:
        session_id, before = self._page.session.id, self._material
        if material or before:
            self._saver.save(
                lambda unit: hand_out(unit, session_id, material, instead_of=before),
                self.material_row,
            )

    def _due_edited(self, original: date | None, edited: date | None) -> None:
        session_id, before = self._page.session.id, self._due
        self._saver.save(lambda unit: set_due(unit, session_id, before, edited), self.due_row)


class OneMakeUp:
    """One person: mark and reason, how it stands, the note, 已补 or 撤回."""

    def __init__(self, form: FormColumn, saver: Saver, page: SignInPage, debt: Debt) -> None:
        self._saver, self.debt = saver, debt
        self.note = WrittenNote(NOTE_HINT, lines=1)
        name = page.name(debt.person_id)
        target = make_up_target(debt.session_id, debt.person_id)
        self.written = Written(form, saver, name, self.note, target, self._edited,
                               title=f"{name}的补学心得")  # fmt: skip
        self.row = self.written.row
        self.note.setAccessibleName(f"{name}：补学心得")
        self._why = QuietWords()
        self.chip = Chip()
        self.act = small_button("已补", on_click=self._settle)
        self._name = name
        put_in_head(self.row, after=[self.chip, self._why], end=[self.act])
        self.row.keep_caption()

    def fill(self, debt: Debt, today: date, usual: date | None) -> None:
        """Show it."""
        self.debt = debt
        self.note.set_value(debt.note)
        self._why.set_words(_why(debt, usual))
        self.chip.set(*state_chip(debt, today))
        word = act_word(debt)
        self.act.setVisible(bool(word))
        self.act.set_caption(word)
        self.act.setAccessibleName(f"{self._name}：{word}")

    def _edited(self, original: str, edited: str) -> None:
        session_id, person_id = self.debt.session_id, self.debt.person_id
        self._saver.save(
            lambda unit: write_note(unit, session_id, person_id, original, edited),
            self.row, draft=self.written.target,
        )  # fmt: skip

    def _settle(self) -> None:
        session_id, person_id = self.debt.session_id, self.debt.person_id
        if self.debt.cleared is not None:
            self._saver.save(lambda unit: take_back(unit, session_id, person_id), self.row)
            return
        if not self.note.value():
            self.note.setFocus()
        self._saver.save(lambda unit: clear(unit, [(session_id, person_id)]), self.row)


class QuietWords(QWidget):
    """Grey words after a name that give way with an ellipsis, so that the name need not."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def set_words(self, words: str) -> None:
        """Show these; whole in the tooltip."""
        self._words = words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the words."""
        metrics = theme().metrics(12)
        return QSize(metrics.horizontalAdvance(self._words) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """A few characters."""
        return QSize(24, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        painter.setFont(theme().font(12))
        painter.setPen(theme().color("text2"))
        metrics = theme().metrics(12)
        text = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


def _why(debt: Debt, usual: date | None) -> str:
    """请假 · 看病, and what is set for this one alone."""
    parts: Sequence[str] = [why_words(debt.mark, debt.reason, " · ")]
    if debt.waits and debt.due_by_hand not in (None, usual):
        parts = [*parts, f"期限 {debt.due:%m-%d}"]
    return " · ".join(part for part in parts if part)


def _head(count: QWidget) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 4, 0, 0)
    line.addWidget(label("补学", "title"))
    line.addWidget(count)
    line.addStretch(1)
    return holder
