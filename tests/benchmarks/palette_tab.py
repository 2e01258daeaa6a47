"""From a click to the figures on the screen: another palette, other eyes, another order, markers, a dark ground.

Real actions of the real tab on a real X server; they count as done when the figures of the newest wish are drawn on the
screen. Time of the processor is that of all threads, and stands for the wait on a machine that does nothing else.
"""

from __future__ import annotations

import itertools
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from _loop import until
from _report import Row, publish
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from app.core.paths import Paths
from app.palette import Vision, find
from app.ui.application import make_application
from app.ui.desk import Desk
from app.ui.tabs.palette import PaletteTab
from tests.e2e.virtual_screens import x_server

PALETTES = ("petroff8", "Okabe-Ito", "tab10", "Set2", "viridis", "RdBu")
EYES = (Vision.DEUTAN, Vision.PROTAN, Vision.TRITAN, Vision.GREY, Vision.NORMAL)
ROUNDS = 12
GOAL_MS = 100
QUIET_S = 0.03
SIZE = (1120, 720)


@dataclass
class Wait:
    """Seconds until the first figure and until all of them, and those of the processor until all of them."""

    first: float
    all: float
    processor: float


class Eye(QObject):
    """Sees when figures are painted, and when they are drawn on the screen."""

    def __init__(self, grid: QWidget) -> None:
        super().__init__()
        self.is_painted = self.is_finished = False
        self.seen: list[float] = []
        """When figures were drawn on the screen, and when the last of them was painted."""
        self.processor = 0.0
        grid.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and self.is_painted:
            self._note()
        return super().eventFilter(watched, event)

    def open(self) -> None:
        """Forget what was seen."""
        self.is_painted = self.is_finished = False
        self.seen.clear()

    def on_painted(self) -> None:
        self.is_painted = True

    def on_finished(self) -> None:
        self.is_finished = True
        self._note()

    def has_seen_all(self) -> bool:
        """Tell whether all figures are painted and nothing more was drawn for a while."""
        return self.is_finished and time.perf_counter() - self.seen[-1] > QUIET_S

    def _note(self) -> None:
        self.seen.append(time.perf_counter())
        self.processor = time.process_time()


def wait_after(tab: PaletteTab, eye: Eye, act: Callable[[], object]) -> Wait:
    """Act and return the times until the figures are there."""
    until(lambda: not tab.desk.tasks.running)
    eye.open()
    begun, processor = time.perf_counter(), time.process_time()
    act()
    until(eye.has_seen_all)
    return Wait(eye.seen[0] - begun, eye.seen[-1] - begun, eye.processor - processor)


def actions(tab: PaletteTab) -> dict[str, Callable[[], object]]:
    """Return what is clicked; each of them again and again."""
    palettes, eyes = itertools.cycle(PALETTES), itertools.cycle(EYES)
    strip, looks = tab.workbench.strip, tab.actions_of_tab
    return {
        "another palette": lambda: tab.bench.put(find(next(palettes)).largest, is_own=False),
        "other eyes": lambda: tab.see_as(next(eyes)),
        "another order": lambda: strip.move_current(1 if strip.current < len(strip.colours) - 1 else -1),
        "markers, on and off": looks.marks.trigger,
        "dark and light": looks.dark.trigger,
    }


def measure(folder: Path) -> list[Row]:
    """Open the tab and do each thing some times; the first time, which draws the frames, is not counted."""
    application = make_application()
    desk = Desk(Paths.under(folder))
    tab = PaletteTab(desk)
    tab.resize(*SIZE)
    tab.show()
    until(lambda: len(tab.workbench.grid.pictures) > 1)
    eye = Eye(tab.workbench.grid)
    tab.display.painter.painted.connect(eye.on_painted)
    tab.display.painter.finished.connect(eye.on_finished)
    rows: list[Row] = []
    for what, act in actions(tab).items():
        waits = [wait_after(tab, eye, act) for _ in range(ROUNDS + 1)][1:]
        row = {
            "first figure": statistics.median(each.first for each in waits),
            "all figures": statistics.median(each.all for each in waits),
            "slowest": max(each.all for each in waits),
            "processor": statistics.median(each.processor for each in waits),
        }
        rows.append({"click": what, **{name: 1000 * value for name, value in row.items()}, "goal": GOAL_MS})
    desk.close()
    tab.close()
    application.quit()
    return rows


def main() -> None:
    """Measure on a screen of our own."""
    with x_server() as display, tempfile.TemporaryDirectory() as folder:
        os.environ.update({"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"})
        rows = measure(Path(folder))
    publish("palette_tab", rows, f"milliseconds, the middle of {ROUNDS}")


if __name__ == "__main__":
    main()
