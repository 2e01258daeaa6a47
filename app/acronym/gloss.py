"""What a word means: the first sense of WordNet 3.1, from a table that comes with the program."""

from __future__ import annotations

import gzip
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from app.core.paths import resources_dir

MOST_STEMS: Final = 512
"""Stems whose words are remembered: those of the titles that were typed lately."""


def gloss_file() -> Path:
    """Return where the table is."""
    return resources_dir() / "acronym" / "glosses-en.txt.gz"


@cache
def _text() -> str:
    return gzip.decompress(gloss_file().read_bytes()).decode()


@cache
def _glosses() -> dict[str, str]:
    return {word: meaning for word, _, meaning in (line.partition("\t") for line in _text().splitlines())}


def gloss(word: str) -> str:
    """Return the meaning of an English word with its part of speech, "" for one that WordNet does not have.

    A plural has the meaning of its singular.
    """
    known = _glosses()
    singulars = (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y")
    return next((known[each] for each in singulars if each in known), "")


def has_gloss(word: str) -> bool:
    """Tell whether WordNet has a word itself."""
    return word in _glosses()


@lru_cache(maxsize=MOST_STEMS)
def explained_with(stem: str) -> frozenset[str]:
    """Return the words whose meaning has a word that begins with a stem."""
    text, found = _text(), set()
    at = text.find(f" {stem}")
    while at >= 0:
        line = text.rfind("\n", 0, at) + 1
        found.add(text[line : text.index("\t", line)])
        at = text.find(f" {stem}", at + 1)
    return frozenset(found)
