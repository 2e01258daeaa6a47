"""What the user sees of a fault in the program: one sentence, the details to copy, go on or quit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.core.i18n import tr
from app.ui.about import environment
from app.ui.icons import pixmap

if TYPE_CHECKING:
    from app.ui.desk import Desk

COPIED_MS: Final = 2000
KEPT: Final = 10
"""Faults that are shown in full; one that comes back at every repaint is only counted."""
SIZE_EM: Final = (44, 26)


class CrashDialog(QDialog):
    """Shows one fault, and counts those that follow while it is open.

    Args:
        desk: theme and clipboard.
        report: the traceback, or what the last run left.
        earlier: whether the fault ended the last run, so that there is nothing to go on with.
        parent: the window.

    """

    quit_requested = Signal()

    def __init__(self, desk: Desk, report: str, parent: QWidget | None = None, *, earlier: bool = False) -> None:
        super().__init__(parent)
        self._desk, self._earlier, self._more = desk, earlier, 0
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._picture = QLabel()
        self._picture.setPixmap(pixmap("error", "error", desk.theme.space(32), self.devicePixelRatioF()))
        self._title, self._text = QLabel(), QLabel()
        self._title.setFont(desk.theme.font("title"))
        self._text.setWordWrap(True)
        self._details = QPlainTextEdit(f"{report.strip()}\n\n{environment()}")
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.setFont(desk.theme.font("mono"))
        self._details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._copy, self._quit, self._go_on = QPushButton(), QPushButton(), QPushButton()
        self._copy.clicked.connect(self.copy)
        self._quit.clicked.connect(self._on_quit)
        self._quit.setVisible(not earlier)
        self._go_on.clicked.connect(self.accept)
        self._go_on.setDefault(True)
        self._copied = QTimer(self, singleShot=True, interval=COPIED_MS)
        self._copied.timeout.connect(self.retranslate)
        self._lay_out()
        desk.language_changed.connect(self.retranslate)
        self.retranslate()
        self._go_on.setFocus()

    @property
    def report(self) -> str:
        """What Copy copies."""
        return self._details.toPlainText()

    def add(self, report: str) -> None:
        """Put another fault below the first."""
        self._more += 1
        if self._more < KEPT:
            self._details.appendPlainText(f"\n{report.strip()}")
        self.retranslate()

    def copy(self) -> None:
        """Copy the details."""
        self._desk.copy_text(self.report)
        self._copy.setText(tr("Copied"))
        self._copied.start()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.setWindowTitle("Paperdesk")
        if self._earlier:
            self._title.setText(tr("Paperdesk ended unexpectedly"))
            text = tr("Your settings and your history are safe. The details below help to find the fault.")
        else:
            self._title.setText(tr("Something went wrong inside Paperdesk"))
            text = tr("What you did last may not have worked; everything in the history is safe. You can go on.")
        if self._more:
            text += " " + tr("Faults that followed: {count}.", count=self._more)
        self._text.setText(text)
        self._details.setAccessibleName(tr("Details"))
        self._copy.setText(tr("&Copy details"))
        self._quit.setText(tr("&Quit"))
        self._go_on.setText(tr("Close") if self._earlier else tr("&Go on"))

    def _on_quit(self) -> None:
        self.reject()
        self.quit_requested.emit()

    def _lay_out(self) -> None:
        space = self._desk.theme.space
        words = QVBoxLayout()
        words.setSpacing(space(4))
        words.addWidget(self._title)
        words.addWidget(self._text)
        head = QHBoxLayout()
        head.setSpacing(space(16))
        head.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        foot = QHBoxLayout()
        foot.setSpacing(space(8))
        foot.addWidget(self._copy)
        foot.addStretch(1)
        foot.addWidget(self._quit)
        foot.addWidget(self._go_on)
        column = QVBoxLayout(self)
        margin = space(16)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(space(12))
        column.addLayout(head)
        column.addWidget(self._details, 1)
        column.addLayout(foot)
        em = QFontMetrics(self._desk.theme.font("body")).horizontalAdvance("m")
        self.resize(SIZE_EM[0] * em, SIZE_EM[1] * em)
