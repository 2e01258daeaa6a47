from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.acronym.alphabet import decode, fold
from app.acronym.title import LONGEST_WORD, MOST_WORDS, Role, Title, parse_title
from app.core.errors import InputError


def letters(title: Title) -> str:
    return decode(title.codes)


def roles(title: Title) -> str:
    return "".join("IPSC."[role] for role in title.role)


def test_words_parts_small_words_and_capitals_are_told_apart() -> None:
    # WHEN
    title = parse_title("Multi-scale WebGraphs of STereo")

    # THEN
    assert letters(title) == "multiscalewebgraphsofstereo"
    assert roles(title) == "I....P....I..P.....S.IC...."
    assert [slot.is_content for slot in title.slots] == [True, True, False, True]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"$k$-NN", "knn"),
        (r"\textbf{Deep} Sets", "deepsets"),
        (r"\alpha-divergence", "alphadivergence"),
        (r"\'Etude na\"{i}ve", "etudenaive"),
        ("Straße Übung œuvre", "strasseubungoeuvre"),
        ("deep 深度 learning", "deeplearning"),
        ("fast 😀 nets", "fastnets"),
        ("3D 6-DoF", "3d6dof"),
    ],
)
def test_latex_accents_and_other_scripts(source: str, expected: str) -> None:
    assert letters(parse_title(source)) == expected


def test_marks_are_read() -> None:
    # WHEN
    title = parse_title("fast/efficient word? [natural language] deep~nets")

    # THEN
    assert [slot.text for slot in title.slots][:2] == ["fast/efficient", "word?"]
    assert [slot.is_required for slot in title.slots] == [False, False, True, True, False, False]
    assert [slot.is_tied for slot in title.slots] == [False, False, False, False, False, True]
    assert [slot.is_content for slot in title.slots] == [True, False, True, True, True, True]
    assert len(set(title.unit.tolist())) == 7


def test_an_escaped_mark_is_an_ordinary_character_and_a_final_question_mark_a_question() -> None:
    title = parse_title(r"TCP\/IP is all you need?")
    assert len(title.slots) == 5
    assert title.slots[-1].is_content
    assert roles(title).startswith("ICCPC")


def test_a_title_in_capitals_has_no_capitals_that_say_something() -> None:
    assert "C" not in roles(parse_title("DEEP RESIDUAL LEARNING FOR IMAGES"))


def test_phrases_end_at_prepositions_and_punctuation() -> None:
    title = parse_title("Graph nets: learning for robots, fast")
    assert [slot.phrase for slot in title.slots] == [0, 0, 1, 2, 2, 3]


@pytest.mark.parametrize(
    ("source", "part"), [("", "no title"), ("  ", "no title"), ("深度学习", "Latin"), ("?!", "Latin")]
)
def test_a_title_without_letters_is_refused_with_what_to_do(source: str, part: str) -> None:
    with pytest.raises(InputError, match=part):
        parse_title(source)


def test_long_titles_and_words() -> None:
    assert len(parse_title(" ".join(["word"] * MOST_WORDS)).slots) == MOST_WORDS
    assert parse_title("x" * 500).size == LONGEST_WORD
    with pytest.raises(InputError, match="101 words"):
        parse_title(" ".join(["word"] * (MOST_WORDS + 1)))


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("aZß éœ深😀[]/?~-\\{}$,:1 "), max_size=40))
def test_whatever_is_typed_every_letter_stands_where_the_title_says(source: str) -> None:
    # WHEN a title of any characters is taken apart, or refused
    try:
        title = parse_title(source)
    except InputError:
        return

    # THEN each letter is one of the character at its place, and places never go back
    for code, place in zip(letters(title), title.place.tolist(), strict=True):
        assert code in fold(source[place])
    assert title.place.tolist() == sorted(title.place.tolist())
    assert all(title.role[title.unit == unit][0] != Role.INNER for unit in set(title.unit.tolist()))
