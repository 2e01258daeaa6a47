"""The button that copies, and says for two seconds that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QToolButton

from app.core.i18n import tr
from app.ui.icons import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

TOLD_MS: Final = 2000


class CopyPhraseButton(QToolButton):
    """Triggers the action at a click."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self._action = action
        self._timer = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._timer.timeout.connect(self.retranslate)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.clicked.connect(action.trigger)
        action.changed.connect(self.retranslate)
        self.retranslate()

    @property
    def says_copied(self) -> bool:
        """Whether the button is telling that something was copied."""
        return self._timer.isActive()

    def tell(self) -> None:
        """Say for two seconds that the phrase was copied."""
        self._timer.start()
        self.retranslate()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        text = tr("Copied") if self.says_copied else tr("Copy")
        self.setText(text)
        self.setAccessibleName(text)
        self.setIcon(icon("check" if self.says_copied else "copy"))
        self.setEnabled(self._action.isEnabled())
        self.setToolTip(self._action.toolTip())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the longer of the texts, so that nothing jumps when it changes."""
        hint, metrics = super().sizeHint(), self.fontMetrics()
        longest = max(metrics.horizontalAdvance(text) for text in (tr("Copy"), tr("Copied")))
        return QSize(hint.width() - metrics.horizontalAdvance(self.text()) + longest, hint.height())
