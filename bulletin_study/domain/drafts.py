"""Words being typed and not saved yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in a field at a moment: ``base`` was stored there when typing began.

    ``target`` names the field (see ``usecases.drafts``).
    """

    target: str
    base: str
    text: str
    at: datetime
