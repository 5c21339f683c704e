"""One Chinese sentence for each expected refusal: what happened, what is safe, what next.

No Qt here: the command line speaks with the same words.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from bulletin_study.domain import errors as e

_SAFE = "什么都没有改动"
_LONGEST = 60


def _short(text: str) -> str:
    """On one line, and only the beginning when it is very long."""
    flat = " ".join(text.split())
    return f"{flat[:_LONGEST]}…" if len(flat) > _LONGEST else flat


def _quoted(text: str) -> str:
    """What was typed, as a sentence can carry it."""
    return f"“{_short(text)}”"


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else "（没有填）"


def _before_entry(r: e.BeforeEntry) -> str:
    return (
        f"{r.day:%Y-%m-%d} 那天{r.name}不在名单上（入部日期 {_day(r.joined)}），{_SAFE}。"
        "先核对日期，或在“人员”里改入部日期。"
    )


def _bad_value(r: e.BadValue) -> str:
    wanted = f"应当是{r.expected}" if r.expected else "看不懂"
    return f"{r.field}{_quoted(r.value)}{wanted}，{_SAFE}。改好后再试一次。"


def _clash(r: e.Clash) -> str:
    # A series laid twice clashes at every date: three say what it is about.
    more = f"；等 {len(r.reasons)} 处" if len(r.reasons) > 3 else ""
    return f"时间有冲突：{'；'.join(r.reasons[:3])}{more}。还没有保存；可改时间，或确认照排。"


def _dependent(r: e.Dependent) -> str:
    return (
        f"“{r.label}”没法单独撤销，因为后来的“{r.blocking}”用到了它，数据没有变。"
        f"要撤销它，先撤销“{r.blocking}”。"
    )


def _stale(r: e.Stale) -> str:
    later = f"（{r.label}）" if r.label else ""
    return f"{r.what}刚才已经改过{later}，这次的修改没有保存，原来的都在。看过新内容后再改一次。"


_FAULTS: dict[e.StorageFault, str] = {
    e.StorageFault.FULL: "磁盘空间不足，这一步没有保存，以前保存的都在。清理出一些空间后再试一次",
    e.StorageFault.READ_ONLY: (
        "数据文件是只读的，这一步没有保存，以前保存的都在。请检查文件夹的写入权限"
    ),
    e.StorageFault.CANNOT_OPEN: "打不开数据文件，数据没有动过。请检查路径和权限",
    e.StorageFault.BUSY: "数据文件正被别的程序占用，这一步没有保存。关掉占用它的程序后再试一次",
    e.StorageFault.GONE: "数据文件被移走或删除了，这一步没有保存。请把文件放回原处，再重新打开程序",
    e.StorageFault.IN_USE: (
        "这个数据文件夹已经在另一个学讲评窗口里打开，数据没有动过。请先关掉那个窗口"
    ),
}

_FILE_FAULTS: dict[e.FileFault, str] = {
    e.FileFault.NOT_FOUND: "找不到这个文件。核对文件名和位置后再试一次",
    e.FileFault.IS_DIRECTORY: "这是一个文件夹，不是文件。请选里面的表格",
    e.FileFault.NO_PERMISSION: "没有权限读写这个文件。换个位置，或请管理员放开权限",
    e.FileFault.EMPTY: "文件是空的（0 字节），可能没有下载完。请重新取一份",
    e.FileFault.PASSWORD: "文件有打开密码。先用 WPS 或 Excel 去掉密码另存一份，再导入",
    e.FileFault.NOT_A_TABLE: "文件不是能识别的表格。请另存为 .xlsx、.xls、.ods 或 .csv 后再导入",
    e.FileFault.DAMAGED: "文件已经损坏，读不出内容。用 WPS 或 Excel 打开后另存一份，再导入",
    e.FileFault.TOO_LARGE: "文件太大，超出了安全读取的范围。删去多余的空行和工作表，另存后再导入",
    e.FileFault.TOO_SLOW: "文件读得太久，已经停下。删去多余的内容，另存后再导入",
    e.FileFault.NO_SHEET: "文件里没有这张工作表。请从列出的工作表里选一张",
    e.FileFault.NO_HEADER: "没有找到表头。请确认有一行写着列名（例如“姓名”），或手工指定各列",
    e.FileFault.NO_ROWS: "表头下面没有数据行。请确认选对了工作表",
    e.FileFault.BAD_MAP: "列的对应关系不对。请核对列名和字段名",
    e.FileFault.IN_USE: "文件正在别的程序里打开。原文件没动；关掉后再试，或换个名字保存",
    e.FileFault.DISK_FULL: "磁盘空间不足，没能写出文件。原文件没动；请换一个位置",
    e.FileFault.FORMAT: "不支持这种文件格式。请换成支持的后缀",
}


def _file(r: e.FileRefused) -> str:
    detail = f"（{r.detail}）" if r.detail else ""
    return f"“{r.file_name}”：{_FILE_FAULTS[r.fault]}{detail}。数据没有改动。"


_COPY_FAULTS: dict[e.CopyFault, str] = {
    e.CopyFault.NOT_FOUND: "找不到这个文件，没有添加。核对它还在不在原处，再试一次",
    e.CopyFault.IS_DIRECTORY: "这是一个文件夹，没有添加。请选里面的文件，可以一次选几个",
    e.CopyFault.UNREADABLE: "读不出这个文件，没有添加。核对有没有权限、U 盘有没有拔掉，再试一次",
    e.CopyFault.EMPTY: "文件是空的（0 字节），可能没有下载完，没有添加。请重新取一份",
    e.CopyFault.TOO_LARGE: "文件超过 2 GB，没有添加。请压缩或剪短后再添加",
    e.CopyFault.CHANGING: "文件正在变动，没有添加。等它保存或下载完，再试一次",
    e.CopyFault.DISK_FULL: "磁盘空间不足，没有添加，原来的文件没动。清理出一些空间后再试一次",
    e.CopyFault.STORE_CLOSED: (
        "数据文件夹写不进去，没有添加，原来的文件没动。请检查数据文件夹的写入权限"
    ),
}


PICTURE_WORDS: dict[e.PictureFault, str] = {
    e.PictureFault.MISSING: "文件不见了",
    e.PictureFault.BROKEN: "图片打不开",
    e.PictureFault.TOO_LARGE: "图片太大",
    e.PictureFault.FORMAT: "看不了这种图片",
}
"""What stands in the place of a picture that cannot be shown."""


def _already_there(r: e.AlreadyThere) -> str:
    names = "、".join(_quoted(name) for name in r.names[:3])
    more = f"等 {len(r.names)} 个" if len(r.names) > 3 else ""
    return f"{names}{more}的内容{r.session}里已经有了，没有再存一份，原来的都在。"


_SENTENCES: dict[type[e.Refusal], Callable[[Any], str]] = {
    e.NotFound: lambda r: f"没有找到{r.what}{_quoted(r.key)}，{_SAFE}。核对后再试一次。",
    e.Missing: lambda r: f"还没填{r.field}，{_SAFE}。填上后再试一次。",
    e.BadValue: _bad_value,
    e.EndBeforeStart: lambda r: (
        f"{r.field}的结束（{r.end}）早于开始（{r.start}），{_SAFE}。请改其中一个。"
    ),
    e.Duplicate: lambda r: f"{r.field}{_quoted(r.value)}已被“{r.owner}”使用，{_SAFE}。请换一个。",
    e.Ambiguous: lambda r: (
        f"有 {len(r.candidates)} 个“{r.name}”（{'、'.join(r.candidates)}），分不清是谁，"
        f"{_SAFE}。请改用工号，没有工号的先在“人员”里填上。"
    ),
    e.BeforeEntry: _before_entry,
    e.NobodyThere: lambda r: (
        f"{r.day:%Y-%m-%d} 没有{r.what}，{_SAFE}。先签到或核对不在岗，也可以手工指定。"
    ),
    e.GroupNotEmpty: lambda r: (
        f"“{r.name}”名下有 {r.people} 人，不能删除，{_SAFE}。先把人调到别的组室。"
    ),
    e.InUse: lambda r: f"“{r.what}”还有{r.used_by}，不能删除，{_SAFE}。可以改为离岗或停用。",
    e.NotEmpty: lambda r: (
        f"数据库里已经有 {r.people} 人，示例数据只装进空的数据库，{_SAFE}。请换一个空的数据文件夹。"
    ),
    e.WrongRole: lambda r: f"{r.name}不能担任这一项，要由{r.needed}来做，{_SAFE}。请换人。",
    e.WrongStatus: lambda r: (
        f"{r.session}{r.status}，不能{r.action}，{_SAFE}。"
        + ("要改，先在“签到与心得”里撤回归档。" if r.status == e.ARCHIVED else "请换一场再试。")
    ),
    e.StillMissing: lambda r: (
        f"{r.session}还差 {len(r.items)} 项：{'，'.join(r.items)}。没有归档，已填的都在；"
        "补齐后再归档，或写明原因后缺项归档。"
    ),
    e.Clash: _clash,
    e.BadRecurrence: lambda r: (
        f"重复规则{_quoted(r.rule)}不能用：{_short(r.why)}。{_SAFE}，请改规则。"
    ),
    e.RuleBroken: lambda r: (
        f"{r.day:%Y-%m-%d} 不能安排{r.name}：{r.rule}。{_SAFE}，请换人或换日期。"
    ),
    e.NothingToUndo: lambda r: (
        "没有可恢复的操作，数据没有变。" if r.redo else "没有可撤销的操作，数据没有变。"
    ),
    e.Dependent: _dependent,
    e.Stale: _stale,
    e.StorageUnavailable: lambda r: f"{_FAULTS[r.fault]}。（{r.path}）",
    e.StorageDamaged: lambda r: (
        f"数据文件已损坏，或不是学讲评的数据库，程序没有改动它。请从备份恢复。（{r.path}）"
    ),
    e.StorageNewer: lambda r: (
        f"数据文件是更新版本的程序写的，这个版本不能打开，文件没有动过。请升级程序。（{r.path}）"
    ),
    e.Conflict: lambda r: f"这一步与已有的数据冲突，没有保存，以前的都在。（{r.detail}）",
    e.FileRefused: _file,
    e.CopyRefused: lambda r: f"{_quoted(r.file_name)}：{_COPY_FAULTS[r.fault]}。",
    e.AlreadyThere: _already_there,
    e.PictureRefused: lambda r: (
        f"{_quoted(r.file_name)}：{PICTURE_WORDS[r.fault]}，没有显示，文件没有动。"
        "可以用别的程序打开它看看。"
    ),
    e.NoScreen: lambda r: (
        "这台机器没有屏幕，没法打开窗口，数据没有动。可以用命令行（--help 列出全部命令），"
        "或用 tour --out 文件夹 把窗口各页存成图片。"
    ),
    e.Cancelled: lambda r: "已取消，没有改动任何数据。",
}


def teach(cls: type[e.Refusal], speak: Callable[[Any], str]) -> None:
    """Take in the sentence of a refusal that a neighbouring layer defines."""
    _SENTENCES[cls] = speak


def sentence_for(refusal: e.Refusal) -> str:
    """The sentence of a refusal (of its nearest class that has one)."""
    for cls in type(refusal).__mro__:
        if cls in _SENTENCES:
            return _SENTENCES[cls](refusal)
    raise LookupError(type(refusal).__name__)


BUG = "程序出了问题，这一步没有完成，以前保存的都在。可以接着用；请把详情复制给维护人员。"
