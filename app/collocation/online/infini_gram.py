"""infini-gram: exact counts of phrases of any length in a trillion words of web text."""

from __future__ import annotations

from itertools import product
from typing import Final

from app.collocation.online.service import WebAnswer, WebHit, not_understood
from app.collocation.online.web import Web
from app.collocation.query.syntax import Kind, Query
from app.core.i18n import mark

CORPUS: Final = "v4_rpj_llama_s4"
"""RedPajama, 1.4 trillion tokens."""
MOST_PHRASES: Final = 8
"""Phrases that are asked for one after another."""


class InfiniGram:
    """Answers queries that stand for a few phrases without open slots."""

    title: Final = "infini-gram"

    def __init__(self, web: Web, address: str = "https://api.infini-gram.io") -> None:
        self._web = web
        self._address = address

    def look_up(self, query: Query) -> WebAnswer:
        """Return the counts of the phrases. Raises `InputError` for open slots, `NetworkError`."""
        phrases = self._phrases(query)
        hits = sorted((WebHit(phrase, self._count(phrase)) for phrase in phrases), key=lambda hit: -hit.value)
        return WebAnswer(self.title, mark("times on the web"), tuple(hits))

    def _phrases(self, query: Query) -> list[str]:
        phrases = []
        for pattern in query.patterns:
            if any(atom.kind is not Kind.WORD for slot in pattern for atom in slot):
                raise not_understood(self.title)
            texts = (sorted(atom.text for atom in slot) for slot in pattern)
            phrases += [" ".join(words) for words in product(*texts)]
        if len(phrases) > MOST_PHRASES:
            raise not_understood(self.title)
        return phrases

    def _count(self, phrase: str) -> int:
        body = {"index": CORPUS, "query_type": "count", "query": phrase}
        return self._web.post(f"{self._address}/", lambda answer: int(answer["count"]), body)
