"""The drawing of the source, made anew a moment after each change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.formula.render import MARGIN, RenderError, render_svg
from app.formula.tex_preview import is_available, render_tex

if TYPE_CHECKING:
    from app.core.progress import Progress
    from app.ui.desk import Desk

PAUSE_MS: Final = 150
"""Typing rests this long before the source is drawn."""
TEX_PAUSE_MS: Final = 500
"""It rests this long after that before the user's LaTeX draws it, too, which takes a process and a while."""
EM_PX: Final = 24.0
TEX: Final = "formula.tex_preview"


@dataclass(frozen=True)
class Drawing:
    """How a formula looks."""

    svg: bytes
    margin: float
    """Pixels around the ink."""


class Preview(QObject):
    """Draws LaTeX in the theme's colour off the window's thread; only the newest request is answered.

    Our own drawing comes at once; the one by the user's LaTeX takes its place where there is one that can.
    """

    drawn = Signal(object)
    """The `Drawing`."""
    failed = Signal(str, int, int)
    """What is wrong, and where in the source."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._latex = ""
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._draw)
        self._tex_timer = QTimer(self, singleShot=True, interval=TEX_PAUSE_MS)
        self._tex_timer.timeout.connect(self._draw_with_tex)
        desk.theme.changed.connect(self.refresh)

    def request(self, latex: str, *, at_once: bool = False) -> None:
        """Draw `latex` when no newer request comes, or `at_once`."""
        self._latex = latex
        self._tex_timer.stop()
        if at_once:
            self._timer.stop()
            self._draw()
        else:
            self._timer.start()

    def refresh(self) -> None:
        """Draw the same again, in other colours."""
        if self._latex.strip():
            self.request(self._latex, at_once=True)

    def cancel(self) -> None:
        """Draw nothing any more."""
        self._timer.stop()
        self._tex_timer.stop()
        self._latex = ""
        self._desk.tasks.cancel_channel(self._channel)

    @property
    def _channel(self) -> str:
        return f"formula.preview.{id(self)}"

    def _draw(self) -> None:
        """Draw it ourselves."""
        latex, colour = self._latex, self._desk.theme.colour("text").name()

        def work(_progress: Progress) -> Drawing:
            return Drawing(render_svg(latex, size_px=EM_PX, colour=colour), MARGIN)

        self._desk.tasks.run(work, self._tell, self._fail, channel=self._channel)
        if self._desk.settings.flag(TEX) and is_available():
            self._tex_timer.start()

    def _draw_with_tex(self) -> None:
        """Let the user's LaTeX draw it; what it cannot draw stays as we draw it."""
        latex, colour = self._latex, self._desk.theme.colour("text").name()

        def work(_progress: Progress) -> Drawing | None:
            try:
                return Drawing(render_tex(latex, size_px=EM_PX, colour=colour), 0.0)
            except RenderError:
                return None

        self._desk.tasks.run(work, self._tell, channel=self._channel)

    def _tell(self, drawing: Drawing | None) -> None:
        if drawing is not None:
            self.drawn.emit(drawing)

    def _fail(self, error: Exception) -> None:
        """Say what could not be drawn."""
        if not isinstance(error, RenderError):
            raise error
        self.failed.emit(str(error), error.start, error.end)
