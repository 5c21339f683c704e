"""会议记录: who led and who noted, the agenda, who said what, what was decided, when it ended."""

from __future__ import annotations

from datetime import time
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from bulletin_study.domain.sessions import ClosingItem
from bulletin_study.ui.forms import FormColumn
from bulletin_study.ui.tabs.signin.roster_rows import person_options
from bulletin_study.ui.tabs.signin.sections import Saver, put_in_head
from bulletin_study.ui.tabs.signin.session_sections import SessionFields
from bulletin_study.ui.tabs.signin.written import Written
from bulletin_study.ui.widgets.clock_field import ClockField
from bulletin_study.ui.widgets.person_combo import PersonCombo
from bulletin_study.ui.widgets.who_field import Who, WhoField
from bulletin_study.ui.widgets.written_note import WrittenNote
from bulletin_study.usecases.drafts import SESSION_TEXTS, session_target
from bulletin_study.usecases.minutes import noted_words
from bulletin_study.usecases.sign_in_page import SignInPage

_HINTS = {
    "agenda": ("一项一行", 2),
    "speeches": ("一人一段：“姓名：说了什么”", 3),
    "decisions": ("定下来的事、谁办、何时办完，一行一条", 2),
}
FROM_WORDS = "从点评和心得生成"


class MinutesSection(SessionFields):
    """Of every session, whatever it holds."""

    def __init__(self, form: FormColumn, saver: Saver, page: SignInPage) -> None:
        super().__init__(saver, page)
        people = person_options(page.on_roster, [page.group_name(p.id) for p in page.on_roster])
        form.add_title("会议记录")
        self.host, self.recorder = WhoField("姓名"), WhoField("姓名")
        self.end = ClockField(required=True)
        for who in (self.host, self.recorder):
            who.set_people(people)
            who.setToolTip("首字母或姓名；名单外的人直接写")
        self._rows["host"], self._rows["recorder"], self._rows["end"] = form.add_side_by_side(
            [("主持人", self.host, self._who("host")), ("记录人", self.recorder,
             self._who("recorder")), ("散会", self.end, self._ended)]
        )  # fmt: skip
        self.texts = {name: self._text(form, name) for name in SESSION_TEXTS}
        speeches = self.texts["speeches"]
        speeches.note.speakers = people
        speeches.note.more.append((FROM_WORDS, self.generate))
        self.speaker = PersonCombo(people, "加一位发言人：首字母或姓名，回车")
        self.speaker.setAccessibleName("加一位发言人")
        self.speaker.setToolTip("在发言要点里另起一行“姓名：”。行首打首字母再打冒号也可以")
        self.speaker.autosave.committed.connect(self._speaker_chosen)
        column = speeches.row.layout()
        if column is not None:
            column.addWidget(self.speaker)
        self.speaker.setHidden(page.session.archived)

    def fill(self, page: SignInPage) -> None:
        """Show them."""
        self.show(page)
        session = page.session
        self.host.set_value((session.host_id, session.host_name))
        self.recorder.set_value((session.recorder_id, session.recorder_name))
        self.end.set_value(session.end)
        self.note_away(self._rows["host"], session.host_id)
        self.note_away(self._rows["recorder"], session.recorder_id)
        for name, written in self.texts.items():
            written.note.set_value(getattr(session, name))
            written.show_offers(page.drafts)

    def field_for(self, item: ClosingItem) -> QWidget | None:
        """Nothing here is asked for by name in a checklist."""
        return None

    def generate(self) -> None:
        """Put what was noted as comments and reflections after what stands there already."""
        written = self.texts["speeches"]
        words = noted_words(self._page, written.note.value())
        if not words:
            written.row.note("点评和心得里没有还没写进来的话。")
            return
        written.row.note("")
        written.note.moveCursor(QTextCursor.MoveOperation.End)
        written.note.add_paragraph(words)
        written.note.autosave.commit()
        written.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _text(self, form: FormColumn, name: str) -> Written:
        hint, lines = _HINTS[name]
        caption = SESSION_TEXTS[name]
        note = WrittenNote(hint, lines=lines)
        target = session_target(self._session.id, name)

        def commit(original: str, edited: str) -> None:
            self.save(written.row, {name: edited}, draft=target)

        written = Written(form, self._saver, caption, note, target, commit,
                          title=f"会议记录 · {caption}")  # fmt: skip
        put_in_head(written.row, end=[written.widen])
        return written

    def _who(self, name: str) -> Any:
        def commit(original: object, edited: Who) -> None:
            self.save(self._rows[name], {f"{name}_id": edited[0], f"{name}_name": edited[1]})

        return commit

    def _ended(self, original: object, edited: time) -> None:
        self.save(self._rows["end"], {"end": edited})

    def _speaker_chosen(self, original: int | None, edited: int | None) -> None:
        if edited is not None:
            self.texts["speeches"].note.add_speaker(self._page.name(edited))
            self.speaker.set_value(None)
