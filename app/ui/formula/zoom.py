"""One scale for the picture and its answer, so that they can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from app.ui.formula.picture_view import PictureView

STEP: Final = 1.25
LEAST: Final = 0.05
MOST: Final = 16.0
FIT_MOST: Final = 3.0
"""A small picture is not enlarged beyond this to fill its pane."""


class Zoom(QObject):
    """The scale of several views; they fit their panes until the user zooms."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._views: list[PictureView] = []
        self._chosen: float | None = None
        self._scale = 1.0

    @property
    def scale(self) -> float:
        """Screen pixels for a pixel of the picture."""
        return self._scale

    @property
    def fits(self) -> bool:
        """Whether the scale follows the size of the panes."""
        return self._chosen is None

    def add(self, view: PictureView) -> None:
        """Give `view` this scale from now on."""
        self._views.append(view)

    def zoom_in(self) -> None:
        """Enlarge by a step."""
        self.set_scale(self._scale * STEP)

    def zoom_out(self) -> None:
        """Reduce by a step."""
        self.set_scale(self._scale / STEP)

    def fit(self) -> None:
        """Let the views fit their panes again."""
        self._chosen = None
        self.refresh()

    def set_scale(self, scale: float) -> None:
        """Use `scale` until further notice."""
        self._chosen = min(max(scale, LEAST), MOST)
        self.refresh()

    def refresh(self) -> None:
        """Find the scale anew: a view has another size or other content."""
        fitting = [scale for view in self._views if (scale := view.fitting_scale()) is not None]
        scale = self._chosen if self._chosen is not None else min([FIT_MOST, *fitting])
        if abs(scale - self._scale) > 1e-6:  # noqa: PLR2004 - less than any pixel
            self._scale = scale
        self.changed.emit()
