"""Papers as docx: official layout, typefaces named for Chinese, heads repeated on every page."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletin_study.exchange.writing.atomic import Cancel, replacing, stop_if
from bulletin_study.exchange.writing.clean import clean_xml
from bulletin_study.usecases.papers import (
    BODY_POINTS,
    BODY_SPACING,
    FONTS,
    FORM_POINTS,
    LETTER_SPACING,
    TABLE_FONTS,
    TITLE_POINTS,
    Block,
    Form,
    Grid,
    Layout,
    NewPage,
    Paper,
    Paragraph,
    Signatures,
    Style,
    Title,
    as_paper,
    sheet_of,
    table_lines,
)
from bulletin_study.usecases.ports import Progress
from bulletin_study.usecases.reports import ColumnKind, Report

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as WordTable

_TWIPS = 20
"""Twentieths of a point: what spacing between characters is given in."""
_STEP, _ROW = 50, 7.5
"""Rows between two looks at 取消; the least height of a row in millimetres."""


def write(
    document: Report | Paper,
    path: Path,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> None:
    """Write the paper to ``path``, whole or not at all.

    ``progress`` gets (blocks and rows written, all of them). Raises ``FileRefused``,
    ``Cancelled``.
    """
    paper = as_paper(document)
    with replacing(path, cancel) as out:
        made = _Writer(paper, progress, cancel).build()
        packed = BytesIO()
        made.save(packed)
        out.write(packed.getvalue())


class _Writer:
    def __init__(self, paper: Paper, progress: Progress | None, cancel: Cancel | None) -> None:
        import docx

        self.paper = paper
        self.progress, self.cancel = progress, cancel
        self.sheet = sheet_of(paper.layout)
        self.official = paper.layout is Layout.OFFICIAL
        self.made: Document = docx.Document()
        self.done = 0
        rows = (len(b.table.rows) for b in paper.blocks if isinstance(b, Grid))
        self.total = len(paper.blocks) + sum(rows)

    def build(self) -> Document:
        self._set_page()
        self.made.core_properties.title = clean_xml(self.paper.title)[:255]
        self.made.core_properties.author = ""
        for block in self.paper.blocks:
            self._add(block)
            self._step()
        return self.made

    def _step(self) -> None:
        self.done += 1
        if self.done % _STEP == 0 or self.done == self.total:
            stop_if(self.cancel)
            if self.progress is not None:
                self.progress(min(self.done, self.total), self.total)

    def _add(self, block: Block) -> None:
        match block:
            case Title(text):
                self._line(text, TITLE_POINTS if self.official else 18.0, FONTS[None],
                           centred=True, after=8)  # fmt: skip
            case Paragraph():
                self._paragraph(block)
            case Form():
                self._form(block)
            case Grid():
                self._grid(block)
            case Signatures(names):
                room = "　" * 6
                self._line(room.join(f"{name}：{room}" for name in names), FORM_POINTS,
                           FONTS[Style.BODY], before=14)  # fmt: skip
            case NewPage():
                from docx.enum.text import WD_BREAK

                self.made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    # --- page ---------------------------------------------------------------------------

    def _set_page(self) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Mm

        section, sheet = self.made.sections[0], self.sheet
        wide = sheet.width > sheet.height
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(sheet.width), Mm(sheet.height)
        section.top_margin, section.bottom_margin = Mm(sheet.top), Mm(sheet.bottom)
        section.left_margin, section.right_margin = Mm(sheet.left), Mm(sheet.right)
        section.footer_distance = Mm(max(sheet.bottom - 10, 8))
        self.made.settings.odd_and_even_pages_header_footer = True
        for footer, right in ((section.footer, True), (section.even_page_footer, False)):
            footer.is_linked_to_previous = False
            self._page_number(footer.paragraphs[0], right)

    def _page_number(self, line: Any, right: bool) -> None:
        """— 1 —: odd pages at the right, even ones at the left, one character in."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
        self._run(line, "— " if right else "　— ", 14.0, ("宋体",))
        run = self._run(line, "", 14.0, ("宋体",))
        for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            else:
                part.text = words
            run._r.append(part)
        self._run(line, " —　" if right else " —", 14.0, ("宋体",))

    # --- text ---------------------------------------------------------------------------

    def _paragraph(self, block: Paragraph) -> None:
        style = block.style
        small = style in (Style.NOTE, Style.CENTRED) or not self.official
        points = (10.5 if style is Style.NOTE else FORM_POINTS) if small else BODY_POINTS
        for text in block.text.split("\n"):
            self._line(text, points, FONTS[style], centred=style is Style.CENTRED,
                       indent=style in (Style.BODY, Style.HEADING, Style.SUBHEADING))  # fmt: skip

    def _line(
        self, text: str, points: float, fonts: tuple[str, ...], *, centred: bool = False,
        indent: bool = False, before: float = 0, after: float = 0,
    ) -> None:  # fmt: skip
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
        from docx.shared import Pt

        line = self.made.add_paragraph()
        look = line.paragraph_format
        look.space_before, look.space_after = Pt(before), Pt(after)
        if self.official:
            look.line_spacing_rule = WD_LINE_SPACING.EXACTLY
            look.line_spacing = Pt(BODY_SPACING)
        else:
            look.line_spacing = 1.25
        if centred:
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif indent:
            look.first_line_indent = Pt(2 * (points + LETTER_SPACING))
        spacing = LETTER_SPACING if self.official and points == BODY_POINTS else 0.0
        self._run(line, text, points, fonts, spacing)

    def _run(
        self, line: Any, text: str, points: float, fonts: tuple[str, ...], spacing: float = 0.0,
        bold: bool = False,
    ) -> Any:  # fmt: skip
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Pt

        run = line.add_run(clean_xml(text))
        run.font.size, run.font.name, run.font.bold = Pt(points), fonts[0], bold
        properties = run._r.get_or_add_rPr()
        # Without it a word processor takes its own typeface for Chinese.
        properties.rFonts.set(qn("w:eastAsia"), fonts[0])
        if spacing:
            wide = OxmlElement("w:spacing")
            wide.set(qn("w:val"), str(round(spacing * _TWIPS)))
            properties.append(wide)
        return run

    # --- tables -------------------------------------------------------------------------

    def _grid(self, block: Grid) -> None:
        table = block.table
        if not table.columns:
            return
        lines = table_lines(table)
        made = self._table(1 + len(lines), [float(column.width) for column in table.columns])
        self._fill(made, 0, [column.title for column in table.columns], head=True)
        right = [
            column.kind in (ColumnKind.INTEGER, ColumnKind.DECIMAL, ColumnKind.PERCENT)
            for column in table.columns
        ]
        for number, words in enumerate(lines, start=1):
            total = table.total is not None and number == len(lines)
            self._fill(made, number, words, right=right, head=total)
            self._step()

    def _fill(
        self, made: WordTable, number: int, words: Any, *, head: bool = False,
        right: list[bool] | None = None,
    ) -> None:  # fmt: skip
        from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm

        row = made.rows[number]
        row.height, row.height_rule = Mm(_ROW), WD_ROW_HEIGHT_RULE.AT_LEAST
        self._keep_whole(row, repeat=head and number == 0)
        fonts = FONTS[Style.HEADING] if head else TABLE_FONTS
        for at, (cell, text) in enumerate(zip(row.cells, words, strict=True)):
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            line = cell.paragraphs[0]
            if head and number == 0:
                line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif right is not None and right[at]:
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            self._run(line, text, 10.5, fonts)

    def _form(self, block: Form) -> None:
        from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm

        made = self._table(len(block.lines), list(block.widths))
        for number, line in enumerate(block.lines):
            row = made.rows[number]
            row.height, row.height_rule = Mm(line.height), WD_ROW_HEIGHT_RULE.AT_LEAST
            at = 0
            for box in line.boxes:
                cell = made.cell(number, at)
                if box.span > 1:
                    cell = cell.merge(made.cell(number, at + box.span - 1))
                at += box.span
                cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
                text = cell.paragraphs[0]
                if box.caption:
                    text.alignment = WD_ALIGN_PARAGRAPH.CENTER
                fonts = FONTS[Style.HEADING] if box.caption else FONTS[Style.BODY]
                for place, part in enumerate(box.text.split("\n")):
                    if place:
                        text = cell.add_paragraph()
                    self._run(text, part, FORM_POINTS, fonts)

    def _table(self, rows: int, shares: list[float]) -> WordTable:
        from docx.enum.table import WD_TABLE_ALIGNMENT
        from docx.shared import Mm

        made: WordTable = self.made.add_table(rows, len(shares))
        made.style = self.made.styles["Table Grid"]
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        made.autofit = False
        whole = sum(shares) or 1.0
        for column, share in zip(made.columns, shares, strict=True):
            width = Mm(self.sheet.inside * share / whole)
            column.width = width
            for cell in column.cells:
                cell.width = width
        return made

    def _keep_whole(self, row: Any, *, repeat: bool) -> None:
        """No row is split; the head comes again on every page."""
        from docx.oxml import OxmlElement

        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if repeat:
            properties.append(OxmlElement("w:tblHeader"))
