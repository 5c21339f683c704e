"""发言要点 from what was noted already as comments and reflections."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_study.domain.sessions import Comment, Reflection, Talk
from bulletin_study.usecases.sign_in_page import SignInPage


def noted_words(page: SignInPage, there: str = "") -> str:
    """“姓名：…”, a paragraph each: talk by talk its title, the reflections, the comment; then
    those on the session and on the groups. What stands ``there`` already is left out."""
    blocks = [_new(block, there) for block in _blocks(page)]
    return "\n".join("\n".join(block) for block in blocks if block)


def reflection_words(page: SignInPage, said: Reflection) -> str:
    """“姓名：…”: what somebody said, as a paragraph of the 发言要点."""
    return f"{page.name(said.person_id)}：{said.text.strip()}"


def comment_words(page: SignInPage, comment: Comment) -> str:
    """“姓名：…”, of a group's report “姓名（组室）：…”: a comment as such a paragraph."""
    who = page.name(comment.leader_id) or "点评"
    group = page.roster.groups.get(comment.group_id or 0)
    return f"{who}{f'（{group.name}）' if group else ''}：{comment.text.strip()}"


def _new(block: list[str], there: str) -> list[str]:
    """The paragraphs still missing; a heading goes with the first of them."""
    heading, *said = block
    fresh = [words for words in said if words not in there]
    return [heading, *fresh] if fresh and heading and heading not in there else fresh


def _blocks(page: SignInPage) -> Iterator[list[str]]:
    for talk in page.talks:
        yield [_heading(page, talk), *_said(page, talk)]
    yield ["", *_said(page, None)]
    for group in page.roster.groups.values():
        comment = page.comment_on(group_id=group.id)
        if comment is not None and comment.text.strip():
            yield ["", comment_words(page, comment)]


def _heading(page: SignInPage, talk: Talk) -> str:
    who = page.name(talk.speaker_id) or talk.guest
    title = f"《{talk.title.strip()}》" if talk.title.strip() else ""
    return f"{who}讲课{title}" if who else ""


def _said(page: SignInPage, talk: Talk | None) -> Iterator[str]:
    """The reflections and then the comment, as meetings go; written pieces are no speeches."""
    talk_id = talk.id if talk else None
    for said in page.said(talk_id):
        if said.text.strip() and not said.written:
            yield reflection_words(page, said)
    comment = page.comment_on(talk_id=talk_id)
    if comment is not None and comment.text.strip():
        yield comment_words(page, comment)
