"""The drawing of the source, made anew a moment after each change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from app.formula.render import RenderError, render_svg

if TYPE_CHECKING:
    from app.core.progress import Progress
    from app.ui.desk import Desk

PAUSE_MS: Final = 150
"""Typing rests this long before the source is drawn."""
EM_PX: Final = 24.0


class Preview(QObject):
    """Draws LaTeX in the theme's colour off the window's thread; only the newest request is answered."""

    drawn = Signal(bytes)
    """The SVG."""
    failed = Signal(str, int, int)
    """What is wrong, and where in the source."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._latex = ""
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._draw)
        desk.theme.changed.connect(self.refresh)

    def request(self, latex: str, *, at_once: bool = False) -> None:
        """Draw `latex` when no newer request comes, or `at_once`."""
        self._latex = latex
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
        self._latex = ""
        self._desk.tasks.cancel_channel(self._channel)

    @property
    def _channel(self) -> str:
        return f"formula.preview.{id(self)}"

    def _draw(self) -> None:
        """Start drawing."""
        latex, colour = self._latex, self._desk.theme.colour("text").name()

        def work(_progress: Progress) -> bytes:
            return render_svg(latex, size_px=EM_PX, colour=colour)

        self._desk.tasks.run(work, self.drawn.emit, self._fail, channel=self._channel)

    def _fail(self, error: Exception) -> None:
        """Say what could not be drawn."""
        if not isinstance(error, RenderError):
            raise error
        self.failed.emit(str(error), error.start, error.end)
