"""The bar of long work: what, how far, how long, and 取消."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtWidgets import QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from bulletin_study.storage.office import SqlOffice
from bulletin_study.ui.runner import Job, Runner
from bulletin_study.ui.widgets import writing_bar
from bulletin_study.ui.widgets.writing_bar import WritingBar


def test_it_tells_how_far_the_work_is_and_how_long_it_takes(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(writing_bar, "monotonic", lambda: now[0])
    bar = WritingBar()
    qtbot.addWidget(bar)
    assert bar.isHidden()
    bar.begin("正在写“台账.docx”")
    assert bar._words.text() == "正在写“台账.docx”"
    gauge = bar.findChild(QProgressBar)
    assert gauge is not None
    assert gauge.maximum() == 0, "not known yet"
    bar.advance(1, 1000)
    assert "秒" not in bar._note.text(), "nothing is foretold from nothing"
    now[0] += 10
    bar.advance(500, 1000)
    assert bar._note.text().startswith("500/1,000，大约还要 10 秒。")
    assert (gauge.value(), gauge.maximum()) == (500, 1000)
    with qtbot.waitSignal(bar.cancelled):
        bar.findChild(QPushButton).click()


def test_bytes_of_a_film_arrive_as_they_were_told(empty: SqlOffice, qtbot: QtBot) -> None:
    runner, listening = Runner(empty), Event()
    told: list[tuple[int, int]] = []

    def work(job: Job) -> None:
        assert listening.wait(10)
        job.report(3_000_000_000, 5_000_000_000)

    job = runner.work(work, lambda _: None)
    job.progress.connect(lambda *at: told.append(at))
    listening.set()
    qtbot.waitUntil(lambda: bool(told))
    runner.close()
    assert told == [(3_000_000_000, 5_000_000_000)]
