"""What every test shares: a screenless Qt with Chinese text, and a home of its own."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before anything imports Qt; a developer may still ask for a real screen.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_SLOW_MACHINE = [HealthCheck.too_slow]
# The gate gives the same answer twice; the long check looks for what nobody has seen yet.
settings.register_profile(
    "quick",
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=_SLOW_MACHINE,
)
settings.register_profile(
    "heavy", max_examples=1000, deadline=None, print_blob=True, suppress_health_check=_SLOW_MACHINE
)
settings.load_profile("quick")


def pytest_configure(config: pytest.Config) -> None:
    """Keep tests away from the data and settings of whoever runs them, and Qt from complaining."""
    home = tempfile.TemporaryDirectory(prefix="bulletin-study-")
    config.add_cleanup(home.cleanup)
    for variable, folder in {
        "BULLETIN_STUDY_DATA": "data",
        "XDG_CONFIG_HOME": "config",
        "XDG_RUNTIME_DIR": "runtime",
    }.items():
        place = Path(home.name) / folder
        place.mkdir(mode=0o700)
        os.environ[variable] = str(place)


@pytest.fixture(scope="session")
def chinese_font(qapp: object) -> str:
    """The family that Chinese text is drawn with; fails where there is none, since every
    picture and every measured width would be of boxes."""
    from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

    families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    assert families, "没有中文字体；先运行 python3 run.py test，或装上 fonts-wqy-microhei"
    font = QFont(families[0])
    font.setPixelSize(13)
    QGuiApplication.setFont(font)
    return families[0]


@pytest.fixture(autouse=True, scope="session")
def _one_application(chinese_font: str) -> None:
    """Whatever is tested first: a paper painted without a window would leave a Qt behind that
    no window can be opened on."""


@pytest.fixture
def drawn(qapp: object, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What is drawn on each page of a PDF."""
    from bulletin_study.ui.print_pages import Pages

    pages: list[list[str]] = [[]]
    draw, turn = Pages.draw, Pages.turn

    def drawing(self: Pages, line: str, *rest: object) -> None:
        pages[-1].append(line)
        draw(self, line, *rest)  # type: ignore[arg-type]

    def turning(self: Pages) -> None:
        turn(self)
        pages.append([])

    monkeypatch.setattr(Pages, "draw", drawing)
    monkeypatch.setattr(Pages, "turn", turning)
    return pages
