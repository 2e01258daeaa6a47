"""The colours of a palette as large swatches: copy, reorder by dragging or by keys, see what others see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from app.core.i18n import tr
from app.palette import colour_name
from app.ui.palette.swatch_painter import FIGURE_HEIGHT, SwatchFonts, SwatchLook, draw_swatch

if TYPE_CHECKING:
    from app.ui.palette.scoring import Score
    from app.ui.theme import Theme

TALL: Final = 92
"""Height of swatches with room for texts, units of `Theme.space`."""
GAP: Final = 4
"""Between two swatches, units of `Theme.space`; a ramp has none."""
TOLD_MS: Final = 2000
_LONG: Final = 20
"""From so many colours on there is no gap."""


class SwatchStrip(QWidget):
    """Large swatches of which one is the current one.

    Args:
        theme: colours and fonts.
        height: of the swatches, units of `Theme.space`.

    """

    copied = Signal(str)
    """This colour is wanted on the clipboard."""
    previewed = Signal()
    """The colours are in another order while one is dragged."""
    reordered = Signal(object)
    """The colours shall stay in this order (tuple of "#rrggbb")."""
    current_changed = Signal()

    def __init__(self, theme: Theme, height: int = TALL) -> None:
        super().__init__()
        self._theme, self._height = theme, height
        self._colours: tuple[str, ...] = ()
        self._seen: tuple[str, ...] = ()
        self._score: Score | None = None
        self._pinned: frozenset[str] = frozenset()
        self._is_ramp = self._is_fixed = False
        self._current, self._hovered, self._told = 0, -1, -1
        self._pressed: QPoint | None = None
        self._before: tuple[str, ...] | None = None
        self._timer = QTimer(self, singleShot=True, interval=TOLD_MS)
        self._timer.timeout.connect(self._forget)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def current(self) -> int:
        """The place of the current colour."""
        return self._current

    @property
    def colour(self) -> str:
        """The current colour."""
        return self._colours[self._current]

    @property
    def colours(self) -> tuple[str, ...]:
        """The colours in the order in which they are shown."""
        return self._colours

    @property
    def reach(self) -> tuple[float | None, ...]:
        """What is written below the colours, () while they are being measured."""
        score = self._fitting_score()
        return score.reach if score is not None else ()

    @property
    def is_dragging(self) -> bool:
        """Whether a colour is being dragged."""
        return self._before is not None

    def show_colours(self, colours: tuple[str, ...], pinned: frozenset[str], *, is_ramp: bool, is_fixed: bool) -> None:
        """Show other colours; those of a fixed strip cannot be reordered."""
        self._colours, self._pinned = colours, pinned
        self._is_ramp, self._is_fixed = is_ramp, is_fixed
        self._before = None
        self._current = min(self._current, len(colours) - 1)
        self._timer.stop()
        self._told = -1
        self._describe()
        self.update()

    def show_seen(self, seen: tuple[str, ...]) -> None:
        """Show below each colour how other readers see it, () for nothing."""
        self._seen = seen
        self.update()

    def show_score(self, score: Score | None) -> None:
        """Write the score of the colours to the swatches."""
        self._score = score
        self.update()

    def set_current(self, place: int) -> None:
        """Make another colour the current one."""
        if self._colours:
            self._current = min(max(place, 0), len(self._colours) - 1)
            self._describe()
            self.current_changed.emit()
            self.update()

    def tell_copied(self) -> None:
        """Say for two seconds at the current colour that it was copied."""
        self._told = self._current
        self._timer.start()
        self.update()

    def move_current(self, step: int) -> None:
        """Move the current colour by one place."""
        target = self._current + step
        if not self._is_fixed and 0 <= target < len(self._colours):
            colours = _moved(self._colours, self._current, target)
            self._current = target
            self.reordered.emit(colours)

    def swatch_rect(self, place: int) -> QRect:
        """Return the area of a swatch."""
        count = max(len(self._colours), 1)
        gap = 0 if self._is_ramp or count >= _LONG else self._theme.space(GAP)
        width = (self.width() + gap) / count
        left, right = round(place * width), round((place + 1) * width) - gap
        return QRect(left, 0, right - left, self.height())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size at which names and figures can be read."""
        return QSize(self._theme.space(320), self._theme.space(self._height) + self._theme.space(FIGURE_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go to another colour, copy the current one, or give up dragging."""
        key = event.key()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -_FAR, Qt.Key.Key_End: _FAR}
        if key in steps and event.modifiers() in (_NONE, Qt.KeyboardModifier.KeypadModifier):
            self.set_current(self._current + steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.copied.emit(self.colour)
        elif key == Qt.Key.Key_Escape and self.is_dragging:
            self._give_up()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Make the colour under the pointer the current one."""
        place = self._place_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._pressed = event.position().toPoint()
            self.set_current(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drag the colour that was pressed, or show which one is under the pointer."""
        here = event.position().toPoint()
        self._hovered = self._place_at(here)
        if self._pressed is not None and not self._is_fixed:
            is_far = abs(here.x() - self._pressed.x()) >= QApplication.startDragDistance()
            if self.is_dragging or is_far:
                self._drag_to(max(0, min(self._hovered if self._hovered >= 0 else self._edge(here), _FAR)))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drop the colour, or copy it when it was only clicked."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        if self._before is None:
            self.copied.emit(self.colour)
            return
        before, self._before = self._before, None
        self.unsetCursor()
        if self._colours != before:
            self.reordered.emit(self._colours)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Have no colour under the pointer."""
        self._hovered = -1
        self.update()

    def event(self, event: QEvent) -> bool:
        """Tell name and notation of the colour under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._place_at(event.pos())
            QToolTip.showText(event.globalPos(), self._text_of(place) if place >= 0 else "", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw all swatches."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        score, fonts = self._fitting_score(), SwatchFonts.of(self._theme)
        for place, colour in enumerate(self._colours):
            look = SwatchLook(
                colour=QColor(colour),
                seen=QColor(self._seen[place]) if place < len(self._seen) else None,
                reach=score.reach[place] if score is not None else None,
                is_short=score is not None and score.is_short(place),
                is_confused=score is not None and place in score.confused,
                is_pinned=colour in self._pinned,
                is_current=place == self._current and self.hasFocus(),
                is_hovered=place == self._hovered or (self.is_dragging and place == self._current),
                note=tr("Copied") if place == self._told else "",
                corner=0 if self._is_ramp or len(self._colours) >= _LONG else self._theme.space(6),
            )
            draw_swatch(painter, QRectF(self.swatch_rect(place)), look, self._theme, fonts)

    def _fitting_score(self) -> Score | None:
        """Return the score unless it is that of other colours."""
        score = self._score
        return score if score is not None and score.report.palette.colours == self._colours else None

    def _place_at(self, point: QPoint) -> int:
        """Return the place of the swatch under a point, -1 for none."""
        return next((place for place in range(len(self._colours)) if self.swatch_rect(place).contains(point)), -1)

    def _edge(self, point: QPoint) -> int:
        """Return the place nearest to a point beside the swatches."""
        share = point.x() / max(self.width(), 1)
        return min(max(int(share * len(self._colours)), 0), len(self._colours) - 1)

    def _drag_to(self, place: int) -> None:
        if self._before is None:
            self._before = self._colours
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if place != self._current:
            self._colours = _moved(self._colours, self._current, place)
            self._current = place
            self.previewed.emit()

    def _give_up(self) -> None:
        if self._before is not None:
            self._colours, self._before, self._pressed = self._before, None, None
            self.unsetCursor()
            self.previewed.emit()
            self.update()

    def _forget(self) -> None:
        self._told = -1
        self.update()

    def _text_of(self, place: int) -> str:
        """Return what a colour is called and, in a second line, how far it is from others."""
        colour = self._colours[place]
        text = tr("{number}: {name}, {colour}", number=place + 1, name=colour_name(colour), colour=colour)
        score = self._fitting_score()
        reach = score.reach[place] if score is not None else None
        if score is None or reach is None:
            return text
        distance = f"{reach:.1f}"
        if score.report.ramp is not None:
            return f"{text}\n{tr('{distance} from the colour before', distance=distance)}"
        return f"{text}\n{tr('Colours 1 to {number} are {distance} apart', number=place + 1, distance=distance)}"

    def _describe(self) -> None:
        if self._colours:
            self.setAccessibleDescription(self._text_of(self._current))


_NONE: Final = Qt.KeyboardModifier.NoModifier
_FAR: Final = 1000
"""More than any palette has colours."""


def _moved(colours: tuple[str, ...], start: int, end: int) -> tuple[str, ...]:
    """Return the colours with one of them at another place."""
    left = list(colours)
    left.insert(end, left.pop(start))
    return tuple(left)
