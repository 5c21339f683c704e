"""Sessions without talks: theme, form, lead and reflections; a comment for each group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from bulletin_study.domain.sessions import ClosingItem, Form
from bulletin_study.ui.controls import label
from bulletin_study.ui.fields import LineField
from bulletin_study.ui.forms import FormColumn, FormRow
from bulletin_study.ui.tabs.signin import words
from bulletin_study.ui.tabs.signin.comment_fields import CommentFields
from bulletin_study.ui.tabs.signin.reflection_fields import ReflectionFields
from bulletin_study.ui.tabs.signin.roster_rows import person_options
from bulletin_study.ui.tabs.signin.sections import Saver
from bulletin_study.ui.widgets.person_combo import PersonCombo
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.session_fields import edit_fields
from bulletin_study.usecases.sign_in_page import SignInPage

_FORMS = [(str(form), form) for form in Form]
LATER = "重点任务台账和逐条点评在后续版本里做；这里先给每个组室记一条点评。"


class SessionFields:
    """Saves single fields of the session."""

    def __init__(self, saver: Saver, page: SignInPage) -> None:
        self._saver, self._page = saver, page
        self._session = page.session
        self._rows: dict[str, FormRow] = {}

    def show(self, page: SignInPage) -> None:
        """What edits begin from."""
        self._page, self._session = page, page.session

    def note_away(self, row: FormRow, person_id: int | None) -> None:
        """Say under a field that whom it names was not there; it stays as it is."""
        row.note(words.away_note(self._page, person_id))

    def save(self, row: FormRow, values: dict[str, Any], *, draft: str = "") -> None:
        """Save fields as one edit; the next one, before the page is read, begins from it."""
        session = self._session
        before = {name: getattr(session, name) for name in values}
        self._session = replace(session, **values)

        def take_back() -> None:
            self._session = replace(self._session, **before)

        def action(override: bool) -> Callable[[UnitOfWork], object]:
            return lambda unit: edit_fields(unit, session.id, before, values, override=override)

        self._saver.save(action(False), row, draft=draft, failed=take_back,
                         anyway=("仍这样记", action(True)))  # fmt: skip

    def _edit(self, name: str) -> Any:
        def commit(original: object, edited: object) -> None:
            self.save(self._rows[name], {name: edited})

        return commit


class BasicsSection(SessionFields):
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
        self.show(page)
        session = page.session
        self.theme.set_value(session.theme)
        self.form.set_value(session.form)
        self.lead.set_value(session.lead_id)
        self.note_away(self._rows["lead_id"], session.lead_id)
        self.lead_name.set_value(session.lead_name)

    def field_for(self, item: ClosingItem) -> QWidget | None:
        """Theme, form or lead."""
        fields: dict[ClosingItem, QWidget] = {
            ClosingItem.THEME: self.theme, ClosingItem.FORM: self.form,
            ClosingItem.LEAD: self.lead,
        }  # fmt: skip
        return fields.get(item)


class ReflectionsSection:
    """What people said they learned, of a session without talks."""

    def __init__(self, form: FormColumn, saver: Saver, page: SignInPage) -> None:
        self.reflections = ReflectionFields(form, saver, page, None)

    def fill(self, page: SignInPage) -> None:
        """Show it."""
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
