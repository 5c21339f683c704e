"""What stands in the toolbar of the page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from bulletin_study.ui.controls import Button, drop_button, primary_button, quiet_button
from bulletin_study.ui.fields import FilterField
from bulletin_study.ui.tabs.study.kind_button import KindButton
from bulletin_study.ui.toolbar import Toolbar
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.usecases.study_page import StudyScope


class StudyBar(QObject):
    """Fills a toolbar; its signals are what the user asked for."""

    scope_changed = Signal()
    series_wanted = Signal()
    plan_toggled = Signal()
    import_wanted = Signal()
    exports_wanted = Signal()
    primary_pressed = Signal()

    def __init__(self, toolbar: Toolbar) -> None:
        super().__init__(toolbar)
        self._toolbar = toolbar
        self.kinds = KindButton()
        self.scope = Segmented(_scopes(0))
        self.scope.changed.connect(lambda _: self.scope_changed.emit())
        self.filter = FilterField("主题、领学人")
        self.plan = quiet_button("学习计划", "list-checks", on_click=self.plan_toggled.emit)
        self.export = drop_button("导出…", "export", shortcut="Ctrl+E",
                                  on_click=self.exports_wanted.emit)  # fmt: skip
        self.importing = self._button("导入学习计划…", "import", self.import_wanted.emit)
        for left in (self.kinds, self.scope, self.filter):
            toolbar.add_left(left)
        toolbar.add_right(self._button("批量安排…", "calendar-days", self.series_wanted.emit,
                                       "按规律一次安排多场"))  # fmt: skip
        toolbar.add_right(self.plan, fold=True)
        toolbar.add_right(self.importing, fold=True)
        toolbar.add_right(self.export, fold=True)
        toolbar.set_primary(
            primary_button("新建场次", "plus", tip="新建场次（Ctrl+N）",
                           on_click=self.primary_pressed.emit)
        )  # fmt: skip

    def show_one_kind(self) -> None:
        """The page of a single kind: nothing to choose, no study plan."""
        for widget in (self.kinds, self.plan, self.importing):
            self._toolbar.drop(widget)

    def set_waiting(self, waiting: int) -> None:
        """How many sessions wait to be archived."""
        self.scope.set_options(_scopes(waiting))
        self._toolbar.fit()

    def set_planning(self, planning: bool) -> None:
        """Whether the study plan is shown."""
        self.plan.set_caption("回到场次" if planning else "学习计划")
        self._toolbar.fit()

    def open_menu(self, menu: QMenu) -> None:
        """Open a menu below 导出…, or at the right edge while that is folded away."""
        anchor = self.export if self.export.isVisible() else self._toolbar
        left = max(0, anchor.width() - menu.sizeHint().width())
        menu.popup(anchor.mapToGlobal(QPoint(left, anchor.height() + 2)))

    @staticmethod
    def _button(words: str, icon: str, act: Callable[[], object], tip: str = "") -> Button:
        return quiet_button(words, icon, tip=tip, on_click=act)


def _scopes(waiting: int) -> list[tuple[str, StudyScope]]:
    words = f"只看待归档 {waiting}" if waiting else "只看待归档"
    return [("按月", StudyScope.MONTHS), (words, StudyScope.WAITING), ("全部", StudyScope.ALL)]
