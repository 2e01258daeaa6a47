"""The one place where a tab says what happened: an icon, a text, at most one action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from app.core.i18n import mark, tr
from app.ui.icons import icon, pixmap

if TYPE_CHECKING:
    from app.ui.theme import Theme

Action = tuple[str, Callable[[], None]]

KINDS: Final = {
    "info": mark("Note"),
    "success": mark("Done"),
    "warning": mark("Warning"),
    "error": mark("Error"),
}
"""What each kind is called to a screen reader, and "accent" or a token of its own name for its icon."""
LASTING: Final = ("warning", "error")
"""Kinds that come back when a newer message over them has gone."""
KEPT: Final = 5
"""Of those at most so many."""
TINT: Final = 0.12
"""How much of its colour is in the ground of a message."""


@dataclass(frozen=True)
class _Message:
    text: str
    kind: str
    action: Action | None


class MessageBar(QFrame):
    """Shows the newest message; hidden while there is none.

    Args:
        theme: colours and spaces.
        parent: the owner.

    """

    shown = Signal(str, str)
    """Text and kind of a new message."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._messages: list[_Message] = []
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._drop)
        self._picture = QLabel()
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton()
        self._button.setProperty("kind", "link")
        self._button.clicked.connect(self._act)
        self._close = QToolButton()
        self._close.setProperty("kind", "flat")
        self._close.setProperty("square", "true")
        self._close.setIcon(icon("close", "text_muted"))
        self._close.clicked.connect(self._drop)
        self._lay_out()
        theme.changed.connect(self._paint)
        self.setVisible(False)
        self.retranslate()

    @property
    def text(self) -> str:
        """The message that is shown, "" for none."""
        return self._messages[-1].text if self._messages else ""

    @property
    def kind(self) -> str:
        """The kind of the message that is shown, "" for none."""
        return self._messages[-1].kind if self._messages else ""

    def show_message(self, text: str, kind: str = "info", action: Action | None = None, timeout_ms: int = 0) -> None:
        """Say something.

        Args:
            text: in the user's language.
            kind: a key of `KINDS`.
            action: the text of a button and what it does; the message goes when it is pressed.
            timeout_ms: after this time the message goes by itself; 0: it stays.

        """
        kept = [each for each in self._messages if each.text != text and (each.kind in LASTING or each.action)]
        self._messages = [*kept[-KEPT:], _Message(text, kind, action)]
        self._show()
        self._timer.stop()
        if timeout_ms:
            self._timer.start(timeout_ms)
        self.shown.emit(text, kind)

    def clear(self) -> None:
        """Take all messages away."""
        self._messages = []
        self._show()

    def step_back(self) -> bool:
        """Take the newest message away; return whether there was one."""
        if not self._messages:
            return False
        self._drop()
        return True

    def retranslate(self) -> None:
        """Write the texts of the bar itself in the current language."""
        self._close.setToolTip(tr("Close this message (Esc)"))
        self._close.setAccessibleName(tr("Close this message"))
        self.setAccessibleName(tr("Messages"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.step_back():
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow another screen's resolution."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._paint()

    def _act(self) -> None:
        message = self._messages[-1]
        self._drop()
        if message.action is not None:
            message.action[1]()

    def _drop(self) -> None:
        self._timer.stop()
        if self._messages:
            self._messages.pop()
        self._show()

    def _show(self) -> None:
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        if self._messages:
            message = self._messages[-1]
            self._label.setText(message.text)
            self._button.setVisible(message.action is not None)
            if message.action is not None:
                self._button.setText(message.action[0])
            self._paint()
            self._announce(message)
        elif had_focus:
            self.focusNextChild()
        self.setVisible(bool(self._messages))

    def _announce(self, message: _Message) -> None:
        self._label.setAccessibleName(f"{tr(KINDS[message.kind])}: {message.text}")
        self.setAccessibleDescription(message.text)
        QAccessible.updateAccessibility(QAccessibleEvent(self._label, QAccessible.Event.Alert))

    def _paint(self) -> None:
        if not self._messages:
            return
        name = self._messages[-1].kind
        token = "accent" if name == "info" else name
        side = self._theme.space(20)
        self._picture.setPixmap(pixmap(name, token, side, self.devicePixelRatioF()))
        ground = _mixed(self._theme.colour("card"), self._theme.colour(token))
        edge = _mixed(self._theme.colour("border"), self._theme.colour(token), 0.5)
        corner = self._theme.space(6)
        self.setStyleSheet(
            f"MessageBar {{ background: {ground}; border: 1px solid {edge}; border-radius: {corner}px; }}"
        )

    def _lay_out(self) -> None:
        space = self._theme.space
        row = QHBoxLayout(self)
        row.setContentsMargins(space(12), space(4), space(4), space(4))
        row.setSpacing(space(12))
        row.addWidget(self._picture)
        row.addWidget(self._label, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)


def _mixed(ground: QColor, ink: QColor, share: float = TINT) -> str:
    parts = zip(ground.getRgb()[:3], ink.getRgb()[:3], strict=True)  # type: ignore[index, unused-ignore]
    return QColor(*(round(a + (b - a) * share) for a, b in parts)).name()
