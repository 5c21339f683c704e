"""The lines of the 补学 ledger: columns, headings, and which of them are asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from bulletin_study.ui.cells import Cell, Column, GroupRow
from bulletin_study.ui.tabs.signin.make_up_words import (
    act_word,
    progress_words,
    state_chip,
)
from bulletin_study.usecases.make_up_list import MakeUpLedger, MakeUpLine, Wanted
from bulletin_study.usecases.titles import day_text, kinds_text

NAME_WIDTH = 124
Groups = list[tuple[GroupRow, list[MakeUpLine]]]


def columns(
    today: Callable[[], date], *, by_person: bool, name_width: int = NAME_WIDTH
) -> tuple[Column[MakeUpLine], ...]:
    """What the heading says is no column. ``today`` is asked when a cell is painted."""
    who = Column("who", "姓名", _who, width=name_width)
    what = Column("what", "场次", _what, width=160)
    return (
        what if by_person else who,
        Column("why", "缺席原因", lambda line: Cell(line.why, wrap=True, tip=line.why), width=108,
               drop=3),
        Column("material", "学习材料", lambda line: _text(line.debt.material), least=84, most=220,
               drop=2, edit="note", value=lambda line: line.debt.material, editable=_still_owed),
        Column("note", "补学心得", _note, least=150, most=900, edit="note",
               value=lambda line: line.debt.note),
        Column("due", "期限", _due, width=86, edit="date", value=lambda line: line.debt.due,
               editable=_still_owed),
        Column("state", "状态", lambda line: _state(line, today()), width=104),
        Column("act", "", lambda line: Cell(button=act_word(line.debt)), width=64, right=True,
               sortable=False),
        Column("go", "", lambda _: Cell(link="打开"), width=52, right=True, sortable=False),
    )  # fmt: skip


def groups_of(ledger: MakeUpLedger, wanted: Wanted, *, by_person: bool) -> Groups:
    """The lines asked for under their headings, which tell of all their lines."""
    groups = _by_person(ledger) if by_person else _by_session(ledger)
    kept = {line.key for line in ledger.only(wanted)}
    shown = [(head, [line for line in own if line.key in kept]) for head, own in groups]
    return [(head, own) for head, own in shown if own]


def _by_session(ledger: MakeUpLedger) -> Groups:
    """The latest session first."""
    found: dict[int, list[MakeUpLine]] = {}
    for line in reversed(ledger.lines):
        found.setdefault(line.session.id, []).insert(0, line)
    return [(_heading(key, _title(lines[0]), lines, ledger.today), lines)
            for key, lines in found.items()]  # fmt: skip


def _by_person(ledger: MakeUpLedger) -> Groups:
    """By 排名; of each person the latest first."""
    found: dict[int, list[MakeUpLine]] = {}
    for line in sorted(ledger.lines, key=lambda line: (line.rank, line.key[1])):
        found.setdefault(line.debt.person_id, []).insert(0, line)
    return [(_heading(key, f"{lines[0].name} {lines[0].group}", lines, ledger.today), lines)
            for key, lines in found.items()]  # fmt: skip


def _heading(key: int, title: str, lines: Sequence[MakeUpLine], today: date) -> GroupRow:
    return GroupRow(key, title, progress_words([line.debt for line in lines], today))


def _title(line: MakeUpLine) -> str:
    session = line.session
    theme = f"《{session.theme}》" if session.theme else ""
    return f"{session.day.year}-{day_text(session.day)} {kinds_text(line.kinds)}{theme}"


def _who(line: MakeUpLine) -> Cell:
    return Cell(line.name, second=line.group, bold=True, sort=line.rank,
                tip=f"{line.name} {line.group}")  # fmt: skip


def _what(line: MakeUpLine) -> Cell:
    session = line.session
    kinds = kinds_text(line.kinds)
    return Cell(f"{session.day:%m-%d} {kinds}", second=session.theme, sort=session.day.isoformat(),
                tip=f"{session.day} {kinds} {session.theme}")  # fmt: skip


def _text(words: str) -> Cell:
    return Cell(words, wrap=True, tip=words)


def _note(line: MakeUpLine) -> Cell:
    if line.debt.note:
        return _text(line.debt.note)
    return Cell("F2 或双击写心得" if line.debt.waits else "", tone="text3", sort="")


def _due(line: MakeUpLine) -> Cell:
    debt = line.debt
    own = "单独定的" if debt.due_by_hand else ""
    tone = "text" if debt.waits else "text3"
    return Cell(f"{debt.due:%m-%d}", second=own, tone=tone, sort=debt.due.isoformat(),
                tip=f"{debt.due}")  # fmt: skip


def _state(line: MakeUpLine, today: date) -> Cell:
    text, tone, shape = state_chip(line.debt, today)
    cleared = line.debt.cleared
    second = f"{cleared:%m-%d} 补完" if cleared and not line.debt.waits else ""
    return Cell(text, chip=True, tone=tone, shape=shape, second=second)


def _still_owed(line: MakeUpLine) -> bool:
    return line.debt.waits
