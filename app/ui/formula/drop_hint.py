"""What lies over the tab while a picture is dragged over it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.core.i18n import tr

if TYPE_CHECKING:
    from app.ui.theme import Theme

VEIL: Final = 225
"""Opacity of what covers the tab, 0 to 255."""


class DropHint(QWidget):
    """Covers its parent and says that the picture can be dropped."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Lie over the whole parent."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw a dashed frame and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(self._theme.colour("window"))
        veil.setAlpha(VEIL)
        painter.fillRect(self.rect(), veil)
        pen = QPen(self._theme.colour("accent"), 2.0, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        edge = self._theme.space(12)
        corner = self._theme.space(6)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), corner, corner)
        painter.setPen(self._theme.colour("text"))
        painter.setFont(self._theme.font("title"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("Drop the picture to read it"))
        painter.end()
