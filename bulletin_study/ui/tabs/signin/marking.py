"""Marks are shown the moment they are made and saved behind; the page is read again after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from bulletin_study.domain.attendance import CAME, Mark
from bulletin_study.domain.errors import Refusal
from bulletin_study.domain.sessions import SessionStatus
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.soon import Soon
from bulletin_study.ui.tabs.signin.roster_pane import RosterPane
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.attendance import (
    MarkEntry,
    correct_list,
    mark,
    mark_rest_present,
    marked_row,
)
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.sign_in_list import SignIn
from bulletin_study.usecases.sign_in_notes import give_reason, remove_observer
from bulletin_study.usecases.sign_in_page import SignInPage

_ROW_MS = 400
"""Marks closer together than this are made in a row."""
_TOO_EARLY = "还没到这一场的日期，不能标“到”，什么都没有改动。可以先标请假、公出。"


class Marking(QObject):
    """What the roster pane asks for, done to ``page``.

    While marks are on their way nothing read from the store is shown, since it may lack the
    latest of them; ``reload_wanted`` comes once all are saved, and of many made in a row
    after the last: reading the whole page between two of them would only slow the hands.
    """

    reload_wanted = Signal()
    accepted = Signal()
    refused = Signal(str)
    archived_touched = Signal()
    """Somebody tried to mark in an archived session."""

    def __init__(self, runner: Runner, roster: RosterPane) -> None:
        super().__init__()
        self._runner, self._roster = runner, roster
        self.page: SignInPage | None = None
        self._under_way = 0
        self._read_again = False
        self._since_last = QElapsedTimer()
        self._in_a_row = False
        self._rest = Soon(self, self._ask_to_read, _ROW_MS)
        roster.marked.connect(self.mark)
        roster.rest_present.connect(self.rest)
        roster.reason_given.connect(self.give_reason)
        roster.correction_wanted.connect(self.correct)
        roster.observer_removed.connect(self.remove_observer)

    @property
    def under_way(self) -> bool:
        """Whether a mark is on its way to the store."""
        return self._under_way > 0

    def put_off_reload(self) -> bool:
        """Whether reading must wait for marks under way; it is then asked for later."""
        self._read_again = self._read_again or self.under_way
        return self.under_way

    def mark(self, people: Sequence[int], given: Mark | None) -> None:
        """Mark people, or (``None``) clear their marks."""
        if self.page is None or self._refuses(self.page, given):
            return
        session_id = self.page.session.id
        entries = [MarkEntry(person_id, given) for person_id in people]
        try:
            shown = _with_marks(self.page.sign_in, entries)
        except Refusal as refusal:
            self.refused.emit(sentence_for(refusal))
            return
        self._save(shown, lambda unit: mark(unit, session_id, entries, hold=True))

    def rest(self) -> None:
        """其余全到."""
        page = self.page
        if page is None or not page.sign_in.headcount.unmarked:
            return
        if self._refuses(page, Mark.PRESENT):
            return
        session_id = page.session.id
        rows = tuple(
            replace(r, mark=Mark.PRESENT) if r.mark is None and r.expected_by else r
            for r in page.sign_in.rows
        )
        self._save(
            replace(page.sign_in, rows=rows),
            lambda unit: mark_rest_present(unit, session_id, hold=True),
        )

    def give_reason(self, person_id: int, reason: str) -> None:
        """Write why somebody is marked so."""
        if self.page is None:
            return
        sign_in, session_id = self.page.sign_in, self.page.session.id
        rows = tuple(
            replace(row, reason=reason) if row.person_id == person_id else row
            for row in sign_in.rows
        )
        self._save(
            replace(sign_in, rows=rows),
            lambda unit: give_reason(unit, session_id, person_id, reason),
        )

    def remove_observer(self, person_id: int) -> None:
        """Take somebody who was 列席 off the list."""
        if self.page is not None and not self._closed(self.page):
            session_id = self.page.session.id
            self._runner.do(lambda unit: remove_observer(unit, session_id, person_id))

    def correct(self) -> None:
        """Bring the list up to the roster of the day."""
        if self.page is not None and not self._closed(self.page):
            sign_in, session_id = self.page.sign_in, self.page.session.id
            changes = {"add": sign_in.added, "drop": sign_in.dropped,
                       "regroup": sign_in.regrouped}  # fmt: skip
            self._runner.do(lambda unit: correct_list(unit, session_id, **changes))

    def _refuses(self, page: SignInPage, given: Mark | None) -> bool:
        session = page.session
        if self._closed(page):
            return True
        if session.day > page.today and (given in CAME or given is Mark.OBSERVER):
            self.refused.emit(_TOO_EARLY)
        else:
            return session.status is SessionStatus.CANCELLED
        return True

    def _closed(self, page: SignInPage) -> bool:
        """Whether it is archived; it is told what to do then."""
        if page.session.archived:
            self.archived_touched.emit()
        return page.session.archived

    def _save(self, shown: SignIn, action: Callable[[UnitOfWork], Any]) -> None:
        if self.page is not None:
            self.page = replace(self.page, sign_in=shown)
        self._roster.show_sign_in(shown)
        self.accepted.emit()
        self._under_way += 1
        self._in_a_row = self._since_last.isValid() and self._since_last.elapsed() < _ROW_MS
        self._since_last.start()
        self._runner.do(action, lambda _: self._saved(), self._not_saved)

    def _saved(self) -> None:
        self._under_way -= 1
        if not self._under_way and self._read_again:
            if self._in_a_row:
                self._rest.start()
            else:
                self._ask_to_read()

    def _ask_to_read(self) -> None:
        if not self._under_way and self._read_again:
            self._read_again = False
            self.reload_wanted.emit()

    def _not_saved(self, refusal: Refusal) -> None:
        self._read_again = True
        self._saved()
        self.refused.emit(sentence_for(refusal))


def _with_marks(sign_in: SignIn, entries: Sequence[MarkEntry]) -> SignIn:
    """The list as the entries will leave it. Raises as ``mark``."""
    rows = {row.person_id: row for row in sign_in.rows}
    for entry in entries:
        rows[entry.person_id] = marked_row(sign_in, rows.get(entry.person_id), entry)
    places = {person_id: at for at, person_id in enumerate(sign_in.roster.people)}
    ordered = sorted(rows.values(), key=lambda row: places.get(row.person_id, len(places)))
    return replace(sign_in, rows=tuple(ordered))
