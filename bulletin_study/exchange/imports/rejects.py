"""The wrong rows of an import, saved aside with their reasons."""

from __future__ import annotations

from pathlib import Path

from bulletin_study.exchange.writing import writers
from bulletin_study.usecases.importing import IMPORT_TITLES, ImportPreview, RowState
from bulletin_study.usecases.reports import Column, Report, Table


def write_rejects(preview: ImportPreview, path: Path) -> int:
    """Write the wrong rows, in the file's own columns, with row number and reason.

    xlsx or csv (UTF-8 with BOM) by suffix; an existing file is replaced only by a whole new
    one. Returns the number of rows. Raises ``FileRefused``.
    """
    wrong = [row for row in preview.rows if row.state is RowState.WRONG]
    heads = [column.text or f"第{at}列" for at, column in enumerate(preview.columns, start=1)]
    columns = (
        Column("文件行号", 10),
        Column("错在哪里", 50),
        *(Column(head, max(10, 2 * len(head) + 2)) for head in heads),
    )
    table = Table(
        "有误的行",
        f"{IMPORT_TITLES[preview.kind]}“{preview.file_name}”里有误的行",
        columns,
        [(str(row.row), "；".join(row.errors), *row.cells) for row in wrong],
    )
    writers.write(Report(table.title, (table,)), path)
    return len(wrong)
