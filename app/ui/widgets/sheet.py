"""A card over the window: for what is looked up and goes away again, such as the palette and the list of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from app.ui.theme import Theme


class Sheet(QWidget):
    """Covers the window it is opened on and keeps the keyboard; Esc or a click beside the card closes it.

    It also goes when the keyboard moves on to another widget of the window.

    Args:
        theme: colours and spaces.
        window: what it covers.
        width: of the card, units of `Theme.space`; it is narrower when the window is.

    """

    closed = Signal()

    def __init__(self, theme: Theme, window: QWidget, width: int) -> None:
        super().__init__(window)
        self.theme = theme
        self._window = window
        self._width = width
        self._focus_before: QWidget | None = None
        self.card = QFrame(self)
        self.card.setObjectName("card")
        self.body = QVBoxLayout(self.card)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        window.installEventFilter(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # noqa: S101 - there are no widgets without one
        application.focusChanged.connect(self._on_focus)
        theme.changed.connect(self.update)
        self.setVisible(False)

    def open(self) -> None:
        """Come up over the window."""
        self._focus_before = self._window.focusWidget()
        self._place()
        self.raise_()
        self.show()

    def close_sheet(self) -> None:
        """Go, and give the keyboard back to where it was."""
        if not self.isVisible():
            return
        before, self._focus_before = self._focus_before, None
        self.hide()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def card_height(self) -> int:
        """Return how high the card wants to be, logical pixels."""
        return self.card.sizeHint().height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close with Esc; keep all other keys from the window below."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Close when the click is beside the card."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.close_sheet()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Dim what is below."""
        QPainter(self).fillRect(self.rect(), self.theme.colour("scrim"))

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        """Keep the Tab key within the card."""
        widgets = [each for each in self.card.findChildren(QWidget) if _takes_tab(each)]
        if widgets:
            here = self.card.focusWidget()
            index = widgets.index(here) if here in widgets else -1
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            widgets[(index + (1 if forward else -1)) % len(widgets)].setFocus(reason)
        return True

    def replace(self) -> None:
        """Fit the card to what is in it."""
        self._place()

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Go when an action has put the keyboard elsewhere in the window."""
        if new is not None and self.isVisible() and new.window() is self._window and not self.isAncestorOf(new):
            self._focus_before = None
            self.close_sheet()

    def _place(self) -> None:
        window = self._window.rect()
        self.setGeometry(window)
        gap = self.theme.space(24)
        width = min(self.theme.space(self._width), window.width() - 2 * gap)
        top = min(window.height() // 8, self.theme.space(96))
        height = min(self.card_height(), window.height() - top - gap)
        self.card.setGeometry(QRect((window.width() - width) // 2, top, width, height))


def _takes_tab(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes and widget.isVisible() and widget.isEnabled()
