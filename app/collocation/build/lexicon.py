"""What words mean to each other: the base form of each word, and words of similar meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from app.collocation.packed import Array, load_packed, write_packed
from app.core.paths import resources_dir


class Lexicon:
    """Base forms (only of words that are not their own) and synonyms, the usual ones first."""

    def __init__(self, bases: Mapping[str, str], synonyms: Mapping[str, Sequence[str]]) -> None:
        self.bases = bases
        self.synonyms = synonyms

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """Read a lexicon. Raises `StorageError`."""
        _, arrays = load_packed(path)
        words = arrays["words"].tobytes().decode().split("\n")
        bases = {word: words[base] for word, base in zip(words, arrays["lemmas"], strict=True) if words[base] != word}
        lists = np.split(arrays["synonyms"], np.cumsum(arrays["synonym-counts"], dtype=np.int64)[:-1])
        return cls(
            bases, {word: [words[one] for one in own] for word, own in zip(words, lists, strict=True) if len(own)}
        )

    @staticmethod
    @cache
    def shipped() -> Lexicon:
        """Return the lexicon that ships with the program. Raises `StorageError`."""
        return Lexicon.load(resources_dir() / "ngrams" / "lexicon.pack")

    def save(self, path: Path) -> None:
        """Write the lexicon. Raises `StorageError`."""
        words = sorted(
            {*self.bases, *self.bases.values(), *self.synonyms, *(w for o in self.synonyms.values() for w in o)}
        )
        blob = np.frombuffer("\n".join(words).encode(), dtype=np.uint8)
        write_packed(path, {"kind": "lexicon"}, {"words": blob, **self.arrays(words)})

    def arrays(self, words: Sequence[str]) -> dict[str, Array]:
        """Return the lexicon in terms of the numbers of these words.

        `lemmas` has the number of each word's base form, or of the first word that has the same one; `synonyms` the
        numbers of all words' synonyms one after another, `synonym-counts` how many each word has.
        """
        numbers = {word: number for number, word in enumerate(words)}
        firsts: dict[str, int] = {}
        lemmas = np.empty(len(words), dtype=np.uint32)
        for number, word in enumerate(words):
            base = self.bases.get(word, word)
            lemmas[number] = firsts.setdefault(base, numbers.get(base, number))
        lists = [[numbers[one] for one in self.synonyms.get(word, ()) if one in numbers] for word in words]
        return {
            "lemmas": lemmas,
            "synonym-counts": np.array([len(each) for each in lists], dtype=np.uint16),
            "synonyms": np.array([number for each in lists for number in each], dtype=np.uint32),
        }
