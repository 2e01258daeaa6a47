"""What letters a name stands for that somebody writes: ResNet-50, GPT-like, seq2seq, T5, YOLOv2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from app.acronym.alphabet import fold
from app.acronym.forms import FIGURES, SUFFIXES
from app.acronym.limits import LEAST_LETTERS

_VERSION: Final = re.compile(
    r"(?:[-_ ]?v?\d+(?:\.\d+)*|\+{1,2}|[-_ ](?:like|style|based|[XSML]{1,2}|base|large|small|tiny))+$", re.IGNORECASE
)
"""What tells the versions of one thing apart, or one thing that is like another."""
_COUNTED: Final = re.compile(r"([A-Za-z])([3-9])(?![0-9])")
"""A letter and how often it stands, as in T5."""


def readings(written: str) -> Iterator[str]:
    """Yield the folded letters that a name may be made of, the most literal first, each once.

    Figures stand for themselves, for the words that sound like them, or for so many of the letter before. What only
    tells versions apart need not come from the title, and neither need a customary ending such as Net.
    """
    plain = _VERSION.sub("", written)
    stem = next((plain[: -len(each)] for each in SUFFIXES if plain.lower().endswith(each.lower())), plain)
    forms = [written, plain, _in_words(written), _in_words(plain), _repeated(written), _repeated(plain), stem]
    yield from dict.fromkeys(folded for form in forms if len(folded := fold(form)) >= LEAST_LETTERS)


def _in_words(written: str) -> str:
    for word, figure in FIGURES.items():
        written = written.replace(figure, word)
    return written


def _repeated(written: str) -> str:
    return _COUNTED.sub(lambda found: found[1] * int(found[2]), written)
