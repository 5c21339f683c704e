"""The row about files: importing 50,000 rows up to the preview."""

from __future__ import annotations

from pathlib import Path

from bulletin_study.benchmark.measure import Row, compare
from bulletin_study.exchange.imports import importers
from bulletin_study.storage.office import SqlOffice
from bulletin_study.usecases.importing import ImportKind

ROWS = 50_000


def import_row(office: SqlOffice, folder: Path) -> Row:
    """From the file to a preview that says new, changed, same or wrong for each row."""
    path = folder / "花名册.xlsx"
    _write_roster(path)

    def ours() -> None:
        with office.view() as unit:
            preview = importers.preview(unit, ImportKind.ROSTER, path)
        assert len(preview.rows) == ROWS

    def reader() -> None:
        from python_calamine import CalamineWorkbook

        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        assert len(rows) == ROWS + 1

    return compare(f"导入 {ROWS:,} 行，到预览", ours, reader, "calamine 只读出来", 2.0, runs=5)


def _write_roster(path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("花名册")
    sheet.write_row(0, 0, ("序号", "姓名", "工号", "组室", "职务", "入部日期"))
    for number in range(1, ROWS + 1):
        group = f"第{number % 40 + 1}组"
        values = (number, f"人员{number}", f"{number:06d}", group, "科员", "2020-03-01")
        sheet.write_row(number, 0, values)
    book.close()
