"""A second opinion from the web: services that are asked only when the user has allowed it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from app.collocation.online.datamuse import Datamuse
from app.collocation.online.google_books import GoogleBooks
from app.collocation.online.infini_gram import InfiniGram
from app.collocation.online.linggle import Linggle
from app.collocation.online.service import Service, WebAnswer, WebHit
from app.collocation.online.web import Web

__all__ = ["SERVICES", "Service", "Web", "WebAnswer", "WebHit"]

SERVICES: Final[dict[str, Callable[[Web], Service]]] = {
    "linggle": Linggle,
    "google-books": GoogleBooks,
    "datamuse": Datamuse,
    "infini-gram": InfiniGram,
}
"""Each service by its key in the settings."""
