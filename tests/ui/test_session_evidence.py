"""佐证材料 of a session: dropped, pasted, shown as pictures, called, sorted, packed."""

from __future__ import annotations

import os
import zipfile
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from bulletin_study.domain.closing import Want
from bulletin_study.domain.errors import PictureFault
from bulletin_study.domain.evidence import Evidence, EvidenceKind, EvidenceNeed
from bulletin_study.domain.sessions import (
    ClosingItem,
    SessionKind,
    SessionKindLink,
    SessionStatus,
    StudySession,
)
from bulletin_study.ui.fields import NoteField
from bulletin_study.ui.runner import Runner
from bulletin_study.ui.sizes import SizeClass
from bulletin_study.ui.tabs.signin import SignInTab
from bulletin_study.ui.tabs.signin.evidence_section import EvidenceSection
from bulletin_study.ui.tabs.stats import StatsTab
from bulletin_study.ui.tabs.week import WeekTab
from bulletin_study.ui.tabs.week.cards import SessionCard
from bulletin_study.usecases import history
from bulletin_study.usecases.sessions import cancel_session
from bulletin_study.usecases.week import OpenItem
from tests.helpers import TODAY
from tests.photos import huge_png, photo, turned
from tests.ui.harness import Desk, open_page, type_text
from tests.ui.test_evidence import drop, drop_urls, written

STUDY = 1
KIND = EvidenceKind
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session(desk: Desk) -> int:
    """The latest 每周一学 held; the kind wants minutes and two photos."""
    with desk.runner.office.unit() as unit:
        study = unit.get(SessionKind, STUDY)
        assert study is not None
        needs = (EvidenceNeed(KIND.MINUTES), EvidenceNeed(KIND.PHOTO, 2))
        unit.put(replace(study, evidence=needs))
        ids = {link.session_id for link in unit.all(SessionKindLink, kind_id=STUDY)}
        held = [s for s in unit.all(StudySession, status=SessionStatus.HELD) if s.id in ids]
        latest = max(held, key=lambda s: s.day)
        unit.put(replace(latest, archived=False, decisions="", speeches=""))
        unit.commit("准备")
    return latest.id


@pytest.fixture
def page(desk: Desk, session: int, qtbot: QtBot) -> SignInTab:
    made = open_page(desk, qtbot, SignInTab)
    made.activateWindow()
    made.open_sign_in(session)
    desk.settle()
    return made


def section(page: SignInTab) -> EvidenceSection:
    assert page.editors.files is not None
    return page.editors.files


def stored(desk: Desk, session: int) -> list[Evidence]:
    with desk.runner.office.view() as unit:
        return unit.all(Evidence, session_id=session)


def press(widget: QWidget | None, key: Qt.Key, qtbot: QtBot, desk: Desk) -> None:
    assert widget is not None
    qtbot.keyClick(widget, key)
    desk.settle()


def photos_of(page: SignInTab) -> list[str]:
    return [file.shown for file in section(page).gallery.photos.photos.files]


@pytest.fixture
def three(page: SignInTab, desk: Desk, tmp_path: Path) -> SignInTab:
    """Three photos, the second upright, the first chosen."""
    drop(page, photo(tmp_path / "一.jpg"), turned(tmp_path / "二.jpg"),
         photo(tmp_path / "三.png", shade=4))  # fmt: skip
    desk.settle()
    grid = section(page).gallery.photos
    grid.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return page


# --- coming in ------------------------------------------------------------------------------


def test_files_dropped_anywhere_on_the_page_are_sorted_by_their_names(
    page: SignInTab, desk: Desk, session: int, tmp_path: Path
) -> None:
    assert drop(page, photo(tmp_path / "会场.jpg"), written(tmp_path / "会议通知.docx"),
                written(tmp_path / "会议记录.doc", "记录"))  # fmt: skip
    desk.settle()
    kinds = {file.original: file.kind for file in stored(desk, session)}
    assert kinds == {"会场.jpg": KIND.PHOTO, "会议通知.docx": KIND.NOTICE,
                     "会议记录.doc": KIND.MINUTES}  # fmt: skip
    assert len(desk.committed) == 1, "one operation"
    gallery = section(page).gallery
    assert photos_of(page) == ["会场.jpg"]
    assert [file.shown for file in gallery.model.rows()] == ["会议通知.docx", "会议记录.doc"]
    groups = [gallery.model.group_at(gallery.model.index(row, 0)) for row in (0, 1)]
    assert [group.title for group in groups if group] == ["通知", "会议记录"]


def test_a_file_whose_name_is_no_utf8_comes_in_under_its_name(
    page: SignInTab, desk: Desk, session: int, tmp_path: Path
) -> None:
    # Out of a zip packed on Windows; Qt's own path would lead nowhere.
    path = written(tmp_path / os.fsdecode("会场照片.txt".encode("gbk")))
    assert drop_urls(page, [QUrl.fromEncoded(f"file://{quote(os.fsencode(path))}".encode())])
    desk.settle()
    assert [file.original for file in stored(desk, session)] == ["会场照片.txt"]


def test_files_dropped_on_the_section_come_in_once(
    page: SignInTab, desk: Desk, session: int, tmp_path: Path
) -> None:
    source = photo(tmp_path / "会场.jpg")
    assert drop(section(page).gallery, source)
    desk.settle()
    assert drop(page, source)
    desk.settle()
    assert len(stored(desk, session)) == 1
    assert "“会场.jpg”的内容" in section(page).box.sentence
    assert desk.refused == []


def test_a_file_falls_on_a_text_field_without_becoming_words(
    page: SignInTab, desk: Desk, session: int, tmp_path: Path
) -> None:
    line = page.editors.form.findChildren(QLineEdit)[0]
    note = page.editors.form.findChildren(NoteField)[0]
    before = line.text(), note.toPlainText()
    assert drop(page.roster.quick, photo(tmp_path / "签到.jpg", shade=8))
    assert page.roster.quick.text() == ""
    assert drop(line, photo(tmp_path / "会场.jpg"))
    assert drop(note.viewport(), photo(tmp_path / "合影.jpg", shade=4))
    desk.settle()
    assert [file.original for file in stored(desk, session)] == [
        "签到.jpg", "会场.jpg", "合影.jpg",
    ]  # fmt: skip
    assert (line.text(), note.toPlainText()) == before


def test_a_cancelled_session_takes_nothing(
    page: SignInTab, desk: Desk, tmp_path: Path
) -> None:
    with desk.runner.office.view() as unit:
        ahead = next(s for s in unit.all(StudySession) if s.status.ahead and s.day > TODAY)
    desk.runner.do(lambda unit: cancel_session(unit, ahead.id, "防汛"))
    page.open_sign_in(ahead.id)
    desk.settle()
    assert not drop(page, photo(tmp_path / "会场.jpg"))


def test_a_shot_of_the_screen_is_pasted_as_a_photo(
    page: SignInTab, desk: Desk, session: int, qtbot: QtBot
) -> None:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("green"))
    QGuiApplication.clipboard().setImage(image)
    qtbot.keyClick(section(page).gallery.zone, Qt.Key.Key_V, CTRL)
    desk.settle()
    (file,) = stored(desk, session)
    assert (file.kind, file.original) == (KIND.PHOTO, "截图 2026-11-25 090000.png")
    assert QImage(str(desk.runner.office.files.locate(file.path))).size() == image.size()


# --- as pictures ----------------------------------------------------------------------------


def test_photos_are_shown_upright_in_the_order_they_came(three: SignInTab, desk: Desk) -> None:
    gallery = section(three).gallery
    shown = [gallery.photos.thumbnails.of(f) for f in gallery.photos.photos.files]
    sizes = [(p.width(), p.height()) for p in shown if isinstance(p, QPixmap)]
    assert sizes == [(288, 216), (162, 216), (288, 216)]
    index = gallery.photos.photos.index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "照片 2：二.jpg"


def test_what_cannot_be_shown_says_so_in_its_place(
    page: SignInTab, desk: Desk, tmp_path: Path
) -> None:
    broken = tmp_path / "坏.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 nothing")
    drop(page, huge_png(tmp_path / "大.png"), broken)
    desk.settle()
    gallery = section(page).gallery
    found = [gallery.photos.thumbnails.of(f) for f in gallery.photos.photos.files]
    assert found == [PictureFault.TOO_LARGE, PictureFault.BROKEN]
    gallery.grab()


def test_a_photo_lost_and_put_back_is_shown_again(
    three: SignInTab, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    gallery = section(three).gallery
    file = gallery.photos.photos.files[0]
    path = desk.runner.office.files.locate(file.path)
    qtbot.wait_until(lambda: not section(three).box._timer.isActive())
    path.unlink()
    press(gallery.photos, Qt.Key.Key_Return, qtbot, desk)
    assert desk.opened == []
    assert "“一.jpg”的文件不见了" in section(three).box.sentence
    drop(three, tmp_path / "一.jpg")
    desk.settle()
    qtbot.wait_until(lambda: isinstance(gallery.photos.thumbnails.of(file), QPixmap))


def test_arrows_open_delete_and_undo(
    three: SignInTab, desk: Desk, session: int, qtbot: QtBot
) -> None:
    grid = section(three).gallery.photos
    press(grid, Qt.Key.Key_Right, qtbot, desk)
    press(grid, Qt.Key.Key_Return, qtbot, desk)
    files = desk.runner.office.files
    assert desk.opened == [files.locate(stored(desk, session)[1].path)]
    press(grid, Qt.Key.Key_Delete, qtbot, desk)
    assert photos_of(three) == ["一.jpg", "三.png"]
    chosen = grid.current()
    assert chosen is not None
    assert chosen.shown == "三.png", "the neighbour is chosen"
    desk.runner.do(history.undo)
    desk.settle()
    assert photos_of(three) == ["一.jpg", "二.jpg", "三.png"]


def test_f2_writes_the_caption_in_place(
    three: SignInTab, desk: Desk, session: int, qtbot: QtBot
) -> None:
    grid = section(three).gallery.photos
    press(grid, Qt.Key.Key_F2, qtbot, desk)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert grid.viewport().rect().contains(editor.geometry()), "nothing of it is cut"
    assert editor.height() >= editor.fontMetrics().height() + 6
    editor.selectAll()
    type_text(editor, "县委书记讲党课")
    press(editor, Qt.Key.Key_Return, qtbot, desk)
    assert stored(desk, session)[0].caption == "县委书记讲党课"
    assert desk.committed[-1] == "照片“一.jpg”改称“县委书记讲党课”"


def test_f4_and_a_digit_make_it_another_kind(
    three: SignInTab, desk: Desk, session: int, qtbot: QtBot
) -> None:
    grid = section(three).gallery.photos
    press(grid, Qt.Key.Key_F4, qtbot, desk)
    menu = next(m for m in section(three).box.findChildren(QMenu) if m.isVisible())
    press(menu, Qt.Key.Key_3, qtbot, desk)
    assert stored(desk, session)[0].kind is KIND.SIGN_IN_SCAN
    rows = section(three).gallery.rows
    rows.select_key(stored(desk, session)[0].id)
    press(rows, Qt.Key.Key_F4, qtbot, desk)
    menu = next(m for m in section(three).box.findChildren(QMenu) if m.isVisible())
    press(menu, Qt.Key.Key_5, qtbot, desk)
    assert len(photos_of(three)) == 3


def test_the_menu_of_a_photo_holds_every_act(
    three: SignInTab, desk: Desk, session: int
) -> None:
    box = section(three).box
    section(three).gallery.photos.menu_wanted.emit(stored(desk, session)[0], QPoint(0, 0))
    menu = next(m for m in box.findChildren(QMenu) if m.isVisible())
    words = [action.text().split("\t")[0] for action in menu.actions()]
    assert words == ["打开", "在文件夹中显示", "改名", "改类别", "移出"]
    menu.close()


def test_of_forty_photos_twelve_are_read_and_the_rest_on_demand(
    page: SignInTab, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    drop(page, *(photo(tmp_path / f"{n:02}.jpg", 64, 48, n) for n in range(40)))
    desk.settle()
    gallery = section(page).gallery
    assert (len(photos_of(page)), gallery.more_photos.caption) == (12, "再显示 28 张")
    assert len(gallery.photos.thumbnails._known) == 12
    qtbot.mouseClick(gallery.more_photos, Qt.MouseButton.LeftButton)
    desk.settle()
    assert len(photos_of(page)) == 40
    qtbot.keyClick(gallery.photos, Qt.Key.Key_End)
    area = next(a for a in page.editors.findChildren(QScrollArea) if a.isAncestorOf(gallery))

    def last() -> QPoint:
        at = gallery.photos.visualRect(gallery.photos.currentIndex()).center()
        return gallery.photos.viewport().mapTo(area, at)

    qtbot.wait_until(lambda: area.rect().contains(last()))


def test_photos_are_read_beside_the_window(
    desk: Desk, session: int, page: SignInTab, qtbot: QtBot, tmp_path: Path
) -> None:
    drop(page, photo(tmp_path / "大.jpg", 6000, 4000, words="会场"))
    desk.settle()
    free = Runner(desk.runner.office)
    try:
        thumbnails = type(section(page).gallery.photos.thumbnails)(free)
        file = stored(desk, session)[0]
        thumbnails.want([file])
        assert thumbnails.of(file) is None
        qtbot.wait_until(lambda: isinstance(thumbnails.of(file), QPixmap))
    finally:
        free.close()


# --- what is still required -----------------------------------------------------------------


def test_the_checklist_leads_to_the_kind_that_is_missing(
    page: SignInTab, desk: Desk, session: int, tmp_path: Path
) -> None:
    checks = page.editors.closing.checks
    want = Want(ClosingItem.EVIDENCE, KIND.PHOTO)
    line = next(item for item in checks.items if item.key == want.key)
    assert (line.label, line.note, line.action) == ("照片", "0/2 张", "去添加")
    button = checks.button(want.key)
    assert button is not None
    button.click()
    desk.settle()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "照片还差 2 张：添加"
    desk.chosen = [written(tmp_path / "没有后缀", "图")]
    assert isinstance(focus, QWidget)
    focus.click()  # type: ignore[attr-defined]
    desk.settle()
    assert stored(desk, session)[0].kind is KIND.PHOTO, "what was asked for, whatever its name"


def test_a_line_of_the_week_leads_to_the_exact_kind(
    desk: Desk, session: int, page: SignInTab, qtbot: QtBot
) -> None:
    week = open_page(desk, qtbot, WeekTab)
    desk.context.go.sign_in.connect(page.open_sign_in)
    row = next(
        r for r in week.open_card.model.rows()
        if isinstance(r.target, OpenItem) and r.target.session.id == session
        and r.target.item.evidence is KIND.MINUTES
    )  # fmt: skip
    page.activateWindow()
    week.open_card.acted.emit(row.target)
    desk.settle()
    assert section(page).field_of(KIND.MINUTES).hasFocus()
    card = next(
        c for c in week.findChildren(SessionCard)
        if any(item.label == "照片" for item in c._checks.items)
    )  # fmt: skip
    page.activateWindow()
    button = card._checks.button(Want(ClosingItem.EVIDENCE, KIND.PHOTO).key)
    assert button is not None
    button.click()
    desk.settle()
    assert section(page).field_of(KIND.PHOTO).hasFocus()


def test_when_nothing_is_missing_the_kind_leads_to_its_files(
    three: SignInTab, desk: Desk
) -> None:
    grid = section(three).gallery.photos
    assert section(three).field_of(KIND.PHOTO) is grid


# --- 佐证包 ---------------------------------------------------------------------------------


def test_the_package_of_a_session_is_written_and_fixes_its_number(
    three: SignInTab, desk: Desk, session: int, tmp_path: Path
) -> None:
    with desk.runner.office.unit() as unit:
        links = unit.all(SessionKindLink, session_id=session)
        unit.put(*(replace(link, ordinal=None) for link in links))
        unit.commit("还没固定")
    desk.save_path = tmp_path / "出.zip"
    section(three).pack.click()
    desk.settle()
    assert any("5照片_02_二" in name for name in zipfile.ZipFile(desk.save_path).namelist())
    assert "已导出“出.zip”" in three.banner.sentence
    assert "缺 1 项" in three.banner.sentence
    assert three.papers.desk.bar.isHidden()
    with desk.runner.office.view() as unit:
        links = unit.all(SessionKindLink, session_id=session)
    assert [link.ordinal is not None for link in links] == [True]


def test_a_package_that_cannot_be_written_says_why(
    three: SignInTab, desk: Desk, tmp_path: Path
) -> None:
    desk.save_path = tmp_path / "没有" / "出.zip"
    section(three).pack.click()
    desk.settle()
    assert "要写进的文件夹不存在" in three.banner.sentence


def test_a_package_is_stopped_by_its_button(
    three: SignInTab, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    free = Runner(desk.runner.office)
    papers, bar = three.papers.desk, three.papers.desk.bar
    papers._runner = free
    try:
        desk.save_path = tmp_path / "出.zip"
        section(three).pack.click()
        assert not bar.isHidden()
        bar.cancelled.emit()
        qtbot.wait_until(bar.isHidden)
    finally:
        papers._runner = desk.runner
        free.close()
    assert "没有留下半个文件" in three.banner.sentence
    assert [p.name for p in tmp_path.iterdir() if "出" in p.name] == []


def test_the_figures_page_exports_the_package_of_its_period(
    desk: Desk, session: int, qtbot: QtBot, tmp_path: Path
) -> None:
    stats = open_page(desk, qtbot, StatsTab)
    stats.apply_size(SizeClass.FULL)
    stats.exports.set_period(TODAY.replace(day=1), TODAY)
    desk.settle()
    desk.save_path = tmp_path / "十一月.zip"
    stats.exports.export_package()
    desk.settle()
    names = zipfile.ZipFile(desk.save_path).namelist()
    assert "缺项清单.docx" in names
    assert "已导出“十一月.zip”" in stats.banner.sentence
    # Its numbers are fixed after that, and the page is read again.
    stats.reload()
    desk.settle()
    assert "已导出“十一月.zip”" in stats.banner.sentence
    stats.show_error("别的事没做成。")
    stats.reload()
    desk.settle()
    assert stats.banner.sentence == ""
