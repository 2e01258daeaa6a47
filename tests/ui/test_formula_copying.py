"""Every form on the clipboard, with what other programs look for there."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.formula.copying import FORMS
from app.ui.desk import Desk
from app.ui.formula.actions import COPY_AS
from app.ui.formula.copy_button import COPIED, GROUPS
from app.ui.formula.pictures import Source
from app.ui.tabs.formula import FormulaTab
from tests.ui.formula_parts import WAIT_MS, StubReader, clipboard, finished, open_tab, picture, read


@pytest.fixture
def reader() -> StubReader:
    return StubReader()


@pytest.fixture
def tab(desk: Desk, reader: StubReader, qtbot: QtBot) -> Iterator[FormulaTab]:
    with open_tab(desk, reader, qtbot) as tab:
        yield tab


def copied(qtbot: QtBot, tab: FormulaTab, form: str) -> None:
    with qtbot.waitSignal(tab.copier.copied, timeout=WAIT_MS) as signal:
        tab.actions_of_tab.copy_as[form].trigger()
    assert signal.args == [form]


def test_every_form_is_in_the_menu_with_its_texts() -> None:
    assert {form for group in GROUPS for form in group} == set(FORMS) == set(COPY_AS) == set(COPIED)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("latex", "x^2"),
        ("inline", "$x^2$"),
        ("parentheses", r"\(x^2\)"),
        ("display", "\\[\nx^2\n\\]"),
        ("markdown", "$$\nx^2\n$$"),
        ("typst", "x^2"),
        ("sympy", "x**2"),
        ("unicode", "𝑥²"),
    ],
)
def test_texts_are_copied_as_text(qtbot: QtBot, tab: FormulaTab, form: str, text: str) -> None:
    read(qtbot, tab, [Source("file", picture())])
    copied(qtbot, tab, form)
    assert clipboard().replace("x", "𝑥") == text.replace("x", "𝑥") or text in clipboard()
    finished(qtbot, tab)


def test_word_finds_an_equation_in_the_html(qtbot: QtBot, tab: FormulaTab) -> None:
    read(qtbot, tab, [Source("file", picture())])
    copied(qtbot, tab, "word")
    mime = QGuiApplication.clipboard().mimeData()
    assert "oMath" in mime.html()
    assert mime.hasFormat("application/mathml+xml")
    finished(qtbot, tab)


def test_mathml_is_there_by_its_own_name_and_as_text(qtbot: QtBot, tab: FormulaTab) -> None:
    read(qtbot, tab, [Source("file", picture())])
    copied(qtbot, tab, "mathml")
    mime = QGuiApplication.clipboard().mimeData()
    data = bytes(mime.data("application/mathml+xml").data()).decode()
    assert ElementTree.fromstring(data).tag.endswith("math")  # noqa: S314 - our own
    assert mime.text() == data
    finished(qtbot, tab)


def test_pictures_are_there_for_those_who_know_svg_and_those_who_do_not(qtbot: QtBot, tab: FormulaTab) -> None:
    read(qtbot, tab, [Source("file", picture())])
    for form in ("png", "svg"):
        copied(qtbot, tab, form)
        mime = QGuiApplication.clipboard().mimeData()
        image = mime.imageData()
        assert isinstance(image, QImage)
        assert image.height() > 20
        assert mime.hasFormat("image/svg+xml") == (form == "svg")
    finished(qtbot, tab)


def test_a_form_that_cannot_express_it_says_so_and_offers_latex(
    qtbot: QtBot, tab: FormulaTab, reader: StubReader, desk: Desk
) -> None:
    # GIVEN a formula that SymPy has no words for, and something on the clipboard
    reader.latex = r"\overbrace{x}"
    read(qtbot, tab, [Source("file", picture())])
    QGuiApplication.clipboard().setText("what was there")
    # WHEN it is copied for SymPy
    with qtbot.waitSignal(tab.copier.failed, timeout=WAIT_MS):
        tab.actions_of_tab.copy_as["sympy"].trigger()
    # THEN the clipboard is as it was, and the message offers LaTeX
    assert clipboard() == "what was there"
    assert tab.messages.kind == "warning"
    assert not tab.copy_button.says_copied
    button = next(each for each in tab.messages.findChildren(QAbstractButton) if "LaTeX" in each.text())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: clipboard() == reader.latex, timeout=WAIT_MS)
    finished(qtbot, tab)


def test_the_usual_form_is_bold_in_the_menu_and_the_button_says_what_was_copied(
    qtbot: QtBot, tab: FormulaTab, desk: Desk
) -> None:
    read(qtbot, tab, [Source("file", picture())])
    copied(qtbot, tab, "typst")
    assert tab.copy_button.text() == "Typst copied"
    assert [form for form, action in tab.actions_of_tab.copy_as.items() if action.font().bold()] == ["typst"]
    desk.settings.set("formula.copy_format", "mathml")
    assert [form for form, action in tab.actions_of_tab.copy_as.items() if action.font().bold()] == ["mathml"]
    finished(qtbot, tab)


def test_captures_are_copied_in_the_usual_form(qtbot: QtBot, tab: FormulaTab, desk: Desk) -> None:
    desk.settings.set("formula.copy_format", "inline")
    tab.accept_capture(picture())
    qtbot.waitUntil(lambda: clipboard() == "$x^2$", timeout=WAIT_MS)
    finished(qtbot, tab)
