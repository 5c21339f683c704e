"""名单▾: marks from names on the clipboard, or from a file with names."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu, QWidget

from bulletin_study.domain.sessions import SessionStatus
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import Button, drop_button
from bulletin_study.ui.dialogs import copied_text
from bulletin_study.usecases.sign_in_page import SignInPage


class NamesMenu(QObject):
    """Its ``button`` goes into the toolbar of ``parent``; ``shown`` gives the session shown.

    ``archived`` is called instead where the session takes no more marks.
    """

    def __init__(
        self, context: Context, parent: QWidget, shown: Callable[[], SignInPage | None],
        archived: Callable[[], object],
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._context, self._parent = context, parent
        self._shown, self._archived = shown, archived
        self.button: Button = drop_button("名单", "import", tip="按一份名单签到")
        menu = QMenu(self.button)
        menu.addAction("粘贴名单…\tCtrl+V", self.paste)
        menu.addAction("导入名单文件…", self.from_file)
        self.button.setMenu(menu)

    def paste(self) -> None:
        """Show what the names on the clipboard would mark."""
        page = self._shown()
        if page is None or page.session.status is SessionStatus.CANCELLED:
            return
        if page.session.archived:
            self._archived()
            return
        # Not needed until somebody pastes: the program starts without it.
        from bulletin_study.ui.tabs.signin.paste_dialog import PasteDialog

        dialog = PasteDialog(self._context.runner, page.session.id, copied_text(), self._parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def from_file(self) -> None:
        """Take the sign-in of the session from a file with a list of names."""
        page = self._shown()
        if page is not None:
            self._context.go.attendance_file.emit(page.session.id)
