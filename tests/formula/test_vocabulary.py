from __future__ import annotations

from pathlib import Path

import pytest

from app.core.paths import resources_dir
from app.formula import symbols
from app.formula.vocabulary import EOS, UNKNOWN, Vocabulary

SHIPPED = resources_dir() / "models" / "formula" / "vocabulary.txt"


def test_a_vocabulary_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    # GIVEN
    vocabulary = Vocabulary(symbols.TOKENS)

    # WHEN
    vocabulary.save(tmp_path / "tokens")
    again = Vocabulary.load(tmp_path / "tokens")

    # THEN
    assert len(again) == len(symbols.TOKENS)
    assert again.tokens(again.ids(symbols.TOKENS)) == list(symbols.TOKENS)


def test_an_unknown_token_has_the_number_of_unknown_ones() -> None:
    assert Vocabulary(symbols.TOKENS).ids(["<eos>", "no such token"]) == [EOS, UNKNOWN]


@pytest.mark.parametrize("tokens", [[], ["a", "b", "c", "d"], ["<pad>", "<bos>", "<eos>", "<unk>", "a", "a"]])
def test_what_is_no_vocabulary_is_refused(tokens: list[str]) -> None:
    with pytest.raises(ValueError, match="not a vocabulary"):
        Vocabulary(tokens)


def test_the_shipped_words_are_those_the_program_can_write() -> None:
    shipped = Vocabulary.load(SHIPPED)
    assert set(shipped.tokens(range(len(shipped)))) <= set(symbols.TOKENS)
