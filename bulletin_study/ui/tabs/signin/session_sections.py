"""Sessions without talks: theme, form, lead and decisions; and a comment for each group."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from bulletin_study.domain.sessions import ClosingItem, Form
from bulletin_study.ui.controls import label
from bulletin_study.ui.fields import LineField, NoteField
from bulletin_study.ui.forms import FormColumn, FormRow
from bulletin_study.ui.tabs.signin.reflection_fields import ReflectionFields
from bulletin_study.ui.tabs.signin.roster_rows import person_options
from bulletin_study.ui.tabs.signin.sections import CommentFields, Saver
from bulletin_study.ui.widgets.person_combo import PersonCombo
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.usecases.session_fields import edit_fields
from bulletin_study.usecases.sign_in_page import SignInPage

_FORMS = [(str(form), form) for form in Form]
LATER = "重点任务台账和逐条点评在后续版本里做；这里先给每个组室记一条点评。"


class _SessionFields:
    """Saves single fields of the session."""

    def __init__(self, saver: Saver, page: SignInPage) -> None:
        self._saver, self._page = saver, page
        self._rows: dict[str, FormRow] = {}

    def _edit(self, name: str) -> Any:
        def commit(original: object, edited: object) -> None:
            session_id = self._page.session.id
            self._saver.save(
                lambda unit: edit_fields(unit, session_id, {name: original}, {name: edited}),
                self._rows[name],
            )

        return commit


class BasicsSection(_SessionFields):
    """Theme, form and who leads."""

    def __init__(self, form: FormColumn, saver: Saver, page: SignInPage) -> None:
        super().__init__(saver, page)
        people = person_options(page.on_roster, [page.group_name(p.id) for p in page.on_roster])
        self.theme = LineField("学什么、议什么")
        self._rows["theme"] = form.add("主题", self.theme, self._edit("theme"))
        self.form = Segmented(_FORMS, fill=True)
        self.lead = PersonCombo(people)
        self.lead_name = LineField("单位和姓名")
        self._rows["form"] = form.add("形式", self.form, self._edit("form"))
        lead, other = form.add_side_by_side(
            [("领学人", self.lead, self._edit("lead_id")),
             ("名单外的领学人", self.lead_name, self._edit("lead_name"))]
        )  # fmt: skip
        self._rows |= {"lead_id": lead, "lead_name": other}

    def fill(self, page: SignInPage) -> None:
        """Show them."""
        self._page = page
        session = page.session
        self.theme.set_value(session.theme)
        self.form.set_value(session.form)
        self.lead.set_value(session.lead_id)
        self.lead_name.set_value(session.lead_name)

    def field_for(self, item: ClosingItem) -> QWidget | None:
        """Theme, form or lead."""
        fields: dict[ClosingItem, QWidget] = {
            ClosingItem.THEME: self.theme, ClosingItem.FORM: self.form,
            ClosingItem.LEAD: self.lead,
        }  # fmt: skip
        return fields.get(item)


class ClosingWordsSection(_SessionFields):
    """What was decided, and what people said they learned, of a session without talks."""

    def __init__(self, form: FormColumn, saver: Saver, page: SignInPage) -> None:
        super().__init__(saver, page)
        self.reflections = ReflectionFields(form, saver, page, None)
        self.decisions = NoteField("一行一条", lines=2)
        self._rows["decisions"] = form.add("议定事项", self.decisions, self._edit("decisions"))

    def fill(self, page: SignInPage) -> None:
        """Show them."""
        self._page = page
        self.decisions.set_value(page.session.decisions)
        self.reflections.fill(page)

    def field_for(self, item: ClosingItem) -> QWidget | None:
        """Nothing here is asked for by a checklist."""
        return None


class GroupCommentsSection:
    """每周一评: one comment for each group."""

    def __init__(self, form: FormColumn, saver: Saver, page: SignInPage) -> None:
        note = label(LATER, "secondary", wrap=True)
        form.add_widget(note)
        self.groups = [
            CommentFields(form, saver, page, group_id=group.id, caption=group.name, lines=2)
            for group in page.roster.groups.values()
        ]

    def fill(self, page: SignInPage) -> None:
        """Show the comments."""
        for group in self.groups:
            group.fill(page)

    def field_for(self, item: ClosingItem) -> QWidget | None:
        """The first group without a comment."""
        if item is not ClosingItem.REPORTS:
            return None
        return next((g.text for g in self.groups if g.missing), None)
