"""Icons drawn by us on a 24 grid, tinted with the colours of the theme in use whenever they are painted."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.core.paths import resources_dir
from app.ui.theme_tokens import is_dark, tokens

INK: Final = "currentColor"
"""What the drawings have in place of a colour."""
CACHED: Final = 512


def icon(name: str, colour: str = "text", *, checked: str = "") -> QIcon:
    """Return an icon.

    Args:
        name: of a file in resources/icons, without its ending.
        colour: the token it is drawn in; disabled widgets draw it in "disabled".
        checked: the token for widgets that are switched on; "" for the same.

    """
    return QIcon(_Engine(name, colour, checked or colour))


def app_icon() -> QIcon:
    """Return the icon of the program, which has its own colours."""
    return QIcon(str(resources_dir() / "icons" / "paperdesk.svg"))


def pixmap(name: str, colour: str, side: int, ratio: float) -> QPixmap:
    """Return an icon as a picture of `side` logical pixels at `ratio` pixels for each."""
    picture = _picture(name, _value(colour), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    return picture


class _Engine(QIconEngine):
    """Draws a file in the colour that the palette in use asks for."""

    def __init__(self, name: str, colour: str, checked: str) -> None:
        super().__init__()
        self._name, self._colour, self._checked = name, colour, checked

    def clone(self) -> QIconEngine:
        """Return another of the same."""
        return _Engine(self._name, self._colour, self._checked)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw into a rectangle, in its middle and as large as it allows."""
        ratio = painter.device().devicePixelRatioF()
        side = min(rect.width(), rect.height())
        picture = _picture(self._name, self._tint(mode, state), round(side * ratio))
        corner = rect.topLeft() + QPoint((rect.width() - side) // 2, (rect.height() - side) // 2)
        painter.drawPixmap(QRect(corner, QSize(side, side)), picture)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Return the icon in so many pixels."""
        return _picture(self._name, self._tint(mode, state), min(size.width(), size.height()))

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:  # noqa: N802
        """Return the icon in so many pixels; the caller sets their ratio."""
        return self.pixmap(size, mode, state)

    def isNull(self) -> bool:  # noqa: N802 - Qt's name
        """Say that there is something to draw."""
        return False

    def _tint(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        colour = self._checked if state == QIcon.State.On else self._colour
        return _value("disabled" if mode == QIcon.Mode.Disabled else colour)


def _value(colour: str) -> str:
    return tokens(dark=is_dark(QGuiApplication.palette()))[colour]


@lru_cache(maxsize=CACHED)
def _source(name: str) -> str:
    return (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=CACHED)
def _rendered(name: str, value: str, side: int) -> QPixmap:
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace(INK, value).encode()))
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture


def _picture(name: str, value: str, side: int) -> QPixmap:
    return QPixmap(_rendered(name, value, max(1, side)))
