"""The few cell formats that every written sheet is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bulletin_study.usecases.reports import ColumnKind

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

DEFAULT_FONT = "宋体"
_TITLE_FONT = "黑体"
_HEAD_FILL = "#E8ECF2"
_TOTAL_FILL = "#F2F3F5"

_NUMBER_FORMATS = {
    ColumnKind.INTEGER: "0",
    ColumnKind.DECIMAL: "0.##",
    ColumnKind.DATE: "yyyy-mm-dd",
    ColumnKind.TIME: "hh:mm",
    ColumnKind.PERCENT: "0.0%",
    # Text stays text when somebody edits the cell: 001 does not become 1.
    ColumnKind.TEXT: "@",
}
_ALIGNMENTS = {
    ColumnKind.TEXT: "left",
    ColumnKind.DATE: "center",
    ColumnKind.TIME: "center",
}


class Styles:
    """Formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        def made(**properties: Any) -> Format:
            return workbook.add_format(
                {"font_name": DEFAULT_FONT, "font_size": 11, "valign": "vcenter"} | properties
            )

        self.title = made(font_name=_TITLE_FONT, font_size=16, align="center")
        self.subtitle = made(align="left", text_wrap=True)
        self.note = made(align="left", font_size=10)
        self.head = made(bold=True, border=1, align="center", text_wrap=True, bg_color=_HEAD_FILL)
        self._cells = {
            (kind, wrap): made(**_cell(kind), text_wrap=wrap)
            for kind in ColumnKind
            for wrap in (False, True)
        }
        self._totals = {
            kind: made(**_cell(kind), bold=True, bg_color=_TOTAL_FILL) for kind in ColumnKind
        }

    def cell(self, kind: ColumnKind, wrap: bool) -> Format:
        """A cell of the table's body."""
        return self._cells[kind, wrap]

    def total(self, kind: ColumnKind) -> Format:
        """A cell of the total row."""
        return self._totals[kind]


def _cell(kind: ColumnKind) -> dict[str, Any]:
    return {
        "border": 1,
        "num_format": _NUMBER_FORMATS[kind],
        "align": _ALIGNMENTS.get(kind, "right"),
    }
