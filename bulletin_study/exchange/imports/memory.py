"""What the user decided about earlier files, so that the next one need not ask again.

Columns mapped by hand are taken again under the same header text. Groups and kinds mapped
by hand only come first among the suggestions: a name can mean another thing next time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from bulletin_study.domain.settings import Setting
from bulletin_study.exchange.tables.columns import HeaderGuess, apply_map
from bulletin_study.exchange.tables.columns.match import header_key
from bulletin_study.exchange.tables.refusals import BadMap
from bulletin_study.usecases.importing import CREATE, ImportKind, StoreRead
from bulletin_study.usecases.ports import UnitOfWork


class Memory:
    """The remembered mappings of one kind of import."""

    def __init__(self, unit: UnitOfWork, kind: ImportKind) -> None:
        self._columns_key = f"import.columns.{kind}"
        self._names_key = f"import.names.{kind}"
        keys = [self._columns_key, self._names_key]
        stored = unit.all(Setting, key=keys)
        self.read = StoreRead(Setting, {"key": keys}, tuple(stored))
        texts = {setting.key: setting.value for setting in stored}
        self.columns: dict[str, str] = json.loads(texts.get(self._columns_key, "{}"))
        self._names: dict[str, dict[str, str]] = json.loads(texts.get(self._names_key, "{}"))

    def names(self, field: str) -> Mapping[str, str]:
        """Name in earlier files → what it was mapped to."""
        return self._names.get(field, {})

    def mapped(self, guess: HeaderGuess) -> HeaderGuess:
        """The guess with the columns remembered from earlier files."""
        known = {header_key(text) for text in guess.texts if text}
        mapping = {text: name for text, name in self.columns.items() if text in known}
        try:
            return apply_map(guess, mapping)
        except BadMap:
            # Two headers of this file once meant the same field: better guess anew.
            return guess

    def learn(
        self,
        guess: HeaderGuess,
        mapping: Mapping[str, str],
        choices: Mapping[tuple[str, str], str],
    ) -> list[Setting]:
        """Settings that remember what was mapped in this file."""
        settings: list[Setting] = []
        asked = {header_key(text) for text in mapping}
        columns = {
            header_key(text): guess.columns.get(place, "")
            for place, text in enumerate(guess.texts)
            if text and header_key(text) in asked
        }
        if columns:
            settings.append(Setting(self._columns_key, _json({**self.columns, **columns})))
        names = {field: dict(known) for field, known in self._names.items()}
        for (field, name), choice in choices.items():
            if choice != CREATE:
                names.setdefault(field, {})[name] = choice
        if names != self._names:
            settings.append(Setting(self._names_key, _json(names)))
        return settings


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
