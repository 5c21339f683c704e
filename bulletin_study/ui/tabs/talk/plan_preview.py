"""What the dialogs of this page share that show a plan before it is saved."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from bulletin_study.domain.errors import Refusal, Stale
from bulletin_study.domain.rotation import PlannedPlace
from bulletin_study.ui.controls import label, surface
from bulletin_study.ui.preview_dialog import PreviewDialog
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.talk.reasons import ReasonList, reason_lines
from bulletin_study.ui.widgets.page_scroll import PageScroll
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.talk_page import TalkPage

_REASONS_HEIGHT = 132


class PlanPreview(PreviewDialog):
    """A list of places with the reasons of the chosen one below."""

    def __init__(
        self, title: str, model: RowsModel[Any], runner: Runner, parent: QWidget, *,
        save: str, leave: str,
    ) -> None:  # fmt: skip
        super().__init__(title, model, runner, parent, save=save, leave=leave)
        self.reasons = ReasonList()

    def refresh(self) -> None:
        """Work the plan out again."""
        raise NotImplementedError

    def tell_reasons(self, place: PlannedPlace | None, page: TalkPage | None) -> None:
        """Say why a place is as it would be; nothing without one."""
        if place is None or page is None:
            self.reasons.show_lines([])
        else:
            self.reasons.show_lines(reason_lines(place.reasons, page.roster, place.day))

    def refused(self, refusal: Refusal) -> None:
        """Say why it was not saved; what has changed meanwhile is worked out again."""
        if isinstance(refusal, Stale):
            self.banner.show_sentence(
                "人员、请假或讲课刚才有变，还没有保存。已按新的情况重新排过，看过再保存。",
                tone="amber",
            )
            self.refresh()
            return
        self.go.setEnabled(True)
        self.banner.show_sentence(sentence_for(refusal))

    def why(self) -> QWidget:
        """The reasons, in a strip of their own under the list."""
        strip = surface("footer")
        inside = QVBoxLayout(strip)
        inside.setContentsMargins(0, 0, 0, 0)
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(16, 10, 16, 10)
        rows.setSpacing(8)
        rows.addWidget(label("人选依据", "bold"))
        rows.addWidget(self.reasons)
        rows.addStretch(1)
        inside.addWidget(PageScroll(holder))
        strip.setFixedHeight(min(_REASONS_HEIGHT, self.height() // 4))
        return strip
