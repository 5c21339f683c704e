"""Documents (docx, txt, md) as plain words, read in a child process with limits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bulletin_study.exchange.tables.refusals import Unreadable, UnreadableFile
from bulletin_study.exchange.tables.workbook import DEFAULT_LIMITS, Limits, check_ordinary

_SAFE = "没有取出文字，原来写的都在"
_PARTS = "可以在 WPS 或 Word 里打开，把要用的一段复制过来。"

TEXT_WORDS: dict[Unreadable, str] = {
    Unreadable.NOT_FOUND: f"找不到“{{file}}”，{_SAFE}。看看它是否被移走或改了名。",
    Unreadable.IS_DIRECTORY: f"“{{file}}”是文件夹，{_SAFE}。选里面的文件，可以一次选几个。",
    Unreadable.NO_PERMISSION: (
        f"没有权限读“{{file}}”，或者它正被别的程序占用，{_SAFE}。关掉占用它的程序再试一次。"
    ),
    Unreadable.EMPTY: f"“{{file}}”是空文件（0 字节），可能没有传完，{_SAFE}。重新要一份再试。",
    Unreadable.LOCK_FILE: (
        f"“{{file}}”是文字软件打开文件时留下的标记，{_SAFE}。选名字前面没有“~$”的那个文件。"
    ),
    Unreadable.PASSWORD: (
        f"“{{file}}”设了打开密码，{_SAFE}。在 WPS 或 Word 里打开，去掉密码另存一份再试。"
    ),
    Unreadable.NOT_A_TABLE: (
        f"“{{file}}”不是文字材料{{detail}}，{_SAFE}。可以取 .docx、.txt、.md 里的文字。"
    ),
    Unreadable.ARCHIVE: f"“{{file}}”是压缩包，{_SAFE}。先解压，再选里面的文件。",
    Unreadable.OLD_FORMAT: (
        f"“{{file}}”是旧格式的文档（.doc 或 .wps 等），{_SAFE}。"
        "在 WPS 或 Word 里打开，另存为 .docx 再试。"
    ),
    Unreadable.ENCODING: (
        f"“{{file}}”的文字编码认不出，{_SAFE}。用记事本打开，另存为 UTF-8 再试。"
    ),
    Unreadable.DAMAGED: f"“{{file}}”已损坏或没有传完整，{_SAFE}。重新要一份再试。",
    Unreadable.SUSPICIOUS: (
        f"“{{file}}”里有正常文档不会有的内容，为安全起见没有打开，{_SAFE}。{_PARTS}"
    ),
    Unreadable.TOO_LARGE: f"“{{file}}”太大（文字超过 30 万字，或展开后过大），{_SAFE}。{_PARTS}",
    Unreadable.TOO_SLOW: f"“{{file}}”读得太久，已经停下，{_SAFE}。{_PARTS}",
    Unreadable.NO_ROWS: (
        f"“{{file}}”里没有文字，可能是扫描件或只有图片，{_SAFE}。可以作为佐证材料添加。"
    ),
}


class UnreadableText(UnreadableFile):
    """A file whose words cannot be taken: the same reasons, told in words of their own."""


def text_sentence(refusal: UnreadableText) -> str:
    """The sentence to show for it."""
    detail = f"，是{refusal.detail}" if refusal.detail else ""
    return TEXT_WORDS[refusal.reason].format(file=refusal.file_name, detail=detail)


def read_words(
    path: Path,
    progress: Callable[[int, int], None] | None = None,
    *,
    limits: Limits = DEFAULT_LIMITS,
) -> str:
    """The words of a document, known by its content: a line a paragraph or table row.

    A text is taken by its BOM, else as strict UTF-8, else as strict GB18030. Raises
    ``UnreadableText`` (with its reason) and ``Cancelled``; nothing else whatever the file holds.
    """
    from bulletin_study.exchange.tables import process
    from bulletin_study.exchange.tables.wire import Stop

    try:
        check_ordinary(path)
        return process.read_words(path, limits, progress)
    except UnreadableFile as refusal:
        raise UnreadableText(path.name, refusal.reason, refusal.detail) from refusal
    except Stop as stop:
        raise UnreadableText(path.name, stop.reason, stop.detail, stop.why) from stop
