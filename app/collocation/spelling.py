"""The words of a mapped file: number to word and word to number, without holding all words in memory."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.collocation.arrays import ArrayWriter, MappedArrays
from app.collocation.packed import Array

Words = npt.NDArray[np.uint32]
"""Numbers of words."""


def write_spelling(target: ArrayWriter, words: Sequence[str]) -> None:
    """Write `spelling` (bytes, a newline after each word), `offsets` and `alphabetical`, the numbers in order."""
    spelling = "".join(f"{word}\n" for word in words).encode()
    ends = np.cumsum([len(word) + 1 for word in words], dtype=np.uint32)
    target.write("spelling", np.frombuffer(spelling, dtype=np.uint8))
    target.write("offsets", np.r_[np.uint32(0), ends])
    target.write("alphabetical", np.array(sorted(range(len(words)), key=words.__getitem__), dtype=np.uint32))


class Spelling:
    """The words of a mapped file that `write_spelling` wrote."""

    def __init__(self, arrays: MappedArrays) -> None:
        self._spelling: Array = arrays["spelling"]
        self._offsets: Array = arrays["offsets"]
        self._alphabetical: Array = arrays["alphabetical"]

    def __len__(self) -> int:
        return len(self._alphabetical)

    def text(self, word: int) -> str:
        """Return the spelling of a word."""
        return bytes(self._spelling[self._offsets[word] : self._offsets[word + 1] - 1]).decode()

    def number(self, word: str) -> int | None:
        """Return the number of a word, None if it is not one of them."""
        place = self._place(word)
        if place < len(self):
            number = int(self._alphabetical[place])
            return number if self.text(number) == word else None
        return None

    def spelled(self, pattern: str) -> Words:
        """Return the words that `pattern` describes; each `$` in it stands for any letters or none."""
        matches = re.compile(re.escape(pattern).replace(re.escape("$"), "[a-z'-]*")).fullmatch
        prefix = pattern.partition("$")[0]
        if not prefix:
            words = bytes(self._spelling).decode().split("\n")
            return np.array([number for number, word in enumerate(words[:-1]) if matches(word)], dtype=np.uint32)
        numbers = self._alphabetical[self._place(prefix) : self._place(f"{prefix}\x7f")]
        return np.array(sorted(number for number in numbers.tolist() if matches(self.text(number))), dtype=np.uint32)

    def _place(self, word: str) -> int:
        """Return how many words come before `word` in the alphabet."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.text(int(self._alphabetical[middle])) < word:
                low = middle + 1
            else:
                high = middle
        return low
