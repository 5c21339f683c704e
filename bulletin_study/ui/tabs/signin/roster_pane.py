"""The sign-in itself: figures, quick entry, the reason asked, and everybody in group boxes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from bulletin_study.domain.attendance import NEEDS_REASON, Attendance, Mark
from bulletin_study.domain.sessions import SessionStatus
from bulletin_study.ui.banner import Banner
from bulletin_study.ui.controls import label, quiet_button, surface
from bulletin_study.ui.tabs.signin import roster_rows, words
from bulletin_study.ui.tabs.signin.reason_line import ReasonLine
from bulletin_study.ui.widgets.counters import Counters
from bulletin_study.ui.widgets.notes import EmptyState
from bulletin_study.ui.widgets.quick_box import QuickBox
from bulletin_study.ui.widgets.roster_grid import RosterGrid
from bulletin_study.ui.widgets.roster_layout import MARKS
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.usecases.ports import names
from bulletin_study.usecases.sign_in_list import SignIn
from bulletin_study.usecases.sign_in_page import SignInPage

REST_KEY = "Alt+D"


class RosterPane(QWidget):
    """Shows one sign-in and tells what the user wants; the page saves it.

    ``marked(person ids, mark)``, ``rest_present()``, ``reason_given(person id, reason)``,
    ``correction_wanted()``, ``observer_removed(person id)``, ``person_wanted(person id)``,
    ``list_pasted()``, ``plan_wanted()``.
    """

    marked = Signal(object, object)
    rest_present = Signal()
    reason_given = Signal(int, str)
    correction_wanted = Signal()
    observer_removed = Signal(int)
    person_wanted = Signal(int)
    list_pasted = Signal()
    plan_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._page: SignInPage | None = None
        self._sign_in: SignIn | None = None
        self._offered: tuple[object, ...] | None = None
        self.counters = Counters()
        self.counters.clicked.connect(self._counter_clicked)
        self.kinds = Segmented()
        self.kinds.changed.connect(lambda _: self._show_counters())
        self.notice = Banner()
        self.state = label("", "text2", wrap=True)
        self.state.setContentsMargins(16, 4, 16, 4)
        self.quick = QuickBox()
        self.quick.chosen.connect(self._quick)
        self.quick.list_pasted.connect(self.list_pasted)
        self.quick.unknown.connect(self._unknown)
        self.strangers = Banner()
        self._unknown_words: list[str] = []
        self.rest = quiet_button("其余全到", on_click=self.rest_present.emit)
        # The page makes the shortcut: a button's own would act a tenth of a second later.
        self.rest.set_tip(f"还没标的都标为“到”（{REST_KEY}）")
        self.reason = ReasonLine()
        self.reason.given.connect(self.reason_given)
        self.grid = RosterGrid()
        self.grid.viewport().setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.grid.marked.connect(self._grid_marked)
        self.grid.group_rest.connect(self._group_rest)
        self.grid.menu_wanted.connect(self._menu)
        self.grid.list_pasted.connect(self.list_pasted)
        self._build()

    def _build(self) -> None:
        self._kind_bar = surface("plain")
        kinds = QHBoxLayout(self._kind_bar)
        kinds.setContentsMargins(16, 8, 16, 0)
        kinds.addWidget(self.kinds)
        kinds.addStretch(1)
        self._tools = QWidget()
        tools = QHBoxLayout(self._tools)
        tools.setContentsMargins(16, 0, 16, 0)
        tools.setSpacing(8)
        tools.addWidget(self.quick)
        tools.addStretch(1)
        tools.addWidget(self.rest)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        top = QVBoxLayout()
        top.setSpacing(0)
        top.addWidget(self._kind_bar)
        top.addWidget(self.counters)
        top.addWidget(self.notice)
        top.addWidget(self.strangers)
        column.addLayout(top)
        column.addWidget(self._tools)
        column.addWidget(self.reason)
        column.addWidget(self.state)
        column.addWidget(self.grid, 1)
        self.called_off = EmptyState("")
        column.addWidget(self.called_off, 1)
        self.setFocusProxy(self.quick)

    # ---- showing ----
    def show_page(self, page: SignInPage) -> None:
        """Show a session's sign-in; the person and the words in hand stay."""
        before = self._page
        if before is None or before.session.id != page.session.id:
            self.reason.put_away()
            self.quick.clear()
            self.kinds.set_value(None)
            self._unknown_words.clear()
            self.strangers.clear()
            self.grid.start_over()
        self._page = page
        kinds = page.closing.kinds
        self._kind_bar.setVisible(len(kinds) > 1)
        self.kinds.set_options([("合计", None), *((kind.name, kind.id) for kind in kinds)])
        sentence = words.state_sentence(page)
        self.state.setText(sentence)
        takes_marks = page.session.status is not SessionStatus.CANCELLED
        self.state.setVisible(bool(sentence) and takes_marks)
        self._tools.setVisible(takes_marks and bool(page.sign_in.rows))
        for part in (self.grid, self.counters):
            part.setVisible(takes_marks)
        self.called_off.setVisible(not takes_marks)
        self.called_off.set_sentence(sentence, "看这一场的安排", self.plan_wanted.emit)
        self.quick.set_people(roster_rows.options(page.sign_in))
        self._offer_correction(page)
        self.show_sign_in(page.sign_in)

    def show_sign_in(self, sign_in: SignIn) -> None:
        """Show marks, before or after they are saved."""
        self._sign_in = sign_in
        offered = self._page is not None and words.rest_may_come(self._page)
        self.grid.set_boxes(roster_rows.boxes(sign_in, may_come=offered))
        self._show_counters()
        left = sign_in.headcount.unmarked
        alone = words.self_study(sign_in.session)
        self.rest.set_caption(f"其余全部完成 {left} 人" if alone else f"其余全到 {left} 人")
        self.rest.setVisible(left > 0 and offered)

    def go_to_unmarked(self) -> None:
        """The keyboard on the first person 未签."""
        first = roster_rows.first_unmarked(self._sign_in) if self._sign_in else None
        if first is not None:
            self.grid.set_current(first)
        self.grid.setFocus()

    def _show_counters(self) -> None:
        if self._sign_in is None:
            return
        kind, sign_in = self.kinds.value(), self._sign_in
        count = words.headcount(sign_in, kind)
        alone = words.self_study(sign_in.session)
        self.counters.set_items(*words.counters(count, len(sign_in.observers), alone))

    def _offer_correction(self, page: SignInPage) -> None:
        sign_in = page.sign_in
        offer = (page.session.id, sign_in.added, sign_in.dropped, sign_in.regrouped)
        if offer == self._offered:
            # Put away by hand, it stays away.
            return
        self._offered = offer
        changes = (("应加上", sign_in.added), ("应去掉", sign_in.dropped),
                   ("组室应改的有", sign_in.regrouped))  # fmt: skip
        parts = [f"{what}{names([page.name(p) for p in who], 6)}" for what, who in changes if who]
        if parts:
            self.notice.show_sentence(
                f"人员后来有变动，这一场的名单没有动：按当天花名册，{'，'.join(parts)}。",
                ("更正", self.correction_wanted.emit), "amber",
            )  # fmt: skip
        else:
            self.notice.clear()

    # ---- marks ----
    @property
    def _closed(self) -> bool:
        """Archived: nothing is asked about it any more."""
        return self._page is not None and self._page.session.archived

    def row_of(self, person_id: int) -> Attendance | None:
        """Somebody's line of the list shown."""
        rows = self._sign_in.rows if self._sign_in else ()
        return next((row for row in rows if row.person_id == person_id), None)

    def _quick(self, person_id: int, mark: str) -> None:
        self.grid.set_current(person_id)
        self._mark(person_id, Mark(mark), self.quick)

    def _grid_marked(self, person_id: int, mark: str | None) -> None:
        self._mark(person_id, Mark(mark) if mark else None, self.grid)

    def _mark(self, person_id: int, mark: Mark | None, back: QWidget) -> None:
        before = self.row_of(person_id)
        if not self.reason.field.hasFocus():
            self.reason.put_away()
        if before is None or before.mark is Mark.OBSERVER:
            # Somebody nobody expected can only have come.
            mark = Mark.OBSERVER
        self.marked.emit([person_id], mark)
        after = self.row_of(person_id)
        if after is None or after.mark is not mark or self._closed:
            return
        overruled = before is not None and before.premarked and before.mark is not mark
        if mark in NEEDS_REASON or (overruled and mark is not None):
            self._ask(after, before if overruled else None, back, take=mark in NEEDS_REASON)

    def _unknown(self, words: str) -> None:
        """Told until it is put away: behind a card reader nobody watches the box."""
        if words not in self._unknown_words:
            self._unknown_words.append(words)
        told = names([f"“{one}”" for one in self._unknown_words], 6)
        self.strangers.show_sentence(f"没有符合{told}的人，没有记；别的照常记。",
                                     ("清掉", self._unknown_words.clear))  # fmt: skip

    def _ask(
        self, row: Attendance, before: Attendance | None, back: QWidget, *, take: bool = True
    ) -> None:
        name = self._sign_in.roster.people[row.person_id].name if self._sign_in else ""
        was = f"（原为{before.mark}）" if before is not None and before.mark else ""
        question = f"{name} {row.mark or '未签'}{was}"
        self.reason.ask(row.person_id, question, row.reason, back, take=take)

    def _group_rest(self, box: int) -> None:
        if self._sign_in is not None:
            people = roster_rows.unmarked_in(self._sign_in, box)
            if people:
                self.marked.emit(people, Mark.PRESENT)

    def _counter_clicked(self, key: str) -> None:
        if key == "unmarked":
            self.go_to_unmarked()

    # ---- menu ----
    def _menu(self, person_id: int, point: QPoint) -> None:
        menu = self.menu_for(person_id)
        menu.exec(point)
        menu.deleteLater()

    def menu_for(self, person_id: int) -> QMenu:
        """The acts on one person, with their keys."""
        menu = QMenu(self)
        row = self.row_of(person_id)
        if row is not None and row.mark is Mark.OBSERVER and not row.expected_by:
            menu.addAction("不再列席", lambda: self.observer_removed.emit(person_id))
        elif row is not None and row.mark is Mark.EXEMPT:
            menu.addAction("来了，标为“到”", lambda: self._mark(person_id, Mark.PRESENT, self.grid))
        elif row is not None:
            for digit, (mark, _, _) in enumerate(MARKS, start=1):
                given = Mark(mark)
                menu.addAction(
                    f"{mark}\t{digit}", lambda m=given: self._mark(person_id, m, self.grid)
                )
            menu.addAction("改回未签\t0", lambda: self._mark(person_id, None, self.grid))
            if row.mark is not None and not self._closed:
                menu.addSeparator()
                menu.addAction("写原因…", lambda: self._ask(row, None, self.grid))
        menu.addSeparator()
        menu.addAction("看这个人", lambda: self.person_wanted.emit(person_id))
        return menu
