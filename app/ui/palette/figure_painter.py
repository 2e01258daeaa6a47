"""Paints the figures off the window's thread: the newest wish only, and what is seen first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.palette import Kind, Model, Palette, Theme, Vision
from app.palette.colour import WHITE

if TYPE_CHECKING:
    from app.core.progress import Progress
    from app.palette import Gallery, PaintedFigure
    from app.palette.figures.data import Table
    from app.ui.desk import Desk


OWN: Final = "own"
"""Key of the user's own figure."""
SERIES: Final = frozenset({"line", "scatter", "bar", "map"})
"""Figures in the colours of series; the others are in those of ramps."""


@dataclass(frozen=True)
class Look:
    """How figures are drawn whatever their colours are."""

    width: int = 320
    height: int = 230
    """Of each figure, logical pixels."""
    ratio: float = 1.0
    """Device pixels to each."""
    table: Table | None = field(default=None, compare=False)
    style: Mapping[str, Any] | None = field(default=None, compare=False)
    number: int = 0
    """Another number for each other table or style."""


@dataclass(frozen=True)
class Wish:
    """What is to be painted."""

    palettes: tuple[Palette, ...] = ()
    """One, or two that are compared."""
    look: Look = Look()
    vision: Vision = Vision.NORMAL
    severity: float = 1.0
    model: Model = Model.MACHADO
    background: str = WHITE
    with_marks: bool = False


@dataclass(frozen=True)
class Picture:
    """One figure in the colours of one palette."""

    side: int
    """Place of its palette in the wish."""
    key: str
    title: str
    """A marked text, or that of the user's own figure."""
    image: QImage


class FigurePainter(QObject):
    """Paints what was asked for last; an older wish is left unfinished."""

    painted = Signal(object, object)
    """A `Wish` and one `Picture` of it."""
    finished = Signal(object)
    """All pictures of this `Wish` are painted."""
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wish: Wish | None = None
        self._is_busy = False
        self._galleries: dict[tuple[Look, int], Gallery] = {}
        self._themes: dict[Wish, tuple[Theme, ...]] = {}

    def request(self, wish: Wish) -> None:
        """Paint this as soon as the figure that is being painted is done."""
        if wish == self._wish:
            return
        self._wish = wish
        if not self._is_busy:
            self._start()

    def _start(self) -> None:
        wish = self._wish
        if wish is None or not wish.palettes:
            return
        self._is_busy = True
        self._desk.tasks.run(lambda progress: self._paint(wish, progress), self._done, self._fail)

    def _paint(self, wish: Wish, progress: Progress) -> Wish:
        """Paint on a thread of its own until another wish comes."""
        galleries = [self._gallery(wish.look, side) for side in range(len(wish.palettes))]
        themes = self._themes_of(wish)
        for key in _ordered(galleries[0].titles, wish.palettes[0].kind):
            for side, gallery in enumerate(galleries):
                progress.report(0)
                if self._wish is not wish:
                    return wish
                figures = gallery.paint(themes[side], wish.vision, wish.severity, wish.model, [key])
                self.painted.emit(wish, _picture(side, figures[0], wish.look.ratio))
        return wish

    def _gallery(self, look: Look, side: int) -> Gallery:
        """Return the gallery for one of the palettes; those of another look are forgotten."""
        from app.palette import Gallery  # noqa: PLC0415 - matplotlib takes a second to import

        if any(each != look for each, _ in self._galleries):
            self._galleries.clear()
        if (look, side) not in self._galleries:
            self._galleries[look, side] = Gallery(
                look.width, look.height, look.ratio, table=look.table, style=look.style
            )
        return self._galleries[look, side]

    def _themes_of(self, wish: Wish) -> Sequence[Theme]:
        """Return the themes of the palettes; the last ones are remembered, because ramps take time."""
        asked = Wish(wish.palettes, background=wish.background, with_marks=wish.with_marks)
        if asked not in self._themes:
            made = [
                Theme.of(palette, background=wish.background, with_marks=wish.with_marks) for palette in wish.palettes
            ]
            self._themes = {asked: tuple(made)}
        return self._themes[asked]

    def _done(self, wish: Wish) -> None:
        self._is_busy = False
        if self._wish is not wish:
            self._start()
        else:
            self.finished.emit(wish)

    def _fail(self, error: Exception) -> None:
        self._is_busy = False
        self.failed.emit(error)


def _ordered(keys: Iterable[str], kind: Kind) -> list[str]:
    """Return the figures in order: first the user's own, then those that the palette is meant for."""
    is_for_series = kind is Kind.QUALITATIVE
    return sorted(keys, key=lambda key: (key != OWN, (key in SERIES) != is_for_series))


def _picture(side: int, figure: PaintedFigure, ratio: float) -> Picture:
    height, width, _ = figure.pixels.shape
    image = QImage(figure.pixels.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBX8888).copy()
    image.setDevicePixelRatio(ratio)
    return Picture(side, figure.key, figure.title, image)
