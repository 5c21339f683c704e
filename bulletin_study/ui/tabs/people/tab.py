"""The page 人员."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QWidget

from bulletin_study.domain.calendar import week_start
from bulletin_study.domain.errors import Refusal
from bulletin_study.domain.people import (
    AbPair,
    Absence,
    Group,
    Membership,
    MentorPair,
    Person,
    Role,
)
from bulletin_study.domain.sessions import Reflection, StudySession, Talk
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import primary_button, quiet_button, small_button
from bulletin_study.ui.fields import FilterField
from bulletin_study.ui.frame import Page
from bulletin_study.ui.inspector import Inspector
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.people import rows as lines
from bulletin_study.ui.tabs.people.away import AwayPane
from bulletin_study.ui.tabs.people.groups_pane import GroupsPane
from bulletin_study.ui.tabs.people.person_form import PersonForm
from bulletin_study.ui.tabs.people.side_forms import AbsenceForm, GroupForm
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.importing import ImportKind
from bulletin_study.usecases.people import edit_person, move_rank
from bulletin_study.usecases.people_rows import AbsenceRow, PersonRow, absence_rows, roster_rows
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.reports_people import roster_report

_TABLES = "Excel 表格 (*.xlsx);;CSV 表格 (*.csv)"


@dataclass(frozen=True, slots=True)
class _Loaded:
    today: date
    people: tuple[PersonRow, ...]
    groups: tuple[Group, ...]
    absences: tuple[AbsenceRow, ...]


def _load(unit: UnitOfWork, first: date, last: date) -> _Loaded:
    today = unit.services.clock.today()
    groups = sorted(unit.all(Group), key=lambda g: (g.order, g.id))
    return _Loaded(
        today,
        tuple(roster_rows(unit, today)),
        tuple(groups),
        tuple(absence_rows(unit, first, last)),
    )


class PeopleTab(Page):
    """Groups | roster over who is away | what is selected."""

    title, name = "人员", "people"
    entities = frozenset(
        {Person, Group, Membership, Absence, MentorPair, AbPair, Talk, StudySession, Reflection}
    )

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._runner = context.runner
        self._today = context.runner.office.services.clock.today()
        self._loaded: _Loaded | None = None
        self._place: object = lines.ALL
        self._showing: str = "person"
        self._selected: int | None = None
        self._absence_id: int | None = None
        self._newest = False
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
            quiet_button("新增人员", "person-plus", tip="新增人员", shortcut="Ctrl+N",
                         on_click=self.new_item),
            quiet_button("导入不在岗…", "import", on_click=lambda: self._context.go.file.emit(
                None, ImportKind.ABSENCES)),
            quiet_button("导出…", "export", tip="导出花名册", shortcut="Ctrl+E",
                         on_click=self._export),
        ):  # fmt: skip
            self.toolbar.add_right(button, fold=button.caption != "新增人员")
        self.toolbar.set_primary(
            primary_button("导入花名册…", "import", tip="导入花名册", shortcut="Ctrl+Enter",
                           on_click=lambda: self._context.go.file.emit(None, ImportKind.ROSTER))
        )  # fmt: skip
        shortcut = QShortcut(QKeySequence("Ctrl+E"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._export)

    def _build_panes(self) -> None:
        self.groups = GroupsPane(self._runner)
        self.groups.chosen.connect(self._choose_place)
        self.groups.refused.connect(self._refused)
        self.model = RowsModel(lines.COLUMNS, key=lambda r: r.person.id)
        self.model.edited.connect(self._edited)
        self.list = ListView(self.model, row_height=32)
        self.list.current_changed.connect(self._select)
        self.list.opened.connect(lambda _: self.edit_item())
        self.stack = PaneStack(self.list)
        self.away = AwayPane(week_start(self._today))
        self.away.opened.connect(self._open_absence)
        self.away.wanted.connect(lambda: self._new_absence(self._selected))
        self.away.turned.connect(lambda _: self.reload())
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.addWidget(self.stack)
        self._split.addWidget(self.away)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([420, 190])
        self._split.setCollapsible(0, False)
        inspector = Inspector()
        self.person_form = PersonForm(self._runner)
        self.person_form.added.connect(self._added)
        self.group_form = GroupForm(self._runner)
        self.absence_form = AbsenceForm(self._runner)
        self.absence_form.done.connect(self._absence_done)
        self._forms: dict[str, QWidget] = {
            "person": self.person_form,
            "group": self.group_form,
            "absence": self.absence_form,
        }
        for form in self._forms.values():
            layout = form.layout()
            if layout is not None:
                layout.setContentsMargins(0, 0, 0, 0)
            inspector.form.add_widget(form)
        inspector.previous.connect(lambda: self.list.step(-1))
        inspector.next.connect(lambda: self.list.step(1))
        self.set_panes(
            self._split,
            left=self.groups,
            inspector=inspector,
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
        self._showing = "person"
        self.filter.clear()
        self.states.set_value(lines.EVERYBODY)
        self._place = lines.ALL
        if self._loaded is not None:
            row = self._row(person_id)
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
        self._showing, self._selected = "new", None
        self._show_inspected()
        self.show_inspector()
        self.person_form.name.setFocus()

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

    def _show(self, loaded: _Loaded) -> None:
        self._loaded = loaded
        self._today = loaded.today
        self.clear_error()
        if self._newest and loaded.people:
            self._selected = max(r.person.id for r in loaded.people)
            self._showing, self._newest = "person", False
        people = lines.options(loaded.people)
        self.person_form.set_choices(loaded.groups, people)
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
        self.model.set_groups(lines.grouped(shown, loaded.groups, loaded.today.year))
        if shown:
            self.stack.show_content()
        elif text:
            self.stack.show_empty(f"没有符合“{text}”的人。", "清除筛选", self.filter.clear)
        else:
            self.stack.show_empty("这里还没有人。", "新增人员", self.new_item)
        if self._selected is not None:
            self.list.select_key(self._selected)
        self._show_inspected()

    def _row(self, person_id: int | None) -> PersonRow | None:
        people: Sequence[PersonRow] = self._loaded.people if self._loaded else ()
        return next((r for r in people if r.person.id == person_id), None)

    # ---- inspector ----
    def _select(self, row: PersonRow | None) -> None:
        if row is None:
            return
        self._selected = row.person.id
        if self._showing != "person":
            self._showing = "person"
        self._show_inspected()

    def _show_inspected(self) -> None:
        inspector, loaded = self.inspector, self._loaded
        if inspector is None or loaded is None:
            return
        people = lines.options(loaded.people)
        row = self._row(self._selected)
        shown = "person" if self._showing == "new" else self._showing
        if self._showing == "person" and row is None:
            inspector.show_empty("选一个人，就能在这里看和改。")
            return
        inspector.show_form()
        inspector.set_footer(())
        for name, form in self._forms.items():
            form.setVisible(name == shown)
        match self._showing:
            case "group":
                self._show_group(people)
            case "absence":
                self._show_absence(people)
            case "new":
                group = self._place if isinstance(self._place, int) else None
                inspector.set_header("新增人员")
                self.person_form.show_row(None, loaded.today, group)
            case _ if row is not None:
                self._show_person(inspector, row, loaded.today)

    def _show_person(self, inspector: Inspector, row: PersonRow, today: date) -> None:
        inspector.set_header(row.person.name, row.group_name or str(row.person.role))
        self.person_form.show_row(row, today)
        inspector.set_footer(
            [small_button("登记不在岗…", on_click=lambda: self._new_absence(row.person.id))],
            "改完即存 · Ctrl+Z 撤销",
        )

    def _show_group(self, people: Sequence[Any]) -> None:
        group = next((g for g in self._groups() if g.id == self._place), None)
        if self.inspector is None:
            return
        if group is None:
            self._showing = "person"
            self._show_inspected()
            return
        leaders = {
            r.person.id
            for r in (self._loaded.people if self._loaded else ())
            if r.person.role is Role.LEADER
        }
        self.inspector.set_header(group.name, "组室")
        self.group_form.show_group(group, people, [p for p in people if p.id in leaders])

    def _show_absence(self, people: Sequence[Any]) -> None:
        loaded = self._loaded
        if self.inspector is None or loaded is None:
            return
        found = next(
            (r.absence for r in loaded.absences if r.absence.id == self._absence_id), None
        )
        self.inspector.set_header("不在岗情况" if found else "登记不在岗")
        self.absence_form.show_absence(found, people, loaded.today, self._selected)

    def _groups(self) -> Sequence[Group]:
        return self._loaded.groups if self._loaded else ()

    # ---- acts ----
    def _choose_place(self, key: object) -> None:
        self._place = key
        place = next((g.name for g in self._groups() if g.id == key), "全部人员")
        self.set_left_label(place)
        self._showing = "group" if isinstance(key, int) else "person"
        self._selected = None if isinstance(key, int) else self._selected
        self.close_left()
        self._fill()

    def _new_absence(self, person_id: int | None) -> None:
        self._showing, self._absence_id, self._selected = "absence", None, person_id
        self._show_inspected()
        self.show_inspector()
        first = self.absence_form.kind if person_id else self.absence_form.person
        first.setFocus()

    def _open_absence(self, absence_id: int) -> None:
        self._showing, self._absence_id = "absence", absence_id
        self._show_inspected()
        self.show_inspector()

    def _absence_done(self) -> None:
        self._showing = "person"
        self._show_inspected()

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

    def _export(self) -> None:
        path = self._context.choose_save("导出花名册", "花名册.xlsx", _TABLES)
        if path is None:
            return
        today = self._today
        self._runner.read(
            lambda unit: roster_report(unit, today),
            lambda report: self._runner.work(
                lambda job: self._context.files.write(report, path, job.report),
                lambda _: self._written(path),
                self._refused,
            ),
        )

    def _written(self, path: Path) -> None:
        open_it = ("打开文件夹", lambda: self._context.open_folder(path.parent))
        self.show_notice(f"已导出“{path.name}”。", open_it, "green")
