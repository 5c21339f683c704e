"""The pieces of a docx: the page with its numbers, runs in Chinese typefaces, rules and rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bulletin_study.exchange.writing.clean import clean_xml
from bulletin_study.usecases.paper_layout import Sheet

if TYPE_CHECKING:
    from docx.document import Document

_TWIPS = 20
"""Twentieths of a point: what spacing between characters and padding are given in."""
# The schema of docx gives the order of elements, and Word insists on it.
_AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:lang")
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")


def set_page(made: Document, sheet: Sheet) -> None:
    """Size, margins, and — 1 — at the foot: odd pages at the right, even ones at the left."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = made.sections[0]
    wide = sheet.width > sheet.height
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(sheet.width), Mm(sheet.height)
    section.top_margin, section.bottom_margin = Mm(sheet.top), Mm(sheet.bottom)
    section.left_margin, section.right_margin = Mm(sheet.left), Mm(sheet.right)
    section.footer_distance = Mm(max(sheet.bottom - 10, 8))
    # An empty head that reaches below the margin would push the text down.
    section.header_distance = Mm(min(sheet.top / 2, 12))
    made.settings.odd_and_even_pages_header_footer = True
    for footer, right in ((section.footer, True), (section.even_page_footer, False)):
        footer.is_linked_to_previous = False
        _page_number(footer.paragraphs[0], right)


def _page_number(line: Any, right: bool) -> None:
    """One character in from the edge."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    add_run(line, "— " if right else "　— ", 14.0, ("宋体",))
    run = add_run(line, "", 14.0, ("宋体",))
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = words
        run._r.append(part)
    add_run(line, " —　" if right else " —", 14.0, ("宋体",))


def add_run(
    line: Any, text: str, points: float, fonts: Sequence[str], spacing: float = 0.0
) -> Any:
    """Words in a typeface that word processors also take for Chinese; ``spacing`` in points."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = line.add_run(clean_xml(text))
    run.font.size, run.font.name, run.font.bold = Pt(points), fonts[0], False
    properties = run._r.get_or_add_rPr()
    # Without it a word processor takes its own typeface for Chinese.
    properties.rFonts.set(qn("w:eastAsia"), fonts[0])
    if spacing:
        wide = OxmlElement("w:spacing")
        wide.set(qn("w:val"), str(round(spacing * _TWIPS)))
        properties.insert_element_before(wide, *_AFTER_SPACING)
    return run


def rule_under(line: Any) -> None:
    """A thin rule under a paragraph, to write on."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    # Without one between, neighbours with the same border count as one box with one rule.
    borders = OxmlElement("w:pBdr")
    for side in ("w:bottom", "w:between"):
        edge = OxmlElement(side)
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "808080")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    line._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def keep_whole(row: Any, *, repeat: bool) -> None:
    """No row is split; a head comes again on every page."""
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if repeat:
        properties.append(OxmlElement("w:tblHeader"))


def set_padding(table: Any, sides: float, ends: float) -> None:
    """Air at the left and right, and above and below the words of every cell, in points."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side, points in (("top", ends), ("left", sides), ("bottom", ends), ("right", sides)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(points * _TWIPS)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")
