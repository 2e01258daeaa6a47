"""Draws one large swatch: the colour, how others see it, its name and notation, and how far it reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen

from app.palette import colour_name
from app.ui.icons import icon
from app.ui.palette.list_delegate import edge_colour

if TYPE_CHECKING:
    from app.ui.theme import Theme

SEEN_HEIGHT: Final = 24
"""Of the band that shows how other readers see the colour."""
FIGURE_HEIGHT: Final = 20
"""Of the line below, with the distance."""
_BRIGHT: Final = 0.18
"""Luminance from which black writing has more contrast with a colour than white (WCAG 2)."""
PLATE: Final = 24
"""Diameter of what a sign lies on."""
PLATE_TOP: Final = 5


@dataclass(frozen=True)
class SwatchFonts:
    """What the texts of swatches are written in; looked up once for all of them."""

    small: QFont
    strong: QFont
    mono: QFont

    @classmethod
    def of(cls, theme: Theme) -> SwatchFonts:
        """Return the fonts of a theme."""
        small, strong, mono = theme.font("small"), theme.font("small"), theme.font("mono")
        strong.setWeight(QFont.Weight.Bold)
        mono.setPointSizeF(small.pointSizeF())
        return cls(small, strong, mono)


@dataclass(frozen=True)
class SwatchLook:
    """What one swatch shows."""

    colour: QColor
    seen: QColor | None
    reach: float | None
    is_short: bool
    is_confused: bool
    is_pinned: bool
    is_current: bool
    is_hovered: bool
    note: str
    corner: float


def draw_swatch(painter: QPainter, area: QRectF, look: SwatchLook, theme: Theme, fonts: SwatchFonts) -> None:
    """Draw a swatch with its texts as far as there is room for them."""
    body = area.adjusted(0, 0, 0, -theme.space(FIGURE_HEIGHT))
    outline = QPainterPath()
    outline.addRoundedRect(body, look.corner, look.corner)
    painter.save()
    painter.setClipPath(outline)
    painter.fillRect(body, look.colour)
    if look.seen is not None:
        painter.fillRect(QRectF(body.left(), body.bottom() - theme.space(SEEN_HEIGHT), body.width(), 99), look.seen)
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(edge_colour(theme), 1.0))
    if look.corner:
        painter.drawPath(outline)
    _draw_texts(painter, body, look, theme, fonts)
    _draw_marks(painter, body, look, theme)
    if look.reach is not None:
        _draw_reach(painter, area, look, theme, fonts)
    if look.is_current:
        _draw_ring(painter, body, look, theme)


def _draw_texts(painter: QPainter, body: QRectF, look: SwatchLook, theme: Theme, fonts: SwatchFonts) -> None:
    """Write notation and name, or that the colour was copied; nothing where it would be cut off."""
    ink = _ink(look.colour)
    space = theme.space
    bottom = space(SEEN_HEIGHT + 2) if look.seen is not None else space(6)
    line = QFontMetrics(fonts.mono).height()
    place = QRectF(body.left(), body.bottom() - bottom - line, body.width(), line)
    painter.setPen(ink)
    if look.note:
        _write(painter, place, look.note, fonts.small)
        return
    above = place.translated(0, -line)
    if _write(painter, place, look.colour.name(), fonts.mono) and above.top() >= body.top() + space(PLATE_TOP + PLATE):
        _write(painter, above, colour_name(look.colour.name()), fonts.small)


def _write(painter: QPainter, place: QRectF, text: str, font: QFont) -> bool:
    """Write a text if there is room for it; tell whether there was."""
    if QFontMetrics(font).horizontalAdvance(text) > place.width() - 4:
        return False
    painter.setFont(font)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
    return True


def _draw_marks(painter: QPainter, body: QRectF, look: SwatchLook, theme: Theme) -> None:
    """Draw the signs of colours that stay and of those that are confused, and that a click copies."""
    side = theme.space(PLATE)
    marks = ((_PINNED, look.is_pinned), (_CONFUSED, look.is_confused), (_COPY, look.is_hovered and not look.note))
    wanted = [mark for mark, is_wanted in marks if is_wanted][: int(body.width() // side)]
    left = body.center().x() - side * len(wanted) / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("surface"))
    for number, (name, token) in enumerate(wanted):
        plate = QRect(round(left + number * side), round(body.top()) + theme.space(PLATE_TOP), side, side).adjusted(
            1, 1, -1, -1
        )
        painter.drawEllipse(plate)
        inset = side // 6
        icon(name, token).paint(painter, plate.adjusted(inset, inset, -inset, -inset))


_PINNED: Final = ("pin", "text")
_CONFUSED: Final = ("warning", "warning")
_COPY: Final = ("copy", "text")


def _draw_reach(painter: QPainter, area: QRectF, look: SwatchLook, theme: Theme, fonts: SwatchFonts) -> None:
    """Write below how far apart the colours up to this one are."""
    painter.setPen(theme.colour("warning" if look.is_short else "text_muted"))
    height = theme.space(FIGURE_HEIGHT)
    place = QRectF(area.left(), area.bottom() - height + 1, area.width(), height)
    reach = look.reach or 0.0
    for text in (f"{reach:.1f}", f"{reach:.0f}"):
        if _write(painter, place, text, fonts.strong if look.is_short else fonts.small):
            return


def _draw_ring(painter: QPainter, body: QRectF, look: SwatchLook, theme: Theme) -> None:
    """Draw the ring of the keyboard, with a line inside that parts it from a colour like it."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for inset, colour, width in ((1.0, theme.colour("accent"), 2.0), (2.5, theme.colour("surface"), 1.0)):
        painter.setPen(QPen(colour, width))
        painter.drawRoundedRect(body.adjusted(inset, inset, -inset, -inset), look.corner, look.corner)


def _ink(colour: QColor) -> QColor:
    return QColor("black") if _is_bright(colour) else QColor("white")


def _is_bright(colour: QColor) -> bool:
    """Tell whether black can be read more easily on a colour than white."""
    share = 0.2126 * colour.redF() ** 2.2 + 0.7152 * colour.greenF() ** 2.2 + 0.0722 * colour.blueF() ** 2.2
    return bool(share > _BRIGHT)
