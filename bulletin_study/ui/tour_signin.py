"""The part of the tour on the page 签到与心得: marks, a pasted list, words, photos, 补学."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

from bulletin_study.domain.attendance import Mark
from bulletin_study.domain.people import Person, Role
from bulletin_study.domain.sessions import ClosingItem, Talk
from bulletin_study.ui.tabs.signin.minutes_section import MinutesSection
from bulletin_study.ui.tabs.signin.paste_dialog import PasteDialog
from bulletin_study.usecases.attendance import MarkEntry, mark_rest_present
from bulletin_study.usecases.reflections import add_reflection, save_comment
from bulletin_study.usecases.sign_in_list import load_sign_in

if TYPE_CHECKING:
    from bulletin_study.ui.tour import Tour

_COMMENT = "讲得实，案例来自自己的工作，建议整理成一页卡片。"
_SAID = "回去先把手头的三件事理一遍，再定下周的安排。"
_PHOTOS = ("会场全景", "主讲人", "现场提问")


def sign_in(tour: Tour) -> None:
    """Today's talk from the empty list to the photos, then what is owed from before."""
    page = tour.turn("signin")
    session_id = _todays(tour)
    tour.program.context.go.open_sign_in(session_id)
    tour.look("04-签到与心得-签到前")
    _paste(tour, session_id)
    _mark(tour, session_id)
    tour.look("04-签到与心得")
    _write(tour, page)
    _add_photos(tour, page, session_id)
    page.open_ledger()
    tour.grab("04-补学台账", page.ledger)
    page.ledger.close()


def _todays(tour: Tour) -> int:
    today = tour.runner.office.services.clock.today()
    with tour.runner.office.view() as unit:
        return next(s.id for s in unit.sessions_between(today, today) if s.status.ahead)


def _paste(tour: Tour, session_id: int) -> None:
    """A 接龙 as it stands in a chat, looked at and not taken."""
    with tour.runner.office.view() as unit:
        sign_in = load_sign_in(unit, session_id)
    names = [sign_in.roster.people[row.person_id].name for row in sign_in.rows if not row.mark]
    lines = [f"{at}. {name}" for at, name in enumerate(names[:12], start=1)]
    lines[3] += " 请假 看病"
    lines[7] += "（下乡）"
    text = "\n".join(["#接龙", "今天下午每周一讲，请大家接龙", *lines])
    dialog = PasteDialog(tour.runner, session_id, text, tour.program.window)
    dialog.open()
    tour.grab("04-粘贴名单", dialog)
    dialog.reject()


def _mark(tour: Tour, session_id: int) -> None:
    """Everybody there but two, a comment, a reflection."""
    with tour.runner.office.view() as unit:
        talk = unit.all(Talk, session_id=session_id)[0]
        leader = next(p for p in unit.all(Person) if p.role is Role.LEADER)
        listener = next(
            p for p in unit.all(Person) if p.role is Role.MEMBER and p.id != talk.speaker_id
        )
    away = [MarkEntry(listener.id + 1, Mark.LATE), MarkEntry(listener.id + 2, Mark.LEAVE, "看病")]
    tour.do(lambda unit: mark_rest_present(unit, session_id, exceptions=away, hold=True))
    tour.do(
        lambda unit: save_comment(
            unit, session_id, _COMMENT, leader_id=leader.id, talk_id=talk.id
        )
    )
    tour.do(
        lambda unit: add_reflection(unit, session_id, listener.id, _SAID, talk_id=talk.id)
    )


def _write(tour: Tour, page: Any) -> None:
    """The minutes on a page of their own, made from what was noted."""
    minutes = next(one for one in page.editors.sections if isinstance(one, MinutesSection))
    minutes.texts["speeches"].open()
    minutes.generate()
    tour.settle()
    tour.settle()
    tour.look("04-会议记录")
    page.sheet.put_back()


def _add_photos(tour: Tour, page: Any, session_id: int) -> None:
    page.editors.add_files([_photo(tour.folder, name, at) for at, name in enumerate(_PHOTOS)])
    tour.settle()
    page.open_sign_in(session_id, ClosingItem.EVIDENCE)
    tour.look("04-佐证材料")
    tour.save_as("佐证包.zip", page.editors.files.pack.click)


def _photo(folder: Path, name: str, at: int) -> Path:
    """A small picture that stands for a photo."""
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    sky = QLinearGradient(0, 0, 640, 480)
    sky.setColorAt(0, QColor.fromHsv(200 + 30 * at, 60, 235))
    sky.setColorAt(1, QColor.fromHsv(20 + 30 * at, 90, 170))
    painter = QPainter(image)
    painter.fillRect(image.rect(), sky)
    painter.end()
    path = folder / f"{name}.png"
    image.save(str(path))
    return path
