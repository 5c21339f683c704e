"""Chinese words for the few widgets whose texts come from Qt itself."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator


def install_translations(app: QCoreApplication) -> bool:
    """Speak Chinese in Qt's own dialogs and menus; False when its files are not there.

    ``qtbase_zh_CN`` holds the words; ``qt_zh_CN`` is an empty stub.
    """
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator.load("qtbase_zh_CN", folder) and app.installTranslator(translator)
