"""What the one red button of the week leads to."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin_study.domain.closing import Want
from bulletin_study.domain.sessions import SessionStatus, StudySession
from bulletin_study.ui.tabs.week import words
from bulletin_study.usecases.closing import label_of
from bulletin_study.usecases.week import Week, WeekCard


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the button says, and where it leads: no session means that one is to be planned,
    no want means its sign-in."""

    caption: str
    tip: str
    session: StudySession | None = None
    want: Want | None = None


def next_step(week: Week) -> NextStep:
    """Today's sign-in first; signed in, what today's sessions still miss; then what comes."""
    open_ones = [
        card
        for card in week.cards
        if not card.session.archived and card.session.status is not SessionStatus.CANCELLED
    ]
    today = [card for card in open_ones if card.session.day == week.today]
    unsigned = [card for card in today if _unsigned(card)]
    if unsigned:
        return NextStep("开始今天的签到", "开始今天的签到", unsigned[0].session)
    for card in today:
        for item in words.merged(card):
            what = label_of(item.want)
            title = "、".join(kind.name for kind in card.closing.kinds)
            return NextStep(f"继续：{what}", f"今天的签到齐了，接着填 {title} 的{what}",
                            card.session, item.want)  # fmt: skip
    ahead = [card for card in open_ones if card.session.status.ahead]
    for card in [*ahead, *open_ones]:
        return NextStep(f"签到 {card.session.day:%m-%d}", "打开最近要签到的一场", card.session)
    return NextStep("新建场次", "这一周没有要签到的场次，先安排一场")


def _unsigned(card: WeekCard) -> bool:
    return card.session.status.ahead or card.headcount.unmarked > 0
