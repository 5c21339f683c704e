"""What leaves the page: the 催办 text, and the papers of the session shown, printed or saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from bulletin_study.domain.evidence import safe_stem
from bulletin_study.domain.sessions import SessionStatus
from bulletin_study.ui.context import Context
from bulletin_study.ui.controls import Button, drop_button
from bulletin_study.ui.dialogs import PAPER_FILES, REPORT_FILES, SHEET_FILES
from bulletin_study.ui.frame import Page
from bulletin_study.ui.paper_desk import Outgoing, PagePapers
from bulletin_study.usecases.evidence_package import plan_session
from bulletin_study.usecases.paper_facts import KindChoice
from bulletin_study.usecases.paper_minutes import minutes_paper
from bulletin_study.usecases.paper_reflections import (
    session_reflections_paper,
    session_reflections_report,
)
from bulletin_study.usecases.paper_signin import sign_in_paper, sign_in_table
from bulletin_study.usecases.paper_talk import session_talks_paper
from bulletin_study.usecases.reports_signin import sign_in_report
from bulletin_study.usecases.sign_in_notes import chasing_text
from bulletin_study.usecases.sign_in_page import SignInPage
from bulletin_study.usecases.titles import kinds_text

PRINT_KEY = "Ctrl+P"
_Maker = Callable[[KindChoice], Outgoing]


class Papers(PagePapers):
    """The menu of papers; ``shown`` gives the session they are about."""

    def __init__(
        self, context: Context, page: Page, shown: Callable[[], SignInPage | None]
    ) -> None:
        super().__init__(context, page)
        self._shown = shown
        self.button: Button = drop_button(
            "打印导出", "print", shortcut="Ctrl+E",
            tip="签到表、会议记录、心得汇编：打印或存为文件；开展了的，出了以后期次固定",
        )  # fmt: skip
        self.menu = QMenu(self.button)
        self.menu.aboutToShow.connect(self._fill)
        self.button.setMenu(self.menu)

    def copy_chasing(self, shown: SignInPage) -> None:
        """Copy who still owes what."""
        text = chasing_text(shown)
        if text:
            self.context.copy(text)
            self.page.said.emit("已复制催办的话，可以粘贴到工作群")
        else:
            self.page.said.emit("这一场没有欠缺，不用催办")

    def pack(self) -> None:
        """Write the 佐证包 of the session."""
        shown = self._shown()
        if shown is not None:
            session_id = shown.session.id
            kinds = safe_stem(kinds_text(shown.closing.kinds), 24)
            self.save_package(
                "本场佐证包",
                f"佐证包_{shown.session.day:%Y%m%d}_{kinds}.zip",
                lambda unit, _: plan_session(unit, session_id),
            )

    def print_usual(self) -> None:
        """The 签到表: filled where the session took place, blank before it (Ctrl+P)."""
        shown = self._shown()
        if shown is None:
            return
        if shown.session.status is SessionStatus.CANCELLED:
            self.page.show_notice("本场已取消，没有签到表可以打印。")
        else:
            self.print(_sign_in(shown, _took_place(shown))("each"))

    def _fill(self) -> None:
        self.menu.clear()
        for old in self.menu.findChildren(QMenu):
            old.deleteLater()
        shown = self._shown()
        if shown is None or shown.session.status is SessionStatus.CANCELLED:
            words = "本场已取消，没有可以打印的" if shown else "还没有场次"
            self.menu.addAction(words).setEnabled(False)
            return
        usual = "已填" if _took_place(shown) else "空白"
        first = self.menu.addAction(f"打印签到表（{usual}）…", self.print_usual)
        first.setShortcut(PRINT_KEY)
        self.menu.addSeparator()
        for title, there, make, kinds in _offered(shown):
            self._add(title, there, make, kinds)
        self.menu.addSeparator()
        details = _details(shown)
        self.menu.addAction("签到明细（xlsx）…", lambda: self.save(details))

    def _add(self, title: str, there: bool, make: _Maker, kinds: dict[KindChoice, str]) -> None:
        """A paper with 打印 and 存为文件, once for each way to treat kinds held together."""
        part = self.menu.addMenu(title)
        part.setEnabled(there)
        for choice, name in kinds.items():
            thing = make(choice)
            before = f"{name}：" if name else ""
            part.addAction(f"{before}打印…", lambda thing=thing: self.print(thing))
            part.addAction(f"{before}存为文件…", lambda thing=thing: self.save(thing))
            part.addSeparator()


def _offered(page: SignInPage) -> list[tuple[str, bool, _Maker, dict[KindChoice, str]]]:
    """Every paper: its title, whether there is anything to put on it, how, for which kinds."""
    kinds: dict[KindChoice, str] = {"each": ""}
    if len(page.closing.kinds) > 1:
        kinds = {"each": "每个活动各一份"}
        kinds |= {kind.id: f"只要{kind.name}" for kind in page.closing.kinds}
        kinds["together"] = "合为一份"
    alone: dict[KindChoice, str] = {"each": ""}
    spoken = any(talk.speaker_id is not None or talk.guest for talk in page.talks)
    said = any(one.text.strip() for one in page.reflections)
    return [
        ("签到表（空白）", True, _sign_in(page, filled=False), kinds),
        ("签到表（已填）", _took_place(page), _sign_in(page, filled=True), kinds),
        ("会议记录", True, _minutes(page), kinds),
        ("讲课记录", spoken, _talks(page), alone),
        ("心得汇编", said, _reflections(page), alone),
    ]


def _took_place(page: SignInPage) -> bool:
    return page.session.status is SessionStatus.HELD


def _file_name(page: SignInPage, title: str, suffix: str = "docx") -> str:
    kinds = "、".join(kind.name for kind in page.closing.kinds).replace("/", "")
    return f"{title}_{page.session.day:%Y%m%d}_{kinds}.{suffix}"


def _sign_in(page: SignInPage, filled: bool) -> _Maker:
    session_id = page.session.id
    title = "签到表" if filled else "空白签到表"
    name = _file_name(page, title)

    def make(kinds: KindChoice) -> Outgoing:
        if not filled:
            return Outgoing(title, name, PAPER_FILES, lambda unit, _: sign_in_paper(
                unit, session_id, blank=True, kinds=kinds))  # fmt: skip
        return Outgoing(
            title, name, SHEET_FILES,
            paper=lambda unit, _: sign_in_paper(unit, session_id, kinds=kinds),
            table=lambda unit, _: sign_in_table(unit, session_id, kinds=kinds),
        )  # fmt: skip

    return make


def _minutes(page: SignInPage) -> _Maker:
    session_id, name = page.session.id, _file_name(page, "会议记录")
    return lambda kinds: Outgoing(
        "会议记录", name, PAPER_FILES, lambda unit, _: minutes_paper(unit, session_id, kinds=kinds)
    )


def _talks(page: SignInPage) -> _Maker:
    session_id, name = page.session.id, _file_name(page, "讲课记录")
    return lambda _kinds: Outgoing(
        "讲课记录", name, PAPER_FILES, lambda unit, _: session_talks_paper(unit, session_id)
    )


def _reflections(page: SignInPage) -> _Maker:
    session_id, name = page.session.id, _file_name(page, "心得汇编")
    return lambda _kinds: Outgoing(
        "心得汇编", name, SHEET_FILES,
        paper=lambda unit, _: session_reflections_paper(unit, session_id),
        table=lambda unit, _: session_reflections_report(unit, session_id),
    )  # fmt: skip


def _details(page: SignInPage) -> Outgoing:
    session_id, name = page.session.id, _file_name(page, "签到", "xlsx")
    return Outgoing("签到明细", name, REPORT_FILES,
                    table=lambda unit, _: sign_in_report(unit, session_id))  # fmt: skip
