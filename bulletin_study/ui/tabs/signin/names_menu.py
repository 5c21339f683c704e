"""名单▾: marks from names on the clipboard, or from a file with names."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from bulletin_study.domain.sessions import SessionStatus
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import Button, drop_button
from bulletin_study.ui.dialogs import copied_text
from bulletin_study.ui.frame import Page
from bulletin_study.usecases.sign_in_page import SignInPage


class NamesMenu(QObject):
    """Its ``button`` goes into the toolbar of ``page``; ``shown`` gives the session shown.

    ``archived`` is called instead where the session takes no more marks.
    """

    def __init__(
        self, context: Context, page: Page, shown: Callable[[], SignInPage | None],
        archived: Callable[[], object],
    ) -> None:  # fmt: skip
        super().__init__(page)
        self._context, self._page = context, page
        self._shown, self._archived = shown, archived
        self.button: Button = drop_button("名单", "import", tip="按一份名单签到")
        menu = QMenu(self.button)
        menu.addAction("粘贴名单…\tCtrl+V", self.paste)
        menu.addAction("导入名单文件…", self.from_file)
        self.button.setMenu(menu)

    def paste(self) -> None:
        """Show what the names on the clipboard would mark."""
        page = self._taking()
        if page is None:
            return
        # Not needed until somebody pastes: the program starts without it.
        from bulletin_study.ui.tabs.signin.paste_dialog import PasteDialog

        dialog = PasteDialog(self._context.runner, page.session.id, copied_text(), self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def from_file(self) -> None:
        """Take the sign-in of the session from a file with a list of names."""
        page = self._taking()
        if page is not None:
            self._context.go.attendance_file.emit(page.session.id)

    def _taking(self) -> SignInPage | None:
        """The session shown if it takes marks; else it is said why not."""
        page = self._shown()
        if page is None:
            self._page.show_notice("还没有场次，先在“每周一学”里安排一场，再按名单签到。")
        elif page.session.status is SessionStatus.CANCELLED:
            self._page.show_notice("本场已取消，不签到，名单没有用上。")
        elif page.session.archived:
            self._archived()
        else:
            return page
        return None
