"""Render the kit to PNGs, to be looked at: every widget, and example pages in the window.

    QT_QPA_PLATFORM=offscreen python tests/ui/gallery.py --out pictures --size 1366x768 --theme dark

A script, not a test. ``--scale`` is what the desktop's 125 % or 150 % would be.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).resolve().parent))


def main() -> None:
    """Render everything asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--scale", default="1")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("names", nargs="*", help="only these pictures")
    options = parser.parse_args()
    os.environ["QT_SCALE_FACTOR"] = options.scale
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    width, height = (int(part) for part in options.size.split("x"))
    options.out.mkdir(parents=True, exist_ok=True)
    render(options.out, width, height, options.theme, options.names)


def render(out: Path, width: int, height: int, mode: str, names: Sequence[str]) -> None:
    """Show each window once and save what it looks like."""
    from gallery_samples import PICTURES
    from PySide6.QtCore import QSettings
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget

    from bulletin_study.ui.theme import theme
    from bulletin_study.ui.translations import install_translations

    app = QApplication(sys.argv[:1])
    theme().apply(app, "dark" if mode == "dark" else "light")
    install_translations(app)
    makers: dict[str, Callable[[QSettings], QWidget]] = PICTURES
    with TemporaryDirectory() as folder:
        for name, make in makers.items():
            if names and name not in names:
                continue
            settings = QSettings(f"{folder}/{name}.ini", QSettings.Format.IniFormat)
            window = make(settings)
            window.resize(width, height)
            window.show()
            QTest.qWait(60)
            after = getattr(window, "gallery_after", None)
            if after is not None:
                after()
                QTest.qWait(400)
            window.grab().save(str(out / f"{name}-{width}x{height}-{mode}.png"))
            window.close()


if __name__ == "__main__":
    main()
