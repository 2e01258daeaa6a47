"""The frozen picture: mouse and keys choose, what is drawn stays exact, nothing is left behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QKeySequence, QRegion, QShortcut
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.capture.backend import Shot
from app.capture.geometry import Point, Rect, Region
from app.core.i18n import set_language
from app.ui.overlay.session import Session
from app.ui.overlay.style import Style
from app.ui.overlay.window import OverlayWindow

STYLE = Style(
    surface=QColor("#ffffff"),
    text=QColor("#101010"),
    muted=QColor("#606060"),
    border=QColor("#c0c0c0"),
    accent=QColor("#0060c0"),
    font=QFont(),
    small=QFont(),
    space=8,
)


def picture(width: int, height: int) -> QImage:
    values = np.random.default_rng(3).integers(0, 1 << 24, (height, width), dtype=np.uint32) | 0xFF000000
    return QImage(values.tobytes(), width, height, width * 4, QImage.Format.Format_RGB32).copy()


@dataclass
class Stage:
    """A session on the only screen there is, and what it said."""

    session: Session
    shot: Shot
    chosen: list[tuple[QImage, Region]] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)

    def open(self, last: Region | None = None) -> OverlayWindow:
        self.session.open([self.shot], STYLE, last)
        (window,) = self.session.windows
        return window


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    screen = QGuiApplication.primaryScreen()
    place = screen.geometry()
    session = Session()
    stage = Stage(session, Shot(picture(place.width(), place.height()), place, screen.name()))
    session.chosen.connect(lambda image, region: stage.chosen.append((image, region)))
    session.cancelled.connect(lambda: stage.cancelled.append("cancelled"))
    yield stage
    windows = session.windows
    session.close()
    session.forget_windows()
    assert not any(window.isVisible() for window in windows)


def drag(qtbot: QtBot, window: OverlayWindow, start: QPoint, end: QPoint) -> None:
    left = Qt.MouseButton.LeftButton
    qtbot.mouseMove(window, start)
    qtbot.mousePress(window, left, pos=start)
    qtbot.mouseMove(window, (start + end) / 2)
    qtbot.mouseMove(window, end)
    qtbot.mouseRelease(window, left, pos=end)


def test_a_drag_gives_the_pixels_and_takes_the_picture_away(qtbot: QtBot, stage: Stage) -> None:
    window = stage.open()
    drag(qtbot, window, QPoint(50, 60), QPoint(149, 99))
    (image, region), *others = stage.chosen
    assert not others
    assert region.rect == Rect(50, 60, 100, 40)
    assert image == stage.shot.image.copy(50, 60, 100, 40)
    assert not stage.session.is_open
    assert not window.isVisible()


def test_escape_and_right_click_cancel(qtbot: QtBot, stage: Stage) -> None:
    qtbot.keyClick(stage.open(), Qt.Key.Key_Escape)
    qtbot.mouseClick(stage.open(), Qt.MouseButton.RightButton)
    stage.open().close()
    assert len(stage.cancelled) == 3
    assert not stage.chosen


def test_a_click_keeps_the_picture(qtbot: QtBot, stage: Stage) -> None:
    window = stage.open()
    qtbot.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(30, 30))
    assert window.isVisible()
    assert window.selection.rect is None


def test_keys_choose_without_a_mouse(qtbot: QtBot, stage: Stage) -> None:
    window = stage.open()
    window.point_at(QPointF(100, 100))
    qtbot.keyClick(window, Qt.Key.Key_Right)
    qtbot.keyClick(window, Qt.Key.Key_Return)
    qtbot.keyClick(window, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window, Qt.Key.Key_Left)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert stage.chosen[0][1].rect == Rect(100, 100, 2, 11)


def test_a_double_click_accepts_what_was_adjusted(qtbot: QtBot, stage: Stage) -> None:
    window, left = stage.open(), Qt.MouseButton.LeftButton
    qtbot.mousePress(window, left, pos=QPoint(50, 50))
    qtbot.mouseMove(window, QPoint(99, 79))
    qtbot.mouseRelease(window, left, Qt.KeyboardModifier.ShiftModifier, pos=QPoint(99, 79))
    assert not stage.chosen
    qtbot.keyClick(window, Qt.Key.Key_Up)
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.mouseDClick(window, left, pos=QPoint(60, 60))
    assert stage.chosen[0][1].rect == Rect(50, 49, 51, 30)


def test_r_takes_the_last_region(qtbot: QtBot, stage: Stage) -> None:
    last = Region(stage.shot.name, Rect(10, 20, 30, 40))
    qtbot.keyClick(stage.open(last), Qt.Key.Key_R)
    assert stage.chosen[0][1] == last


def test_r_without_a_last_region_and_the_hotkey_itself_do_nothing(qtbot: QtBot, stage: Stage) -> None:
    window = stage.open()
    qtbot.keyClick(window, Qt.Key.Key_R)
    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    assert window.isVisible()
    assert window.selection.rect is None


def test_shortcuts_of_the_program_sleep_meanwhile(qtbot: QtBot, stage: Stage) -> None:
    # GIVEN a window of ours with a shortcut that works everywhere in the program
    widget, heard = QWidget(), list[str]()
    qtbot.addWidget(widget)
    shortcut = QShortcut(QKeySequence("Return"), widget)
    shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
    shortcut.activated.connect(lambda: heard.append("shortcut"))
    widget.show()
    # WHEN its key is pressed on the overlay
    window = stage.open()
    qtbot.keyClick(window, Qt.Key.Key_Return)
    # THEN the overlay has it
    assert not heard
    assert window.selection.rect is not None


@pytest.mark.parametrize(("language", "name"), [("en", "Screen 1 of 1"), ("zh_CN", "第 1 个屏幕（共 1 个）")])
def test_screen_readers_are_told_what_it_is(qtbot: QtBot, stage: Stage, language: str, name: str) -> None:
    set_language(language)
    try:
        window = stage.open()
        assert window.accessibleName().startswith(name)
        window.selection.press(Point(10, 10))
        window.point_at(QPointF(29, 19))
        assert "20 × 10" in window.accessibleDescription()
    finally:
        set_language("en")


def test_the_windows_are_used_again(qtbot: QtBot, stage: Stage) -> None:
    first = stage.open()
    qtbot.keyClick(first, Qt.Key.Key_Escape)
    assert stage.open() is first


def test_pictures_of_screens_that_went_are_passed_over(qtbot: QtBot, stage: Stage) -> None:
    stage.session.open([Shot(stage.shot.image, QRect(5000, 0, 100, 100), "gone")], STYLE, None)
    assert not stage.session.is_open


class Recorded(OverlayWindow):
    """Remembers what it asked to be repainted."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = QRegion()

    def update(self, *arguments: object) -> None:
        (region,) = arguments
        assert isinstance(region, QRegion)
        self.asked = self.asked.united(region)


moves = st.tuples(
    st.sampled_from(["point", "press", "release", "keep", "arrow", "enter", "leave", "come"]),
    st.integers(-20, 820),
    st.integers(-20, 820),
)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 1.75, 2.0])
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(script=st.lists(moves, max_size=8))
def test_what_is_repainted_in_parts_is_what_would_be_painted_at_once(
    qtbot: QtBot, ratio: float, script: list[tuple[str, int, int]]
) -> None:
    # GIVEN a window on a screen with that many pixels a unit, painted once
    screen = QGuiApplication.primaryScreen()
    place = screen.geometry()
    image = picture(int(place.width() * ratio), int(place.height() * ratio))
    window = Recorded()
    window.freeze(Shot(image, place, screen.name()), screen, STYLE, hint_screens=2, has_last=True)
    window.set_active(True)
    canvas = QImage(image.size(), QImage.Format.Format_RGB32)
    canvas.setDevicePixelRatio(ratio)
    window.render(canvas)
    # WHEN keys and mouse do anything, and only what the window asks for is painted again
    for word, x, y in script:
        act(window, word, Point(x, y))
        window.refresh()
        if not window.asked.isEmpty():
            window.render(canvas, window.asked.boundingRect().topLeft(), window.asked)
        window.asked = QRegion()
    # THEN the screen shows the whole truth
    whole = QImage(canvas.size(), QImage.Format.Format_RGB32)
    whole.setDevicePixelRatio(ratio)
    window.render(whole)
    assert canvas == whole
    window.deleteLater()


def act(window: OverlayWindow, word: str, at: Point) -> None:
    selection = window.selection
    if word == "point":
        window.point_at(QPointF(at.x, at.y))
    elif word == "press":
        selection.press(at)
    elif word in ("release", "keep"):
        selection.release(at, keep=word == "keep")
    elif word == "arrow":
        selection.arrow(Point(at.x % 3 - 1, at.y % 3 - 1), resize=at.x % 2 == 0)
    elif word == "enter":
        selection.enter()
    else:
        window.set_active(word == "come")
