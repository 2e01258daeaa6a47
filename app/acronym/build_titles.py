"""Finds names with what they stand for in texts of papers, to fit the ranking on; part of `app.acronym.build`."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from app.acronym.alphabet import fold
from app.acronym.lexicon import LONGEST, SHORTEST

LEAST_WORDS, MOST_WORDS = 3, 16
"""Of a description that may be a title."""
LEAST_CAPITALS: Final = 2
_NAME: Final = r"(?P<name>[A-Za-z0-9+-]{2,16})"
_INTRODUCED: Final = re.compile(
    r"\b(?:present|propose|introduce|develop|describe|release|design|create|build)s?,? (?:[a-z-]+ ){0,6}?"
    + _NAME
    + r"\b(?: \([^)]*\))?,? (?:a|an|the) (?P<rest>[a-z][^.;:()]{20,160}?)"
    r"(?=[.;:(]|, (?:that|where|and|to|wh|in|is|with)|\s(?:that|which|to [a-z]+ |is|whose|capable|allowing)\b)"
)
"""Abstracts say it so: "we present NAME, a ... for ..."."""
_TITLED: Final = re.compile(rf'"paper_title": "{_NAME}: (?P<rest>[^"]+)"')
"""An archive of papers in JSON does so."""
_LAST: Final = re.compile(
    r"\s+(?:(?:specifically|carefully|explicitly) )?"
    r"(?:designed|aimed|aiming|tailored|built|based|capable|in|for|by|with|of|on)?,?$"
)
"""What is left over at the end of a description."""
_CLAUSE: Final = re.compile(r"\b(?:that|which|we|our|where|is|are)\b")


def named_titles(files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Yield names and descriptions through which they run, each name once.

    Args:
        files: texts with one paragraph a line, or archives in JSON, gzip.

    """
    seen: set[str] = set()
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                for found in (*_INTRODUCED.finditer(line), *_TITLED.finditer(line)):
                    name, rest = found["name"], _LAST.sub("", found["rest"].strip())
                    if fold(name) not in seen and _is_named(name, rest):
                        seen.add(fold(name))
                        yield name, rest


def _is_named(name: str, rest: str) -> bool:
    """Tell whether a name may have been made of a description."""
    folded, words = fold(name), rest.split()
    letters = iter(fold(rest))
    return (
        sum(each.isupper() for each in name) >= LEAST_CAPITALS
        and SHORTEST <= len(folded) <= LONGEST
        and LEAST_WORDS <= len(words) <= MOST_WORDS
        and not _CLAUSE.search(rest)
        and folded not in map(fold, words)
        and all(letter in letters for letter in folded)
    )
