"""每周一学: calendar, list and inspector of the sessions of one kind, and the study plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Final

from PySide6.QtCore import QSettings

from bulletin_study.domain.attendance import Attendance
from bulletin_study.domain.calendar import HolidayDay
from bulletin_study.domain.people import Absence, Group, Membership, Person
from bulletin_study.domain.sessions import (
    STUDY,
    Comment,
    OpeningFigure,
    Reflection,
    SessionKind,
    SessionKindLink,
    StudyPlanItem,
    StudySession,
    Talk,
)
from bulletin_study.ui.context import Context
from bulletin_study.ui.frame import Page
from bulletin_study.ui.series_dialog import SeriesDialog
from bulletin_study.ui.tabs.study.bar import StudyBar
from bulletin_study.ui.tabs.study.board import Act
from bulletin_study.ui.tabs.study.calendar_pane import WEEKS, CalendarPane
from bulletin_study.ui.tabs.study.centre import StudyCentre
from bulletin_study.ui.tabs.study.days_side import DaysSide
from bulletin_study.ui.tabs.study.exports import Papers, period_of
from bulletin_study.ui.tabs.study.inspector import Mode, StudyInspector
from bulletin_study.ui.tabs.study.plan_side import PlanSide
from bulletin_study.ui.tabs.study.rows import months_text
from bulletin_study.usecases.importing import ImportKind
from bulletin_study.usecases.session_list import SessionRow
from bulletin_study.usecases.study_page import (
    ALL_KINDS,
    SessionPlace,
    StudyAsk,
    StudyPage,
    StudyScope,
    load_study,
    place_of,
)

# Around the weeks in sight, so that scrolling a little shows marks at once.
_BESIDE: Final = timedelta(weeks=8)
_NO_SESSION: Final = "在左边选一场，就能看和改。"
_KEPT: Final = "新建的场次还没有保存，填过的先留着。"


class StudyTab(Page):
    """Sessions of 每周一学 first; any other kind without a tab of its own can be chosen.

    ``only`` names a kind to show alone, with nothing else to choose and no study plan, and
    ``about`` says in words what is done on that kind's page, and what elsewhere.
    """

    title = "每周一学"
    name = "study"
    entities: ClassVar[frozenset[type]] = frozenset({
        StudySession, SessionKind, SessionKindLink, StudyPlanItem, OpeningFigure, HolidayDay,
        Attendance, Talk, Comment, Reflection, Person, Group, Membership, Absence,
    })  # fmt: skip

    def __init__(self, context: Context, only: str = "", about: str = "") -> None:
        super().__init__()
        self._home, self._about = only or STUDY, about
        self._context = context
        self._runner = context.runner
        self._kind_id: int | None = None
        self._page: StudyPage | None = None
        self._shown: int | None = None
        self._numbers: object = ()
        self._dialog: SeriesDialog | None = None
        self.days = CalendarPane(context)
        self.centre = StudyCentre(context, self._acts)
        self.papers = Papers(context, self)
        self.studio = StudyInspector(context)
        self.planning = PlanSide(self.centre, self.studio)
        self.bar = StudyBar(self.toolbar)
        self.days.set_today(self._today())
        self.when = DaysSide(self.days, self.centre, self.studio, self)
        self.set_panes(self.centre, left=self.days, inspector=self.studio,
                       left_label=months_text(*self.when.span))  # fmt: skip
        if only:
            self.bar.show_one_kind()
        self._connect_panes()
        self._connect_studio()

    # ---- reading ----
    def reload(self) -> None:
        """Read the sessions again, and the plan where it is shown."""
        ask = self._ask()
        self._runner.read(lambda unit: load_study(unit, ask), self._show)
        self.studio.refresh()
        self._reload_plan()

    def _ask(self) -> StudyAsk:
        first, last = self.when.span
        seen = self.days.calendar.first
        return StudyAsk(self._kind_id, self.bar.scope.value(), first, last,
                        seen - _BESIDE, seen + WEEKS + _BESIDE, self._home)  # fmt: skip

    def _show(self, page: StudyPage) -> None:
        if page.ask != self._ask():
            return
        lost = self._lost(page)
        self._page = page
        self.days.show_page(page)
        self.bar.kinds.offer(page.kinds, page.kind)
        self.bar.set_waiting(page.waiting)
        self.set_left_label(months_text(page.ask.first, page.ask.last))
        self.centre.board.show_page(page)
        if self._about and not self.banner.isVisible():
            self.show_notice(self._about, tone="blue")
        self._tell_numbers(page)
        if lost is not None:
            self.show_session(lost)

    def _lost(self, page: StudyPage) -> int | None:
        """The session shown, if what was just saved took it out of the months shown."""
        same = self._page is not None and self._page.ask == page.ask
        if not same or page.ask.scope is not StudyScope.MONTHS:
            return None
        gone = self._shown not in {row.session.id for row in page.rows}
        return self._shown if gone and self.studio.mode is Mode.SESSION else None

    def _tell_numbers(self, page: StudyPage) -> None:
        """Offer to renumber, once for each state of the numbers."""
        kind, year = page.kind, page.today.year
        known, self._numbers = self._numbers, page.numbers
        if kind is not None and page.numbers and page.numbers != known:
            self.show_notice(
                f"{year} 年“{kind.name}”有 {len(page.numbers)} 场的期次没有按日期排，"
                "因为有补记的场次。期次都没有改动。",
                ("看看怎么重排", lambda: self._show_numbers(kind.id, year)),
            )

    def _reload_plan(self) -> None:
        kind = self._page.kind if self._page is not None else None
        self.planning.reload(self.when.month.year, kind.id if kind is not None else None)

    # ---- choosing ----
    def _row_changed(self, row: SessionRow | None) -> None:
        if self.centre.planning:
            return
        session_id = row.session.id if row is not None else None
        same, self._shown = session_id == self._shown, session_id
        if row is not None and not same:
            self._put_new_away()
        if row is None:
            if self.studio.mode is Mode.SESSION:
                self.studio.nothing(_NO_SESSION)
        elif not same or self.studio.mode in (Mode.SESSION, Mode.NOTHING):
            self.when.show(row.session.day)
            self.studio.show_session(row.session.id, self._page.kind if self._page else None)

    def _put_new_away(self) -> bool:
        """Leave the form of a new session; what was typed there is offered again."""
        if self.studio.mode is not Mode.NEW:
            return False
        if self.studio.put_new_away():
            self.show_notice(_KEPT, ("接着填", self.new_item))
        return True

    def _back_to_row(self) -> None:
        if self._put_new_away():
            self._again()

    def _made(self, session_id: int) -> None:
        if self.banner.sentence == _KEPT:
            self.clear_error()
        # The button that made it goes away with its form; the focus belongs to the new row.
        self.focus_list()
        self.show_session(session_id)

    def _day_opened(self, day: date) -> None:
        self.close_left()
        if self.centre.board.row_on(day) is not None:
            self.edit_item()
        else:
            self.new_item()

    def _choose_kind(self, kind_id: int) -> None:
        self._kind_id, self.when.day = kind_id, None
        self.reload()

    def _scope_changed(self) -> None:
        self._set_scope(self.bar.scope.value())
        self.centre.show_plan(False)
        self.reload()

    def _set_scope(self, scope: StudyScope) -> None:
        self.bar.scope.set_value(scope)
        self.when.by_month = scope is StudyScope.MONTHS

    # ---- ways in ----
    def show_session(self, session_id: int) -> None:
        """Show one session, whatever its kind and day."""
        self._runner.read(lambda unit: place_of(unit, session_id), self._go)

    def _go(self, place: SessionPlace | None) -> None:
        if place is None:
            return
        kind = self._page.kind if self._page is not None else None
        here = self._kind_id == ALL_KINDS or (kind is not None and kind.id in place.kind_ids)
        if not here:
            self._kind_id = place.home
        self._set_scope(StudyScope.MONTHS)
        self.when.include(place.day)
        self.bar.filter.clear()
        self.centre.show_plan(False)
        self.days.select(place.day)
        self.centre.board.want(place.session_id)
        self._shown = None
        self.show_inspector()
        self.reload()

    # ---- acts ----
    def new_item(self) -> None:
        """The form of a new session, or of a new planned theme where the plan is shown."""
        self.show_inspector()
        if self.centre.planning:
            self.planning.begin(self._new_kind(), self.when.day or self._today())
        else:
            self.studio.begin_new(self._new_kind(), self.when.day)

    def _primary(self) -> None:
        if self.studio.mode is Mode.NEW:
            self.studio.new.store()
        else:
            self.centre.show_plan(False)
            self.new_item()

    def open_series(self) -> None:
        """批量安排, beginning with the kind shown."""
        kind = self._page.kind if self._page is not None else None
        if self._dialog is not None:
            # Kept until now: what it had asked of the store may have come after it was closed.
            self._dialog.deleteLater()
        name = kind.name if kind is not None else self._home
        self._dialog = SeriesDialog(self._context, name, self)
        self._dialog.arranged.connect(lambda ids: self.show_session(ids[0]))
        self._dialog.open()

    def _import_plan(self) -> None:
        self._context.go.file.emit(None, ImportKind.PLAN)

    def show_plan_item(self, item_id: int, day: date | None) -> None:
        """Show a planned theme that has no session yet, whatever its kind and year."""
        self.centre.show_plan(True)
        self.centre.plan.want(item_id)
        self.planning.reload((day or self.when.month).year, None)
        self.focus_list()

    def _toggle_plan(self) -> None:
        self.centre.show_plan(not self.centre.planning)
        self._reload_plan()
        self.focus_list()

    def _planning_changed(self, planning: bool) -> None:
        self.bar.set_planning(planning)
        self._again()

    def _again(self) -> None:
        """Back from another form to the selected row."""
        if self.centre.planning:
            self.planning.again()
        else:
            self.studio.nothing(_NO_SESSION)
            self._row_changed(self.centre.board.list.current_row())

    def _show_numbers(self, kind_id: int, year: int) -> None:
        self.show_inspector()
        self.studio.show_numbers(kind_id, year)

    def _show_kind(self, kind_id: int | None) -> None:
        self.show_inspector()
        self.studio.show_kind(kind_id)

    def _kind_added(self, kind_id: int) -> None:
        self.studio.nothing(_NO_SESSION)
        self._choose_kind(kind_id)

    def _open_exports(self) -> None:
        if self._page is not None:
            self.bar.open_menu(self.papers.menu(self, *period_of(self._page)))

    def _acts(self) -> list[Act]:
        return self.studio.session.acts() if self.studio.mode is Mode.SESSION else []

    def _new_kind(self) -> int:
        page = self._page
        if page is not None and page.kind is not None:
            return page.kind.id
        kinds = page.kinds if page is not None else ()
        return next((kind.id for kind in kinds if kind.name == self._home), 1)

    def _today(self) -> date:
        return self._runner.office.services.clock.today()

    # ---- page ----
    def filter_focus(self) -> None:
        """Ctrl+Shift+F."""
        self.bar.filter.setFocus()
        self.bar.filter.selectAll()

    def save_state(self, settings: QSettings) -> None:
        """Remember widths, columns, kind and scope."""
        super().save_state(settings)
        self.centre.board.list.save(settings, "study/list")
        settings.setValue("study/kind", -1 if self._kind_id is None else self._kind_id)
        settings.setValue("study/scope", str(self.bar.scope.value()))

    def restore_state(self, settings: QSettings) -> None:
        """Take what was remembered."""
        super().restore_state(settings)
        self.centre.board.list.restore(settings, "study/list")
        kind = str(settings.value("study/kind", "-1"))
        self._kind_id = int(kind) if kind.isdigit() else None
        scope = str(settings.value("study/scope", ""))
        if scope in list(StudyScope):
            self._set_scope(StudyScope(scope))

    # ---- connecting ----
    def _connect_panes(self) -> None:
        bar, board, plan = self.bar, self.centre.board, self.centre.plan
        self.when.reload_wanted.connect(self.reload)
        self.when.opened.connect(self._day_opened)
        bar.kinds.chosen.connect(self._choose_kind)
        bar.kinds.new_wanted.connect(lambda: self._show_kind(None))
        bar.kinds.settings_wanted.connect(self._show_kind)
        bar.scope_changed.connect(self._scope_changed)
        bar.filter.textChanged.connect(self.centre.filter)
        bar.series_wanted.connect(self.open_series)
        bar.plan_toggled.connect(self._toggle_plan)
        bar.import_wanted.connect(self._import_plan)
        bar.exports_wanted.connect(self._open_exports)
        bar.primary_pressed.connect(self._primary)
        board.current_changed.connect(self._row_changed)
        board.opened.connect(lambda _: self.edit_item())
        board.list.clicked.connect(lambda _: self._back_to_row())
        board.series_wanted.connect(self.open_series)
        board.filter_dropped.connect(bar.filter.clear)
        plan.opened.connect(lambda _: self.edit_item())
        plan.new_wanted.connect(self.new_item)
        plan.import_wanted.connect(self._import_plan)
        plan.said.connect(self.said)
        self.centre.planning_changed.connect(self._planning_changed)

    def _connect_studio(self) -> None:
        studio = self.studio
        studio.previous.connect(lambda: self.centre.step(-1))
        studio.next.connect(lambda: self.centre.step(1))
        studio.made.connect(self._made)
        studio.left.connect(self._back_to_row)
        studio.session_wanted.connect(self.show_session)
        studio.kind_added.connect(self._kind_added)
        studio.given_up.connect(self._again)
        studio.session.failed.connect(self.show_error)
        studio.session.said.connect(self.said)
        studio.session.left.connect(self.focus_list)
