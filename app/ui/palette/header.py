"""What a palette comes from and where it goes, as buttons beside the tab's title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton

from app.core.i18n import tr
from app.ui.icons import icon

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from app.ui.palette.actions import PaletteActions


class HeaderButtons:
    """Open, pick and, the primary one, export with its menu.

    Args:
        actions: of the tab.
        pick: picks colours from the screen.

    """

    def __init__(self, actions: PaletteActions, pick: QAction) -> None:
        self.open, self.pick, self.export = QToolButton(), QToolButton(), QToolButton()
        for button, action in ((self.open, actions.open), (self.pick, pick), (self.export, actions.export)):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIcon(action.icon())
        self.open.clicked.connect(actions.open.trigger)
        self.pick.clicked.connect(pick.trigger)
        self.export.setProperty("kind", "primary")
        self.export.setIcon(icon("save", "accent_text"))
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.export)
        for number, group in enumerate(actions.export_menu()):
            if number:
                menu.addSeparator()
            menu.addActions(group)
        self.export.setMenu(menu)

    def all(self) -> tuple[QToolButton, ...]:
        """Return the buttons from left to right."""
        return self.open, self.pick, self.export

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        for button, text in zip(self.all(), (tr("Open…"), tr("Pick"), tr("Export")), strict=True):
            button.setText(text)
            button.setAccessibleName(text)
