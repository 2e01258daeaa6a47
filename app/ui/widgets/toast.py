"""A few words on top of every program, for somebody who is at work in another one; they go by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QFontMetrics, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from app.ui.icons import pixmap

if TYPE_CHECKING:
    from app.ui.theme import Theme

SHOWN_MS: Final = 3500
WIDEST_EM: Final = 36
MOST_LINES: Final = 3


class Toast(QFrame):
    """Comes up at the foot of the screen that has the mouse, takes no focus, and goes; a click on it is told.

    Args:
        theme: colours, fonts and spaces.

    """

    clicked = Signal()

    def __init__(self, theme: Theme) -> None:
        kind = Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus
        super().__init__(None, kind | Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setObjectName("card")
        self._theme = theme
        self._picture, self._label = QLabel(), QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space(16), theme.space(12), theme.space(16), theme.space(12))
        row.setSpacing(theme.space(8))
        row.addWidget(self._picture)
        row.addWidget(self._label)

    @property
    def text(self) -> str:
        """What was said last."""
        return self._label.text()

    def say(self, text: str, kind: str) -> None:
        """Show `text` with the icon of its kind: info, success, warning or error."""
        token = "accent" if kind == "info" else kind
        self._picture.setPixmap(pixmap(kind, token, self._theme.space(20), self.devicePixelRatioF()))
        metrics = QFontMetrics(self._label.font())
        widest = WIDEST_EM * metrics.horizontalAdvance("m")
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, MOST_LINES * widest)
        self._label.setText(shown)
        self._label.setFixedWidth(min(widest, metrics.horizontalAdvance(shown) + 2))
        self.adjustSize()
        self.move(self._place())
        self.show()
        self.raise_()
        self._timer.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go, and say that somebody wants to know more."""
        self.hide()
        self.clicked.emit()

    def _place(self) -> QPoint:
        """Return the top left corner that puts the words at the middle of the screen's foot."""
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        left = room.center().x() - self.width() // 2
        return QPoint(left, room.bottom() - self.height() - self._theme.space(48))
