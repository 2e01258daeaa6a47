"""Whether the world has a name already: arXiv, GitHub and paperswithcode.co, asked only when the user says so."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Final
from urllib.parse import quote

from app.core.errors import NetworkError, StorageError
from app.core.files import write_atomic
from app.core.http import Http
from app.core.i18n import mark, tr
from app.core.paths import Paths
from app.core.progress import NoProgress, Progress

FRESH: Final = timedelta(days=7)
"""A count younger than this is not asked for again."""
MOST_KEPT: Final = 500
_TOTAL: Final = re.compile(r"<(?:\w+:)?totalResults[^>]*>\s*(\d+)\s*<")
"""The number of results in an Atom feed (OpenSearch 1.1)."""


@dataclass(frozen=True)
class Service:
    """A place that is asked how often it has a name."""

    key: str
    title: str
    """Marked: what is counted."""
    address: str
    """With {name} for the name as part of an address."""
    page: str
    """Where a person sees what was found, with {name}."""
    pause_s: float
    """The least time between two questions that it allows."""
    field: str = ""
    """Where the count is in its JSON; "" for an Atom feed."""


SERVICES: Final = (
    Service(
        "arxiv",
        mark("titles on arXiv"),
        "https://export.arxiv.org/api/query?search_query=ti:%22{name}%22&max_results=0",
        "https://arxiv.org/search/?searchtype=title&query={name}",
        3.0,
    ),
    Service(
        "github",
        mark("repositories on GitHub"),
        "https://api.github.com/search/repositories?q={name}+in:name&per_page=1",
        "https://github.com/search?type=repositories&q={name}+in%3Aname",
        6.0,
        "total_count",
    ),
    Service(
        "paperswithcode",
        mark("papers on paperswithcode.co"),
        "https://paperswithcode.co/api/v1/papers/search?q={name}&mode=keyword&page_size=1",
        "https://paperswithcode.co/search?q={name}",
        1.0,
        "count",
    ),
)


@dataclass(frozen=True)
class Count:
    """What a service answered."""

    service: Service
    count: int | None
    """None when it did not answer."""
    checked: datetime
    """Aware, UTC."""
    error: str = ""
    """Why there is no count, in the user's language."""


class OnlineCheck:
    """Asks the services, remembers what they said, and keeps their pauses. May be used from any thread.

    Args:
        paths: the answers are kept in the cache folder.
        http: what asks.
        services: who is asked.
        sleep: waits so many seconds.
        now: seconds since the epoch.

    """

    def __init__(
        self,
        paths: Paths,
        http: Http | None = None,
        services: tuple[Service, ...] = SERVICES,
        *,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._file = paths.cache / "acronym" / "online.json"
        self._http = http or Http()
        self._services = services
        self._sleep, self._now = sleep, now
        self._lock = threading.Lock()
        self._asked: dict[str, float] = {}

    def check(self, name: str, progress: Progress | None = None) -> list[Count]:
        """Return how often each service has a name, from memory where that is a week old at most.

        A service that cannot be reached has no count but a reason. Raises `Cancelled`.
        """
        with self._lock:
            known = self._read()
            counts = list(self._counts(name, known.get(name, {}), progress or NoProgress()))
            fresh = {each.service.key: [each.count, each.checked.timestamp()] for each in counts if not each.error}
            self._write({**{key: value for key, value in known.items() if key != name}, name: fresh})
        return counts

    def remembered(self, name: str) -> list[Count]:
        """Return what is known without asking."""
        known = self._read().get(name, {})
        return [count for each in self._services if (count := self._from(each, known)) is not None]

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _counts(self, name: str, known: Mapping[str, Any], progress: Progress) -> Iterator[Count]:
        for number, service in enumerate(self._services):
            progress.report(number, len(self._services), tr(service.title))
            yield self._from(service, known) or self._ask(service, name)
        progress.report(len(self._services), len(self._services))

    def _from(self, service: Service, known: Mapping[str, Any]) -> Count | None:
        """Return a remembered count that is fresh enough."""
        try:
            count, seconds = known[service.key]
            checked = datetime.fromtimestamp(seconds, tz=timezone.utc)
        except (KeyError, TypeError, ValueError, OverflowError, OSError):
            return None
        is_fresh = checked + FRESH > datetime.fromtimestamp(self._now(), tz=timezone.utc)
        return Count(service, count, checked) if is_fresh and isinstance(count, int) else None

    def _ask(self, service: Service, name: str) -> Count:
        last = self._asked.get(service.key)
        if last is not None and (wait := last + service.pause_s - self._now()) > 0:
            self._sleep(wait)
        moment = datetime.fromtimestamp(self._now(), tz=timezone.utc)
        try:
            return Count(service, self._count(service, service.address.format(name=quote(name, safe=""))), moment)
        except NetworkError as error:
            return Count(service, None, moment, str(error))
        finally:
            self._asked[service.key] = self._now()

    def _count(self, service: Service, address: str) -> int:
        if service.field:
            answer = self._http.json(address)
            count = answer.get(service.field) if isinstance(answer, dict) else None
        else:
            response = self._http.get(address)
            found = _TOTAL.search(response.text) if response.ok else None
            count = int(found[1]) if found else None
        if not isinstance(count, int):
            raise NetworkError(tr("The answer has no count ({what}). Try later.", what=tr(service.title)))
        return count

    def _read(self) -> dict[str, Any]:
        try:
            known = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}

    def _write(self, known: Mapping[str, Any]) -> None:
        """Keep the newest answers; a cache that cannot be written is done without."""
        kept = dict(list(known.items())[-MOST_KEPT:])
        try:
            write_atomic(self._file, json.dumps(kept, ensure_ascii=False))
        except StorageError:
            return


def page(service: Service, name: str) -> str:
    """Return the address where a person sees what a service has under a name."""
    return service.page.format(name=quote(name, safe=""))
