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

__all__ = [
    "Bar",
    "Breach",
    "BreachRule",
    "Candidate",
    "GroupProgress",
    "HeadFirst",
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
    "Summary",
    "check",
    "person_bar",
    "plan",
    "progress",
    "turn_of",
]
