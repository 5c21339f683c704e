"""Made-up contents for the gallery."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bulletin_study.ui.cells import Cell, Column, GroupRow
from bulletin_study.ui.controls import (
    drop_button,
    icon_button,
    label,
    link_button,
    primary_button,
    quiet_button,
    small_button,
    surface,
)
from bulletin_study.ui.fields import CheckField, ChoiceField, FilterField, LineField, NoteField
from bulletin_study.ui.frame import Page
from bulletin_study.ui.inspector import Inspector
from bulletin_study.ui.main_window import MainWindow, PageSpec
from bulletin_study.ui.shell import Hit, MenuEntry
from bulletin_study.ui.sizes import SizeClass
from bulletin_study.ui.table_model import RowsModel
from bulletin_study.ui.widgets.card import Card
from bulletin_study.ui.widgets.charts import (
    BarChart,
    BarSeries,
    ChartLegend,
    ChartPoint,
    LineChart,
)
from bulletin_study.ui.widgets.checklist import Checklist, ChecklistItem
from bulletin_study.ui.widgets.counters import CounterItem, Counters
from bulletin_study.ui.widgets.date_field import DateField, TimeRangeField
from bulletin_study.ui.widgets.list_view import ListView
from bulletin_study.ui.widgets.notes import EmptyState
from bulletin_study.ui.widgets.person_combo import PersonCombo, PersonOption
from bulletin_study.ui.widgets.quick_box import QuickBox
from bulletin_study.ui.widgets.roster_grid import RosterBox, RosterGrid, RosterLine
from bulletin_study.ui.widgets.segmented import Segmented
from bulletin_study.ui.widgets.sentence_bar import SentenceBar
from bulletin_study.ui.widgets.timeline import Timeline, TimelineBar, TimelineRow
from bulletin_study.ui.widgets.week_calendar import DayMark, WeekCalendar

TODAY = date(2026, 11, 25)
NAMES = [
    "王立言", "赵雨桐", "孙嘉禾", "周敏之", "吴知行", "郑可心",
    "林卓然", "何一帆", "黄若溪", "徐景明", "马思齐", "高文博",
]  # fmt: skip
GROUPS = ["办公室", "干部组", "组织组", "人才组", "公务员组", "教育组"]
SENTENCE = ("截至11月25日，已开展“每周一学”活动21场次、“每周一讲”活动20场次、"
            "“每周一评”活动20场次。")  # fmt: skip
PEOPLE = [
    PersonOption(1, "吴知行", "wzx", "wuzhixing", "007", "办公室"),
    PersonOption(2, "魏子衿", "wzj", "weizijin", "038", "教育组"),
    PersonOption(3, "梁守正", "lsz", "liangshouzheng", "016", "组织组"),
]


class SampleShell:
    """A program that finds two people and does nothing."""

    def undo(self) -> None:
        """Nothing."""

    def redo(self) -> None:
        """Nothing."""

    def search(self, text: str, then: Callable[[str, Sequence[Hit]], None]) -> None:
        """Always the same."""
        then(text, [Hit("人员", "吴知行", "办公室 wzx"), Hit("人员", "魏子衿", "教育组 wzj"),
                    Hit("场次", "11-30 每周一学", "全会精神专题学习（二）")])  # fmt: skip

    def open_hit(self, hit: Hit) -> None:
        """Nothing."""

    def menu(self) -> Sequence[MenuEntry]:
        """A few lines."""
        return [MenuEntry("导入花名册…", icon="import"), MenuEntry("备份…", icon="backup"),
                MenuEntry(), MenuEntry("深色", checked=True), MenuEntry("退出")]  # fmt: skip

    def first_run_choice(self, choice: str) -> None:
        """Nothing."""

    def file_dropped(self, path: Path) -> None:
        """Nothing."""


# ---- 每周一学 ----
_STATE = {
    "已开展": Cell("已开展", chip=True, tone="green", shape="check"),
    "计划": Cell("计划", chip=True, tone="blue", shape="circle"),
    "取消": Cell("取消", chip=True, tone="neutral", shape="cross"),
    "改期": Cell("改期", chip=True, tone="amber", shape="arrow"),
    "未签 2": Cell("未签 2", chip=True, tone="amber", shape="triangle"),
}
_Row = tuple[int, str, str, str, str, str]
STUDY: list[tuple[GroupRow, list[_Row]]] = [
    (GroupRow(10, "10月", "4 场次 · 已开展 3 · 取消 1"), [
        (0, "10-05 周一", "国庆放假停学一次", "—", "", "取消"),
        (15, "10-12 周一", "应急值守与信息报送规范", "余承志", "46/48", "已开展"),
        (16, "10-19 周一", "调查研究的方法与常见误区", "方同舟", "44/48", "已开展"),
        (17, "10-26 周一", "公文格式国家标准解读", "陈思远", "46/48", "已开展")]),
    (GroupRow(11, "11月", "5 场次 · 已开展 4 · 计划 1"), [
        (18, "11-02 周一", "数据安全与保密常识", "吕正平", "47/48", "已开展"),
        (19, "11-09 周一", "为基层减负的几项硬要求", "贺立春", "45/48", "已开展"),
        (20, "11-17 周二", "全会精神专题学习（一）", "秦维新", "43/48", "已开展"),
        (21, "11-23 周一", "干部教育培训工作条例解读", "秦维新", "45/48", "未签 2"),
        (22, "11-30 周一", "全会精神专题学习（二）", "梁守正", "", "计划")]),
    (GroupRow(12, "12月", "4 场次 · 计划 3 · 改期 1"), [
        (23, "12-07 周一", "群众来信来访办理规范", "—", "", "计划"),
        (24, "12-15 周二", "年度考核办法解读", "方同舟", "", "改期")]),
]  # fmt: skip


def _faint(row: _Row) -> str:
    return "text3" if row[5] == "取消" else "text"


STUDY_COLUMNS: list[Column[_Row]] = [
    Column("number", "期次", lambda r: Cell(f"第{r[0]}次" if r[0] else "—", tone="text2"), 72),
    Column("day", "日期", lambda r: Cell(r[1], tone=_faint(r)), 92),
    Column("theme", "主题 / 地点",
           lambda r: Cell(r[2], second="三楼会议室" if r[0] else "—", tone=_faint(r)),
           least=180, edit="text", value=lambda r: r[2]),
    Column("form", "形式", lambda r: "集体研学" if r[0] else "—", 76, drop=2),
    Column("leader", "领学人", lambda r: r[3], 64, drop=3),
    Column("came", "到会", lambda r: r[4], 64, right=True, drop=1),
    Column("state", "状态", lambda r: _STATE[r[5]], 92),
]  # fmt: skip


class StudyPage(Page):
    """Calendar, list, inspector."""

    title, name = "每周一学", "study"

    def __init__(self) -> None:
        super().__init__()
        self.model = RowsModel(STUDY_COLUMNS, key=lambda row: row[0])
        self.list = ListView(self.model, row_height=44)
        calendar = WeekCalendar()
        calendar.set_today(TODAY)
        calendar.show_from(date(2026, 9, 28))
        calendar.set_days(sample_days())
        calendar.set_selected(date(2026, 11, 30))
        self.set_panes(self.list, left=calendar, inspector=self._inspect(), left_label="11月")
        segments = Segmented([("按月", 0), ("只看未归档 1", 1), ("全部", 2)])
        self.toolbar.add_left(segments)
        self.toolbar.add_left(FilterField("主题、领学人"))
        self.toolbar.add_right(quiet_button("批量安排…"))
        self.toolbar.add_right(quiet_button("导入学习计划…", "import"), fold=True)
        self.toolbar.add_right(quiet_button("导出…", "export", shortcut="Ctrl+E"), fold=True)
        self.toolbar.set_primary(primary_button("新建场次", "plus", tip="新建场次（Ctrl+N）"))

    def _inspect(self) -> Inspector:
        inspector = Inspector()
        inspector.set_header("第22次", chip=("计划", "blue", "circle"))
        form = inspector.form
        self.theme_field = LineField()
        self.theme_field.set_value("全会精神专题学习（二）")
        form.add("主题", self.theme_field)
        day, times = DateField(), TimeRangeField()
        day.set_value(date(2026, 11, 30))
        times.set_value((time(9), time(10)))
        form.add_side_by_side([("日期", day, None), ("时间", times, None)])
        kind = Segmented([("领导领学", 0), ("集体研学", 1), ("个人自学", 2)], fill=True)
        kind.set_value(1)
        form.add("形式", kind)
        who = PersonCombo(PEOPLE)
        who.set_value(3)
        room = ChoiceField([("二楼小会议室", 1), ("三楼会议室", 2)])
        room.set_value(1)
        rows = form.add_side_by_side([("领学人", who, None), ("地点", room, None)])
        rows[1].note("只坐 40 人，应到 48 人。", ("换到三楼", lambda: None))
        note = NoteField()
        note.set_value("研讨发言：组织组、教育组各 1 人，每人 5 分钟。")
        form.add("备注", note, link=("添加文件", lambda: None))
        inspector.set_footer([small_button("改期…"), small_button("取消本场…")],
                             "改完即存 · Ctrl+Z 撤销")  # fmt: skip
        return inspector

    def reload(self) -> None:
        """Fill."""
        self.model.set_groups(STUDY)
        self.list.select_key(22)


def sample_days() -> dict[date, DayMark]:
    """What lies on the days of the sample calendar."""
    days = {date(2026, 10, day): DayMark(word="休") for day in range(1, 8)}
    days[date(2026, 10, 5)] = DayMark("cross", "text2", "休", "取消")
    days[date(2026, 10, 10)] = DayMark(word="班")
    monday = date(2026, 9, 28)
    for week in range(14):
        day = monday + timedelta(weeks=week)
        if day not in days:
            past = day < TODAY
            days[day] = DayMark("dot" if past else "circle", "green" if past else "blue")
    days[date(2026, 11, 16)] = DayMark("arrow", "amber")
    days[date(2026, 11, 17)] = DayMark("dot", "green")
    for day in (1, 2, 3):
        days[date(2027, 1, day)] = DayMark(word="休")
    return days


# ---- 签到与心得 ----
class SignInPage(Page):
    """Sessions, roster, editors."""

    title, name = "签到与心得", "signin"

    def __init__(self) -> None:
        super().__init__()
        self.counters = Counters()
        self.counters.set_items(
            [CounterItem("e", "应到", "48"), CounterItem("c", "实到", "31", "green", "含迟到 2"),
             CounterItem("l", "请假", "3", "blue"), CounterItem("o", "公出", "2"),
             CounterItem("a", "缺席", "0")],
            right=[CounterItem("u", "未签", "12", "amber", shape="circle")],
        )  # fmt: skip
        self.quick = QuickBox()
        self.quick.set_people(PEOPLE)
        self.roster = RosterGrid()
        self.roster.set_boxes(sample_boxes())
        centre = surface("page")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.counters)
        line = QHBoxLayout()
        line.setContentsMargins(16, 4, 16, 4)
        line.addWidget(self.quick)
        line.addStretch(1)
        line.addWidget(quiet_button("其余全到 12 人"))
        column.addLayout(line)
        column.addWidget(self.roster, 1)
        self.set_panes(centre, left=_sessions(), inspector=self._editors(), left_width=216,
                       inspector_width=352, left_label="11-25 · 每周一讲 · 第21次")  # fmt: skip
        self.toolbar.add_left(label("11-25 周三 · 每周一讲 · 第21次", "title"), optional=True)
        self.toolbar.add_left(label("15:00—16:30 三楼会议室", "text2"), optional=True)
        self.toolbar.add_right(quiet_button("打印签到表", "print", shortcut="Ctrl+P"))
        self.toolbar.add_right(quiet_button("导出…", "export"), fold=True)
        self.toolbar.set_primary(primary_button("归档 · 还差4项", "check"))

    def _editors(self) -> Inspector:
        inspector = Inspector(steps=False)
        inspector.set_header("姜慧敏", "老干部走访的“三记三问”")
        comment = NoteField(lines=4)
        comment.set_value("讲得实，案例来自自己的走访台账。建议把独居老同志的联系频次明确一下。")
        inspector.form.add("领导点评 贺立春", comment)
        inspector.form.add_title("心得体会", "3 位同事", ("换人", lambda: None))
        heard = NoteField()
        inspector.form.add("杜明月 教育组", heard).error("还没写。写完或标“已约”，才能归档。")
        checks = Checklist()
        checks.set_items([
            ChecklistItem("s", "签到", "未签 12 人", "circle", "amber", "跳到第一个"),
            ChecklistItem("c", "领导点评", "1/3 篇", "half", "amber", "下一篇"),
            ChecklistItem("r", "心得体会", "0/9 篇", "circle", "amber", "复制催办"),
            ChecklistItem("t", "题目"),
        ])  # fmt: skip
        inspector.set_footer([checks])
        return inspector


def _sessions() -> ListView:
    columns: list[Column[tuple[int, str, str, str, str, str]]] = [
        Column("what", "", lambda r: Cell(r[1], second=r[3], second_chip=True, second_tone=r[4],
                                          second_shape=r[5]), least=80),
        Column("day", "", lambda r: Cell(r[2], tone="text2"), 92, right=True),
    ]  # fmt: skip
    model = RowsModel(columns, key=lambda row: row[0])
    view = ListView(model, row_height=52, header=False)
    model.set_groups([
        (GroupRow(1, "今天"), [
            (1, "每周一讲 第21次", "11-25 周三", "签到中 36/48", "blue", "half")]),
        (GroupRow(2, "待归档"), [
            (2, "每周一学 第21次", "11-23 周一", "未签 2", "amber", "triangle"),
            (3, "每周一评 第20次", "11-20 周五", "点评 94/96", "amber", "half")]),
        (GroupRow(3, "已归档"), [(9, "每周一学 第20次", "11-17 周二", "已归档", "green", "check")]),
    ])  # fmt: skip
    view.select_key(1)
    return view


def sample_boxes() -> list[RosterBox]:
    """Six groups with all kinds of marks."""
    marks = ["到", "到", "迟到", "请假", None, "到", "公出", "缺席", "早退"]
    boxes, number = [], 0
    for group, title in enumerate(GROUPS):
        lines = []
        for at in range(8 - group % 3):
            number += 1
            mark = marks[(group * 2 + at) % len(marks)]
            lines.append(RosterLine(
                number, f"{number:03}", NAMES[number % len(NAMES)], mark,
                role="组长" if at == 0 else "", reason="病假" if mark == "请假" else "",
                exempt=group == 1 and at == 5,
            ))  # fmt: skip
        boxes.append(RosterBox(group, title, f"{len(lines) - 1}/{len(lines)}", tuple(lines)))
    return boxes


# ---- 本周, 每周一评 ----
class HomePage(Page):
    """Cards, chart, sentence."""

    title, name = "本周", "home"

    def __init__(self) -> None:
        super().__init__()
        body = surface("page")
        self.grid = QGridLayout(body)
        self.grid.setContentsMargins(16, 16, 16, 16)
        self.grid.setSpacing(16)
        chips = [("已开展 · 差1项", "amber", "half"), ("今天", "blue", "dot"),
                 ("计划", "neutral", "circle")]  # fmt: skip
        for at, title in enumerate(("每周一学", "每周一讲", "每周一评")):
            card = Card(title)
            card.set_title(title, "周一 09:00", chips[at])
            card.set_current(at == 1)
            card.body.addWidget(label("第21次 · 干部教育培训工作条例解读", "title"))
            card.body.addWidget(label("三楼会议室 · 材料 2 份", "text2"))
            card.body.addStretch(1)
            checks = Checklist(ruled=True)
            checks.set_items([
                ChecklistItem("s", "签到", "已签 46/48，差 2 人", "triangle", "amber", "补签"),
                ChecklistItem("m", "学习记录", "已存 1 份"),
                ChecklistItem("p", "照片", "已存 3 张")])  # fmt: skip
            card.set_foot(checks)
            card.setFixedHeight(264)
            self.grid.addWidget(card, 0, at)
        chart = Card("每周一学到会率", "近8次 · %")
        line = LineChart()
        values = (93.7, 95.8, 91.7, 95.8, 97.9, 93.8, 89.6, 93.8)
        line.set_points([ChartPoint(f"10-{at + 5:02}", v) for at, v in enumerate(values)])
        chart.body.addWidget(line)
        chart.setFixedWidth(312)
        self.grid.addWidget(chart, 0, 3)
        missing = Card("待归档", "4 项 · 按时间先后", margin=0)
        missing.body.addWidget(_missing())
        self.grid.addWidget(missing, 1, 0, 1, 3)
        empty = Card("接下来 4 位主讲")
        empty.add_link("排期表", lambda: None)
        empty.body.addWidget(EmptyState("还没有排主讲。", "自动编排…"))
        self.grid.addWidget(empty, 1, 3, 2, 1)
        sentence = SentenceBar()
        sentence.set_sentence(SENTENCE, "简报用语 · 自6月29日起，按“已开展”计")
        self.grid.addWidget(sentence, 2, 0, 1, 3)
        self.grid.setRowStretch(1, 1)
        self.set_body(body)
        self.toolbar.add_left(icon_button("chevron-left", "上一周", shortcut="Alt+Left"))
        self.toolbar.add_left(label("第48周 · 11月23日—29日", "title"))
        self.toolbar.add_left(icon_button("chevron-right", "下一周", shortcut="Alt+Right"))
        self.toolbar.add_left(link_button("回到本周"), optional=True)
        self.toolbar.add_right(quiet_button("打印本周安排", "print"))
        self.toolbar.set_primary(primary_button("开始今天的签到", "play"))
        self.show_notice("备份文件夹写不进去，最近一次备份是 3 天前。数据已保存。",
                         ("换一个位置", lambda: None))  # fmt: skip

    def layout_for(self, size: SizeClass) -> None:
        """Nothing in the sample."""


def _missing() -> ListView:
    columns: list[Column[tuple[int, str, str, str]]] = [
        Column("day", "", lambda r: Cell(r[1], tone="text2"), 92),
        Column("what", "", lambda r: r[2], least=160),
        Column("state", "", lambda r: Cell(r[3], chip=True, tone="amber", shape="half"), 110),
        Column("act", "", lambda r: Cell(button="补签"), 90, right=True),
    ]
    model = RowsModel(columns, key=lambda row: row[0])
    view = ListView(model, header=False)
    model.set_rows([(1, "11-18 周三", "魏子衿《主题党日怎么备课》", "心得 2/3"),
                    (2, "11-20 周五", "第20次 · 重点任务周评", "点评 94/96")])  # fmt: skip
    view.select_first()
    return view


class LedgerPage(Page):
    """Progress, deadlines, wrapped words."""

    title, name = "每周一评", "review"

    def __init__(self) -> None:
        super().__init__()
        columns: list[Column[int]] = [
            Column("n", "编号", lambda r: Cell(f"3-{r:02}", tone="text2"), 60),
            Column("task", "任务", lambda r: "青年人才驿站改造并投入使用", 216),
            Column("done", "进度", lambda r: Cell(f"{r * 20}%", progress=r / 5), 120),
            Column("due", "节点", lambda r: Cell(
                f"11-{r + 19}", tone="red" if r < 3 else "text2", bold=r < 3,
                second="逾期 5 天" if r < 3 else "还有 9 天",
                second_tone="red" if r < 3 else "amber",
                second_shape="diamond" if r < 3 else "triangle"), 104),
            Column("who", "责任人", lambda r: Cell("彭书瑶", badge="经", badge_tone="green"), 92),
            Column("news", "本周汇报", lambda r: Cell(
                "水电改造完成，家具采购流标一次，已重新挂网。" * 2, wrap=True), least=220),
            Column("say", "领导点评", lambda r: Cell("未填报", tone="amber", shape="circle",
                   link="复制催办"), 200, edit="note", value=lambda r: "说明原因，定新节点。"),
            Column("fill", "检查", lambda r: Cell("031", fill="red" if r % 2 else ""), 60),
            Column("more", "", lambda r: Cell(icon="dots"), 48),
        ]  # fmt: skip
        self.model = RowsModel(columns, key=lambda row: row)
        self.list = ListView(self.model, row_height=54)
        self.set_panes(self.list)
        self.toolbar.add_left(drop_button("第3轮"))
        self.toolbar.add_left(CheckField("只计已开展"))
        self.toolbar.set_primary(primary_button("逐条点评", "play"))

    def reload(self) -> None:
        """Fill."""
        head = GroupRow(1, "人才工作", "12 项 · 平均 61% · 逾期 1")
        self.model.set_groups([(head, range(1, 6))])
        self.list.select_key(1)


class PaperPage(Page):
    """Charts and the timeline."""

    title, name = "统计导出", "figures"

    def __init__(self) -> None:
        super().__init__()
        body = surface("page")
        grid = QGridLayout(body)
        grid.setContentsMargins(16, 16, 16, 16)
        bars = Card("每月场次")
        bars.add_head(ChartLegend(["学", "讲", "评"]))
        chart = BarChart()
        chart.set_data(["6月", "7月", "8月", "9月", "10月", "11月"], [
            BarSeries("学", (1, 4, 5, 4, 3, 4)), BarSeries("讲", (0, 5, 4, 5, 3, 3)),
            BarSeries("评", (0, 5, 4, 4, 4, 3))])  # fmt: skip
        chart.set_selected(5, 1)
        bars.body.addWidget(chart)
        grid.addWidget(bars, 0, 0)
        away = Card("不在岗情况", "今后 4 周 · 4 人", margin=0)
        away.add_head(small_button("登记", "plus"))
        away.body.addWidget(sample_timeline())
        grid.addWidget(away, 0, 1)
        grid.addWidget(_matrix(), 1, 0, 1, 2)
        self.set_body(body)
        self.toolbar.set_primary(primary_button("导出台账…", "export"))


def sample_timeline() -> Timeline:
    """Four people who are away."""
    line = Timeline()
    line.set_rows([
        TimelineRow("沈亦舟", (TimelineBar(1, date(2026, 11, 24), date(2026, 11, 27), "病假"),)),
        TimelineRow("曾向阳", (TimelineBar(2, date(2026, 11, 25), date(2026, 11, 26), "公出",
                                         "neutral"),)),
        TimelineRow("罗婉清", (TimelineBar(3, date(2026, 10, 8), date(2027, 3, 14),
                                         "产假 10-08 起，至 2027-03-14"),)),
        TimelineRow("任可为", (TimelineBar(4, date(2026, 12, 7), date(2026, 12, 11), "下派",
                                         "green", "与 12-09 主讲冲突"),)),
    ], date(2026, 11, 23), 4, TODAY)  # fmt: skip
    return line


def _matrix() -> Card:
    months = ["6月", "7月", "8月", "9月", "10月", "11月", "合计"]
    columns: list[Column[tuple[str, tuple[int, ...]]]] = [
        Column("kind", "类别", lambda r: Cell(r[0], bold=r[0] == "合计"), least=120)
    ]
    for at, month in enumerate(months):
        columns.append(Column(month, month, lambda r, at=at: Cell(
            str(r[1][at]), bold=at == 6 or r[0] == "合计"), 80, right=True))  # fmt: skip
    model = RowsModel(columns, key=lambda row: row[0])
    view = ListView(model)
    view.select_cells()
    model.set_rows([("每周一学", (1, 4, 5, 4, 3, 4, 21)), ("每周一讲", (0, 5, 4, 5, 3, 3, 20)),
                    ("合计", (1, 9, 9, 9, 6, 7, 41))])  # fmt: skip
    view.setCurrentIndex(model.index(1, 6))
    view.setFocus(Qt.FocusReason.TabFocusReason)
    card = Card("场次", "点数字看明细", margin=0)
    card.body.addWidget(view)
    return card


class BarePage(Page):
    """Nothing yet."""

    title, name = "人员", "people"

    def __init__(self) -> None:
        super().__init__()
        self.set_body(EmptyState("本月还没有场次。", "新建场次"))


MAKERS: list[Callable[[], Page]] = [
    HomePage, StudyPage, BarePage, SignInPage, LedgerPage, PaperPage, BarePage,
]  # fmt: skip
TITLES = ["本周", "每周一学", "每周一讲", "签到与心得", "每周一评", "统计导出", "人员"]


def window_at(at: int) -> Callable[[QSettings], MainWindow]:
    """A maker of the window with one tab open."""

    def make(settings: QSettings) -> MainWindow:
        specs = [PageSpec(title, maker) for title, maker in zip(TITLES, MAKERS, strict=True)]
        window = MainWindow(settings)
        window.furnish(specs, SampleShell(), "D:\\学讲评\\data")
        window.set_badge(0, 4)
        window.set_undo("改地点")
        window.set_backup("最近备份 今天 08:05")
        window.committed("已把第22次的地点改为“二楼小会议室”", frozenset())
        window.go(at)
        return window

    return make


def first_run(settings: QSettings) -> MainWindow:
    """The window before there is data."""
    window = window_at(0)(settings)
    window.show_first_run(True)
    window.say("还没有数据")
    return window


def searching(settings: QSettings) -> MainWindow:
    """The window with hits."""
    window = window_at(1)(settings)

    def after() -> None:
        window.search.start()
        window.search.field.setText("wz")
        window.search.field.textEdited.emit("wz")

    window.__dict__["gallery_after"] = after
    return window


def quick(settings: QSettings) -> MainWindow:
    """The sign-in with its popup."""
    window = window_at(3)(settings)

    def after() -> None:
        page = window.page(3)
        if isinstance(page, SignInPage):
            page.quick.setFocus()
            page.quick.setText("wz2")

    window.__dict__["gallery_after"] = after
    return window


PICTURES: dict[str, Callable[[QSettings], QWidget]] = {
    "home": window_at(0), "study": window_at(1), "signin": window_at(3), "quick": quick,
    "review": window_at(4), "figures": window_at(5), "empty": window_at(6),
    "first-run": first_run, "search": searching,
}  # fmt: skip
