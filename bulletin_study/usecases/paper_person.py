"""个人学习记录: one person's period on a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bulletin_study.domain.attendance import CAME, Headcount
from bulletin_study.domain.people import Role
from bulletin_study.domain.tally_facts import Rate
from bulletin_study.usecases.make_up_list import state_words
from bulletin_study.usecases.mark_words import own_reason
from bulletin_study.usecases.paper_room import columns_of, on_one_page
from bulletin_study.usecases.papers import (
    Block,
    Box,
    Form,
    Layout,
    Line,
    Paper,
    Paragraph,
    Signatures,
    Style,
    Title,
)
from bulletin_study.usecases.person_page import PersonPage, load_person
from bulletin_study.usecases.person_spans import Span, spans_of
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.reports import period_words
from bulletin_study.usecases.settings import read_office
from bulletin_study.usecases.titles import percent

TITLE = "个人学习记录"
_FACTS = (14.0, 19.0, 14.0, 19.0, 14.0, 20.0)
_RECORD = (14.0, 86.0)
_LINE = 7.5
_ONE_LINE, _MOST_SAID, _MOST_COMMENTS = 31, 6, 10
"""Characters that fit on one line of a record; how many texts are quoted."""
_MOST_LINES = 12
"""So much of one text is quoted where the page has room."""
_COUNTED = (
    ("应到", "expected"), ("实到", "came"), ("请假", "leave"), ("公出", "official"),
    ("缺席", "absent"), ("未签", "unmarked"),
)  # fmt: skip
_ALWAYS = ("expected", "came")


def person_record(unit: UnitOfWork, person_id: int, first: date, last: date) -> Paper:
    """The record of a person. Raises ``NotFound``."""
    return person_paper(load_person(unit, person_id, first, last), read_office(unit).name)


def person_paper(page: PersonPage, office: str) -> Paper:
    """What the page shows, on paper: facts, figures by month, and what was done.

    Texts are quoted at the length that keeps it on one page.
    """
    longer = range(_MOST_LINES, 1, -1)
    blocks = next(
        (made for lines in longer if on_one_page(made := _blocks(page, office, lines))),
        _blocks(page, office, 1),
    )
    return Paper(TITLE, tuple(blocks), Layout.FORM)


def _blocks(page: PersonPage, office: str, lines: int) -> list[Block]:
    """``lines``: of each text that is quoted."""
    under = "　".join(filter(None, (office, period_words(page.first, page.last))))
    blocks: list[Block] = [
        Title(TITLE),
        Paragraph(under, Style.CENTRED),
        Form(_FACTS, tuple(_facts(page))),
    ]
    spans = spans_of(page.tally)
    if spans:
        blocks.append(_months(spans))
    blocks.append(Form(_RECORD, tuple(_records(page, lines))))
    blocks += [Paragraph(note, Style.NOTE) for note in _notes(page)]
    blocks.append(Signatures(("本人", "组长", "审核人")))
    return blocks


def _facts(page: PersonPage) -> list[Line]:
    person, tally = page.person, page.tally
    rates = [(name, _rate(rate)) for name, rate in tally.rates]
    count = tally.count
    joined = f"{person.joined:%Y-%m-%d}" if person.joined else ""
    group = page.group_name or (str(person.role) if person.role is Role.LEADER else "")
    return [
        _line(("姓　名", person.name), ("组　室", group), ("职务职级", person.title)),
        _line(("工　号", person.staff_number or ""), ("类　别", str(person.category)),
              ("入部日期", joined)),
        *(_rates_line(rates[at : at + 2]) for at in range(0, len(rates), 2)),
        _line(("学　时", f"{tally.hours:g}"), ("讲　课", f"{count.talks} 次"),
              ("心　得", f"{count.reflections} 篇")),
    ]  # fmt: skip


def _rates_line(rates: Sequence[tuple[str, str]]) -> Line:
    """One or two rates with their parts over the whole width."""
    rest = 6 // len(rates) - 1
    return Line(
        tuple(
            box
            for name, words in rates
            for box in (Box(name, caption=True), Box(words, span=rest))
        ),
        _LINE,
    )


def _months(spans: Sequence[Span]) -> Form:
    """Months side by side, so that a year takes no more than eight lines."""
    whole = sum((span.count for span in spans), Headcount())
    rate = sum((span.rate for span in spans), Rate())
    columns = [*spans, Span("合计", whole, rate, True)]
    widths = (14.0, *(86.0 / len(columns) for _ in columns))
    names = ("月　份", *(span.name.removesuffix("月") for span in columns))
    lines = [Line(tuple(Box(name, caption=True) for name in names), _LINE)]
    for title, field in _COUNTED:
        if field not in _ALWAYS and not getattr(whole, field):
            continue
        figures = (str(getattr(span.count, field)) for span in columns)
        lines.append(Line((Box(title, caption=True), *map(Box, figures)), _LINE))
    rates = (percent(span.rate).removesuffix("%").removesuffix(".0") for span in columns)
    lines.append(Line((Box("到会率%", caption=True), *map(Box, rates)), _LINE))
    return Form(widths, tuple(lines))


def _records(page: PersonPage, most: int) -> list[Line]:
    said, comments = _said(page, most), _comments(page, most)
    parts = [
        ("没　到", _in_a_row(_missed(page))),
        ("讲　课", _talks(page, most)),
        (_caption("心得体会", len(said), len(page.said), "篇"), said),
        (_caption("点　评", len(comments), len(page.comments), "条"), comments),
        ("不在岗", _in_a_row(_away(page))),
        ("帮　带", _in_a_row([f"{own.words}：{own.person.name}" for own in page.companions])),
    ]  # fmt: skip
    kept = [(title, lines) for title, lines in parts if lines]
    return [
        Line((Box(title, caption=True), Box("\n".join(lines))), _LINE) for title, lines in kept
    ] or [Line((Box("记　录", caption=True), Box("这段时间没有记录。")), _LINE)]


def _in_a_row(parts: Sequence[str]) -> list[str]:
    """Short things after one another on as few lines as they need."""
    return ["；".join(parts)] if parts else []


def _missed(page: PersonPage) -> list[str]:
    """Sessions that expected him and that he did not attend, why, and whether made up."""
    made = {line.session.id: state_words(line.debt, page.today) for line in page.make_ups}
    lines = []
    for line in page.attended:
        if line.row.expected_by and line.row.mark not in CAME:
            state = made.get(line.meeting.session.id, "")
            told = [own_reason(line.row.mark, line.row.reason), f"补学：{state}" if state else ""]
            words = "，".join(part for part in told if part)
            mark = f"{line.meeting.day:%m-%d} {line.meeting.title}{line.row.mark or '未签'}"
            lines.append(f"{mark}（{words}）" if words else mark)
    return lines


def _talks(page: PersonPage, most: int) -> list[str]:
    lines = []
    for one in page.talks:
        title = f"《{one.talk.title}》" if one.talk.title else "题目没报"
        about = "，".join(part for part in (str(one.talk.category or ""), one.told) if part)
        lines.append(f"{one.meeting.day:%m-%d} {title}" + (f"（{about}）" if about else ""))
        lines += [_short(f"　　{who}点评：{text}", most) for who, text in one.comments]
    return lines


def _comments(page: PersonPage, most: int) -> list[str]:
    return _latest(
        [f"{one.meeting.day:%m-%d} {one.about}：{one.comment.text}" for one in page.comments],
        _MOST_COMMENTS, most,
    )  # fmt: skip


def _said(page: PersonPage, most: int) -> list[str]:
    return _latest(
        [
            f"{one.meeting.day:%m-%d} {one.about or one.meeting.title}：{one.reflection.text}"
            for one in page.said
        ],
        _MOST_SAID, most,
    )  # fmt: skip


def _latest(texts: Sequence[str], most: int, lines: int) -> list[str]:
    """So many lines each; the caption tells when only the latest are quoted."""
    return [_short(text, lines) for text in texts[:most]]


def _caption(title: str, quoted: int, number: int, unit: str) -> str:
    return title if quoted == number else f"{title}\n近 {quoted} {unit}"


def _away(page: PersonPage) -> list[str]:
    return [
        f"{own.start:%Y-%m-%d} {f'至 {own.end:%Y-%m-%d}' if own.end else '起'} {own.kind}"
        + (f"（{own.reason}）" if own.reason and own.reason != str(own.kind) else "")
        for own in page.absences
        if own.start <= page.last and (own.end is None or own.end >= page.first)
    ]


def _notes(page: PersonPage) -> list[str]:
    left_out = f"（{page.tally.incomplete} 场）" if page.tally.incomplete else ""
    notes = [f"在岗到会率的应到不含请假、公出；还有人未签的场次不计入到会率{left_out}。"]
    if len(page.tally.groups) > 1:
        parts = [
            f"{page.name_of_group(group) or '未编组'} 应到 {own.expected} 实到 {own.came}"
            for group, own in page.tally.groups.items()
        ]
        notes.append(f"按当天所在组室：{'；'.join(parts)}。")
    return notes


def _rate(rate: Rate) -> str:
    if rate.value is None:
        return "—"
    return f"{percent(rate)}（{rate.numerator}/{rate.denominator}）"


def _line(*pairs: tuple[str, str]) -> Line:
    boxes = [box for title, text in pairs for box in (Box(title, caption=True), Box(text))]
    return Line(tuple(boxes), _LINE)


def _short(text: str, lines: int) -> str:
    """A text cut to what some lines hold; western characters are half as wide."""
    room, kept = 2 * _ONE_LINE * lines, ""
    for character in " ".join(text.split(" ")).replace("\n", " "):
        room -= columns_of(character)
        if room < 2:
            return kept + "…"
        kept += character
    return kept
