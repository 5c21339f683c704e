"""A pane that shows its contents, or one sentence instead, or that it is reading."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from bulletin_study.ui.widgets.notes import EmptyState, LoadingNote


class PaneStack(QStackedWidget):
    """Contents, empty state and loading note in one place."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setProperty("surface", "plain")
        self._content = content
        self._empty = EmptyState("")
        self._loading = LoadingNote()
        for part in (content, self._empty, self._loading):
            self.addWidget(part)
        self._loading.shown.connect(lambda: self.setCurrentWidget(self._loading))
        self.setFocusProxy(content)

    @property
    def empty(self) -> EmptyState:
        """The empty state."""
        return self._empty

    def show_content(self) -> None:
        """Show the contents."""
        self._loading.stop()
        self.setCurrentWidget(self._content)

    def show_empty(
        self, sentence: str, button: str = "", on_click: Callable[[], object] | None = None
    ) -> None:
        """Show a sentence and a button instead."""
        self._loading.stop()
        self._empty.set_sentence(sentence, button, on_click)
        self.setCurrentWidget(self._empty)

    def show_loading(self) -> None:
        """Say 正在读取… if it takes longer than a moment; contents stay until then."""
        self._loading.start()
