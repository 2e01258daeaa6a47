"""Keeps swatches, verdict and figures in step with the palette in front, with who looks, and on what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from app.core.errors import InputError, PaperdeskError
from app.core.i18n import tr
from app.palette import Model, Palette, Standard
from app.palette.colour import WHITE
from app.ui.palette.exporter import Dress
from app.ui.palette.figure_painter import FigurePainter, Look, Wish
from app.ui.palette.scoring import score, seen_by

if TYPE_CHECKING:
    from app.ui.desk import Desk
    from app.ui.palette.actions import PaletteActions
    from app.ui.palette.bench import Bench
    from app.ui.palette.opening import Opened
    from app.ui.palette.workbench import Workbench

DARK: Final = "#1b1e23"
"""What dark figures are drawn on."""


class Display(QObject):
    """Measures and paints off the window's thread; what is not wanted any more is dropped.

    Args:
        desk: settings and tasks.
        bench: the palette in front.
        workbench: where it is shown.
        actions: whose states say how figures are drawn.

    """

    changed = Signal()
    """There is another palette to compare with, or other data of the user's own."""
    failed = Signal(object)

    def __init__(self, desk: Desk, bench: Bench, workbench: Workbench, actions: PaletteActions) -> None:
        super().__init__(workbench)
        self._desk, self._bench, self._workbench, self._actions = desk, bench, workbench, actions
        self.other: Palette | None = None
        """The palette that the one in front is compared with."""
        self.opened: Opened | None = None
        """The user's own data or style, which figures are drawn with."""
        self._number = 0
        self.painter = FigurePainter(desk, self)
        self._connect()

    @property
    def dress(self) -> Dress:
        """What is exported."""
        return Dress(self._bench.palette, self._background(), self._actions.marks.isChecked())

    def standard(self) -> Standard:
        """Return what palettes are measured against."""
        settings = self._desk.settings
        return Standard(
            settings.number("palette.limit"),
            Model(settings.text("palette.model")),
            settings.integer("palette.severity") / 100,
            self._background(),
        )

    def refresh(self) -> None:
        """Measure and paint all that is shown."""
        self.measure()
        self.paint()

    def compare_with(self, other: Palette | None) -> None:
        """Show another palette beside the one in front; None: no more."""
        self.other = other
        self._workbench.other.setVisible(other is not None)
        self._workbench.grid.show_sides(1 if other is None else 2)
        self._measure_other()
        self.paint()
        self.changed.emit()

    def show_own(self, opened: Opened | None) -> None:
        """Draw figures with the user's own data or style; None: with neither."""
        self.opened = opened
        self._number += 1
        self.paint()
        self.changed.emit()

    def measure(self) -> None:
        """Measure the palettes that are shown."""
        palette, standard = self._in_order(), self.standard()
        self._desk.tasks.run(
            lambda _progress: score(palette, standard), self._workbench.show_score, channel="palette.score"
        )
        self._measure_other()
        self._show_seen()

    def paint(self) -> None:
        """Paint the figures as they are wanted now, once their size is known."""
        grid, visions = self._workbench.grid, self._workbench.visions
        if grid.tile.isEmpty() or not grid.isVisible():
            return
        palettes = (self._bench.palette,) if self.other is None else (self._bench.palette, self.other)
        table, style = (self.opened.table, self.opened.style) if self.opened is not None else (None, None)
        size = grid.tile.width(), grid.tile.height()
        self.painter.request(
            Wish(
                palettes,
                Look(*size, grid.devicePixelRatioF(), table, style, self._number),
                visions.vision,
                visions.severity,
                self.standard().model,
                self._background(),
                self._actions.marks.isChecked(),
            )
        )

    def _in_order(self) -> Palette:
        """Return the palette in front, in the order in which its colours are being dragged."""
        strip, palette = self._workbench.strip, self._bench.palette
        return replace(palette, colours=strip.colours) if strip.is_dragging else palette

    def _measure_other(self) -> None:
        other, standard = self.other, self.standard()
        if other is not None:
            self._workbench.other.show_palette(other)
            self._desk.tasks.run(
                lambda _progress: score(other, standard), self._workbench.other.show_score, channel="palette.other"
            )
            self._show_seen()

    def _show_seen(self) -> None:
        """Show below the swatches how the readers that are chosen see them."""
        bench, visions, model = self._workbench, self._workbench.visions, self.standard().model
        for palette, strip in ((self._in_order(), bench.strip), (self.other, bench.other.strip)):
            if palette is not None:
                strip.show_seen(seen_by(palette, visions.vision, visions.severity, model))

    def _on_vision(self) -> None:
        self._show_seen()
        self.paint()

    def _on_paint_error(self, error: Exception) -> None:
        """Do without the user's own style or data when matplotlib cannot draw with them."""
        opened = self.opened
        if opened is None or isinstance(error, PaperdeskError):
            self.failed.emit(error)
            return
        self.show_own(None)
        text = tr("Matplotlib cannot draw with {name}: {reason}", name=opened.path.name, reason=error)
        self.failed.emit(InputError(text))

    def _background(self) -> str:
        return DARK if self._actions.dark.isChecked() else WHITE

    def _connect(self) -> None:
        grid = self._workbench.grid
        self._workbench.strip.previewed.connect(self.measure)
        self._workbench.visions.changed.connect(self._on_vision)
        grid.tile_resized.connect(self.paint)
        self.painter.painted.connect(grid.take)
        self.painter.finished.connect(lambda _wish: grid.settle())
        self.painter.failed.connect(self._on_paint_error)
