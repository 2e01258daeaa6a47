"""Light and dark: contrast of all that carries text, switching live, following the system, sizes."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.ui.desk import Desk
from app.ui.icons import icon
from app.ui.theme import FONT_SCALES, HIT_AREA_PX, Theme
from app.ui.theme_tokens import DARK, LIGHT

THEMES = {"light": LIGHT, "dark": DARK}
GROUNDS = ("window", "sidebar", "surface", "card", "hover", "selection")
ON_GROUNDS = [*product(("text", "text_muted"), GROUNDS), ("text", "pressed"), ("text", "difference")]
COLOURED = [*product(("accent", "success", "warning", "error"), ("window", "surface", "card"))]
ON_ACCENT = [("accent", "selection"), *product(("accent_text",), ("accent", "accent_hover", "accent_pressed"))]
LINES = [*product(("field_border", "accent"), ("window", "surface", "card"))]


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", THEMES)
def test_all_that_carries_text_can_be_read(look: str) -> None:
    # GIVEN the colours of a theme
    colours = THEMES[look]
    # WHEN each text is put on each ground it is used on
    pairs = [*ON_GROUNDS, *COLOURED, *ON_ACCENT]
    weak = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    # THEN the contrast is 4.5 or more; for edges and rings 3 or more
    assert {pair: round(value, 2) for pair, value in weak.items() if value < 4.5} == {}
    edges = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in LINES}
    assert {pair: round(value, 2) for pair, value in edges.items() if value < 3} == {}


def test_both_themes_name_the_same_colours() -> None:
    # GIVEN both themes, THEN what is in one is in the other
    assert LIGHT.keys() == DARK.keys()


def ground(widget: QLabel) -> str:
    return widget.grab().toImage().pixelColor(1, 1).name()


def test_the_look_is_switched_live(desk: Desk, qtbot: QtBot) -> None:
    # GIVEN a window in light colours
    desk.settings.set("general.theme", "light")
    label = QLabel()
    qtbot.addWidget(label)
    label.resize(40, 40)
    label.show()
    qtbot.waitExposed(label)
    assert ground(label) == LIGHT["window"]
    # WHEN dark is chosen
    with qtbot.waitSignal(desk.theme_changed):
        desk.settings.set("general.theme", "dark")
    # THEN the window, the palette and the icons are dark at once
    assert ground(label) == DARK["window"]
    assert QApplication.palette().color(QPalette.ColorRole.Text).name() == DARK["text"]
    assert ink(icon("search")) == DARK["text"]
    # WHEN light is chosen, THEN all is as before
    desk.settings.set("general.theme", "light")
    assert ground(label) == LIGHT["window"]
    assert ink(icon("search")) == LIGHT["text"]


def ink(drawing: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off) -> str:
    """Return the colour that a drawing has where it is thickest."""
    image = drawing.pixmap(QSize(64, 64), mode, state).toImage()
    pixels = [image.pixelColor(x, y) for x in range(64) for y in range(64)]
    return max(pixels, key=QColor.alpha).name()


def test_the_system_is_followed_unless_the_user_decided(desk: Desk) -> None:
    # GIVEN the usual setting
    hints = QGuiApplication.styleHints()
    assert desk.settings.text("general.theme") == "system"
    looks = list[bool]()
    desk.theme.changed.connect(lambda: looks.append(desk.theme.is_dark))
    # WHEN the system becomes dark, and light again
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    # THEN so does Paperdesk
    assert looks == [True, False]
    # WHEN the user wants light and the system becomes dark
    desk.settings.set("general.theme", "light")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    # THEN it stays light, until the user wants what the system has
    assert not desk.theme.is_dark
    desk.settings.set("general.theme", "system")
    assert desk.theme.is_dark
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == DARK["window"]


def test_a_theme_that_is_closed_follows_nothing(desk: Desk) -> None:
    # GIVEN a theme of its own that is closed
    theme = Theme(desk.settings)
    theme.close()
    heard = list[bool]()
    theme.changed.connect(lambda: heard.append(True))
    # WHEN system and setting change
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    desk.settings.set("general.theme", "dark")
    # THEN it does not hear of it
    assert heard == []
    theme.deleteLater()


def test_icons_are_tinted_for_what_they_say(desk: Desk, qtbot: QtBot) -> None:
    # GIVEN an icon that is muted, and accented when it is on
    desk.settings.set("general.theme", "light")
    drawing = icon("history", "text_muted", checked="accent")
    # THEN each state has its colour
    assert ink(drawing) == LIGHT["text_muted"]
    assert ink(drawing, state=QIcon.State.On) == LIGHT["accent"]
    assert ink(drawing, QIcon.Mode.Disabled) == LIGHT["disabled"]


def test_sizes_follow_the_font_and_targets_are_large_enough(desk: Desk, qtbot: QtBot) -> None:
    # GIVEN the theme, THEN a line of text is sixteen units, and no length vanishes
    theme = desk.theme
    assert theme.space(16) == QFontMetrics(QApplication.font()).height()
    assert theme.space(0.01) == 1
    assert theme.hit_area() >= HIT_AREA_PX
    sizes = [theme.font(role).pointSizeF() for role in ("small", "body", "title", "display")]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == len(sizes) < len(FONT_SCALES)
    # WHEN a button is shown, THEN it is as high as can be hit, also with the ring of the focus
    button = QPushButton("Go")
    qtbot.addWidget(button)
    button.show()
    qtbot.waitExposed(button)
    before = button.sizeHint()
    assert before.height() >= HIT_AREA_PX
    button.setFocus()
    button.activateWindow()
    qtbot.waitUntil(button.hasFocus, timeout=8000)
    assert button.sizeHint() == before


@pytest.mark.parametrize("look", THEMES)
def test_the_ring_of_the_focus_is_seen(desk: Desk, qtbot: QtBot, look: str) -> None:
    # GIVEN a button without the keyboard
    desk.settings.set("general.theme", look)
    other, button = QPushButton("Other"), QPushButton("Go")
    for each in (other, button):
        qtbot.addWidget(each)
        each.setAutoDefault(False)
    button.show()
    qtbot.waitExposed(button)
    button.clearFocus()
    edge = button.grab().toImage().pixelColor(1, button.height() // 2).name()
    assert edge == THEMES[look]["card"]
    # WHEN it gets it
    button.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus, timeout=8000)
    # THEN there is a ring in the accent
    assert button.grab().toImage().pixelColor(1, button.height() // 2).name() == THEMES[look]["accent"]
