"""补学台账: everybody who owes or made up something, with all that can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from bulletin_study.domain.attendance import Attendance
from bulletin_study.domain.errors import Refusal
from bulletin_study.domain.make_ups import MakeUp
from bulletin_study.domain.people import Group, Membership, Person
from bulletin_study.domain.sessions import SessionKind, SessionKindLink, StudySession
from bulletin_study.domain.settings import Setting
from bulletin_study.ui.banner import Banner
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import label, quiet_button, surface
from bulletin_study.ui.dialogs import REPORT_FILES
from bulletin_study.ui.paper_desk import Outgoing, PaperDesk
from bulletin_study.ui.preview_dialog import size_beside
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.signin.make_up_bar import MakeUpBar
from bulletin_study.ui.tabs.signin.make_up_rows import (
    NAME_WIDTH,
    columns,
    groups_of,
)
from bulletin_study.ui.tokens import ROW_TWO
from bulletin_study.ui.widgets.column_fit import width_for
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases import history
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.make_up_list import (
    MakeUpLedger,
    MakeUpLine,
    Wanted,
    chasing_text,
    load_make_ups,
)
from bulletin_study.usecases.make_ups import clear, hand_out, set_due, take_back, write_note
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.reports_makeup import make_up_report
from bulletin_study.usecases.settings import MAKE_UP_DAYS, set_option

SHOWN = frozenset({MakeUp, Attendance, StudySession, SessionKind, SessionKindLink, Person, Group,
                   Membership, Setting})  # fmt: skip


_HINT = "F2 写心得；←→ 换格，Tab 到下一格；Ctrl+Enter 已补，可以选几行；Enter 打开场次"


class MakeUpLedgerDialog(QDialog):
    """Not modal: the window beside it stays in use. ``session_wanted(id)`` to go there."""

    session_wanted = Signal(int)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.ledger: MakeUpLedger | None = None
        self._look = (False, NAME_WIDTH)
        self.setWindowTitle("补学台账")
        self.resize(size_beside(parent, 680))
        self.banner = Banner()
        self.desk = PaperDesk(context, self.banner)
        self.bar = MakeUpBar()
        self.bar.changed.connect(self._fill)
        self.bar.span_changed.connect(self.reload)
        self.bar.days_set.connect(
            lambda days: self._do(lambda unit: set_option(unit, MAKE_UP_DAYS, days))
        )
        self.model = RowsModel(columns(self._today, by_person=False), key=lambda line: line.key)
        self.model.edited.connect(self._edited)
        self.list = ListView(self.model, row_height=ROW_TWO)
        self.list.allow_many()
        self.list.walk_cells("note")
        self.list.opened.connect(self._open)
        self.list.acted.connect(self._act)
        self.list.menu_wanted.connect(self._menu)
        self.pane = PaneStack(self.list)
        self._build()
        for keys, act in (("Ctrl+Return", self.settle_selected), ("Ctrl+Z", self._undo)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        context.runner.committed.connect(self._committed)
        self.reload()

    def _build(self) -> None:
        foot = surface("footer")
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, 10, 16, 10)
        line.setSpacing(8)
        self.hint = label(_HINT, "hint")
        line.addWidget(self.hint)
        line.addStretch(1)
        for button in (
            quiet_button("复制催办", "copy", tip="复制催办的话：列出的人里待补、没写的",
                         on_click=self.copy_chasing),
            quiet_button("导出…", "export", tip="导出列出的这些；要全部就先选“全部”",
                         shortcut="Ctrl+E", on_click=self.export),
            quiet_button("关闭", on_click=self.close),
        ):  # fmt: skip
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.banner)
        column.addWidget(self.pane, 1)
        column.addWidget(self.desk.bar)
        column.addWidget(foot)

    # ---- data ----
    def reload(self) -> None:
        """Read the ledger of the span."""
        first, last = self.bar.period(self._today())
        self._context.runner.read(lambda unit: load_make_ups(unit, first, last), self._show)

    def _committed(self, saved: Committed) -> None:
        if self.isVisible() and saved.entities & SHOWN:
            self.reload()

    def _show(self, ledger: MakeUpLedger) -> None:
        self.ledger = ledger
        self.bar.show_ledger(ledger)
        self._fill()

    def _fill(self) -> None:
        if self.ledger is None:
            return
        wanted, by_person = self.bar.wanted, self.bar.by_person
        width = width_for([line.name for line in self.ledger.lines], NAME_WIDTH)
        if (by_person, width) != self._look:
            self._look = (by_person, width)
            self.model.set_columns(columns(self._today, by_person=by_person, name_width=width))
        groups = groups_of(self.ledger, wanted, by_person=by_person)
        self.model.set_groups(groups)
        if groups:
            self.pane.show_content()
        elif self.ledger.lines:
            self.pane.show_empty(f"这段时间没有{wanted}的。", "看全部",
                                 lambda: self.bar.want(Wanted.ALL))  # fmt: skip
        else:
            self.pane.show_empty("这段时间没有人要补学。请假、公出、缺席的人会列在这里。")

    def _today(self) -> date:
        return self._context.runner.office.services.clock.today()

    # ---- acts ----
    def settle_selected(self) -> None:
        """已补: all selected that still owe, as one step; first what is being written."""
        if not self.list.finish_edit():
            return
        keys = [line.key for line in self.list.selected_rows() if not line.debt.cleared]
        if keys:
            self._do(lambda unit: clear(unit, keys))

    def _act(self, line: MakeUpLine, column: str) -> None:
        if column == "go":
            self._open(line)
        elif line.debt.cleared is not None:
            self._do(lambda unit: take_back(unit, *line.key))
        else:
            self._settle(line)

    def _settle(self, line: MakeUpLine) -> None:
        if line.debt.note:
            self._do(lambda unit: clear(unit, [line.key]))
            return
        self.banner.show_sentence(
            f"{line.name}还没有补学心得，没有记“已补”。写一句他写了什么或怎样补的，再点“已补”。",
            tone="amber",
        )
        self.list.select_key(line.key)
        self.list.edit_current("note")

    def _edited(self, line: MakeUpLine, column: str, value: Any) -> None:
        debt = line.debt
        session_id, person_id = line.key
        acts: dict[str, Callable[[UnitOfWork], Committed]] = {
            "note": lambda unit: write_note(unit, session_id, person_id, debt.note, value),
            "material": lambda unit: hand_out(
                unit, session_id, value, instead_of=debt.material, person_id=person_id),
            "due": lambda unit: set_due(
                unit, session_id, debt.due_by_hand, value, person_id=person_id),
        }  # fmt: skip
        self._do(acts[column])

    def _do(self, action: Callable[[UnitOfWork], Committed]) -> None:
        self.banner.clear()
        self._context.runner.do(action, self._done, self._refused)

    def _done(self, saved: Committed) -> None:
        if saved.operation_id is not None:
            self.banner.show_sentence(f"{saved.label}。", ("撤销", self._undo), "green")

    def _refused(self, refusal: Refusal) -> None:
        self.banner.show_sentence(sentence_for(refusal))

    def _undo(self) -> None:
        self._context.runner.do(
            history.undo,
            lambda saved: self.banner.show_sentence(f"{saved.label}。", tone="green"),
            self._refused,
        )

    def _open(self, line: MakeUpLine) -> None:
        self.close()
        self.session_wanted.emit(line.session.id)

    def _menu(self, line: MakeUpLine, point: QPoint) -> None:
        self.menu_for(line).popup(point)

    def menu_for(self, line: MakeUpLine) -> QMenu:
        """What can be done with a line."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if line.debt.cleared is not None:
            menu.addAction("撤回已补", lambda: self._act(line, "act"))
        elif line.debt.waits:
            menu.addAction("已补", lambda: self._settle(line))
        menu.addAction("写心得", lambda: self.list.edit_current("note"))
        if line.debt.waits:
            menu.addAction("记发了什么材料", lambda: self.list.edit_current("material"))
            menu.addAction("改期限", lambda: self.list.edit_current("due"))
            menu.addAction("只催这个人", lambda: self._copy(self._of_person(line)))
        menu.addSeparator()
        menu.addAction("打开这一场", lambda: self._open(line))
        menu.addAction("看这个人", lambda: self._show_person(line))
        return menu

    def _show_person(self, line: MakeUpLine) -> None:
        self.close()
        self._context.go.person.emit(line.debt.person_id)

    def _of_person(self, line: MakeUpLine) -> list[MakeUpLine]:
        lines = self.ledger.lines if self.ledger else ()
        return [one for one in lines if one.debt.person_id == line.debt.person_id]

    # ---- out ----
    def copy_chasing(self) -> None:
        """Copy the words to chase those listed."""
        self._copy(list(self.model.rows()))

    def _copy(self, lines: Sequence[MakeUpLine]) -> None:
        text = chasing_text(lines, self._today())
        if text:
            self._context.copy(text)
            people = len({line.debt.person_id for line in lines if line.debt.to_chase})
            words = f"已复制催办的话，催 {people} 人，可以粘贴到工作群。"
            self.banner.show_sentence(words, tone="green")
        else:
            self.banner.show_sentence("列出的人里没有要催的：写了心得的等你确认。", tone="amber")

    def export(self) -> None:
        """The lines that are shown: ask where to, read, write; the window goes on meanwhile."""
        wanted = self.bar.wanted
        first, last = self.bar.period(self._today())
        if first == date.min:
            lines = self.ledger.lines if self.ledger else ()
            first = min((line.session.day for line in lines), default=last)
        part = "" if wanted is Wanted.ALL else f"_{wanted}"
        name = f"补学台账{part}_{first:%Y%m%d}-{last:%Y%m%d}.xlsx"
        self.desk.save(Outgoing(
            "补学台账", name, REPORT_FILES,
            table=lambda unit, _: make_up_report(unit, first, last, wanted),
        ))  # fmt: skip
