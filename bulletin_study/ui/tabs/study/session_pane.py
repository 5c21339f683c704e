"""One session in the inspector: its fields, what it still misses, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from bulletin_study.domain.closing import CheckItem
from bulletin_study.domain.errors import Refusal
from bulletin_study.domain.sessions import ClosingItem, SessionKind, SessionStatus
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import Button, icon_button, label, small_button, surface
from bulletin_study.ui.tabs.study.foot import Foot
from bulletin_study.ui.tabs.study.rows import chip_of, ordinal_of
from bulletin_study.ui.tabs.study.scope_panel import ScopePanel, Values
from bulletin_study.ui.tabs.study.session_form import SessionForm
from bulletin_study.ui.tabs.study.steps import (
    ArchivePanel,
    CancelPanel,
    MovePanel,
    StepPanel,
    reveal,
)
from bulletin_study.ui.tabs.study.words import notice_words
from bulletin_study.ui.widgets.checklist import Checklist, ChecklistItem
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.closing import hold, item_words, reopen
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.session_detail import SessionDetail
from bulletin_study.usecases.sessions import delete_session, restore_session
from bulletin_study.usecases.titles import day_text

HINT: Final = "改完即存 · Ctrl+Z 撤销"
# What is filled in on this page; the rest is at the sign-in.
_HERE: Final = {ClosingItem.THEME: "theme", ClosingItem.FORM: "form", ClosingItem.LEAD: "lead"}


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do with the session."""

    words: str
    run: Callable[[], object]
    icon: str = ""
    tip: str = ""


class SessionPane(QObject):
    """``changed`` when head and foot are to be shown anew, ``failed(sentence)``, ``said``."""

    changed = Signal()
    failed = Signal(str)
    said = Signal(str)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._runner = context.runner
        self._kind: SessionKind | None = None
        self.move = MovePanel(context)
        self.cancel = CancelPanel(context)
        self.archive = ArchivePanel(context)
        self.scope = ScopePanel(context)
        self.missing = Checklist()
        self.missing.acted.connect(self._fill)
        self._missing_title = label("", "bold")
        self._missing_card = self._card()
        above = (self.move, self.cancel, self._missing_card, self.archive)
        self.form = SessionForm(context, above, self.scope)
        self.form.scope_asked.connect(self._ask_scope)
        self.form.failed.connect(self.failed)
        for panel in (self.move, self.cancel, self.archive, self.scope):
            panel.left.connect(self.left)
        self.scope.only_this.connect(self._save_one)
        self.scope.given_up.connect(self.form.put_back)

    @property
    def shown_id(self) -> int | None:
        """Which session is shown."""
        return self.form.session.id if self.form.session is not None else None

    def show_detail(self, detail: SessionDetail, kind: SessionKind | None) -> None:
        """Show a session, numbered under the kind that the list shows."""
        if detail.session.id != self.shown_id:
            self.leave()
        self._kind = kind
        self.form.show_detail(detail)
        self._show_missing(detail)
        self.changed.emit()

    def leave(self) -> None:
        """Another session, or none, is to be shown: what waits for an answer is settled."""
        self.scope.settle()
        for panel in (self.move, self.cancel, self.archive):
            panel.close_panel()

    def header(self) -> tuple[str, str, tuple[str, str, str]]:
        """Title, grey words, chip."""
        detail = self.form.detail
        assert detail is not None
        one = ordinal_of(detail.row, self._kind)
        title = f"第{one.number}次" if one is not None else day_text(detail.session.day)
        grey = "" if one is None or not one.tentative else "暂定"
        if self._kind is None:
            grey = f"{detail.row.kind_names[0]} {grey}".strip() if detail.row.kinds else grey
        unmarked = 0 if detail.session.status.ahead else detail.headcount.unmarked
        return title, grey, chip_of(detail.session, unmarked)

    def footer(self) -> QWidget:
        """What can be done with the session as it stands, as buttons."""
        rows = [[small_button(act.words, act.icon, tip=act.tip, on_click=act.run)
                 for act in line] for line in self._lines()]  # fmt: skip
        if rows and (rare := self._rare()):
            rows[-1].append(_dots(rare))
        return Foot(rows, HINT)

    def acts(self) -> list[tuple[str, Callable[[], object]]]:
        """The same for a context menu."""
        everything = [act for line in self._lines() for act in line] + self._rare()
        return [(act.words, act.run) for act in everything]

    def _lines(self) -> list[list[Act]]:
        detail = self.form.detail
        if detail is None:
            return []
        session = detail.session
        sign_in = Act("去签到", self._sign_in, "list-checks", "打开“签到与心得”的这一场")
        if session.status is SessionStatus.CANCELLED:
            return [[Act("恢复本场", self._restore)]]
        if session.archived:
            return [[Act("撤回归档", self._reopen, "", "接着补充；期次不变"), sign_in]]
        if session.status is SessionStatus.HELD:
            words = "归档…" if detail.closing.lacking else "归档"
            return [[Act(words, self._archive, "archive"), sign_in]]
        first = [sign_in]
        if session.day <= self._runner.office.services.clock.today():
            first.insert(0, Act("记为已开展", self._hold, "check"))
        return [first, [Act("改期…", lambda: self._open(self.move)),
                        Act("取消本场…", lambda: self._open(self.cancel))]]  # fmt: skip

    def _rare(self) -> list[Act]:
        detail = self.form.detail
        if detail is None or detail.session.status is SessionStatus.CANCELLED:
            return []
        rare = [Act("复制通知", self._copy, "copy")]
        if detail.session.status.ahead:
            rare.append(Act("删除本场（录错时用）", self._delete, "delete"))
        return rare

    # ---- acts ----
    def _open(self, panel: MovePanel | CancelPanel) -> None:
        self._close_others(panel)
        if self.form.session is not None:
            panel.ask(self.form.session)

    def _archive(self) -> None:
        self._close_others(self.archive)
        if self.form.detail is not None:
            self.archive.ask(self.form.detail.closing)

    def _close_others(self, wanted: StepPanel) -> None:
        for panel in (self.move, self.cancel, self.archive):
            if panel is not wanted:
                panel.close_panel()

    def _hold(self) -> None:
        self._do(lambda unit, key: hold(unit, [key]))

    def _reopen(self) -> None:
        self._do(reopen)

    def _restore(self, *, override: bool = False) -> None:
        self._do(lambda unit, key: restore_session(unit, key, override=override))

    def _delete(self) -> None:
        self._do(delete_session)

    def _do(self, action: Callable[[UnitOfWork, int], object]) -> None:
        key = self.shown_id
        if key is not None:
            self._runner.do(lambda unit: action(unit, key), None, self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self.failed.emit(sentence_for(refusal))

    def _sign_in(self) -> None:
        if self.shown_id is not None:
            self._context.go.open_sign_in(self.shown_id)

    def _copy(self) -> None:
        if self.form.detail is not None:
            self._context.copy(notice_words(self.form.detail))
            self.said.emit("已复制通知，可以粘贴到工作群")

    # ---- series ----
    def _ask_scope(self, values: Values) -> None:
        if self.form.session is not None:
            self.scope.ask(self.form.session, values)

    def _save_one(self, session_id: int, values: Values) -> None:
        if session_id == self.shown_id:
            for name in ("times", "venue"):
                mine = {k: v for k, v in values.items() if (k == "venue") == (name == "venue")}
                if mine:
                    self.form.save(self.form.rows[name], mine)

    # ---- what is missing ----
    def _show_missing(self, detail: SessionDetail) -> None:
        session = detail.session
        held = session.status is SessionStatus.HELD and not session.archived
        lacking = detail.closing.lacking if held else ()
        self._missing_card.setVisible(bool(lacking))
        self._missing_title.setText(f"归档还差 {len(lacking)} 项")
        self.missing.set_items([_line(at, item) for at, item in enumerate(lacking)])

    def _fill(self, key: str) -> None:
        detail = self.form.detail
        if detail is None:
            return
        item = detail.closing.lacking[int(key)]
        if item.item in _HERE:
            editor = self.form.rows[_HERE[item.item]].editor
            editor.setFocus()
            reveal(editor)
        else:
            self._context.go.open_sign_in(
                detail.session.id, item.item, item.talk_id, item.evidence
            )

    def _card(self) -> QWidget:
        card = surface("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        column.addWidget(self._missing_title)
        column.addWidget(self.missing)
        card.hide()
        return card


def _dots(acts: Sequence[Act]) -> Button:
    button = icon_button("dots", "更多", small=True)
    menu = QMenu(button)
    for act in acts:
        menu.addAction(act.words, act.run)
    button.setMenu(menu)
    return button


def _line(at: int, item: CheckItem) -> ChecklistItem:
    action = "填上" if item.item in _HERE else "去补"
    return ChecklistItem(str(at), item_words(item), "", "triangle", "amber", action)
