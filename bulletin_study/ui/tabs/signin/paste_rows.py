"""What 粘贴名单 shows: each name with whom it means, its mark, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bulletin_study.domain.attendance import Mark
from bulletin_study.domain.people import Person
from bulletin_study.ui.cells import Cell, Column, GroupRow
from bulletin_study.ui.tabs.signin.roster_rows import person_options
from bulletin_study.ui.widgets.person_combo import PersonCombo
from bulletin_study.ui.widgets.roster_layout import MARKS
from bulletin_study.usecases.name_list.matching import (
    TO_MEND,
    LineState,
    ListedLine,
    ListPreview,
)
from bulletin_study.usecases.sign_in_list import SignIn

_LOOKS = {
    LineState.UNKNOWN: ("red", "diamond"),
    LineState.AMBIGUOUS: ("amber", "triangle"),
    LineState.WRONG: ("red", "diamond"),
    LineState.CHANGED: ("amber", "triangle"),
    LineState.NEW: ("green", "check"),
    LineState.SAME: ("text2", ""),
    LineState.REPEATED: ("text2", ""),
    LineState.LEFT: ("text2", "cross"),
}
_PARTS: Sequence[tuple[str, frozenset[LineState]]] = (
    ("要你来定", TO_MEND),
    ("会改已有的", frozenset({LineState.CHANGED})),
    ("新标", frozenset({LineState.NEW})),
    ("不记", frozenset({LineState.LEFT})),
    ("没有变化", frozenset({LineState.SAME, LineState.REPEATED})),
)
_TONES = {mark: tone for mark, _, tone in MARKS}
_MOST_NOTES = 4

GroupName = Callable[[Person], str]


def parts_of(preview: ListPreview) -> list[tuple[GroupRow, list[ListedLine]]]:
    """The names under headings, what needs a decision first."""
    found = []
    for title, states in _PARTS:
        lines = [line for line in preview.lines if line.state in states]
        if lines:
            found.append((GroupRow(title, title, f"{len(lines)} 人"), lines))
    return found


def summary_words(preview: ListPreview) -> str:
    """How much was understood, and what the list would do."""
    if not preview.lines:
        return "还没有认出名字。把接龙或名单粘贴到左边，一行一个或一行几个都行。"
    new, changed = preview.count(LineState.NEW), preview.count(LineState.CHANGED)
    told = [f"新标 {new} 人"] if new else []
    told += [f"改 {changed} 人"] if changed else []
    same = preview.count(LineState.SAME)
    told += [f"{same} 人不变"] if same else []
    open_ones = sum(line.state in TO_MEND for line in preview.lines)
    told += [f"{open_ones} 个要你来定（没定的不记）"] if open_ones else []
    return "，".join(told) + "。" if told else "没有要记的。"


def notes_words(preview: ListPreview) -> str:
    """The lines that are no names, so that nothing is dropped unseen."""
    if not preview.notes:
        return ""
    told = "；".join(text[:16] for _, text in preview.notes[:_MOST_NOTES])
    more = " 等" if len(preview.notes) > _MOST_NOTES else ""
    return f"有 {len(preview.notes)} 行不是名字，没有用：{told}{more}"


def columns(sign_in: Callable[[], SignIn | None]) -> list[Column[ListedLine]]:
    """The columns; groups and people come from the sign-in then shown."""

    def group(person: Person) -> str:
        page = sign_in()
        if page is None:
            return ""
        group_id = page.roster.group_on(person.id, page.session.day)
        found = page.roster.groups.get(group_id or 0)
        return found.name if found else str(person.role)

    def combo(line: ListedLine) -> PersonCombo:
        page = sign_in()
        likely = list(line.candidates)
        taken = {person.id for person in likely}
        others = page.roster.on(page.session.day) if page else []
        people = [*likely, *(p for p in others if p.id not in taken)]
        return PersonCombo(person_options(people, [group(p) for p in people]))

    return [
        Column("text", "名单上写的", _text, least=120, most=900, sortable=False),
        Column("who", "记到", lambda line: _who(line, group), width=148, edit=combo,
               value=lambda line: line.person.id if line.person else None, sortable=False),
        Column("mark", "状态", _mark, width=88, edit="choice", sortable=False,
               choices=lambda _: [(mark, Mark(mark)) for mark, _, _ in MARKS],
               value=lambda line: line.mark),
        Column("state", "会怎样", _state, width=172, sortable=False),
    ]  # fmt: skip


def _text(line: ListedLine) -> Cell:
    text = line.entry.text
    return Cell(line.written, second=f"第 {line.entry.line} 行：{text}", tip=text)


def _who(line: ListedLine, group: GroupName) -> Cell:
    if line.person is not None:
        return Cell(line.person.name, second=group(line.person))
    if line.state is LineState.AMBIGUOUS:
        where = "、".join(group(person) for person in line.candidates)
        return Cell("选一位", second=where, tone="amber", tip=f"{where}；按回车选")
    if not line.candidates:
        return Cell("没找到", tone="red", tip="按回车选人")
    likely, tip = line.candidates[0].name, "点“采用”就记到这位，或按回车选别人"
    return Cell(likely, second="像是", tone="amber", button="采用", tip=tip)


def _mark(line: ListedLine) -> Cell:
    return Cell(str(line.mark), second=line.reason, tone=_TONES.get(line.mark, "text2"),
                tip=line.reason)  # fmt: skip


def _state(line: ListedLine) -> Cell:
    tone, shape = _LOOKS[line.state]
    button = {LineState.CHANGED: "不改", LineState.LEFT: "照记"}.get(line.state, "")
    return Cell(str(line.state), second=line.note, tone=tone, shape=shape, button=button,
                tip="空格键也可以" if button else line.note)  # fmt: skip
