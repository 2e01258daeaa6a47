"""Taking what is dropped on the tab, and what lies over it meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.core.i18n import tr
from app.ui.formula.pictures import DROP, sources_in

if TYPE_CHECKING:
    from app.ui.theme import Theme

VEIL: Final = 225
"""Opacity of what covers the tab, 0 to 255."""


class DropHint(QWidget):
    """Takes pictures and files that are dropped on its parent, which it covers while they are dragged over it."""

    dropped = Signal(list)
    """The `Source`s."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        parent.setAcceptDrops(True)
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Hear what is dragged over the parent."""
        if isinstance(event, QDragEnterEvent):
            self._enter(event)
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._drop(event)
        elif event.type() == QEvent.Type.DragLeave:
            self.hide()
        else:
            return super().eventFilter(watched, event)
        return True

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

    def _enter(self, event: QDragEnterEvent) -> None:
        """Welcome pictures and files."""
        mime = event.mimeData()
        if mime.hasImage() or any(url.isLocalFile() for url in mime.urls()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._cover()
        else:
            event.ignore()

    def _drop(self, event: QDropEvent) -> None:
        self.hide()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(sources_in(event.mimeData(), DROP))

    def _cover(self) -> None:
        """Lie over the whole parent."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()
