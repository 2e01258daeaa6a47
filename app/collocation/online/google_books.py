"""Google Books n-grams: how frequent a phrase is in English books of recent years."""

from __future__ import annotations

from statistics import fmean
from typing import Any, Final

from app.collocation.online.service import WebAnswer, WebHit, not_understood
from app.collocation.online.web import Web
from app.collocation.query.syntax import Kind, Pattern, Query
from app.collocation.tags import WordClass
from app.core.i18n import mark

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2019
MOST_PHRASES: Final = 12
"""Phrases that one address asks for."""

_TAGS: Final = {
    WordClass.VERB: "*_VERB",
    WordClass.NOUN: "*_NOUN",
    WordClass.ADJECTIVE: "*_ADJ",
    WordClass.ADVERB: "*_ADV",
    WordClass.PREPOSITION: "*_ADP",
    WordClass.DETERMINER: "*_DET",
    WordClass.CONJUNCTION: "*_CONJ",
    WordClass.PRONOUN: "*_PRON",
}


class GoogleBooks:
    """Answers phrases and those with one open slot, in occurrences in a million words."""

    title: Final = "Google Books"

    def __init__(self, web: Web, address: str = "https://books.google.com") -> None:
        self._web = web
        self._address = address

    def look_up(self, query: Query) -> WebAnswer:
        """Return the mean frequencies of the years. Raises `InputError` for two open slots, `NetworkError`."""
        phrases = [text for pattern in query.patterns for text in self._written(pattern)]
        if not phrases or len(phrases) > MOST_PHRASES or any(phrase.count("*") > 1 for phrase in phrases):
            raise not_understood(self.title)
        hits = self._web.get(
            f"{self._address}/ngrams/json",
            _hits,
            content=",".join(phrases),
            year_start=FIRST_YEAR,
            year_end=LAST_YEAR,
            corpus="en",
            smoothing=0,
        )
        return WebAnswer(self.title, mark("in a million words of books"), tuple(hits))

    def _written(self, pattern: Pattern) -> list[str]:
        """Return a pattern in the language of Google Books."""
        phrases = [""]
        for slot in pattern:
            written = []
            for atom in sorted(slot, key=str):
                if atom.kind in {Kind.SIMILAR, Kind.SPELLING} or (
                    atom.kind is Kind.CLASS and atom.word_class not in _TAGS
                ):
                    raise not_understood(self.title)
                names = {Kind.ANY: "*", Kind.LEMMA: f"{atom.text}_INF", Kind.WORD: atom.text}
                written.append(names.get(atom.kind) or _TAGS[atom.word_class])
            phrases = [f"{phrase} {each}".strip() for phrase in phrases for each in written]
        return phrases


def _hits(rows: Any) -> list[WebHit]:
    """Return the phrases of an answer, the most frequent first, without the sums over a wildcard."""
    hits = [WebHit(row["ngram"], 1e6 * fmean(row["timeseries"])) for row in rows if "*" not in row["ngram"]]
    return sorted(hits, key=lambda hit: -hit.value)
