"""What was changed about a session, in words for the operation log."""

from __future__ import annotations

from collections.abc import Callable

from bulletin_study.domain.people import Person
from bulletin_study.domain.sessions import StudySession
from bulletin_study.usecases.ports import UnitOfWork, names
from bulletin_study.usecases.session_checks import title_of
from bulletin_study.usecases.titles import day_text

_LONGEST_VALUE = 20

_Part = Callable[[StudySession], object]

_PARTS: dict[str, _Part] = {
    "日期": lambda s: s.day,
    "时间": lambda s: (s.start, s.end),
    "主题": lambda s: s.theme,
    "地点": lambda s: s.venue,
    "形式": lambda s: s.form,
    "领学人": lambda s: (s.lead_id, s.lead_name),
    "主持人": lambda s: (s.host_id, s.host_name),
    "记录人": lambda s: (s.recorder_id, s.recorder_name),
    "讲课人数": lambda s: s.talk_places,
    "学时": lambda s: s.hours,
    "学习材料": lambda s: s.materials,
    "议程": lambda s: s.agenda,
    "发言要点": lambda s: s.speeches,
    "议定事项": lambda s: s.decisions,
    "备注": lambda s: s.note,
    "到会人数": lambda s: (s.expected_total, s.present_total, s.leave_total),
}


def edit_label(unit: UnitOfWork, before: StudySession, after: StudySession) -> str:
    """修改 2026-11-30 每周一学：地点改为“二楼小会议室” — values only for a single, short change."""
    title = title_of(unit, before)
    changed = [name for name, part in _PARTS.items() if part(before) != part(after)]
    if len(changed) != 1:
        return f"修改 {title}：{names(changed, limit=4)}" if changed else f"修改 {title}"
    value = _value(unit, changed[0], after)
    if not value:
        was = _PARTS[changed[0]](before)
        cleared = not any(was) if isinstance(was, tuple) else not was
        return f"修改 {title}：{'填写' if cleared else '修改'}{changed[0]}"
    return f"修改 {title}：{changed[0]}改为“{value}”"


def _value(unit: UnitOfWork, name: str, session: StudySession) -> str:
    """The new value where it is short enough to be shown."""
    text = {
        "日期": day_text(session.day),
        "时间": f"{session.start:%H:%M}—{session.end:%H:%M}",
        "主题": session.theme,
        "地点": session.venue,
        "形式": str(session.form or ""),
        "领学人": _person(unit, session.lead_id, session.lead_name),
        "主持人": _person(unit, session.host_id, session.host_name),
        "记录人": _person(unit, session.recorder_id, session.recorder_name),
    }.get(name, "")
    return text if len(text) <= _LONGEST_VALUE else ""


def _person(unit: UnitOfWork, person_id: int | None, name: str) -> str:
    person = unit.get(Person, person_id) if person_id is not None else None
    return person.name if person else name
