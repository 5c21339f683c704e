"""Sessions without talks: theme, form, lead and reflections; a comment for each group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from bulletin_study.domain.sessions import ClosingItem, Form
from bulletin_study.ui.cell_editors import as_editor
from bulletin_study.ui.controls import label
from bulletin_study.ui.fields import Editor, LineField
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

_FIELD_OF = {ClosingItem.THEME: "theme", ClosingItem.FORM: "form", ClosingItem.LEAD: "lead_id"}
_FORMS = [(str(form), form) for form in Form]
_ABOUT_GROUPS = "一个组室一条点评，写下就存；都有了，这一项就齐了。"


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
    """Theme; form and who leads where the checklist asks for them, or one is noted."""

    def __init__(self, form: FormColumn, saver: Saver, page: SignInPage) -> None:
        super().__init__(saver, page)
        session = page.session
        self._editors: dict[str, Editor] = {}
        self._add(form, "theme", "主题", LineField("学什么、议什么"))
        if page.requires(ClosingItem.FORM) or session.form is not None:
            self._add(form, "form", "形式", Segmented(_FORMS, fill=True))
        if page.requires(ClosingItem.LEAD) or session.lead_id or session.lead_name:
            self._add_lead(form, page)

    def fill(self, page: SignInPage) -> None:
        """Show them."""
        self.show(page)
        for name, editor in self._editors.items():
            editor.set_value(getattr(page.session, name))
        if "lead_id" in self._rows:
            self.note_away(self._rows["lead_id"], page.session.lead_id)

    def field_for(self, item: ClosingItem) -> QWidget | None:
        """Theme, form or lead."""
        return cast(QWidget | None, self._editors.get(_FIELD_OF.get(item, "")))

    def _add(self, form: FormColumn, name: str, caption: str, editor: QWidget) -> None:
        self._editors[name] = as_editor(editor)
        self._rows[name] = form.add(caption, editor, self._edit(name))

    def _add_lead(self, form: FormColumn, page: SignInPage) -> None:
        people = person_options(page.on_roster, [page.group_name(p.id) for p in page.on_roster])
        fields: dict[str, tuple[str, QWidget]] = {
            "lead_id": ("领学人", PersonCombo(people)),
            "lead_name": ("名单外的领学人", LineField("单位和姓名")),
        }
        rows = form.add_side_by_side(
            [(caption, editor, self._edit(name)) for name, (caption, editor) in fields.items()]
        )
        self._editors |= {name: as_editor(editor) for name, (_, editor) in fields.items()}
        self._rows |= dict(zip(fields, rows, strict=True))


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
        note = label(_ABOUT_GROUPS, "secondary", wrap=True)
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
