"""From a key to the rows on the screen, over the shipped index: what is waited for while a query is typed.

Real key events into the real tab on a real X server; the answer counts as painted when the list of phrases has drawn
the rows of what is in the box. The pause that the tab waits for after each key is part of the time.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from _loop import until
from _report import publish
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.collocation.library import ACADEMIC
from app.core.paths import Paths
from app.ui.application import make_application
from app.ui.collocation.asker import DELAY_MS
from app.ui.collocation.asking import Found
from app.ui.desk import Desk
from app.ui.tabs.collocation import CollocationTab
from tests.e2e.virtual_screens import x_server

QUERIES = ("plays an important role", "consistent _", "plays _ _ role", "v. difficulty", "role * in", "~important role")
ROUNDS = 10
GOAL_MS = 100


class Eye(QObject):
    """Sees when a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.painted = 0.0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            self.painted = time.perf_counter()
        return super().eventFilter(watched, event)


def time_of(tab: CollocationTab, eye: Eye, query: str) -> float:
    """Type the last character of a query and return the seconds until its rows are painted."""
    tab.edit.put(query[:-1])
    until(lambda: not tab.asker.is_busy and not tab.desk.tasks.running)
    begun = time.perf_counter()
    QTest.keyClick(tab.edit, query[-1])

    def is_seen() -> bool:
        outcome = tab.asker.outcome
        is_there = isinstance(outcome, Found) and outcome.wish.text == query and not tab.asker.is_busy
        return is_there and eye.painted > begun

    until(is_seen)
    return eye.painted - begun


def measure(folder: Path) -> list[dict[str, str | float]]:
    """Open the tab and type each query some times."""
    application = make_application()
    desk = Desk(Paths.under(folder))
    tab = CollocationTab(desk)
    tab.resize(1100, 700)
    tab.show()
    until(lambda: tab.loader.engine(ACADEMIC) is not None)
    tab.activateWindow()
    tab.edit.setFocus(Qt.FocusReason.OtherFocusReason)
    eye = Eye(tab.board.hits.list.viewport())
    rows: list[dict[str, str | float]] = []
    for query in QUERIES:
        times = sorted(1000 * time_of(tab, eye, query) for _ in range(ROUNDS))
        rows.append({"query": query, "median": statistics.median(times), "slowest": times[-1], "goal": str(GOAL_MS)})
    desk.close()
    tab.close()
    application.quit()
    return rows


def main() -> None:
    """Measure on a screen of our own, in the home given on the command line or a fresh one."""
    with x_server() as display, tempfile.TemporaryDirectory() as fresh:
        os.environ.update({"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"})
        rows = measure(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(fresh))
    publish("collocation_tab", rows, f"milliseconds, {ROUNDS} times each, of which {DELAY_MS} ms are the pause")


if __name__ == "__main__":
    main()
