"""The roster: who there is, in which group, who is away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter

from bulletin_study.domain.calendar import week_start
from bulletin_study.domain.errors import Refusal
from bulletin_study.domain.people import (
    AbPair,
    Absence,
    Group,
    Membership,
    MentorPair,
    Person,
)
from bulletin_study.domain.sessions import Reflection, StudySession, Talk
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import primary_button, quiet_button
from bulletin_study.ui.dialogs import REPORT_FILES
from bulletin_study.ui.fields import FilterField
from bulletin_study.ui.frame import Page
from bulletin_study.ui.paper_desk import Outgoing, PagePapers
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.people import rows as lines
from bulletin_study.ui.tabs.people.away import AwayPane
from bulletin_study.ui.tabs.people.groups_pane import GroupsPane
from bulletin_study.ui.tabs.people.inspector import PeopleInspector, Roll, Showing
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.importing import ImportKind
from bulletin_study.usecases.people import edit_person, move_rank
from bulletin_study.usecases.people_rows import PersonRow, absence_rows, roster_rows
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.reports_people import roster_report


def _load(unit: UnitOfWork, first: date, last: date) -> Roll:
    today = unit.services.clock.today()
    groups = sorted(unit.all(Group), key=lambda g: (g.order, g.id))
    return Roll(
        today,
        tuple(roster_rows(unit, today)),
        tuple(groups),
        tuple(absence_rows(unit, first, last)),
    )


class RosterPage(Page):
    """Groups | roster over who is away | what is selected. ``page_wanted(person id)``."""

    page_wanted = Signal(int)

    title, name = "人员", "people"
    entities = frozenset(
        {Person, Group, Membership, Absence, MentorPair, AbPair, Talk, StudySession, Reflection}
    )

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._runner = context.runner
        self._today = context.runner.office.services.clock.today()
        self._loaded: Roll | None = None
        self._place: object = lines.ALL
        self._selected: int | None = None
        self._newest = False
        self.papers = PagePapers(context, self)
        self._build_toolbar()
        self._build_panes()
        for keys, steps in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda steps=steps: self._move(steps))

    # ---- building ----
    def _build_toolbar(self) -> None:
        self.states = Segmented([("全部", lines.EVERYBODY)])
        self.states.changed.connect(lambda _: self._fill())
        self.filter = FilterField("姓名、首字母、工号", 168, "search")
        self.filter.textChanged.connect(lambda _: self._fill())
        self.toolbar.add_left(self.states, optional=True)
        self.toolbar.add_left(self.filter)
        for button in (
            quiet_button("新增人员", "person-plus", tip="新增人员（Ctrl+N）",
                         on_click=self.new_item),
            quiet_button("导入不在岗…", "import", on_click=lambda: self._context.go.file.emit(
                None, ImportKind.ABSENCES)),
            quiet_button("导出…", "export", tip="导出花名册", shortcut="Ctrl+E",
                         on_click=self.export),
        ):  # fmt: skip
            self.toolbar.add_right(button, fold=button.caption != "新增人员")
        self.toolbar.set_primary(
            primary_button("导入花名册…", "import", tip="导入花名册（Ctrl+Enter）",
                           on_click=lambda: self._context.go.file.emit(None, ImportKind.ROSTER))
        )  # fmt: skip

    def _build_panes(self) -> None:
        self.groups = GroupsPane(self._runner)
        self.groups.chosen.connect(self._choose_place)
        self.groups.refused.connect(self._refused)
        self.model = RowsModel(lines.COLUMNS, key=lambda r: r.person.id)
        self.model.edited.connect(self._edited)
        self.list = ListView(self.model, row_height=32)
        self.list.current_changed.connect(self._select)
        self.list.opened.connect(lambda row: self.page_wanted.emit(row.person.id))
        self.stack = PaneStack(self.list)
        self.away = AwayPane(week_start(self._today))
        self.away.opened.connect(self.open_absence)
        self.away.wanted.connect(lambda: self._new_absence(self._selected))
        self.away.turned.connect(lambda _: self.reload())
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.addWidget(self.stack)
        self._split.addWidget(self.away)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([420, 190])
        self._split.setCollapsible(0, False)
        self.side = PeopleInspector(self._runner)
        self.side.added.connect(self._added)
        self.side.absence_wanted.connect(self._new_absence)
        self.side.page_wanted.connect(self.page_wanted.emit)
        self.side.absence_form.done.connect(self._absence_done)
        self.side.previous.connect(lambda: self.list.step(-1))
        self.side.next.connect(lambda: self.list.step(1))
        self.set_panes(
            self._split,
            left=self.groups,
            inspector=self.side,
            left_width=184,
            inspector_width=340,
            left_label="全部人员",
        )

    # ---- data ----
    def reload(self) -> None:
        """Read the roster and the absences again."""
        first, last = self.away.first, self.away.last
        self._runner.read(lambda unit: _load(unit, first, last), self._show)

    def show_person(self, person_id: int) -> None:
        """Select a person, whatever was filtered."""
        self._selected = person_id
        self.side.showing = Showing.PERSON
        self.filter.clear()
        self.states.set_value(lines.EVERYBODY)
        self._place = lines.ALL
        if self._loaded is not None:
            row = self._loaded.person(person_id)
            if row is not None and not row.on_roster:
                self._place = lines.GONE
            self._fill()

    def focus_list(self) -> None:
        """The roster."""
        self.list.setFocus()

    def filter_focus(self) -> None:
        """The filter."""
        self.filter.setFocus()

    def new_item(self) -> None:
        """An empty form for a new person, in the group that is chosen."""
        self._selected = None
        self._show_inspected(Showing.NEW)
        self.show_inspector()
        self.side.person_form.name.setFocus()

    def trigger_primary(self) -> None:
        """Ctrl+Enter: 登记 while an absence is being entered, else the page's own."""
        if self.side.showing is Showing.ABSENCE and self.side.absence_id is None:
            self.side.absence_form.register()
        else:
            super().trigger_primary()

    def save_state(self, settings: QSettings) -> None:
        """Also the lower pane's height."""
        super().save_state(settings)
        settings.setValue("people/lower", self._split.saveState())
        self.list.save(settings, "people/list")

    def restore_state(self, settings: QSettings) -> None:
        """Also the lower pane's height."""
        super().restore_state(settings)
        state = settings.value("people/lower")
        if state is not None:
            self._split.restoreState(state)
        self.list.restore(settings, "people/list")

    def _show(self, loaded: Roll) -> None:
        self._loaded = loaded
        self._today = loaded.today
        self.clear_error()
        if self._newest and loaded.people:
            self._selected = max(r.person.id for r in loaded.people)
            self.side.showing, self._newest = Showing.PERSON, False
        self.states.set_options(lines.states(loaded.people))
        self.groups.show_places(lines.places(loaded.people, loaded.groups), self._place)
        self.away.show_rows(loaded.absences, loaded.today)
        self._fill()

    def _fill(self) -> None:
        loaded = self._loaded
        if loaded is None:
            return
        text, state = self.filter.text(), self.states.value() or lines.EVERYBODY
        shown = [
            row
            for row in loaded.people
            if lines.in_place(row, self._place)
            and lines.in_state(row, state)
            and lines.matches(row, text)
        ]
        # Filling a list may put its cursor on the first row: who was wanted stays wanted.
        wanted, showing = self._selected, self.side.showing
        self.model.set_groups(lines.grouped(shown, loaded.groups, loaded.today.year))
        self._selected, self.side.showing = wanted, showing
        if shown:
            self.stack.show_content()
        elif text:
            self.stack.show_empty(f"没有符合“{text}”的人。", "清除筛选", self.filter.clear)
        else:
            self.stack.show_empty("这里还没有人。", "新增人员", self.new_item)
        if self._selected is not None:
            self.list.select_key(self._selected)
        self._show_inspected()

    # ---- inspector ----
    def _select(self, row: PersonRow | None) -> None:
        if row is not None:
            self._selected = row.person.id
            self._show_inspected(Showing.PERSON)

    def _show_inspected(self, showing: Showing | None = None) -> None:
        if showing is not None:
            self.side.showing = showing
        if self._loaded is not None:
            self.side.show_roll(self._loaded, self._selected, self._place)

    # ---- acts ----
    def _choose_place(self, key: object) -> None:
        self._place = key
        group = self._loaded.group(key) if self._loaded else None
        self.set_left_label(group.name if group else "全部人员")
        self.side.showing = Showing.GROUP if group else Showing.PERSON
        self._selected = None if group else self._selected
        self.close_left()
        self._fill()

    def _new_absence(self, person_id: int | None) -> None:
        self.side.absence_id, self._selected = None, person_id
        self._show_inspected(Showing.ABSENCE)
        self.show_inspector()
        form = self.side.absence_form
        first = form.kind if person_id else form.person
        first.setFocus()

    def open_absence(self, absence_id: int) -> None:
        """Show one absence in the form for it."""
        self.side.absence_id = absence_id
        self._show_inspected(Showing.ABSENCE)
        self.show_inspector()

    def _absence_done(self) -> None:
        self._show_inspected(Showing.PERSON)
        self.focus_list()

    def _added(self) -> None:
        self._newest = True
        self.reload()

    def _move(self, steps: int) -> None:
        person_id = self._selected
        if person_id is not None:
            self._runner.do(lambda unit: move_rank(unit, person_id, steps), None, self._refused)

    def _edited(self, row: PersonRow, column: str, value: Any) -> None:
        field = {"number": "staff_number"}.get(column, column)
        if field == "staff_number":
            value = value or None
        edited = replace(row.person, **{field: value})
        self._runner.do(
            lambda unit: edit_person(unit, row.person, edited), None, self._refused
        )

    def _refused(self, refusal: Refusal) -> None:
        self.show_error(sentence_for(refusal))

    def export(self) -> None:
        """Write the roster of today to a file of the user's choice."""
        today = self._today
        self.papers.save(Outgoing("花名册", "花名册.xlsx", REPORT_FILES,
                                  table=lambda unit, _: roster_report(unit, today)))  # fmt: skip
