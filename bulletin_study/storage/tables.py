"""Every table. Columns follow the dataclasses; here stand keys, links, checks and indexes.

Links are checked at commit and never cascade: what is removed is removed by name, so that
the operation log sees it.
"""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

from bulletin_study.domain.attendance import Attendance
from bulletin_study.domain.calendar import HolidayDay
from bulletin_study.domain.evidence import Evidence
from bulletin_study.domain.make_ups import MakeUp
from bulletin_study.domain.people import (
    AbPair,
    Absence,
    Group,
    Membership,
    MentorPair,
    Person,
)
from bulletin_study.domain.sessions import (
    Comment,
    OpeningFigure,
    Reflection,
    Series,
    SessionKind,
    SessionKindLink,
    StudyPlanItem,
    StudySession,
    Talk,
)
from bulletin_study.domain.settings import Setting, Unit
from bulletin_study.storage.records import Codec

T = TypeVar("T")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_TYPES: dict[type, Any] = {int: Integer, float: Float, str: Text}
_ENDS_AFTER_START = {"span": '"end" >= start'}


class EntityTable(Generic[T]):
    """One entity: its dataclass, its table, its codec and its key."""

    def __init__(
        self,
        entity: type[T],
        name: str,
        label: str,
        key: tuple[str, ...] = ("id",),
        links: dict[str, str] | None = None,
        unique: dict[str, str] | None = None,
        checks: dict[str, str] | None = None,
        indexes: tuple[tuple[str, ...], ...] = (),
        **options: Any,
    ) -> None:
        self.entity = entity
        self.name = name
        self.label = label
        self.key = key
        self.links = links or {}
        self.unique = unique or {}
        self.codec = Codec(entity)
        self.names = self.codec.names
        self.key_at = tuple(self.names.index(k) for k in key)
        self.unique_at = tuple(self.names.index(u) for u in self.unique)
        self.has_ids = key == ("id",)
        columns = [self._column(field) for field in self.codec.fields]
        rules = [CheckConstraint(text, rule) for rule, text in (checks or {}).items()]
        orders = [Index(None, *names) for names in indexes]
        self.table = Table(name, metadata, *columns, *rules, *orders, **options)

    def _column(self, field: Any) -> Column[Any]:
        arguments: list[Any] = [_TYPES[field.storage]]
        if field.name in self.links:
            target = f"{self.links[field.name]}.id"
            arguments.append(ForeignKey(target, deferrable=True, initially="DEFERRED"))
        indexed = field.name in self.links and field.name not in self.key
        return Column(
            field.name,
            *arguments,
            primary_key=field.name in self.key,
            autoincrement=False,
            nullable=field.optional,
            unique=True if field.name in self.unique else None,
            index=True if indexed and self.entity is not Attendance else None,
        )

    def key_of(self, row: Any) -> tuple[Any, ...]:
        """The key part of a row."""
        return tuple(row[at] for at in self.key_at)


_ENTITIES: tuple[EntityTable[Any], ...] = (
    EntityTable(Unit, "unit", "单位"),
    EntityTable(Setting, "setting", "设置", key=("key",)),
    EntityTable(HolidayDay, "holiday_day", "节假日", key=("day",)),
    EntityTable(Person, "person", "干部", unique={"staff_number": "工号"}),
    EntityTable(Group, "group", "组室", links={"head_id": "person", "leader_id": "person"}),
    EntityTable(
        Membership,
        "membership",
        "所在组室",
        links={"person_id": "person", "group_id": "group"},
        checks=_ENDS_AFTER_START,
    ),
    EntityTable(
        Absence,
        "absence",
        "不在岗",
        links={"person_id": "person"},
        checks=_ENDS_AFTER_START,
    ),
    EntityTable(
        MentorPair,
        "mentor_pair",
        "帮带",
        links={"mentor_id": "person", "mentee_id": "person"},
        checks=_ENDS_AFTER_START,
    ),
    EntityTable(AbPair, "ab_pair", "AB岗", links={"person_id": "person", "partner_id": "person"}),
    EntityTable(SessionKind, "session_kind", "活动类型"),
    EntityTable(
        OpeningFigure,
        "opening_figure",
        "期初场次",
        key=("kind_id", "year"),
        links={"kind_id": "session_kind"},
        checks={"count": "count >= 0"},
    ),
    EntityTable(Series, "series", "系列", checks={"minutes": "minutes >= 0"}),
    EntityTable(
        StudySession,
        "study_session",
        "场次",
        links={
            "lead_id": "person",
            "host_id": "person",
            "recorder_id": "person",
            "series_id": "series",
        },
        checks=_ENDS_AFTER_START,
        indexes=(("day", "start"),),
    ),
    EntityTable(
        SessionKindLink,
        "session_kind_link",
        "场次的活动类型",
        key=("session_id", "kind_id"),
        links={"session_id": "study_session", "kind_id": "session_kind"},
        indexes=(("kind_id",),),
        sqlite_with_rowid=False,
    ),
    EntityTable(
        StudyPlanItem,
        "study_plan_item",
        "学习计划",
        links={"kind_id": "session_kind", "lead_id": "person", "session_id": "study_session"},
    ),
    EntityTable(
        Talk,
        "talk",
        "讲课",
        links={
            "session_id": "study_session",
            "speaker_id": "person",
            "mentor_id": "person",
            "group_id": "group",
            "planned_id": "person",
        },
        checks={"place": "place >= 1"},
    ),
    EntityTable(
        Comment,
        "comment",
        "点评",
        links={
            "session_id": "study_session",
            "leader_id": "person",
            "talk_id": "talk",
            "group_id": "group",
        },
    ),
    EntityTable(
        Reflection,
        "reflection",
        "感想心得体会",
        links={"session_id": "study_session", "person_id": "person", "talk_id": "talk"},
    ),
    EntityTable(
        Evidence,
        "evidence",
        "佐证材料",
        links={"session_id": "study_session", "talk_id": "talk"},
        checks={"size": "size >= 0"},
    ),
    EntityTable(
        MakeUp,
        "make_up",
        "补学",
        links={"session_id": "study_session", "person_id": "person"},
    ),
    EntityTable(
        Attendance,
        "attendance",
        "签到",
        key=("session_id", "person_id"),
        links={"session_id": "study_session", "person_id": "person", "group_id": "group"},
        indexes=(("person_id",),),
        sqlite_with_rowid=False,
    ),
)

ENTITIES: dict[type, EntityTable[Any]] = {e.entity: e for e in _ENTITIES}
BY_NAME: dict[str, EntityTable[Any]] = {e.name: e for e in _ENTITIES}

operation = Table(
    "operation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("label", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("revision", Text, nullable=False),
    Column("reverts", Integer, ForeignKey("operation.id"), index=True),
    Column("changes", Integer, nullable=False),
)
"""操作记录: one row for each thing somebody did; never changed, never removed."""

change_set = Table(
    "change_set",
    metadata,
    Column("operation_id", Integer, ForeignKey("operation.id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("entity", Text, nullable=False),
    Column("columns", Text, nullable=False),
    Column("payload", LargeBinary, nullable=False),
)
"""The rows of one entity that an operation changed, each before and after."""

draft = Table(
    "draft",
    metadata,
    Column("target", Text, primary_key=True),
    Column("base", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Text, nullable=False),
)
"""Words being typed and not saved yet. Outside the log: saving them is the operation."""

id_counter = Table(
    "id_counter",
    metadata,
    Column("entity", Text, primary_key=True),
    Column("next", Integer, nullable=False),
)
"""The next fresh id of each entity. Outside the log: an id is never given out twice."""


def table_of(entity: type[T]) -> EntityTable[T]:
    """The table of an entity; ``TypeError`` (a bug) for a type that is not stored."""
    try:
        return ENTITIES[entity]
    except KeyError:
        raise TypeError(f"{entity.__name__} is not stored") from None


_RULES = {
    "span": "结束早于开始",
    "count": "次数小于零",
    "minutes": "时长小于零",
    "place": "讲课的次序小于一",
    "size": "文件的大小小于零",
}


def words_for(message: str) -> str:
    """What a constraint of these tables refused, in words, from the driver's message.

    ``UNIQUE constraint failed: person.staff_number`` → 干部的工号重复;
    ``CHECK constraint failed: ck_absence_span`` → 不在岗：结束早于开始.
    """
    subject = message.rpartition(": ")[2]
    table, _, column = subject.partition(".")
    if table in BY_NAME and column in BY_NAME[table].unique:
        return f"{BY_NAME[table].label}的{BY_NAME[table].unique[column]}重复"
    for stored in ENTITIES.values():
        for rule, words in _RULES.items():
            if subject == f"ck_{stored.name}_{rule}":
                return f"{stored.label}：{words}"
    return subject
