"""About Paperdesk: versions, licences, and what to copy into a report."""

from __future__ import annotations

import locale
import platform
from importlib import metadata
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSysInfo, Qt, QTimer, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app import __version__
from app.core.i18n import language, tr
from app.core.paths import resources_dir

if TYPE_CHECKING:
    from app.ui.desk import Desk

DISTRIBUTIONS: Final = (
    ("PySide6", "PySide6-Essentials"),
    ("ONNX Runtime", "onnxruntime"),
    ("NumPy", "numpy"),
    ("Pillow", "pillow"),
    ("ziamath", "ziamath"),
    ("ziafont", "ziafont"),
    ("latex2mathml", "latex2mathml"),
    ("Click", "click"),
    ("Requests", "requests"),
    ("TOML Kit", "tomlkit"),
    ("platformdirs", "platformdirs"),
    ("jeepney", "jeepney"),
)
"""Name and distribution of everything that is installed with Paperdesk, the ones most asked for first."""

MAIN: Final = 4
"""How many of them the first page names."""
COPIED_MS: Final = 2000
SIZE_EM: Final = (44, 36)
LONGEST_LICENCE: Final = 60


def version_of(distribution: str) -> str:
    """Return the installed version without importing the package, "" when it is not installed."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""


def licence_of(distribution: str) -> str:
    """Return the licence a distribution declares in its metadata: an expression, a name or classifiers."""
    try:
        about = metadata.metadata(distribution)
    except metadata.PackageNotFoundError:
        return ""
    if "License-Expression" in about:
        return str(about["License-Expression"])
    classifiers = about.get_all("Classifier") or []
    named = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::")]
    if "License" in about and len(text := str(about["License"]).strip()) <= LONGEST_LICENCE and "\n" not in text:
        return text
    return ", ".join(named)


def versions() -> list[tuple[str, str]]:
    """Return name and version of the program and of what it runs on; packages that are missing are left out."""
    found = [(name, version_of(distribution)) for name, distribution in DISTRIBUTIONS]
    first = [("Paperdesk", __version__), ("Python", platform.python_version()), ("Qt", qVersion())]
    return first + [(name, version) for name, version in found if version]


def environment() -> str:
    """Return what a report of a fault needs, in English: versions, system, screens; nothing about the user."""
    lines = [f"{name} {version}" for name, version in versions()]
    lines.append(f"System: {QSysInfo.prettyProductName()}, {QSysInfo.currentCpuArchitecture()}, {platform.platform()}")
    lines.append(f"Window system: {QGuiApplication.platformName()}")
    lines.append(f"Language: {language()} (system: {locale.getlocale()[0]})")
    for screen in QGuiApplication.screens():
        size = screen.geometry()
        lines.append(
            f"Screen: {size.width()}x{size.height()} at {size.x()},{size.y()}, scale {screen.devicePixelRatio():g}"
        )
    return "\n".join(lines)


def licences() -> str:
    """Return the licences of everything shipped and installed, Markdown."""
    file = resources_dir() / "LICENSES.md"
    shipped = file.read_text(encoding="utf-8") if file.is_file() else ""
    rows = [(name, version_of(one), licence_of(one)) for name, one in DISTRIBUTIONS]
    lines = [f"- **{name}** {version}: {licence}" for name, version, licence in rows if version]
    heading = tr("Installed packages")
    return f"{shipped}\n\n# {heading}\n\n" + "\n".join(lines) + "\n"


class About(QDialog):
    """Name, versions and licences of the program; beside the work, not in its way."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._written: list[QWidget] = []
        self._pages = QTabWidget()
        self._pages.setDocumentMode(True)
        self._pages.tabBar().setDrawBase(False)
        self._copy = QPushButton()
        self._copy.setMinimumWidth(self._copy.fontMetrics().horizontalAdvance("M" * 14))
        self._copy.clicked.connect(self.copy_environment)
        self._copied = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._copied.timeout.connect(self._show_copy)
        self._close = QPushButton()
        self._close.setDefault(True)
        self._close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._copy)
        foot.addStretch(1)
        foot.addWidget(self._close)
        layout = QVBoxLayout(self)
        margin = desk.theme.space(16)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(desk.theme.space(12))
        layout.addWidget(self._pages, 1)
        layout.addLayout(foot)
        em = self.fontMetrics().horizontalAdvance("m")
        self.resize(SIZE_EM[0] * em, SIZE_EM[1] * em)
        self._close.setFocus()
        desk.language_changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything in the current language."""
        self.setWindowTitle(tr("About Paperdesk"))
        self._close.setText(tr("Close"))
        self._show_copy()
        page = max(self._pages.currentIndex(), 0)
        self._pages.clear()
        for old in self._written:
            old.deleteLater()
        self._written = [self._summary(), self._reader(licences())]
        self._pages.addTab(self._written[0], tr("Program"))
        self._pages.addTab(self._written[1], tr("Licences"))
        self._pages.setCurrentIndex(page)

    def copy_environment(self) -> None:
        """Copy versions and system for a report."""
        self._desk.copy_text(environment())
        self._copy.setText(tr("Copied"))
        self._copied.start()

    def _show_copy(self) -> None:
        self._copy.setText(tr("Copy &environment"))
        self._copy.setToolTip(
            tr("Versions, system and screens, for a report of a fault. Nothing about you or your work.")
        )

    def _summary(self) -> QWidget:
        theme = self._desk.theme
        name = QLabel("Paperdesk")
        name.setFont(theme.font("display"))
        purpose = QLabel(tr("A desk for people who write research papers. Everything works on this machine."))
        licence = QLabel(
            tr("Free software under the GNU General Public License, version 3 or later. It comes without any warranty.")
        )
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, theme.space(16), 0, 0)
        layout.setSpacing(theme.space(8))
        for label in (name, QLabel(tr("Version {version}", version=__version__)), purpose, licence):
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addSpacing(theme.space(8))
        layout.addLayout(self._version_table())
        layout.addStretch(1)
        layout.addLayout(self._data_folder())
        return page

    def _version_table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._desk.theme.space(24))
        grid.setVerticalSpacing(self._desk.theme.space(4))
        for row, (name, version) in enumerate(versions()[1 : MAIN + 3]):
            number = QLabel(version)
            number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(QLabel(name), row, 0)
            grid.addWidget(number, row, 1)
        grid.setColumnStretch(2, 1)
        return grid

    def _data_folder(self) -> QHBoxLayout:
        folder = self._desk.paths.data
        path = QLabel(str(folder))
        path.setTextFormat(Qt.TextFormat.PlainText)
        path.setWordWrap(True)
        path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        button = QPushButton(tr("&Open data folder"))
        button.clicked.connect(lambda: open_folder(self._desk))
        row = QHBoxLayout()
        row.addWidget(path, 1)
        row.addWidget(button)
        return row

    @staticmethod
    def _reader(markdown: str) -> QTextBrowser:
        reader = QTextBrowser()
        reader.setOpenExternalLinks(True)
        reader.setMarkdown(markdown)
        return reader


def open_folder(desk: Desk) -> None:
    """Show the data folder in the system's file manager."""
    desk.paths.data.mkdir(parents=True, exist_ok=True)
    url = QUrl.fromLocalFile(str(desk.paths.data))
    if not QDesktopServices.openUrl(url):
        desk.message.emit(tr("No program opens folders here. The folder is {path}.", path=desk.paths.data), "warning")
