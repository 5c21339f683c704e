"""The study plan in place of the sessions: between its list and the inspector."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QObject

from bulletin_study.ui.tabs.study.centre import StudyCentre
from bulletin_study.ui.tabs.study.inspector import Mode, StudyInspector
from bulletin_study.usecases.study_plan import PlanRow

_NO_ITEM: Final = "在左边选一项计划，就能看和改。"


class PlanSide(QObject):
    """Shows the selected planned theme in the inspector, and begins new ones there."""

    def __init__(self, centre: StudyCentre, studio: StudyInspector) -> None:
        super().__init__(centre)
        self._centre, self._studio = centre, studio
        self._item: int | None = None
        self._asked: tuple[int, int | None] = (0, None)
        centre.plan.current_changed.connect(self._row_changed)
        studio.plan_added.connect(self._added)

    def reload(self, year: int, kind_id: int | None) -> None:
        """Read the plan from a year on, if it is shown."""
        self._asked = (year, kind_id)
        if self._centre.planning:
            self._centre.plan.reload(year, kind_id)

    def again(self) -> None:
        """Show the selected item, or that none is."""
        self._studio.nothing(_NO_ITEM)
        self._item = None
        self._row_changed(self._centre.plan.list.current_row())

    def begin(self, kind_id: int, day: date) -> None:
        """The form of a new item."""
        self._studio.begin_plan(kind_id, day)

    def _row_changed(self, row: PlanRow | None) -> None:
        item_id = row.item.id if row is not None else None
        same, self._item = item_id == self._item, item_id
        if not self._centre.planning or (same and self._begun()):
            return
        if row is not None:
            self._studio.show_plan(row)
        elif self._studio.mode is Mode.PLAN:
            self._studio.nothing(_NO_ITEM)

    def _begun(self) -> bool:
        """Whether the inspector holds another form, not to be taken away by a reload."""
        mode = self._studio.mode
        new = mode is Mode.PLAN and not self._studio.plan.item_id
        return new or mode in (Mode.KIND, Mode.NUMBERS)

    def _added(self, item_id: int) -> None:
        self._centre.plan.want(item_id)
        self.reload(*self._asked)
