"""The fields of one session: each saves itself as one operation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bulletin_study.domain.errors import Clash, Refusal
from bulletin_study.domain.sessions import ClosingItem, Form, SessionStatus, StudySession
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import label
from bulletin_study.ui.fields import Editor, LineField, NoteField
from bulletin_study.ui.forms import FormColumn, FormRow
from bulletin_study.ui.tabs.study.fields import HoursField, options, share
from bulletin_study.ui.tabs.study.words import audience_words, clash_words, origin_words
from bulletin_study.ui.widgets.date_field import DateField, TimeRangeField
from bulletin_study.ui.widgets.pick_many import PickMany
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.ui.widgets.suggest_field import SuggestField
from bulletin_study.ui.widgets.who_field import Who, WhoField
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.session_detail import SessionDetail
from bulletin_study.usecases.session_fields import edit_fields
from bulletin_study.usecases.session_kinds import set_session_kinds

FORMS = [(form.value, form) for form in Form]
Values = dict[str, Any]


class SessionForm(FormColumn):
    """Panels ``above`` the fields, ``scope`` under time and venue.

    ``scope_asked(values)`` instead of saving when time or venue of a series' session was
    edited; ``failed(sentence)`` for a refusal that came when another session is shown.
    """

    scope_asked = Signal(object)
    failed = Signal(str)

    def __init__(self, context: Context, above: Sequence[QWidget], scope: QWidget) -> None:
        super().__init__()
        self._runner = context.runner
        self._go = context.go
        self._detail: SessionDetail | None = None
        self._session: StudySession | None = None
        self.rows: dict[str, FormRow] = {}
        self.theme = LineField("学什么")
        self.day = DateField(required=True)
        self.times = TimeRangeField(required=True)
        self.form = Segmented(FORMS, fill=True)
        self.lead = WhoField()
        self.venue = SuggestField("如 三楼会议室")
        self.host = WhoField("姓名")
        self.recorder = WhoField("姓名")
        self.kinds = PickMany()
        self.hours = HoursField()
        self.audience = label("", wrap=True)
        self.origin = label("", "secondary", wrap=True)
        self.notes = {
            name: NoteField(hint, lines=lines)
            for name, hint, lines in (
                ("materials", "文件名、章节或网址，一行一份", 2),
                ("agenda", "一项一行", 2),
                ("speeches", "谁说了什么", 3),
                ("decisions", "定下来的事、谁办、何时办完", 2),
                ("note", "", 2),
            )
        }
        self._build(above, scope)

    @property
    def session(self) -> StudySession | None:
        """The session as it is shown, what is on its way to the store included."""
        return self._session

    @property
    def detail(self) -> SessionDetail | None:
        """What was last read."""
        return self._detail

    def show_detail(self, detail: SessionDetail) -> None:
        """Show a session; of another one nothing typed before is kept."""
        session = detail.session
        if self._session is not None and self._session.id != session.id:
            self._forget()
        self._detail, self._session = detail, session
        people = options(detail.choices.people)
        for who in (self.lead, self.host, self.recorder):
            who.set_people(people)
        self.venue.set_suggestions(detail.choices.venues)
        offered = {kind.id: kind for kind in (*detail.choices.kinds, *detail.row.kinds)}
        self.kinds.set_options(
            [(k.name, k.id, k.family or "自设活动")
             for k in sorted(offered.values(), key=lambda k: (k.order, k.id))]
        )  # fmt: skip
        self.day.set_near(session.day)
        for name, editor in self._editors_of().items():
            editor.set_value(_value(session, name))
        self.kinds.set_value([kind.id for kind in detail.row.kinds])
        self._lock(session)
        self._offer(detail)
        self._tell(detail)

    def put_back(self, values: Values) -> None:
        """Show again what is stored for these fields, after an edit was given up."""
        for name in values:
            self._editors_of()["times" if name in ("start", "end") else name].autosave.revert()

    def save(self, row: FormRow, values: Values, *, override: bool = False) -> None:
        """Save fields of the session; a clash may be overridden from the field."""
        session = self._session
        if session is None:
            return
        before = {name: getattr(session, name) for name in values}
        self._session = replace(session, **values)
        self._runner.do(
            lambda unit: edit_fields(unit, session.id, before, values, override=override),
            lambda _: row.error(""),
            lambda refusal: self._refused(
                session.id, row, refusal, before,
                lambda: self.save(row, values, override=True)),
        )  # fmt: skip

    # ---- inside ----
    def _save_kinds(self, _: object, edited: tuple[int, ...], *, override: bool = False) -> None:
        session = self._session
        if session is None:
            return
        self._runner.do(
            lambda unit: set_session_kinds(unit, session.id, edited, override=override),
            lambda _: self.rows["kinds"].error(""),
            lambda refusal: self._refused(
                session.id, self.rows["kinds"], refusal, {},
                lambda: self._save_kinds(None, edited, override=True)),
        )  # fmt: skip

    def _refused(
        self, session_id: int, row: FormRow, refusal: Refusal, before: Values,
        anyway: Callable[[], object],
    ) -> None:  # fmt: skip
        if self._session is None or self._session.id != session_id:
            self.failed.emit(sentence_for(refusal))
            return
        self._session = replace(self._session, **before)
        action = ("仍这样安排", anyway) if isinstance(refusal, Clash) else None
        row.error(sentence_for(refusal), action)

    def _edited(self, name: str) -> Callable[[Any, Any], None]:
        def commit(_: object, edited: Any) -> None:
            self.save(self.rows[name], _fields(name, edited))

        return commit

    def _edited_slot(self, name: str) -> Callable[[Any, Any], None]:
        """Time and venue: for a session that goes with its series, how far it reaches."""

        def commit(_: object, edited: Any) -> None:
            values = _fields(name, edited)
            if self._with_series(name):
                self.scope_asked.emit(values)
            else:
                self.save(self.rows[name], values)

        return commit

    def _with_series(self, name: str) -> bool:
        detail, session = self._detail, self._session
        if detail is None or session is None or detail.series is None:
            return False
        own_venue = name == "venue" and session.venue != detail.series.venue
        return session.status.ahead and not session.excepted and not own_venue

    def _forget(self) -> None:
        """Nothing typed for one session is shown with the next."""
        for editor in (*self._editors_of().values(), self.kinds):
            editor.autosave.revert()
        for row in self.rows.values():
            row.error("")

    def _lock(self, session: StudySession) -> None:
        gone = session.status is SessionStatus.CANCELLED
        for editor in (self.day, self.times):
            editor.setEnabled(not gone)
        self.kinds.setEnabled(not gone and not session.archived)

    def _offer(self, detail: SessionDetail) -> None:
        """Form and who leads: where a kind asks for them, or one is noted."""
        session = detail.session
        asked = {item for kind in detail.row.kinds for item in kind.closing}
        led = bool(session.lead_id or session.lead_name)
        self.rows["form"].setVisible(ClosingItem.FORM in asked or session.form is not None)
        self.rows["lead"].setVisible(ClosingItem.LEAD in asked or led)

    def _tell(self, detail: SessionDetail) -> None:
        self.audience.setText(audience_words(detail))
        origin = origin_words(detail)
        self.origin.setText(origin)
        self.origin.setVisible(bool(origin))
        day_off = f"这一天是{detail.day_off}。" if detail.day_off else ""
        warning = day_off + clash_words(detail.clashes)
        self._warning.note(warning)
        self._warning.setVisible(bool(warning))
        hours = f"{detail.session.minutes / 60:g}"
        self.hours.setPlaceholderText(f"按时长 {hours}")

    def _editors_of(self) -> dict[str, Editor]:
        """Field name → its editor; start and end share one."""
        return {
            "theme": self.theme, "day": self.day, "times": self.times, "form": self.form,
            "lead": self.lead, "venue": self.venue, "host": self.host,
            "recorder": self.recorder, "hours": self.hours, **self.notes,
        }  # fmt: skip

    def _build(self, above: Sequence[QWidget], scope: QWidget) -> None:
        for widget in above:
            self.add_widget(widget)
        self._add("theme", "主题", self.theme)
        self._add_pair(("day", "日期", self.day), ("times", "时间", self.times))
        share([self.rows["day"], self.rows["times"]], 3, 2)
        nothing = QWidget()
        nothing.setFixedHeight(0)
        self._warning = FormRow("", nothing)
        self.add_widget(self._warning)
        self._add("form", "形式", self.form)
        self._add_pair(("lead", "领学人", self.lead), ("venue", "地点", self.venue))
        self.add_widget(scope)
        self._add_pair(("host", "主持人", self.host), ("recorder", "记录人", self.recorder))
        self.add("参加范围", self.audience, link=("看名单", self._open_sign_in))
        self._add_pair(("kinds", "活动类型", self.kinds), ("hours", "学时", self.hours))
        self._add("materials", "学习材料", self.notes["materials"])
        self.add_title("会议记录")
        self._add("agenda", "议程", self.notes["agenda"])
        self._add("speeches", "发言要点", self.notes["speeches"])
        self._add("decisions", "议定事项", self.notes["decisions"])
        self._add("note", "备注", self.notes["note"])
        self.add_widget(self.origin)

    def _add(self, name: str, caption: str, editor: QWidget) -> None:
        self.rows[name] = self.add(caption, editor, self._commit_of(name))

    def _add_pair(self, *fields: tuple[str, str, QWidget]) -> None:
        made = self.add_side_by_side(
            [(caption, editor, self._commit_of(name)) for name, caption, editor in fields]
        )
        self.rows.update(zip((name for name, _, _ in fields), made, strict=True))

    def _commit_of(self, name: str) -> Callable[[Any, Any], None]:
        if name == "kinds":
            return self._save_kinds
        return self._edited_slot(name) if name in ("times", "venue") else self._edited(name)

    def _open_sign_in(self) -> None:
        if self._session is not None:
            self._go.open_sign_in(self._session.id)


def _value(session: StudySession, name: str) -> Any:
    """What the editor of a field shows."""
    if name == "times":
        return (session.start, session.end)
    if name in ("lead", "host", "recorder"):
        return (getattr(session, f"{name}_id"), getattr(session, f"{name}_name"))
    return getattr(session, name)


def _fields(name: str, edited: Any) -> Values:
    """The stored fields that an editor's value stands for."""
    if name == "times":
        start, end = edited
        return {"start": start, "end": end}
    if name in ("lead", "host", "recorder"):
        who: Who = edited
        return {f"{name}_id": who[0], f"{name}_name": who[1]}
    return {name: edited}
