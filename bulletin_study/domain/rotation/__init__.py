"""每周一讲: 组室轮流、一人一讲. Who speaks when, why, and whether what is saved is right."""

from bulletin_study.domain.rotation.board import person_bar
from bulletin_study.domain.rotation.check import check
from bulletin_study.domain.rotation.explain import plan
from bulletin_study.domain.rotation.history import (
    GroupProgress,
    RoundProgress,
    progress,
    turn_of,
)
from bulletin_study.domain.rotation.model import (
    Bar,
    Breach,
    BreachRule,
    Candidate,
    HeadFirst,
    Mended,
    PassedOver,
    PlaceState,
    Plan,
    PlannedPlace,
    Problem,
    Reason,
    Rule,
    Settings,
    Slot,
    Summary,
)
from bulletin_study.domain.rotation.repair import chains, repair, yielding
from bulletin_study.domain.rotation.substitutes import (
    Substitute,
    Substitutes,
    Unfit,
    Way,
    substitutes,
)

__all__ = [
    "Bar",
    "Breach",
    "BreachRule",
    "Candidate",
    "GroupProgress",
    "HeadFirst",
    "Mended",
    "PassedOver",
    "PlaceState",
    "Plan",
    "PlannedPlace",
    "Problem",
    "Reason",
    "RoundProgress",
    "Rule",
    "Settings",
    "Slot",
    "Substitute",
    "Substitutes",
    "Summary",
    "Unfit",
    "Way",
    "chains",
    "check",
    "person_bar",
    "plan",
    "progress",
    "repair",
    "substitutes",
    "turn_of",
    "yielding",
]
