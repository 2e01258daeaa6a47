"""Asking services with time limits, and keeping their answers so that nobody is asked twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import requests
from requests_cache import CachedSession

from app import __version__
from app.core.errors import NetworkError
from app.core.i18n import tr

CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 10.0
KEPT_SECONDS: Final = 30 * 24 * 3600
"""How long an answer is used again; counts of old texts do not change."""
_TOO_MANY: Final = 429

Read = TypeVar("Read")


class Web:
    """A session whose answers are kept in `cache`, an SQLite file. Close it at the end."""

    def __init__(self, cache: Path, *, read_seconds: float = READ_SECONDS) -> None:
        cache.parent.mkdir(parents=True, exist_ok=True)
        self._session = CachedSession(
            cache,
            backend="sqlite",
            expire_after=KEPT_SECONDS,
            allowable_methods=("GET", "POST"),
            allowable_codes=(200,),
        )
        self._session.headers["User-Agent"] = f"paperdesk/{__version__}"
        self._timeout = (CONNECT_SECONDS, read_seconds)

    def get(self, url: str, read: Callable[[Any], Read], **parameters: str | int) -> Read:
        """Return what `read` makes of the JSON that a GET answers with. Raises `NetworkError`.

        `read` raises `LookupError`, `TypeError` or `ValueError` for JSON that is not what it expects.
        """
        return self._ask("GET", url, read, params=parameters)

    def post(self, url: str, read: Callable[[Any], Read], body: dict[str, Any]) -> Read:
        """Return what `read` makes of the JSON that a POST of JSON answers with; see `get`."""
        return self._ask("POST", url, read, json=body)

    def close(self) -> None:
        """Close the connections and the cache."""
        self._session.close()  # type: ignore[no-untyped-call]

    def _ask(self, method: str, url: str, read: Callable[[Any], Read], **values: Any) -> Read:
        host = urlsplit(url).hostname or url
        try:
            answer = self._session.request(method, url, timeout=self._timeout, **values)
        except requests.Timeout as error:
            raise NetworkError(tr("{host} did not answer in time. Try again later.", host=host)) from error
        except requests.RequestException as error:
            raise NetworkError(tr("{host} cannot be reached. Is the network connected?", host=host)) from error
        if answer.status_code == _TOO_MANY:
            raise NetworkError(tr("{host} asks for a pause. Try again in {minutes} min.", host=host, minutes=1))
        if not answer.ok:
            status = answer.status_code
            raise NetworkError(tr("{host} answered with error {status}. Try later.", host=host, status=status))
        try:
            return read(answer.json())
        except (LookupError, TypeError, ValueError) as error:
            self._forget(answer)
            raise NetworkError(tr("{host} answered with something unexpected. Try later.", host=host)) from error

    def _forget(self, answer: requests.Response) -> None:
        """Keep an answer that cannot be used out of the cache: it may be the page of a hotel's network."""
        key = getattr(answer, "cache_key", None)
        if key:
            self._session.cache.delete(key)
