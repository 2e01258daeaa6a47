"""A sheet to draw a formula on with mouse, finger or pen."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMarginsF, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.i18n import tr
from app.ui.formula.ink import Dot, Ink, Stroke, Strokes, bounds, paint, picture, without_touched

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.theme import Theme

REST_MS: Final = 700
"""The hand rests this long before the drawing is read: between two letters of a word it rests about half as long."""
LINE: Final = 3.0
"""Width of a line in pixels, which a pen's pressure changes."""
LIGHTEST, STRONGEST = 0.5, 1.5
"""Share of that width at the least and at the most pressure."""
ERASER: Final = 10.0
"""Radius of the eraser in pixels."""
PALM_S: Final = 0.7
"""A touch so soon after the pen is the hand that holds it."""
MOUSE, TOUCH, PEN = "mouse", "touch", "pen"


class Canvas(QWidget):
    """Takes strokes and says when the hand rests.

    Args:
        theme: colours and fonts.
        parent: the owner.

    """

    rested = Signal(QImage)
    """The drawing, black on white, some time after the last change; null when nothing is left."""
    changed = Signal()
    """There are other strokes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ink = Ink()
        self._pointer = ""
        self._stroke: list[Dot] = []
        self._left: Strokes = ()
        self._erases = self._is_eraser = False
        self._last = QPointF()
        self._pen_seen = -PALM_S
        self._scale = 1.0
        self._sheet = QPixmap()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.rest)
        theme.changed.connect(self._redraw)
        self.set_erasing(False)

    @property
    def ink(self) -> Ink:
        """The strokes; they are changed by the methods here."""
        return self._ink

    @property
    def picture(self) -> QImage:
        """The drawing as it is read: black ink on white paper, null for none."""
        return picture(self._ink.strokes)

    def set_erasing(self, erasing: bool) -> None:
        """Let mouse, finger and pen erase, or draw; the other end of a pen always erases."""
        self._is_eraser = erasing
        self.setCursor(self._eraser_cursor() if erasing else Qt.CursorShape.CrossCursor)

    def undo(self) -> None:
        """Take the last change back."""
        self._on_change(self._ink.undo)

    def redo(self) -> None:
        """Make the change again that was taken back."""
        self._on_change(self._ink.redo)

    def clear(self) -> None:
        """Take all strokes away, which can be undone."""
        self._change(())

    def rest(self) -> None:
        """Hand the drawing out now."""
        self._rest.stop()
        self.rested.emit(self.picture)

    def retranslate(self) -> None:
        """Write the texts in the current language."""
        self.setAccessibleName(tr("Sheet to draw a formula on"))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for a line of handwriting."""
        return QSize(640, 240)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for some letters."""
        return QSize(160, 96)

    def event(self, event: QEvent) -> bool:
        """Take touches, which Qt hands out here only."""
        if isinstance(event, QTouchEvent):
            self._on_touch(event)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin a stroke with the left button."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._press(MOUSE, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go on with the stroke."""
        self._move(MOUSE, event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """End the stroke."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._release(MOUSE)

    def tabletEvent(self, event: QTabletEvent) -> None:  # noqa: N802 - Qt's name
        """Draw with a pen as broad as it presses; its other end erases."""
        self._pen_seen = monotonic()
        width = LINE * (LIGHTEST + (STRONGEST - LIGHTEST) * event.pressure())
        if event.type() == QEvent.Type.TabletPress:
            self._press(PEN, event.position(), width, event.pointerType() == QPointingDevice.PointerType.Eraser)
        elif event.type() == QEvent.Type.TabletMove:
            self._move(PEN, event.position(), width)
        elif event.type() == QEvent.Type.TabletRelease:
            self._release(PEN)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show the drawing smaller where it would not fit."""
        super().resizeEvent(event)
        covered = bounds(self._ink.strokes)
        shares = [
            room / side for room, side in ((self.width(), covered.right()), (self.height(), covered.bottom())) if side
        ]
        self._scale = min([1.0, *shares])
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow another screen's resolution."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._redraw()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the strokes, or say what the sheet is for."""
        painter = QPainter(self)
        if not (self._ink.strokes or self._stroke):
            painter.setPen(self._theme.colour("text_muted"))
            words = tr("Write a formula here with mouse, finger or pen")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
        if self._sheet.isNull():
            self._sheet = self._drawn(self._ink.strokes)
        painter.drawPixmap(0, 0, self._sheet)
        if self._stroke:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(self._scale, self._scale)
            paint(painter, Stroke(tuple(self._stroke)), self._theme.colour("text"))
        painter.end()

    def _on_touch(self, event: QTouchEvent) -> None:
        """Draw with the first finger; other fingers and the hand that holds a pen do nothing."""
        kind, points = event.type(), event.points()
        if kind == QEvent.Type.TouchCancel:
            self._cancel(TOUCH)
        elif kind == QEvent.Type.TouchBegin and monotonic() - self._pen_seen > PALM_S:
            self._press(TOUCH, points[0].position())
        elif kind == QEvent.Type.TouchUpdate:
            self._move(TOUCH, points[0].position())
        elif kind == QEvent.Type.TouchEnd:
            self._release(TOUCH)
        event.accept()

    def _press(self, pointer: str, place: QPointF, width: float = LINE, erases: bool = False) -> None:
        """Begin a stroke, unless another pointer is at it; a pen takes over from the hand that holds it."""
        if self._pointer and pointer != PEN:
            return
        self._cancel(self._pointer)
        self._rest.stop()
        self._pointer, self._erases = pointer, erases or self._is_eraser
        self._left = self._ink.strokes
        self._last = place / self._scale
        if self._erases:
            self._erase(self._last)
        else:
            self._stroke = [Dot(self._last, width)]
        self.update()

    def _move(self, pointer: str, place: QPointF, width: float = LINE) -> None:
        """Go on with the stroke of this pointer."""
        if pointer != self._pointer:
            return
        if self._erases:
            self._erase(place / self._scale)
        elif place / self._scale != self._stroke[-1].at:
            self._stroke.append(Dot(place / self._scale, width))
        self.update()

    def _release(self, pointer: str) -> None:
        """End the stroke of this pointer and keep what it did."""
        if pointer != self._pointer:
            return
        self._pointer = ""
        if self._erases:
            self._change(self._left)
            return
        stroke, self._stroke = Stroke(tuple(self._stroke)), []
        self._change((*self._ink.strokes, stroke))

    def _cancel(self, pointer: str) -> None:
        """Forget the stroke of this pointer."""
        if pointer and pointer == self._pointer:
            self._pointer, self._stroke = "", []
            self._redraw()

    def _erase(self, place: QPointF) -> None:
        """Take away the strokes between the eraser's last place and this one."""
        left = without_touched(self._left, self._last, place, ERASER)
        self._last = place
        self._draw_anew(self._left, left)
        self._left = left

    def _change(self, strokes: Strokes) -> None:
        self._on_change(lambda: self._ink.replace(strokes))

    def _on_change(self, change: Callable[[], None]) -> None:
        before = self._ink.strokes
        change()
        self._draw_anew(before, self._ink.strokes)
        self._tell()

    def _tell(self) -> None:
        """Say that there are other strokes, now and, unless more come, when the hand has rested."""
        self.update()
        self._rest.start()
        self.changed.emit()

    def _redraw(self) -> None:
        self._sheet = QPixmap()
        self.update()

    def _drawn(self, strokes: Strokes) -> QPixmap:
        """Return strokes on nothing, as large as the canvas."""
        ratio = self.devicePixelRatioF()
        sheet = QPixmap(self.size() * ratio)
        sheet.setDevicePixelRatio(ratio)
        sheet.fill(Qt.GlobalColor.transparent)
        painter = self._painter(sheet)
        for stroke in strokes:
            paint(painter, stroke, self._theme.colour("text"))
        painter.end()
        return sheet

    def _draw_anew(self, before: Strokes, after: Strokes) -> None:
        """Draw the sheet again where strokes came or went; all of a full one would take longer than a screen waits."""
        if before == after or self._sheet.isNull():
            return
        area = bounds(set(before) ^ set(after)).marginsAdded(self._soft_edge)
        painter = self._painter(self._sheet)
        painter.setClipRect(area)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        painter.fillRect(area.marginsAdded(self._soft_edge), Qt.GlobalColor.transparent)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        for stroke in after:
            if stroke.area.intersects(area):
                paint(painter, stroke, self._theme.colour("text"))
        painter.end()

    @property
    def _soft_edge(self) -> QMarginsF:
        """How far the smoothing of edges may reach beyond the ink, in pixels of the canvas."""
        side = 1 / self._scale
        return QMarginsF(side, side, side, side)

    def _painter(self, sheet: QPixmap) -> QPainter:
        """Return what draws on a sheet at the size at which the drawing is shown."""
        painter = QPainter(sheet)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._scale, self._scale)
        return painter

    def _eraser_cursor(self) -> QCursor:
        """Return a circle as large as the eraser, seen on dark and light."""
        side = round(2 * ERASER) + 4
        drawing = QPixmap(side, side)
        drawing.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawing)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((QColor("white"), 3.0), (QColor("black"), 1.0)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(QPointF(side / 2, side / 2), ERASER, ERASER)
        painter.end()
        return QCursor(drawing)
