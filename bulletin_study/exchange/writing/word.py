"""Papers as docx: official layout, typefaces named for Chinese, heads repeated on every page."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulletin_study.domain.errors import PictureRefused
from bulletin_study.exchange.writing.atomic import Cancel, replacing, stop_if
from bulletin_study.exchange.writing.clean import clean_xml
from bulletin_study.exchange.writing.word_parts import add_run, rule_under, set_page
from bulletin_study.exchange.writing.word_tables import add_form, add_grid
from bulletin_study.usecases.paper_layout import (
    BODY_POINTS,
    BODY_SPACING,
    FONTS,
    FORM_POINTS,
    LETTER_SPACING,
    NO_PICTURE,
    NOTE_POINTS,
    air_above_signatures,
    is_indented,
    picture_size,
    points_of,
    sheet_of,
    signature_line,
    title_points,
)
from bulletin_study.usecases.papers import (
    Blank,
    Block,
    Develop,
    Form,
    Grid,
    Layout,
    NewPage,
    Paper,
    Paragraph,
    Photo,
    Pictures,
    Signatures,
    Style,
    Title,
    as_paper,
)
from bulletin_study.usecases.ports import Progress
from bulletin_study.usecases.reports import Report

if TYPE_CHECKING:
    from docx.document import Document

_AIR = 4
"""Points between a table and what follows it."""
_STEP = 50
"""Rows between two looks at 取消."""


def write(
    document: Report | Paper,
    path: Path,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    develop: Develop | None = None,
) -> None:
    """Write the paper to ``path``, whole or not at all.

    ``progress`` gets (blocks and rows written, all of them). ``develop`` makes its photos
    ready; without it there are only their captions. Raises ``FileRefused``, ``Cancelled``.
    """
    with replacing(path, cancel) as out:
        out.write(packed(document, progress, cancel, develop))


def packed(
    document: Report | Paper,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    develop: Develop | None = None,
) -> bytes:
    """The whole file, to be put into another. Raises ``Cancelled``."""
    made = _Writer(as_paper(document), progress, cancel, develop).build()
    whole = BytesIO()
    made.save(whole)
    return whole.getvalue()


class _Writer:
    def __init__(
        self,
        paper: Paper,
        progress: Progress | None,
        cancel: Cancel | None,
        develop: Develop | None,
    ) -> None:
        import docx

        self.paper, self.develop = paper, develop
        self.progress, self.cancel = progress, cancel
        self.sheet = sheet_of(paper.layout)
        self.official = paper.layout is Layout.OFFICIAL
        self.made: Document = docx.Document()
        self.turns = self.after_table = False
        self.done = 0
        rows = (len(b.table.rows) for b in paper.blocks if isinstance(b, Grid))
        photos = (len(b.photos) for b in paper.blocks if isinstance(b, Pictures))
        self.total = len(paper.blocks) + sum(rows) + sum(photos)

    def build(self) -> Document:
        set_page(self.made, self.sheet)
        self.made.core_properties.title = clean_xml(self.paper.title)[:255]
        self.made.core_properties.author = ""
        for block in self.paper.blocks:
            self._add(block)
            self.after_table = isinstance(block, Form | Grid)
            self._step()
        return self.made

    def _step(self) -> None:
        self.done += 1
        if self.done % _STEP == 0 or self.done == self.total:
            stop_if(self.cancel)
            if self.progress is not None:
                self.progress(min(self.done, self.total), self.total)

    def _add(self, block: Block) -> None:
        layout = self.paper.layout
        match block:
            case Title(text):
                after = 0 if self.official else 8
                self._line(text, title_points(layout), FONTS[None], centred=True, after=after)
            case Paragraph():
                self._paragraph(block)
            case Form():
                self._table_follows()
                add_form(self.made, block, self.sheet.inside)
            case Grid():
                self._table_follows()
                add_grid(self.made, block, self.sheet.inside, self._step)
            case Blank(lines):
                for _ in range(lines):
                    rule_under(self._line("", points_of(Style.BODY, layout), FONTS[Style.BODY]))
            case Signatures(names):
                self._line(signature_line(names), points_of(Style.BODY, layout),
                           FONTS[Style.BODY], before=air_above_signatures(layout))  # fmt: skip
            case NewPage():
                self.turns = True
            case Pictures(photos):
                for number, photo in enumerate(photos):
                    stop_if(self.cancel)
                    self.turns = self.turns or (number > 0 and number % 2 == 0)
                    self._photo(photo)
                    self._step()

    def _table_follows(self) -> None:
        """A table has no page break of its own, and two that touch become one."""
        if self.turns or self.after_table:
            self._line("", 1.0, FONTS[Style.BODY])

    # --- photos -------------------------------------------------------------------------

    def _photo(self, photo: Photo) -> None:
        """A picture, its caption kept with it; words where it cannot be shown."""
        from docx.shared import Mm

        try:
            picture = self.develop(photo.path) if self.develop is not None else None
        except PictureRefused:
            picture = None
        words = "" if picture is not None else NO_PICTURE
        line = self._line(words, FORM_POINTS, FONTS[Style.NOTE], centred=True, after=3)
        line.paragraph_format.keep_with_next = True
        if picture is not None:
            line.paragraph_format.line_spacing = 1.0
            width, height = picture_size(picture, self.sheet.inside)
            shape = line.add_run().add_picture(BytesIO(picture.data), Mm(width), Mm(height))
            # What a screen reader says of it.
            shape._inline.docPr.set("descr", clean_xml(photo.caption))
        self._line(photo.caption, NOTE_POINTS, FONTS[Style.NOTE], centred=True, after=9)

    # --- text ---------------------------------------------------------------------------

    def _paragraph(self, block: Paragraph) -> None:
        style = block.style
        for text in block.text.split("\n"):
            line = self._line(text, points_of(style, self.paper.layout), FONTS[style],
                              centred=style is Style.CENTRED, indent=is_indented(style))
            # A heading never stands alone at the foot of a page, nor do signatures at its head.
            line.paragraph_format.keep_with_next = block.kept

    def _line(
        self, text: str, points: float, fonts: tuple[str, ...], *, centred: bool = False,
        indent: bool = False, before: float = 0, after: float = 0,
    ) -> Any:  # fmt: skip
        from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
        from docx.shared import Pt

        line = self.made.add_paragraph()
        look = line.paragraph_format
        air = _AIR if self.after_table and text else 0
        look.space_before, look.space_after = Pt(before + air), Pt(after)
        if self.turns:
            look.page_break_before, self.turns = True, False
        if self.official:
            look.line_spacing_rule = WD_LINE_SPACING.EXACTLY
            look.line_spacing = Pt(BODY_SPACING)
            # The grid of 22 lines goes on, whatever stands alone at the end of a page.
            look.widow_control = False
        else:
            look.line_spacing = 1.25
        if centred:
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif indent:
            look.first_line_indent = Pt(2 * (points + LETTER_SPACING))
        spacing = LETTER_SPACING if self.official and points == BODY_POINTS else 0.0
        add_run(line, text, points, fonts, spacing)
        return line
