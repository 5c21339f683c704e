"""The corner right of the tabs: 撤销, 重做, 查找, 菜单."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from bulletin_study.ui.controls import Button, icon_button
from bulletin_study.ui.icons import icon
from bulletin_study.ui.search_box import SearchBox
from bulletin_study.ui.shell import MenuEntry, Shell
from bulletin_study.ui.sizes import SizeClass


class Corner(QWidget):
    """Buttons of the window as a whole."""

    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, shell: Shell, search: SearchBox) -> None:
        super().__init__()
        self._shell = shell
        self.search = search
        self.undo = icon_button("undo", "撤销", flat=True, on_click=self.undo_wanted.emit)
        self.redo = icon_button("redo", "恢复", flat=True, on_click=self.redo_wanted.emit)
        self._find = icon_button("search", "查找（Ctrl+F）", flat=True, on_click=search.start)
        self._menu = Button("菜单", "flat", "menu")
        self._menu_small = icon_button("menu", "菜单（F10）", flat=True)
        self._menu.set_tip("菜单（F10）")
        for button in (self._menu, self._menu_small):
            button.clicked.connect(self.open_menu)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(5, 4, 11, 3)
        self._row.setSpacing(4)
        for part in (self.undo, self.redo, self._find, self._menu, self._menu_small):
            self._row.addWidget(part)
        self.set_undo(None)
        self.set_redo(None)
        self.set_size(SizeClass.FULL)

    def set_undo(self, label: str | None) -> None:
        """Name what 撤销 would take back; nothing disables it."""
        self.undo.setEnabled(label is not None)
        self.undo.set_tip(f"撤销：{label}（Ctrl+Z）" if label else "没有可以撤销的操作")

    def set_redo(self, label: str | None) -> None:
        """Name what 重做 would do again; nothing disables it."""
        self.redo.setEnabled(label is not None)
        self.redo.set_tip(f"恢复：{label}（Ctrl+Y）" if label else "没有可以恢复的操作")

    def set_quiet(self, quiet: bool) -> None:
        """Before there is data only the menu makes sense."""
        for part in (self.undo, self.redo, self._find, self.search.field):
            part.setEnabled(not quiet)
            if quiet:
                part.hide()
        if not quiet:
            self.undo.show()
            self.redo.show()

    def set_size(self, size: SizeClass) -> None:
        """Full: field and words. Narrower: icons."""
        full = size is SizeClass.FULL
        self.search.set_folded(not full)
        if full:
            self._row.insertWidget(2, self.search.field)
            QWidget.setTabOrder(self.redo, self.search.field)
        self.search.field.setVisible(self.search.field.isEnabled())
        self._find.setVisible(not full and self._find.isEnabled())
        self._menu.setVisible(full)
        self._menu_small.setVisible(not full)
        self.adjustSize()

    def open_menu(self) -> None:
        """Open the main menu under its button."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for entry in self._shell.menu():
            add_entry(menu, entry)
        button = self._menu if self._menu.isVisible() else self._menu_small
        corner = button.mapToGlobal(QPoint(button.width(), button.height()))
        menu.popup(QPoint(corner.x() - menu.sizeHint().width(), corner.y()))


def add_entry(menu: QMenu, entry: MenuEntry) -> QAction:
    """Add one line of the main menu, submenus included."""
    if not entry.text:
        return menu.addSeparator()
    if entry.entries:
        below = menu.addMenu(entry.text)
        for inner in entry.entries:
            add_entry(below, inner)
        return below.menuAction()
    action = menu.addAction(entry.text)
    if entry.icon:
        action.setIcon(icon(entry.icon))
    if entry.shortcut:
        # Shown only: the key itself is handled by the window.
        action.setShortcut(QKeySequence(entry.shortcut))
        action.setShortcutVisibleInContextMenu(True)
    action.setEnabled(entry.enabled)
    if entry.checked is not None:
        action.setCheckable(True)
        action.setChecked(entry.checked)
    if entry.act is not None:
        act = entry.act
        action.triggered.connect(lambda _checked=False: act())
    return action
