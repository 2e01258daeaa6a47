"""The texts of the overlay: the size of the choice, and which keys do what now."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from app.capture.geometry import Rect
from app.capture.selection import Mode
from app.core.i18n import mark, tr
from app.ui.overlay.style import Style

_AIM = mark("Drag over what you want   ·   Arrows, Enter: by keyboard   ·   Esc: cancel")
_AIM_AGAIN = mark(
    "Drag over what you want   ·   R: last region again   ·   Arrows, Enter: by keyboard   ·   Esc: cancel"
)
_DRAG = mark("Let go to take it   ·   Space: move   ·   Let go with Shift: adjust first   ·   Esc: cancel")
_DRAW = mark("Arrows: enlarge (Ctrl: by 10)   ·   Enter: take it   ·   Esc: cancel")
_ADJUST = mark("Arrows: move (Shift: resize, Ctrl: by 10)   ·   Enter: take it   ·   Esc: cancel")
_OTHER_SCREEN = mark("Tab: other screen")
_HINTS = {Mode.DRAG: _DRAG, Mode.DRAW: _DRAW, Mode.ADJUST: _ADJUST, Mode.SHIFT: _ADJUST}


def hint(mode: Mode, *, has_last: bool, screens: int) -> str:
    """Return which keys and moves do what in the mode, in the user's language."""
    if mode is not Mode.AIM:
        return tr(_HINTS[mode])
    text = tr(_AIM_AGAIN) if has_last else tr(_AIM)
    return f"{text}   ·   {tr(_OTHER_SCREEN)}" if screens > 1 else text


def size_text(rect: Rect) -> str:
    """Return the size of the choice in pixels."""
    return tr("{width} × {height} px", width=rect.width, height=rect.height)


def pill_size(text: str, font: QFont, style: Style) -> QSize:
    """Return how large a text with its margins is."""
    metrics = QFontMetrics(font)
    return QSize(metrics.horizontalAdvance(text) + 3 * style.space, metrics.height() + style.space)


def place_size(area: QRect, size: QSize, window: QRect) -> QRect:
    """Return where the size of a choice goes: above its left end, or inside where there is no room above."""
    y = area.top() - size.height() - 4
    if y < window.top():
        y = area.top() + 4
    x = min(area.left(), window.right() - size.width())
    return QRect(QPoint(max(x, window.left()), y), size)


def place_hint(size: QSize, window: QRect, avoid: QRect) -> QRect:
    """Return where the hint goes: at the foot of the screen, at its head while the crosshair is down there."""
    x = window.center().x() - size.width() // 2
    margin = size.height()
    foot = QRect(QPoint(x, window.bottom() - margin - size.height()), size)
    head = QRect(QPoint(x, window.top() + margin), size)
    return head if foot.adjusted(-margin, -margin, margin, margin).intersects(avoid) else foot


def paint_pill(painter: QPainter, area: QRect, text: str, font: QFont, style: Style) -> None:
    """Draw a text on its rounded ground."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(style.border)
    painter.setBrush(style.surface)
    radius = min(style.space, area.height() / 2)
    painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(style.text)
    painter.setFont(font)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
