"""The language of the window: our own texts, and Qt's on its standard buttons."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from app.core.i18n import language, set_language


class Language(QObject):
    """Switches the language of the running program."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._qt = QTranslator(self)

    def apply(self, choice: str) -> None:
        """Use a language: a code of `i18n.LANGUAGES`, or "system"."""
        set_language(choice)
        QCoreApplication.removeTranslator(self._qt)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if language() != "en" and self._qt.load(f"qtbase_{language()}", folder):
            QCoreApplication.installTranslator(self._qt)
        QLocale.setDefault(QLocale.system() if choice == "system" else QLocale(language()))

    def close(self) -> None:
        """Take Qt's texts back."""
        QCoreApplication.removeTranslator(self._qt)
