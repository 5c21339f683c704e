"""Words that were being typed when the program ended: saved as the real thing, or offered.

A target names a field: ``reflection/12/text``, ``comment/3/7/0`` (session, talk, group),
``session/3/speeches``, ``make_up/3/12`` (session, person). A draft that cannot simply be
saved, since what it began from has changed, is laid aside under ``target@moment``, so that new
words in the field do not replace it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bulletin_study.domain.drafts import Draft
from bulletin_study.domain.errors import NotFound
from bulletin_study.domain.make_ups import MakeUp
from bulletin_study.domain.people import Group, Person
from bulletin_study.domain.sessions import Comment, Reflection, StudySession, Talk
from bulletin_study.usecases.changes import Committed
from bulletin_study.usecases.ports import UnitOfWork, new_id
from bulletin_study.usecases.sign_in_list import kinds_of
from bulletin_study.usecases.titles import day_text, excerpt, kinds_text

SESSION_TEXTS = {"agenda": "议程", "speeches": "发言要点", "decisions": "议定事项"}
"""The written fields of a session and what they are called."""

_ASIDE = "@"


class Fate(StrEnum):
    """What became of a draft."""

    SAVED = "saved"
    OFFERED = "offered"
    HOMELESS = "homeless"
    NEEDLESS = "needless"


@dataclass(frozen=True, slots=True)
class Recovery:
    """``what`` names the field it belongs to, in words; "" when that is gone."""

    committed: Committed
    draft: Draft
    fate: Fate
    what: str = ""
    session_id: int | None = None


@dataclass(frozen=True, slots=True)
class _Field:
    """Where a draft belongs: the value, the name of its field, and both in words."""

    value: Any
    name: str
    what: str

    @property
    def text(self) -> str:
        """What is stored there."""
        return str(getattr(self.value, self.name))

    @property
    def session_id(self) -> int:
        """The session it is about."""
        of = self.value
        return int(of.id if isinstance(of, StudySession) else of.session_id)


def reflection_target(reflection_id: int) -> str:
    """The text of a 感想/心得/体会."""
    return f"reflection/{reflection_id}/text"


def comment_target(session_id: int, talk_id: int | None, group_id: int | None) -> str:
    """The 点评 on a talk or a group's report, whether it was begun before or not."""
    return f"comment/{session_id}/{talk_id or 0}/{group_id or 0}"


def session_target(session_id: int, name: str) -> str:
    """One of :data:`SESSION_TEXTS` of a session."""
    return f"session/{session_id}/{name}"


def make_up_target(session_id: int, person_id: int) -> str:
    """The note of somebody's 补学, of which nothing need be stored before."""
    return f"make_up/{session_id}/{person_id}"


def laid_aside(draft: Draft) -> bool:
    """Whether it waits for somebody to say what is to become of it."""
    return _ASIDE in draft.target


def offered_for(draft: Draft, target: str) -> bool:
    """Whether it was laid aside for this field."""
    return draft.target.startswith(f"{target}{_ASIDE}")


def keep_draft(unit: UnitOfWork, target: str, base: str, text: str) -> Committed:
    """Keep what is typed in a field."""
    unit.keep_draft(target, base, text)
    return unit.commit("")


def drop_draft(unit: UnitOfWork, target: str) -> Committed:
    """Forget what was typed in a field."""
    unit.drop_draft(target)
    return unit.commit("")


def recover(unit: UnitOfWork, draft: Draft) -> Recovery:
    """Save a draft where what it began from still stands; else lay it aside.

    One without its field any more stays as it is. An empty one is no words to be saved.
    """
    field = _field_of(unit, draft.target)
    if field is None:
        return Recovery(unit.commit(""), draft, Fate.HOMELESS)
    unit.drop_draft(draft.target)
    if not draft.text.strip() or _same(field.text, draft.text):
        return Recovery(unit.commit(""), draft, Fate.NEEDLESS, field.what, field.session_id)
    if not _same(field.text, draft.base):
        aside = replace(draft, target=f"{draft.target}{_ASIDE}{draft.at.isoformat()}")
        unit.keep_draft(aside.target, aside.base, aside.text)
        return Recovery(unit.commit(""), aside, Fate.OFFERED, field.what, field.session_id)
    _write(unit, field, draft.text)
    committed = unit.commit(f"找回上次没来得及存的{field.what}：{excerpt(draft.text)}")
    return Recovery(committed, draft, Fate.SAVED, field.what, field.session_id)


def append_draft(unit: UnitOfWork, draft: Draft) -> Committed:
    """Put words that were laid aside after what is stored in their field.

    Raises ``NotFound`` when that is gone; then they stay aside.
    """
    field = _field_of(unit, draft.target.partition(_ASIDE)[0])
    if field is None:
        raise NotFound("要接上的那一栏", excerpt(draft.text))
    unit.drop_draft(draft.target)
    whole = "\n".join(part for part in (field.text.rstrip(), draft.text.strip()) if part)
    _write(unit, field, whole)
    return unit.commit(f"接上上次没来得及存的{field.what}：{excerpt(draft.text)}")


def _write(unit: UnitOfWork, field: _Field, text: str) -> None:
    value = field.value
    if not value.id:
        value = replace(value, id=new_id(unit, type(value)))
    unit.put(replace(value, **{field.name: text}))


def _field_of(unit: UnitOfWork, target: str) -> _Field | None:
    """The field a target names; ``None`` when it is gone, or was never one of ours."""
    entity, _, rest = target.partition("/")
    head, _, name = rest.partition("/")
    if not head.isdecimal():
        return None
    key = int(head)
    match entity:
        case "reflection" if said := unit.get(Reflection, key):
            what = f"{_name(unit, said.person_id)}的{said.kind}"
            return _Field(said, "text", _on(unit, said.session_id, what))
        case "make_up" if name.isdecimal() and unit.get(Person, int(name)) is not None:
            return _make_up(unit, key, int(name))
        case "session" if name in SESSION_TEXTS and (session := unit.get(StudySession, key)):
            return _Field(session, name, _on(unit, key, SESSION_TEXTS[name]))
        case "comment" if unit.get(StudySession, key):
            return _comment(unit, key, name)
    return None


def _comment(unit: UnitOfWork, session_id: int, rest: str) -> _Field | None:
    """The comment on a talk or group; a new one, without id yet, when there is none.

    ``None`` when the talk or the group itself is gone.
    """
    talk, _, group = rest.partition("/")
    if not (talk.isdecimal() and group.isdecimal()):
        return None
    talk_id, group_id = int(talk) or None, int(group) or None
    on_talk = unit.get(Talk, talk_id) if talk_id is not None else None
    leading = unit.get(Group, group_id) if group_id is not None else None
    if (talk_id is not None and on_talk is None) or (group_id is not None and leading is None):
        return None
    found = next(
        (c for c in unit.all(Comment, session_id=session_id)
         if (c.talk_id, c.group_id) == (talk_id, group_id)), None,
    )  # fmt: skip
    if found is None:
        leader_id = leading.leader_id if leading is not None else None
        found = Comment(0, session_id, leader_id, "", talk_id, group_id)
    return _Field(found, "text", _on(unit, session_id, "点评"))


def _make_up(unit: UnitOfWork, session_id: int, person_id: int) -> _Field | None:
    """Somebody's 补学; a new one, without id yet, when nothing was noted of it."""
    if unit.get(StudySession, session_id) is None:
        return None
    found = unit.all(MakeUp, session_id=session_id, person_id=person_id)
    owed = found[0] if found else MakeUp(0, session_id, person_id)
    return _Field(owed, "note", _on(unit, session_id, f"{_name(unit, person_id)}的补学心得"))


def _on(unit: UnitOfWork, session_id: int, what: str) -> str:
    session = unit.get(StudySession, session_id)
    if session is None:
        return what
    return f"{what}（{day_text(session.day)} {kinds_text(kinds_of(unit, session_id))}）"


def _name(unit: UnitOfWork, person_id: int) -> str:
    person = unit.get(Person, person_id)
    return person.name if person is not None else ""


def _same(one: str, other: str) -> bool:
    """Whether two texts are one to an editor, which drops blanks at the ends."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
