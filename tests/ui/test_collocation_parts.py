"""Parts of the collocation tab that need no index."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.collocation.questions import Reading
from app.collocation.tags import WordClass
from app.ui.collocation import class_colours
from app.ui.collocation.asking import has_operators, is_sentence, read
from app.ui.collocation.flow_layout import FlowLayout
from app.ui.collocation.hit_rows import percent, score
from app.ui.theme_tokens import DARK, LIGHT

READABLE = 4.5
"""Least contrast of text, WCAG 2.2, success criterion 1.4.3."""


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in QColor(colour).getRgbF()]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("colours", "tokens"), [(class_colours.LIGHT, LIGHT), (class_colours.DARK, DARK)])
@pytest.mark.parametrize("ground", ["surface", "window", "hover", "selection", "card"])
def test_words_of_every_class_can_be_read(colours: dict[WordClass, str], tokens: dict[str, str], ground: str) -> None:
    assert set(colours) == set(WordClass)
    weak = {each.name for each, colour in colours.items() if contrast(colour, tokens[ground]) < READABLE}
    assert not weak


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("depend of or depend on?", ("depend of", "depend on")),
        ("in the morning vs on the morning?", ("in the morning", "on the morning")),
        ("Which is right, discuss the or discuss about the?", ("discuss the", "discuss about the")),
    ],
)
def test_two_phrases_with_a_question_mark_are_compared(text: str, compared: tuple[str, ...]) -> None:
    assert read(text) == Reading(compared=compared)


@pytest.mark.parametrize("text", ["to be or not", "a or b", "plays _ or _ role?", "either a|b or c?", "v. role"])
def test_other_texts_are_queries(text: str) -> None:
    assert read(text) is None
    assert not is_sentence(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We depend of it.", True),
        ("the results depend of the data we have", True),
        ("Stop it, now!", True),
        ("It works.", False),
        ("plays an important role", False),
        ("a b c d e _ g h.", False),
        ("consistent prep.", False),
        ("attention 前面用什么动词，在论文里通常怎么写 and so on and on", False),
        ("", False),
        ("1 2 3 4 5 6 7 8", False),
    ],
)
def test_sentences_are_told_from_queries(text: str, expected: bool) -> None:
    assert is_sentence(text) == expected


@pytest.mark.parametrize("text", ["plays _ role", "v. role", "?the role", "re$", "a | b", "[[play]]", "a/b"])
def test_operators_are_seen(text: str) -> None:
    assert has_operators(text)
    assert not has_operators("plays an important role, doesn't it?")


def test_figures_say_what_they_mean() -> None:
    assert [percent(share) for share in (100.0, 27.48, 0.05, 0.04, 0.0)] == [
        "100.0 %", "27.5 %", "0.1 %", "< 0.1 %", "0.0 %",
    ]  # fmt: skip
    assert [score("share", 0.123), score("logdice", 9.126), score("tscore", -1.5)] == ["12.3 %", "9.13", "-1.50"]


def test_what_has_no_room_goes_into_the_next_row(qtbot: QtBot) -> None:
    # GIVEN three buttons, one of them hidden
    widget, layout = QWidget(), FlowLayout(4)
    widget.setLayout(layout)
    qtbot.addWidget(widget)
    buttons = [QPushButton("word") for _ in range(3)]
    for button in buttons:
        layout.addWidget(button)
    buttons[1].hide()
    size = buttons[0].sizeHint()
    # WHEN there is room for two, and for one and a half
    wide, narrow = 2 * size.width() + 4, size.width() * 3 // 2
    assert layout.heightForWidth(wide) == size.height()
    assert layout.heightForWidth(narrow) == 2 * size.height() + 4
    # THEN they stand side by side, or one below the other
    layout.setGeometry(QRect(0, 0, wide, 100))
    assert buttons[2].pos().x() == size.width() + 4
    layout.setGeometry(QRect(0, 0, narrow, 100))
    assert (buttons[2].pos().x(), buttons[2].pos().y()) == (0, size.height() + 4)
    assert layout.sizeHint().width() == wide
    assert layout.takeAt(0) is not None
    assert (layout.count(), layout.itemAt(7), layout.takeAt(7)) == (2, None, None)
