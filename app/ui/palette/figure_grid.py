"""The figures, as many side by side as there is room for; two palettes are compared column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.i18n import tr

if TYPE_CHECKING:
    from app.ui.palette.figure_painter import Picture, Wish
    from app.ui.theme import Theme

NARROWEST: Final = 280
"""Width of a figure at least, units of `Theme.space`."""
SHAPE: Final = 0.68
"""Height of a figure as a share of its width."""
GAP: Final = 12
MOST_COLUMNS: Final = 4
SETTLE_MS: Final = 120
"""After the last change of the width figures are painted anew in their new size."""


class FigureGrid(QWidget):
    """Draws pictures of figures with their titles; says when they are needed in another size."""

    tile_resized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._wish: Wish | None = None
        self._pictures: dict[tuple[str, int], Picture] = {}
        self._fresh: list[tuple[str, int]] = []
        self._sides = 1
        self._tile = QSize()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.tile_resized)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    @property
    def tile(self) -> QSize:
        """The size of each figure, logical pixels."""
        return self._tile

    @property
    def pictures(self) -> list[Picture]:
        """What is shown, in order."""
        return list(self._pictures.values())

    def show_sides(self, sides: int) -> None:
        """Make room for one palette or for two."""
        if sides != self._sides:
            is_fewer = sides < self._sides
            self._sides = sides
            kept = [place for place in self._pictures if is_fewer and place[1] < sides]
            self._pictures = {place: self._pictures[place] for place in kept}
            self._arrange()

    def take(self, wish: Wish, picture: Picture) -> None:
        """Show one picture; those of an older wish stay until their place is taken."""
        if wish is not self._wish:
            self._wish, self._fresh = wish, []
        place = (picture.key, picture.side)
        is_new = place not in self._pictures
        self._fresh.append(place)
        self._pictures[place] = picture
        if is_new:
            self._arrange()
        else:
            area = self.tile_rect(list(self._pictures).index(place))
            self.update(area.adjusted(-1, -1, 1, self._line() + 1))

    def settle(self) -> None:
        """Let go of figures that the newest wish does not have, and keep its order."""
        if self._fresh != list(self._pictures):
            self._pictures = {place: self._pictures[place] for place in self._fresh}
            self._arrange()

    def columns(self, width: int) -> int:
        """Return how many figures stand side by side; an even number when two palettes are compared."""
        gap = self._theme.space(GAP)
        fitting = max(1, min((width + gap) // (self._theme.space(NARROWEST) + gap), MOST_COLUMNS))
        return max(fitting - fitting % self._sides, self._sides)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Say that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the height of all rows."""
        tile = self._tile_for(width)
        rows = -(-max(len(self._pictures), 1) // self.columns(width))
        return rows * (tile.height() + self._line() + self._theme.space(GAP))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for one figure."""
        width = self._theme.space(NARROWEST)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return room for the narrowest figures."""
        return QSize(self._theme.space(NARROWEST), self._theme.space(NARROWEST))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Ask for pictures of the new size in a moment; the first time at once."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the figures that are seen."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for number, picture in enumerate(self._pictures.values()):
            area = self.tile_rect(number)
            if area.adjusted(0, 0, 0, self._line()).intersects(event.rect()):
                self._draw(painter, area, picture)

    def tile_rect(self, number: int) -> QRect:
        """Return where a figure is."""
        row, column = divmod(number, self.columns(self.width()))
        gap = self._theme.space(GAP)
        left = column * (self._tile.width() + gap)
        top = row * (self._tile.height() + self._line() + gap)
        return QRect(QPoint(left, top), self._tile)

    def _draw(self, painter: QPainter, area: QRect, picture: Picture) -> None:
        outline = QPainterPath()
        corner = self._theme.space(6)
        outline.addRoundedRect(QRectF(area), corner, corner)
        painter.save()
        painter.setClipPath(outline)
        painter.drawImage(area, picture.image)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("border"), 1.0))
        painter.drawPath(outline)
        font = self._theme.font("small")
        painter.setFont(font)
        painter.setPen(self._theme.colour("text_muted"))
        line = QRect(area.left(), area.bottom() + 1, area.width(), self._line())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self._title(picture, QFontMetrics(font), line.width()))

    def _title(self, picture: Picture, metrics: QFontMetrics, width: int) -> str:
        title = tr(picture.title)
        if self._sides > 1 and self._wish is not None and picture.side < len(self._wish.palettes):
            title = f"{self._wish.palettes[picture.side].name}: {title}"
        return metrics.elidedText(title, Qt.TextElideMode.ElideRight, width)

    def _tile_for(self, width: int) -> QSize:
        columns, gap = self.columns(width), self._theme.space(GAP)
        across = (width - gap * (columns - 1)) // columns
        return QSize(across, round(across * SHAPE))

    def _line(self) -> int:
        return self._theme.space(22)

    def _arrange(self) -> None:
        tile = self._tile_for(self.width())
        is_first = self._tile.isEmpty()
        if tile != self._tile:
            self._tile = tile
            self._settle.start(0 if is_first else SETTLE_MS)
        self.updateGeometry()
        self.update()
