"""About: versions, licences, what to copy into a report; in both languages."""

from __future__ import annotations

import platform
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QTabWidget, QTextBrowser
from pytestqt.qtbot import QtBot

from app import __version__
from app.ui.about import About, environment, licence_of, version_of, versions
from app.ui.desk import Desk

WAIT_MS = 10_000


@pytest.fixture
def about(desk: Desk, qtbot: QtBot) -> Iterator[About]:
    about = About(desk)
    qtbot.addWidget(about)
    about.show()
    qtbot.waitExposed(about)
    yield about
    about.hide()


def texts(about: About) -> str:
    return "\n".join(label.text() for label in about.findChildren(QLabel) if label.isVisible())


def button(about: About, text: str) -> QPushButton:
    return next(each for each in about.findChildren(QPushButton) if each.text().replace("&", "") == text)


def test_it_names_versions_licence_and_the_folder_of_the_data(about: About, desk: Desk) -> None:
    # GIVEN About, WHEN it is read
    words = texts(about)
    # THEN it says which version this is, on what it runs, under which licence, and where the data is
    assert f"Version {__version__}" in words
    assert platform.python_version() in words
    assert "GNU General Public License" in words
    assert str(desk.paths.data) in words


def test_the_licences_of_all_that_is_shipped_and_installed_are_there(about: About) -> None:
    # GIVEN the page of licences
    pages = about.findChild(QTabWidget)
    assert isinstance(pages, QTabWidget)
    pages.setCurrentIndex(1)
    reader = about.findChild(QTextBrowser)
    assert isinstance(reader, QTextBrowser)
    text = reader.toPlainText()
    # THEN every installed package is there with version and licence
    for name, version in versions()[3:]:
        assert f"{name} {version}" in text
    for distribution in ("PySide6-Essentials", "onnxruntime", "pillow", "numpy"):
        assert licence_of(distribution) in text
        assert licence_of(distribution)


def test_what_is_not_installed_is_left_out() -> None:
    # GIVEN a package that does not exist, THEN it has neither version nor licence
    assert version_of("paperdesk-has-no-such-package") == ""
    assert licence_of("paperdesk-has-no-such-package") == ""


def test_the_environment_is_copied_and_said_so(about: About, qtbot: QtBot) -> None:
    # GIVEN About, WHEN its button is pressed
    copy = button(about, "Copy environment")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    # THEN the clipboard has it, the button says so for a while
    assert QGuiApplication.clipboard().text() == environment()
    assert copy.text() == "Copied"
    qtbot.waitUntil(lambda: copy.text().replace("&", "") == "Copy environment", timeout=WAIT_MS)


def test_the_environment_says_nothing_about_the_user(desk: Desk) -> None:
    # GIVEN the environment, THEN neither home nor data folder is in it
    text = environment()
    assert f"Paperdesk {__version__}" in text
    assert str(desk.paths.data) not in text
    assert "HOME" not in text


def test_it_speaks_chinese_at_once_and_stays_on_its_page(about: About, desk: Desk) -> None:
    # GIVEN the second page
    pages = about.findChild(QTabWidget)
    assert isinstance(pages, QTabWidget)
    pages.setCurrentIndex(1)
    # WHEN the language becomes Chinese
    desk.settings.set("general.language", "zh_CN")
    # THEN titles and texts are Chinese, on the same page
    assert about.windowTitle() == "关于 Paperdesk"
    assert [pages.tabText(index) for index in range(pages.count())] == ["程序", "许可证"]
    assert pages.currentIndex() == 1
    pages.setCurrentIndex(0)
    assert f"版本 {__version__}" in texts(about)


def test_enter_and_escape_close_it(about: About, qtbot: QtBot) -> None:
    # GIVEN About as it opens, WHEN Enter is pressed, THEN it goes
    about.activateWindow()
    qtbot.waitUntil(about.isActiveWindow, timeout=WAIT_MS)
    qtbot.keyClick(about.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not about.isVisible(), timeout=WAIT_MS)


class FileManager(QObject):
    """Takes addresses of folders as a desktop's file manager does."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QUrl] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url)


def test_the_data_folder_is_opened_even_before_anything_is_in_it(about: About, desk: Desk, qtbot: QtBot) -> None:
    # GIVEN a file manager
    manager = FileManager()
    QDesktopServices.setUrlHandler("file", manager, "open")
    # WHEN the button is pressed
    try:
        qtbot.mouseClick(button(about, "Open data folder"), Qt.MouseButton.LeftButton)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    # THEN it shows the folder, which is there
    assert [url.toLocalFile() for url in manager.opened] == [str(desk.paths.data)]
    assert desk.paths.data.is_dir()
