"""Words in what was written."""

from __future__ import annotations

from argparse import Namespace

from bulletin_study.cli.grammar import Add, as_json
from bulletin_study.cli.output import DONE, show, show_json, show_table
from bulletin_study.cli.store import opened
from bulletin_study.domain.errors import BadValue
from bulletin_study.usecases.find_text import PAGE, FoundText, find_text, found_json, none_found


def add_commands(add: Add) -> None:
    """find."""
    find = add("find", find_words, "在写过的话里查找，一个字也行，新的在前；几个词都有的才算")
    find.add_argument("text", metavar="文字", nargs="+",
                      help="要找的字、词；人名也算他写的；要连空格一起找，写在“ ”里")  # fmt: skip
    as_json(find)


def find_words(args: Namespace) -> int:
    """find: as JSON all hits, as a table the newest. Raises ``BadValue`` for no text."""
    asked = " ".join(args.text)
    if not asked.strip():
        raise BadValue("要找的文字", asked, "至少一个字")
    with opened(args) as office, office.view() as unit:
        found = find_text(unit, asked, limit=None if args.json else PAGE)
    if args.json:
        show_json(found_json(found))
        return DONE
    if not found.total:
        show(none_found(found.words))
        return DONE
    show_table(["日期", "活动类型", "谁", "是什么", "原文"], [_row(one) for one in found.found])
    counts = "，".join(f"{kind} {number}" for kind, number in found.counts.items())
    listed = f"；这里只列最近的 {len(found.found)} 处" if found.total > len(found.found) else ""
    show(f"共 {found.total} 处（{counts}）{listed}。")
    return DONE


def _row(found: FoundText) -> tuple[str, ...]:
    """A hit in one line, the words in brackets."""
    text, at, parts = found.excerpt.text, 0, []
    for start, end in found.excerpt.marks:
        parts += [text[at:start], "【", text[start:end], "】"]
        at = end
    day = found.day.isoformat() if found.day else ""
    return day, found.session, found.who, found.what, "".join([*parts, text[at:]])
