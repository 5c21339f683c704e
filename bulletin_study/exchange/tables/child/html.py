"""The web page that many systems save under the name of an xls."""

from __future__ import annotations

from html.parser import HTMLParser

from bulletin_study.exchange.tables.child.sink import Area, Sink
from bulletin_study.exchange.tables.child.xlsx import chosen
from bulletin_study.exchange.tables.unreadable import Unreadable
from bulletin_study.exchange.tables.wire import Stop

_SILENT = ("script", "style", "title")
_WIDEST = 1_000


class Grid:
    """One table of the page: rows of texts, and its spanned areas."""

    def __init__(self) -> None:
        self.rows: list[dict[int, str]] = []
        self.merges: list[Area] = []
        self._free_from: dict[int, int] = {}

    def place(self, text: str, down: int, across: int) -> None:
        """Put a cell at the next free place of the last row."""
        if not self.rows:
            self.rows.append({})
        top = len(self.rows) - 1
        left = 0
        while self._free_from.get(left, 0) > top:
            left += 1
        if left >= _WIDEST:
            return
        self.rows[top][left] = text
        for column in range(left, left + across):
            self._free_from[column] = top + down
        if down * across > 1:
            self.merges.append((top, left, top + down - 1, left + across - 1))


class Page(HTMLParser):
    """Collects the tables of a page; a table inside a cell is a table of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[Grid] = []
        self._open: list[Grid] = []
        self._cells: list[tuple[Grid, list[str], int, int]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._open.append(Grid())
            self.grids.append(self._open[-1])
        elif not self._open:
            return
        elif tag == "tr":
            self._finish_cell()
            self._open[-1].rows.append({})
        elif tag in ("td", "th"):
            self._finish_cell()
            values = dict(attrs)
            down, across = _span(values.get("rowspan")), _span(values.get("colspan"))
            across = min(across, _WIDEST)
            self._cells.append((self._open[-1], [], down, across))
        elif tag in ("br", "p", "div"):
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in ("td", "th", "tr"):
            self._finish_cell()
        elif tag == "table" and self._open:
            self._finish_cell()
            closed = self._open.pop()
            self._cells = [cell for cell in self._cells if cell[0] is not closed]

    def handle_data(self, data: str) -> None:
        """Text between tags, where line ends are only blanks."""
        self._add(" ".join(data.split("\n")))

    def _add(self, text: str) -> None:
        if self._in_cell() and not self._silent:
            self._cells[-1][1].append(text)

    def _in_cell(self) -> bool:
        return bool(self._cells and self._open) and self._cells[-1][0] is self._open[-1]

    def _finish_cell(self) -> None:
        if self._in_cell():
            grid, pieces, down, across = self._cells.pop()
            lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
            grid.place("\n".join(line for line in lines if line), down, across)


def _span(text: str | None) -> int:
    number = int(text) if text and text.strip().isdecimal() else 1
    return max(number, 1)


def read_html(text: str, sheet: str | None, sink: Sink) -> None:
    """Send each table of a page as a sheet, 表1 and so on. NOT_A_TABLE when there is none."""
    page = Page()
    page.feed(text)
    page.close()
    grids = [grid for grid in page.grids if any(grid.rows)]
    if not grids:
        raise Stop(Unreadable.NOT_A_TABLE, "网页")
    for number, grid in enumerate(grids, 1):
        name = f"表{number}"
        sink.open_sheet(name, False, len(grid.rows))
        if chosen(name, False, sheet):
            for index, row in enumerate(grid.rows):
                width = max(row, default=-1) + 1
                sink.row(index, [row.get(column) for column in range(width)])
        sink.close_sheet(grid.merges)
