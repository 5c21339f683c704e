"""Numbers as headings count: 一、二、… 十一、… 一百二十三."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")


def chinese_number(number: int) -> str:
    """1 to 9999 in Chinese; what is larger stays in figures."""
    if not 1 <= number <= 9999:
        return str(number)
    words = ""
    digits = str(number)
    for at, digit in enumerate(digits):
        place = _PLACES[len(digits) - 1 - at]
        words += _DIGITS[int(digit)] + (place if digit != "0" else "")
    while "零零" in words:
        words = words.replace("零零", "零")
    words = words.rstrip("零")
    return words[1:] if words.startswith("一十") else words
