"""Documents as words: what paragraphs and cells say, in every encoding, and what is refused."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.errors import Cancelled
from bulletin_study.exchange.tables.child.text import decode
from bulletin_study.exchange.tables.child.words import LONGEST, tidied
from bulletin_study.exchange.tables.refusals import Unreadable
from bulletin_study.exchange.tables.wire import Stop
from bulletin_study.exchange.tables.workbook import Limits
from bulletin_study.exchange.texts import TEXT_WORDS, UnreadableText, read_words, text_sentence
from tests import office_files as files

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def raw_docx(path: Path, body: str, head: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELS)
        document = f"{head}<w:document {_W}><w:body>{body}</w:body></w:document>"
        package.writestr("word/document.xml", document)
    return path


def refused(path: Path, limits: Limits | None = None) -> Unreadable:
    """The reason; it comes soon and in one sentence that names the file and what is safe."""
    begun = time.monotonic()
    with pytest.raises(UnreadableText) as caught:
        read_words(path, limits=limits or Limits())
    assert time.monotonic() - begun < 20
    sentence = text_sentence(caught.value)
    assert path.name in sentence
    assert "原来写的都在" in sentence
    assert sentence.count("。") <= 2
    assert "！" not in sentence
    return caught.value.reason


# ---- what is read ----------------------------------------------------------------------


def test_paragraphs_and_cells_of_a_document(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("心得体会", 1)
    paragraph = document.add_paragraph("第一段：")
    paragraph.add_run("同一段里的另一种字").bold = True
    table = document.add_table(2, 2)
    for at, words in enumerate(("姓名", "𬱖㛃", "买买提·吐尔逊", "记录")):
        table.cell(at // 2, at % 2).text = words
    document.add_paragraph("最后一段")
    document.save(str(tmp_path / "心得.docx"))
    assert read_words(tmp_path / "心得.docx") == (
        "心得体会\n第一段：同一段里的另一种字\n姓名\t𬱖㛃\n买买提·吐尔逊\t记录\n最后一段"
    )


def test_what_was_deleted_or_moved_away_is_not_read(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>留下</w:t></w:r>"
        "<w:del><w:r><w:delText>删去的</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>，添上</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>移走的</w:t></w:r></w:moveFrom>"
        "<w:r><w:tab/><w:t>一</w:t><w:br/><w:t>二</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p><w:p/><w:p/><w:p/>"
        "<w:p><w:r><w:ruby><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t>"
        "</w:r></w:rubyBase></w:ruby></w:r></w:p>"
    )
    assert read_words(raw_docx(tmp_path / "改过.docx", body)) == "留下，添上\t一\n二\n\n汉"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "gb2312"]
)
def test_a_text_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "发言.txt"
    path.write_bytes("联通\r\n先看三年记录　\r\n\r\n\r\n再下乡".encode(encoding))
    assert read_words(path) == "联通\n先看三年记录\n\n再下乡"


CHINESE = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.sampled_from("，。、 \nab1"),
    min_size=1,
)


@given(text=CHINESE.filter(str.strip), encoding=st.sampled_from(
    ["utf-8", "utf-8-sig", "utf-16", "gb18030"]))  # fmt: skip
def test_no_encoding_changes_a_word(text: str, encoding: str) -> None:
    read = decode(text.encode(encoding))
    # A few short runs of GB18030 are UTF-8, too: then nothing can tell them apart.
    assert read.removeprefix("\ufeff") == text or _is_both(text, encoding)


def _is_both(text: str, encoding: str) -> bool:
    try:
        return encoding == "gb18030" and text.encode("gb18030").decode("utf-8") != text
    except UnicodeDecodeError:
        return False


@given(st.text(st.sampled_from("字 \t\r\n\u00a0\ufeff")))
def test_tidying_keeps_every_word_and_comes_to_rest(text: str) -> None:
    once = tidied(text)
    assert tidied(once) == once
    assert once.count("字") == text.count("字")
    assert "\r" not in once
    assert "\n\n\n" not in once


@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_are_words_or_one_refusal(data: bytes) -> None:
    try:
        reason = None if decode(data) else Unreadable.EMPTY
    except Stop as stop:
        reason = stop.reason
    assert reason is None or reason in TEXT_WORDS


# ---- what is refused -------------------------------------------------------------------


def write(name: str, data: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return make


def doctype(folder: Path) -> Path:
    head = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    return raw_docx(folder / "实体.docx", "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", head)


def cut(folder: Path) -> Path:
    path = raw_docx(folder / "半个.docx", "<w:p><w:r><w:t>话</w:t></w:r></w:p>" * 99)
    path.write_bytes(path.read_bytes()[:200])
    return path


def torn(folder: Path) -> Path:
    path = folder / "断.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELS)
        package.writestr("word/document.xml", f"<w:document {_W}><w:body><w:p>")
    return path


def bomb(folder: Path) -> Path:
    return raw_docx(folder / "炸弹.docx", " " * (90 << 20))


def many_words(folder: Path) -> Path:
    return raw_docx(folder / "长.docx", "<w:p><w:r><w:t>字</w:t></w:r></w:p>" * (LONGEST * 2))


def long_text(folder: Path) -> Path:
    (folder / "长.txt").write_text("字" * (LONGEST + 1), encoding="utf-8")
    return folder / "长.txt"


def archive(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "打包.docx", "w") as package:
        package.writestr("张三心得.docx", b"x")
    return folder / "打包.docx"


def table(folder: Path) -> Path:
    return files.xlsx(folder / "表格.docx", {"表": files.ROSTER})


def scan(folder: Path) -> Path:
    return raw_docx(folder / "扫描件.docx", "<w:p><w:r><w:drawing/></w:r></w:p>")


def password(folder: Path) -> Path:
    return files.ole(folder / "加密.docx", {"EncryptedPackage": b"x" * 9000})


def old_doc(folder: Path) -> Path:
    return files.ole(folder / "其实是doc.docx", {"WordDocument": b"x" * 9000})


REFUSED: list[tuple[Callable[[Path], Path], Unreadable]] = [
    (write("空.docx", b""), Unreadable.EMPTY),
    (write("空白.txt", b" \r\n "), Unreadable.EMPTY),
    (write("~$心得.docx", b"x" * 162), Unreadable.LOCK_FILE),
    (write("其实.txt", b"%PDF-1.7 ..."), Unreadable.NOT_A_TABLE),
    (write("图.docx", b"\x89PNG\r\n\x1a\n"), Unreadable.NOT_A_TABLE),
    (write("零.docx", b"\0" * 4000), Unreadable.DAMAGED),
    (write("乱.txt", bytes(range(256)) * 9), Unreadable.NOT_A_TABLE),
    (write("韩文.txt", b"\xb0\xa1\xff\xff" * 40), Unreadable.ENCODING),
    (write("富文本.doc", b"{\\rtf1 x}"), Unreadable.OLD_FORMAT),
    (write("破.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 50), Unreadable.DAMAGED),
    (doctype, Unreadable.SUSPICIOUS),
    (cut, Unreadable.DAMAGED),
    (torn, Unreadable.DAMAGED),
    (bomb, Unreadable.TOO_LARGE),
    (many_words, Unreadable.TOO_LARGE),
    (long_text, Unreadable.TOO_LARGE),
    (archive, Unreadable.ARCHIVE),
    (table, Unreadable.NOT_A_TABLE),
    (scan, Unreadable.NO_ROWS),
    (password, Unreadable.PASSWORD),
    (old_doc, Unreadable.OLD_FORMAT),
    (lambda folder: folder, Unreadable.IS_DIRECTORY),
    (lambda folder: folder / "没有.docx", Unreadable.NOT_FOUND),
]


@pytest.mark.parametrize(("make", "reason"), REFUSED)
def test_each_file_that_gives_no_words_has_one_clear_reason(
    tmp_path: Path, make: Callable[[Path], Path], reason: Unreadable
) -> None:
    assert refused(make(tmp_path)) is reason


def test_a_slow_file_is_given_up(tmp_path: Path) -> None:
    path = raw_docx(tmp_path / "慢.docx", "<w:p/>" * 3_000_000)
    assert refused(path, Limits(seconds=0.2)) is Unreadable.TOO_SLOW


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    path = tmp_path / "发言.txt"
    path.write_text("话", encoding="utf-8")
    with pytest.raises(Cancelled):
        read_words(path, stop)


def test_a_document_at_the_limit_fits_into_its_memory(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:t>" + "字" * 99 + "</w:t></w:r></w:p>"
    path = raw_docx(tmp_path / "很长.docx", body * (LONGEST // 100))
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    text = read_words(path)
    assert len(text) > LONGEST * 0.98
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss <= max(before, 512 << 10)


def test_the_child_needs_no_more_than_the_standard_library() -> None:
    code = (
        "import sys; from bulletin_study.exchange.tables.child import words;"
        "print([m for m in sys.modules if m.partition('.')[0] in ('docx', 'lxml', 'PySide6')])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
