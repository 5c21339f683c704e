"""Pinyin of names, with surnames read as surnames (pypinyin)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Only surnames that the library, asked for the character alone, reads otherwise.
_SURNAMES: dict[str, str] = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "解": "xie", "区": "ou", "查": "zha",
    "翟": "zhai", "盖": "ge", "朴": "piao", "缪": "miao", "种": "chong", "乐": "yue",
    "折": "she", "黑": "he", "秘": "bi", "繁": "po", "员": "yun", "贠": "yun",
    "能": "nai", "召": "shao", "卜": "bu", "覃": "qin", "隗": "wei", "郇": "xun",
    "佴": "nai", "祭": "zhai", "洗": "xian", "阚": "kan", "重": "chong", "薄": "bo",
    "粘": "nian", "炅": "gui", "句": "gou", "角": "jue", "藏": "zang", "都": "du",
}  # fmt: skip

# Read by the library as words; listed so that the first character is not taken alone.
_COMPOUND = frozenset(
    re.findall(
        "..",
        "欧阳上官司马诸葛尉迟长孙万俟澹台单于皇甫令狐宇文慕容夏侯东方公孙轩辕司徒司空端木呼延独孤"
        "南宫西门百里闻人赫连申屠太史公冶濮阳淳于仲孙鲜于闾丘亓官钟离拓跋纳兰那拉",
    )
)

_DOTS = re.compile(r"[·•・‧∙⋅●.]")
_PIECES = re.compile(r"[A-Za-z0-9'’-]+|[^\sA-Za-z0-9'’-]+")


@lru_cache(maxsize=4096)
def pinyin(name: str) -> tuple[str, str]:
    """Full pinyin with spaces and the initials: 张伟 → ("zhang wei", "zw").

    Without tones, ü as v (as it is typed). 欧阳 and the other compound surnames count as
    surnames; a name with a middle dot has none. Latin words stay whole, in lower case.
    """
    text = unicodedata.normalize("NFKC", name).strip()
    parts = [part for part in _DOTS.split(text) if part.strip()]
    syllables: list[str] = []
    for part in parts:
        joined = re.sub(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])", "", part)
        for position, piece in enumerate(_PIECES.findall(joined)):
            if piece.isascii():
                syllables.append(piece.lower())
            else:
                syllables += _read(piece, surname=len(parts) == 1 and position == 0)
    return " ".join(syllables), "".join(syllable[0] for syllable in syllables)


def _read(chinese: str, *, surname: bool) -> list[str]:
    from pypinyin import lazy_pinyin

    if not surname:
        return [str(syllable) for syllable in lazy_pinyin(chinese)]
    length = 2 if len(chinese) > 2 and chinese[:2] in _COMPOUND else 1
    known = _SURNAMES.get(chinese[:length])
    first = [known] if known else lazy_pinyin(chinese[:length])
    return [str(syllable) for syllable in (*first, *lazy_pinyin(chinese[length:]))]
