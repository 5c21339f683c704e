"""Who says what they learned, and what they said: as many people as one likes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from bulletin_study.domain.closing import REFLECTIONS_PER_TALK
from bulletin_study.domain.sessions import Talk
from bulletin_study.ui.controls import link_button
from bulletin_study.ui.forms import FormColumn
from bulletin_study.ui.tabs.signin.one_reflection import OneReflection
from bulletin_study.ui.tabs.signin.roster_rows import person_options
from bulletin_study.ui.tabs.signin.sections import Saver, put_in_head
from bulletin_study.ui.tabs.signin.texts_dialog import TextsDialog
from bulletin_study.ui.tabs.signin.written import TEXT_FILES
from bulletin_study.ui.widgets.person_combo import PersonCombo
from bulletin_study.usecases.duties import draw_duties
from bulletin_study.usecases.reflections import ask_reflections
from bulletin_study.usecases.sign_in_notes import chasing_text
from bulletin_study.usecases.sign_in_page import SignInPage


class ReflectionFields:
    """The reflections on one talk (``talk`` ``None``: on the session)."""

    def __init__(
        self, form: FormColumn, saver: Saver, page: SignInPage, talk: Talk | None
    ) -> None:
        self._form, self._saver, self._page = form, saver, page
        self._talk_id = talk.id if talk else None
        self._place = talk.place if talk else 0
        people = page.listeners(talk)
        options = person_options(people, [page.group_name(p.id) for p in people])
        needed = f"要 {REFLECTIONS_PER_TALK} 人" if talk else "有就记"
        asked = {said.person_id for said in page.said(self._talk_id)}
        lacking = talk is not None and len(asked) < REFLECTIONS_PER_TALK
        may_draw = lacking and not page.session.archived
        drawing = ("抽点评和发言人 Alt+C", self.draw) if may_draw else None
        form.add_title("感想、心得、体会", needed, drawing)
        self.rows = [
            OneReflection(form, saver, page, said, options, self.take_files)
            for said in page.said(self._talk_id)
        ]
        self.add = PersonCombo(options, "首字母或姓名，回车加一人")
        self.add_row = form.add("指定发言人", self.add, self._asked)
        self.chase = link_button("复制催办", tip="复制这一讲的催办，可以发到工作群" if talk else
                                 "复制催办，可以发到工作群", on_click=self._chase)  # fmt: skip
        self.from_files = link_button(
            "从文件导入…", tip="一次选几份材料，按文件名里的姓名对上人", on_click=self.choose_files
        )
        put_in_head(self.add_row, end=[self.chase, self.from_files])
        self.add_row.setHidden(page.session.archived)

    def fill(self, page: SignInPage) -> None:
        """Show what was said."""
        self._page = page
        self.add.set_value(None)
        self.chase.setVisible(bool(chasing_text(page, self._place)))
        for row, said in zip(self.rows, page.said(self._talk_id), strict=True):
            row.fill(page, said)

    def first_missing(self) -> QWidget:
        """The first person without a word, else the field that names another."""
        return next((row.text for row in self.rows if not row.text.value()), self.add)

    def draw(self) -> None:
        """Draw the commenting leader and the people who are still missing (Alt+C)."""
        talk_id = self._talk_id
        if talk_id is None or self._page.session.archived:
            return
        comment = self._page.comment_on(talk_id=talk_id)
        named = comment is not None and comment.leader_id is not None
        if named and len(self.rows) >= REFLECTIONS_PER_TALK:
            self.add_row.note("这一讲谁点评、谁发言都定了；要换，点“换人”。")
        else:
            self._saver.save(lambda unit: draw_duties(unit, talk_id), self.add_row)

    def choose_files(self) -> None:
        """Ask for files with people's names and show what they would change."""
        paths = self._saver.choose_files("导入感想、心得、体会", TEXT_FILES)
        if paths:
            self.take_files(paths)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Show whose files these are before anything is saved."""
        session_id, saver = self._page.session.id, self._saver
        TextsDialog(saver.runner, saver.files, paths, session_id, self._talk_id, self._form).open()

    def _chase(self) -> None:
        self._saver.copy(chasing_text(self._page, self._place))
        self._saver.said("已复制催办的话，可以粘贴到工作群")

    def _asked(self, original: int | None, edited: int | None) -> None:
        if edited is not None:
            session_id = self._page.session.id
            self._saver.save(
                lambda unit: ask_reflections(unit, session_id, [edited], talk_id=self._talk_id),
                self.add_row,
            )
