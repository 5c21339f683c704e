"""Who comments, and what: on a talk, or on the report of a group."""

from __future__ import annotations

from bulletin_study.ui.fields import ChoiceField
from bulletin_study.ui.forms import FormColumn
from bulletin_study.ui.tabs.signin.sections import Saver, put_in_head
from bulletin_study.ui.tabs.signin.written import Written
from bulletin_study.ui.widgets.chip import Chip
from bulletin_study.ui.widgets.written_note import WrittenNote
from bulletin_study.usecases.drafts import comment_target
from bulletin_study.usecases.reflections import save_comment
from bulletin_study.usecases.sign_in_page import SignInPage


class CommentFields:
    """Who comments and what: on a talk, or on the report of a group."""

    def __init__(
        self,
        form: FormColumn,
        saver: Saver,
        page: SignInPage,
        *,
        talk_id: int | None = None,
        group_id: int | None = None,
        caption: str = "领导点评",
        about: str = "",
        lines: int = 3,
    ) -> None:
        self._saver, self._page = saver, page
        self._talk_id, self._group_id = talk_id, group_id
        self.leader = ChoiceField([(p.name, p.id) for p in page.leaders], small=True)
        self.leader.setPlaceholderText("谁点评")
        self.leader.setMinimumWidth(96)
        self.leader.setAccessibleName(f"{caption}：谁点评")
        self.leader.autosave.committed.connect(self._leader_chosen)
        self._chip = Chip()
        self.text = WrittenNote("现场说了什么，记要点即可", lines=lines)
        target = comment_target(page.session.id, talk_id, group_id)
        self.written = Written(form, saver, caption, self.text, target, self._text_edited,
                               title=f"{about}点评" if about else caption)  # fmt: skip
        self.row = self.written.row
        put_in_head(self.row, after=[self.leader], end=[self._chip, self.written.widen])
        if not page.leaders:
            self.row.note("名单里还没有“部领导”，所以选不出谁点评；到“人员”把领导的身份改好。")

    @property
    def missing(self) -> bool:
        """Whether nothing was written yet."""
        return not self.text.value()

    def fill(self, page: SignInPage) -> None:
        """Show the comment."""
        self._page = page
        comment = page.comment_on(talk_id=self._talk_id, group_id=self._group_id)
        words = comment.text if comment else ""
        self.text.set_value(words)
        stored = comment.leader_id if comment else None
        self.leader.set_value(stored if stored is not None else self._usual())
        self._chip.setVisible(bool(words))
        self._chip.set(f"已录 {len(words):,} 字", "green", "check")
        self.written.show_offers(page.drafts)

    def _usual(self) -> int | None:
        """A group's report is commented by its 分管领导; a talk by whom one says."""
        group = self._page.roster.groups.get(self._group_id or 0)
        return group.leader_id if group else None

    def _text_edited(self, original: str, edited: str) -> None:
        self._save(edited, self.leader.value(), self.written.target)

    def _leader_chosen(self, original: int | None, edited: int | None) -> None:
        self._save(self.text.value(), edited)

    def _save(self, text: str, leader_id: int | None, draft: str = "") -> None:
        session_id = self._page.session.id
        self._saver.save(
            lambda unit: save_comment(
                unit, session_id, text, leader_id=leader_id,
                talk_id=self._talk_id, group_id=self._group_id,
            ),
            self.row,
            draft=draft,
        )  # fmt: skip
