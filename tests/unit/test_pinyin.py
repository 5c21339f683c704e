"""Names as people type them when they look for somebody."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bulletin_study.exchange.pinyin import pinyin


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("张伟", "zhang wei", "zw"),
        ("单晓明", "shan xiao ming", "sxm"),
        ("仇和平", "qiu he ping", "qhp"),
        ("曾国强", "zeng guo qiang", "zgq"),
        ("解放军", "xie fang jun", "xfj"),
        ("区小红", "ou xiao hong", "oxh"),
        ("查良", "zha liang", "zl"),
        ("翟天", "zhai tian", "zt"),
        ("盖云飞", "ge yun fei", "gyf"),
        ("朴正花", "piao zheng hua", "pzh"),
        ("缪小春", "miao xiao chun", "mxc"),
        ("种大力", "chong da li", "cdl"),
        ("任可为", "ren ke wei", "rkw"),
        ("吕布", "lv bu", "lb"),
        ("欧阳修文", "ou yang xiu wen", "oyxw"),
        ("尉迟恭", "yu chi gong", "ycg"),
        ("单于月", "chan yu yue", "cyy"),
        ("单于", "shan yu", "sy"),
        ("万俟雅", "mo qi ya", "mqy"),
        ("张 伟", "zhang wei", "zw"),
        (" 李　娜 ", "li na", "ln"),
        ("阿迪力·买买提", "a di li mai mai ti", "adlmmt"),
        ("单增•卓玛", "dan zeng zhuo ma", "dzzm"),
        ("王Amy", "wang amy", "wa"),
        ("Anna Lee", "anna lee", "al"),
        ("Ａｎｎａ", "anna", "a"),
        ("", "", ""),
        ("·", "", ""),
    ],
)
def test_names_are_read_as_names(name: str, full: str, initials: str) -> None:
    assert pinyin(name) == (full, initials)


def test_a_character_without_a_reading_stays_itself() -> None:
    assert pinyin("𠮷田") == ("𠮷 tian", "𠮷t")


def test_the_library_is_not_loaded_before_a_name_is_read() -> None:
    code = "import sys, bulletin_study.exchange.pinyin; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
