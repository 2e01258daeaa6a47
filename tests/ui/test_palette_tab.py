from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QClipboard, QColor, QDropEvent, QGuiApplication, QImage, QMouseEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.history import Entry
from app.core.i18n import tr
from app.core.paths import Paths
from app.palette import Kind, Level, Palette, Vision, check, find
from app.ui.desk import Desk
from app.ui.palette.eyedropper import PixelWindow
from app.ui.palette.figure_painter import Picture
from app.ui.palette.shelf import EVERYBODY, Row, Shelf
from app.ui.tabs.palette import PaletteTab

WAIT_MS = 45_000
FIRST = find("petroff.petroff10").largest
SMALL = QSize(870, 640)
ICON_ONLY = Qt.ToolButtonStyle.ToolButtonIconOnly
CSV = "epoch,ours,theirs\n1,0.2,0.1\n2,0.5,0.3\n3,0.7,0.4\n"

Shot = Callable[[QWidget, str], Path]


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """Remembers what was measured from test to test."""
    return Shelf()


@pytest.fixture
def opened() -> list[QUrl]:
    """What the tab showed in other programs."""
    return []


@pytest.fixture
def tab(desk: Desk, shelf: Shelf, opened: list[QUrl], qtbot: QtBot) -> PaletteTab:
    """A tab that paints no figures, which would take most of the time."""
    return shown(qtbot, PaletteTab(desk, opened.append, shelf))


@pytest.fixture
def gallery(desk: Desk, shelf: Shelf, opened: list[QUrl], qtbot: QtBot) -> PaletteTab:
    """A tab with its figures."""
    return shown(qtbot, PaletteTab(desk, opened.append, shelf), has_figures=True)


def shown(qtbot: QtBot, tab: PaletteTab, *, has_figures: bool = False) -> PaletteTab:
    qtbot.addWidget(tab)
    tab.workbench.grid.setVisible(has_figures)
    tab.resize(1080, 720)
    tab.show()
    qtbot.waitExposed(tab)
    tab.focus_input()
    qtbot.waitUntil(lambda: tab.shelf.model.rowCount() > 0, timeout=WAIT_MS)
    return tab


def settled(qtbot: QtBot, tab: PaletteTab) -> None:
    """Wait until all work is done and everything is painted, in the size that it has in the end."""
    grid = tab.workbench.grid

    def is_painted() -> bool:
        sizes = {picture.image.size() / picture.image.devicePixelRatio() for picture in grid.pictures}
        return not tab.desk.tasks.running and (grid.isHidden() or sizes <= {grid.tile})

    qtbot.waitUntil(is_painted, timeout=WAIT_MS)


def put(tab: PaletteTab, *colours: str, name: str = "mine", kind: Kind = Kind.QUALITATIVE) -> Palette:
    palette = Palette.of(colours, name, kind)
    tab.bench.put(palette, is_own=False)
    return palette


def rows(tab: PaletteTab) -> list[Row]:
    found = [tab.shelf.model.row(number) for number in range(tab.shelf.model.rowCount())]
    return [row for row in found if row is not None]


def listed(qtbot: QtBot, tab: PaletteTab) -> list[Row]:
    """Return what is listed once the filters that were just changed have worked."""
    tab.shelf.filters.changed.emit()
    settled(qtbot, tab)
    return rows(tab)


def figures(tab: PaletteTab) -> dict[tuple[str, int], Picture]:
    return {(picture.key, picture.side): picture for picture in tab.workbench.grid.pictures}


def pixels(picture: Picture) -> npt.NDArray[np.uint8]:
    image = picture.image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(bytes(image.constBits()), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)


def clipboard() -> str:
    return QGuiApplication.clipboard().text(QClipboard.Mode.Clipboard)


def centre(tab: PaletteTab, place: int) -> QPoint:
    return tab.workbench.strip.swatch_rect(place).center()


def press(tab: PaletteTab, text: str) -> None:
    """Press a button of the message bar."""
    button = next(each for each in tab.messages.findChildren(QAbstractButton) if each.text() == text)
    button.click()


def entries(desk: Desk) -> list[Entry]:
    return desk.history.search(tool="palette")


def drag(tab: PaletteTab, kind: QEvent.Type, place: QPoint) -> None:
    """Send a mouse event with the left button held, as dragging does."""
    strip = tab.workbench.strip
    here = QPointF(place)
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, here, QPointF(strip.mapToGlobal(place)), button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(strip, event)


def test_a_real_palette_is_there_at_once_with_verdict_and_figures(
    qtbot: QtBot, gallery: PaletteTab, shot: Shot
) -> None:
    # GIVEN a fresh gallery WHEN everything is painted
    settled(qtbot, gallery)
    shot(gallery, "palette-gallery")
    # THEN a palette is in front, judged, in the list and in eight figures
    assert gallery.bench.palette == FIRST
    assert gallery.workbench.verdict.text.startswith("Safe · 14.5")
    assert gallery.shelf.list.currentIndex().data() == "petroff10"
    assert len(figures(gallery)) == 8
    line = pixels(figures(gallery)["line", 0]).reshape(-1, 3)
    assert (line == np.array(QColor(FIRST.colours[0]).getRgb()[:3])).all(axis=1).any()


def test_the_list_begins_with_the_safest(qtbot: QtBot, tab: PaletteTab) -> None:
    found = listed(qtbot, tab)
    ranks = [(list(Level).index(row.level), -row.report.distance) for row in found]
    assert ranks == sorted(ranks)
    assert {row.palette.kind for row in found} == {Kind.QUALITATIVE}
    assert len(found) > 50


def test_filters_narrow_the_list(qtbot: QtBot, tab: PaletteTab) -> None:
    # GIVEN filters for the kind, the number of colours, who reads, print and source
    filters = tab.shelf.filters
    tab.actions_of_tab.clear_filters.trigger()
    settled(qtbot, tab)
    everything = len(rows(tab))
    assert everything > 300
    # WHEN each is used THEN only what fits is listed
    filters.kind.setCurrentIndex(2)
    assert {row.palette.kind for row in listed(qtbot, tab)} == {Kind.SEQUENTIAL}
    filters.count.setCurrentIndex(filters.count.findData(5))
    assert {len(row.palette) for row in listed(qtbot, tab)} == {5}
    filters.readers.setCurrentIndex(1)
    safe = listed(qtbot, tab)
    assert safe
    assert all(
        round(row.report.smallest(vision).distance, 1) >= row.report.limit for row in safe for vision in EVERYBODY
    )
    filters.media.setCurrentIndex(1)
    assert 0 < len(listed(qtbot, tab)) < len(safe)
    assert all(row.report.keeps_grey for row in rows(tab))
    filters.source.setCurrentIndex(filters.source.findData("ColorBrewer"))
    assert {row.palette.source for row in listed(qtbot, tab)} == {"ColorBrewer"}
    filters.words.setText("no such palette")
    assert listed(qtbot, tab) == []
    assert tab.shelf.nothing_text.startswith("No palette is like that")


def test_what_colorbrewer_says_filters_the_list_and_is_told(qtbot: QtBot, tab: PaletteTab) -> None:
    # GIVEN filters for readers and for print, as ColorBrewer judges
    filters = tab.shelf.filters
    filters.kind.setCurrentIndex(0)
    filters.readers.setCurrentIndex(5)
    safe = listed(qtbot, tab)
    filters.media.setCurrentIndex(2)
    # WHEN both are used THEN the largest sizes are listed that it calls good for both
    both = listed(qtbot, tab)
    assert 0 < sum(len(row.palette) for row in both) < sum(len(row.palette) for row in safe)
    flags = [row.palette.flags for row in both]
    assert all(each is not None and (each.blind, each.print) == (1, 1) for each in flags)
    # WHEN one is chosen THEN its judgement stands beside what was measured
    tab.shelf.chosen.emit(both[0].palette)
    settled(qtbot, tab)
    assert "ColorBrewer's own judgement: colour-blind readers yes, print yes" in tab.workbench.details


def test_the_slider_says_when_the_verdict_is_for_another_severity(qtbot: QtBot, tab: PaletteTab, desk: Desk) -> None:
    # GIVEN deutan readers
    tab.see_as(Vision.DEUTAN)
    visions = tab.workbench.visions
    assert visions.severity_text == "100 %"
    # WHEN the slider is moved THEN it is said which severity the verdict is for
    visions.slider.setValue(60)
    assert visions.severity_text == "60 %\nverdict: 100 %"
    # WHEN the settings change THEN the verdict is for that one, and says so
    desk.settings.set("palette.severity", 60)
    assert visions.severity_text == "60 %"
    settled(qtbot, tab)
    assert "for a severity of 60 %" in tab.workbench.details


def test_a_ramp_is_repaired(qtbot: QtBot, tab: PaletteTab) -> None:
    # GIVEN a ramp of which some readers confuse classes
    tab.bench.put(find("plasma").largest, is_own=False)
    settled(qtbot, tab)
    assert tab.workbench.verdict.repair_button.isVisible()
    # WHEN
    tab.workbench.verdict.repair_button.click()
    settled(qtbot, tab)
    # THEN
    assert (len(tab.bench.palette), check(tab.bench.palette).is_safe) == (256, True)
    assert not tab.workbench.verdict.repair_button.isVisible()


def test_what_was_found_stays_when_a_repair_is_stopped(qtbot: QtBot, tab: PaletteTab) -> None:
    # GIVEN a repair that takes seconds
    tab.bench.put(find("tab10").largest, is_own=False)
    settled(qtbot, tab)
    tab.actions_of_tab.repair.trigger()
    # WHEN it is stopped after something was found
    qtbot.waitUntil(lambda: tab.has_found, timeout=WAIT_MS)
    assert tab.go_back()
    settled(qtbot, tab)
    # THEN that is in front, and said to be not the end
    assert check(tab.bench.palette).distance >= 10
    assert tab.messages.text.startswith("Stopped early")


def test_typing_finds_palettes(qtbot: QtBot, tab: PaletteTab) -> None:
    tab.actions_of_tab.find.trigger()
    QTest.keyClicks(tab.shelf.filters.words, "okabe")
    qtbot.waitUntil(lambda: [row.palette.name for row in rows(tab)] == ["Okabe-Ito"], timeout=WAIT_MS)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_a_key_goes_from_the_field_to_the_first_palette_that_it_finds(
    qtbot: QtBot, tab: PaletteTab, key: Qt.Key
) -> None:
    # WHEN a name is typed and the key follows at once
    tab.actions_of_tab.find.trigger()
    QTest.keyClicks(tab.shelf.filters.words, "okabe")
    qtbot.keyClick(tab.shelf.filters.words, key)
    # THEN the palette is in front, and the arrow keys go on in the list
    qtbot.waitUntil(lambda: tab.bench.palette.name == "Okabe-Ito", timeout=WAIT_MS)
    assert tab.focusWidget() is tab.shelf.list
    settled(qtbot, tab)


def test_a_name_that_the_filters_hide_is_found_without_them(qtbot: QtBot, tab: PaletteTab) -> None:
    # GIVEN a ramp looked for among the colours for series
    tab.actions_of_tab.find.trigger()
    QTest.keyClicks(tab.shelf.filters.words, "plasma")
    qtbot.waitUntil(lambda: not rows(tab), timeout=WAIT_MS)
    # WHEN the filters are left out
    qtbot.waitUntil(tab.shelf.search_all.isVisible, timeout=WAIT_MS)
    tab.shelf.search_all.click()
    # THEN it is there
    qtbot.waitUntil(lambda: [row.palette.name for row in rows(tab)] == ["plasma"], timeout=WAIT_MS)
    settled(qtbot, tab)


def test_the_arrow_keys_choose_a_palette(qtbot: QtBot, tab: PaletteTab) -> None:
    row = tab.shelf.list.currentIndex().row()
    qtbot.keyClick(tab.shelf.list, Qt.Key.Key_Down)
    assert tab.bench.palette == rows(tab)[row + 1].palette
    settled(qtbot, tab)
    assert tab.workbench.name.text() == tab.bench.palette.name


def test_the_verdict_names_who_confuses_what_and_repair_helps(qtbot: QtBot, tab: PaletteTab, desk: Desk) -> None:
    # GIVEN a palette of which two colours look alike to deutans
    broken = put(tab, "#1b9e77", "#d95f02", "#7570b3", "#e7298a", "#66a61e")
    settled(qtbot, tab)
    assert "Unsafe" in tab.workbench.verdict.text
    assert "look alike to" in tab.workbench.verdict.text
    # WHEN it is repaired by the button beside the verdict
    tab.workbench.verdict.repair_button.click()
    settled(qtbot, tab)
    # THEN it is safe, kept in the history, and can be taken back
    assert check(tab.bench.palette).distance >= 10
    assert "Safe" in tab.workbench.verdict.text
    assert not tab.workbench.verdict.repair_button.isVisible()
    assert entries(desk)[0].text == " ".join(tab.bench.palette.colours)
    tab.actions_of_tab.undo.trigger()
    assert tab.bench.palette == broken
    tab.actions_of_tab.redo.trigger()
    assert tab.bench.palette != broken
    settled(qtbot, tab)


def test_nothing_is_repaired_that_is_safe(qtbot: QtBot, tab: PaletteTab) -> None:
    before = tab.bench.palette
    tab.actions_of_tab.repair.trigger()
    settled(qtbot, tab)
    assert tab.messages.text.startswith("Nothing had to be changed")
    assert tab.bench.palette == before
    assert not tab.actions_of_tab.undo.isEnabled()


def test_pinned_colours_stay_when_others_are_repaired(qtbot: QtBot, tab: PaletteTab) -> None:
    broken = put(tab, "#1b9e77", "#d95f02", "#7570b3", "#e7298a", "#66a61e")
    tab.workbench.strip.set_current(4)
    tab.colours.actions.pin.trigger()
    tab.actions_of_tab.repair.trigger()
    settled(qtbot, tab)
    assert tab.bench.palette != broken
    assert tab.bench.palette.colours[4] == "#66a61e"


def test_what_cannot_be_repaired_is_said(qtbot: QtBot, tab: PaletteTab) -> None:
    palette = put(tab, *(f"#{4 * number:02x}8040" for number in range(50)))
    tab.actions_of_tab.repair.trigger()
    settled(qtbot, tab)
    assert tab.messages.kind == "error"
    assert "can be repaired at once" in tab.messages.text
    assert tab.bench.palette == palette


def test_a_click_copies_a_colour_and_so_does_return(qtbot: QtBot, tab: PaletteTab) -> None:
    # GIVEN the swatches
    strip = tab.workbench.strip
    # WHEN one is clicked, and another reached by keys
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=centre(tab, 2))
    assert clipboard() == FIRST.colours[2]
    assert strip.accessibleDescription().startswith("3: red, #bd1f01")
    strip.setFocus()
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    qtbot.keyClick(strip, Qt.Key.Key_Return)
    # THEN each is on the clipboard, and the order is as it was
    assert clipboard() == FIRST.colours[3]
    tab.actions_of_tab.copy_all.trigger()
    assert clipboard() == " ".join(FIRST.colours)
    assert tab.bench.palette == FIRST
    settled(qtbot, tab)


def test_dragging_reorders_with_a_live_score(qtbot: QtBot, tab: PaletteTab) -> None:
    # GIVEN the first colour under the pointer
    settled(qtbot, tab)
    before = tab.workbench.strip.reach
    drag(tab, QEvent.Type.MouseButtonPress, centre(tab, 0))
    # WHEN it is dragged to the third place
    for place in range(3):
        drag(tab, QEvent.Type.MouseMove, centre(tab, place))
    # THEN the score follows while the palette is still as it was
    moved = (*FIRST.colours[1:3], FIRST.colours[0], *FIRST.colours[3:])
    assert tab.workbench.strip.colours == moved
    settled(qtbot, tab)
    assert tab.workbench.strip.reach != before
    assert tab.bench.palette == FIRST
    # WHEN it is dropped THEN it stays there, by one step that can be undone
    drag(tab, QEvent.Type.MouseButtonRelease, centre(tab, 2))
    assert tab.bench.palette.colours == moved
    tab.actions_of_tab.undo.trigger()
    assert tab.bench.palette == FIRST
    assert clipboard() == ""
    settled(qtbot, tab)


def test_esc_gives_dragging_up(qtbot: QtBot, tab: PaletteTab) -> None:
    tab.workbench.strip.setFocus()
    drag(tab, QEvent.Type.MouseButtonPress, centre(tab, 0))
    drag(tab, QEvent.Type.MouseMove, centre(tab, 4))
    assert tab.workbench.strip.is_dragging
    qtbot.keyClick(tab.workbench.strip, Qt.Key.Key_Escape)
    drag(tab, QEvent.Type.MouseButtonRelease, centre(tab, 4))
    assert tab.workbench.strip.colours == FIRST.colours
    assert tab.bench.palette == FIRST
    settled(qtbot, tab)


def test_keys_move_and_remove_a_colour(qtbot: QtBot, tab: PaletteTab) -> None:
    strip = tab.workbench.strip
    put(tab, "#1b9e77", "#d95f02", "#7570b3")
    strip.setFocus()
    strip.set_current(0)
    qtbot.keyClick(strip, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert tab.bench.palette.colours == ("#d95f02", "#1b9e77", "#7570b3")
    assert strip.colour == "#1b9e77"
    qtbot.keyClick(strip, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert tab.bench.palette.colours == ("#d95f02", "#7570b3")
    qtbot.keyClick(strip, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert tab.messages.text == "A palette has at least two colours."
    assert len(tab.bench.palette) == 2
    settled(qtbot, tab)


def test_figures_and_swatches_are_seen_through_other_eyes(qtbot: QtBot, gallery: PaletteTab) -> None:
    # GIVEN figures as everybody sees them
    settled(qtbot, gallery)
    normal = pixels(figures(gallery)["bar", 0])
    # WHEN a deutan, then a grey print, is chosen by the buttons
    gallery.workbench.visions.buttons[Vision.DEUTAN].click()
    settled(qtbot, gallery)
    deutan = pixels(figures(gallery)["bar", 0])
    gallery.workbench.visions.buttons[Vision.GREY].click()
    settled(qtbot, gallery)
    grey = pixels(figures(gallery)["bar", 0])
    # THEN the figures change with it
    assert (normal != deutan).any()
    assert (grey[..., 0] == grey[..., 2]).all()
    assert (normal[..., 0] != normal[..., 2]).any()
    assert not gallery.workbench.visions.slider.isEnabled()
    # THEN without any severity a deutan sees what everybody sees
    gallery.workbench.visions.buttons[Vision.DEUTAN].click()
    gallery.workbench.visions.slider.setValue(0)
    settled(qtbot, gallery)
    assert np.abs(pixels(figures(gallery)["bar", 0]).astype(int) - normal).max() <= 1


def test_only_the_newest_wish_is_painted(qtbot: QtBot, gallery: PaletteTab) -> None:
    settled(qtbot, gallery)
    finished: list[Vision] = []
    gallery.display.painter.finished.connect(lambda wish: finished.append(wish.vision))
    for vision in (Vision.PROTAN, Vision.DEUTAN, Vision.TRITAN, Vision.GREY):
        gallery.see_as(vision)
    settled(qtbot, gallery)
    assert finished[-1] is Vision.GREY
    assert len(finished) < 4
    for picture in figures(gallery).values():
        shade = pixels(picture)
        assert (shade[..., 0] == shade[..., 1]).all()


def test_dark_figures_and_marks(qtbot: QtBot, gallery: PaletteTab) -> None:
    settled(qtbot, gallery)
    plain = pixels(figures(gallery)["line", 0])
    gallery.actions_of_tab.marks.trigger()
    settled(qtbot, gallery)
    assert (pixels(figures(gallery)["line", 0]) != plain).any()
    gallery.actions_of_tab.dark.trigger()
    settled(qtbot, gallery)
    assert pixels(figures(gallery)["line", 0])[0, 0].max() < 64
    # THEN the contrast is judged on that background, too
    assert gallery.display.standard().background == "#1b1e23"


def test_two_palettes_are_compared_side_by_side(qtbot: QtBot, gallery: PaletteTab, shot: Shot) -> None:
    # GIVEN a comparison that was begun with the first palette
    gallery.actions_of_tab.compare.trigger()
    # WHEN another one is chosen
    other = find("tab10").largest
    gallery.bench.put(other, is_own=False)
    settled(qtbot, gallery)
    shot(gallery, "palette-compare")
    # THEN both are there with their verdicts and figures
    assert gallery.workbench.other.strip.colours == FIRST.colours
    assert "Safe" in gallery.workbench.other.verdict.text
    assert "Unsafe" in gallery.workbench.verdict.text
    assert len(figures(gallery)) == 16
    assert (pixels(figures(gallery)["bar", 0]) != pixels(figures(gallery)["bar", 1])).any()
    # WHEN they are swapped THEN each takes the other's place; Esc ends the comparison
    gallery.actions_of_tab.swap.trigger()
    assert gallery.bench.palette == FIRST
    assert gallery.workbench.other.strip.colours == other.colours
    assert gallery.go_back()
    settled(qtbot, gallery)
    assert len(figures(gallery)) == 8


def test_favourites_survive_a_restart(qtbot: QtBot, tab: PaletteTab, desk: Desk, paths: Paths, shelf: Shelf) -> None:
    # GIVEN a palette of the catalogue and one of the user's own among the favourites
    tab.actions_of_tab.favourite.trigger()
    own = put(tab, "#1b9e77", "#d95f02", "#7570b3")
    tab.actions_of_tab.favourite.trigger()
    settled(qtbot, tab)
    # WHEN the program starts anew
    again = Desk(paths)
    fresh = shown(qtbot, PaletteTab(again, shelf=shelf))
    fresh.shelf.filters.clear()
    fresh.shelf.filters.favourites.click()
    settled(qtbot, fresh)
    # THEN both are listed, and one can be let go
    assert {row.palette.colours for row in rows(fresh)} == {own.colours, FIRST.colours}
    fresh.bench.put(own, is_own=False)
    fresh.actions_of_tab.favourite.trigger()
    settled(qtbot, fresh)
    assert [row.palette.colours for row in rows(fresh)] == [FIRST.colours]
    fresh.close()
    assert again.close()


def test_damaged_favourites_do_no_harm(qtbot: QtBot, desk: Desk, shelf: Shelf) -> None:
    stored = [{"name": "x"}, 5, {"name": "y", "colours": ["#zz", "#000"], "kind": "qualitative"}]
    desk.settings.set("palette.favourites", json.dumps(stored))
    tab = shown(qtbot, PaletteTab(desk, shelf=shelf))
    tab.shelf.filters.favourites.click()
    settled(qtbot, tab)
    assert rows(tab) == []


def test_a_palette_is_made_around_pinned_colours(qtbot: QtBot, tab: PaletteTab, desk: Desk) -> None:
    # GIVEN a pinned colour and a wish for five
    tab.actions_of_tab.make.trigger()
    tab.workbench.strip.set_current(1)
    tab.colours.actions.pin.trigger()
    tab.workbench.make_panel.count.setValue(5)
    # WHEN a palette is made, and another one
    tab.workbench.make_panel.button.click()
    settled(qtbot, tab)
    first = tab.bench.palette
    tab.actions_of_tab.make_now.trigger()
    settled(qtbot, tab)
    # THEN both have it, both are safe and kept, and they differ
    second = tab.bench.palette
    assert FIRST.colours[1] in first.colours
    assert FIRST.colours[1] in second.colours
    assert first != second
    assert len(first) == 5
    assert check(first).is_safe
    assert len(entries(desk)) == 2


def test_a_ramp_is_made_from_a_colour(qtbot: QtBot, tab: PaletteTab) -> None:
    tab.actions_of_tab.make.trigger()
    tab.workbench.make_panel.kind.setCurrentIndex(2)
    assert not tab.workbench.make_panel.count.isEnabled()
    tab.workbench.make_panel.button.click()
    settled(qtbot, tab)
    assert tab.bench.palette.kind is Kind.DIVERGING
    assert len(tab.workbench.strip.colours) == 9
    assert not tab.colours.actions.remove.isEnabled()


def test_wishes_that_contradict_each_other_are_refused(qtbot: QtBot, tab: PaletteTab) -> None:
    for place in range(4):
        tab.bench.toggle_pin(FIRST.colours[place])
    tab.workbench.make_panel.count.setValue(3)
    tab.actions_of_tab.make_now.trigger()
    assert tab.messages.kind == "warning"
    assert tab.bench.palette == FIRST
    settled(qtbot, tab)


def test_own_data_come_first_among_the_figures(qtbot: QtBot, gallery: PaletteTab, tmp_path: Path) -> None:
    # GIVEN a table and a figure of Plotly
    table = tmp_path / "runs.csv"
    table.write_text(CSV)
    figure = tmp_path / "figure.json"
    figure.write_text(json.dumps({"data": [{"type": "bar", "x": ["a", "b"], "y": [1, 2]}], "layout": {}}))
    # WHEN each is opened THEN it is drawn before the samples
    for path in (table, figure):
        gallery.intake.open(path)
        settled(qtbot, gallery)
        assert [picture.key for picture in gallery.workbench.grid.pictures][:2] == ["own", "line"]
        assert gallery.workbench.grid.pictures[0].title == path.stem
    # WHEN the user has seen enough THEN the samples are left
    press(gallery, "Sample figures only")
    settled(qtbot, gallery)
    assert len(figures(gallery)) == 8


def test_a_style_gives_its_colours_and_its_look(qtbot: QtBot, gallery: PaletteTab, tmp_path: Path) -> None:
    settled(qtbot, gallery)
    plain = pixels(figures(gallery)["line", 0])
    style = tmp_path / "paper.mplstyle"
    style.write_text("axes.prop_cycle: cycler('color', ['1b9e77', 'd95f02'])\naxes.linewidth: 4\n")
    gallery.intake.open(style)
    settled(qtbot, gallery)
    assert gallery.bench.palette == Palette("paper", ("#1b9e77", "#d95f02"))
    assert (pixels(figures(gallery)["heatmap", 0])[:, :40] != plain[:, :40]).any()


def test_a_style_that_nothing_can_be_drawn_with_is_left_out(qtbot: QtBot, tab: PaletteTab, tmp_path: Path) -> None:
    # GIVEN a style of the user's own
    style = tmp_path / "paper.mplstyle"
    style.write_text("text.usetex: True\n")
    tab.intake.open(style)
    settled(qtbot, tab)
    assert tab.actions_of_tab.samples.isEnabled()
    # WHEN matplotlib cannot draw with it
    tab.display.painter.failed.emit(RuntimeError("latex could not be found"))
    # THEN it is named and left out
    assert tab.messages.text == "Matplotlib cannot draw with paper.mplstyle: latex could not be found"
    assert tab.messages.kind == "warning"
    assert not tab.actions_of_tab.samples.isEnabled()


def test_every_action_can_be_drawn_in_a_menu(qtbot: QtBot, tab: PaletteTab) -> None:
    # GIVEN the menu of all actions WHEN it is filled and drawn
    menu = tab.menu_button.menu()
    menu.popup(QPoint(0, 0))
    qtbot.waitUntil(menu.isVisible, timeout=WAIT_MS)
    assert not menu.grab().isNull()
    # THEN it lists the actions of the tab
    texts = [action.text() for action in menu.actions()]
    assert {"Repair the palette", "Pick a colour from the screen", "Install into Plotly"} <= set(texts)
    menu.close()
    settled(qtbot, tab)


def test_esc_stops_what_is_being_made(qtbot: QtBot, tab: PaletteTab) -> None:
    tab.workbench.make_panel.count.setValue(20)
    tab.actions_of_tab.make_now.trigger()
    assert tab.go_back()
    settled(qtbot, tab)
    assert tab.bench.palette == FIRST
    assert tab.actions_of_tab.make.isChecked()


def test_an_empty_name_is_none(qtbot: QtBot, tab: PaletteTab) -> None:
    tab.workbench.name.selectAll()
    qtbot.keyClick(tab.workbench.name, Qt.Key.Key_Delete)
    qtbot.keyClick(tab.workbench.name, Qt.Key.Key_Return)
    assert tab.workbench.name.text() == "petroff10"
    settled(qtbot, tab)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("data.pkl", b"\x80\x04N.", "pickle"),
        ("empty.csv", b"", "no rows"),
        ("words.csv", b"\xff\xfe\x00", "no text file"),
        ("broken.json", b"{", "no JSON"),
        ("wrong.mplstyle", b"axes.nonsense: 3\n", "Matplotlib rejects"),
        ("picture.png", b"no picture", "picture"),
        ("list.txt", b"#12345 #000", "no colour"),
    ],
)
def test_files_that_cannot_be_used_are_refused_in_words(
    qtbot: QtBot, tab: PaletteTab, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    tab.intake.open(path)
    settled(qtbot, tab)
    assert tab.messages.kind == "warning"
    assert said in tab.messages.text
    assert tab.bench.palette == FIRST


def test_a_dropped_file_is_opened(qtbot: QtBot, tab: PaletteTab, tmp_path: Path) -> None:
    path = tmp_path / "list.hex"
    path.write_text("1b9e77\nd95f02\n")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    tab.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, buttons, keys))
    settled(qtbot, tab)
    assert tab.bench.palette.colours == ("#1b9e77", "#d95f02")


def test_colours_are_pasted_from_texts_and_pictures(qtbot: QtBot, gallery: PaletteTab) -> None:
    # GIVEN a list, a wrong list, and a picture on the clipboard WHEN each is pasted
    QGuiApplication.clipboard().setText("1b9e77, #d95f02 7570b3")
    gallery.actions_of_tab.paste.trigger()
    settled(qtbot, gallery)
    assert gallery.bench.palette.colours == ("#1b9e77", "#d95f02", "#7570b3")
    QGuiApplication.clipboard().setText("1b9e77 reddish")
    gallery.actions_of_tab.paste.trigger()
    settled(qtbot, gallery)
    assert "“reddish” is no colour" in gallery.messages.text
    image = QImage(80, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("#0072b2"))
    painter = QPainter(image)
    painter.fillRect(0, 0, 30, 40, QColor("#d55e00"))
    painter.end()
    QGuiApplication.clipboard().setImage(image)
    gallery.actions_of_tab.paste.trigger()
    settled(qtbot, gallery)
    # THEN its colours are in front, the most frequent first
    assert gallery.bench.palette.colours == ("#0072b2", "#d55e00")
    QGuiApplication.clipboard().clear()
    gallery.actions_of_tab.paste.trigger()
    assert gallery.messages.text == "There are no colours on the clipboard."


def test_a_theme_is_written_and_an_old_file_is_kept(
    qtbot: QtBot, tab: PaletteTab, opened: list[QUrl], tmp_path: Path
) -> None:
    # GIVEN a folder that has a file of that name
    path = tmp_path / "petroff10.css"
    path.write_text("mine")
    # WHEN the theme is exported there
    tab.exporter.export(tab.display.dress, ["css", "gimp"], tmp_path)
    settled(qtbot, tab)
    # THEN nothing is written before the user has agreed
    assert tab.messages.kind == "warning"
    assert path.read_text() == "mine"
    press(tab, "Replace")
    settled(qtbot, tab)
    assert FIRST.colours[0] in path.read_text()
    kept = [each for each in tmp_path.iterdir() if ".before-" in each.name]
    assert [each.read_text() for each in kept] == ["mine"]
    assert kept[0].name in tab.messages.text
    press(tab, "Open the folder")
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]


def test_the_folder_is_asked_for(qtbot: QtBot, tab: PaletteTab, tmp_path: Path) -> None:
    tab.actions_of_tab.exports["latex"].trigger()
    dialog = tab.exporter.dialog
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    settled(qtbot, tab)
    assert tab.messages.text == "Written: petroff10.tex."
    assert (tmp_path / "petroff10.tex").is_file()


def test_a_folder_that_cannot_be_written_to_is_said(qtbot: QtBot, tab: PaletteTab, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    tab.exporter.export(tab.display.dress, ["css"], blocked)
    settled(qtbot, tab)
    assert tab.messages.kind == "error"
    assert "was not saved" in tab.messages.text


def test_a_theme_is_installed_and_the_lines_can_be_copied(qtbot: QtBot, tab: PaletteTab) -> None:
    # GIVEN a palette with a name of its own
    tab.workbench.name.selectAll()
    QTest.keyClicks(tab.workbench.name, "ten for my paper")
    qtbot.keyClick(tab.workbench.name, Qt.Key.Key_Return)
    assert tab.bench.palette.name == "ten for my paper"
    # WHEN it is installed into both programs
    tab.actions_of_tab.installs["plotly"].trigger()
    settled(qtbot, tab)
    assert "Installed into Plotly" in tab.messages.text
    tab.actions_of_tab.installs["matplotlib"].trigger()
    settled(qtbot, tab)
    # THEN matplotlib's library has it, and the lines that use it can be copied
    assert "Installed into Matplotlib" in tab.messages.text
    press(tab, "Copy the lines")
    assert clipboard().splitlines()[-1] == 'plt.style.use("ten_for_my_paper")'
    installed = list(Path(os.environ["HOME"]).rglob("ten_for_my_paper.mplstyle"))
    assert installed
    for each in installed:
        each.unlink()


def test_the_figures_open_in_the_browser(qtbot: QtBot, tab: PaletteTab, opened: list[QUrl], tmp_path: Path) -> None:
    table = tmp_path / "runs.csv"
    table.write_text(CSV)
    tab.intake.open(table)
    settled(qtbot, tab)
    tab.actions_of_tab.browser.trigger()
    settled(qtbot, tab)
    page = Path(opened[0].toLocalFile()).read_text(encoding="utf-8")
    assert "Plotly.newPlot" in page
    assert "figure-own" in page
    assert FIRST.colours[0] in page


def test_a_colour_is_picked_from_the_screen(qtbot: QtBot, tab: PaletteTab) -> None:
    # GIVEN something of a known colour on the screen
    sample = QWidget(None, Qt.WindowType.FramelessWindowHint)
    qtbot.addWidget(sample)
    sample.setStyleSheet("background: #123456;")
    sample.setGeometry(1500, 800, 200, 200)
    sample.show()
    qtbot.waitExposed(sample)
    qtbot.waitUntil(
        lambda: sample.screen().grabWindow(0).toImage().pixelColor(1600, 900).name() == "#123456", timeout=WAIT_MS
    )
    # WHEN the eyedropper is used on it, one arrow key to the right
    tab.workbench.strip.set_current(0)
    tab.colours.actions.pick.trigger()
    qtbot.waitUntil(lambda: bool(tab.colours.eyedropper.windows), timeout=WAIT_MS)
    window = tab.colours.eyedropper.windows[0]
    assert isinstance(window, PixelWindow)
    qtbot.waitExposed(window)

    def is_aimed() -> bool:
        """Move the pointer, also after the window manager has placed the window below it."""
        QTest.mouseMove(window.windowHandle(), QPoint(1600, 900))
        return window.isActiveWindow() and window.cursor_pixel.x == 1600

    qtbot.waitUntil(is_aimed, timeout=WAIT_MS)
    qtbot.keyClick(window, Qt.Key.Key_Right)
    assert window.cursor_pixel.x == 1601
    qtbot.keyClick(window, Qt.Key.Key_Return)
    # THEN the colour stands behind the current one, and the picture is gone
    assert tab.bench.palette.colours[:3] == (FIRST.colours[0], "#123456", FIRST.colours[1])
    assert tab.colours.eyedropper.windows == []
    assert tab.workbench.strip.colour == "#123456"
    settled(qtbot, tab)


def test_esc_puts_the_eyedropper_away(qtbot: QtBot, tab: PaletteTab) -> None:
    tab.colours.actions.pick.trigger()
    qtbot.waitUntil(lambda: bool(tab.colours.eyedropper.windows), timeout=WAIT_MS)
    window = tab.colours.eyedropper.windows[0]
    qtbot.waitExposed(window)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert tab.colours.eyedropper.windows == []
    assert tab.bench.palette == FIRST
    settled(qtbot, tab)


def test_own_work_is_kept_and_in_front_after_a_restart(
    qtbot: QtBot, tab: PaletteTab, desk: Desk, paths: Paths, shelf: Shelf
) -> None:
    # GIVEN an edited palette
    tab.actions_of_tab.reverse.trigger()
    edited = tab.bench.palette
    # WHEN the user goes elsewhere and starts anew
    tab.hide()
    settled(qtbot, tab)
    again = Desk(paths)
    fresh = shown(qtbot, PaletteTab(again, shelf=shelf))
    # THEN it is in front, and in the history with a picture
    assert fresh.bench.palette == edited
    entry = desk.history.get(entries(desk)[0].id)
    assert entry is not None
    assert QImage.fromData(entry.thumbnail or b"").width() == 256
    fresh.bench.put(FIRST, is_own=False)
    fresh.accept_entry(entry)
    assert fresh.bench.palette == edited
    settled(qtbot, fresh)
    fresh.close()
    assert again.close()


def test_another_limit_is_another_verdict(qtbot: QtBot, tab: PaletteTab, desk: Desk) -> None:
    desk.settings.set("palette.limit", 20.0)
    settled(qtbot, tab)
    assert tab.workbench.verdict.text.startswith("Unsafe · 14.5")
    assert [row.level for row in rows(tab)][1] is Level.UNSAFE


def test_both_languages_are_complete(qtbot: QtBot, tab: PaletteTab, desk: Desk, shot: Shot) -> None:
    desk.settings.set("general.language", "zh_CN")
    settled(qtbot, tab)
    shot(tab, "palette-tab-zh")
    assert tab.workbench.verdict.text.startswith("安全 · 14.5")
    names = [each.text() for each in tab.findChildren(QAbstractButton) if each.isVisible() and each.text()]
    assert names
    assert [name for name in names if all(ord(letter) < 0x2E80 for letter in name)] == []
    assert tr("Palette") == "配色"


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_nothing_is_cut_off_on_the_smallest_screen(qtbot: QtBot, tab: PaletteTab, desk: Desk, code: str) -> None:
    # GIVEN as much room as the window leaves to a tab at 1024 x 640
    desk.settings.set("general.language", code)
    tab.resize(SMALL)
    put(tab, *find("tab10").largest.colours)
    settled(qtbot, tab)
    # WHEN everything that can be opened is open
    tab.actions_of_tab.compare.trigger()
    tab.actions_of_tab.make.trigger()
    settled(qtbot, tab)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    # THEN every button is within the tab and has room for its text
    assert tab.size() == SMALL
    shown = [each for each in tab.findChildren(QAbstractButton) if each.isVisible() and each.text()]
    buttons = [each for each in shown if not (isinstance(each, QToolButton) and each.toolButtonStyle() == ICON_ONLY)]
    needs = {each.text(): each.fontMetrics().horizontalAdvance(each.text()) for each in buttons}
    assert [each.text() for each in buttons if each.width() < needs[each.text()] + 8] == []
    assert all(tab.rect().contains(each.mapTo(tab, each.rect().bottomRight())) for each in shown)
