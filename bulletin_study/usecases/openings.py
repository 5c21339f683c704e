"""期初场次: what an office had held in a year before it began with this program."""

from __future__ import annotations

from bulletin_study.domain.errors import BadValue
from bulletin_study.domain.sessions import OpeningFigure, SessionKind
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.loading import load_kinds
from bulletin_study.usecases.ports import UnitOfWork, require

MOST = 999


def opening_rows(unit: UnitOfWork, year: int) -> list[tuple[SessionKind, int]]:
    """Every kind in its order with its opening figure of the year (0: none)."""
    known = {f.kind_id: f.count for f in unit.all(OpeningFigure, year=year)}
    return [(kind, known.get(kind.id, 0)) for kind in load_kinds(unit).values()]


def set_opening(unit: UnitOfWork, kind_id: int, year: int, count: int) -> Committed:
    """Set a kind's opening figure; 0 takes it away. Raises ``BadValue`` outside 0–999."""
    kind = require(unit, SessionKind, "活动类型", kind_id)
    if not 0 <= count <= MOST:
        raise BadValue("期初场次", str(count), f"0 到 {MOST} 之间的整数")
    stored = unit.get(OpeningFigure, kind_id, year)
    if count:
        unit.put(OpeningFigure(kind_id, year, count))
    elif stored is not None:
        unit.remove(stored)
    return unit.commit(f"{year}年{kind.name}期初场次改为 {count}")
