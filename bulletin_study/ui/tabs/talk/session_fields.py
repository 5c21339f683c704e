"""The session a place belongs to: when, where, how many speak, and 取消本场."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from bulletin_study.domain.sessions import SessionStatus, StudySession
from bulletin_study.ui.controls import label, link_button
from bulletin_study.ui.fields import ChoiceField
from bulletin_study.ui.forms import FormColumn, FormRow
from bulletin_study.ui.tabs.talk.cancel_panel import CancelPanel
from bulletin_study.ui.tabs.talk.saving import Saver
from bulletin_study.ui.widgets.date_field import DateField, TimeRangeField
from bulletin_study.ui.widgets.suggest_field import SuggestField
from bulletin_study.usecases.session_fields import edit_fields
from bulletin_study.usecases.sessions import restore_session
from bulletin_study.usecases.talk_page import TalkPage
from bulletin_study.usecases.talks import set_places

_ANYWAY = "仍这样安排"
_MOST_OFFERED = 6


def place_options(most: int = _MOST_OFFERED) -> list[tuple[str, int]]:
    """How many may speak at one session."""
    return [(f"{number} 人", number) for number in range(1, max(most, _MOST_OFFERED) + 1)]


class SessionFields:
    """Puts its fields into a form; each saves itself."""

    def __init__(self, form: FormColumn, saver: Saver) -> None:
        self._saver = saver
        self.day = DateField(required=True)
        self.times = TimeRangeField(required=True)
        self.venue = SuggestField("还没定地点")
        self.count = ChoiceField(place_options())
        self.rows: dict[str, FormRow] = {}
        self.cancel = CancelPanel(saver.runner)
        self.drop = link_button("取消本场…", on_click=self._ask_cancel)
        self.back = link_button("恢复本场", on_click=self._restore)
        form.add_widget(self._heading())
        form.add_widget(self.cancel)
        self._note = label("", "secondary", wrap=True)
        form.add_widget(self._note)
        day, times = form.add_side_by_side(
            [("日期", self.day, self._day_edited), ("时间", self.times, self._times_edited)]
        )
        venue, count = form.add_side_by_side(
            [("地点", self.venue, self._venue_edited), ("本场人数", self.count, self._counted)]
        )
        self.rows = {"day": day, "times": times, "venue": venue, "count": count}

    def show_session(self, session: StudySession, page: TalkPage) -> None:
        """Show it as it is stored."""
        self.day.set_near(session.day)
        self.day.set_value(session.day)
        self.times.set_value((session.start, session.end))
        self.venue.set_suggestions(page.venues)
        self.venue.set_value(session.venue)
        self.count.set_options(place_options(session.talk_places))
        self.count.set_value(max(session.talk_places, 1))
        gone = session.status is SessionStatus.CANCELLED
        for editor in (self.day, self.times):
            editor.setEnabled(not gone)
        self.count.setEnabled(not gone and not session.archived)
        words = _standing(session, page)
        self._note.setText(words)
        self._note.setVisible(bool(words))
        self.drop.setVisible(session.status.ahead)
        self.back.setVisible(gone)

    def forget(self) -> None:
        """Nothing typed for one session is shown with the next."""
        self.cancel.hide()
        for editor in (self.day, self.times, self.venue, self.count):
            editor.autosave.revert()
        for row in self.rows.values():
            row.error("")

    def _heading(self) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 4, 0, 0)
        line.addWidget(label("本场", "title"))
        line.addStretch(1)
        line.addWidget(self.drop)
        line.addWidget(self.back)
        return holder

    def _ask_cancel(self) -> None:
        if self._saver.line is not None:
            self.cancel.ask(self._saver.line)

    def _restore(self) -> None:
        self._save("times", lambda key: lambda unit, override: restore_session(
            unit, key, override=override))  # fmt: skip

    # ---- saving ----
    def _day_edited(self, before: Any, after: Any) -> None:
        self._edit("day", {"day": before}, {"day": after})

    def _times_edited(self, before: Any, after: Any) -> None:
        self._edit("times", _times(before), _times(after))

    def _venue_edited(self, before: str, after: str) -> None:
        self._edit("venue", {"venue": before}, {"venue": after})

    def _edit(self, row: str, before: dict[str, Any], after: dict[str, Any]) -> None:
        self._save(
            row,
            lambda key: lambda unit, override: edit_fields(
                unit, key, before, after, override=override
            ),
        )

    def _counted(self, _: int, count: int) -> None:
        self._save("count", lambda key: lambda unit, _: set_places(unit, key, count))

    def _save(self, row: str, make: Callable[[int], Callable[[Any, bool], Any]]) -> None:
        line = self._saver.line
        if line is not None:
            self._saver.save(self.rows[row], make(line.row.session.id), _ANYWAY)


def _times(pair: Any) -> dict[str, Any]:
    return {"start": pair[0], "end": pair[1]}


def _standing(session: StudySession, page: TalkPage) -> str:
    if session.status is SessionStatus.CANCELLED:
        return f"本场已经取消：{session.status_reason}。"
    if session.archived:
        return "本场已经归档。"
    if not session.status.ahead:
        return "本场已经开展。"
    if session.day < page.today:
        return "日子已经过了，还没有记为已开展。在“签到与心得”里签到，或改期、取消。"
    return ""
