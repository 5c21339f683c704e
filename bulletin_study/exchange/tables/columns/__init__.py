"""Where the header of a sheet is (``headers``), which header text means which field
(``match``), and which rows below it are no records (``noise``).
"""

from bulletin_study.exchange.tables.columns.headers import (
    HeaderGuess,
    also_called,
    apply_map,
    best_sheet,
    find_header,
    is_noise,
)
from bulletin_study.exchange.tables.columns.match import Field

__all__ = [
    "Field",
    "HeaderGuess",
    "also_called",
    "apply_map",
    "best_sheet",
    "find_header",
    "is_noise",
]
