"""What leaves the page: the notice to copy, the plan as a table or on paper, records of talks."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_study.ui.dialogs import PAPER_FILES, REPORT_FILES
from bulletin_study.ui.paper_desk import Outgoing, PagePapers
from bulletin_study.usecases.paper_rotation import rotation_paper
from bulletin_study.usecases.paper_talk import talk_paper
from bulletin_study.usecases.reports_rotation import rotation_report
from bulletin_study.usecases.talk_page import TalkLine, TalkPage
from bulletin_study.usecases.talk_text import rotation_notice


class Papers(PagePapers):
    """What the page saves, prints and copies."""

    def copy_notice(self, page: TalkPage) -> bool:
        """Put the next talks on the clipboard; False when nobody is announced."""
        ahead = [line.row for line in page.lines if line.ahead and line.row.day >= page.today]
        text = rotation_notice(ahead)
        if text:
            self.context.copy(text)
        return bool(text)

    def export(self, lines: Sequence[TalkLine]) -> None:
        """Write the period of these places to a file of the user's choice."""
        self.save(_plan(lines))

    def print_plan(self, lines: Sequence[TalkLine]) -> None:
        """The plan of these places on paper."""
        self.print(_plan(lines))

    def export_record(self, line: TalkLine) -> None:
        """Write the record of one talk."""
        talk = line.row.talk
        if talk is not None:
            who = line.row.speaker or "待定"
            name = f"讲课记录_{line.row.day:%Y%m%d}_{who}.docx"
            self.save(Outgoing("讲课记录", name, PAPER_FILES,
                               lambda unit, _: talk_paper(unit, talk.id)))  # fmt: skip


def _plan(lines: Sequence[TalkLine]) -> Outgoing:
    first, last = lines[0].row.day, lines[-1].row.day
    return Outgoing(
        "讲课安排",
        f"每周一讲安排_{first:%Y%m%d}-{last:%Y%m%d}.xlsx",
        REPORT_FILES,
        paper=lambda unit, _: rotation_paper(unit, first, last),
        table=lambda unit, _: rotation_report(unit, first, last),
    )
