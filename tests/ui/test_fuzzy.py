"""Typed letters find texts: in order, in any case, better together and at the starts of words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.fuzzy import match


def best(query: str, texts: list[str]) -> str:
    fits = [(fit.score, text) for text in texts if (fit := match(query, text)) is not None]
    return max(fits)[1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("cap", "Capture"),
        ("clr", "Capture the last region again"),
        ("ks", "Change keyboard shortcuts"),
        ("quit", "Quit"),
        ("历史", "历史"),
        ("快捷", "更改快捷键"),
    ],
)
def test_the_likeliest_text_comes_first(query: str, expected: str) -> None:
    # GIVEN names of actions in two languages, one of which contains the other
    texts = ["Capture", "Capture the last region again", "Change keyboard shortcuts", "Quit", "历史", "更改快捷键"]
    # WHEN letters of one are typed
    # THEN it fits best
    assert best(query, texts) == expected


def test_neither_case_nor_spaces_matter_and_the_letters_that_fit_are_known() -> None:
    # GIVEN a name, WHEN it is typed in capitals with a space
    fit = match("AB pd", "About Paperdesk")
    # THEN the starts of its words fit
    assert fit is not None
    assert fit.positions == (0, 1, 6, 11)


@pytest.mark.parametrize(("query", "text"), [("ba", "ab"), ("aab", "ab"), ("x", ""), ("历", "History")])
def test_letters_that_are_missing_or_out_of_order_do_not_fit(query: str, text: str) -> None:
    # GIVEN a text without these letters in this order, WHEN they are typed, THEN it does not fit
    assert match(query, text) is None


def test_nothing_typed_fits_everything() -> None:
    # GIVEN any text, WHEN nothing but a space is typed, THEN it fits with no letter
    fit = match(" ", "Anything")
    assert fit is not None
    assert fit.positions == ()


@given(st.text(max_size=24), st.data())
def test_any_part_of_a_text_finds_it(text: str, data: st.DataObject) -> None:
    # GIVEN any text and some of its letters in their order
    places = data.draw(st.lists(st.sampled_from(range(len(text))), unique=True).map(sorted)) if text else []
    query = "".join(text[place] for place in places)
    # WHEN they are typed
    fit = match(query, text)
    # THEN they fit, one place for each letter, in order
    assert fit is not None
    assert list(fit.positions) == sorted(set(fit.positions))
    typed = [letter.casefold() for letter in query if not letter.isspace()]
    assert [text[place].casefold() for place in fit.positions] == typed
