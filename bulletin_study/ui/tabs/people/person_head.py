"""Who it is, and the figures of the period."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from bulletin_study.domain.people import Role
from bulletin_study.ui.controls import label
from bulletin_study.ui.widgets.card import Card
from bulletin_study.ui.widgets.chip import Chip
from bulletin_study.ui.widgets.counters import CounterItem, Counters
from bulletin_study.usecases.person_page import PersonPage
from bulletin_study.usecases.reports import period_words
from bulletin_study.usecases.titles import percent


class PersonHead(Card):
    """Name and standing, the counters, and the sentence that says what they are made of."""

    def __init__(self) -> None:
        super().__init__("", margin=0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.name = label("", "heading")
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts = label("", "text2", wrap=True)
        self.chip = Chip()
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(16, 4, 16, 0)
        row.setSpacing(12)
        row.addWidget(self.name)
        row.addWidget(self.chip)
        row.addWidget(self.facts, 1)
        self.counters = Counters()
        self.told = label("", "secondary", wrap=True)
        self.told.setContentsMargins(16, 4, 16, 10)
        for part in (line, self.counters, self.told):
            self.body.addWidget(part)

    def show_page(self, page: PersonPage) -> None:
        """Fill it."""
        self.set_title("个人学习记录", period_words(page.first, page.last))
        self.name.setText(page.person.name)
        self.facts.setText(" · ".join(facts(page)))
        self.chip.set(*_presence(page))
        self.counters.set_items(_items(page))
        told = _told(page)
        self.told.setText(told)
        self.told.setVisible(bool(told))


def facts(page: PersonPage) -> list[str]:
    """Group, office and dates in words."""
    person = page.person
    role = str(person.role) if person.role is not Role.MEMBER else ""
    return [
        part
        for part in (
            page.group_name or ("" if role else "未编组"),
            role,
            person.title if person.title != role else "",
            f"工号 {person.staff_number}" if person.staff_number else "",
            str(person.category),
            f"{person.joined:%Y-%m-%d} 入部" if person.joined else "",
            f"{person.party_joined:%Y-%m-%d} 入党" if person.party_joined else "",
        )
        if part
    ]


def _presence(page: PersonPage) -> tuple[str, str, str]:
    person, absence = page.person, page.absence
    if not page.roster.on_roster(person.id, page.today):
        left = person.left
        return (f"已离开 {left:%Y-%m-%d}" if left else "还没入部", "neutral", "")
    if absence is not None:
        until = f" 至 {absence.end:%m-%d}" if absence.end else ""
        return (f"{absence.kind}{until}", "blue", "circle")
    return ("在岗", "green", "check")


def _items(page: PersonPage) -> list[CounterItem]:
    count, heads = page.tally.count, page.tally.count.headcount
    items = [
        CounterItem("expected", "应到", str(heads.expected)),
        CounterItem("came", "实到", str(heads.came)),
    ]
    for name, rate in (*page.tally.rates, *page.tally.outlook):
        under = rate.value is not None and rate.value * 100 < page.limit and name == "到会率"
        note = f"{rate.numerator}/{rate.denominator}" if rate.denominator else ""
        tone, shape = ("amber", "triangle") if under else ("text", "")
        items.append(CounterItem(name, name, percent(rate), tone, note, shape))
    items += [
        CounterItem("hours", "学时", f"{page.tally.hours:g}"),
        CounterItem("talks", "讲课", str(count.talks)),
        CounterItem("said", "心得", str(count.reflections)),
    ]
    if page.person.role is Role.LEADER or count.comments:
        items.append(CounterItem("comments", "点评", str(count.comments)))
    owed = sum(line.debt.waits for line in page.make_ups)
    if page.make_ups:
        note = f"还差 {owed}" if owed else ""
        items.append(CounterItem("made_up", "补学", str(count.made_up), note=note))
    return items


def _told(page: PersonPage) -> str:
    """What the figures leave out, and where they were made; "" when there is nothing to say."""
    tally, parts = page.tally, []
    if tally.incomplete:
        parts.append(f"有 {tally.incomplete} 场还有人未签，没有算进到会率")
    outside = sum(not line.row.expected_by for line in page.attended)
    if outside:
        parts.append(f"免到、列席 {outside} 场，不计")
    if len(tally.groups) > 1:
        parts += [
            f"在{page.name_of_group(group) or '未编组时'} 应到 {own.expected} 实到 {own.came}"
            for group, own in tally.groups.items()
        ]
    joined = page.person.joined
    if joined is not None and page.first < joined <= page.last:
        parts.append(f"从入部日期 {joined:%Y-%m-%d} 算起")
    return "；".join(parts)
