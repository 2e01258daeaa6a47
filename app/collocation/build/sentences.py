"""Choosing example sentences: plain, whole, and together showing as many frequent phrases as possible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from app.collocation.build.documents import Document
from app.collocation.build.readers import read_document
from app.collocation.facets import Cell, period_of
from app.collocation.index import Index
from app.collocation.packed import write_packed
from app.collocation.tokens import tokens
from app.core.errors import InputError
from app.core.i18n import tr
from app.core.progress import NoProgress, Progress

SHORTEST: Final = 50
LONGEST: Final = 230
"""Characters of a sentence."""
MOST: Final = 450_000
"""Sentences: about 20 MB packed. Every document gives the same number of them if it has so many."""
ENOUGH: Final = 3
"""Examples of a phrase; a sentence that only has phrases with so many is not needed."""
NEW_PHRASES: Final = 3
"""Phrases with fewer examples that a sentence must have."""
FREQUENT: Final = 5
"""Occurrences of a phrase in the index that make it one to be shown."""

_END: Final = re.compile(r"(?<=[a-z)][.?!])\s+(?=[A-Z])")
_PLAIN: Final = re.compile(r"[A-Z][A-Za-z ,;:'’“”\"–-]*(?:\d{1,4}[A-Za-z ,;:'’–-]+){0,2}[a-z]{2}[.?!]")
_NOT_SENTENCES: Final = re.compile(
    r"\b(?:MATH|Fig|Figs|et al|doi|Table|Eq|Eqs|http|www|[A-Z]{7,})\b|[A-Z]\b.*\b[A-Z]\b.*\b[A-Z]\b.*\b[A-Z]\b"
)
_BUCKETS: Final = 1 << 24
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)

Keys = npt.NDArray[np.uint64]


def sentences(text: str, shortest: int = SHORTEST) -> Iterator[str]:
    """Yield the sentences of a passage that can stand alone: no formulas, citations, lists or abbreviations."""
    for part in _END.split(" ".join(text.split())):
        if shortest <= len(part) <= LONGEST and _PLAIN.fullmatch(part) and not _NOT_SENTENCES.search(part):
            yield part


class Chooser:
    """Takes a sentence if it shows phrases of two or three words that few sentences have shown so far."""

    def __init__(self, index: Index) -> None:
        self._numbers = {index.words.text(number): number + 1 for number in range(len(index))}
        self._frequent = np.zeros(_BUCKETS, dtype=bool)
        self._shown = np.zeros(_BUCKETS, dtype=np.uint8)
        for length in (2, 3):
            level = index.level(length)
            known = int(np.searchsorted(-level.counts.astype(np.int64), -FREQUENT, side="right"))
            columns = [level.words[slot][:known].astype(np.uint64) + np.uint64(1) for slot in range(length)]
            self._frequent[_buckets(columns)] = True

    def takes(self, sentence: str) -> bool:
        """Tell whether a sentence is worth keeping, and count what it shows if it is."""
        numbers = np.array([self._numbers.get(each, 0) for each in tokens(sentence)], dtype=np.uint64)
        if len(numbers) < 3:  # noqa: PLR2004 - of three words, the longest phrases looked at
            return False
        pairs = _buckets([numbers[:-1], numbers[1:]])
        triples = _buckets([numbers[:-2], numbers[1:-1], numbers[2:]])
        places = np.concatenate([pairs, triples])
        places = places[self._frequent[places]]
        if np.count_nonzero(self._shown[places] < ENOUGH) < NEW_PHRASES:
            return False
        self._shown[places] = np.minimum(self._shown[places] + np.uint8(1), np.uint8(ENOUGH))
        return True


def _buckets(columns: Sequence[Keys]) -> npt.NDArray[np.int64]:
    mixed = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        mixed = (mixed ^ column) * _SPREAD
        mixed ^= mixed >> np.uint64(29)
    return (mixed >> np.uint64(40)).astype(np.int64)


def write_examples(
    documents: Sequence[Document],
    out: Path,
    chooser: Chooser | None = None,
    *,
    shortest: int = SHORTEST,
    progress: Progress | None = None,
) -> int:
    """Write sentences of the quotable documents, with their sources; return how many.

    Without a chooser all sentences of at least `shortest` characters are kept. Raises `StorageError`, `Cancelled`.
    """
    progress = progress or NoProgress()
    collection = _Collection()
    quotable = [document for document in documents if document.quotable]
    for at, document in enumerate(quotable):
        progress.report(at, len(quotable), tr("Choosing examples"))
        room = len(collection.sentences) + MOST // len(quotable)
        for sentence, cell in _of_document(document, shortest):
            if len(collection.sentences) >= room:
                break
            if sentence not in collection.sentences and (chooser is None or chooser.takes(sentence)):
                collection.add(sentence, (document.title or document.path.name, document.licence, cell))
    collection.write(out)
    return len(collection.sentences)


Source = tuple[str, str, Cell]
"""Title and licence of a document, and the cell that its words are counted in."""


class _Collection:
    """The chosen sentences, each once, with their sources."""

    def __init__(self) -> None:
        self.sentences: dict[str, int] = {}
        self._sources: dict[Source, int] = {}

    def add(self, sentence: str, source: Source) -> None:
        self.sentences[sentence] = self._sources.setdefault(source, len(self._sources))

    def write(self, out: Path) -> None:
        """Write the packed file: `text`, a sentence a line, and `sources`, the number of the source of each."""
        cells = sorted({cell for *_, cell in self._sources})
        meta = {
            "kind": "examples",
            "cells": [[cell.field, cell.period] for cell in cells],
            "sources": [[title, licence, cells.index(cell)] for title, licence, cell in self._sources],
        }
        text = np.frombuffer("\n".join(self.sentences).encode(), dtype=np.uint8)
        numbers = np.array(list(self.sentences.values()), dtype=np.uint16)
        write_packed(out, meta, {"sources": numbers, "text": text})


def _of_document(document: Document, shortest: int) -> Iterator[tuple[str, Cell]]:
    """Yield the sentences of a document; one that cannot be read has none."""
    try:
        for passage in read_document(document):
            cell = Cell(document.field, document.period or period_of(passage.year or 0))
            for sentence in sentences(passage.text, shortest):
                yield sentence, cell
    except InputError:
        return
