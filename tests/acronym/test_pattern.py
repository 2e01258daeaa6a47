from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.acronym.pattern import check_pattern, make_automaton
from app.acronym.sound import encode_all
from app.core.errors import InputError

NAMES = ["a", "ab", "ba", "abc", "cab", "abab", "bbbb", "cabcab"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text("abc?*", max_size=6), min_size=1, max_size=3))
def test_names_match_as_file_names_do(patterns: list[str]) -> None:
    automaton = make_automaton(patterns)
    expected = [all(fnmatchcase(name, pattern) for pattern in patterns) for name in NAMES]
    assert automaton.matches(encode_all(NAMES)).tolist() == expected


def test_capitals_hyphens_and_accents_in_a_pattern_do_not_matter() -> None:
    assert check_pattern("Ré-S**?") == "res*?"


@pytest.mark.parametrize(
    ("pattern", "part"), [("a(b", "“\\(”"), ("a" * 31, "longer"), ("*a*b?*c??*d???*e????*f*?g*", "complicated")]
)
def test_a_pattern_that_makes_no_sense_is_refused(pattern: str, part: str) -> None:
    with pytest.raises(InputError, match=part):
        make_automaton([pattern, "*" if len(pattern) > 30 else "*a?????????*"])
