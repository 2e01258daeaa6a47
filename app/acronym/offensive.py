"""Names that offend, in English, Chinese pinyin, Spanish, French and German."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from app.core.i18n import mark
from app.core.paths import resources_dir

OFFENSIVE_LANGUAGES: Final = {
    "en": mark("English"),
    "zh": mark("Chinese"),
    "es": mark("Spanish"),
    "fr": mark("French"),
    "de": mark("German"),
}
"""Key of a list to the name of its language, marked."""
LEAST_INSIDE: Final = 4
"""Letters of a word that offends inside a longer new name; shorter ones are part of too much that is harmless."""

WHOLE_ONLY: Final = frozenset({"zh"})
"""Pinyin without tones stands for so many words that a part of a name says nothing."""


def offensive_file() -> Path:
    """Return where the lists are."""
    return resources_dir() / "acronym" / "offensive.txt.gz"


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    """Return each word with the languages in which it offends."""
    found: dict[str, tuple[str, ...]] = {}
    for line in gzip.decompress(offensive_file().read_bytes()).decode().splitlines():
        language, word = line.split()
        found[word] = (*found.get(word, ()), language)
    return found


def offends_in(name: str, *, is_word: bool) -> tuple[str, ...]:
    """Return the languages in which a folded name offends.

    Args:
        name: small letters and digits.
        is_word: whether it is a word of a lexicon, which offends as a whole or not at all: "assess" does not. A new
            name offends with a part, too.

    """
    lists = _lists()
    exact = lists.get(name, ())
    if is_word:
        return exact
    inside = {language for part in _parts(name) for language in lists.get(part, ()) if language not in WHOLE_ONLY}
    return tuple(language for language in OFFENSIVE_LANGUAGES if language in inside | set(exact))


def offensive_among(names: Sequence[str]) -> frozenset[str]:
    """Return those new names that offend, all at once: `offends_in` says in which languages."""
    text = "\n".join(names)
    found = {name for name in names if name in _lists()}
    for word in _inside():
        at = text.find(word)
        while at >= 0:
            start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            found.add(text[start : end if end >= 0 else len(text)])
            at = text.find(word, at + 1)
    return frozenset(found)


@cache
def _inside() -> tuple[str, ...]:
    """Return the words that offend inside a longer name, too."""
    return tuple(
        word
        for word, languages in _lists().items()
        if len(word) >= LEAST_INSIDE and any(language not in WHOLE_ONLY for language in languages)
    )


def _parts(name: str) -> Iterator[str]:
    for first in range(len(name) - LEAST_INSIDE + 1):
        for stop in range(first + LEAST_INSIDE, len(name) + 1):
            yield name[first:stop]
