"""个人学习记录 out of the window: to the printer, or to a file."""

from __future__ import annotations

from bulletin_study.ui.dialogs import PAPER_FILES
from bulletin_study.ui.paper_desk import Outgoing, PagePapers
from bulletin_study.usecases.paper_person import TITLE, person_paper
from bulletin_study.usecases.person_page import PersonPage
from bulletin_study.usecases.settings import read_office


class PersonPapers(PagePapers):
    """One sheet of what the page shows."""

    def print_record(self, shown: PersonPage) -> None:
        """Show the pages as they will come out."""
        self.print(_record(shown))

    def export(self, shown: PersonPage) -> None:
        """Ask where to, write; the window goes on meanwhile."""
        self.save(_record(shown))


def _record(shown: PersonPage) -> Outgoing:
    name = f"{TITLE}_{shown.person.name}_{shown.first:%Y%m%d}-{shown.last:%Y%m%d}.docx"
    return Outgoing(TITLE, name, PAPER_FILES,
                    lambda unit, _: person_paper(shown, read_office(unit).name))  # fmt: skip
