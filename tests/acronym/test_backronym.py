from __future__ import annotations

import pytest

from app.acronym.backronym import backronyms
from app.acronym.fields import FIELDS, load_field
from app.core.errors import InputError

SMALL = {"of", "for", "with", "and", "in", "from", "via"}


def spelled(title: str) -> str:
    return "".join(word[0] for word in title.split() if word not in SMALL).lower()


@pytest.mark.parametrize("field", FIELDS)
def test_every_title_spells_the_name_with_different_words(field: str) -> None:
    # WHEN
    found = backronyms("Orbit", [], field, most=6)

    # THEN
    assert len(found) == 6
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    for each in found:
        words = [word for word in each.title.lower().split() if word not in SMALL]
        assert spelled(each.title) == "orbit"
        assert len(set(words)) == len(words)


def test_keywords_spell_letters_where_they_can_and_follow_where_they_cannot() -> None:
    # WHEN
    found = backronyms("MAPLE", ["language model", "zebra"], "computing")

    # THEN
    for each in found[:3]:
        assert set(each.keywords) == {"language", "model"}
        assert each.title.endswith(" for Zebra")


def test_words_that_go_together_stand_together() -> None:
    (best, *_) = backronyms("CNN", [], "computing")
    assert best.title == "Convolutional Neural Networks"


def test_the_small_word_between_two_words_is_the_usual_one() -> None:
    field = load_field("computing")
    between, bond = field.joined(field.words["internet"], field.words["things"])
    assert between == "of"
    assert bond > 3
    assert field.joined(field.words["things"], field.words["internet"])[1] < 0


@pytest.mark.parametrize(
    ("name", "field", "part"),
    [
        ("", "computing", "a to z"),
        ("T5", "computing", "a to z"),
        ("a" * 13, "computing", "12 letters"),
        ("ab", "x", "no field"),
    ],
)
def test_a_name_that_cannot_be_spelled_is_refused(name: str, field: str, part: str) -> None:
    with pytest.raises(InputError, match=part):
        backronyms(name, [], field)
