"""The roster's columns and the groups' rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bulletin_study.domain.attendance import Mark
from bulletin_study.domain.people import AbsenceKind, Group, Role
from bulletin_study.ui.cells import Cell, Column, GroupRow
from bulletin_study.ui.widgets.person_match import PersonOption
from bulletin_study.usecases.people_rows import PersonRow

ALL, LEADERS, GONE = "all", "leaders", "gone"
EVERYBODY, ON_DUTY, ON_LEAVE, ON_BUSINESS = "everybody", "on_duty", "on_leave", "on_business"
_BUSINESS = (AbsenceKind.TRAVEL, AbsenceKind.TRAINING)


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the left pane: everybody, one group, the leaders, or who has left."""

    key: object
    name: str
    number: int
    group: Group | None = None


def places(rows: Sequence[PersonRow], groups: Sequence[Group]) -> list[Place]:
    """全部人员, the groups in their order, 部领导, 已调离."""
    here = [r for r in rows if r.on_roster]
    by_group = Counter(r.group_id for r in here)
    made = [Place(ALL, "全部人员", len(here))]
    made += [Place(g.id, g.name, by_group[g.id], g) for g in groups]
    made.append(Place(LEADERS, "部领导", sum(r.person.role is Role.LEADER for r in here)))
    made.append(Place(GONE, "已离开或还没到", len(rows) - len(here)))
    return made


def in_place(row: PersonRow, key: object) -> bool:
    """Whether a person stands under a line of the left pane."""
    if key == GONE:
        return not row.on_roster
    if key == LEADERS:
        return row.on_roster and row.person.role is Role.LEADER
    return row.on_roster and (key == ALL or row.group_id == key)


def in_state(row: PersonRow, state: str) -> bool:
    """Whether a person is there, on leave or away on business today."""
    kind = row.absence.kind if row.absence else None
    match state:
        case "on_duty":
            return row.on_roster and kind is None
        case "on_leave":
            return row.on_roster and kind is not None and kind not in _BUSINESS
        case "on_business":
            return row.on_roster and kind in _BUSINESS
        case _:
            return True


def states(rows: Sequence[PersonRow]) -> list[tuple[str, str]]:
    """The filter's choices with their numbers."""
    here = [r for r in rows if r.on_roster]
    return [
        (f"全部 {len(here)}", EVERYBODY),
        (f"在岗 {sum(in_state(r, ON_DUTY) for r in here)}", ON_DUTY),
        (f"不在岗 {sum(in_state(r, ON_LEAVE) for r in here)}", ON_LEAVE),
        (f"{Mark.OFFICIAL} {sum(in_state(r, ON_BUSINESS) for r in here)}", ON_BUSINESS),
    ]


def matches(row: PersonRow, text: str) -> bool:
    """Whether a person answers to a filter text."""
    wanted = text.strip().casefold()
    person = row.person
    parts = (person.name, person.staff_number or "", person.initials, person.title,
             person.pinyin.replace(" ", ""))
    return not wanted or any(wanted in part.casefold() for part in parts)


def grouped(rows: Sequence[PersonRow], groups: Sequence[Group], year: int
            ) -> list[tuple[GroupRow, list[PersonRow]]]:
    """Leaders, then groups in their order, then who stands in no group."""
    made: list[tuple[GroupRow, list[PersonRow]]] = []
    leaders = [r for r in rows if r.group_id is None and r.person.role is Role.LEADER]
    if leaders:
        made.append((GroupRow(LEADERS, "部领导", f"{len(leaders)} 人"), leaders))
    for group in groups:
        own = [r for r in rows if r.group_id == group.id]
        if own:
            made.append((GroupRow(group.id, group.name, _group_note(own, year)), own))
    rest = [r for r in rows if r.group_id is None and r.person.role is not Role.LEADER]
    if rest:
        made.append((GroupRow("none", "未编组", f"{len(rest)} 人"), rest))
    return made


def _group_note(rows: Sequence[PersonRow], year: int) -> str:
    spoken = sum(r.last_talk is not None and r.last_talk.year == year for r in rows)
    away = sum(r.absence is not None for r in rows)
    return " · ".join(
        [f"{len(rows)} 人", f"今年已讲 {spoken} 人", *([f"不在岗 {away} 人"] if away else [])]
    )


def options(rows: Sequence[PersonRow]) -> list[PersonOption]:
    """People to choose from, those on the roster."""
    return [
        PersonOption(p.id, p.name, p.initials, p.pinyin, p.staff_number or "", r.group_name)
        for r in rows
        if r.on_roster and (p := r.person)
    ]


def _mentor(row: PersonRow) -> str:
    return f"{row.mentor_name} {row.mentor_kind or ''}".strip() if row.mentor_name else "—"


def _talk(row: PersonRow) -> Cell:
    if not row.in_rotation:
        return Cell("不参加", tone="text3")
    if row.next_talk is not None:
        return Cell(f"待讲 {row.next_talk:%m-%d}", tone="blue", shape="circle")
    if row.last_talk is not None:
        return Cell(f"已讲 {_short(row.last_talk)}", tone="green", shape="check")
    return Cell("还没讲过", tone="text2")


def _short(day: date) -> str:
    return f"{day:%m-%d}"


def _presence(row: PersonRow) -> Cell:
    if not row.on_roster:
        left = row.person.left
        return Cell(f"已离开 {left:%Y-%m-%d}" if left else "还没入部", chip=True, tone="neutral")
    if row.absence is not None:
        until = f" 至 {row.absence.end:%m-%d}" if row.absence.end else ""
        words = f"{row.absence.kind}{until}"
        return Cell(words, chip=True, tone="blue", tip=row.absence.reason)
    if row.next_absence is not None:
        coming = row.next_absence
        return Cell(f"{coming.start:%m-%d} {coming.kind}", chip=True, tone="blue", shape="out")
    return Cell("在岗", chip=True, tone="neutral")


def _joined(row: PersonRow) -> str:
    return f"{row.person.joined:%Y-%m-%d}" if row.person.joined else "—"


def _title(row: PersonRow) -> str:
    role = "" if row.person.role is Role.MEMBER else str(row.person.role)
    title = row.person.title
    return title if role in title or not role else f"{role}  {title}".strip()


COLUMNS: tuple[Column[PersonRow], ...] = (
    Column("number", "工号", lambda r: Cell(r.person.staff_number or "—", tone="text2"), width=72,
           edit="text", value=lambda r: r.person.staff_number or ""),
    Column("name", "姓名", lambda r: Cell(r.person.name, bold=True), width=84, edit="text",
           value=lambda r: r.person.name),
    Column("initials", "首字母", lambda r: Cell(r.person.initials, tone="text2"), width=64,
           drop=7),
    Column("title", "职务职级", _title, least=90, most=200, edit="text",
           value=lambda r: r.person.title),
    Column("joined", "入部时间", _joined, width=96, drop=5, edit="date",
           value=lambda r: r.person.joined),
    Column("mentor", "帮带人与方式", _mentor, width=140, drop=6),
    Column("partner", "AB岗", lambda r: r.partner_name or "—", width=72, drop=4),
    Column("talk", "轮讲", _talk, width=104, drop=3),
    Column("reflections", "心得", lambda r: f"{r.reflections} 篇", width=56, right=True, drop=8),
    Column("presence", "在岗情况", _presence, width=128),
)
