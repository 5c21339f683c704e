"""What is behind a figure: sessions, groups, people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from bulletin_study.domain.outlook import WithOutlook
from bulletin_study.domain.sessions import SessionStatus
from bulletin_study.domain.tallies import GroupCount, PersonCount
from bulletin_study.domain.tally_facts import Rate
from bulletin_study.ui.cells import Cell, Column
from bulletin_study.ui.controls import label
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.tabs.stats.matrix import TOTAL
from bulletin_study.ui.widgets.card import Card
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.pane_stack import PaneStack
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.usecases.counts import Figures
from bulletin_study.usecases.session_list import SessionRow
from bulletin_study.usecases.titles import day_text, percent

SESSIONS, GROUPS, PEOPLE = "sessions", "groups", "people"
_ROW, _HEADER, _LEAST = 36, 33, 190
_VIEWS = (("场次", SESSIONS), ("组室", GROUPS), ("个人", PEOPLE))


@dataclass(frozen=True, slots=True)
class Named:
    """A group's or person's count with the name it is shown by."""

    key: int
    name: str
    note: str
    count: GroupCount | PersonCount


class DrillCard(Card):
    """Sessions of the chosen cell, or the period's groups and people.

    ``session_opened(id)`` and ``person_opened(id)`` ask for what is behind a line.
    """

    session_opened = Signal(int)
    person_opened = Signal(int)

    def __init__(self) -> None:
        super().__init__("场次", margin=0)
        self._rows: Sequence[SessionRow] = ()
        self._kind, self._span, self._figure = TOTAL, "", "held"
        self._opening = 0
        self._whole = False
        self._name = "全部活动"
        self.views = Segmented(_VIEWS)
        self.views.changed.connect(self._turn)
        self.add_head(self.views)
        self.sessions = RowsModel(_SESSION_COLUMNS, key=lambda r: r.session.id)
        self.groups = RowsModel(_GROUP_COLUMNS, key=lambda r: r.key)
        self.people = RowsModel(_PEOPLE_COLUMNS, key=lambda r: r.key)
        self.lists = {
            SESSIONS: ListView(self.sessions, row_height=_ROW),
            GROUPS: ListView(self.groups, row_height=_ROW),
            PEOPLE: ListView(self.people, row_height=_ROW),
        }
        self.lists[SESSIONS].opened.connect(lambda r: self.session_opened.emit(r.session.id))
        self.lists[PEOPLE].opened.connect(lambda r: self.person_opened.emit(r.key))
        self._session_stack = PaneStack(self.lists[SESSIONS])
        self._pages = QStackedWidget()
        for page in (self._session_stack, self.lists[GROUPS], self.lists[PEOPLE]):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages, 1)
        self._hint = label("Enter 打开；到会率只算没有未签的场次", "hint")
        self._hint.setContentsMargins(16, 4, 16, 8)
        self.set_foot(self._hint)

    def show_figures(self, figures: Figures, rows: Sequence[SessionRow]) -> None:
        """Take the period's sessions, groups and people."""
        self._rows = rows
        counts, roster = figures.counts, figures.roster
        self.groups.set_rows(
            [Named(g.group_id or 0, figures.group_name(g.group_id), "", g) for g in counts.groups]
        )
        people = []
        for count in counts.people:
            person = roster.people.get(count.person_id)
            if person is not None:
                group_id = roster.group_on(person.id, counts.last)
                where = figures.group_name(group_id) if group_id else str(person.role)
                people.append((person.rank, Named(person.id, person.name, where, count)))
        people.sort(key=lambda pair: (pair[0], pair[1].key))
        self.people.set_rows([named for _, named in people])
        self._fill()

    def show_cell(self, kind: int, name: str, column: str, opening: int) -> None:
        """Show the sessions behind one cell of the matrix."""
        self._kind, self._name, self._figure = kind, name, column
        self._span = column if column[:4].isdigit() else ""
        self._opening = 0 if self._span else opening
        self.views.set_value(SESSIONS)
        self._turn(SESSIONS)

    def show_group(self, group_id: int) -> None:
        """Turn to the groups, with one chosen and the keyboard on it."""
        self.views.set_value(GROUPS)
        self._turn(GROUPS)
        self.lists[GROUPS].select_key(group_id)
        self.lists[GROUPS].setFocus()

    def set_whole(self, whole: bool) -> None:
        """``whole``: as tall as its rows, the page scrolls; else each list scrolls itself."""
        self._whole = whole
        policy = Qt.ScrollBarPolicy
        for view in self.lists.values():
            view.setVerticalScrollBarPolicy(
                policy.ScrollBarAlwaysOff if whole else policy.ScrollBarAsNeeded
            )
        self._fit()

    def _fit(self) -> None:
        model = self.lists[self.views.value() or SESSIONS].model()
        rows = model.rowCount()
        self._pages.setMinimumHeight(_HEADER + max(rows, 2) * _ROW + 4 if self._whole else 0)
        self.setMinimumHeight(0 if self._whole else _LEAST)

    def shown_sessions(self) -> list[SessionRow]:
        """The sessions of the chosen cell."""
        return [row for row in self._rows if self._behind(row)]

    def _behind(self, row: SessionRow) -> bool:
        status = row.session.status
        if self._kind != TOTAL and all(k.id != self._kind for k in row.kinds):
            return False
        if not row.session.day.isoformat().startswith(self._span):
            return False
        match self._figure:
            case "planned":
                return status.ahead
            case "cancelled":
                return status is SessionStatus.CANCELLED
            case _:
                return status is SessionStatus.HELD

    def _turn(self, view: str) -> None:
        self._pages.setCurrentIndex([SESSIONS, GROUPS, PEOPLE].index(view))
        self._fill()

    def _fill(self) -> None:
        shown = self.shown_sessions()
        self.sessions.set_rows(shown)
        self._turn_words(shown)
        if shown:
            self._session_stack.show_content()
        else:
            self._session_stack.show_empty("这一格没有场次。")
        self._fit()

    def _turn_words(self, shown: Sequence[SessionRow]) -> None:
        view = self.views.value()
        if view == GROUPS:
            self.set_title("组室", "调动过的人按当天所在组室算")
        elif view == PEOPLE:
            self.set_title("个人", "从入部日期算起")
        else:
            where = f" · {_span_words(self._span)}" if self._span else ""
            opening = f" · 另有期初 {self._opening} 场（没有日期）" if self._opening else ""
            self.set_title(f"{self._name}{where}", f"{len(shown)} 场次{opening}")


def _span_words(span: str) -> str:
    return f"{span[:4]}年{int(span[5:])}月" if len(span) > 4 else f"{span}年"


def _state(row: SessionRow) -> Cell:
    session = row.session
    if session.archived:
        waived = Cell("缺项归档", chip=True, tone="amber", shape="check", tip=session.waiver)
        return waived if session.waiver else Cell("已归档", chip=True, tone="green", shape="check")
    if row.unmarked:
        return Cell(f"未签 {row.unmarked}", chip=True, tone="amber", shape="triangle")
    match session.status:
        case SessionStatus.HELD:
            return Cell("待归档", chip=True, tone="amber", shape="half")
        case SessionStatus.CANCELLED:
            return Cell("取消", chip=True, tone="neutral", shape="cross")
        case SessionStatus.MOVED:
            return Cell("改期", chip=True, tone="amber", shape="arrow")
        case _:
            return Cell("计划", chip=True, tone="blue", shape="circle")


def _ordinal(row: SessionRow) -> str:
    return "、".join(f"第{o.number}次" for o in row.ordinals if o is not None) or "—"


def _attended(row: SessionRow) -> str:
    return "—" if row.expected is None else f"{row.present or 0}/{row.expected}"


_SESSION_COLUMNS: tuple[Column[SessionRow], ...] = (
    Column("day", "日期", lambda r: f"{r.session.day.year}-{day_text(r.session.day)}", width=132),
    Column("kind", "活动", lambda r: "、".join(r.kind_names), width=120, drop=2),
    Column("ordinal", "期次", _ordinal, width=80, drop=3),
    Column("what", "主题 / 主讲", lambda r: r.session.theme or "、".join(r.speakers) or "—",
           most=900),
    Column("attended", "到会", _attended, width=72, right=True),
    Column("state", "状态", _state, width=100),
)


def _figure(title: str, name: str, drop: int = 0) -> Column[Named]:
    return Column(
        name,
        title,
        lambda r: str(getattr(r.count.headcount, name)),
        width=56,
        right=True,
        drop=drop,
    )


def _rate(
    title: str, name: str, get: Callable[[WithOutlook], Rate], width: int, drop: int = 0
) -> Column[Named]:
    def cell(row: Named) -> Cell:
        rate = get(row.count)
        tip = f"{rate.numerator} ÷ {rate.denominator}"
        return Cell(percent(rate), tip=tip, sort=rate.value or 0)

    return Column(name, title, cell, width=width, right=True, drop=drop)



_MARKS: tuple[Column[Named], ...] = (
    _figure("应到", "expected"),
    _figure("实到", "came"),
    _figure("迟到", "late", 6),
    _figure("早退", "left_early", 7),
    _figure("请假", "leave", 4),
    _figure("公出", "official", 5),
    _figure("缺席", "absent", 3),
    _figure("未签", "unmarked", 2),
)

_RATES: tuple[Column[Named], ...] = (
    _rate("到会率", "rate", lambda c: c.rate, 72),
    _rate("含计划", "planned", lambda c: c.rate_over_planned, 72, 10),
    _rate("最高可到", "highest", lambda c: c.highest_possible, 80, 11),
)

_GROUP_COLUMNS: tuple[Column[Named], ...] = (
    Column("name", "组室", lambda r: Cell(r.name, bold=True), least=96),
    Column("held", "场次", lambda r: str(getattr(r.count, "held", "")), width=56, right=True),
    *_MARKS,
    *_RATES,
    Column("talks", "讲课", lambda r: str(r.count.talks), width=56, right=True),
)

_PEOPLE_COLUMNS: tuple[Column[Named], ...] = (
    Column("name", "姓名", lambda r: Cell(r.name, bold=True), width=84),
    Column("group", "组室", lambda r: r.note, least=80, drop=8),
    *_MARKS,
    *_RATES,
    Column("talks", "讲课", lambda r: str(r.count.talks), width=56, right=True),
    Column("comments", "点评", lambda r: str(getattr(r.count, "comments", 0)), width=56,
           right=True, drop=9),
    Column("reflections", "心得", lambda r: str(getattr(r.count, "reflections", 0)), width=56,
           right=True, drop=8),
)
