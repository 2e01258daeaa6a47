"""Which engine reads, on what, in how much memory; and what the others make of a picture."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.formula import service
from app.formula.engine import Answer, Engine, ModelError
from app.formula.service import Loading, Status
from app.ui.desk import Desk
from app.ui.formula.engine_comparison import EngineComparison
from app.ui.formula.engine_loader import EngineLoader
from app.ui.formula.engine_row import EngineRow, described
from app.ui.formula.pictures import Source
from app.ui.preferences import PreferencesTab
from app.ui.tabs.formula import FormulaTab
from app.ui.window import Window
from tests.ui.formula_parts import WAIT_MS, StubReader, finished, open_tab, picture, read


class StubEngine:
    """An engine with a prepared answer."""

    device = "cpu"

    def __init__(self, name: str, latex: str, error: Exception | None = None) -> None:
        self.name, self._latex, self._error = name, latex, error
        self.gate = threading.Event()
        self.gate.set()
        self.closed = False

    def load(self) -> None:
        assert self.gate.wait(WAIT_MS / 1000)
        if self._error is not None:
            raise self._error

    def recognise(self, pictures: Sequence[Image.Image]) -> list[Answer]:
        return [Answer(self._latex, 0.87, self.name, 0.25) for _ in pictures]

    def memory(self) -> int:
        return 0

    def close(self) -> None:
        self.closed = True


class StatusReader(StubReader):
    """A reader whose state is set."""

    state: Status | None = None
    stage = Loading.WAITING

    @property
    def loading(self) -> Loading:
        return self.stage

    def status(self) -> Status | None:
        return self.state


@pytest.fixture
def reader() -> StubReader:
    return StubReader()


@pytest.fixture
def tab(desk: Desk, reader: StubReader, qtbot: QtBot) -> Iterator[FormulaTab]:
    with open_tab(desk, reader, qtbot) as tab:
        yield tab


def test_engine_device_time_and_memory_are_told(desk: Desk) -> None:
    reader = StatusReader()
    reader.state = Status("onnx", "cpu", 123.4, 345_000_000)
    assert described(reader, desk.settings) == "Paperdesk's model · Processor · 123 ms a picture · 345 MB of memory"
    reader.state = Status("pix2tex", "cuda", None, 0)
    assert described(reader, desk.settings) == "pix2tex · NVIDIA GPU (CUDA)"


def test_what_the_trial_found_is_told(desk: Desk) -> None:
    reader = StatusReader()
    reader.state = Status("onnx", "cpu", 80.0, 0)
    desk.settings.set("formula.device_times", '{"cpu": 80.2, "cuda": 131.9, "directml": Infinity}')
    text = described(reader, desk.settings)
    assert "Processor 80 ms, NVIDIA GPU (CUDA) 132 ms, GPU (DirectML) cannot be used" in text


@pytest.mark.parametrize(
    ("stage", "text"),
    [
        (Loading.WAITING, "Not loaded yet"),
        (Loading.BUSY, "Being loaded"),
        (Loading.FAILED, "Could not be loaded"),
    ],
)
def test_an_engine_on_its_way_is_told(desk: Desk, stage: Loading, text: str) -> None:
    reader = StatusReader()
    reader.stage = stage
    assert described(reader, desk.settings) == text


def test_the_preferences_show_the_engine_of_the_tab(qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN the whole program with an engine that is loaded
    def make(_settings: Settings, _device: str) -> Engine:
        return StubEngine("onnx", "x")

    monkeypatch.setitem(service.ENGINES, "onnx", make)
    window = Window(desk)
    qtbot.addWidget(window)
    window.show()
    loader = window.findChild(EngineLoader) or window.tab("formula").findChild(EngineLoader)
    assert isinstance(loader, EngineLoader)
    qtbot.waitUntil(lambda: loader.reader.loading is Loading.READY, timeout=WAIT_MS)
    # WHEN the page of the tool is opened
    window.show_page("settings")
    preferences = window.tab("settings")
    assert isinstance(preferences, PreferencesTab)
    preferences.show_page("Formula")
    (row,) = preferences.findChildren(EngineRow)
    # THEN it says what reads pictures, and the search finds it
    qtbot.waitUntil(row.isVisible, timeout=WAIT_MS)
    assert any("model · Processor" in label.text() for label in row.findChildren(QLabel))
    assert row.search(["processor"], "")
    assert row.search(["engine"], "")
    assert not row.search(["nonsense"], "")
    # AND its button goes to the tab, which says that a picture is needed, or compares the example
    qtbot.mouseClick(row.button, Qt.MouseButton.LeftButton)
    assert window.current_key == "formula"
    for dialog in window.findChildren(EngineComparison):
        dialog.reject()
    qtbot.waitUntil(lambda: not desk.tasks.running, timeout=WAIT_MS)


def test_every_engine_answers_or_says_why_not(qtbot: QtBot, tab: FormulaTab, desk: Desk) -> None:
    # GIVEN three engines: one answers, one is missing, one finds nothing
    good, none = StubEngine("good", r"\frac{a}{b}"), StubEngine("none", "")
    bad = StubEngine("bad", "", ModelError("bad is not installed."))
    engines = {each.name: (lambda _settings, _device, each=each: each) for each in (good, bad, none)}
    # WHEN they are compared
    dialog = EngineComparison(desk, picture(), tab, engines)
    dialog.open()
    qtbot.waitUntil(lambda: "No formula" in dialog.cards["none"].text, timeout=WAIT_MS)
    finished(qtbot, tab)
    # THEN each card shows what became of it, and the engines are closed
    assert dialog.cards["good"].text == "87 % · 0.25 s\n\\frac{a}{b}"
    assert "bad is not installed." in dialog.cards["bad"].text
    assert dialog.cards["good"].take_button.isVisible()
    assert not dialog.cards["bad"].take_button.isVisible()
    assert good.closed
    # AND an answer can be taken
    with qtbot.waitSignal(dialog.taken, timeout=WAIT_MS) as taken:
        qtbot.mouseClick(dialog.cards["good"].take_button, Qt.MouseButton.LeftButton)
    assert taken.args == [r"\frac{a}{b}"]
    assert not dialog.isVisible()


def test_closing_the_comparison_stops_it(qtbot: QtBot, tab: FormulaTab, desk: Desk) -> None:
    slow, never = StubEngine("slow", "x"), StubEngine("never", "y")
    slow.gate.clear()
    asked: list[str] = []

    def make(engine: StubEngine) -> Engine:
        asked.append(engine.name)
        return engine

    dialog = EngineComparison(
        desk, picture(), tab, {each.name: (lambda _settings, _device, each=each: make(each)) for each in (slow, never)}
    )
    dialog.open()
    qtbot.waitUntil(lambda: asked == ["slow"], timeout=WAIT_MS)
    dialog.reject()
    slow.gate.set()
    finished(qtbot, tab)
    assert asked == ["slow"]
    assert slow.closed


def test_the_answer_that_is_taken_goes_into_the_source_of_the_picture(
    qtbot: QtBot, tab: FormulaTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(service.ENGINES, "onnx", lambda _settings, _device: StubEngine("onnx", "z"))
    monkeypatch.delitem(service.ENGINES, "pix2tex")
    read(qtbot, tab, [Source("file", picture())])
    tab.actions_of_tab.compare_engines.trigger()
    dialog = tab.findChild(EngineComparison)
    assert isinstance(dialog, EngineComparison)
    qtbot.waitUntil(lambda: "87 %" in dialog.cards["onnx"].text, timeout=WAIT_MS)
    finished(qtbot, tab)
    dialog.cards["onnx"].take_button.click()
    assert tab.editor.latex == "z"
    tab.editor.undo()
    assert tab.editor.latex == "x^2"
    finished(qtbot, tab)


def test_another_device_loads_the_engine_anew_and_closes_the_older_one(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[StubEngine] = []

    def make(_settings: Settings, _device: str) -> Engine:
        made.append(StubEngine("onnx", "x"))
        return made[-1]

    monkeypatch.setitem(service.ENGINES, "onnx", make)
    tab = FormulaTab(desk)
    qtbot.addWidget(tab)
    qtbot.waitUntil(lambda: tab.engine.reader.loading is Loading.READY, timeout=WAIT_MS)
    desk.settings.set("formula.device", "cpu")
    qtbot.waitUntil(lambda: len(made) == 2 and tab.engine.reader.loading is Loading.READY, timeout=WAIT_MS)
    finished(qtbot, tab)
    assert [each.closed for each in made] == [True, False]
