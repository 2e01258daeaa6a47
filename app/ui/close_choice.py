"""What closing the window means: asked once, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.core.errors import PaperdeskError
from app.core.i18n import tr

if TYPE_CHECKING:
    from app.ui.desk import Desk

Choice = Literal["tray", "quit"]

SETTING: Final = "general.close_to_tray"
WIDTH_EM: Final = 26


class CloseChoice(QDialog):
    """Asks whether closing keeps Paperdesk in the tray or quits it.

    With "Remember my choice" the answer becomes the setting and the question is not asked again.

    Args:
        desk: settings and theme.
        parent: the window.

    """

    answered = Signal(str)
    """A `Choice`; not emitted when the user went back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Close Paperdesk"))
        theme = desk.theme
        title = QLabel(tr("Keep Paperdesk in the tray?"))
        title.setFont(theme.font("title"))
        text = QLabel(tr("In the tray it goes on answering the capture keys; when it has quit, they do nothing."))
        text.setWordWrap(True)
        text.setMinimumWidth(WIDTH_EM * text.fontMetrics().horizontalAdvance("m"))
        self.remember = QCheckBox(tr("&Remember my choice"))
        self.remember.setChecked(True)
        self.remember.setToolTip(tr("It can be changed in the settings at any time."))
        self.back, self.leave, self.keep = (
            QPushButton(tr("&Cancel")),
            QPushButton(tr("&Quit")),
            QPushButton(tr("&Keep in the tray")),
        )
        self.back.clicked.connect(self.reject)
        self.leave.clicked.connect(lambda: self._answer("quit"))
        self.keep.clicked.connect(lambda: self._answer("tray"))
        layout = QVBoxLayout(self)
        margin = theme.space(24)
        layout.setContentsMargins(margin, margin, margin, theme.space(16))
        layout.setSpacing(theme.space(12))
        for widget in (title, text, self.remember):
            layout.addWidget(widget)
        layout.addSpacing(theme.space(8))
        layout.addLayout(self._buttons(theme.space(8)))
        self.keep.setDefault(True)
        self.keep.setFocus()

    def _buttons(self, spacing: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(spacing)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.keep)
        return row

    def _answer(self, choice: Choice) -> None:
        if self.remember.isChecked():
            try:
                self._desk.settings.set(SETTING, choice)
            except PaperdeskError as error:
                self._desk.message.emit(str(error), "warning")
        self.accept()
        self.answered.emit(choice)
