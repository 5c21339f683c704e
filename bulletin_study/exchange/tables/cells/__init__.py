"""What people type into cells, read as text, names, dates, times and counts.

Every reader is pure. It takes a cell of any type and returns its value, or raises
``CellProblem`` with the reason in Chinese. Where something had to be guessed the value
comes in a ``Read`` with a note to show beside it.
"""

from bulletin_study.exchange.tables.cells.base import CellProblem, Read, as_lines, as_name, as_text
from bulletin_study.exchange.tables.cells.dates import as_date, as_open_date
from bulletin_study.exchange.tables.cells.numbers import as_count, as_minutes
from bulletin_study.exchange.tables.cells.times import When, as_span, as_time, as_when

__all__ = [
    "CellProblem",
    "Read",
    "When",
    "as_count",
    "as_date",
    "as_lines",
    "as_minutes",
    "as_name",
    "as_open_date",
    "as_span",
    "as_text",
    "as_time",
    "as_when",
]
