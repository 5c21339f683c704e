"""Everything one person has spoken about here: how often, when last, what is ahead."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bulletin_study.ui.controls import clear_layout, label, link_button
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.soon import Soon
from bulletin_study.usecases.person_talks import PersonTalk, TalkRecord, load_record
from bulletin_study.usecases.talk_page import TalkLine
from bulletin_study.usecases.titles import day_text

_AT_FIRST, _TITLE = 3, 14
"""Talks shown at first; characters of a title that fit beside the date."""


class Record(QWidget):
    """Opened by its button for the speaker shown; ``place_wanted`` when a talk was clicked."""

    place_wanted = Signal(int, int)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._person: int | None = None
        self._record: TalkRecord | None = None
        self._whole = False
        self._wait = Soon(self, self._ask)
        self.title = label("", "title", wrap=True)
        self.summary = label("", "secondary", wrap=True)
        self.more = link_button("", on_click=self._toggle)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.summary)
        column.addLayout(self._rows)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    @property
    def text(self) -> str:
        """Everything it says."""
        rows = []
        for at in range(self._rows.count()):
            item = self._rows.itemAt(at)
            widget = item.widget() if item is not None else None
            rows.append(widget.accessibleName() if widget is not None else "")
        return "\n".join([self.title.text(), self.summary.text(), *rows])

    def show_line(self, line: TalkLine) -> None:
        """Read the record of whoever speaks at a place."""
        talk = line.row.talk
        person_id = talk.speaker_id if talk is not None else None
        if person_id != self._person:
            self._person, self._record, self._whole = person_id, None, False
            self.hide()
        if person_id is not None:
            self._wait.start()

    def _ask(self) -> None:
        if self._person is not None:
            self._runner.read(partial(load_record, person_id=self._person), self._show)

    def _show(self, record: TalkRecord) -> None:
        if record.person_id == self._person and record != self._record:
            self._record = record
            self._fill()
            self.show()

    def _toggle(self) -> None:
        self._whole = not self._whole
        self._fill()

    def _fill(self) -> None:
        record = self._record
        if record is None:
            return
        self.title.setText(f"{record.name}的讲课记录")
        spoken = f"讲过 {sum(_own(t, record) for t in record.held)} 次"
        last = f"，上次 {record.last:%Y-%m-%d}" if record.last else ""
        ahead = f"；还排着 {len(record.ahead)} 次" if record.ahead else ""
        self.summary.setText(f"{spoken}{last}{ahead}")
        clear_layout(self._rows)
        talks = [*record.ahead, *record.held]
        for one in talks if self._whole else talks[:_AT_FIRST]:
            self._rows.addWidget(self._row(one))
        hidden = len(talks) - _AT_FIRST
        self.more.set_caption("收起" if self._whole else f"看全部 {len(talks)} 次")
        self.more.setVisible(hidden > 0)

    def _row(self, one: PersonTalk) -> QWidget:
        row = one.row
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(0)
        day = day_text(row.day) if self._this_year(row.day.year) else f"{row.day:%Y-%m-%d}"
        title = row.title or "题目待报"
        short = f"{title[:_TITLE]}…" if len(title) > _TITLE else title
        words = f"{day}　{short}"
        link = link_button(words, on_click=partial(self.place_wanted.emit, row.session.id,
                                                   row.place))  # fmt: skip
        column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        if one.told:
            column.addWidget(label(one.told, "secondary", wrap=True))
        holder.setAccessibleName(f"{day} {title} {one.told}".strip())
        holder.setToolTip(title)
        return holder

    def _this_year(self, year: int) -> bool:
        return year == self._runner.office.services.clock.today().year


def _own(one: PersonTalk, record: TalkRecord) -> bool:
    talk = one.row.talk
    return talk is not None and talk.speaker_id == record.person_id
