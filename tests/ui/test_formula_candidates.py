"""The answers that are offered, and the doubts about the one that is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QByteArray, QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from app.formula.engine import Candidate
from app.formula.render import render_svg
from app.ui.desk import Desk
from app.ui.formula.candidates import differing, percent
from app.ui.formula.pictures import Source
from app.ui.formula.recognition import candidates_in
from app.ui.tabs.formula import FormulaTab
from tests.ui.formula_parts import WAIT_MS, StubReader, clipboard, entries, finished, open_tab, picture, read

FIRST, SECOND, THIRD = Candidate("x^2", 0.7), Candidate("x^3", 0.2), Candidate("X^2", 0.004)


@pytest.fixture
def reader() -> StubReader:
    reader = StubReader()
    reader.confidence, reader.candidates = FIRST.confidence, (FIRST, SECOND, THIRD)
    return reader


@pytest.fixture
def tab(desk: Desk, reader: StubReader, qtbot: QtBot) -> Iterator[FormulaTab]:
    with open_tab(desk, reader, qtbot) as tab:
        yield tab


def drawn(latex: str) -> QImage:
    """Return LaTeX as a screenshot would have it."""
    renderer = QSvgRenderer(QByteArray(render_svg(latex, size_px=40, colour="#000000")))
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    return image


def test_likely_answers_are_offered_with_their_confidence(qtbot: QtBot, tab: FormulaTab) -> None:
    # GIVEN / WHEN a picture with two likely answers and an unlikely one is read
    read(qtbot, tab, [Source("file", picture())])
    # THEN the two are offered, the first is shown
    offered = tab.workbench.candidates
    assert offered.isVisible()
    assert offered.candidates == (FIRST, SECOND)
    assert offered.currentRow() == 0
    assert "70 %" in tab.bar.text
    assert [action.isEnabled() for action in tab.actions_of_tab.take] == [True, True, False]


def test_a_sure_answer_leaves_no_choice(qtbot: QtBot, tab: FormulaTab, reader: StubReader) -> None:
    reader.candidates = (FIRST,)
    read(qtbot, tab, [Source("file", picture())])
    assert not tab.workbench.candidates.isVisible()
    assert not tab.actions_of_tab.take[0].isEnabled()


def test_a_click_takes_an_answer_and_undo_takes_it_back(qtbot: QtBot, tab: FormulaTab) -> None:
    # GIVEN two answers
    read(qtbot, tab, [Source("file", picture())])
    offered = tab.workbench.candidates
    # WHEN the second is clicked
    place = offered.visualItemRect(offered.item(1)).center()
    with qtbot.waitSignal(tab.preview.drawn, timeout=WAIT_MS):
        qtbot.mouseClick(offered.viewport(), Qt.MouseButton.LeftButton, pos=place)
    # THEN it is the source, with its own confidence
    assert tab.editor.latex == "x^3"
    assert "20 %" in tab.bar.text
    # AND undo leads back, and the list follows
    tab.editor.undo()
    assert tab.editor.latex == "x^2"
    assert offered.currentRow() == 0
    finished(qtbot, tab)


def test_keys_take_an_answer_which_is_copied_and_kept(qtbot: QtBot, tab: FormulaTab, desk: Desk) -> None:
    # GIVEN two answers
    read(qtbot, tab, [Source("file", picture())])
    # WHEN the second is taken by its action and copied
    tab.actions_of_tab.take[1].trigger()
    tab.copy()
    qtbot.waitUntil(lambda: clipboard() == "x^3", timeout=WAIT_MS)
    finished(qtbot, tab)
    # THEN the history has it, still with all the answers
    (entry,) = entries(desk)
    assert entry.text == "x^3"
    assert [each.latex for each in candidates_in(entry.detail)] == ["x^2", "x^3", "X^2"]
    # AND when it is opened again it is shown as the second answer
    tab.clear()
    tab.accept_entry(entry)
    finished(qtbot, tab)
    assert tab.workbench.candidates.currentRow() == 1
    assert "20 %" in tab.bar.text


def test_typing_leaves_the_answers(qtbot: QtBot, tab: FormulaTab) -> None:
    read(qtbot, tab, [Source("file", picture())])
    qtbot.keyClicks(tab.editor, "+y")
    assert tab.workbench.candidates.currentRow() == -1
    assert "Edited" in tab.bar.text
    finished(qtbot, tab)


def test_an_older_entry_without_answers_offers_none(tab: FormulaTab) -> None:
    assert candidates_in({"confidence": 0.9}) == []
    assert candidates_in({"candidates": "nonsense"}) == []
    assert candidates_in({"candidates": [["x", "not a number"]]}) == []


def test_what_differs_is_tinted_in_picture_and_answer(qtbot: QtBot, tab: FormulaTab, reader: StubReader) -> None:
    # GIVEN an answer that lacks the end of what the picture shows
    reader.latex, reader.candidates = r"a+b=c", ()
    # WHEN it is read
    read(qtbot, tab, [Source("file", drawn(r"a+b=c+\frac{\alpha}{\beta}"))])
    qtbot.waitUntil(lambda: bool(tab.compare.snip_view.marks), timeout=WAIT_MS)
    # THEN the missing part is tinted in the picture, within it and at its right
    width = tab.compare.snip_view.natural_size.width()
    last = max(mark.right() for mark in tab.compare.snip_view.marks)
    assert width / 2 < last <= width + 1
    assert min(mark.left() for mark in tab.compare.snip_view.marks) > width / 3
    assert "differ" in tab.bar.text
    # AND the tint can be taken away and brought back
    tab.actions_of_tab.differences.trigger()
    assert tab.compare.snip_view.marks == ()
    tab.actions_of_tab.differences.trigger()
    assert tab.compare.snip_view.marks


def test_nothing_is_tinted_in_a_right_answer_and_tints_go_with_the_fault(
    qtbot: QtBot, tab: FormulaTab, reader: StubReader
) -> None:
    # GIVEN a wrong answer whose fault is tinted
    reader.latex, reader.candidates = "a+b=c", ()
    read(qtbot, tab, [Source("file", drawn("a+b=c+e+f"))])
    qtbot.waitUntil(lambda: bool(tab.compare.snip_view.marks), timeout=WAIT_MS)
    # WHEN the user corrects it
    with qtbot.waitSignal(tab.workbench.differences.found, timeout=WAIT_MS):
        qtbot.keyClicks(tab.editor, "+e+f")
    finished(qtbot, tab)
    # THEN nothing is tinted any more
    qtbot.waitUntil(lambda: not tab.compare.snip_view.marks, timeout=WAIT_MS)
    assert tab.compare.answer_view.marks == ()
    assert "differ" not in tab.bar.text


@pytest.mark.parametrize(
    ("first", "other", "expected"),
    [
        ("x^2", "x^3", [(2, 3)]),
        ("x^2", "x^2", []),
        (r"\alpha x", r"\beta x", [(0, 6)]),
        ("ab", "aXb", [(1, 2)]),
        ("aXb", "ab", [(1, 1)]),
    ],
)
def test_the_pieces_that_differ_are_found(first: str, other: str, expected: list[tuple[int, int]]) -> None:
    assert differing(first, other) == expected


@pytest.mark.parametrize(
    ("share", "text"), [(0.0, "0"), (0.001, "1"), (0.5, "50"), (0.994, "99"), (0.9999, "99"), (1.0, "100")]
)
def test_percents_promise_no_more_than_is_meant(share: float, text: str) -> None:
    assert percent(share) == text


def test_the_list_is_drawn_in_narrow_places_too(qtbot: QtBot, tab: FormulaTab, reader: StubReader) -> None:
    # GIVEN answers that differ beyond what is seen
    long = "+".join(f"x_{{{number}}}" for number in range(60))
    reader.latex, reader.candidates = long, (Candidate(long, 0.5), Candidate(long + "y", 0.4))
    read(qtbot, tab, [Source("file", picture())])
    offered = tab.workbench.candidates
    # WHEN the list is drawn
    image = offered.grab().toImage()
    # THEN the tint of the difference can be seen
    tint = tab.desk.theme.colour("difference").rgb()
    row = offered.visualItemRect(offered.item(1)).translated(offered.viewport().mapTo(offered, QPoint(0, 0)))
    middle = row.center().y()
    assert any(image.pixel(x, y) == tint for y in range(middle - 6, middle + 6) for x in range(image.width()))
