"""The session kinds a file names: known, to be created as the user's own, or waiting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from bulletin_study.domain.sessions import SessionKind
from bulletin_study.exchange.imports.lookup import similar
from bulletin_study.exchange.imports.proposal import Proposal
from bulletin_study.exchange.imports.records import Records
from bulletin_study.exchange.tables.columns import Field
from bulletin_study.usecases.importing import CREATE, UnknownName

KIND_FIELD = Field(
    "kind", "活动类型", ("会议类型", "活动类别", "会议类别", "学习类型", "类型", "类别")
)

_PARTS = re.compile(r"[、，,；;/+＋&\s]+")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_ENDS = re.compile(r"(?:活动|会议)$")


class KindBook:
    """Kinds by name. A cell may name several, parted by 、 / or a comma."""

    def __init__(
        self,
        stored: Sequence[SessionKind],
        choices: Mapping[tuple[str, str], str],
        remembered: Mapping[str, str],
        proposal: Proposal,
    ) -> None:
        self._stored = {kind.name: kind for kind in stored}
        self._kinds = dict(self._stored)
        self._choices = choices
        self._remembered = remembered
        self._proposal = proposal
        self._waiting: Counter[str] = Counter()
        self._read: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def resolve(self, records: Records, at: int, text: str) -> tuple[SessionKind, ...]:
        """The kinds the text names; empty when one is unknown, which is an error."""
        if text not in self._read:
            self._read[text] = self._parse(text)
        names, unknown = self._read[text]
        for part in unknown:
            self._waiting[part] += 1
            hints = self._suggestions(part)
            hint = f"，可改为“{hints[0]}”或新建" if hints else "，可以新建"
            records.remarks.wrong(at, "kind", f"没有“{part}”这种活动{hint}")
        return () if unknown else tuple(self._take(name) for name in names)

    def inside(self, text: str) -> tuple[SessionKind, ...]:
        """The one known kind whose name a title such as 第3期每周一学 contains, if any."""
        found = [kind for name, kind in self._kinds.items() if name in text]
        return (max(found, key=lambda kind: len(kind.name)),) if found else ()

    def finish(self) -> None:
        """Hand the new kinds and the waiting names to the proposal."""
        self._proposal.put(*(k for name, k in self._kinds.items() if name not in self._stored))
        self._proposal.unknown.extend(
            UnknownName("kind", name, rows, self._suggestions(name))
            for name, rows in self._waiting.items()
        )

    def _parse(self, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(known names, unknown parts); a name that itself holds a / is tried whole first."""
        whole = self._meant(text)
        if whole is not None:
            return (whole,), ()
        names: list[str] = []
        unknown: list[str] = []
        for part in (piece.strip() for piece in _PARTS.split(text)):
            name = self._meant(part) if part else None
            if name is not None:
                names.append(name)
            elif part:
                unknown.append(part)
        return tuple(dict.fromkeys(names)), tuple(unknown)

    def _meant(self, text: str) -> str | None:
        choice = self._choices.get(("kind", text))
        if choice == CREATE:
            return text
        bare = _ENDS.sub("", _BRACKETS.sub("", text).strip().strip('“”"'))
        for name in (choice, text, bare):
            if name in self._kinds:
                return name
        within = [name for name in self._kinds if len(bare) >= 3 and bare in name]
        return within[0] if len(within) == 1 else None

    def _take(self, name: str) -> SessionKind:
        kind = self._kinds.get(name)
        if kind is None:
            order = max((k.order for k in self._kinds.values()), default=0) + 1
            kind = SessionKind(self._proposal.ids(), name, order, "自定活动")
            self._kinds[name] = kind
        return kind

    def _suggestions(self, text: str) -> tuple[str, ...]:
        found = similar(text, list(self._stored))
        earlier = self._remembered.get(text)
        if earlier in self._stored:
            found = tuple(dict.fromkeys([str(earlier), *found]))
        return found
