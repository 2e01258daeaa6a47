"""Whose eyes the figures are seen through, how severe their deficiency is, and how figures are drawn."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from app.core.i18n import mark, tr
from app.palette import Vision
from app.ui.widgets.no_wheel import ignore_wheel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

    from app.ui.theme import Theme

SHORT: Final = {
    Vision.NORMAL: mark("Normal"),
    Vision.PROTAN: mark("Protan"),
    Vision.DEUTAN: mark("Deutan"),
    Vision.TRITAN: mark("Tritan"),
    Vision.GREY: mark("Grey"),
}
"""Vision to the text of its button."""
_STEP: Final = 10
_PADDING: Final = 6
_SLACK: Final = 1.04
"""Text is up to so much wider on a scaled screen than its metrics say."""
_FRAME: Final = 4
"""Pixels of both borders."""


class VisionBar(QWidget):
    """A row of buttons for the readers, a slider for the severity, and buttons for what else is drawn.

    Args:
        theme: spaces and fonts.
        actions: vision to the action that chooses it; its button is made of it.
        others: actions whose buttons stand at the right.
        severity: percent, to begin with.

    """

    changed = Signal()

    def __init__(self, theme: Theme, actions: dict[Vision, QAction], others: Sequence[QAction], severity: int) -> None:
        super().__init__()
        self._theme = theme
        self.vision = Vision.NORMAL
        self.buttons = {vision: QToolButton() for vision in actions}
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setPageStep(_STEP)
        self.slider.setValue(severity)
        ignore_wheel(self.slider)
        self._percent = QLabel()
        self._judged = severity
        self._group = QButtonGroup(self)
        for vision, button in self.buttons.items():
            button.setCheckable(True)
            button.setChecked(vision is self.vision)
            button.setStyleSheet(f"padding: 0 {theme.space(_PADDING)}px;")
            button.clicked.connect(actions[vision].trigger)
            self._group.addButton(button)
        self._others = [_button(action) for action in others]
        self._actions = actions
        self.slider.valueChanged.connect(self._on_severity)
        self._lay_out()
        self.retranslate()

    @property
    def severity(self) -> float:
        """How severe the deficiency is: 0 none to 1 dichromacy."""
        return self.slider.value() / self.slider.maximum()

    @property
    def severity_text(self) -> str:
        """What is said about the severity."""
        return self._percent.text()

    def judge_at(self, percent: int) -> None:
        """Say that verdict and numbers are for this severity where the slider shows another one."""
        self._judged = percent
        self._show_severity()

    def choose(self, vision: Vision) -> None:
        """See through other eyes."""
        self.vision = vision
        self.buttons[vision].setChecked(True)
        self._show_severity()
        self.changed.emit()

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        for vision, button in self.buttons.items():
            button.setText(tr(SHORT[vision]))
            # Qt's own hint is a pixel short of some words on a scaled screen, which cuts their middle out
            text = ceil(button.fontMetrics().horizontalAdvance(button.text()) * _SLACK)
            button.setMinimumWidth(text + 2 * self._theme.space(_PADDING) + _FRAME)
            button.setToolTip(self._actions[vision].toolTip())
            button.setAccessibleName(vision.title)
        self.slider.setAccessibleName(tr("Severity of colour blindness"))
        self.slider.setToolTip(tr("Severity: most colour-blind readers have about 60 %"))
        self._show_severity()

    def _on_severity(self) -> None:
        self._show_severity()
        self.changed.emit()

    def _show_severity(self) -> None:
        has_severity = self.vision not in (Vision.NORMAL, Vision.GREY)
        self.slider.setEnabled(has_severity)
        self._percent.setEnabled(has_severity)
        shown = f"{self.slider.value()} %"
        differs = has_severity and self.slider.value() != self._judged
        self._percent.setText(f"{shown}\n{tr('verdict: {percent} %', percent=self._judged)}" if differs else shown)
        self._percent.setToolTip(
            tr("Verdict and numbers are for the severity in the settings, the strictest unless changed")
        )

    def _lay_out(self) -> None:
        space = self._theme.space
        self.slider.setMinimumWidth(space(64))
        self.slider.setMaximumWidth(space(128))
        self._percent.setFont(self._theme.font("small"))
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("100 %"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space(4))
        for button in self.buttons.values():
            row.addWidget(button)
        row.addSpacing(space(8))
        row.addWidget(self.slider, 1)
        row.addWidget(self._percent)
        row.addStretch(1)
        for button in self._others:
            row.addWidget(button)


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setProperty("square", "true")
    return button
