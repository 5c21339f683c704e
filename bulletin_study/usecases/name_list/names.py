"""What looks like a name, a title, a heading or a remark in a list of names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from bulletin_study.domain.people import number_key
from bulletin_study.usecases.mark_words import LETTERS, SIGNS, came_words, find_phrase

_DOTS: Final = "·•・‧∙⋅●."
_NUMBER_AND_NAME = re.compile(r"(\d{1,8})(\D.*)")
_GONE = re.compile(rf"[\s{re.escape(_DOTS)}]")
_HAN = "[㐀-鿿豈-﫿\U00020000-\U0003ffff]"
_SHORT_NAME = re.compile(f"{_HAN}{{2,4}}")
_DOTTED_NAME = re.compile(f"{_HAN}{{1,10}}(?:[{re.escape(_DOTS)}]{_HAN}{{1,10}}){{1,4}}")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z.'’-]{1,30}")
_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕"
    "丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱"
    "戴严莫孔向常汤康易乔赖文施洪辛柯庄温季鲁葛岳齐焦俞安倪柳殷左申耿关柴管路祝单牛翟项舒詹童毕宁尚"
    "欧华涂盛阮纪霍凌骆阳房裴古解翁耿章苗褚娄冉党盖戚喻费祁屈瞿苟桂符游边穆甘冷卜车裘包桑蒙晏臧滕艾"
    "佟饶隋栾蓝卞尤窦佘郎仇司上欧诸皇尉公令夏南东西慕宇长拓纳那水云花鲍郗时伏成米贝明计梅伍应宗水邢曲"
    "仲荣井巫乌焦巴弓山谷连习牟祖敖乐练池阎樊缪聂冼占习原帅由尧弋芦匡农木阿买艾热努依古吐麦亚扎才仁达格"
)
_STOP = re.compile(
    "接龙|签到|名单|会议|会场|通知|时间|地点|人员|统计|合计|应到|实到|今天|明天|大家|请|谢谢|办公室|"
    "单位|姓名|参会|星期|周[一二三四五六日]|主题|上午|下午|大会|同志|收到|以上|共计|一共"
)
_TITLE = re.compile(
    "(?:常务)?(?:副|正)?(?:部长|主任|科长|组长|书记|局长|处长|股长|站长|所长|队长|秘书长|校长|主席|县长)"
    "|(?:[一二三四]级)?(?:调研员|主任科员|科员)|同志|老师|委员|组员|干事"
)
_CUT = re.compile("(?:因为|由于|今天|已经|因[病事公]?|要|需|已|会|也|现|在)+$")
_CAME_AT_END = re.compile("(?:已到|到了|到会|签到|参加|收到|到)$")
_POLITE = re.compile(
    "共?[0-9]+[人名位]|谢谢.*|辛苦.*|好的?|男|女|汉族?|已阅|知道了|明白|抱拳|玫瑰|强"
)
SKIPPED = re.compile("未签到?|没签到?|未接龙|没接龙|还没|未回复|没回复")
"""A heading over people of whom nothing is known yet."""
EXAMPLE = re.compile(r"#|例(?:如|子)?[\s:.]|示例|格式")
"""How lines begin that only say how to write."""


@dataclass(frozen=True, slots=True)
class Named:
    """A known name, what follows it (``tail``), and the 工号 or group that led up to it."""

    name: str
    tail: str
    number: str = ""
    group: str = ""


@dataclass(frozen=True)
class Known:
    """Whom a list may name: keys of names and of 工号, and the names of groups."""

    names: frozenset[str]
    numbers: frozenset[str]
    groups: tuple[str, ...]

    @classmethod
    def of(cls, names: Iterable[str], numbers: Iterable[str], groups: Iterable[str]) -> Known:
        """From names, 工号 and groups as they are written on the roster."""
        longest_first = sorted(set(groups), key=len, reverse=True)
        return cls(
            frozenset(map(name_key, names)), frozenset(map(number_key, numbers)),
            tuple(longest_first),
        )  # fmt: skip

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.names), default=0)

    def name_at_start(self, text: str) -> tuple[str, str] | None:
        """The longest known name that a text begins with, and what follows, if that can
        follow a name: 张三请假 names 张三, 张三丰 does not."""
        for end in range(self._reach(text), 0, -1):
            name, tail = text[:end], text[end:]
            if name[-1] not in _DOTS and name_key(name) in self.names:
                split_word = name[-1].isascii() and tail[:1].isascii() and tail[:1].isalpha()
                return None if split_word or not self._follows(tail, end) else (name, tail)
        return None

    def named_at_start(self, text: str) -> Named | None:
        """The same behind a title, a group's name or a 工号."""
        if found := self.name_at_start(text):
            return Named(*found)
        led = _NUMBER_AND_NAME.fullmatch(text)
        if led and (found := self.name_at_start(led[2])):
            return Named(*found, number=led[1])
        group = self.group_at_start(text)
        if group and (found := self.name_at_start(text[len(group) :])):
            return Named(*found, group=group)
        rest = without_title(text)
        found = self.name_at_start(rest) if rest != text else None
        return Named(*found) if found else None

    def group_at_start(self, text: str) -> str:
        """The longest group's name that a text begins with."""
        return next((group for group in self.groups if text.startswith(group)), "")

    def _reach(self, text: str) -> int:
        """How far a name at the start can go: no further than the longest, dots let be.

        Somebody may paste a page without a blank; each end of it is not worth a look.
        """
        letters = 0
        for at, char in enumerate(text):
            letters += not _GONE.match(char)
            if letters > self._longest:
                return at
        return len(text)

    def _follows(self, tail: str, length: int) -> bool:
        if not tail or says_something(tail) or is_title(tail, whole=False):
            return True
        if tail[0] in "和及与跟" and self.name_at_start(tail[1:]):
            return True
        # Three more characters are no part of a name; one or two may make it another's.
        return len(tail) > 2 or length + len(tail) > 4 or bool(self.name_at_start(tail))


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """What makes two spellings of a name the same: no blanks, no dots, half-width."""
    return _GONE.sub("", unicodedata.normalize("NFKC", name)).casefold()


def says_something(text: str) -> bool:
    """Whether a text gives a mark."""
    return text in SIGNS or text in LETTERS or came_words(text) or find_phrase(text) is not None


def is_title(text: str, *, whole: bool = True) -> bool:
    """Whether a text is (or begins with) a form of address."""
    return bool(_TITLE.fullmatch(text) if whole else _TITLE.match(text))


def without_title(text: str) -> str:
    """What follows a form of address."""
    found = _TITLE.match(text)
    return text[found.end():] if found else text


def is_noise(text: str) -> bool:
    """Whether a remark says nothing about the sign-in: a title, a telephone number, thanks."""
    number = text.isdecimal() and text not in SIGNS
    return number or is_title(text) or bool(_POLITE.fullmatch(text))


def looks_like_name(text: str, *, numbered: bool) -> bool:
    """Whether an unknown word may be a name; in a numbered list more easily."""
    if _DOTTED_NAME.fullmatch(text) or (numbered and _LATIN_NAME.fullmatch(text)):
        return True
    plain = _SHORT_NAME.fullmatch(text) and not _STOP.search(text) and not says_something(text)
    return bool(plain) and not is_title(text) and (numbered or text[0] in _SURNAMES)


def split_unknown(text: str, *, numbered: bool) -> tuple[str, str] | None:
    """An unknown name at the start of a text and what follows it, if there seems to be one."""
    if looks_like_name(text, numbered=numbered):
        return text, ""
    cuts = [find_phrase(text), _TITLE.search(text), _CAME_AT_END.search(text)]
    for cut in cuts:
        if cut is None:
            continue
        start = cut.start if isinstance(cut.start, int) else cut.start()
        head = _CUT.sub("", text[:start])
        if looks_like_name(head, numbered=numbered):
            return head, text[len(head):]
    return None
