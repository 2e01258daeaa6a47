"""Linggle: the query language that ours comes from, over the web of 2006 (Web 1T)."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from app.collocation.online.service import WebAnswer, pairs
from app.collocation.online.web import Web
from app.collocation.query.syntax import Query
from app.core.i18n import mark


class Linggle:
    """Answers whole queries with counts."""

    title: Final = "Linggle"

    def __init__(self, web: Web, address: str = "https://search.linggle.com") -> None:
        self._web = web
        self._address = address

    def look_up(self, query: Query) -> WebAnswer:
        """Return the phrases that Linggle counts most often. Raises `NetworkError`."""
        address = f"{self._address}/api/ngram/{quote(query.text, safe='')}"
        hits = self._web.get(address, lambda answer: pairs(answer["ngrams"]))
        return WebAnswer(self.title, mark("times on the web"), tuple(hits))
