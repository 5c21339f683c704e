"""What a file is taken for by its name, and names that every system takes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_study.domain.closing import Want
from bulletin_study.domain.evidence import EvidenceKind, guess_kind, safe_stem
from bulletin_study.domain.sessions import ClosingItem

KIND = EvidenceKind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("IMG_2041.JPG", KIND.PHOTO),
        ("关于召开部务会的通知.docx", KIND.NOTICE),
        ("通知.png", KIND.NOTICE),
        ("签到表.jpg", KIND.SIGN_IN_SCAN),
        ("签到现场.jpg", KIND.PHOTO),
        ("现场录音.mp3", KIND.MATERIAL),
        ("部务会会议记录20261123.doc", KIND.MINUTES),
        ("会议纪要.pdf", KIND.MINUTES),
        ("张三发言提纲.docx", KIND.SPEECH_NOTES),
        ("学习心得.docx", KIND.SPEECH_NOTES),
        ("党章.pdf", KIND.MATERIAL),
        ("没有后缀", KIND.MATERIAL),
    ],
)
def test_a_file_is_what_its_name_says(name: str, kind: EvidenceKind) -> None:
    assert guess_kind(name) is kind


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a/b\\c:d*e?", "a-b-c-d-e"),
        ("CON", "-CON"),
        ("con.txt", "-con.txt"),
        ("COM1", "-COM1"),
        ("联合", "联合"),
        ("照片\u202egpj.exe", "照片gpj.exe"),
        ("...", "文件"),
        ("末尾有点. ", "末尾有点"),
    ],
)
def test_a_name_is_safe_on_every_system(text: str, name: str) -> None:
    assert safe_stem(text) == name


@given(st.text(max_size=200), st.integers(4, 80))
def test_no_text_gives_a_name_that_a_system_refuses(text: str, most: int) -> None:
    stem = safe_stem(text, most)
    assert 0 < len(stem) <= most
    assert not set(stem) & set('<>:"/\\|?*')
    assert stem == stem.strip(" .")
    assert not {unicodedata.category(c) for c in stem} & {"Cc", "Cf", "Cs", "Co"}


@given(st.sampled_from(ClosingItem), st.none() | st.sampled_from(EvidenceKind))
def test_what_is_wanted_is_found_again_by_its_key(
    item: ClosingItem, kind: EvidenceKind | None
) -> None:
    want = Want(item, kind)
    assert Want.of(want.key) == want
