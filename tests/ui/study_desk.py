"""每周一学 on a small office, with the hands that use it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import Form, StudySession
from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui.cells import Cell
from bulletin_study.ui.controls import Button
from bulletin_study.ui.sizes import size_class
from bulletin_study.ui.tabs.study import StudyTab
from bulletin_study.ui.tabs.study.foot import Foot
from bulletin_study.ui.tabs.study.session_form import SessionForm
from bulletin_study.usecases.attendance import mark_rest_present
from bulletin_study.usecases.closing import hold
from tests.contract.schedule_office import everything, furnish, plan_series
from tests.helpers import make_office
from tests.ui.harness import Desk, make_desk, type_text

NOW = date(2022, 9, 14)


def study_office(path: Path) -> SqlOffice:
    """The autumn of the bulletin on 14 September: seven archived, 09-13 not closed yet."""
    office = make_office(path, NOW)
    furnish(office)
    plan_series(office)
    with office.unit() as unit:
        for person in unit.all(Person):
            pinyin, initials = unit.services.pinyin(person.name)
            unit.put(replace(person, pinyin=pinyin, initials=initials))
        unit.commit("拼音")
    past = [session for session in everything(office) if session.day < NOW]
    for number, session in enumerate(past, start=1):
        if number < len(past):
            full = replace(session, theme=f"第{number}讲", form=Form.LEADER_LED, lead_id=1)
            with office.unit() as unit:
                unit.put(full)
                mark_rest_present(unit, session.id, hold=True)
        with office.unit() as unit:
            hold(unit, [session.id])
    return office


class Study:
    """The page in a window of its own."""

    def __init__(
        self, qtbot: QtBot, office: SqlOffice, folder: Path, width: int = 1366, height: int = 640
    ) -> None:
        self.qtbot, self.office = qtbot, office
        self.desk: Desk = make_desk(office, folder)
        self.tab = StudyTab(self.desk.context)
        # As the window does.
        self.desk.runner.committed.connect(lambda saved: self.tab.committed(saved.entities))
        qtbot.addWidget(self.tab)
        self.tab.restore_state(self.desk.context.settings)
        self.tab.resize(width, height)
        self.tab.apply_size(size_class(width))
        self.tab.show()
        self.desk.settle()

    # ---- what a user sees ----
    @property
    def form(self) -> SessionForm:
        return self.tab.studio.session.form

    def rows(self) -> list[list[str]]:
        """The list as text, a line each."""
        board = self.tab.centre.board
        return [
            [_spoken(column.cell(row)) for column in board.model.columns if column.name != "kinds"]
            for row in board.model.rows()
        ]

    def row(self, day: str) -> list[str]:
        """The line whose date begins so."""
        return next(line for line in self.rows() if line[1].startswith(day))

    def selected(self) -> str:
        """The date of the selected line."""
        row = self.tab.centre.board.list.current_row()
        return f"{row.session.day:%m-%d}" if row is not None else ""

    def title(self) -> str:
        """The head of the inspector."""
        studio = self.tab.studio
        return f"{studio._title.text()} {studio._chip.text}".strip()

    def buttons(self) -> dict[str, Button]:
        """What the foot of the inspector offers."""
        item = self.tab.studio._foot_row.itemAt(0)
        foot = item.widget() if item is not None else None
        assert isinstance(foot, Foot)
        return foot.buttons

    def note(self, name: str) -> str:
        """The sentence under a field."""
        return self.form.rows[name].sentence

    def stored(self, day: date) -> StudySession:
        """The stored session of a day."""
        return next(session for session in everything(self.office) if session.day == day)

    # ---- what a user does ----
    def choose(self, day: str) -> None:
        """Click the line of a day."""
        board = self.tab.centre.board
        key = next(r.session.id for r in board.model.rows() if f"{r.session.day:%m-%d}" == day)
        view = board.list
        view.scrollTo(board.model.index_of(key))
        box = view.visualRect(board.model.index_of(key, 3))
        self.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
        self.desk.settle()

    def press(self, words: str) -> None:
        """Press a button at the foot of the inspector."""
        self.click(self.buttons()[words])

    def click(self, button: QWidget) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.desk.settle()

    def write(self, field: QLineEdit, words: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
        """Put other words into a field and commit them."""
        self.type(field, words)
        self.qtbot.keyClick(field, key)
        self.desk.settle()

    def type(self, field: QLineEdit, words: str) -> None:
        """Put other words into a field."""
        field.setFocus()
        field.selectAll()
        if words:
            type_text(field, words)
        else:
            self.qtbot.keyClick(field, Qt.Key.Key_Delete)
        self.desk.settle()

    def act(self, words: str) -> None:
        """Use the link under a field that holds these words."""
        for row in self.tab.findChildren(QWidget):
            action = getattr(row, "_action", None)
            if row.isVisible() and action is not None and action[0] == words:
                row._run()
                self.desk.settle()
                return
        raise AssertionError(f"没有“{words}”")


def _spoken(cell: Cell | str) -> str:
    return cell if isinstance(cell, str) else cell.spoken
