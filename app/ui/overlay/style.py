"""Colours, fonts and sizes of the overlay, taken once from the theme for each capture."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QFontMetrics

from app.ui.theme import Theme

DIM = QColor(0, 0, 0, 105)
"""What lies over everything that is not chosen: dark enough to see, light enough to read through."""


@dataclass(frozen=True)
class Style:
    """How the overlay looks; lengths are logical units."""

    surface: QColor
    text: QColor
    muted: QColor
    border: QColor
    accent: QColor
    font: QFont
    small: QFont
    space: int

    @classmethod
    def of(cls, theme: Theme) -> Style:
        """Return the style that belongs to the theme."""
        return cls(
            surface=theme.colour("surface"),
            text=theme.colour("text"),
            muted=theme.colour("text_muted"),
            border=theme.colour("border"),
            accent=theme.colour("accent"),
            font=theme.font("body"),
            small=theme.font("small"),
            space=theme.space(8),
        )

    @property
    def line_height(self) -> int:
        """The height of a line of small text."""
        return QFontMetrics(self.small).lineSpacing()
