"""Example sentences: found by the words of a phrase, shown with their source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np

from app.collocation.arrays import ArrayWriter, MappedArrays
from app.collocation.facets import EVERYTHING, Cell, Facet
from app.collocation.packed import Array, PackedFile
from app.collocation.spelling import Spelling, Words, write_spelling
from app.collocation.tokens import is_word, tokens
from app.core.i18n import tr
from app.core.progress import NoProgress, Progress

SHOWN: Final = 8
_LOOKED_AT: Final = 2000
"""Sentences that have all the words of a phrase and are searched for the phrase itself."""
_BLOCK: Final = 5_000
_NO_WORD: Final = -1
_READABLE: Final = 140
"""Characters of a sentence that is easy to take in; those closest to it come first."""


@dataclass(frozen=True)
class Example:
    """A sentence; the phrase is at `start` to `end`."""

    text: str
    start: int
    end: int
    source: str
    licence: str
    cell: Cell


def expand_examples(packed: Path, out: Path, progress: Progress | None = None) -> None:
    """Write the file that examples are looked up in. Raises `StorageError`, `Cancelled`."""
    progress = progress or NoProgress()
    with PackedFile(packed) as source, ArrayWriter(out) as target:
        arrays = dict(source.arrays())
        text = arrays["text"].tobytes()
        lines = text.decode().split("\n")
        target.write("text", arrays["text"])
        target.write("sources", arrays["sources"])
        lengths = np.array([len(line.encode()) + 1 for line in lines], dtype=np.int64)
        target.write("places", np.r_[0, np.cumsum(lengths)].astype(np.uint32))
        _write_postings(target, lines, progress)
        target.finish(source.meta)


class _Numbers(dict[str, int]):
    """Token to number: words are numbered as they come, other tokens have `_NO_WORD`."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def __missing__(self, token: str) -> int:
        number = _NO_WORD
        if is_word(token):
            number = len(self.words)
            self.words.append(token)
        self[token] = number
        return number


def _write_postings(target: ArrayWriter, lines: Sequence[str], progress: Progress) -> None:
    """Write for each word which sentences it is in: `posting[starts[w]:starts[w + 1]]`, in rising order."""
    numbers = _Numbers()
    words, sentences = [], []
    for first in range(0, len(lines), _BLOCK):
        progress.report(first, len(lines), tr("Preparing the examples"))
        block = [[numbers[each] for each in dict.fromkeys(tokens(line))] for line in lines[first : first + _BLOCK]]
        lengths = [len(each) for each in block]
        word = np.fromiter(chain.from_iterable(block), dtype=np.int64, count=sum(lengths))
        sentence = np.repeat(np.arange(first, first + len(block), dtype=np.uint32), lengths)
        words.append(word[word != _NO_WORD])
        sentences.append(sentence[word != _NO_WORD])
    word, sentence = np.concatenate(words), np.concatenate(sentences)
    target.write("posting", sentence[np.argsort(word, kind="stable")])
    counts = np.bincount(word, minlength=len(numbers.words))
    target.write("starts", np.r_[0, np.cumsum(counts)].astype(np.uint32))
    write_spelling(target, numbers.words)


class Examples:
    """An expanded file of sentences. May be used from several threads. Raises `StorageError`."""

    def __init__(self, path: Path) -> None:
        self.arrays = MappedArrays(path)
        self._words = Spelling(self.arrays)
        self._cells = [Cell(field, period) for field, period in self.arrays.meta["cells"]]
        self._sources: list[tuple[str, str, int]] = [tuple(each) for each in self.arrays.meta["sources"]]
        """Title, licence and cell of each source."""

    def __len__(self) -> int:
        return len(self.arrays["sources"])

    def find(self, phrase: str, facet: Facet = EVERYTHING, limit: int = SHOWN) -> list[Example]:
        """Return sentences with the phrase, those of the facet and those that are easy to read first."""
        words = [each for each in tokens(phrase) if is_word(each)]
        if not words:
            return []
        spelled = re.compile(r"(?<![\w'-])" + r"\s+".join(map(re.escape, words)) + r"(?![\w'-])", re.IGNORECASE)
        found = [self._example(int(number), spelled) for number in self._candidates(words)[:_LOOKED_AT]]
        columns = set(facet.columns(self._cells))
        examples = [example for example in found if example]
        examples.sort(key=lambda each: (self._cells.index(each.cell) not in columns, abs(len(each.text) - _READABLE)))
        self.arrays.let_go()
        return examples[:limit]

    def _candidates(self, words: Sequence[str]) -> Words:
        """Return the sentences that have all the words."""
        numbers = [self._words.number(word) for word in set(words)]
        postings = sorted((self._posting(number) for number in numbers), key=len)
        common: Words = postings[0]
        for posting in postings[1:]:
            common = common[np.isin(common, posting, assume_unique=True)] if len(common) else common
        return common

    def _posting(self, number: int | None) -> Array:
        if number is None:
            return np.zeros(0, np.uint32)
        starts = self.arrays["starts"]
        return self.arrays["posting"][starts[number] : starts[number + 1]]

    def _example(self, number: int, spelled: re.Pattern[str]) -> Example | None:
        places = self.arrays["places"]
        text = bytes(self.arrays["text"][places[number] : places[number + 1] - 1]).decode()
        found = spelled.search(text.replace("’", "'"))
        if found is None:
            return None
        source, licence, cell = self._sources[int(self.arrays["sources"][number])]
        return Example(text, found.start(), found.end(), source, licence, self._cells[cell])
