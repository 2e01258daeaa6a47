"""A button that copies and says for two seconds that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QMenu, QToolButton

from app.core.i18n import tr
from app.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

TOLD_MS: Final = 2000


class CopiedButton(QToolButton):
    """Triggers an action at a click; the arrow at its right, if there are other forms, opens them."""

    def __init__(self, action: QAction, forms: Sequence[QAction] = ()) -> None:
        super().__init__()
        self._action = action
        self._timer = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._timer.timeout.connect(self.retranslate)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if forms:
            self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
            menu = QMenu(self)
            menu.addActions(list(forms))
            self.setMenu(menu)
        self.clicked.connect(action.trigger)
        action.changed.connect(self.retranslate)
        self.retranslate()

    @property
    def says_copied(self) -> bool:
        """Whether the button is telling that something was copied."""
        return self._timer.isActive()

    def tell(self) -> None:
        """Say for two seconds that it was copied."""
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

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same: the texts are short."""
        return self.sizeHint()
