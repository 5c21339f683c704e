"""The sentence for each way a file can be unreadable: what happened, what is safe, what next.

``{file}`` is the file's name, ``{detail}`` the refusal's own detail.
"""

from __future__ import annotations

from bulletin_study.exchange.tables.refusals import BadMap, MapFault, Unreadable, UnreadableFile

_SAFE = "没有导入任何内容"

UNREADABLE_WORDS: dict[Unreadable, str] = {
    Unreadable.NOT_FOUND: f"找不到“{{file}}”，{_SAFE}。请看看它是否被移走或改了名。",
    Unreadable.IS_DIRECTORY: f"“{{file}}”是文件夹，{_SAFE}。请选里面的表格文件。",
    Unreadable.NO_PERMISSION: (
        f"没有权限读“{{file}}”，或者它正被别的程序占用，{_SAFE}。请关掉占用它的程序，或另存一份再导入。"
    ),
    Unreadable.EMPTY: f"“{{file}}”是空文件，{_SAFE}。请找发来的人重新要一份。",
    Unreadable.LOCK_FILE: (
        f"“{{file}}”是表格软件打开文件时留下的标记，不是表格，{_SAFE}。请选名字前面没有“~$”的那个文件。"
    ),
    Unreadable.PASSWORD: (
        f"“{{file}}”设了打开密码，{_SAFE}。请在表格软件里打开，去掉密码另存后再导入。"
    ),
    Unreadable.NOT_A_TABLE: (
        f"“{{file}}”不是表格文件{{detail}}，{_SAFE}。可以导入 xlsx、xls、et、ods 和 csv 文件。"
    ),
    Unreadable.ARCHIVE: f"“{{file}}”是压缩包，{_SAFE}。请先解压，再导入里面的表格。",
    Unreadable.OLD_FORMAT: (
        f"“{{file}}”的格式读不了，{_SAFE}。请在表格软件里打开，另存为 xlsx 后再导入。"
    ),
    Unreadable.ENCODING: (
        f"“{{file}}”的文字编码认不出，{_SAFE}。请在表格软件里打开，另存为 xlsx 后再导入。"
    ),
    Unreadable.DAMAGED: (
        f"“{{file}}”已损坏或没有传完整，{_SAFE}。请重新要一份，或在表格软件里打开、另存后再导入。"
    ),
    Unreadable.SUSPICIOUS: (
        f"“{{file}}”里有正常表格不会有的内容，为安全起见没有打开，{_SAFE}。"
        "请确认来源，或另存为 xlsx 后再导入。"
    ),
    Unreadable.QUOTES: (
        f"“{{file}}”里有引号没有成对，后面的内容连成了一格，{_SAFE}。"
        "请补上引号，或另存为 xlsx 后再导入。"
    ),
    Unreadable.LONG_CELL: (
        f"“{{file}}”里有一格文字超过 3 万字，不像是表格，{_SAFE}。请删掉那一格的内容后再导入。"
    ),
    Unreadable.TOO_LARGE: (
        f"“{{file}}”展开后太大，{_SAFE}。请把要导入的内容复制到一个新文件里，再导入那个文件。"
    ),
    Unreadable.TOO_MANY_ROWS: (f"“{{file}}”超过 {{detail}} 行，{_SAFE}。请分成几个文件再导入。"),
    Unreadable.TOO_SLOW: (
        f"“{{file}}”读得太久，已经停下，{_SAFE}。请把要导入的内容复制到一个新文件里，再导入那个文件。"
    ),
    Unreadable.NO_SHEET: f"“{{file}}”里没有这个工作表，{_SAFE}。它有：{{detail}}。",
    Unreadable.NO_HEADER: (
        f"“{{file}}”里找不到表头，{_SAFE}。请在表里加一行列名，至少要有：{{detail}}。"
    ),
    Unreadable.NO_ROWS: (
        f"“{{file}}”里没有内容，{_SAFE}。如果内容在隐藏的工作表里，请指明那个工作表。"
    ),
}

_MAP_WORDS = {
    MapFault.NO_COLUMN: f"表里没有叫“{{column}}”的列，{_SAFE}。表里的列有：{{known}}。",
    MapFault.NO_FIELD: (
        f"没有叫“{{field}}”的字段，“{{column}}”对应不上，{_SAFE}。可以对应：{{known}}。"
    ),
    MapFault.TWICE: (
        f"两列都指定为“{{field}}”，{_SAFE}。请只留一列，“{{column}}”可以指定为“不导入”。"
    ),
}


def sentence(refusal: UnreadableFile | BadMap) -> str:
    """The Chinese sentence to show for a refused file or mapping."""
    if isinstance(refusal, BadMap):
        known = "、".join(refusal.known)
        return _MAP_WORDS[refusal.problem].format(
            column=refusal.column, field=refusal.field, known=known
        )
    detail = refusal.detail
    if refusal.reason is Unreadable.NOT_A_TABLE and detail:
        detail = f"，是{detail}"
    return UNREADABLE_WORDS[refusal.reason].format(file=refusal.file_name, detail=detail)
