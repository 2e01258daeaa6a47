"""The sheet: drawn on with mouse, finger and pen, erased, undone, read when the hand rests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QInputDevice, QPointingDevice, QPointingDeviceUniqueId, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.formula.engine import NoFormula
from app.ui.desk import Desk
from app.ui.formula.canvas import LINE, Canvas
from app.ui.formula.ink import Dot, Ink, Stroke, bounds, picture, without_touched
from app.ui.formula.pictures import Source
from app.ui.tabs.formula import FormulaTab
from tests.ui.formula_parts import WAIT_MS, StubReader, entries, finished, open_tab, read
from tests.ui.formula_parts import picture as snip

LINE_A = [(60, 60), (90, 62), (120, 60)]
LINE_B = [(60, 110), (90, 112), (120, 110)]


@pytest.fixture
def reader() -> StubReader:
    return StubReader()


@pytest.fixture
def tab(desk: Desk, reader: StubReader, qtbot: QtBot) -> Iterator[FormulaTab]:
    with open_tab(desk, reader, qtbot) as tab:
        yield tab


@pytest.fixture
def canvas(tab: FormulaTab, qtbot: QtBot) -> Canvas:
    """The sheet of a tab in which drawing was chosen."""
    tab.actions_of_tab.draw.trigger()
    canvas = tab.draw_pane.canvas
    qtbot.waitUntil(lambda: canvas.isVisible() and canvas.hasFocus() and canvas.height() > 120, timeout=WAIT_MS)
    return canvas


def by_mouse(qtbot: QtBot, canvas: Canvas, places: Sequence[tuple[int, int]]) -> None:
    first, *others = (QPoint(*place) for place in places)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=first)
    for place in others:
        qtbot.mouseMove(canvas, place)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=others[-1])


def answered(qtbot: QtBot, tab: FormulaTab, latex: str) -> None:
    qtbot.waitUntil(lambda: tab.editor.latex == latex and not tab.desk.tasks.running, timeout=WAIT_MS)


def pen_device(kind: QPointingDevice.PointerType) -> QPointingDevice:
    return QPointingDevice(
        "pen",
        7,
        QInputDevice.DeviceType.Stylus,
        kind,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        1,
        "",
        QPointingDeviceUniqueId(),
    )


def by_pen(
    canvas: Canvas,
    device: QPointingDevice,
    places: Sequence[tuple[int, int]],
    pressures: Sequence[float],
) -> None:
    kinds = [QEvent.Type.TabletPress, *[QEvent.Type.TabletMove] * (len(places) - 2), QEvent.Type.TabletRelease]
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, place, pressure in zip(kinds, places, pressures, strict=True):
        at = QPointF(*place)
        there = QPointF(canvas.mapToGlobal(at.toPoint()))
        keys = Qt.KeyboardModifier.NoModifier
        event = QTabletEvent(
            kind, device, at, there, pressure, 0, 0, 0, 0, 0, keys, left, none if pressure == 0 else left
        )
        QApplication.sendEvent(canvas, event)
        assert event.isAccepted()


def test_a_drawing_is_read_when_the_hand_rests(
    qtbot: QtBot, tab: FormulaTab, canvas: Canvas, reader: StubReader, desk: Desk
) -> None:
    # GIVEN / WHEN two strokes are drawn and the hand rests
    reader.latex = "="
    by_mouse(qtbot, canvas, LINE_A)
    by_mouse(qtbot, canvas, LINE_B)
    answered(qtbot, tab, "=")
    # THEN the drawing was read once, as large as it is, and is in the history with its picture
    assert len(reader.sizes) == 1
    assert reader.sizes[0] == pytest.approx((60 + 32 + LINE, 52 + 32 + LINE), abs=2)
    (entry,) = entries(desk)
    assert (entry.text, entry.detail["source"]) == ("=", "drawing")
    # AND the answer is shown beside the sheet, on which everything still is
    assert canvas.isVisible()
    assert len(canvas.ink.strokes) == 2
    assert not tab.compare.answer_view.is_empty


def test_a_drawing_that_grows_stays_one_entry(
    qtbot: QtBot, tab: FormulaTab, canvas: Canvas, reader: StubReader, desk: Desk
) -> None:
    reader.latex = "-"
    by_mouse(qtbot, canvas, LINE_A)
    answered(qtbot, tab, "-")
    reader.latex = "="
    by_mouse(qtbot, canvas, LINE_B)
    answered(qtbot, tab, "=")
    assert [entry.text for entry in entries(desk)] == ["="]


def test_what_was_corrected_is_kept_when_the_drawing_grows(
    qtbot: QtBot, tab: FormulaTab, canvas: Canvas, reader: StubReader, desk: Desk
) -> None:
    reader.latex = "-"
    by_mouse(qtbot, canvas, LINE_A)
    answered(qtbot, tab, "-")
    qtbot.keyClicks(tab.editor, "1")
    reader.latex = "="
    by_mouse(qtbot, canvas, LINE_B)
    answered(qtbot, tab, "=")
    assert sorted(entry.text for entry in entries(desk)) == ["-1", "="]


def test_strokes_are_undone_redone_and_cleared_by_keys(
    qtbot: QtBot, tab: FormulaTab, canvas: Canvas, reader: StubReader
) -> None:
    by_mouse(qtbot, canvas, LINE_A)
    by_mouse(qtbot, canvas, LINE_B)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(canvas, Qt.Key.Key_Z, control)
    assert len(canvas.ink.strokes) == 1
    qtbot.keyClick(canvas, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    assert len(canvas.ink.strokes) == 2
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert canvas.ink.strokes == ()
    assert not tab.draw_pane.wipe.isEnabled()
    qtbot.keyClick(canvas, Qt.Key.Key_Z, control)
    assert len(canvas.ink.strokes) == 2
    answered(qtbot, tab, "x^2")


def test_an_empty_sheet_has_no_answer(qtbot: QtBot, tab: FormulaTab, canvas: Canvas, desk: Desk) -> None:
    by_mouse(qtbot, canvas, LINE_A)
    answered(qtbot, tab, "x^2")
    tab.draw_pane.wipe.trigger()
    answered(qtbot, tab, "")
    assert tab.compare.answer_view.is_empty
    assert [entry.text for entry in entries(desk)] == ["x^2"]


def test_the_eraser_takes_away_what_it_touches_in_one_step(qtbot: QtBot, tab: FormulaTab, canvas: Canvas) -> None:
    # GIVEN three strokes and the eraser
    for places in (LINE_A, LINE_B, [(300, 40), (300, 120)]):
        by_mouse(qtbot, canvas, places)
    qtbot.keyClick(canvas, Qt.Key.Key_E)
    assert tab.draw_pane.erase.isChecked()
    # WHEN it is drawn across two of them
    by_mouse(qtbot, canvas, [(90, 30), (90, 140)])
    # THEN they are gone, the third is there, and one undo brings them back
    assert [stroke.dots[0].at.x() for stroke in canvas.ink.strokes] == [300]
    tab.draw_pane.undo.trigger()
    assert len(canvas.ink.strokes) == 3
    # AND a click beside everything takes nothing away
    by_mouse(qtbot, canvas, [(500, 100), (501, 100)])
    assert len(canvas.ink.strokes) == 3
    answered(qtbot, tab, "x^2")


def test_what_is_left_after_erasing_and_undoing_looks_as_if_drawn_anew(
    qtbot: QtBot, tab: FormulaTab, canvas: Canvas, desk: Desk
) -> None:
    # GIVEN lines that cross each other
    for line in (LINE_A, LINE_B, [(75, 30), (78, 140)], [(50, 130), (140, 40)]):
        by_mouse(qtbot, canvas, line)

    # WHEN one is erased, and that is undone and done again
    tab.draw_pane.erase.trigger()
    steps: list[Callable[[], None]] = [
        lambda: by_mouse(qtbot, canvas, [(70, 34), (80, 34)]),
        tab.draw_pane.undo.trigger,
        tab.draw_pane.redo.trigger,
    ]
    for count, step in zip((3, 4, 3), steps, strict=True):
        step()
        assert len(canvas.ink.strokes) == count
        shown = canvas.grab().toImage()

        # THEN the sheet is what it is when all of it is drawn
        desk.theme.changed.emit()
        assert canvas.grab().toImage() == shown


def test_a_finger_draws_and_a_second_one_does_not(qtbot: QtBot, tab: FormulaTab, canvas: Canvas) -> None:
    screen = QTest.createTouchDevice()
    touch = QTest.touchEvent(canvas, screen, False)
    touch.press(1, QPoint(60, 60), canvas).commit()
    touch.stationary(1).press(2, QPoint(200, 100), canvas).commit()
    touch.move(1, QPoint(90, 80), canvas).stationary(2).commit()
    touch.release(2, QPoint(200, 100), canvas).stationary(1).commit()
    touch.release(1, QPoint(90, 80), canvas).commit()
    (stroke,) = canvas.ink.strokes
    assert [(dot.at.x(), dot.at.y()) for dot in stroke.dots] == [(60, 60), (90, 80)]
    answered(qtbot, tab, "x^2")


def test_a_pen_draws_as_broad_as_it_presses(qtbot: QtBot, tab: FormulaTab, canvas: Canvas) -> None:
    by_pen(canvas, pen_device(QPointingDevice.PointerType.Pen), [*LINE_A, (121, 60)], [0.0001, 0.5, 1.0, 0.0])
    (stroke,) = canvas.ink.strokes
    assert [dot.width for dot in stroke.dots] == pytest.approx([LINE * 0.5, LINE, LINE * 1.5], rel=0.01)
    answered(qtbot, tab, "x^2")


def test_the_other_end_of_the_pen_erases(qtbot: QtBot, tab: FormulaTab, canvas: Canvas) -> None:
    by_mouse(qtbot, canvas, LINE_A)
    by_pen(canvas, pen_device(QPointingDevice.PointerType.Eraser), [(90, 40), (90, 80), (90, 81)], [0.5, 0.5, 0.0])
    assert canvas.ink.strokes == ()
    assert not tab.draw_pane.erase.isChecked()
    finished(qtbot, tab)


def test_the_hand_that_holds_the_pen_draws_nothing(qtbot: QtBot, tab: FormulaTab, canvas: Canvas) -> None:
    screen = QTest.createTouchDevice()
    # GIVEN a hand on the sheet before the pen
    touch = QTest.touchEvent(canvas, screen, False)
    touch.press(1, QPoint(300, 100), canvas).commit()
    # WHEN the pen draws, and the hand comes down again
    by_pen(canvas, pen_device(QPointingDevice.PointerType.Pen), [*LINE_A, (121, 60)], [0.5, 0.5, 0.5, 0.0])
    touch.release(1, QPoint(300, 100), canvas).commit()
    touch.press(3, QPoint(310, 100), canvas).commit()
    touch.release(3, QPoint(310, 100), canvas).commit()
    # THEN there is the pen's stroke only
    assert [stroke.dots[0].at.x() for stroke in canvas.ink.strokes] == [60]
    answered(qtbot, tab, "x^2")


def test_esc_leaves_the_sheet_and_the_answer_stays(qtbot: QtBot, tab: FormulaTab, canvas: Canvas, desk: Desk) -> None:
    # GIVEN a drawing with its answer
    by_mouse(qtbot, canvas, LINE_A)
    answered(qtbot, tab, "x^2")
    # WHEN the sheet is left
    assert tab.go_back()
    finished(qtbot, tab)
    # THEN the drawing is the picture beside the answer
    assert not canvas.isVisible()
    assert not tab.compare.snip_view.is_empty
    assert tab.editor.latex == "x^2"
    # AND a snip in between takes nothing from the sheet, to which the answer comes back
    read(qtbot, tab, [Source("file", snip())])
    tab.actions_of_tab.draw.trigger()
    finished(qtbot, tab)
    assert len(canvas.ink.strokes) == 1
    assert len(entries(desk)) == 2


def test_a_sheet_left_before_the_hand_rested_is_read_when_it_is_taken_up(
    qtbot: QtBot, tab: FormulaTab, canvas: Canvas, reader: StubReader
) -> None:
    by_mouse(qtbot, canvas, LINE_A)
    tab.close_pane()
    assert tab.empty.isVisible()
    tab.actions_of_tab.draw.trigger()
    answered(qtbot, tab, "x^2")
    assert len(reader.sizes) == 1


def test_nothing_read_yet_is_no_error(qtbot: QtBot, tab: FormulaTab, canvas: Canvas, reader: StubReader) -> None:
    reader.error = NoFormula()
    by_mouse(qtbot, canvas, LINE_A)
    qtbot.waitUntil(lambda: tab.messages.kind == "info", timeout=WAIT_MS)
    assert canvas.isVisible()
    finished(qtbot, tab)


def test_a_smaller_sheet_shows_the_drawing_smaller_and_takes_strokes_where_they_are(
    qtbot: QtBot, canvas: Canvas, tab: FormulaTab
) -> None:
    # GIVEN a stroke at the right end
    right = canvas.width() - 20
    by_mouse(qtbot, canvas, [(right - 30, 50), (right, 50)])
    # WHEN the sheet has half the width
    canvas.resize(canvas.width() // 2, canvas.height())
    # THEN what is drawn at the place of the stroke is where the stroke is
    share = canvas.width() / (right + LINE / 2)
    by_mouse(qtbot, canvas, [(round(right * share), 10), (round(right * share), 20)])
    assert canvas.ink.strokes[1].dots[0].at.x() == pytest.approx(right, abs=2)
    answered(qtbot, tab, "x^2")


def test_the_picture_is_black_on_white_whatever_the_theme(qtbot: QtBot) -> None:
    image = picture((Stroke((Dot(QPointF(50, 50), 4.0), Dot(QPointF(80, 50), 4.0))),))
    assert image.size().toTuple() == (66, 36)
    assert QImage(image).pixelColor(33, 18).lightness() < 64
    assert image.pixelColor(2, 2).lightness() == 255
    assert picture(()).isNull()


def test_a_dot_is_ink_too() -> None:
    image = picture((Stroke((Dot(QPointF(50, 50), 4.0),)),))
    assert image.pixelColor(image.width() // 2, image.height() // 2).lightness() < 64


def test_ink_goes_back_and_forth_and_forgets_what_was_undone() -> None:
    ink, first, second = Ink(), Stroke((Dot(QPointF(1, 1), 2.0),)), Stroke((Dot(QPointF(9, 9), 2.0),))
    ink.replace((first,))
    ink.replace((first, second))
    ink.undo()
    assert ink.strokes == (first,)
    assert ink.can_redo
    ink.replace(())
    assert not ink.can_redo
    ink.undo()
    ink.undo()
    ink.undo()
    assert ink.strokes == ()
    assert not ink.can_undo


def test_the_eraser_is_as_wide_as_it_looks() -> None:
    stroke = Stroke((Dot(QPointF(0, 0), 2.0), Dot(QPointF(100, 0), 2.0)))
    assert without_touched((stroke,), QPointF(50, 10.9), QPointF(50, 10.9), 10) == ()
    assert without_touched((stroke,), QPointF(50, 11.1), QPointF(50, 11.1), 10) == (stroke,)
    assert without_touched((stroke,), QPointF(50, -40), QPointF(50, 40), 10) == ()
    assert bounds([stroke]).width() == 102
