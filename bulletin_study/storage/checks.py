"""What can be found wrong with a store, in words."""

from __future__ import annotations

from bulletin_study.domain.errors import StorageDamaged
from bulletin_study.storage import tallies, text_index
from bulletin_study.storage.engine import APPLICATION_ID, Database
from bulletin_study.storage.migrations import HEAD
from bulletin_study.storage.schema import revision_of
from bulletin_study.storage.tables import BY_NAME, metadata


def findings(database: Database) -> list[str]:
    """Check the file, its tables, the links between rows, the owner's mark, the kept sums and
    the index of words."""
    try:
        missing = _shape_findings(database)
        return missing or [
            *_file_findings(database),
            *_link_findings(database),
            *_identity_findings(database),
            *_tally_findings(database),
            *_index_findings(database),
        ]
    except StorageDamaged as error:
        return [f"数据库文件已损坏，读取时出错：{error.detail}。"]


def _file_findings(database: Database) -> list[str]:
    rows = database.run("PRAGMA integrity_check(20)")
    return [f"数据库文件已损坏：{text}。" for (text,) in rows if text != "ok"]


def _shape_findings(database: Database) -> list[str]:
    """Tables and columns that are not there: nothing else can be asked before they are."""
    found = []
    for name, table in sorted(metadata.tables.items()):
        columns = {row[1] for row in database.run(f'PRAGMA table_info("{name}")')}
        if not columns:
            found.append(f"数据库缺少存“{_label(name)}”的表。")
        found += [
            f"数据库缺少“{_label(name)}”里的 {column.name} 一项。"
            for column in table.columns
            if columns and column.name not in columns
        ]
    return found


def _link_findings(database: Database) -> list[str]:
    broken: dict[tuple[str, str], int] = {}
    for table, _, parent, _ in database.run("PRAGMA foreign_key_check"):
        broken[table, parent] = broken.get((table, parent), 0) + 1
    return [
        f"有 {number} 条“{_label(table)}”所指的“{_label(parent)}”不存在。"
        for (table, parent), number in sorted(broken.items())
    ]


def _tally_findings(database: Database) -> list[str]:
    number = tallies.differing(database)
    if not number:
        return []
    return [f"统计用的汇总有 {number} 处与签到不符，统计数字可能不准；签到本身没有变动。"]


def _index_findings(database: Database) -> list[str]:
    number = text_index.differing(database)
    if not number:
        return []
    return [f"查找用的索引有 {number} 处与写下的文字不符，可能查不全；文字本身没有变动。"]


def _label(table: str) -> str:
    return BY_NAME[table].label if table in BY_NAME else table


def _identity_findings(database: Database) -> list[str]:
    found = []
    ((application,),) = database.run("PRAGMA application_id")
    if application != APPLICATION_ID:
        found.append("数据库缺少本程序的标记，可能被其他程序改写过。")
    revision = revision_of(database)
    if revision != HEAD:
        found.append(f"数据库的结构版本是 {revision}，本程序需要 {HEAD}。")
    return found
