"""How frequent single words are in everyday English."""

from __future__ import annotations

from app.collocation.tokens import folded


def zipf(word: str) -> float:
    """Return the Zipf value of a word: log10 of its occurrences in a thousand million words, 0 for unknown ones.

    1 to 3 is rare, 4 to 7 frequent (van Heuven et al. 2014, "SUBTLEX-UK"); the counts are those of wordfreq.
    """
    from wordfreq import zipf_frequency  # noqa: PLC0415 - takes a third of a second

    return float(zipf_frequency(folded(word), "en"))
