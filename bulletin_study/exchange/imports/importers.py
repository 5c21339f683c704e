"""From a file to the preview of what it would change."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bulletin_study.exchange.imports import compare
from bulletin_study.exchange.imports.absences import ABSENCE_FIELDS
from bulletin_study.exchange.imports.attendance import ATTENDANCE_FIELDS
from bulletin_study.exchange.imports.compare import StoreReader
from bulletin_study.exchange.imports.memory import Memory
from bulletin_study.exchange.imports.proposal import Proposal
from bulletin_study.exchange.imports.records import Records
from bulletin_study.exchange.imports.roster.words import ROSTER_FIELDS
from bulletin_study.exchange.imports.sessions.lines import SESSION_FIELDS
from bulletin_study.exchange.imports.sessions.plan import PLAN_FIELDS
from bulletin_study.exchange.tables.columns import (
    Field,
    HeaderGuess,
    also_called,
    apply_map,
    best_sheet,
)
from bulletin_study.exchange.tables.workbook import Cancel, Progress, Sheet, Workbook, read_workbook
from bulletin_study.exchange.writing.atomic import stop_if
from bulletin_study.usecases.importing import (
    IMPORT_TITLES,
    NO_OPTIONS,
    FieldChoice,
    ImportColumn,
    ImportKind,
    ImportOptions,
    ImportPreview,
    RowState,
    SheetChoice,
)
from bulletin_study.usecases.ports import UnitOfWork

FIELDS: Mapping[ImportKind, tuple[Field, ...]] = {
    ImportKind.ROSTER: ROSTER_FIELDS,
    ImportKind.ABSENCES: ABSENCE_FIELDS,
    ImportKind.PLAN: PLAN_FIELDS,
    ImportKind.SESSIONS: SESSION_FIELDS,
    ImportKind.ATTENDANCE: ATTENDANCE_FIELDS,
}

_PROPOSE: Mapping[
    ImportKind, Callable[[UnitOfWork, StoreReader, Records, ImportOptions, Memory], Proposal]
] = {
    ImportKind.ROSTER: compare.roster_proposal,
    ImportKind.ABSENCES: compare.absences_proposal,
    ImportKind.PLAN: compare.plan_proposal,
    ImportKind.SESSIONS: compare.sessions_proposal,
    ImportKind.ATTENDANCE: compare.attendance_proposal,
}


def preview(
    unit: UnitOfWork,
    kind: ImportKind,
    source: Path | Workbook,
    *,
    sheet: str | None = None,
    options: ImportOptions = NO_OPTIONS,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> ImportPreview:
    """What importing the file would change, row by row; nothing is written.

    ``source`` may be a workbook read before, so that changing the mapping or fixing a cell
    does not read the file again. Raises ``FileRefused`` (unreadable, no such sheet, no
    header), ``BadMap`` and ``Cancelled``; for a sign-in list ``Missing`` (no session given),
    ``NotFound`` and ``WrongStatus`` (cancelled).
    """
    if isinstance(source, Workbook):
        workbook = source
    else:
        workbook = read_workbook(source, sheet=sheet, progress=progress, cancel=cancel)
    with _uncollected():
        return _preview(unit, kind, workbook, sheet, options, cancel)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector, which would walk the many small values that all stay
    again and again: a third of the time of a large file."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _preview(
    unit: UnitOfWork,
    kind: ImportKind,
    workbook: Workbook,
    sheet: str | None,
    options: ImportOptions,
    cancel: Cancel | None,
) -> ImportPreview:
    memory = Memory(unit, kind)
    fields = also_called(FIELDS[kind], {**memory.columns, **(options.mapping or {})})
    chosen, guess = best_sheet(workbook, fields, sheet)
    guess = memory.mapped(guess)
    if options.mapping:
        guess = apply_map(guess, options.mapping)
    stop_if(cancel)
    records = Records(chosen, guess, options.fixes or {}, unit.services.clock.today().year)
    stop_if(cancel)
    reader = StoreReader(unit)
    proposal = _PROPOSE[kind](unit, reader, records, options, memory)
    stop_if(cancel)
    rows = records.rows()
    learned = memory.learn(guess, options.mapping or {}, options.choices or {})
    counts = Counter(row.state for row in rows)
    usable = len(rows) > counts[RowState.WRONG]
    return ImportPreview(
        kind=kind,
        file_name=workbook.file_name,
        sheet=chosen.name,
        sheets=tuple(SheetChoice(each.name, each.hidden) for each in workbook.sheets),
        header_row=guess.row_index + 1,
        columns=_columns(guess),
        fields=tuple(FieldChoice(f.name, f.title, f.required) for f in guess.fields),
        rows=rows,
        new=counts[RowState.NEW],
        changed=counts[RowState.CHANGED],
        same=counts[RowState.SAME],
        wrong=counts[RowState.WRONG],
        label=_label(kind, workbook.file_name, proposal.about, counts),
        unknown=tuple(proposal.unknown),
        notes=_notes(chosen, guess, proposal),
        puts=(*proposal.puts, *learned) if usable else (),
        removes=tuple(proposal.removes),
        reads=(memory.read, *reader.reads),
    )


def _columns(guess: HeaderGuess) -> tuple[ImportColumn, ...]:
    return tuple(
        ImportColumn(
            text,
            guess.columns.get(place, ""),
            guess.offers.get(place, ""),
            guess.doubles.get(place, ""),
        )
        for place, text in enumerate(guess.texts)
    )


def _notes(sheet: Sheet, guess: HeaderGuess, proposal: Proposal) -> tuple[str, ...]:
    """What holds for the file as a whole."""
    titles = {field.name: field.title for field in guess.fields}
    notes = [f"没有找到“{field.title}”这一列，请指定" for field in guess.missing]
    notes += [
        f"“{guess.texts[place]}”可能是“{titles[name]}”，没有当作它；要用请指定"
        for place, name in guess.offers.items()
    ]
    notes += [
        f"“{guess.texts[place]}”也像“{titles[name]}”，用的是前面那一列"
        for place, name in guess.doubles.items()
    ]
    if sheet.stray:
        notes.append(f"离表格很远的地方还有 {sheet.stray} 个格子，没有读")
    return (*notes, *proposal.notes)


def _label(kind: ImportKind, file_name: str, about: str, counts: Mapping[RowState, int]) -> str:
    parts = [
        f"{word} {counts[state]} 行"
        for state, word in ((RowState.NEW, "新增"), (RowState.CHANGED, "更新"))
        if counts[state]
    ]
    where = f"（{about}）" if about else ""
    return f"导入{IMPORT_TITLES[kind]}“{file_name}”{where}：{'，'.join(parts) or '没有变化'}"
