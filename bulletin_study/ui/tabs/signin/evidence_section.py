"""佐证材料 of the session: what is there, what is still required, and the way to its 佐证包."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bulletin_study.domain.closing import CheckItem
from bulletin_study.domain.evidence import EvidenceKind
from bulletin_study.domain.sessions import ClosingItem, SessionStatus
from bulletin_study.ui.banner import ShapeMark
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import Button, clear_layout, label, link_button
from bulletin_study.ui.forms import FormColumn
from bulletin_study.ui.thumbnails import Thumbnails
from bulletin_study.ui.widgets.evidence_box import EvidenceBox, Owner
from bulletin_study.ui.widgets.evidence_gallery import EvidenceGallery
from bulletin_study.usecases.sign_in_page import SignInPage

HINT = "把照片、通知、会议记录拖到这一页的任何地方，或点“添加…”选文件"


class EvidenceSection:
    """Built with the other sections of the pane and filled at each reload. ``pack`` writes
    the 佐证包 of the session shown."""

    def __init__(
        self, form: FormColumn, context: Context, thumbnails: Thumbnails,
        pack: Callable[[], object],
    ) -> None:  # fmt: skip
        self.needs = _Needs()
        self.needs.wanted.connect(self._add)
        self.gallery = EvidenceGallery(HINT, thumbnails, above=self.needs)
        self.box = EvidenceBox(context, "佐证材料", HINT, self.gallery)
        self.box.head_section()
        form.add_widget(self.box)
        self.pack = link_button(
            "导出本场佐证包…", tip="材料、签到表、照片打印稿和目录，打成一个 zip；写出后期次固定",
            on_click=pack,
        )  # fmt: skip
        form.add_widget(_left(self.pack))

    def fill(self, page: SignInPage) -> None:
        """Show the files and what is still required."""
        alive = page.session.status is not SessionStatus.CANCELLED
        self.box.show_files(Owner(page.session.id, None, None), page.files(None), takes=alive)
        self.needs.show_lines(
            [line for line in page.closing.lacking if line.item is ClosingItem.EVIDENCE]
        )

    def field_for(self, item: ClosingItem) -> QWidget | None:
        """The first kind of file that is missing."""
        return self.field_of(None) if item is ClosingItem.EVIDENCE else None

    def field_of(self, kind: EvidenceKind | None) -> QWidget:
        """Where a kind of file is added, or shown when enough are there."""
        return self.needs.button_of(kind) or self.gallery.place_of(kind)

    def _add(self, kind: EvidenceKind) -> None:
        self.box.choose(kind)


class _Needs(QWidget):
    """照片 还差 1 份 · 添加…: a line for each kind of file that is missing. ``wanted(kind)``."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[CheckItem] | None = None
        self._buttons: dict[EvidenceKind, Button] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_lines(self, lines: Sequence[CheckItem]) -> None:
        """Show what is missing; nothing is rebuilt when nothing changed, so focus stays."""
        if lines == self._lines:
            return
        self._lines, self._buttons = lines, {}
        clear_layout(self._column)
        for line in lines:
            if line.evidence is not None:
                self._column.addWidget(self._row(line.evidence, line.lacking))
        self.setVisible(bool(lines))

    def button_of(self, kind: EvidenceKind | None) -> Button | None:
        """The button that adds files of a kind (``None``: of the first that is missing)."""
        if kind is None:
            return next(iter(self._buttons.values()), None)
        return self._buttons.get(kind)

    def _row(self, kind: EvidenceKind, lacking: int) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(ShapeMark("circle", "amber"))
        row.addWidget(label(f"{kind} 还差 {kind.counted(lacking)}"))
        row.addStretch(1)
        button = link_button("添加…", on_click=partial(self.wanted.emit, kind))
        button.setAccessibleName(f"{kind}还差 {kind.counted(lacking)}：添加")
        row.addWidget(button)
        self._buttons[kind] = button
        return holder


def _left(widget: QWidget) -> QWidget:
    """A small widget at the left of its line."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(widget)
    row.addStretch(1)
    return holder
