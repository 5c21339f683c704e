"""A sign-in list for one session: who was there, who was away and why."""

from __future__ import annotations

from dataclasses import replace

from bulletin_study.domain.attendance import CAME, NEEDS_REASON, Attendance, Mark
from bulletin_study.domain.people import Person
from bulletin_study.exchange.imports.lookup import PeopleIndex, as_words
from bulletin_study.exchange.imports.people import (
    GROUP_FIELD,
    NAME_FIELD,
    NUMBER_FIELD,
    find_people,
)
from bulletin_study.exchange.imports.proposal import Proposal
from bulletin_study.exchange.imports.records import Records
from bulletin_study.exchange.tables.cells import CellProblem
from bulletin_study.exchange.tables.columns import Field
from bulletin_study.exchange.tables.workbook import Cell
from bulletin_study.usecases.attendance import MarkEntry, marked_row, others
from bulletin_study.usecases.mark_words import Said, cell_mark
from bulletin_study.usecases.sign_in_list import SignIn

ATTENDANCE_FIELDS: tuple[Field, ...] = (
    replace(NAME_FIELD, required=True),
    NUMBER_FIELD,
    GROUP_FIELD,
    Field("mark", "状态", ("签到", "签到状态", "出勤情况", "考勤", "到会情况", "签到情况", "出勤")),
    Field("reason", "事由", ("原因", "缺席原因", "请假事由", "备注", "说明")),
)


_UNMARKED = frozenset({"未签", "未标", "未签到"})


def propose_attendance(records: Records, sign_in: SignIn, people: PeopleIndex) -> Proposal:
    """Compare the records with the sign-in as it stands; remarks go to the records.

    Without a column of marks everybody listed was there. Somebody not expected who came is
    列席. A pre-mark that the file repeats stays as it is.
    """
    found = find_people(records, people)
    has_marks = records.has("mark")
    marks = records.read("mark", _read_mark)
    reasons = records.read("reason", as_words)
    proposal = Proposal()
    rows = {row.person_id: row for row in sign_in.rows}
    first_of: dict[int, int] = {}
    for at in list(records.usable()):
        person, said = found[at], marks[at]
        if person is None or _repeated(records, at, person, first_of):
            continue
        if said is None:
            if has_marks:
                records.remarks.note(at, "mark", "状态是空的，没有改动")
                continue
            said = Said(Mark.PRESENT, "")
        if not sign_in.roster.on_roster(person.id, sign_in.session.day):
            text = f"{sign_in.session.day} 那天{person.name}不在名单上"
            records.remarks.wrong(at, "name", text)
            continue
        _one(records, at, _entry(person, said, reasons[at], rows), rows, sign_in, proposal)
    written = [row for row in proposal.puts if isinstance(row, Attendance)]
    if sign_in.unlisted and written:
        proposal.put(*others(sign_in, written))
    return proposal


def _entry(
    person: Person, said: Said, reason: str | None, rows: dict[int, Attendance]
) -> MarkEntry:
    row = rows.get(person.id)
    mark, word = said
    if mark is Mark.EXEMPT and row is not None and row.mark is not Mark.EXEMPT:
        mark = Mark.LEAVE
    own_word = word if mark in NEEDS_REASON and word != mark and len(word) > 1 else ""
    given = "：".join(dict.fromkeys(part for part in (own_word, reason) if part))
    if not given and row is not None and row.mark is mark:
        given = row.reason
    return MarkEntry(person.id, mark, given)


def _one(
    records: Records,
    at: int,
    entry: MarkEntry,
    rows: dict[int, Attendance],
    sign_in: SignIn,
    proposal: Proposal,
) -> None:
    before = rows.get(entry.person_id)
    remarks = records.remarks
    if before is None and entry.mark not in CAME and entry.mark is not Mark.OBSERVER:
        remarks.note(at, "mark", "不在应到名单里，没有记")
        return
    if before is not None and (before.mark, before.reason) == (entry.mark, entry.reason):
        return
    if before is not None and before.mark is Mark.OBSERVER and entry.mark in CAME:
        return
    after = marked_row(sign_in, before, entry)
    if after.mark is Mark.OBSERVER and entry.mark is not Mark.OBSERVER:
        remarks.note(at, "mark", "不在应到名单里，记作列席")
    elif after.mark in NEEDS_REASON and not after.reason:
        remarks.note(at, "reason", f"“{after.mark}”没有写事由，可以以后补")
    if before is None or before.mark is None:
        remarks.new(at)
    else:
        remarks.change(at, f"签到：{_shown(before)}→{_shown(after)}")
    proposal.put(after)


def _repeated(records: Records, at: int, person: Person, first_of: dict[int, int]) -> bool:
    first = first_of.setdefault(person.id, at)
    if first == at:
        return False
    row = records.numbers[first]
    text = f"与第 {row} 行是同一个人，以第 {row} 行为准"
    records.remarks.wrong(at, "name", text)
    return True


def _shown(row: Attendance) -> str:
    return f"{row.mark}（{row.reason}）" if row.reason else str(row.mark)


def _read_mark(cell: Cell) -> Said | None:
    if cell is True:
        return Said(Mark.PRESENT, "")
    text = as_words(cell)
    if not text or text in _UNMARKED:
        return None
    said = cell_mark(text)
    if said is None:
        known = "、".join(Mark)
        raise CellProblem("unknown_word", text, f"“{text}”看不懂，可以写{known}")
    return said
