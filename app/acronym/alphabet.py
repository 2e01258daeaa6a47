"""The 36 characters that names are made of, and how other letters are folded into them."""

from __future__ import annotations

import unicodedata
from typing import Final

import numpy as np
from numpy.typing import NDArray

ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
LETTERS: Final = 26
"""The first of `ALPHABET` that is a digit."""
SIZE: Final = len(ALPHABET)
_BYTES: Final = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)
_CODES: Final = {character: code for code, character in enumerate(ALPHABET)}
_SPELLED_OUT: Final = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
"""Letters that Unicode does not take apart into a Latin letter and a mark."""


def fold(text: str) -> str:
    """Return the characters of `ALPHABET` in `text`: lower case, without accents, all else left out."""
    plain = "".join(_SPELLED_OUT.get(character, character) for character in text.lower())
    return "".join(each for each in unicodedata.normalize("NFKD", plain) if each in _CODES)


def encode(folded: str) -> NDArray[np.uint8]:
    """Return the places in `ALPHABET` of a text that `fold` returned."""
    return np.array([_CODES[character] for character in folded], dtype=np.uint8)


def decode(codes: NDArray[np.uint8]) -> str:
    """Return the text whose places in `ALPHABET` these are."""
    return _BYTES[codes].tobytes().decode("ascii")
