"""What is said of people and sessions on paper."""

from __future__ import annotations

import pytest

from bulletin_study.usecases.paper_facts import post_words


@pytest.mark.parametrize(
    ("group", "title", "words"),
    [
        ("办公室", "办公室主任", "办公室主任"),
        ("组织组", "组织组副组长", "组织组副组长"),
        ("办公室", "一级科员", "办公室 一级科员"),
        ("办公室", "", "办公室"),
        ("", "副部长", "副部长"),
        ("", "", ""),
    ],
)
def test_a_post_does_not_say_its_group_twice(group: str, title: str, words: str) -> None:
    assert post_words(group, title) == words
