"""Photos made small: upright, within limits, whatever the file is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import docx
import pytest
from docx.shared import Mm
from PySide6.QtCore import QBuffer, QIODevice, QSize
from PySide6.QtGui import QImage, QPdfWriter

from bulletin_study.app import write_document
from bulletin_study.domain.errors import PictureFault, PictureRefused
from bulletin_study.ui.pictures import print_ready, read_picture
from bulletin_study.ui.printing import paint, pdf_bytes
from bulletin_study.usecases.paper_layout import NO_PICTURE
from bulletin_study.usecases.papers import Paper, Photo, Pictures, Title
from tests.photos import cut, huge_jpeg, huge_png, photo, turned

BOX = QSize(200, 200)


def test_a_photo_keeps_its_shape(tmp_path: Path, qapp: object) -> None:
    image = read_picture(photo(tmp_path / "a.jpg", 4000, 3000), BOX)
    assert (image.width(), image.height()) == (200, 150)
    small = read_picture(photo(tmp_path / "b.png", 40, 30), BOX)
    assert (small.width(), small.height()) == (40, 30), "none is made larger"


def test_a_photo_stands_as_the_camera_was_held(tmp_path: Path, qapp: object) -> None:
    image = read_picture(turned(tmp_path / "a.jpg"), BOX)
    assert (image.width(), image.height()) == (150, 200)
    top, bottom = image.pixelColor(75, 20), image.pixelColor(75, 180)
    assert (top.red() > 200, bottom.blue() > 200) == (True, True)


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (huge_png, PictureFault.TOO_LARGE),
        (huge_jpeg, PictureFault.TOO_LARGE),
        (lambda path: path, PictureFault.MISSING),
        (lambda path: path.write_bytes(b"\xff\xd8\xff\xe0 no") and path, PictureFault.BROKEN),
        (lambda path: path.write_bytes(b"") or path, PictureFault.BROKEN),
        (lambda path: path.write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' "
                                      "height='9'/>") and path, PictureFault.FORMAT),
    ],
    ids=["png of 200 million dots", "jpeg of 200 million dots", "gone", "broken", "empty", "svg"],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused_by_name(
    tmp_path: Path, qapp: object, make: Callable[[Path], Path], fault: PictureFault
) -> None:
    path = make(tmp_path / "照片.jpg")
    with pytest.raises(PictureRefused) as refused:
        read_picture(path, BOX)
    assert (refused.value.file_name, refused.value.fault) == ("照片.jpg", fault)


def test_a_photo_of_a_telephone_that_qt_does_not_read_is_not_called_broken(
    tmp_path: Path, qapp: object
) -> None:
    path = tmp_path / "IMG_1.HEIC"
    path.write_bytes(b"\0\0\0\x18ftypheic" + bytes(400))
    with pytest.raises(PictureRefused) as refused:
        read_picture(path, BOX)
    assert refused.value.fault is PictureFault.FORMAT


def test_half_a_photo_is_shown_or_refused_without_a_word_from_qt(
    tmp_path: Path, qapp: object
) -> None:
    with suppress(PictureRefused):
        assert read_picture(cut(tmp_path / "a.jpg"), BOX).width() == 200


def test_a_photo_for_paper_is_small_and_has_a_white_ground(tmp_path: Path, qapp: object) -> None:
    clear = QImage(300, 200, QImage.Format.Format_ARGB32)
    clear.fill(0)
    assert clear.save(str(tmp_path / "a.png"))
    ready = print_ready(tmp_path / "a.png")
    assert QImage.fromData(ready.data).pixelColor(5, 5).lightness() > 250
    large = print_ready(photo(tmp_path / "b.jpg", 8000, 6000, words="会场"))
    assert max(large.width, large.height) < 1400
    assert len(large.data) < 300_000


def pages_of(paper: Paper) -> int:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return paint(paper, QPdfWriter(buffer))


def album(folder: Path, count: int) -> Paper:
    photos = tuple(
        Photo(photo(folder / f"{n}.jpg", *((640, 480), (480, 640))[n % 2], shade=n),
              f"{n + 1}. 说明" + "很长的" * 12)
        for n in range(count)
    )  # fmt: skip
    return Paper("照片", (Title("2026-11-23 每周一学照片"), Pictures(photos)))


def test_photos_come_two_to_a_page(tmp_path: Path, qapp: object) -> None:
    paper = album(tmp_path, 5)
    write_document(paper, tmp_path / "照片.docx")
    made = docx.Document(str(tmp_path / "照片.docx"))
    assert len(made.inline_shapes) == 5
    assert all(shape.height <= Mm(98.1) for shape in made.inline_shapes)
    assert all(shape.width <= Mm(168.1) for shape in made.inline_shapes)
    turns = [p for p in made.paragraphs if p.paragraph_format.page_break_before]
    assert len(turns) == 2
    captions = [p.text for p in made.paragraphs if p.text[:1].isdigit() and "说明" in p.text]
    assert [caption[:2] for caption in captions] == ["1.", "2.", "3.", "4.", "5."]
    assert pages_of(paper) == 3
    assert pdf_bytes(paper).count(b"/Subtype /Image") == 5


def test_a_broken_photo_leaves_its_caption_and_a_word(tmp_path: Path, qapp: object) -> None:
    paper = Paper("照片", (Pictures((Photo(tmp_path / "没有.jpg", "1. 会场"),)),))
    write_document(paper, tmp_path / "照片.docx")
    words = [p.text for p in docx.Document(str(tmp_path / "照片.docx")).paragraphs]
    assert NO_PICTURE in words
    assert "1. 会场" in words
    assert pages_of(paper) == 1
