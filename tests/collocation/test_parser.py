from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.collocation.query.parser import MOST_PATTERNS, parse
from app.collocation.query.syntax import LONGEST, QueryError


def written(query: str) -> list[str]:
    """The patterns of a query as text, the ways to fill a slot in order."""
    return [" ".join("/".join(sorted(map(str, slot))) for slot in pattern) for pattern in parse(query).patterns]


@pytest.mark.parametrize(
    ("query", "patterns"),
    [
        ("plays _ _ role", ["plays _ _ role"]),
        ("Plays  an IMPORTANT role.", ["plays an important role"]),
        ("“discuss about”?", ["discuss about"]),
        ("naïve approach", ["naive approach"]),
        ("state-of-the-art v.", ["state-of-the-art v."]),
        ("a/b / c d", ["a/b/c d"]),
        ("?v. role", ["v. role", "role"]),
        ("?a/b role", ["a/b role", "role"]),
        ("in [the a] role", ["in a/the role", "in role"]),
        ("look_forward_to/await it", ["await it", "look forward to it"]),
        ("{a b c}", ["a b c", "a c b", "b a c", "b c a", "c a b", "c b a"]),
        ("a * b", ["a b", "a _ b", "a _ _ b", "a _ _ _ b"]),
        ("a + b", ["a _ b", "a _ _ b", "a _ _ _ b"]),
        ("* * *", ["_", "_ _", "_ _ _", "_ _ _ _", "_ _ _ _ _"]),
        ("[[Play]] ?[[role]]", ["[[play]] [[role]]", "[[play]]"]),
        ("re$ed $ing pro$", ["re$ed $ing pro$"]),
        ("~big #small", ["~big ~small"]),
        ("a b | c", ["a b", "c"]),
        ("adj./n. data", ["adj./n. data"]),
        ("verb. noun. adverb. preposition.", ["v. n. adv. prep."]),
        ("determiner. conjunction. pronoun. i.", ["det. conj. pron. interj."]),
        ("a role”. | ?the", ["a role", "the"]),
        ("p. d. | jj. rb.", ["prep. det.", "adj. adv."]),
    ],
)  # fmt: skip
def test_a_query_stands_for_patterns(query: str, patterns: list[str]) -> None:
    assert sorted(written(query)) == sorted(patterns)


@pytest.mark.parametrize(
    ("query", "marked", "says"),
    [
        ("", "", "Write a phrase"),
        ("   ", "   ", "Write a phrase"),
        ("a |", "|", "both sides"),
        ("| a", "|", "both sides"),
        ("a / ", "/", "both sides of /"),
        ("a//b", "/", "both sides of /"),
        ("the {a b", "{", "Add }"),
        ("the [a b", "[", r"Add \]"),
        ("the [[play role", "[[", r"Add \]\]"),
        ("[[]] a", "[[", "one word between"),
        ("a } b", "}", "closes nothing"),
        ("a ] b", "]", "closes nothing"),
        ("{} a", "{", "Write words between"),
        ("[] a", "[", "Write words between"),
        ("{a | b}", "|", "inside brackets write /"),
        ("a ?", "?", "right after"),
        ("a ~ b", "~", "right after"),
        ("a $ b", "$", "is not a word"),
        ("plays ++ role", "++", "is not a word"),
        ("the 你好", "你好", "English words"),
        ("play 😀 role", "😀", "is not a word"),
        ("covid-19 vaccine", "covid-19", "Numbers"),
        ("one two three four five six seven", "six seven", "at most five words"),
        ("{a b c d e f}", "{a b c d e f}", "five words fit"),
    ],
)
def test_an_error_points_at_the_characters_and_says_what_to_write(query: str, marked: str, says: str) -> None:
    # WHEN
    with pytest.raises(QueryError, match=says) as caught:
        parse(query)

    # THEN
    assert query[caught.value.start : caught.value.end] == marked


def test_500_words_are_refused_at_once() -> None:
    with pytest.raises(QueryError, match="too long"):
        parse("word " * 500)


def test_too_many_meanings_are_refused() -> None:
    with pytest.raises(QueryError, match="too many"):
        parse("{?a ?b ?c ?d ?e} | {?f ?g ?h ?i ?j}")


@given(st.text(alphabet="ab _*?/~$#{}[]|+.'-你😀1v", max_size=40))
def test_any_text_is_understood_or_refused_politely(text: str) -> None:
    try:
        patterns = parse(text).patterns
    except QueryError as error:
        assert 0 <= error.start < error.end <= len(text) + 1
        assert str(error)
        assert error.pointed().count("^") == error.end - error.start
    else:
        assert 1 <= len(patterns) <= MOST_PATTERNS
        assert all(1 <= len(pattern) <= LONGEST for pattern in patterns)
        assert len(set(patterns)) == len(patterns)
