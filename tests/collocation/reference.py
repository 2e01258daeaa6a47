"""A slow engine to compare the real one with: it looks at every n-gram of the table, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.collocation.facets import Facet
from app.collocation.index import Index
from app.collocation.query.parser import parse
from app.collocation.query.syntax import Atom, Kind, Pattern, Slot
from app.collocation.tags import TAG_BITS, TAG_MASK


@dataclass(frozen=True)
class Row:
    """One n-gram: its words, the classes of its slots, and its count in each cell."""

    words: tuple[str, ...]
    tags: tuple[int, ...]
    cells: tuple[int, ...]


class Reference:
    """All n-grams of an index as plain tuples."""

    def __init__(self, index: Index) -> None:
        self._index = index
        spelling = [index.words.text(number) for number in range(len(index))]
        lemmas = index.arrays["lemmas"].tolist()
        starts, synonyms = index.arrays["synonym-starts"].tolist(), index.arrays["synonyms"].tolist()
        self._lemma = dict(zip(spelling, lemmas, strict=True))
        self._similar = {
            word: {word, *(spelling[other] for other in synonyms[starts[number] : starts[number + 1]])}
            for number, word in enumerate(spelling)
        }
        self.rows = [row for length in range(1, 6) for row in _rows(index, length, spelling)]

    def search(self, query: str, facet: Facet) -> dict[str, int]:
        """Return each matching phrase that occurs in the facet, with its count."""
        patterns = parse(query).patterns
        columns = facet.columns(self._index.cells)
        found = {
            " ".join(row.words): sum(row.cells[column] for column in columns)
            for row in self.rows
            if any(self._matches(row, pattern) for pattern in patterns)
        }
        return {text: count for text, count in found.items() if count}

    def _matches(self, row: Row, pattern: Pattern) -> bool:
        return len(row.words) == len(pattern) and all(
            self._fills(word, tag, slot) for word, tag, slot in zip(row.words, row.tags, pattern, strict=True)
        )

    def _fills(self, word: str, tag: int, slot: Slot) -> bool:
        return any(self._is(word, tag, atom) for atom in slot)

    def _is(self, word: str, tag: int, atom: Atom) -> bool:
        if atom.kind is Kind.ANY:
            return True
        if atom.kind is Kind.CLASS:
            return tag == atom.word_class
        if atom.kind is Kind.LEMMA:
            return atom.text in self._lemma and self._lemma[word] == self._lemma[atom.text]
        if atom.kind is Kind.SIMILAR:
            return word in self._similar.get(atom.text, ())
        if atom.kind is Kind.SPELLING:
            return re.fullmatch(atom.text.replace("$", ".*"), word) is not None
        return word == atom.text


def _rows(index: Index, length: int, spelling: list[str]) -> list[Row]:
    level = index.level(length)
    columns = [[spelling[number] for number in level.words[slot].tolist()] for slot in range(length)]
    tags = [tuple(tag >> TAG_BITS * slot & TAG_MASK for slot in range(length)) for tag in level.tags.tolist()]
    return [Row(*row) for row in zip(zip(*columns, strict=True), tags, map(tuple, level.cells.tolist()), strict=True)]
