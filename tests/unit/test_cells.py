"""Cells as people type them: text, names, dates, times, counts."""

from __future__ import annotations

import datetime as dt
import unicodedata
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.exchange.tables.cells import (
    CellProblem,
    Read,
    as_count,
    as_date,
    as_lines,
    as_minutes,
    as_name,
    as_open_date,
    as_span,
    as_text,
    as_time,
    as_when,
)
from bulletin_study.exchange.tables.workbook import FORMULA, Cell, CellError

DAY = date(2024, 1, 5)


def problem(reader: Any, cell: Cell, **options: Any) -> CellProblem:
    with pytest.raises(CellProblem) as caught:
        reader(cell, **options)
    assert caught.value.reason
    assert not set("!！") & set(caught.value.reason.replace("#DIV/0!", ""))
    return caught.value


# --- text and names -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("", ""),
        ("  干部一组　", "干部一组"),
        (1001, "1001"),
        (1001.0, "1001"),
        (13800000000, "13800000000"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        ("0012", "0012"),
        ("００１２Ａ", "0012A"),
        ("干部\n一组", "干部一组"),
        ("Study\nroom  2", "Study room 2"),
        ("（三）楼；会议室", "（三）楼；会议室"),
        ("组\u200b织\ufeff", "组织"),
        ("⽂件", "文件"),
        (True, "是"),
        (DAY, "2024-01-05"),
        (dt.datetime(2024, 1, 5, 8, 30), "2024-01-05 08:30"),
        (time(8, 30), "08:30"),
    ],
)
def test_text(cell: Cell, text: str) -> None:
    assert as_text(cell) == text


def test_lines_are_kept_where_they_matter() -> None:
    assert as_lines("一、学习  文件\r\n二、讨论　\n\n") == "一、学习 文件\n二、讨论"
    assert as_lines(48) == "48"


@pytest.mark.parametrize("reader", [as_text, as_lines, as_name, as_count, as_minutes, as_date])
def test_a_cell_in_error_says_so(reader: Any) -> None:
    assert "#DIV/0!" in problem(reader, CellError("#DIV/0!")).reason
    assert "公式" in problem(reader, CellError(FORMULA)).reason


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张  三", "张三"),
        ("张　三", "张三"),
        ("欧阳 娜 娜", "欧阳娜娜"),
        ("阿不都・买买提", "阿不都·买买提"),
        ("阿不都 • 买买提", "阿不都·买买提"),
        ("阿不都.买买提", "阿不都·买买提"),
        ("阿不都．买买提", "阿不都·买买提"),
        ("John   Smith", "John Smith"),
        ("㛃 𬭎", "㛃𬭎"),
        ("张三（女）", "张三（女）"),
        (None, ""),
    ],
)
def test_name(cell: Cell, name: str) -> None:
    assert as_name(cell) == name


@given(st.text(max_size=40))
def test_text_and_names_are_settled_after_one_reading(text: str) -> None:
    assert as_text(as_text(text)) == as_text(text)
    assert as_name(as_name(text)) == as_name(text)
    assert as_lines(as_lines(text)) == as_lines(text)


# --- dates ----------------------------------------------------------------------------------

_ORDINARY = (
    "{y}-{m}-{d}",
    "{y}-{m:02}-{d:02}",
    "{y}/{m}/{d}",
    "{y}.{m}.{d}",
    "{y}．{m}．{d}",
    "{y}—{m}—{d}",
    "{y}、{m}、{d}",
    "{y}年{m}月{d}日",
    "{y} 年 {m} 月 {d} 日",
    "{y}年{m:02}月{d:02}号",
    "{y}年{m}月{d}",
    "{y}{m:02}{d:02}",
    "  {y}-{m}-{d}\n",
    "{y}-{m}-{d}  08:30",
    "{y}-{m:02}-{d:02}T08:30:00",
    "{y}/{m}/{d} 0:00:00",
    "{y}年{m}月{d}日 上午8:30",
    "{y}年{m}月{d}日下午3点半",
    "{y}年{m}月{d}日8:30-10:00",
    "{y}年{m}月{d}日（周五）",
    "{y}年{m}月{d}日 星期五 上午",
    "{y}年{m}月{d}日（下午）",
)
_GUESSED = ("{s:02}.{m}.{d}", "{s:02}年{m}月{d}日", "{s:02}/{m:02}/{d:02}", "{s:02}{m:02}{d:02}")
_MONTHS = ("{y}.{m:02}", "{y}-{m}", "{y}年{m}月", "{y}年{m}月份", "{y}/{m:02}", "{y}{m:02}")
_DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def written(style: str, day: date, wide: bool = False) -> str:
    text = style.format(y=day.year, s=day.year % 100, m=day.month, d=day.day)
    digits = {ord(c): ord(c) + 0xFEE0 for c in "0123456789"}
    return text.translate(digits) if wide else text


@given(_DAYS, st.sampled_from(_ORDINARY), st.booleans())
def test_every_ordinary_style_gives_the_day_back(day: date, style: str, wide: bool) -> None:
    assert as_date(written(style, day, wide)) == Read(day)


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)), st.sampled_from(_GUESSED), st.booleans())
def test_a_short_year_is_a_guess_and_says_so(day: date, style: str, wide: bool) -> None:
    text = written(style, day, wide)
    plain = unicodedata.normalize("NFKC", text)
    if plain.isdigit() and plain[:2] in ("19", "20") and 1 <= int(plain[4:]) <= 12:
        return  # 200312 is December 2003
    assert as_date(text) == Read(day, f"日期已读作 {day}")


@given(_DAYS, st.sampled_from(_MONTHS))
def test_a_month_is_its_first_day_and_says_so(day: date, style: str) -> None:
    first = day.replace(day=1)
    assert as_date(written(style, first)) == Read(first, f"日期已读作 {first}")


@given(_DAYS)
def test_cells_that_are_dates_or_serial_numbers(day: date) -> None:
    assert as_date(day) == Read(day)
    assert as_date(dt.datetime(day.year, day.month, day.day, 8, 30)) == Read(day)
    assert as_date(int(f"{day:%Y%m%d}")) == Read(day)
    serial = (day - date(1899, 12, 30)).days
    if serial >= 10_000:
        assert as_date(serial) == Read(day)
        assert as_date(serial + 0.354) == Read(day)
        assert as_date(str(serial)) == Read(day, f"日期已读作 {day}")


@given(
    _DAYS, st.sampled_from(["{m}月{d}日", "{m}月{d}号（周三）", "{m}/{d}", "{m}-{d}", "{m}.{d}"])
)
def test_without_a_year_the_given_one_is_meant(day: date, style: str) -> None:
    text = written(style, day)
    assert as_date(text, default_year=day.year) == Read(day, f"日期已读作 {day}")
    problem(as_date, text)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("二〇二四年一月五日", DAY),
        ("二○二四年一月五日", DAY),
        ("二零二三年十二月二十三日", date(2023, 12, 23)),
        ("5/23/2024", date(2024, 5, 23)),
        ("23/5/2024", date(2024, 5, 23)),
        ("5/5/2024", date(2024, 5, 5)),
    ],
)
def test_rarer_styles(cell: Cell, day: date) -> None:
    assert as_date(cell) == Read(day)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (None, "blank"),
        ("  ", "blank"),
        ("2023-02-29", "impossible"),
        ("2024年2月30日", "impossible"),
        ("2024-13-01", "impossible"),
        ("20240231", "impossible"),
        ("202-1-5", "date"),
        ("0204-1-5", "year"),
        (date(1899, 12, 31), "year"),
        ("2019", "no_month"),
        (2019, "no_month"),
        ("2019年", "no_month"),
        ("3月8日", "no_year"),
        ("1/5/2024", "ambiguous"),
        (2022.1, "ambiguous"),
        ("2024-01-05至2024-01-07", "date"),
        ("2024.1.5-1.7", "date"),
        ("2024年1月上旬", "date"),
        ("明天", "date"),
        ("至今", "date"),
        ("2024-01-055", "date"),
        (time(8, 0), "date"),
        (True, "date"),
        (3.5, "date"),
        (10**12, "date"),
    ],
)
def test_what_is_no_day_says_why(cell: Cell, code: str) -> None:
    assert problem(as_date, cell).code == code


def test_months_typed_as_decimal_numbers() -> None:
    assert as_date(2022.03).value == date(2022, 3, 1)
    assert as_date(2022.12).value == date(2022, 12, 1)
    assert as_date("2022.10").value == date(2022, 10, 1)


@pytest.mark.parametrize(
    "cell",
    [None, "", "至今", "长期", "待定", "—", "——", "/", "无", "9999-12-31", date(9999, 12, 31)],
)
def test_an_open_end(cell: Cell) -> None:
    assert as_open_date(cell) == Read(None)


def test_an_end_that_is_given() -> None:
    assert as_open_date("2024-1-5") == Read(DAY)
    assert as_open_date("1月5日", default_year=2024) == Read(DAY, "日期已读作 2024-01-05")
    assert problem(as_open_date, "以后").code == "date"


_LIKELY = st.text("0123456789年月日号-/.:： 上下午晚周五点时半分小十一个人~至（）", max_size=24)


@given(_LIKELY | st.text(max_size=30) | st.floats() | st.integers() | st.datetimes() | st.times())
def test_any_cell_is_read_or_has_a_reason(cell: Cell) -> None:
    for reader in (as_date, as_open_date, as_when, as_time, as_span, as_minutes, as_count):
        try:
            reader(cell)  # type: ignore[operator]
        except CellProblem as found:
            assert found.reason  # noqa: PT017


@pytest.mark.parametrize(
    "text", ["9" * 400, "九" * 5000, "千" * 5000, "1" + "0" * 400 + "分钟", "9" * 5000 + "小时"]
)
def test_a_figure_beyond_all_bounds_has_a_reason_too(text: str) -> None:
    test_any_cell_is_read_or_has_a_reason.hypothesis.inner_test(text)  # type: ignore[attr-defined]
    for reader in (as_minutes, as_count):
        assert len(problem(reader, text).reason) < 100


# --- times ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("2024年1月5日 8:30-10:00", time(8, 30), time(10, 0)),
        ("2024-01-05  08：30—10：00", time(8, 30), time(10, 0)),
        ("2024-01-05 下午3:00-5:00", time(15, 0), time(17, 0)),
        ("2024-01-05 上午8:30-下午2:30", time(8, 30), time(14, 30)),
        ("2024年1月5日上午8时30分至10时", time(8, 30), time(10, 0)),
        ("2024年1月5日(星期五)上午8:30", time(8, 30), None),
        ("2024.1.5 8点半", time(8, 30), None),
        ("2024-01-05 （8:30~10:00）", time(8, 30), time(10, 0)),
        ("2024-01-05 08:30-2024-01-05 10:00", time(8, 30), time(10, 0)),
        ("2024-01-05 08:30:00", time(8, 30), None),
        ("2024-01-05 0830", time(8, 30), None),
        ("2024-01-05 晚7:30", time(19, 30), None),
        ("2024-01-05 中午12:30", time(12, 30), None),
        ("2024-01-05", None, None),
        (DAY, None, None),
        (dt.datetime(2024, 1, 5, 8, 30), time(8, 30), None),
        (dt.datetime(2024, 1, 5), None, None),
        (45296.3541666667, time(8, 30), None),
    ],
)
def test_a_day_with_its_hours(cell: Cell, start: time | None, end: time | None) -> None:
    assert as_when(cell) == Read((DAY, start, end))


@given(_DAYS, st.times(), st.times(), st.sampled_from(["-", "—", "~", "至", " - ", "～"]))
def test_every_span_is_read_or_runs_backwards(day: date, a: time, b: time, dash: str) -> None:
    start, end = a.replace(second=0, microsecond=0), b.replace(second=0, microsecond=0)
    text = f"{day:%Y年%m月%d日} {start:%H:%M}{dash}{end:%H：%M}"
    if end <= start:
        assert problem(as_when, text).code == "backwards"
    else:
        assert as_when(text).value == (day, start, end)


def test_a_time_without_hours_is_left_out_and_says_so() -> None:
    read = as_when("1月5日 上午", default_year=2024)
    assert read.value == (DAY, None, None)
    assert read.note is not None
    assert "2024-01-05" in read.note
    assert "上午" in read.note


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2024-01-05 10:00-9:00", "backwards"),
        ("2024-01-05 8:30-2024-01-06 10:00", "two_days"),
        ("2024-01-05 25:00", "time"),
        ("2024-01-05 8:75", "time"),
        ("2024-01-05 会议室", "time"),
        ("8:30", "date"),
    ],
)
def test_hours_that_are_none_say_why(cell: Cell, code: str) -> None:
    assert problem(as_when, cell).code == code


@pytest.mark.parametrize(
    "cell",
    ["8:30", "08：30", "8点半", "8时30分", "上午8:30", "0830", "8.30", time(8, 30), 0.3541667],
)
def test_a_time_of_day(cell: Cell) -> None:
    assert as_time(cell) == time(8, 30)
    assert as_span(cell) == (time(8, 30), None)


def test_a_span_without_a_day() -> None:
    assert as_span("下午2:30—4:00") == (time(14, 30), time(16, 0))
    assert problem(as_span, "10:00-9:00").code == "backwards"
    assert problem(as_time, 8).code == "time"
    assert problem(as_time, None).code == "blank"


# --- figures --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        *(90, 90.0, "90", "９０", "90分钟", "90 分", "90min", "1.5小时", "1小时30分钟", "1小时半"),
        *("1个半小时", "一个半小时", "1:30", "九十分钟", time(1, 30), 0.0625),
    ],
)
def test_ninety_minutes(cell: Cell) -> None:
    assert as_minutes(cell) == 90


@pytest.mark.parametrize(
    ("cell", "minutes"), [("半小时", 30), ("两小时", 120), ("2h", 120), ("一小时", 60)]
)
def test_other_durations(cell: Cell, minutes: int) -> None:
    assert as_minutes(cell) == minutes


@pytest.mark.parametrize("cell", [0, -5, "很久", "2课时", 2000, True, DAY, "小时"])
def test_what_is_no_duration(cell: Cell) -> None:
    assert problem(as_minutes, cell).code == "minutes"


@pytest.mark.parametrize("cell", [48, 48.0, "48", "４８", "48人", "48 名", "共48人", "四十八"])
def test_forty_eight(cell: Cell) -> None:
    assert as_count(cell) == 48


@pytest.mark.parametrize("cell", [-1, 48.5, "约48", "48/50", "若干", True, DAY, time(1, 30)])
def test_what_is_no_count(cell: Cell) -> None:
    assert problem(as_count, cell).code == "count"


def test_blank_figures() -> None:
    assert problem(as_count, "").code == "blank"
    assert problem(as_minutes, None).code == "blank"
    assert as_count(0) == 0
