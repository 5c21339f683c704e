"""The pane at the right: what was said and decided, one talk at a time, and the checklist."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from bulletin_study.domain.closing import Want
from bulletin_study.domain.sessions import ClosingItem
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import surface
from bulletin_study.ui.forms import FormRow
from bulletin_study.ui.inspector import Inspector
from bulletin_study.ui.read_only import make_read_only
from bulletin_study.ui.tabs.signin.archived_line import ArchivedLine
from bulletin_study.ui.tabs.signin.closing_pane import ClosingPane
from bulletin_study.ui.tabs.signin.evidence_section import EvidenceSection
from bulletin_study.ui.tabs.signin.make_up_section import (
    MakeUpSection,
    make_up_sections,
    make_up_shape,
)
from bulletin_study.ui.tabs.signin.minutes_section import MinutesSection
from bulletin_study.ui.tabs.signin.sections import Saver, Section
from bulletin_study.ui.tabs.signin.session_sections import (
    BasicsSection,
    GroupCommentsSection,
    ReflectionsSection,
)
from bulletin_study.ui.tabs.signin.talk_places import (
    OF_TALKS,
    first_open_place,
    place_for,
    talk_caption,
)
from bulletin_study.ui.tabs.signin.talk_section import TalkSection
from bulletin_study.ui.tabs.signin.talk_strip import TalkStrip
from bulletin_study.ui.thumbnails import Thumbnails
from bulletin_study.ui.words_in_field import go_to_words
from bulletin_study.usecases.find_text import FoundText
from bulletin_study.usecases.sign_in_page import SignInPage

_BASICS = (ClosingItem.THEME, ClosingItem.FORM, ClosingItem.LEAD)


class EditorsPane(Inspector):
    """Fields are built anew only when another session or talk is shown or people change."""

    package_wanted = Signal()
    """The 佐证包 of the session shown is to be written."""

    def __init__(self, context: Context, saver: Saver) -> None:
        super().__init__(steps=False)
        self._context = context
        self._saver = saver
        self._page: SignInPage | None = None
        self._place = 1
        self._built: Hashable = None
        self.sections: list[Section] = []
        self.files: EvidenceSection | None = None
        self._thumbnails = Thumbnails(context.runner)
        self.talks = TalkStrip()
        self.talks.changed.connect(self._talk_chosen)
        self._strip = surface("header")
        strip = QVBoxLayout(self._strip)
        strip.setContentsMargins(16, 8, 16, 8)
        strip.addWidget(self.talks)
        self.archived = ArchivedLine()
        self.closing = ClosingPane()
        self.set_footer([self.closing])
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            head = column.itemAt(0).widget()
            # Which session it is stands in the toolbar already.
            if head is not None:
                head.hide()
            column.insertWidget(1, self.archived)
            column.insertWidget(2, self._strip)

    # ---- showing ----
    def show_page(self, page: SignInPage) -> None:
        """Show a session; what is being typed stays."""
        if self._page is None or self._page.session.id != page.session.id:
            self._place = first_open_place(page)
        self._page = page
        self.show_form()
        self.archived.setVisible(page.session.archived)
        self._strip.setVisible(len(page.places) > 0)
        self.talks.set_options([(talk_caption(page, place), place) for place in page.places])
        if page.places and self._place not in page.places:
            self._place = page.places[0]
        self.talks.set_value(self._place)
        self._show_sections(page)
        self.closing.show_page(page)

    def show_empty(self, sentence: str) -> None:
        """Show one sentence instead of a session."""
        if self._saver.sheet is not None:
            self._saver.sheet.put_back()
        super().show_empty(sentence)
        self._page = None
        self.archived.hide()
        self._strip.hide()

    def jump(self, want: Want, talk_id: int | None = None) -> bool:
        """Put the focus into the field that a line waits for; False when it is not here."""
        page = self._page
        if page is None:
            return False
        if want.item in OF_TALKS:
            self._turn_to(place_for(page, want.item, talk_id))
        field = self._field_for(want)
        if field is None:
            return False
        self._go_to(field)
        return True

    def jump_to_make_up(self) -> None:
        """Put the focus into the note of the first who still owes 补学."""
        for section in self.sections:
            if isinstance(section, MakeUpSection) and (field := section.first_open()) is not None:
                self._go_to(field)

    def show_written(self, found: FoundText, words: str) -> bool:
        """Put the focus into the field of a text, its words selected; False without one."""
        page = self._page
        if page is None or page.session.id != found.hit.session_id:
            return False
        if found.talk_id is not None:
            self._turn_to(found.place)
        opener = self._saver.openers.get(found.target)
        if opener is None:
            return False
        # A form just built is not in sight yet, and what is not takes no focus.
        QTimer.singleShot(0, opener.note, lambda: self._arrive(opener.note, words))
        return True

    def _arrive(self, note: QPlainTextEdit, words: str) -> None:
        go_to_words(note, words)
        QTimer.singleShot(0, note, lambda: self._bring_up(note))

    def _go_to(self, field: QWidget) -> None:
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        # A form just built has no height yet.
        QTimer.singleShot(0, field, lambda: self._bring_up(field))

    def _field_for(self, want: Want) -> QWidget | None:
        if self.files is not None and want.item is ClosingItem.EVIDENCE:
            return self.files.field_of(want.evidence)
        found = (section.field_for(want.item) for section in self.sections)
        return next((field for field in found if field is not None), None)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Add files to the session shown; each is what its name says."""
        if self._page is not None and self.files is not None:
            self.files.box.add(paths)

    def draw(self) -> None:
        """Draw who comments and who says what they learned about the talk shown."""
        for section in self.sections:
            if isinstance(section, TalkSection) and section.reflections is not None:
                section.reflections.draw()

    def commit(self) -> None:
        """Save what is being typed."""
        self.form.commit()

    def _turn_to(self, place: int) -> None:
        if self._page is not None and place != self._place and place in self._page.places:
            self.form.commit()
            self._place = place
            self.talks.set_value(place)
            self._show_sections(self._page)

    def _talk_chosen(self, place: int) -> None:
        self._turn_to(place)

    def _show_sections(self, page: SignInPage) -> None:
        at = None
        if _shape(page, self._place) != self._built:
            at = self._cursor()
            page = self._build(page)
        for section in self.sections:
            section.fill(page)
        if page.session.archived:
            for part in self.form.facts:
                make_read_only(part)
        if at is not None:
            self._set_cursor(at)

    def _build(self, page: SignInPage) -> SignInPage:
        """Make the fields anew; the focus, and who had the page to itself, find theirs again.

        Gives the page that is shown: saving what is being typed may have brought a newer one.
        """
        sheet = self._saver.sheet
        held, wide = (sheet.held, sheet.focused) if sheet is not None else ("", False)
        if sheet is not None:
            sheet.put_back()
        self.form.commit()
        page = self._page or page
        shape = _shape(page, self._place)
        if shape != self._built:
            self._built = shape
            focused = self._focused_name()
            self.form.clear()
            self._saver.openers.clear()
            self.sections = self._sections(page)
            self._focus_name("" if wide else focused)
        if opener := self._saver.openers.get(held):
            opener.open(focus=wide)
        return page

    def _sections(self, page: SignInPage) -> list[Section]:
        with self.form.adding_facts():
            made = self._word_sections(page)
        made += make_up_sections(self.form, self._saver, page)
        self.files = EvidenceSection(
            self.form, self._context, self._thumbnails, self.package_wanted.emit
        )
        made.append(self.files)
        return made

    def _word_sections(self, page: SignInPage) -> list[Section]:
        """What is read-only once the session is archived."""
        made: list[Section] = []
        if page.places:
            talk = TalkSection(self.form, self._saver, page, self._place)
            talk.add_materials(self._context)
            made.append(talk)
        if page.requires(ClosingItem.REPORTS):
            made.append(GroupCommentsSection(self.form, self._saver, page))
        if any(page.requires(item) for item in _BASICS) or not made:
            made.append(BasicsSection(self.form, self._saver, page))
        if not page.places:
            made.append(ReflectionsSection(self.form, self._saver, page))
        made.append(MinutesSection(self.form, self._saver, page))
        return made

    def _focused_name(self) -> str:
        focus = self.focusWidget()
        inside = focus is not None and focus.hasFocus() and self.form.isAncestorOf(focus)
        return focus.accessibleName() if focus is not None and inside else ""

    def _focus_name(self, name: str) -> None:
        found = [w for w in self.form.findChildren(QWidget) if w.accessibleName() == name and
                 not w.isHidden()] if name else []  # fmt: skip
        if found:
            found[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _note_at_work(self) -> QPlainTextEdit | None:
        focus = self.window().focusWidget()
        return focus if isinstance(focus, QPlainTextEdit) else None

    def _cursor(self) -> int | None:
        note = self._note_at_work()
        return note.textCursor().position() if note is not None else None

    def _set_cursor(self, at: int) -> None:
        """Go on where somebody was writing, in the field made anew."""
        note = self._note_at_work()
        if note is not None:
            cursor = note.textCursor()
            cursor.setPosition(min(at, note.document().characterCount() - 1))
            note.setTextCursor(cursor)

    def _bring_up(self, field: QWidget) -> None:
        for scroll in self.findChildren(QScrollArea):
            if scroll.isAncestorOf(field):
                row = field.parentWidget()
                if isinstance(row, FormRow):
                    # What stands under the words belongs to them.
                    scroll.ensureWidgetVisible(row, 0, 8)
                scroll.ensureWidgetVisible(field, 0, 30)
                return


def _shape(page: SignInPage, place: int) -> Hashable:
    """Everything that decides which fields there are."""
    talk = page.talk_at(place)
    talk_id = talk.id if talk else None
    shown = page.said(talk_id if page.places else None)
    said = tuple((r.id, r.person_id, r.written) for r in shown)
    taken = (talk.speaker_id, talk.mentor_id) if talk else ()
    kinds = tuple(kind.id for kind in page.closing.kinds)
    groups = tuple((g.id, g.name) for g in page.roster.groups.values())
    people = tuple((p.id, p.name, p.role) for p in page.on_roster)
    make_ups = make_up_shape(page)
    which = (page.session.id, page.session.archived, place, talk_id)
    return (which, said, taken, kinds, groups, people, make_ups)
