"""One way to ask a service: time limits, retries that respect its wishes, and errors a user can read."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urlsplit

import requests

from app import __version__
from app.core.errors import NetworkError
from app.core.i18n import tr

CONNECT_SECONDS: Final = 10.0
READ_SECONDS: Final = 30.0
ATTEMPTS: Final = 3
LONGEST_WAIT_SECONDS: Final = 30.0
RETRIED: Final = frozenset({429, 500, 502, 503, 504})
_TOO_MANY: Final = 429
_PASSING: Final = (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError)
"""Faults that another try may not meet; a malformed address or endless redirections stay as they are."""


class Http:
    """A session with one service or several. `sleep` and `now` are the clock, to be replaced in tests."""

    def __init__(self, *, sleep: Callable[[float], None] = time.sleep, now: Callable[[], float] = time.time) -> None:
        self._session = requests.Session()
        self._session.headers["User-Agent"] = f"paperdesk/{__version__}"
        self._sleep = sleep
        self._now = now

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, stream: bool = False) -> requests.Response:
        """Return the answer to a GET, of any status but those worth another try. Raises `NetworkError`.

        A dropped connection and the statuses 429 and 5xx are tried again, after the time the service asks for.
        """
        for attempt in range(1, ATTEMPTS + 1):
            last = attempt == ATTEMPTS
            try:
                answer = self._session.get(url, headers=headers, stream=stream, timeout=(CONNECT_SECONDS, READ_SECONDS))
            except requests.RequestException as error:
                if last or not isinstance(error, _PASSING):
                    raise _unreachable(url, error) from error
                self._sleep(2.0**attempt)
                continue
            if answer.status_code not in RETRIED:
                return answer
            wait = self._wait(answer, attempt)
            answer.close()
            if last or wait > LONGEST_WAIT_SECONDS:
                raise _refused(url, answer, wait)
            self._sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def json(self, url: str, *, headers: Mapping[str, str] | None = None) -> Any:
        """Return the JSON that a GET answers with. Raises `NetworkError`, for malformed JSON and errors too."""
        answer = self.get(url, headers=headers)
        if not answer.ok:
            raise _refused(url, answer, 0.0)
        try:
            return answer.json()
        except requests.JSONDecodeError as error:
            host = _host(url)
            raise NetworkError(tr("{host} answered with something that is not JSON. Try later.", host=host)) from error

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _wait(self, answer: requests.Response, attempt: int) -> float:
        """Return the seconds to wait: what Retry-After says (RFC 9110, 10.2.3), otherwise twice as long each time."""
        wish = answer.headers.get("Retry-After", "")
        if wish.isascii() and wish.isdigit():
            return float(wish)
        try:
            return max(0.0, parsedate_to_datetime(wish).timestamp() - self._now())
        except (TypeError, ValueError):
            return 2.0**attempt


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url


def _unreachable(url: str, error: requests.RequestException) -> NetworkError:
    if isinstance(error, requests.Timeout):
        return NetworkError(tr("{host} did not answer in time. Try again later.", host=_host(url)))
    if isinstance(error, requests.TooManyRedirects):
        return NetworkError(tr("{host} leads round in circles. Try later.", host=_host(url)))
    return NetworkError(tr("{host} cannot be reached. Is the network connected?", host=_host(url)))


def _refused(url: str, answer: requests.Response, wait: float) -> NetworkError:
    host, status = _host(url), answer.status_code
    if status == _TOO_MANY:
        minutes = max(1, round(wait / 60))
        return NetworkError(tr("{host} asks for a pause. Try again in {minutes} min.", host=host, minutes=minutes))
    return NetworkError(tr("{host} answered with error {status}. Try later.", host=host, status=status))
