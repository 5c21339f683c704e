"""What each kind of session still misses before it is archived."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from bulletin_study.domain.attendance import Headcount
from bulletin_study.domain.closing import Records, checklist, missing
from bulletin_study.domain.evidence import Evidence, EvidenceKind, EvidenceNeed
from bulletin_study.domain.kinds import BUILT_IN_KINDS
from bulletin_study.domain.sessions import (
    ClosingItem,
    Comment,
    Form,
    Reflection,
    StudySession,
    Talk,
    TalkCategory,
)

STUDY, TALK, REVIEW = BUILT_IN_KINDS[:3]
SESSION = StudySession(1, date(2026, 11, 23), time(9), time(10))
SIGNED = Headcount(present=3)


def items(session: StudySession, kind: object, records: Records) -> dict[ClosingItem, int]:
    return {i.item: i.lacking for i in missing(session, [kind], records)}  # type: ignore[list-item]


def test_study_needs_sign_in_theme_form_and_lead() -> None:
    bare = items(SESSION, STUDY, Records())
    assert set(bare) == {
        ClosingItem.SIGN_IN,
        ClosingItem.THEME,
        ClosingItem.FORM,
        ClosingItem.LEAD,
    }
    full = replace(SESSION, theme="条例解读", form=Form.LEADER_LED, lead_name="市委党校讲师")
    assert items(full, STUDY, Records(SIGNED)) == {}


def test_unmarked_people_are_missing_one_by_one() -> None:
    signed = Headcount(present=3, unmarked=1)
    assert items(SESSION, STUDY, Records(signed))[ClosingItem.SIGN_IN] == 1


def test_nobody_leads_when_everyone_reads_alone() -> None:
    alone = replace(SESSION, theme="自学", form=Form.SELF_STUDY)
    assert items(alone, STUDY, Records(SIGNED)) == {}


def test_imported_totals_stand_for_the_sign_in() -> None:
    old = replace(SESSION, expected_total=48, present_total=45)
    assert ClosingItem.SIGN_IN not in items(old, STUDY, Records())


def test_each_talk_needs_title_category_comment_and_three_voices() -> None:
    session = replace(SESSION, talk_places=2)
    talk = Talk(7, 1, 1, speaker_id=3, title="公文常见差错", category=TalkCategory.BUSINESS)
    records = Records(
        SIGNED,
        (talk,),
        (Comment(1, 1, 9, "讲得实", talk_id=7),),
        (
            Reflection(1, 1, 1, text="有收获", talk_id=7),
            Reflection(2, 1, 2, text=" ", talk_id=7),
            Reflection(3, 1, 1, text="再说一句", talk_id=7),
        ),
    )
    lines = {(i.item, i.place): (i.done, i.needed) for i in checklist(session, [TALK], records)}
    assert lines[ClosingItem.TALKS, 1] == (1, 1)
    assert lines[ClosingItem.COMMENTS, 1] == (1, 1)
    assert lines[ClosingItem.REFLECTIONS, 1] == (1, 3), "the same person twice is one voice"
    assert lines[ClosingItem.TALKS, 2] == (0, 1)
    assert lines[ClosingItem.REFLECTIONS, 2] == (0, 3)


def test_review_needs_a_comment_for_every_group() -> None:
    records = Records(SIGNED, comments=(Comment(1, 1, 9, "可以", group_id=1),), group_ids=(1, 2))
    assert items(SESSION, REVIEW, records) == {ClosingItem.REPORTS: 1}


def test_kinds_held_together_need_what_any_of_them_needs() -> None:
    both = {i.item for i in checklist(SESSION, [STUDY, TALK], Records())}
    assert both == {i for k in (STUDY, TALK) for i in k.closing}


def file(kind: EvidenceKind, number: int = 1) -> Evidence:
    came = datetime(2026, 11, 23, 10)
    return Evidence(number, 1, kind, f"2026/{number}", f"{number}.jpg", "0" * 64, 1, came)


def needing(*needs: tuple[EvidenceKind, int]) -> object:
    asked = tuple(EvidenceNeed(kind, count) for kind, count in needs)
    return replace(STUDY, closing=(), evidence=asked)


def test_what_a_kind_requires_on_file_is_asked_for_kind_by_kind() -> None:
    kind = needing((EvidenceKind.PHOTO, 2), (EvidenceKind.NOTICE, 1))
    records = Records(evidence=(file(EvidenceKind.PHOTO), file(EvidenceKind.MATERIAL, 2)))
    lines = missing(SESSION, [kind], records)  # type: ignore[list-item]
    assert [(line.evidence, line.done, line.needed) for line in lines] == [
        (EvidenceKind.NOTICE, 0, 1),
        (EvidenceKind.PHOTO, 1, 2),
    ]


def test_kinds_held_together_need_the_larger_number_of_files_once() -> None:
    kinds = [needing((EvidenceKind.PHOTO, 1)), needing((EvidenceKind.PHOTO, 2))]
    lines = checklist(SESSION, kinds, Records())  # type: ignore[arg-type]
    assert [(line.evidence, line.needed) for line in lines] == [(EvidenceKind.PHOTO, 2)]


def test_minutes_and_words_written_in_the_program_need_no_file() -> None:
    kind = needing((EvidenceKind.MINUTES, 1), (EvidenceKind.SPEECH_NOTES, 1))
    assert len(missing(SESSION, [kind], Records())) == 2  # type: ignore[list-item]
    written = replace(SESSION, speeches="刘组长：先把台账理清。")
    assert missing(written, [kind], Records()) == ()  # type: ignore[list-item]
