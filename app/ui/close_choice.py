"""What closing the window means: asked once, in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.core.errors import PaperdeskError
from app.core.i18n import tr

if TYPE_CHECKING:
    from app.ui.desk import Desk

Choice = Literal["tray", "quit"]

SETTING: Final = "general.close_to_tray"
WIDTH_EM: Final = 26


def ask_close(desk: Desk, parent: QWidget | None) -> Choice | None:
    """Ask whether closing keeps Paperdesk in the tray or quits it; None when the user went back.

    With "Remember my choice" the answer becomes the setting and the question is not asked again.
    """
    dialog = CloseChoice(desk, parent)
    dialog.exec()
    dialog.deleteLater()
    if dialog.choice and dialog.remembers():
        try:
            desk.settings.set(SETTING, dialog.choice)
        except PaperdeskError as error:
            desk.message.emit(str(error), "warning")
    return dialog.choice


class CloseChoice(QDialog):
    """The question; `choice` is the answer once the dialog is closed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice: Choice | None = None
        self.setWindowTitle(tr("Close Paperdesk"))
        theme = desk.theme
        title = QLabel(tr("Keep Paperdesk in the tray?"))
        title.setFont(theme.font("title"))
        text = QLabel(tr("In the tray it goes on answering the capture keys; when it has quit, they do nothing."))
        text.setWordWrap(True)
        text.setMinimumWidth(WIDTH_EM * text.fontMetrics().horizontalAdvance("m"))
        self._remember = QCheckBox(tr("&Remember my choice"))
        self._remember.setChecked(True)
        self._remember.setToolTip(tr("It can be changed in the settings at any time."))
        layout = QVBoxLayout(self)
        margin = theme.space(24)
        layout.setContentsMargins(margin, margin, margin, theme.space(16))
        layout.setSpacing(theme.space(12))
        for widget in (title, text, self._remember):
            layout.addWidget(widget)
        layout.addSpacing(theme.space(8))
        layout.addLayout(self._buttons(theme.space(8)))

    def remembers(self) -> bool:
        """Return whether the answer is for every time."""
        return self._remember.isChecked()

    def _buttons(self, spacing: int) -> QHBoxLayout:
        back = QPushButton(tr("&Cancel"))
        leave = QPushButton(tr("&Quit"))
        keep = QPushButton(tr("&Keep in the tray"))
        keep.setDefault(True)
        keep.setFocus()
        back.clicked.connect(self.reject)
        leave.clicked.connect(lambda: self._answer("quit"))
        keep.clicked.connect(lambda: self._answer("tray"))
        row = QHBoxLayout()
        row.setSpacing(spacing)
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(keep)
        return row

    def _answer(self, choice: Choice) -> None:
        self.choice = choice
        self.accept()
