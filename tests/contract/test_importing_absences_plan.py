"""Absences and the study plan, from a file into the store."""

from __future__ import annotations

from pathlib import Path

from bulletin_study.domain.people import Absence, Person
from bulletin_study.domain.sessions import SessionKind, StudyPlanItem
from bulletin_study.exchange.imports.importers import preview
from bulletin_study.exchange.tables.workbook import Workbook
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases import people
from bulletin_study.usecases.importing import (
    CREATE,
    NO_OPTIONS,
    ImportKind,
    ImportOptions,
    ImportPreview,
    apply_import,
)
from tests.import_tables import states, table


def bring_in(
    office: SqlOffice,
    kind: ImportKind,
    source: Path | Workbook,
    options: ImportOptions = NO_OPTIONS,
) -> ImportPreview:
    with office.view() as unit:
        seen = preview(unit, kind, source, options=options)
    with office.unit() as unit:
        apply_import(unit, seen)
    return seen


def test_absences_come_in_and_go_back_as_one(office: SqlOffice, tmp_path: Path) -> None:
    with office.unit() as unit:
        people.add_person(unit, Person(0, "石小满", 1, "053"))
    path = tmp_path / "请假.csv"
    path.write_bytes(
        "石小满请假情况\n姓名,类别,开始日期,结束日期,事由\n"
        "石小满,事假,2026.3.2,2026.3.4,\n石小满,驻村,2026.3.3,至今,青石镇\n".encode("gb18030")
    )
    assert states(bring_in(office, ImportKind.ABSENCES, path)) == ["new", "new"]
    assert states(bring_in(office, ImportKind.ABSENCES, path)) == ["same", "same"]
    with office.view() as unit:
        kept = unit.all(Absence)
        (operation, _) = unit.operations()
    assert [(str(a.kind), a.reason) for a in kept] == [("请假", "事假"), ("下派", "青石镇")]
    assert operation.label == "导入不在岗情况“请假.csv”：新增 2 行"
    with office.unit() as unit:
        unit.revert(operation.id, "撤销")
    with office.view() as unit:
        assert unit.all(Absence) == []


def test_a_plan_comes_in_with_a_kind_of_the_users_own(office: SqlOffice) -> None:
    source = table(
        ("周次", "活动类型", "学习内容", "领学人"),
        ("第48周", "每周一学", "主题一", "高远山"),
        ("第48周", "读书会", "主题二", ""),
    )
    made = ImportOptions(choices={("kind", "读书会"): CREATE})
    assert states(bring_in(office, ImportKind.PLAN, source, made)) == ["new", "new"]
    assert states(bring_in(office, ImportKind.PLAN, source)) == ["same", "same"]
    with office.view() as unit:
        items, kinds = unit.all(StudyPlanItem), unit.all(SessionKind)
    assert kinds[-1].name == "读书会"
    assert [(i.kind_id, i.theme, i.lead_name) for i in items] == [
        (1, "主题一", "高远山"),
        (kinds[-1].id, "主题二", ""),
    ]
