"""How the program looks: colours, spaces and fonts by name, light or dark like the system or as the user says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.ui.theme_sheet import style_sheet
from app.ui.theme_tokens import tokens

if TYPE_CHECKING:
    from app.core.settings import Settings

SETTING: Final = "general.theme"
UNITS_PER_LINE: Final = 16
"""Spaces are counted in 1/16 of the height of a line of text."""
FONT_SCALES: Final = {"small": 0.85, "body": 1.0, "mono": 1.0, "title": 1.15, "display": 1.5}
HIT_AREA_PX: Final = 32
"""Nothing that is clicked is lower than this."""


class Theme(QObject):
    """Gives the application its look and the widgets their colours, spaces and fonts.

    Args:
        settings: `general.theme` is "system", "light" or "dark".
        parent: the owner.

    """

    changed = Signal()
    """Colours or fonts are others now."""

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._colours: dict[str, QColor] = {}
        self._unsubscribe = settings.subscribe(self._on_setting)
        self._body = QApplication.font()
        self._unit = QFontMetrics(self._body).height() / UNITS_PER_LINE
        hints = QGuiApplication.styleHints()
        self._system = hints.colorScheme()
        hints.colorSchemeChanged.connect(self._on_system)
        QApplication.setStyle("Fusion")
        self._apply()

    @property
    def is_dark(self) -> bool:
        """Whether the dark theme is in use."""
        chosen = self._settings.text(SETTING)
        if chosen in ("light", "dark"):
            return chosen == "dark"
        return self._system == Qt.ColorScheme.Dark

    def colour(self, name: str) -> QColor:
        """Return a colour by its name in `theme_tokens`."""
        return QColor(self._colours[name])

    def space(self, units: float) -> int:
        """Return a length in logical pixels: `units` sixteenths of the height of a line."""
        return max(1, round(units * self._unit))

    def hit_area(self) -> int:
        """Return the least height of what can be clicked."""
        return max(HIT_AREA_PX, self.space(HIT_AREA_PX))

    def font(self, role: str) -> QFont:
        """Return the font of a role: small, body, title, display, mono. Figures are of one width."""
        scale = FONT_SCALES[role]
        font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont) if role == "mono" else self._body)
        if self._body.pointSizeF() > 0:
            font.setPointSizeF(self._body.pointSizeF() * scale)
        else:
            font.setPixelSize(round(self._body.pixelSize() * scale))
        if role in ("title", "display"):
            font.setWeight(QFont.Weight.DemiBold)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def close(self) -> None:
        """Follow settings and system no more."""
        self._unsubscribe()
        QGuiApplication.styleHints().colorSchemeChanged.disconnect(self._on_system)

    def _apply(self) -> None:
        colours = tokens(dark=self.is_dark)
        self._colours = {name: QColor(value) for name, value in colours.items()}
        QApplication.setPalette(self._palette())
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setStyleSheet(style_sheet(colours, self.space, self.hit_area()))
        self.changed.emit()

    def _palette(self) -> QPalette:
        palette, role = QPalette(), QPalette.ColorRole
        for place, name in _ROLES.items():
            palette.setColor(place, self.colour(name))
        for place in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
            palette.setColor(QPalette.ColorGroup.Disabled, place, self.colour("disabled"))
        return palette

    def _on_setting(self, key: str, _value: Any) -> None:
        if key == SETTING:
            self._apply()

    def _on_system(self, scheme: Qt.ColorScheme) -> None:
        self._system = scheme
        if self._settings.text(SETTING) == "system":
            self._apply()


_ROLES: Final = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "card",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text_muted",
    QPalette.ColorRole.Button: "card",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "error",
    QPalette.ColorRole.ToolTipBase: "card",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "accent_text",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Light: "hover",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "field_border",
    QPalette.ColorRole.Shadow: "border",
}
