"""What the tests of the formula tab share: a tab on a desk with a reader that answers what it is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from app.core.history import Entry
from app.formula.engine import Answer, Candidate
from app.formula.service import Loading, Status
from app.ui.desk import Desk
from app.ui.formula.pictures import Source
from app.ui.tabs.formula import FormulaTab

WAIT_MS = 12_000


class StubReader:
    """Answers with what it is told, or what it is told to raise; can be held up."""

    def __init__(self) -> None:
        self.latex = "x^2"
        self.confidence = 0.93
        self.candidates: tuple[Candidate, ...] = ()
        self.error: Exception | None = None
        self.load_error: Exception | None = None
        self.loaded = 0
        self.sizes: list[tuple[int, int]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Semaphore(0)

    @property
    def loading(self) -> Loading:
        return Loading.READY if self.loaded else Loading.WAITING

    def status(self) -> Status | None:
        return Status("stub", "cpu", 120.0, 300_000_000) if self.loaded else None

    def close(self) -> None:
        self.loaded = 0

    def load(self) -> None:
        if self.load_error is not None:
            raise self.load_error
        self.loaded += 1

    def read(self, picture: Image.Image) -> Answer:
        latex = self.latex
        self.sizes.append(picture.size)
        self.entered.release()
        assert self.gate.wait(WAIT_MS / 1000)
        if self.error is not None:
            raise self.error
        return Answer(latex, self.confidence, "stub", 0.12, self.candidates)


@contextmanager
def open_tab(desk: Desk, reader: StubReader, qtbot: QtBot) -> Iterator[FormulaTab]:
    """Show a tab that draws formulas itself, which takes no LaTeX."""
    desk.settings.set("formula.tex_preview", False)
    tab = FormulaTab(desk, reader)
    qtbot.addWidget(tab)
    tab.resize(1080, 720)
    tab.show()
    qtbot.waitExposed(tab)
    tab.focus_input()
    yield tab
    reader.gate.set()


def picture(width: int = 120, height: int = 40) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    for x in range(20, width - 20):
        for y in range(15, height - 15):
            image.setPixelColor(x, y, QColor("black"))
    return image


def saved(folder: Path, name: str, width: int = 120) -> Path:
    path = folder / name
    assert picture(width).save(str(path))
    return path


def entries(desk: Desk) -> list[Entry]:
    return desk.history.search(tool="formula")


def clipboard() -> str:
    return QGuiApplication.clipboard().text(QClipboard.Mode.Clipboard)


def read(qtbot: QtBot, tab: FormulaTab, sources: Sequence[Source]) -> None:
    tab.read(sources)
    finished(qtbot, tab)


def finished(qtbot: QtBot, tab: FormulaTab) -> None:
    qtbot.waitUntil(lambda: not tab.is_reading and not tab.desk.tasks.running, timeout=WAIT_MS)
