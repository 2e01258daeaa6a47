"""Counts the words of a field of research and how they follow one another; part of `app.acronym.build`."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from app.acronym.fields import NOTHING
from app.acronym.gloss import gloss
from app.acronym.vocabulary import NOT_IN_TITLES

MOST_WORDS, MOST_PAIRS = 6000, 60_000
LEAST_PAIR: Final = 3
LEAST_LETTERS: Final = 3
BETWEEN: Final = frozenset({"of", "for", "with", "and", "in", "from", "via"})
"""Small words that may stand between two words of a title."""
_TOKEN: Final = re.compile(r"[a-z]+(?:-[a-z]+)*|[^\sa-z]")
_VERBAL: Final = ("v.", "adv.")
"""Beginnings of the meanings of words that titles are not made of."""


def count_field(files: Iterable[Path], most_characters: int) -> Iterator[str]:
    """Yield the lines of a field's list: words with their counts, then pairs with theirs.

    Args:
        files: texts, one paragraph a line, gzip.
        most_characters: of each file.

    """
    words, begins, ends = Counter[str](), Counter[str](), Counter[str]()
    pairs: Counter[tuple[str, str, str]] = Counter()
    for text in _paragraphs(files, most_characters):
        tokens = ["", "", *_TOKEN.findall(text.lower()), ""]
        for two, one, token, after in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
            if not _is_content(token):
                continue
            words[token] += 1
            begins[token] += not _is_content(one)
            ends[token] += not _is_content(after)
            if _is_content(one):
                pairs[one, NOTHING, token] += 1
            elif one in BETWEEN and _is_content(two):
                pairs[two, one, token] += 1
    kept = [word for word, _ in words.most_common() if not gloss(word).startswith(_VERBAL)][:MOST_WORDS]
    yield from (f"w\t{word}\t{words[word]}\t{begins[word]}\t{ends[word]}" for word in kept)
    yield from _frequent(pairs, set(kept))


def _frequent(pairs: Counter[tuple[str, str, str]], kept: set[str]) -> Iterator[str]:
    """Yield the most frequent pairs of words that are kept, each with what stands between them most often."""
    best: dict[tuple[str, str], tuple[int, str]] = {}
    for (first, between, second), count in pairs.items():
        if count >= LEAST_PAIR and first in kept and second in kept and first != second:
            best[first, second] = max(best.get((first, second), (0, "")), (count, between))
    frequent = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))[:MOST_PAIRS]
    yield from (f"p\t{first}\t{between}\t{second}\t{count}" for (first, second), (count, between) in frequent)


def _is_content(token: str) -> bool:
    return len(token) >= LEAST_LETTERS and token[0].isalpha() and token not in NOT_IN_TITLES


def _paragraphs(files: Iterable[Path], most_characters: int) -> Iterator[str]:
    for file in files:
        left = most_characters
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield line
                left -= len(line)
                if left <= 0:
                    break
