"""One editor for each kind of setting; all speak through one small interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from app.core.i18n import tr
from app.ui.key_edit import KeyEdit
from app.ui.widgets.no_wheel import ignore_wheel

if TYPE_CHECKING:
    from app.core.settings import Option
    from app.ui.theme import Theme

LARGEST_INT: Final = 2**31 - 1
LARGEST_FLOAT: Final = 1e9
DECIMALS: Final = 3
TEXT_EM: Final = 16


class Editor(QWidget):
    """Shows and changes one value; `field` is the widget that takes the focus."""

    keeps_refused = False
    """Whether a value that was refused stays in the field."""

    changed = Signal(object)
    """The user's new value, of the option's kind."""
    refused = Signal(str)
    """Why what the user did is no value."""

    def __init__(self, field: QWidget) -> None:
        super().__init__()
        self.field = field
        self.setFocusProxy(field)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(field)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        ignore_wheel(field)

    def show_value(self, value: Any) -> None:
        """Show `value` without saying that it changed."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set texts in the current language."""


def make_editor(option: Option, theme: Theme) -> Editor:
    """Return the editor for the option's kind."""
    if option.choices:
        return ChoiceEditor(option)
    if option.role == "shortcut":
        return KeysEditor()
    if option.kind is bool:
        return SwitchEditor(theme)
    if option.kind is int:
        return IntegerEditor(option)
    if option.kind is float:
        return NumberEditor(option)
    return TextEditor()


class SwitchEditor(Editor):
    """A switch for yes or no."""

    def __init__(self, theme: Theme) -> None:
        self._switch = Switch(theme)
        super().__init__(self._switch)
        self._switch.clicked.connect(self._take)

    def show_value(self, value: Any) -> None:
        """Show on or off."""
        self._switch.setChecked(bool(value))

    def _take(self, on: bool) -> None:
        self.changed.emit(on)


class ChoiceEditor(Editor):
    """A list to choose one value from."""

    def __init__(self, option: Option) -> None:
        self._option = option
        self._box = QComboBox()
        super().__init__(self._box)
        for value, _label in option.choices:
            self._box.addItem("", value)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._box.activated.connect(lambda row: self.changed.emit(self._box.itemData(row)))
        self.retranslate()

    def show_value(self, value: Any) -> None:
        """Select `value`."""
        self._box.setCurrentIndex(self._box.findData(value))

    def retranslate(self) -> None:
        """Write the choices in the current language."""
        for row, (_value, label) in enumerate(self._option.choices):
            self._box.setItemText(row, tr(label))


class IntegerEditor(Editor):
    """A whole number."""

    def __init__(self, option: Option) -> None:
        self._option = option
        self._box = QSpinBox()
        super().__init__(self._box)
        self._box.setKeyboardTracking(False)
        low = -LARGEST_INT if option.minimum is None else int(option.minimum)
        high = LARGEST_INT if option.maximum is None else int(option.maximum)
        self._box.setRange(low, high)
        self._box.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
        self._box.valueChanged.connect(self._take)
        self.retranslate()

    def show_value(self, value: Any) -> None:
        """Show the number."""
        with QSignalBlocker(self._box):
            self._box.setValue(int(value))
        self._write_unit()

    def retranslate(self) -> None:
        """Write the unit in the current language."""
        self._box.setSpecialValueText(tr(self._option.lowest))
        self._write_unit()

    def _take(self, value: int) -> None:
        self._write_unit()
        self.changed.emit(value)

    def _write_unit(self) -> None:
        one, many = self._option.unit
        self._box.setSuffix(tr(one if self._box.value() == 1 else many))


class NumberEditor(Editor):
    """A number with decimals."""

    def __init__(self, option: Option) -> None:
        self._box = QDoubleSpinBox()
        super().__init__(self._box)
        self._box.setKeyboardTracking(False)
        self._box.setDecimals(DECIMALS)
        low = -LARGEST_FLOAT if option.minimum is None else option.minimum
        high = LARGEST_FLOAT if option.maximum is None else option.maximum
        self._box.setRange(low, high)
        self._box.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
        self._box.valueChanged.connect(self._take)

    def show_value(self, value: Any) -> None:
        """Show the number."""
        with QSignalBlocker(self._box):
            self._box.setValue(float(value))

    def _take(self, value: float) -> None:
        self.changed.emit(value)


class TextEditor(Editor):
    """A line of text, taken when Enter is pressed or the field is left; one that is refused stays to be corrected."""

    keeps_refused = True

    def __init__(self) -> None:
        self._line = QLineEdit()
        super().__init__(self._line)
        self._shown = ""
        self._line.setMinimumWidth(TEXT_EM * self._line.fontMetrics().horizontalAdvance("m"))
        self._line.editingFinished.connect(self._take)

    def show_value(self, value: Any) -> None:
        """Show the text."""
        self._shown = str(value)
        self._line.setText(self._shown)

    def _take(self) -> None:
        if self._line.text() != self._shown:
            self.changed.emit(self._line.text())


class KeysEditor(Editor):
    """A key combination that works in every program."""

    def __init__(self) -> None:
        self._keys = KeyEdit(require_modifier=True)
        super().__init__(self._keys)
        self._keys.keys_changed.connect(self._take)
        self._keys.refused.connect(self.refused)

    def show_value(self, value: Any) -> None:
        """Show the combination."""
        self._keys.set_keys(str(value))

    def _take(self, keys: str) -> None:
        self.changed.emit(keys)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self._keys.retranslate()


class Switch(QCheckBox):
    """A check box that looks like a switch: for settings that act at once."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size with room to hit it and for the focus ring."""
        return QSize(self._theme.space(44), self._theme.space(32))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the same size."""
        return self.sizeHint()

    def hitButton(self, pos: Any) -> bool:  # noqa: N802 - Qt's name
        """Take clicks everywhere."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint track and knob; the knob's side and the fill both tell the state."""
        unit = self._theme.space(4) / 4
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.5)
        track = QRectF(0, 0, 36 * unit, 20 * unit)
        track.moveCenter(QRectF(self.rect()).center())
        on = self.isChecked()
        painter.setPen(QPen(self._theme.colour("accent" if on else "text_muted"), 1.5 * unit))
        painter.setBrush(self._theme.colour("accent" if on else "surface"))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        knob = QRectF(0, 0, 12 * unit, 12 * unit)
        knob.moveCenter(track.center())
        knob.moveLeft(track.right() - 16 * unit if on else track.left() + 4 * unit)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent_text" if on else "text_muted"))
        painter.drawEllipse(knob)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 2 * unit))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = track.adjusted(-3 * unit, -3 * unit, 3 * unit, 3 * unit)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
