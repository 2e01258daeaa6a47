"""What all services have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from app.collocation.query.syntax import Query
from app.core.errors import InputError
from app.core.i18n import tr


@dataclass(frozen=True)
class WebHit:
    """One phrase with the figure of the service; `WebAnswer.unit` says what that is."""

    text: str
    value: float


@dataclass(frozen=True)
class WebAnswer:
    """What a service answered: always to be shown as "from the web", with the name of the service."""

    service: str
    unit: str
    hits: tuple[WebHit, ...]


class Service(Protocol):
    """A web service that knows how frequent phrases are."""

    @property
    def title(self) -> str:
        """Its name."""
        ...

    def look_up(self, query: Query) -> WebAnswer:
        """Ask. Raises `InputError` for queries that the service does not understand, `NetworkError`."""
        ...


def not_understood(title: str) -> InputError:
    """Return the error for a query that a service has no way to answer."""
    return InputError(tr("{service} has no answer to queries of this form.", service=title))


def pairs(rows: Any) -> list[WebHit]:
    """Return rows of (phrase, figure) from parsed JSON. Raises `TypeError` or `ValueError` for anything else."""
    return [WebHit(str(text), float(value)) for text, value in rows]
