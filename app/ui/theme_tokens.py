"""The colours of both themes, by name. Every pair that carries text passes 4.5:1 (tests/ui/test_theme.py)."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QPalette

DARKEST_LIGHT: Final = 128
"""A window colour below this lightness (0..255) belongs to a dark theme."""

LIGHT: Final = {
    "window": "#f5f6f8",
    "sidebar": "#eaecf0",
    "surface": "#ffffff",
    "card": "#ffffff",
    "border": "#d8dce3",
    "field_border": "#878e99",
    "hover": "#dfe3ea",
    "pressed": "#d2d7e0",
    "text": "#1b1e23",
    "text_muted": "#565d68",
    "disabled": "#9299a4",
    "accent": "#1d5fc4",
    "accent_hover": "#174fa6",
    "accent_pressed": "#123f86",
    "accent_text": "#ffffff",
    "selection": "#d4e3fb",
    "success": "#17703a",
    "warning": "#855300",
    "error": "#b3261e",
    "difference": "#ffe08a",
    "scrim": "#52101318",
}

DARK: Final = {
    "window": "#1c1e22",
    "sidebar": "#16181b",
    "surface": "#15171a",
    "card": "#25282d",
    "border": "#383c44",
    "field_border": "#7d848f",
    "hover": "#2e3238",
    "pressed": "#3a3f47",
    "text": "#e9ebee",
    "text_muted": "#a6adb8",
    "disabled": "#6d747f",
    "accent": "#84b4ff",
    "accent_hover": "#9dc4ff",
    "accent_pressed": "#b7d3ff",
    "accent_text": "#0b1b33",
    "selection": "#263f66",
    "success": "#6fd08c",
    "warning": "#f2bb5c",
    "error": "#ff9389",
    "difference": "#66501a",
    "scrim": "#8c000000",
}


def is_dark(palette: QPalette) -> bool:
    """Say whether a palette belongs to a dark theme."""
    return palette.window().color().lightness() < DARKEST_LIGHT


def tokens(*, dark: bool) -> dict[str, str]:
    """Return the colours of a theme by name."""
    return DARK if dark else LIGHT
