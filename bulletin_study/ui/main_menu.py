"""The lines of the main menu."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bulletin_study.ui.finder import KEY
from bulletin_study.ui.shell import MenuEntry
from bulletin_study.ui.theme import theme
from bulletin_study.ui.tokens import Choice
from bulletin_study.usecases.importing import IMPORT_TITLES, ImportKind

if TYPE_CHECKING:
    from bulletin_study.ui.program import Program

_LINE = MenuEntry()
_LOOKS: tuple[tuple[Choice, str], ...] = (
    ("auto", "跟随系统"),
    ("light", "浅色"),
    ("dark", "深色"),
)


def main_menu(program: Program) -> list[MenuEntry]:
    """Everything that has no place of its own on a page."""
    return [
        MenuEntry("导入", icon="import", entries=tuple(_imports(program))),
        MenuEntry("保存空白花名册…", program.save_template, icon="table"),
        _LINE,
        MenuEntry("查找写过的话…", program.finder.come_back, KEY, "search"),
        MenuEntry("操作记录…", program.show_history, icon="history"),
        MenuEntry("撤销", program.undo, "Ctrl+Z", "undo"),
        MenuEntry("恢复", program.redo, "Ctrl+Y", "redo"),
        _LINE,
        MenuEntry("设置…", program.show_settings, icon="settings"),
        MenuEntry("外观", icon="sun", entries=tuple(_looks(program))),
        MenuEntry("打开数据文件夹", program.open_data_folder, icon="folder-open"),
        *_sample(program),
        _LINE,
        MenuEntry("快捷键", program.show_keys, icon="keyboard"),
        MenuEntry("关于学讲评", program.show_about, icon="info"),
        MenuEntry("退出", program.window.close, "Ctrl+Q"),
    ]


def _imports(program: Program) -> list[MenuEntry]:
    kinds = (ImportKind.ROSTER, ImportKind.ABSENCES, ImportKind.PLAN, ImportKind.SESSIONS)
    return [
        MenuEntry(f"{IMPORT_TITLES[kind]}…", partial(program.open_import, None, kind))
        for kind in kinds
    ]


def _looks(program: Program) -> list[MenuEntry]:
    now = theme().choice
    return [
        MenuEntry(text, partial(program.set_look, choice), checked=choice == now)
        for choice, text in _LOOKS
    ]


def _sample(program: Program) -> list[MenuEntry]:
    if not program.sample:
        return [MenuEntry("用示例数据试用", program.open_sample, icon="play")]
    return [
        MenuEntry("清空示例，重新装入", program.reset_sample, icon="refresh-cw"),
        MenuEntry("离开示例，回到正式数据", program.leave_sample, icon="undo"),
    ]
