"""The three ways to bring a formula, as buttons beside the tab's title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton

from app.core.i18n import tr
from app.ui.icons import icon

if TYPE_CHECKING:
    from app.core.settings import Settings
    from app.ui.formula.actions import FormulaActions

HOTKEY: Final = "capture.hotkey"


def hotkey(settings: Settings) -> str:
    """Return the keys that start a capture, as the user reads them."""
    return QKeySequence(settings.text(HOTKEY)).toString(QKeySequence.SequenceFormat.NativeText)


class HeaderButtons:
    """Draw, open and, the primary one, capture.

    Args:
        settings: the hotkey of captures.
        actions: of the tab.

    """

    def __init__(self, settings: Settings, actions: FormulaActions) -> None:
        self._settings, self._actions = settings, actions
        self.draw, self.open, self.capture = QPushButton(), QPushButton(), QPushButton()
        self.draw.setIcon(icon("draw"))
        self.draw.clicked.connect(actions.draw.trigger)
        self.open.setIcon(icon("open"))
        self.open.clicked.connect(actions.open.trigger)
        self.capture.setProperty("kind", "primary")
        self.capture.setIcon(icon("capture", "accent_text"))

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        keys = hotkey(self._settings)
        self.capture.setText(tr("Capture  {hotkey}", hotkey=keys) if keys else tr("Capture"))
        self.capture.setToolTip(tr("Drag over a formula anywhere on the screen"))
        self.capture.setAccessibleName(tr("Capture"))
        self.draw.setText(tr("Draw"))
        self.draw.setToolTip(self._actions.draw.toolTip())
        self.open.setText(tr("Open…"))
        self.open.setToolTip(self._actions.open.toolTip())
