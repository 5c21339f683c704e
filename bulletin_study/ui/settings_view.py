"""设置: what the office is called, and from when on it is reminded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from bulletin_study.domain.errors import Refusal
from bulletin_study.domain.settings import Unit
from bulletin_study.ui.controls import label, quiet_button, surface
from bulletin_study.ui.fields import LineField, NumberField
from bulletin_study.ui.focus import focus_first
from bulletin_study.ui.forms import FormColumn, FormRow
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.wording import sentence_for
from bulletin_study.usecases.ports import UnitOfWork
from bulletin_study.usecases.settings import (
    COMMENT_DAYS,
    GROUP_RATE,
    MAKE_UP_DAYS,
    PERSON_RATE,
    REFLECTION_DAYS,
    Option,
    name_office,
    read_office,
    read_option,
    set_option,
)

_WIDTH, _HEIGHT, _NUMBER_WIDTH = 480, 720, 96
_REMINDERS: tuple[tuple[Option, str], ...] = (
    (COMMENT_DAYS, "讲课以后过了这么多天还没有点评，在“本周”提醒"),
    (REFLECTION_DAYS, "指定了发言人，过了这么多天还没有写，在“本周”提醒"),
    (PERSON_RATE, "今年的到会率低于它的人，在“本周”提醒；签到齐全满 5 场才算"),
    (GROUP_RATE, "今年的到会率低于它的组室，在“本周”提醒；签到齐全满 5 场才算"),
    (MAKE_UP_DAYS, "缺席以后多少天内要补学，从那一场的日期算起"),
)


@dataclass(frozen=True, slots=True)
class _Settings:
    office: Unit
    numbers: dict[str, int]


def _load(unit: UnitOfWork) -> _Settings:
    return _Settings(
        read_office(unit), {option.key: read_option(unit, option) for option, _ in _REMINDERS}
    )


class SettingsDialog(QDialog):
    """Every field saves itself; Esc takes back what is being typed, once more closes."""

    def __init__(self, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner = runner
        self._office = Unit(1, "")
        self.setWindowTitle("设置")
        self.resize(min(_WIDTH, parent.width() - 48), min(_HEIGHT, parent.height() - 48))
        self.form = FormColumn()
        self.form.escaped.connect(self.reject)
        self.rows: dict[str, FormRow] = {}
        self.numbers: dict[str, NumberField] = {}
        self._build_office()
        self.form.add_title("提醒", "改完即存，“本周”马上按新的算")
        for option, told in _REMINDERS:
            self._build_number(option, told)
        self._build_frame()
        runner.committed.connect(self._reload)
        self._reload()

    # ---- building ----
    def _build_office(self) -> None:
        self.form.add_title("单位", "打印和导出的表格用这个名称")
        self.name, self.short_name = LineField("例如：某县委组织部"), LineField("可以不填")
        self.rows["name"] = self.form.add(
            "单位名称", self.name,
            lambda _, name: self._rename("name", replace(self._office, name=name)),
        )  # fmt: skip
        self.rows["short_name"] = self.form.add(
            "简称", self.short_name,
            lambda _, name: self._rename("short_name", replace(self._office, short_name=name)),
        )  # fmt: skip

    def _build_number(self, option: Option, told: str) -> None:
        field = NumberField(option.least, option.most)
        field.setFixedWidth(_NUMBER_WIDTH)
        row = self.form.add(option.label, field, partial(self._changed, option))
        line = QHBoxLayout()
        line.setSpacing(8)
        column = row.layout()
        assert isinstance(column, QVBoxLayout)
        at = column.indexOf(field)
        column.insertLayout(at, line)
        line.addWidget(field)
        line.addWidget(label(option.unit))
        line.addStretch(1)
        bounds = f"{told}。可填 {option.least} 到 {option.most}，默认 {option.default}。"
        column.insertWidget(at + 1, label(bounds, "secondary", wrap=True))
        self.rows[option.key], self.numbers[option.key] = row, field

    def _build_frame(self) -> None:
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.form)
        foot = surface("footer")
        line = QHBoxLayout(foot)
        line.setContentsMargins(16, 10, 16, 10)
        line.addWidget(label("改完即存 · 每一处都能撤销", "hint"))
        line.addStretch(1)
        close = quiet_button("关闭", tip="关闭（Esc）", on_click=self.accept)
        close.setAutoDefault(False)
        line.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(foot)
        focus_first(self.form)

    # ---- data ----
    def _reload(self, *_: object) -> None:
        self._runner.read(_load, self._show)

    def _show(self, loaded: _Settings) -> None:
        self._office = loaded.office
        self.name.set_value(loaded.office.name)
        self.short_name.set_value(loaded.office.short_name)
        for key, field in self.numbers.items():
            field.set_value(loaded.numbers[key])

    def _rename(self, field: str, edited: Unit) -> None:
        office = self._office
        self._save(field, lambda unit: name_office(unit, office, edited))

    def _changed(self, option: Option, _: int, value: int) -> None:
        self._save(option.key, lambda unit: set_option(unit, option, value))

    def _save(self, key: str, action: Callable[[UnitOfWork], object]) -> None:
        def refused(refusal: Refusal) -> None:
            self.rows[key].error(sentence_for(refusal))

        self._runner.do(action, failed=refused)

    def done(self, result: int) -> None:
        """Save what is being typed; nothing that cannot be read keeps the window open."""
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()
        self.form.commit()
        self._runner.committed.disconnect(self._reload)
        super().done(result)
