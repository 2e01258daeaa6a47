"""Languages and lengths of names. The settings need these when the program starts, so nothing is imported here."""

from __future__ import annotations

from typing import Final

from app.core.i18n import mark

LANGUAGES: Final = {
    "en": mark("English"),
    "de": mark("German"),
    "es": mark("Spanish"),
    "fr": mark("French"),
    "it": mark("Italian"),
}
"""Key of a lexicon to the name of its language, marked."""
LEAST_LETTERS, MOST_LETTERS = 2, 12
SHORTEST_USUAL, LONGEST_USUAL = 3, 10
