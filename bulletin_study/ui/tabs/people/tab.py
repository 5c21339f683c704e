"""The page 人员: the roster, and over it everything about one person."""

from __future__ import annotations

from bulletin_study.domain.errors import Refusal
from bulletin_study.ui.context import Context
from bulletin_study.ui.sizes import SizeClass
from bulletin_study.ui.tabs.people.person_sheet import PersonSheet
from bulletin_study.ui.tabs.people.roster import RosterPage
from bulletin_study.ui.wording import sentence_for


class PeopleTab(RosterPage):
    """While a person's page is up, what the window asks of the tab is asked of that page."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._came_from = ""
        self.sheet = PersonSheet(context)
        self.sheet.hide()
        self._column.addWidget(self.sheet, 1)
        self._covered = (self.toolbar, self._panes)
        self.page_wanted.connect(self.open_person)
        self.sheet.left.connect(self.close_person)
        self.sheet.data_wanted.connect(self._edit_person)
        self.sheet.absence_wanted.connect(self._edit_absence)
        self.sheet.gone.connect(self._person_gone)
        self.sheet.said.connect(self.said)

    @property
    def person_shown(self) -> bool:
        """Whether a person's page is up."""
        return not self.sheet.isHidden()

    def open_person(self, person_id: int, came_from: str = "") -> None:
        """Show everything about somebody; Esc goes back to the page ``came_from``."""
        if not self.person_shown or came_from:
            self._came_from = came_from
        self._cover(True)
        self.sheet.show_person(person_id)

    def close_person(self) -> None:
        """Back to where one came from: another tab, or the same person in the roster."""
        shown, came_from = self.sheet.person_id, self._came_from
        self._cover(False)
        if shown is not None:
            self.show_person(shown)
        if came_from and came_from != self.name:
            self._context.go.page.emit(came_from)
        else:
            self.focus_list()

    def _cover(self, up: bool) -> None:
        for part in self._covered:
            if part is not None:
                part.setVisible(not up)
        self.clear_error()
        self.sheet.setVisible(up)

    def _edit_person(self, person_id: int) -> None:
        self._cover(False)
        self.show_person(person_id)
        self.edit_item()

    def _edit_absence(self, absence_id: int) -> None:
        shown = self.sheet.person_id
        self._cover(False)
        if shown is not None:
            self.show_person(shown)
        self.open_absence(absence_id)

    def _person_gone(self, refusal: Refusal) -> None:
        self._cover(False)
        self.show_error(sentence_for(refusal))

    # ---- what the window asks ----
    def new_item(self) -> None:
        """A new person, in the roster."""
        self._cover(False)
        super().new_item()

    def focus_list(self) -> None:
        """The person's page while it is up."""
        if self.person_shown:
            self.sheet.focus_list()
        else:
            super().focus_list()

    def filter_focus(self) -> None:
        """The person's period while that page is up."""
        if self.person_shown:
            self.sheet.filter_focus()
        else:
            super().filter_focus()

    def trigger_primary(self) -> None:
        """存为文件 while a person's page is up."""
        if self.person_shown:
            self.sheet.trigger_primary()
        else:
            super().trigger_primary()

    def toggle_inspector(self) -> None:
        """A person's page has none."""
        if not self.person_shown:
            super().toggle_inspector()

    def cycle_panes(self, back: bool = False) -> None:
        """Within the person's page while it is up."""
        if self.person_shown:
            self.sheet.cycle_panes(back)
        else:
            super().cycle_panes(back)

    def apply_size(self, size: SizeClass) -> None:
        """Both."""
        super().apply_size(size)
        self.sheet.apply_size(size)

    def committed(self, entities: frozenset[type]) -> None:
        """Both."""
        super().committed(entities)
        self.sheet.committed(entities)
