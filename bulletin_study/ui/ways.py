"""The ways between pages: what a page asks of the ``Navigator`` is shown on another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bulletin_study.domain.evidence import EvidenceKind
from bulletin_study.domain.sessions import ClosingItem
from bulletin_study.ui.context import Context
from bulletin_study.ui.main_window import MainWindow
from bulletin_study.ui.pages import PAGES
from bulletin_study.usecases.importing import ImportKind
from bulletin_study.usecases.start import page_of_session

OpenImport = Callable[[Path | None, ImportKind | None, int | None], object]
"""Opens the import dialog with a file, what it holds, and the session it is of."""


class Ways:
    """Listens to the navigator of one store and turns the pages of its window."""

    def __init__(self, context: Context, window: MainWindow, open_import: OpenImport) -> None:
        self._context, self._window = context, window
        go = context.go
        go.session.connect(self._page_for_session)
        go.talk.connect(lambda sid, place: self.page("talk").show_place(sid, place))
        go.written.connect(lambda found, words: self.page("signin").show_written(found, words))
        go.plan_item.connect(lambda item, day: self.page("study").show_plan_item(item, day))
        go.person.connect(self._open_person)
        go.group_figures.connect(lambda gid: self.page("stats").show_group(gid))
        go.sign_in.connect(self._open_sign_in)
        go.make_ups.connect(lambda sid: self.page("signin").open_make_ups(sid))
        go.file.connect(lambda path, kind: open_import(path, kind, None))
        go.attendance_file.connect(lambda sid: open_import(None, ImportKind.ATTENDANCE, sid))
        go.page.connect(self.page)

    def page(self, name: str) -> Any:
        """Turn to a page by its name; each kind of page answers to its own ``show_…``."""
        return self._window.go([key for key, _ in PAGES].index(name))

    def _open_sign_in(
        self,
        session_id: int,
        item: ClosingItem | None,
        talk_id: int | None,
        evidence: EvidenceKind | None,
    ) -> None:
        self.page("signin").open_sign_in(session_id, item, talk_id, evidence)

    def _open_person(self, person_id: int) -> None:
        came_from, _ = PAGES[self._window.current]
        self.page("people").open_person(person_id, came_from)

    def _page_for_session(self, session_id: int) -> None:
        def told(name: str) -> None:
            self.page(name).show_session(session_id)

        self._context.runner.read(lambda unit: page_of_session(unit, session_id), told)
