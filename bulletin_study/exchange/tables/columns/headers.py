"""Where the header of a sheet is, and which column is which field.

Guesses are shown and can be overruled; they never decide silently between two columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bulletin_study.exchange.tables.columns.match import (
    Field,
    Match,
    header_key,
    match_columns,
    speaks,
)
from bulletin_study.exchange.tables.columns.noise import is_noise_row
from bulletin_study.exchange.tables.refusals import BadMap, MapFault, Unreadable, UnreadableFile
from bulletin_study.exchange.tables.workbook import Cell, Merge, Sheet, Workbook

HEADER_DEPTH = 40
"""Rows from the top among which a header is looked for."""

LEAVE_OUT = frozenset(("", "不导入", "忽略", "-"))


@dataclass(frozen=True, slots=True)
class HeaderGuess:
    """A header row and what its columns are.

    ``row_index`` is the last row of the header, 0-based; data start at the next. ``texts``
    are the header's words as in the file, one for each column ("" where there are none).
    ``columns`` maps column numbers to field names; ``offers`` maps columns that might be a
    field but are not taken for it; ``doubles`` maps columns that say the same as one already
    taken.
    """

    row_index: int
    columns: Mapping[int, str]
    texts: tuple[str, ...]
    fields: tuple[Field, ...]
    offers: Mapping[int, str]
    doubles: Mapping[int, str]
    score: int = field(default=0, compare=False)

    @property
    def missing(self) -> tuple[Field, ...]:
        """Required fields that no column was found for."""
        found = set(self.columns.values())
        return tuple(each for each in self.fields if each.required and each.name not in found)

    def cell(self, row: Sequence[Cell], name: str) -> Cell:
        """The cell of field ``name`` in ``row``, ``None`` when it has no column."""
        for column, known in self.columns.items():
            if known == name:
                return row[column] if column < len(row) else None
        return None


def also_called(fields: Sequence[Field], mapping: Mapping[str, str]) -> tuple[Field, ...]:
    """The fields, known by the header texts of a mapping (header text → field) too.

    With a mapping given by hand, or remembered, a header can be found that says nothing else.
    """
    texts: dict[str, list[str]] = {}
    for text, wanted in mapping.items():
        texts.setdefault(header_key(wanted), []).append(text)
    return tuple(
        replace(
            each,
            aliases=(
                *each.aliases,
                *texts.get(header_key(each.title), ()),
                *texts.get(header_key(each.name), ()),
            ),
        )
        for each in fields
    )


def find_header(sheet: Sheet, fields: Sequence[Field]) -> HeaderGuess | None:
    """The row (or two rows) of the sheet's beginning that names most of the fields.

    ``None`` when no row names a required field (or, without required ones, two fields).
    """
    best: HeaderGuess | None = None
    depth = min(len(sheet.rows), HEADER_DEPTH)
    for index in range(depth):
        for texts, last in _candidates(sheet, index, fields):
            match = match_columns(texts, fields)
            if not match.good_enough(fields, sum(1 for text in texts if text)):
                continue
            if best is None or match.score > best.score:
                best = _guess(last, texts, tuple(fields), match)
    return best


def _guess(last: int, texts: Sequence[str], fields: tuple[Field, ...], match: Match) -> HeaderGuess:
    return HeaderGuess(
        last, match.columns, tuple(texts), fields, match.offers, match.doubles, match.score
    )


def _candidates(sheet: Sheet, index: int, fields: Sequence[Field]) -> list[tuple[list[str], int]]:
    """The header texts if the header ended at this row, or at the next with this one above."""
    found = []
    upper = _texts(sheet.rows[index])
    lower = _texts(sheet.rows[index + 1]) if index + 1 < len(sheet.rows) else []
    if any(upper) and not _goes_on(upper, lower) and not _under_group(sheet, index, fields):
        found.append((upper, index))
    wide = _partial(sheet, index, lower)
    if any(upper) and (wide or _fills_gaps(upper, lower)):
        found.append((_joined(upper, lower, wide, fields), index + 1))
    return found


def _goes_on(upper: list[str], lower: list[str]) -> bool:
    """Whether the row below says the same again: names merged over both rows of a header."""
    return sum(bool(up) and up == low for up, low in zip(upper, lower, strict=False)) >= 2


def _partial(sheet: Sheet, index: int, lower: list[str]) -> list[Merge]:
    """Merged areas of a row that stand over some of the names below, as a title does not."""
    filled = [column for column, text in enumerate(lower) if text]
    return [
        area
        for area in sheet.wide
        if area.top <= index <= area.bottom
        and 2 <= sum(area.left <= column <= area.right for column in filled) <= len(filled) / 2
    ]


def _under_group(sheet: Sheet, index: int, fields: Sequence[Field]) -> bool:
    """Whether a field's name stands over several columns of this row: 帮带人 over 姓名, 工号.

    Then the names of this row alone would mislead.
    """
    if index == 0:
        return False
    above = _texts(sheet.rows[index - 1])
    areas = _partial(sheet, index - 1, _texts(sheet.rows[index]))
    return any(above[area.left] and speaks(above[area.left], fields) for area in areas)


def _fills_gaps(upper: list[str], lower: list[str]) -> bool:
    """Whether two rows look like one header cut in two, where merged areas are not known."""
    pairs = list(zip(upper, lower, strict=False))
    return any(low and not up for up, low in pairs) and any(up and not low for up, low in pairs)


def _joined(
    upper: list[str], lower: list[str], wide: list[Merge], fields: Sequence[Field]
) -> list[str]:
    """Column names of two rows. The upper one counts where it names a field, or alone."""
    above = list(upper)
    for area in wide:
        for column in range(area.left + 1, min(area.right + 1, len(above))):
            above[column] = above[area.left]
    if not wide:
        for column in range(1, len(above)):
            if not above[column] and lower[column] and lower[column - 1]:
                above[column] = above[column - 1]
    texts = []
    for own, up, low in zip(upper, above, lower, strict=True):
        if not low:
            texts.append(own)
        elif up and header_key(up) != header_key(low) and speaks(up, fields):
            texts.append(f"{up} {low}")
        else:
            texts.append(low)
    return texts


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.strip() if isinstance(cell, str) else "" for cell in row]


def is_noise(row: Sequence[Cell], guess: HeaderGuess) -> bool:
    """Whether a row below the header is no record: blank, the header repeated, a section
    title, a total, a note or a signature line at the foot, a numbered line left empty."""
    return is_noise_row(row, guess.columns, guess.texts, guess.fields)


def best_sheet(
    workbook: Workbook, fields: Sequence[Field], name: str | None = None
) -> tuple[Sheet, HeaderGuess]:
    """The first of the visible sheets with the best header, or the one called ``name``.

    A hidden sheet called by its name is read from the file now. Raises ``UnreadableFile``
    with NO_SHEET, NO_ROWS or NO_HEADER.
    """
    file_name = workbook.file_name
    if name is None:
        sheets = [sheet for sheet in workbook.sheets if not sheet.hidden]
    else:
        named = workbook.sheet(name)
        if named is None:
            names = "、".join(sheet.name for sheet in workbook.sheets)
            raise UnreadableFile(file_name, Unreadable.NO_SHEET, names)
        sheets = [named]
    if not any(sheet.rows for sheet in sheets):
        raise UnreadableFile(file_name, Unreadable.NO_ROWS)
    best: tuple[Sheet, HeaderGuess] | None = None
    for sheet in sheets:
        guess = find_header(sheet, fields)
        if guess is not None and (best is None or guess.score > best[1].score):
            best = sheet, guess
    if best is None:
        wanted = [each.title for each in fields if each.required] or [
            each.title for each in fields[:3]
        ]
        raise UnreadableFile(file_name, Unreadable.NO_HEADER, "、".join(wanted))
    return best


def apply_map(guess: HeaderGuess, mapping: Mapping[str, str]) -> HeaderGuess:
    """The guess overruled by hand: header text (or 第N列) → field title or name.

    "" (or 不导入) as field leaves the column out. A field mapped by hand is taken away from
    the column that was guessed for it. Raises ``BadMap``.
    """
    columns = dict(guess.columns)
    chosen: dict[str, int] = {}
    for text, wanted in mapping.items():
        column = _column(guess, text, wanted)
        if wanted.strip() in LEAVE_OUT:
            columns.pop(column, None)
            continue
        name = _field(guess, text, wanted)
        if chosen.get(name, column) != column:
            raise BadMap(MapFault.TWICE, text, wanted)
        chosen[name] = column
        columns = {c: known for c, known in columns.items() if known != name}
        columns[column] = name
    taken = dict(sorted(columns.items()))
    return replace(
        guess,
        columns=taken,
        offers={c: name for c, name in guess.offers.items() if c not in taken},
        doubles={c: name for c, name in guess.doubles.items() if c not in taken},
    )


def _column(guess: HeaderGuess, text: str, wanted: str) -> int:
    key = header_key(text)
    for column, known in enumerate(guess.texts):
        if known and header_key(known) == key:
            return column
    number = key.removeprefix("第").removesuffix("列")
    if key != number and number.isdecimal() and 1 <= int(number) <= len(guess.texts):
        return int(number) - 1
    raise BadMap(MapFault.NO_COLUMN, text, wanted, tuple(filter(None, guess.texts)))


def _field(guess: HeaderGuess, text: str, wanted: str) -> str:
    key = header_key(wanted)
    for each in guess.fields:
        if key in (header_key(each.title), header_key(each.name)):
            return each.name
    for each in guess.fields:
        if key in map(header_key, each.aliases):
            return each.name
    raise BadMap(MapFault.NO_FIELD, text, wanted, tuple(each.title for each in guess.fields))
