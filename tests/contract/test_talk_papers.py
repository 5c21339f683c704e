"""每周一讲安排表 and 讲课记录: what they say, and where they leave room."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bulletin_study.domain.errors import NotFound
from bulletin_study.domain.sessions import (
    Comment,
    Reflection,
    ReflectionKind,
    TalkCategory,
)
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.paper_rotation import rotation_paper
from bulletin_study.usecases.paper_talk import talk_paper, talks_paper
from bulletin_study.usecases.papers import Form, Grid, Paper, table_lines
from tests.contract.talk_office import (
    FIRST,
    LAST,
    talk_of,
    wednesday,
)


@pytest.fixture
def office(announced: SqlOffice) -> SqlOffice:
    """Six announced talks: 赵一 孙三 周五 钱二 李四 吴六."""
    return announced


def boxes(paper: Paper, form: int = 0) -> dict[str, list[str]]:
    """What stands after each caption of a form."""
    forms = [block for block in paper.blocks if isinstance(block, Form)]
    found: dict[str, list[str]] = {}
    for line in forms[form].lines:
        for caption, box in zip(line.boxes[::2], line.boxes[1::2], strict=True):
            found.setdefault(caption.text, []).append(box.text)
    return found


def test_the_plan_on_paper_has_every_place_and_room_for_the_seal(office: SqlOffice) -> None:
    with office.view() as unit:
        paper = rotation_paper(unit, FIRST, LAST)
    assert paper.title == "每周一讲安排表（2026年12月2日至2027年1月6日）"
    grid = next(block for block in paper.blocks if isinstance(block, Grid))
    lines = table_lines(grid.table)
    assert [line[2] for line in lines] == ["赵一", "孙三", "周五", "钱二", "李四", "吴六"]
    assert lines[0][:2] == ("1", "2026-12-02 周三"), "the year stands where there are two"
    assert lines[0][6] == "钱二"


def test_the_record_of_a_talk_tells_what_is_known(office: SqlOffice) -> None:
    talk = replace(talk_of(office, 1), title="怎样写信息", category=TalkCategory.BUSINESS)
    with office.unit() as unit:
        unit.put(
            talk,
            Comment(1, 1, 7, "讲得实在", talk.id),
            Reflection(1, 1, 3, ReflectionKind.INSIGHT, "回去就改", talk.id),
        )
        unit.commit("记录")
    with office.view() as unit:
        paper = talk_paper(unit, talk.id)
    found = boxes(paper)
    assert found["时　间"] == ["2026年12月2日（周三）15:00—16:00"]
    assert found["主讲人"] == ["赵一"]
    assert found["组室职务"] == ["一组"]
    assert found["题　目"] == ["怎样写信息"]
    assert found["类　别"] == ["业务知识"]
    assert found["帮带人"] == ["钱二"]
    assert found["领导点评\n部长"] == ["讲得实在"]
    assert found["心得\n孙三"] == ["回去就改"]
    assert found["感想、心得\n或体会"] == ["", ""], "room for the two who are missing"


def test_all_talks_of_a_period_each_on_its_page(office: SqlOffice) -> None:
    with office.view() as unit:
        paper = talks_paper(unit, wednesday(2), wednesday(4))
    forms = [block for block in paper.blocks if isinstance(block, Form)]
    assert [boxes(paper, n)["主讲人"] for n in range(len(forms))] == [["孙三"], ["周五"], ["钱二"]]


def test_a_period_without_talks_has_no_records(office: SqlOffice) -> None:
    with office.view() as unit, pytest.raises(NotFound):
        talks_paper(unit, FIRST.replace(month=1), FIRST.replace(month=2))
