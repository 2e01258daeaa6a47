"""A field that is filled by pressing keys instead of typing their names."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QKeyCombination, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.i18n import tr

_MODIFIER_KEYS: Final = frozenset(
    {
        Qt.Key.Key_Control,
        Qt.Key.Key_Shift,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_Super_L,
        Qt.Key.Key_Super_R,
        Qt.Key.Key_Hyper_L,
        Qt.Key.Key_Hyper_R,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_ScrollLock,
    }
)
_MODIFIERS_BY_KEY: Final = {
    Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
    Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
    Qt.Key.Key_Alt: Qt.KeyboardModifier.AltModifier,
    Qt.Key.Key_Meta: Qt.KeyboardModifier.MetaModifier,
    Qt.Key.Key_Super_L: Qt.KeyboardModifier.MetaModifier,
    Qt.Key.Key_Super_R: Qt.KeyboardModifier.MetaModifier,
}
_REAL_MODIFIERS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.MetaModifier
)
_STRONG_MODIFIERS: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_LONE_KEYS: Final = frozenset({Qt.Key.Key_Print, Qt.Key.Key_Pause, Qt.Key.Key_SysReq, Qt.Key.Key_Calculator})


def native_text(keys: str) -> str:
    """Return portable `keys` ("Ctrl+Alt+M") as this platform writes them."""
    portable = QKeySequence.SequenceFormat.PortableText
    return QKeySequence.fromString(keys, portable).toString(QKeySequence.SequenceFormat.NativeText)


def portable_keys(key: int, modifiers: Qt.KeyboardModifier, *, keep_shift: bool) -> str:
    """Return the portable text of one pressed key, or "" when it is not a key a shortcut can have.

    Shift is dropped from a symbol that needs it anyway ("Ctrl+?" and not "Ctrl+Shift+?"): Qt matches shortcuts by
    symbol. A key that is grabbed from the whole system is matched by its place on the keyboard and keeps Shift
    (`keep_shift`).
    """
    if key in _MODIFIER_KEYS or key in {0, Qt.Key.Key_unknown}:
        return ""
    if key == Qt.Key.Key_Backtab:
        key = Qt.Key.Key_Tab
    held = modifiers & _REAL_MODIFIERS
    is_symbol = Qt.Key.Key_Exclam <= key <= Qt.Key.Key_AsciiTilde and not chr(key).isalnum()
    if is_symbol and not keep_shift:
        held &= ~Qt.KeyboardModifier.ShiftModifier
    sequence = QKeySequence(QKeyCombination(held, Qt.Key(key)))
    text = sequence.toString(QKeySequence.SequenceFormat.PortableText)
    return text if text.isprintable() else ""


def can_stand_alone(key: int, modifiers: Qt.KeyboardModifier) -> bool:
    """Return whether these keys may be taken from every program: they type no text."""
    function_key = Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35
    return function_key or key in _LONE_KEYS or bool(modifiers & _STRONG_MODIFIERS)


class KeyEdit(QLineEdit):
    """Shows a key combination; Enter, Space or a click starts listening, the next combination pressed is taken.

    While listening Esc goes back and Backspace clears; Tab is a key like any other. At rest Tab moves on and
    Backspace or Delete clears. Keys are exchanged as portable text.

    Args:
        parent: the owner.
        require_modifier: take only combinations that type nothing (Ctrl, Alt or Meta, or a function key).

    """

    keys_changed = Signal(str)
    """New keys in portable text, "" when cleared; emitted only for the user's changes."""
    refused = Signal(str)
    """Why the combination just pressed was not taken."""
    listening_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None, *, require_modifier: bool = False) -> None:
        super().__init__(parent)
        self._keys = ""
        self._listening = False
        self._require_modifier = require_modifier
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts in the current language."""
        self.setAccessibleName(tr("Keys"))
        self.setToolTip(tr("Enter or click, then press the keys. Backspace clears, Esc goes back."))
        self._show()

    def keys(self) -> str:
        """Return the combination in portable text, "" for none."""
        return self._keys

    def set_keys(self, keys: str) -> None:
        """Show `keys`, portable text, without telling anybody."""
        self._keys = keys
        self._show()

    def is_listening(self) -> bool:
        """Return whether the next combination pressed will be taken."""
        return self._listening

    def listen(self) -> None:
        """Take the next combination pressed."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._set_listening(True)

    def press(self, keys: str) -> None:
        """Take `keys`, portable text, which the system keeps from every window: the hotkey in force."""
        self._accept_keys(keys)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a width that fits the longest usual text."""
        widest = max(tr("Press the keys"), "Ctrl+Alt+Shift+PgDown", key=self.fontMetrics().horizontalAdvance)
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(widest) + 2 * hint.height() // 2 + 8, hint.height())

    def event(self, event: QEvent) -> bool:
        """Keep shortcuts of the window and Tab for this field while it listens."""
        if self._listening and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if self._listening and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._take(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Start listening or clear; the rest goes on to the parent."""
        if event.modifiers() & _STRONG_MODIFIERS:
            event.ignore()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._set_listening(True)
        elif event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self._accept_keys("")
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Show the modifiers that are still held."""
        if self._listening:
            released = _MODIFIERS_BY_KEY.get(Qt.Key(event.key()), Qt.KeyboardModifier.NoModifier)
            self._show_held(event.modifiers() & ~released)
        super().keyReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Start listening."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self._set_listening(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Stop listening: the keys now go elsewhere."""
        super().focusOutEvent(event)
        self._set_listening(False)

    def _take(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers() & _REAL_MODIFIERS
        plain = modifiers == Qt.KeyboardModifier.NoModifier
        if key in _MODIFIER_KEYS:
            pressed = _MODIFIERS_BY_KEY.get(Qt.Key(key), Qt.KeyboardModifier.NoModifier)
            self._show_held(modifiers | pressed)
        elif key == Qt.Key.Key_Escape and plain:
            self._set_listening(False)
        elif key == Qt.Key.Key_Backspace and plain:
            self._accept_keys("")
        elif self._require_modifier and not can_stand_alone(key, modifiers):
            self.refused.emit(tr("Hold Ctrl, Alt or Meta too: a key that types text would be lost to other programs."))
        elif keys := portable_keys(key, modifiers, keep_shift=self._require_modifier):
            self._accept_keys(keys)

    def _accept_keys(self, keys: str) -> None:
        self._set_listening(False)
        if keys == self._keys:
            return
        self.set_keys(keys)
        self.keys_changed.emit(keys)

    def _set_listening(self, listening: bool) -> None:
        if listening == self._listening:
            return
        self._listening = listening
        self._show()
        self.listening_changed.emit(listening)

    def _show(self) -> None:
        self.setPlaceholderText(tr("Press the keys") if self._listening else tr("None"))
        self.setText("" if self._listening else native_text(self._keys))
        self.setAccessibleDescription(self.text() or self.placeholderText())

    def _show_held(self, modifiers: Qt.KeyboardModifier) -> None:
        """Show the modifiers held so far as the beginning of a combination: "Ctrl+Alt+"."""
        if modifiers == Qt.KeyboardModifier.NoModifier:
            self._show()
            return
        beginning = QKeySequence(QKeyCombination(modifiers, Qt.Key.Key_A))
        self.setText(beginning.toString(QKeySequence.SequenceFormat.NativeText).removesuffix("A") + "…")
