"""个人学习记录 read back: what it says, that a year is a page, that odd names survive."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from bulletin_study.app import write_document
from bulletin_study.domain.people import Person, Role
from bulletin_study.domain.sessions import Reflection
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.paper_person import person_record
from bulletin_study.usecases.papers import Form, Paper, Paragraph
from bulletin_study.usecases.people import edit_person
from bulletin_study.usecases.person_page import PersonPage, load_person
from bulletin_study.usecases.settings import read_office
from bulletin_study.usecases.titles import percent

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
NAME = "阿不都热西提·买买提𬱖㛃"


def records(office: SqlOffice, who: int, *span: date) -> tuple[PersonPage, Paper]:
    first, last = span or YEAR
    with office.view() as unit:
        return load_person(unit, who, first, last), person_record(unit, who, first, last)


def boxes(paper: Paper) -> dict[str, list[str]]:
    """What stands after each caption of a form, up to the next one."""
    found: dict[str, list[str]] = {}
    for form in (block for block in paper.blocks if isinstance(block, Form)):
        for line in form.lines:
            into: list[str] = []
            for box in line.boxes:
                if box.caption:
                    into = found.setdefault(box.text, [])
                else:
                    into.append(box.text)
    return found


def test_it_says_what_the_page_says(sample: SqlOffice) -> None:
    page, paper = records(sample, 1)
    said, count = boxes(paper), page.tally.count
    assert said["姓　名"] == [page.person.name]
    assert said["学　时"] == [f"{page.tally.hours:g}"]
    assert said["应到"][-1] == str(count.headcount.expected)
    assert sum(map(int, said["应到"][:-1])) == count.headcount.expected
    rate = count.rate
    assert said["到会率"] == [f"{percent(rate)}（{rate.numerator}/{rate.denominator}）"]
    assert all(one.talk.title in said["讲　课"][-1] for one in page.talks)
    missed = [line for line in page.attended if line.row.mark in ("请假", "公出", "缺席")]
    assert all(line.row.reason in said["没　到"][-1] for line in missed)
    assert "补学：" in said["没　到"][-1]
    assert said["心得体会\n近 6 篇"][0].count("\n") == 5


@pytest.mark.parametrize("role", list(Role))
def test_an_ordinary_year_is_one_page(
    sample: SqlOffice, tmp_path: Path, qapp: object, role: Role
) -> None:
    with sample.view() as unit:
        everybody = [p.id for p in unit.all(Person) if p.role is role][:6]
    for who in everybody:
        path = tmp_path / f"{who}.pdf"
        write_document(records(sample, who)[1], path)
        assert len(re.findall(rb"/Type /Page\b(?!s)", path.read_bytes())) == 1


def test_who_did_nothing_has_a_page_that_says_so(sample: SqlOffice) -> None:
    _, paper = records(sample, 1, date(2001, 1, 1), date(2001, 12, 31))
    said = boxes(paper)
    assert said["到会率"] == ["—"]
    assert "应到" not in said


def test_a_long_name_with_rare_characters_survives(
    sample: SqlOffice, tmp_path: Path, qapp: object
) -> None:
    with sample.view() as unit:
        person = next(p for p in unit.all(Person) if p.id == 1)
    with sample.unit() as unit:
        edit_person(unit, person, replace(person, name=NAME))
    path = tmp_path / "记录.docx"
    write_document(records(sample, 1)[1], path)
    words = [c.text for t in docx.Document(str(path)).tables for r in t.rows for c in r.cells]
    assert NAME in words


def test_texts_use_the_room_that_the_page_has(
    sample: SqlOffice, tmp_path: Path, qapp: object
) -> None:
    with sample.unit() as unit:
        for said in unit.all(Reflection, person_id=1):
            unit.put(replace(said, text="学" * 80))
        unit.commit("写长了")
    paper = records(sample, 1, date(2026, 9, 1), date(2026, 11, 30))[1]
    said = boxes(paper)
    (title,) = [one for one in said if one.startswith("心得体会")]
    quoted = said[title][0].split("\n")
    assert min(len(text) for text in quoted) > 40, "more than one line each"
    write_document(paper, tmp_path / "记录.pdf")
    pages = re.findall(rb"/Type /Page\b(?!s)", (tmp_path / "记录.pdf").read_bytes())
    assert len(pages) == 1
    assert any("学" * 80 in text for text in quoted), "where there is room, whole"


def test_the_office_stands_under_the_title(sample: SqlOffice) -> None:
    with sample.view() as unit:
        name = read_office(unit).name
    lines = [b.text for b in records(sample, 1)[1].blocks if isinstance(b, Paragraph)]
    assert name
    assert lines[0].startswith(name)
