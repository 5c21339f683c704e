"""签到表, 会议记录 and 心得汇编: who stands where, whose figures, what is left to the hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bulletin_study.domain.attendance import Mark
from bulletin_study.domain.errors import NotFound, WrongStatus
from bulletin_study.domain.sessions import Form, Reflection, StudySession, Talk
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.attendance import MarkEntry, mark
from bulletin_study.usecases.minutes import noted_words
from bulletin_study.usecases.paper_minutes import minutes_paper, minutes_papers
from bulletin_study.usecases.paper_reflections import (
    Order,
    reflections_paper,
    reflections_report,
    session_reflections_paper,
    session_reflections_report,
)
from bulletin_study.usecases.paper_signin import (
    sign_in_paper,
    sign_in_papers,
    sign_in_table,
    sign_in_tables,
)
from bulletin_study.usecases.paper_talk import session_talks_paper
from bulletin_study.usecases.papers import (
    Blank,
    Grid,
    NewPage,
    Paper,
    Paragraph,
    Style,
    Title,
)
from bulletin_study.usecases.papers import (
    Form as PaperForm,
)
from bulletin_study.usecases.sign_in_page import load_page
from tests.contract.paper_office import (
    AHEAD,
    HELD,
    LONG_NAME,
    OFF,
    PARTY,
    RARE,
    TALKS,
    TOGETHER,
    TOTALS,
    name_of,
    paper_office,
)

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqlOffice]:
    store = paper_office(tmp_path / "papers.sqlite3")
    yield store
    store.close()


def grids(paper: Paper) -> list[Grid]:
    return [block for block in paper.blocks if isinstance(block, Grid)]


def halves(paper: Paper) -> list[tuple[str, ...]]:
    """The lines of all sheets one under another: down the left, down the right, page by page."""
    found = []
    for grid in grids(paper):
        rows = [tuple(str(cell) for cell in row) for row in grid.table.rows]
        found += [row[:5] for row in rows] + [row[5:] for row in rows]
    return [line for line in found if any(line)]


def names(paper: Paper) -> list[str]:
    return [line[1] for line in halves(paper) if line[1]]


def words(paper: Paper, style: Style | None = None) -> list[str]:
    """The paragraphs, of one style if asked."""
    return [
        block.text for block in paper.blocks
        if isinstance(block, Paragraph) and style in (None, block.style)
    ]  # fmt: skip


def figures(paper: Paper) -> list[str]:
    return words(paper, Style.NOTE)


# --- 签到表 --------------------------------------------------------------------------------


def test_a_blank_sheet_lists_today_s_roster_by_rank_and_leaves_the_rest_to_the_hand(
    office: SqlOffice,
) -> None:
    with office.view() as unit:
        paper = sign_in_paper(unit, AHEAD, blank=True)
    lines = halves(paper)
    assert [line[1] for line in lines if line[1]] == [name_of(n) for n in range(1, 49)]
    assert lines[0] == ("1", name_of(1), "部长", "", "")
    assert {line[3] for line in lines} == {""}
    assert [line[0] for line in lines].count("列席") == 4
    remarks = {line[1]: line[4] for line in lines if line[4] and line[1]}
    assert remarks == {name_of(8): "免到 下派", name_of(9): "出差：到市里报送材料"}
    assert "0004" not in str(paper), "no staff numbers"
    (line,) = figures(paper)
    assert line.startswith("应到 47 人（另有免到 1 人）")
    assert "实到　　人" in line
    assert "（2026年第　　　　次）" in words(paper)
    assert paper.numbers == ()


def test_the_head_says_when_where_what_and_who_presides(office: SqlOffice) -> None:
    with office.view() as unit:
        paper = sign_in_paper(unit, HELD)
    assert grids(paper)[0].above == (
        "时间：2026年11月23日（周一）08:30—10:00　　地点：三楼会议室",
        f"主题：学习贯彻党的二十大精神　　主持人：{name_of(2)}",
    )
    assert "（2026年第2次）" in words(paper)


def test_a_filled_sheet_says_who_was_there_and_why_not(office: SqlOffice) -> None:
    with office.view() as unit:
        paper = sign_in_paper(unit, HELD)
    by_name = {line[1]: line[3:] for line in halves(paper) if line[1]}
    assert by_name[name_of(1)] == ("到", "")
    assert by_name[name_of(45)] == ("迟到", "堵车")
    assert by_name[name_of(46)] == ("请假", "看病")
    assert by_name[name_of(47)] == ("公出", "下乡调研")
    assert by_name[name_of(48)] == ("缺席", "没有说明")
    assert by_name[name_of(8)] == ("免到", "下派")
    assert figures(paper) == [
        "应到 47 人，实到 44 人（含迟到 1 人），请假 1 人，公出 1 人，缺席 1 人；另有免到 1 人"
    ]


@pytest.mark.parametrize(
    ("people", "pages"), [(12, 1), (48, 1), (49, 1), (53, 2), (100, 2), (200, 4)]
)
def test_names_are_spread_over_as_few_pages_as_can_be_and_none_is_lost(
    people: int, pages: int, tmp_path: Path
) -> None:
    store = paper_office(tmp_path / "papers.sqlite3", people)
    with store.view() as unit:
        paper = sign_in_paper(unit, AHEAD, blank=True)
    store.close()
    assert len(grids(paper)) == pages == 1 + sum(isinstance(b, NewPage) for b in paper.blocks)
    assert sum(isinstance(b, Title) for b in paper.blocks) == pages, "the head on every page"
    assert names(paper) == [name_of(n) for n in range(1, people + 1)]
    assert len(figures(paper)) == 1
    rows = [len(grid.table.rows) for grid in grids(paper)]
    assert max(rows) - min(rows) <= 3, "evenly, the 列席 rows at the end"
    assert all(7 <= (grid.height or 0) <= 9.5 for grid in grids(paper)), "room to sign"


def test_kinds_held_together_have_a_sheet_each_of_their_own_audience(office: SqlOffice) -> None:
    with office.view() as unit:
        each = sign_in_paper(unit, TOGETHER)
        party = sign_in_paper(unit, TOGETHER, kinds=PARTY)
        together = sign_in_paper(unit, TOGETHER, kinds="together")
    titles = [block.text for block in each.blocks if isinstance(block, Title)]
    assert titles == ["每周一学签到表", "主题党日签到表"]
    assert names(party) == [name_of(n) for n in range(1, 49, 2)]
    assert figures(party) == ["应到 24 人，实到 23 人，请假 1 人，缺席 0 人"]
    assert names(each) == [name_of(n) for n in range(1, 49)] + names(party)
    assert figures(each)[1:] == figures(party)
    assert figures(together) == [
        "应到 47 人，实到 46 人，请假 1 人，缺席 0 人；另有免到 1 人",
        "其中每周一学：应到 47 人，实到 46 人，请假 1 人，缺席 0 人",
        "其中主题党日：应到 24 人，实到 23 人，请假 1 人，缺席 0 人",
    ]
    assert len(grids(together)) == 1, "48 people on one page, two lines of figures more"


def test_who_came_unasked_stands_at_the_end_and_in_no_figure(office: SqlOffice) -> None:
    with office.unit() as unit:
        mark(unit, TOGETHER, [MarkEntry(8, Mark.OBSERVER)])
    with office.view() as unit:
        paper = sign_in_paper(unit, TOGETHER, kinds=PARTY)
    last = [line for line in halves(paper) if line[0] == "列席"]
    assert last[0] == ("列席", name_of(8), "办公室", "列席", "")
    assert figures(paper) == ["应到 24 人，实到 23 人，请假 1 人，缺席 0 人；另有列席 1 人"]


def test_old_sessions_of_which_only_totals_are_known_have_no_names(office: SqlOffice) -> None:
    with office.view() as unit:
        paper = sign_in_paper(unit, TOTALS)
    assert names(paper) == []
    assert figures(paper) == ["应到 46 人，实到 40 人。这一场只有人数，没有名单。"]


def test_reading_alone_is_completed_not_attended(office: SqlOffice) -> None:
    with office.unit() as unit:
        session = unit.get(StudySession, TALKS)
        assert session is not None
        unit.put(replace(session, form=Form.SELF_STUDY))
        unit.commit("改形式")
    with office.view() as unit:
        marks = {line[1]: line[3] for line in halves(sign_in_paper(unit, TALKS)) if line[1]}
    assert (marks[name_of(1)], marks[name_of(10)]) == ("完成", "未完成")


def test_a_period_has_a_sheet_of_everything_held_and_blank_ones_of_all_not_called_off(
    office: SqlOffice,
) -> None:
    told: list[tuple[int, int]] = []
    with office.view() as unit:
        held = sign_in_papers(unit, *YEAR, progress=lambda *at: told.append(at))
        blank = sign_in_papers(unit, *YEAR, blank=True)
    assert sum(isinstance(b, Title) for b in held.blocks) == 5
    assert sum(isinstance(b, Title) for b in blank.blocks) == 6
    assert told[-1] == (4, 4)
    with office.view() as unit, pytest.raises(NotFound):
        sign_in_papers(unit, date(2025, 1, 1), date(2025, 12, 31))


def test_a_session_called_off_has_no_papers(office: SqlOffice) -> None:
    with office.view() as unit:
        for make in (sign_in_paper, sign_in_table, minutes_paper):
            with pytest.raises(WrongStatus):
                make(unit, OFF)


def test_a_kind_that_was_not_held_has_no_paper(office: SqlOffice) -> None:
    with office.view() as unit, pytest.raises(NotFound):
        sign_in_paper(unit, HELD, kinds=PARTY)


def test_the_sheet_as_a_table_has_the_same_names_and_figures(office: SqlOffice) -> None:
    with office.view() as unit:
        report = sign_in_table(unit, TOGETHER)
        paper = sign_in_paper(unit, TOGETHER)
        year = sign_in_tables(unit, *YEAR)
    assert [str(row[1]) for table in report.tables for row in table.rows] == names(paper)
    assert [table.notes[0] for table in report.tables] == figures(paper)
    assert report.numbers == paper.numbers
    assert len(year.tables) == 5


# --- 会议记录 ------------------------------------------------------------------------------


def test_the_minutes_name_everybody_who_was_not_there_with_the_reason(office: SqlOffice) -> None:
    with office.view() as unit:
        paper = minutes_paper(unit, HELD)
    said = words(paper)
    assert "时间：2026年11月23日（周一）08:30—10:00" in said
    assert f"主持人：{name_of(2)}　　记录人：{name_of(7)}" in said
    assert f"领学人：{name_of(1)}　　形式：领导领学" in said
    assert (
        f"缺席人员及原因：请假 1 人：{name_of(46)}（看病）；公出 1 人：{name_of(47)}（下乡调研）；"
        f"缺席 1 人：{name_of(48)}（没有说明）。"
    ) in said
    assert "列席：无" in said
    assert words(paper, Style.HEADING) == ["一、议程", "二、发言要点", "三、议定事项"]
    assert f"周{RARE}（体会）：学而后知不足。\n还要多读。" in said
    assert "散会（10:00）。" in said


def test_what_is_written_stands_in_the_minutes_and_what_is_not_leaves_room(
    office: SqlOffice,
) -> None:
    with office.view() as unit:
        assert sum(isinstance(b, Blank) for b in minutes_paper(unit, HELD).blocks) == 2
    with office.unit() as unit:
        session = unit.get(StudySession, HELD)
        assert session is not None
        unit.put(replace(session, agenda="学原文\n谈体会", decisions="交笔记", speeches="领学"))
        unit.commit("写会议记录")
    with office.view() as unit:
        paper = minutes_paper(unit, HELD)
    assert not any(isinstance(block, Blank) for block in paper.blocks)
    assert {"1. 学原文", "2. 谈体会", "领学", "交笔记"} <= set(words(paper))


def test_what_stands_in_the_minutes_already_is_not_printed_again(office: SqlOffice) -> None:
    """发言要点 made from the comments and reflections; only what came later is appended."""
    with office.unit() as unit:
        page = load_page(unit, TALKS)
        noted = noted_words(page)
        later = page.reflections[0]
        unit.put(replace(page.session, speeches=noted),
                 replace(later, id=999, text="会后又补了一句。"))  # fmt: skip
        unit.commit("写会议记录")
    with office.view() as unit:
        printed = "\n".join(words(minutes_paper(unit, TALKS)))
    for said in page.reflections:
        if said.text.strip():
            assert printed.count(said.text.strip()) == 1
    for comment in page.comments:
        if comment.text.strip():
            assert printed.count(comment.text.strip()) == 1
    assert printed.count("会后又补了一句。") == 1
    assert printed.count("（一）") == 1
    assert "（二）" not in printed


@pytest.mark.parametrize(
    "own", ["1. 甲\n2. 乙", "一、甲\n二、乙", "（一）甲\n（二）乙", "①甲\n②乙", "1、甲\n乙"]
)
def test_lines_that_were_numbered_by_hand_keep_their_numbers(office: SqlOffice, own: str) -> None:
    with office.unit() as unit:
        session = unit.get(StudySession, HELD)
        assert session is not None
        unit.put(replace(session, decisions=own, agenda="甲\n\n2026年计划"))
        unit.commit("写会议记录")
    with office.view() as unit:
        said = words(minutes_paper(unit, HELD))
    assert set(own.split("\n")) <= set(said)
    assert {"1. 甲", "2. 2026年计划"} <= set(said)


def test_the_end_of_the_minutes_takes_the_last_decisions_along(office: SqlOffice) -> None:
    with office.unit() as unit:
        session = unit.get(StudySession, HELD)
        assert session is not None
        unit.put(replace(session, decisions="甲\n乙\n丙"))
        unit.commit("写会议记录")
    with office.view() as unit:
        blocks = minutes_paper(unit, HELD).blocks
    kept = [b.text for b in blocks if isinstance(b, Paragraph) and b.keep]
    assert kept == ["2. 乙", "3. 丙", "散会（10:00）。"]


def test_minutes_of_talks_follow_the_talks(office: SqlOffice) -> None:
    with office.view() as unit:
        paper = minutes_paper(unit, TALKS)
    said = words(paper)
    first = f"{name_of(6)}讲课《怎样写简报》（业务知识）"
    second = f"{name_of(7)}讲课《公务员法释义》（政策法规）"
    assert {f"1. {first}", f"2. {second}"} <= set(said)
    assert words(paper, Style.SUBHEADING) == [f"（一）{first}", f"（二）{second}"]
    at = said.index(f"（一）{first}")
    assert said[at + 1] == f"{name_of(1)}点评：讲得实在。"
    assert said[at + 2] == f"{LONG_NAME}（心得）：回去就改。"
    assert f"缺席人员及原因：未签 1 人：{name_of(10)}。" in said


def test_minutes_of_a_meeting_ahead_are_a_form_to_write_on(office: SqlOffice) -> None:
    with office.view() as unit:
        paper = minutes_paper(unit, AHEAD)
    assert [block.lines for block in paper.blocks if isinstance(block, Blank)] == [1, 2, 7, 8]
    assert f"缺席人员及原因：公出 1 人：{name_of(9)}（出差：到市里报送材料）。" in words(paper)
    assert "（2026年第　　　　次）" in words(paper)
    assert paper.numbers == ()


def test_minutes_are_made_per_kind_and_for_a_period(office: SqlOffice) -> None:
    with office.view() as unit:
        each = minutes_paper(unit, TOGETHER)
        year = minutes_papers(unit, *YEAR)
    titles = [block.text for block in each.blocks if isinstance(block, Title)]
    assert titles == ["每周一学会议记录", "主题党日会议记录"]
    came = [text for text in words(each) if text.startswith("出席")]
    assert came == ["出席：应到 47 人，实到 46 人，请假 1 人，缺席 0 人。",
                    "出席：应到 24 人，实到 23 人，请假 1 人，缺席 0 人。"]  # fmt: skip
    assert sum(isinstance(b, Title) for b in year.blocks) == 5
    assert "出席：应到 46 人，实到 40 人。" in words(year)


# --- 讲课记录, 心得汇编 ----------------------------------------------------------------------


def test_the_records_of_a_session_s_talks_count_their_own_audience(office: SqlOffice) -> None:
    with office.view() as unit:
        paper = session_talks_paper(unit, TALKS)
    forms = [block for block in paper.blocks if isinstance(block, PaperForm)]
    boxes = [box.text for line in forms[1].lines for box in line.boxes]
    assert len(forms) == 2
    assert {"应到 47 人，实到 46 人", "每周一讲第1次 第2讲", "公务员法释义"} <= set(boxes)
    assert [one.session_id for one in paper.numbers] == [TALKS]
    with office.unit() as unit:
        unit.put(*(replace(talk, speaker_id=None) for talk in unit.all(Talk)))
        unit.commit("没有人讲")
    with office.view() as unit, pytest.raises(NotFound):
        session_talks_paper(unit, TALKS)


def test_reflections_by_session_say_who_and_about_what(office: SqlOffice) -> None:
    with office.view() as unit:
        paper = reflections_paper(unit, *YEAR)
    period = "某县委组织部　2026年1月1日至12月31日"
    assert words(paper, Style.CENTRED) == [period, "（2 场，2 人，3 篇）"]
    assert words(paper, Style.HEADING) == [
        "一、2026年11月18日 每周一讲",
        "二、2026年11月23日 每周一学　学习贯彻党的二十大精神",
    ]
    assert words(paper, Style.SUBHEADING) == [
        f"（一）{LONG_NAME}（办公室）　心得　《怎样写简报》（{name_of(6)}主讲）",
        f"（二）周{RARE}（干部教育监督组）　体会　《公务员法释义》（{name_of(7)}主讲）",
        f"（一）周{RARE}（干部教育监督组）　体会",
    ]


@pytest.mark.parametrize(
    ("first", "kept"),
    [("周{who}心得体会", False), ("学习《学习贯彻党的二十大精神》心得体会", False),
     ("心 得 体 会\n——周{who}", False), ("“三会一课”是党的组织生活的基本制度", True)],
)  # fmt: skip
def test_a_first_line_that_repeats_the_heading_is_printed_once(
    office: SqlOffice, first: str, kept: bool
) -> None:
    first = first.format(who=RARE)
    with office.unit() as unit:
        said = next(r for r in unit.all(Reflection, session_id=HELD) if r.text)
        unit.put(replace(said, text=f"{first}\n\n学而后知不足。", written=True))
        unit.commit("书面材料")
    with office.view() as unit:
        body = words(session_reflections_paper(unit, HELD), Style.BODY)
    assert any("学而后知不足。" in text for text in body)
    assert any(first.split("\n")[0] in text for text in body) is kept


def test_a_text_that_is_nothing_but_a_heading_is_kept(office: SqlOffice) -> None:
    with office.unit() as unit:
        said = next(r for r in unit.all(Reflection, session_id=HELD) if r.text)
        unit.put(replace(said, text="心得体会"))
        unit.commit("只写了题目")
    with office.view() as unit:
        assert "心得体会" in words(session_reflections_paper(unit, HELD), Style.BODY)


def test_reflections_by_person_follow_the_rank(office: SqlOffice) -> None:
    with office.view() as unit:
        paper = reflections_paper(unit, *YEAR, by=Order.PERSON)
    assert words(paper, Style.HEADING) == [
        f"一、{LONG_NAME}（办公室）", f"二、周{RARE}（干部教育监督组）",
    ]  # fmt: skip
    assert words(paper, Style.SUBHEADING) == [
        f"（一）2026年11月18日 每周一讲《怎样写简报》（{name_of(6)}主讲）　心得",
        f"（一）2026年11月18日 每周一讲《公务员法释义》（{name_of(7)}主讲）　体会",
        "（二）2026年11月23日 每周一学　体会",
    ]
    assert "还要多读。" in words(paper, Style.BODY)[-1]


def test_reflections_of_one_session_and_as_a_table(office: SqlOffice) -> None:
    with office.view() as unit:
        one = session_reflections_paper(unit, HELD)
        table = reflections_report(unit, *YEAR).tables[0]
        own = session_reflections_report(unit, TALKS).tables[0]
    assert len(words(one, Style.SUBHEADING)) == 1
    assert [row[3] for row in table.rows] == [LONG_NAME, f"周{RARE}", f"周{RARE}"]
    assert [row[7] for row in own.rows] == ["回去就改。", "法条要背熟。"]


def test_without_texts_there_is_no_collection(office: SqlOffice) -> None:
    with office.view() as unit:
        with pytest.raises(NotFound):
            session_reflections_paper(unit, AHEAD)
        with pytest.raises(NotFound):
            reflections_paper(unit, date(2025, 1, 1), date(2025, 12, 31))
