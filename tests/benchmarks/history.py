"""How long the window stands still while a hundred thousand results are scrolled, searched and changed.

Every turn of the event loop of the window's thread is timed while the real history tab does its work; what counts is
the longest of them, for that is how long a key or the mouse would wait.
"""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from _report import publish
from PySide6.QtCore import QBuffer, QCoreApplication, QDeadlineTimer, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from app.core.history import History
from app.core.paths import Paths
from app.ui.application import make_application
from app.ui.desk import Desk
from app.ui.history_tab import HistoryTab
from tests.e2e.virtual_screens import environment, x_server

ROWS = 100_000
PICTURES = 2_000
"""So many different pictures; every row has one of them."""
GOAL_MS = 16.0
SIZE = QSize(1040, 640)
STEPS = 200
ROUNDS = 5
TIMEOUT_MS = 60_000
PAUSE_S = 0.0005


@dataclass
class Figures:
    """Milliseconds of one action: until its result is on the screen, and the turns of the event loop meanwhile."""

    until_shown: float
    longest_turn: float
    turns_over_goal: int


class Turns:
    """Turns the event loop of the window's thread and times each turn: all that was waiting is done in it."""

    def __init__(self) -> None:
        self._times: list[float] = []
        self._pause = threading.Event()

    def take(self) -> list[float]:
        """Return the milliseconds of each turn since the last call."""
        times, self._times = self._times, []
        return times

    def until(self, reached: Callable[[], bool]) -> None:
        """Turn once at least and until something is reached."""
        deadline = QDeadlineTimer(TIMEOUT_MS)
        while True:
            assert not deadline.hasExpired(), "nothing happened"
            begun = time.perf_counter()
            QCoreApplication.processEvents()
            self._times.append(1000 * (time.perf_counter() - begun))
            if reached():
                return
            self._pause.wait(PAUSE_S)


def picture(number: int) -> bytes:
    """Return a small PNG that differs from the others."""
    image = QImage(160 + number % 90, 40 + number % 30, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(number % 360, 40 + number % 60, 230))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def fill(path: Path) -> None:
    """Write the results as a long life of the program would have left them, some of them pinned."""
    History(path).close()
    pictures = [picture(number) for number in range(PICTURES)]
    chance, now = random.Random(1), time.time()  # noqa: S311 - no secret
    symbols = [
        r"\alpha",
        r"\beta",
        r"\frac{a}{b}",
        "x_{ij}",
        r"\sum_k",
        r"\int_0^1",
        "f(t)",
        r"\nabla",
        "= 0",
        r"\hat y",
    ]
    texts = (" ".join(chance.choices(symbols, k=chance.randint(3, 25))) for _ in range(ROWS))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "INSERT INTO entry (tool, created, text, detail, pinned) VALUES ('formula', ?, ?, '{}', ?)",
            ((now - 60 * (ROWS - number), text, int(number % 5000 == 0)) for number, text in enumerate(texts)),
        )
        rows = ((number, pictures[number % PICTURES]) for number in range(1, ROWS + 1))
        connection.executemany("INSERT INTO thumbnail (id, png) VALUES (?, ?)", rows)


def is_shown(tab: HistoryTab) -> bool:
    """Return whether every row in sight has been read, its picture included, and nothing is under way."""
    first = tab.list.rowAt(0)
    last = tab.list.rowAt(tab.list.viewport().height() - 1)
    rows = range(max(first, 0), (last if last >= 0 else tab.model.rowCount() - 1) + 1)
    return tab.desk.tasks.running == 0 and all(tab.model.entry(row) is not None for row in rows)


@contextmanager
def stage() -> Iterator[tuple[HistoryTab, Turns, float]]:
    """Show the history of a hundred thousand results; the third part is how long opening the file took."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths.under(Path(folder))
        fill(paths.history_file)
        begun = time.perf_counter()
        History(paths.history_file).close()
        opening = 1000 * (time.perf_counter() - begun)
        desk = Desk(paths)
        tab = HistoryTab(desk)
        tab.resize(SIZE)
        turns = Turns()
        yield tab, turns, opening
        tab.close()
        desk.close()


def measure(tab: HistoryTab, turns: Turns, act: Callable[[], None], reached: Callable[[], bool]) -> Figures:
    """Do something and time it until it is seen."""
    turns.until(lambda: is_shown(tab))
    turns.take()
    begun = time.perf_counter()
    act()
    acted = 1000 * (time.perf_counter() - begun)
    turns.until(lambda: reached() and is_shown(tab))
    times = [acted, *turns.take()]
    until_shown = 1000 * (time.perf_counter() - begun)
    return Figures(round(until_shown, 1), round(max(times), 1), sum(each > GOAL_MS for each in times))


def scroll(tab: HistoryTab, turns: Turns) -> Figures:
    """Drag the scroll bar from the top to the end."""
    bar = tab.list.verticalScrollBar()
    figures = [
        measure(tab, turns, lambda step=step: bar.setValue(bar.maximum() * step // STEPS), lambda: True)  # type: ignore[misc]
        for step in range(1, STEPS + 1)
    ]
    bar.setValue(0)
    return Figures(
        round(statistics.median(each.until_shown for each in figures), 1),
        max(each.longest_turn for each in figures),
        sum(each.turns_over_goal for each in figures),
    )


def actions(tab: HistoryTab) -> dict[str, tuple[Callable[[], None], Callable[[], bool]]]:
    """Return what is measured once a round: what is done, and how it is known to be there."""
    history, rows = tab.desk.history, tab.model.rowCount

    def key(code: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Callable[[], None]:
        return lambda: QTest.keyClick(tab.list, code, modifiers)

    return {
        "the last row (End)": (key(Qt.Key.Key_End), lambda: tab.list.currentIndex().row() == rows() - 1),
        "the first row (Home)": (key(Qt.Key.Key_Home), lambda: tab.list.currentIndex().row() == 0),
        "search, many found": (lambda: tab.search.setText("nabla"), lambda: 0 < rows() < ROWS),
        "search, none found": (lambda: tab.search.setText("nabla zebra"), lambda: rows() == 0),
        "the search cleared": (tab.search.clear, lambda: rows() >= ROWS),
        "a new result": (lambda: (history.add("formula", "new"), None)[1], lambda: rows() == history.count()),
        "all selected (Ctrl+A)": (key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier), lambda: True),
        "all deleted": (tab.delete_selected, lambda: rows() == 0),
        "and brought back": (tab.undo, lambda: rows() >= ROWS),
    }


def worst(figures: list[Figures]) -> Figures:
    """Return the middle time and the longest turn of several rounds."""
    return Figures(
        round(statistics.median(each.until_shown for each in figures), 1),
        max(each.longest_turn for each in figures),
        sum(each.turns_over_goal for each in figures),
    )


def run() -> dict[str, Figures]:
    """Measure everything."""
    with stage() as (tab, turns, opening):
        results = {"the file opened": Figures(round(opening, 1), round(opening, 1), int(opening > GOAL_MS))}
        begun = time.perf_counter()
        tab.show()
        turns.until(lambda: tab.model.rowCount() == ROWS and is_shown(tab))
        times = turns.take()
        shown = round(1000 * (time.perf_counter() - begun), 1)
        results["the tab shown"] = Figures(shown, round(max(times), 1), sum(each > GOAL_MS for each in times))
        results[f"scrolled to the end, {STEPS} steps"] = scroll(tab, turns)
        rounds: dict[str, list[Figures]] = {}
        for _ in range(ROUNDS):
            for name, (act, reached) in actions(tab).items():
                rounds.setdefault(name, []).append(measure(tab, turns, act, reached))
        return results | {name: worst(figures) for name, figures in rounds.items()}


def main() -> None:
    """Measure on a screen of its own, print a table and keep the figures."""
    with x_server() as display:
        os.environ.update(environment(display))
        application = make_application()
        results = run()
        del application
    rows = [
        {
            "what": name,
            "shown after": row.until_shown,
            "longest turn": row.longest_turn,
            f"turns over {GOAL_MS:.0f}": row.turns_over_goal,
        }
        for name, row in results.items()
    ]
    publish("history", rows, f"milliseconds, {ROWS:,} results with pictures, {ROUNDS} rounds")


if __name__ == "__main__":
    main()
