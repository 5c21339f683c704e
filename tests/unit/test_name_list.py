"""Lists of names as offices paste them: 接龙, headings, marks before and behind the names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.attendance import Mark
from bulletin_study.usecases.name_list.names import Known, name_key
from bulletin_study.usecases.name_list.reading import Entry, Reading, read_names

NAMES = ("张三", "李四", "王五", "赵六", "欧阳修", "买买提·艾力", "John Smith", "张伟",
         "阿布都热西提·阿布都卡德尔", "𬱖丽", "刘㛃", "高公望", "常假山")  # fmt: skip
KNOWN = Known.of(NAMES, ("007", "012", "A15"), ("办公室", "干部组"))
ALONE = None


def read(text: str) -> Reading:
    return read_names(text, KNOWN)


def seen(text: str) -> list[tuple[str, Mark | None, str]]:
    return [(e.name or e.number, e.mark, e.reason) for e in read(text).entries]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1. 张三", [("张三", ALONE, "")]),
        ("1、张三", [("张三", ALONE, "")]),
        ("① 张三", [("张三", ALONE, "")]),
        ("⒈张三", [("张三", ALONE, "")]),
        ("１．张三", [("张三", ALONE, "")]),
        ("(12) 张三", [("张三", ALONE, "")]),
        ("1️⃣ 张三", [("张三", ALONE, "")]),
        ("1️⃣2️⃣张三", [("张三", ALONE, "")]),
        ("🔟 张三", [("张三", ALONE, "")]),
        ("一、张三", [("张三", ALONE, "")]),
        ("12张三", [("张三", ALONE, "")]),
        ("@张三 @李四", [("张三", ALONE, ""), ("李四", ALONE, "")]),
        ("• 张三", [("张三", ALONE, "")]),
        ("张　三", [("张三", ALONE, "")]),
        ("欧 阳 修 请假", [("欧阳修", Mark.LEAVE, "")]),
        ("欧阳 修", [("欧阳修", ALONE, "")]),
        ("买买提•艾力", [("买买提•艾力", ALONE, "")]),
        ("买买提 艾力 下乡", [("买买提艾力", Mark.OFFICIAL, "下乡")]),
        ("john smith 到", [("johnsmith", Mark.PRESENT, "")]),
        ("5. 张三 请假（看病）", [("张三", Mark.LEAVE, "看病")]),
        ("李四-下乡", [("李四", Mark.OFFICIAL, "下乡")]),
        ("王五（代）", [("王五", ALONE, "代")]),
        ("张三主任", [("张三", ALONE, "")]),
        ("副主任张三：请假", [("张三", Mark.LEAVE, "")]),
        ("办公室 张三 已到", [("张三", Mark.PRESENT, "")]),
        ("张三因病请假", [("张三", Mark.LEAVE, "因病")]),
        ("张三 因公外出", [("张三", Mark.OFFICIAL, "因公外出")]),
        ("看病请假 张三", [("张三", Mark.LEAVE, "看病")]),
        ("请假（看病）张三", [("张三", Mark.LEAVE, "看病")]),
        ("出差：张三、李四（省里）",
         [("张三", Mark.OFFICIAL, "出差"), ("李四", Mark.OFFICIAL, "省里")]),
        ("张三 病假", [("张三", Mark.LEAVE, "病假")]),
        ("张三 迟到，堵车", [("张三", Mark.LATE, "堵车")]),
        ("张三 未请假", [("张三", Mark.ABSENT, "未请假")]),
        ("张三 √", [("张三", Mark.PRESENT, "")]),
        ("张三×", [("张三", Mark.ABSENT, "")]),
        ("张三 假", [("张三", Mark.LEAVE, "")]),
        ("张三、李四，王五", [(n, ALONE, "") for n in ("张三", "李四", "王五")]),
        ("张三 李四 王五 请假", [(n, Mark.LEAVE, "") for n in ("张三", "李四", "王五")]),
        ("张三、李四请假", [("张三", Mark.LEAVE, ""), ("李四", Mark.LEAVE, "")]),
        ("张三和李四请假", [("张三", Mark.LEAVE, ""), ("李四", Mark.LEAVE, "")]),
        ("张三 李四请假", [("张三", ALONE, ""), ("李四", Mark.LEAVE, "")]),
        ("张三、李四（请假）", [("张三", ALONE, ""), ("李四", Mark.LEAVE, "")]),
        ("1.张三 2.李四 请假", [("张三", ALONE, ""), ("李四", Mark.LEAVE, "")]),
        ("张三 到 李四 请假", [("张三", Mark.PRESENT, ""), ("李四", Mark.LEAVE, "")]),
        ("请假：张三（看病）、李四", [("张三", Mark.LEAVE, "看病"), ("李四", Mark.LEAVE, "")]),
        ("公出（2人）：张三，李四（下乡）",
         [("张三", Mark.OFFICIAL, ""), ("李四", Mark.OFFICIAL, "下乡")]),
        ("迟到人员：张三；早退：李四", [("张三", Mark.LATE, ""), ("李四", Mark.LEFT_EARLY, "")]),
        ("列席：张三", [("张三", Mark.OBSERVER, "")]),
        ("007", [("007", ALONE, "")]),
        ("12 公出", [("12", Mark.OFFICIAL, "")]),
        ("a15 到", [("a15", Mark.PRESENT, "")]),
        ("赵六 13800001111", [("赵六", ALONE, "")]),
        ("高公望", [("高公望", ALONE, "")]),
        ("常假山 到", [("常假山", Mark.PRESENT, "")]),
        ("刘㛃请假", [("刘㛃", Mark.LEAVE, "")]),
        ("张三丰", [("张三丰", ALONE, "")]),
        ("张小三因病请假", [("张小三", Mark.LEAVE, "因病")]),
        ("钱七、张三", [("钱七", ALONE, ""), ("张三", ALONE, "")]),
    ],
)  # fmt: skip
def test_a_line_names_people_and_says_something_of_them(
    line: str, expected: list[tuple[str, Mark | None, str]]
) -> None:
    assert seen(line) == expected


@pytest.mark.parametrize(
    "line",
    ["#接龙", "11月25日每周一学，请大家接龙签到", "例：张三 请假", "应到48人，实到45人",
     "地点：三楼会议室", "谢谢大家", "时间：9:00", "未签到：张三、李四", ""],
)  # fmt: skip
def test_what_is_no_name_is_kept_as_a_note(line: str) -> None:
    reading = read(line)
    assert reading.entries == ()
    assert reading.notes == (((1, line),) if line else ())


def test_a_heading_alone_holds_until_a_blank_line() -> None:
    text = "请假：\n1. 张三\n2. 李四 家里老人住院\n\n王五\n缺席名单\n赵六"
    assert seen(text) == [
        ("张三", Mark.LEAVE, ""),
        ("李四", Mark.LEAVE, "家里老人住院"),
        ("王五", ALONE, ""),
        ("赵六", Mark.ABSENT, ""),
    ]


def test_those_below_a_heading_of_people_not_heard_of_are_not_taken_for_present() -> None:
    assert seen("还没接龙：\n张三\n李四\n\n王五") == [("王五", ALONE, "")]


def test_the_group_and_the_number_beside_a_name_tell_same_named_people_apart() -> None:
    first, second, third = read("干部组：张伟\n张伟（办公室）\n007 张伟").entries
    assert (first.group, second.group, third.number) == ("干部组", "办公室", "007")


def test_what_gives_no_mark_is_said_to_be_unsure() -> None:
    assert [e.unsure for e in read("王五（代）\n张三\n李四 请假").entries] == [True, False, False]


# ---- what is written in any style is read back -----------------------------------------

_WORDS = {
    Mark.PRESENT: ("到", "已到", "签到", "√", "参加", "准时到会"),
    Mark.LATE: ("迟到", "晚到"),
    Mark.LEFT_EARLY: ("早退",),
    Mark.LEAVE: ("请假",),
    Mark.OFFICIAL: ("公出",),
    Mark.ABSENT: ("缺席", "没来"),
}
_REASONS = ("", "看病", "省里开会", "孩子家长会", "下乡", "堵车", "外出学习", "家中有事")
_LEADS = ("", "{n}. ", "{n}、", "{n}）", "（{n}）", "{n}.", "• ", "@", "  ")
_SHAPES = (
    "{name} {word}（{reason}）", "{name} {word} {reason}", "{name}-{word}-{reason}",
    "{name}：{word}，{reason}", "{name}（{word}：{reason}）", "{word}：{name}（{reason}）",
    "{name}同志 {word} {reason}", "{name} {reason} {word}", "{spaced} {word}　{reason}",
)  # fmt: skip

_said = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(list(_WORDS)),
    st.integers(0, 5),
    st.sampled_from(_REASONS),
    st.sampled_from(_LEADS),
    st.sampled_from(_SHAPES),
    st.booleans(),
)


def _written(number: int, name: str, word: str, reason: str, lead: str, shape: str) -> str:
    spaced = name if len(name) > 4 or name.isascii() else "　".join(name)
    line = shape.format(name=name, word=word, reason=reason, spaced=spaced)
    return lead.format(n=number) + line.replace("（）", "").rstrip("-，：　 ")


@given(st.lists(_said, max_size=12), st.lists(st.sampled_from(["#接龙", "谢谢大家", ""])))
def test_a_list_of_marks_written_in_many_styles_is_read_back(
    said: list[tuple[str, Mark, int, str, str, str, bool]], noise: list[str]
) -> None:
    lines, expected = list(noise), []
    for number, (name, mark, at, reason, lead, shape, wide) in enumerate(said, start=1):
        reason = "" if mark is Mark.PRESENT else reason
        word = _WORDS[mark][at % len(_WORDS[mark])]
        line = _written(number, name, word, reason, lead, shape)
        lines.append(line.translate(_WIDE) if wide else line)
        expected.append((name, mark, reason))
    entries = read("\n".join(lines)).entries
    assert [(_key(e), e.mark, e.reason) for e in entries] == [
        (name.replace(" ", ""), mark, reason) for name, mark, reason in expected
    ]


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(_REASONS)), min_size=1,
                max_size=6, unique_by=lambda pair: pair[0]),
       st.sampled_from([m for m in _WORDS if m is not Mark.PRESENT]),
       st.sampled_from("、，；"))  # fmt: skip
def test_a_heading_with_several_names_is_read_back(
    said: list[tuple[str, str]], mark: Mark, between: str
) -> None:
    named = between.join(f"{name}（{reason}）".replace("（）", "") for name, reason in said)
    assert [(_key(e), e.mark, e.reason) for e in read(f"{mark}：{named}").entries] == [
        (name.replace(" ", ""), mark, reason) for name, reason in said
    ]


@given(st.text(max_size=200))
def test_any_text_at_all_is_read_without_a_word_lost_or_a_failure(text: str) -> None:
    reading = read(text)
    touched = {e.line for e in reading.entries} | {number for number, _ in reading.notes}
    lines = text.splitlines()
    assert touched == {at for at, line in enumerate(lines, start=1) if line.strip()}


def test_a_page_without_a_blank_is_not_looked_up_letter_by_letter() -> None:
    before = name_key.cache_info().misses
    reading = read("学习条例" * 5_000 + "\n张三")
    assert [entry.name for entry in reading.entries] == ["张三"]
    assert name_key.cache_info().misses - before < 500


_WIDE = {ord(str(n)): ord("０") + n for n in range(10)}


def _key(entry: Entry) -> str:
    return entry.name.replace(" ", "")
