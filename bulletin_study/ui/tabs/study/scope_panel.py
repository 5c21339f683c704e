"""仅本场 / 本场及以后 / 全部: how far an edit of a series' session reaches, shown first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from bulletin_study.domain.errors import Clash, Refusal
from bulletin_study.domain.sessions import StudySession
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import label
from bulletin_study.ui.forms import FormRow
from bulletin_study.ui.tabs.study.steps import StepPanel, reveal
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.schedule import NewSeries
from bulletin_study.usecases.series_diff import SeriesEditPreview, SeriesScope
from bulletin_study.usecases.series_edit import (
    apply_series_edit,
    preview_series_edit,
    series_of,
)
from bulletin_study.usecases.titles import day_text

Values = dict[str, Any]
_SHOWN = 6


class ScopePanel(StepPanel):
    """``only_this(session id, values)`` when the edit is for one session; ``given_up(values)``."""

    only_this = Signal(int, object)
    given_up = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__("这一场属于一个系列，改在哪些场次？", "只改本场", "不改了")
        self._runner = context.runner
        self._session: StudySession | None = None
        self._values: Values = {}
        self._asked = 0
        self.scope = Segmented(
            [("仅本场", SeriesScope.ONE), ("本场及以后", SeriesScope.FOLLOWING),
             ("全部", SeriesScope.ALL)],
            fill=True,
        )  # fmt: skip
        self.scope.changed.connect(self._look)
        self.difference = label("", "secondary", wrap=True)
        self.fields.add("", self.scope)
        self._row: FormRow = self.fields.add("", self.difference)
        self.closed.connect(self._closed)

    @property
    def pending(self) -> bool:
        """Whether an edit waits for an answer."""
        return self._session is not None

    def ask(self, session: StudySession, values: Values) -> None:
        """Ask about an edit of time or venue that is not saved yet."""
        self._session, self._values = session, {**self._values, **values}
        self.scope.set_value(SeriesScope.ONE)
        self.show()
        reveal(self)
        self._look()

    def settle(self) -> None:
        """Nobody answered and the page turns to something else: the edit is for this one."""
        session, values = self._session, self._values
        self._end()
        if session is not None:
            self.only_this.emit(session.id, values)

    def act(self) -> None:
        """Save it as far as was chosen."""
        self._save(override=False)

    def _save(self, *, override: bool) -> None:
        session, values, scope = self._session, self._values, self.scope.value()
        if session is None:
            return
        if scope is SeriesScope.ONE:
            self.settle()
            return
        self._runner.do(
            partial(_apply, session_id=session.id, scope=scope, values=values, override=override),
            lambda _: self._end(),
            self._refused,
        )

    def _look(self, *_: object) -> None:
        session, values, scope = self._session, self._values, self.scope.value()
        if session is None:
            return
        self._row.error("")
        self._asked += 1
        if scope is SeriesScope.ONE:
            self.difference.setText(f"{day_text(session.day)}：{_change_words(session, values)}。"
                                    "以后这一场单独算，系列再改也不动它。")  # fmt: skip
            self.go.set_caption("只改本场")
            return
        self._runner.read(
            partial(_preview, session_id=session.id, scope=scope, values=values),
            partial(self._show, self._asked),
        )

    def _show(self, asked: int, found: SeriesEditPreview | Refusal) -> None:
        if asked != self._asked or self._session is None:
            return
        if isinstance(found, Refusal):
            self.difference.setText("")
            self._row.error(sentence_for(found))
            return
        change = _change_words(self._session, self._values)
        self.difference.setText(difference_words(found, change))
        number = len(found.changed) + len(found.added) + len(found.removed)
        self.go.set_caption(f"改 {number} 场")
        clashes = "；".join(note.reason for note in found.clashes[:2])
        if clashes:
            more = f"等 {len(found.clashes)} 处" if len(found.clashes) > 2 else ""
            self._row.note(f"{clashes}{more}。")

    def _refused(self, refusal: Refusal) -> None:
        anyway = ("仍这样改", lambda: self._save(override=True))
        self._row.error(sentence_for(refusal), anyway if isinstance(refusal, Clash) else None)

    def _closed(self) -> None:
        values, waited = self._values, self.pending
        self._session, self._values = None, {}
        if waited:
            self.given_up.emit(values)

    def _end(self) -> None:
        self._session, self._values = None, {}
        self.hide()


def difference_words(found: SeriesEditPreview, change: str) -> str:
    """改 5 场：11-30、12-07…（时间 …）；保留 2 场：11-23 已经开展…"""
    lines = []
    if found.changed:
        days = _days([diff.after for diff in found.changed])
        lines.append(f"改 {len(found.changed)} 场：{days}。{change}。")
    if found.added:
        lines.append(f"增加 {len(found.added)} 场：{_days(found.added)}。")
    if found.removed:
        lines.append(f"删去 {len(found.removed)} 场：{_days(found.removed)}。")
    if found.kept:
        words = "、".join(f"{one.session.day:%m-%d} {one.why}" for one in found.kept[:_SHOWN])
        more = "等" if len(found.kept) > _SHOWN else ""
        lines.append(f"不动 {len(found.kept)} 场：{words}{more}。")
    return "\n".join(lines) or "没有场次会变。"


def _days(sessions: Sequence[StudySession]) -> str:
    shown = "、".join(f"{session.day:%m-%d}" for session in sessions[:_SHOWN])
    return shown + ("…" if len(sessions) > _SHOWN else "")


def _change_words(session: StudySession, values: Values) -> str:
    parts = []
    if "start" in values:
        was = f"{session.start:%H:%M}—{session.end:%H:%M}"
        parts.append(f"时间 {was} 改为 {values['start']:%H:%M}—{values['end']:%H:%M}")
    if "venue" in values:
        was = f"“{session.venue}”" if session.venue else "空"
        parts.append(f"地点 {was} 改为“{values['venue']}”")
    return "，".join(parts)


def _wanted(unit: UnitOfWork, session_id: int, values: Values) -> NewSeries:
    """The series with the edited time of day and venue."""
    series = series_of(unit, session_id)
    if "start" in values:
        start, end = values["start"], values["end"]
        minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
        moment = series.start.replace(hour=start.hour, minute=start.minute)
        series = replace(series, start=moment, minutes=minutes)
    return replace(series, venue=values.get("venue", series.venue))


def _preview(
    unit: UnitOfWork, session_id: int, scope: SeriesScope, values: Values
) -> SeriesEditPreview | Refusal:
    """A refusal is an answer here: it says why nothing would change."""
    try:
        return preview_series_edit(unit, session_id, scope, _wanted(unit, session_id, values))
    except Refusal as refusal:
        return refusal


def _apply(
    unit: UnitOfWork, session_id: int, scope: SeriesScope, values: Values, override: bool
) -> object:
    wanted = _wanted(unit, session_id, values)
    return apply_series_edit(unit, session_id, scope, wanted, override_clashes=override)
