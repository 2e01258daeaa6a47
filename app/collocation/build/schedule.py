"""Where the steps of a build run: here, one after the other, or on the machines of a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final, Protocol, TypeVar

from app.core.errors import InputError, NetworkError
from app.core.i18n import tr

Task = TypeVar("Task")
Result = TypeVar("Result")
_CONNECT_SECONDS: Final = 10


class Scheduler(Protocol):
    """Runs independent tasks."""

    def run(self, func: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the result of each task as it becomes ready, in any order."""
        ...


class Here:
    """One task after the other in this thread."""

    def run(self, func: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the results in the order of the tasks."""
        return map(func, tasks)


class Cluster:
    """A Dask cluster whose workers see the same folders as this machine."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def run(self, func: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the results as they become ready; what is left is cancelled when the caller stops."""
        from distributed import as_completed  # noqa: PLC0415 - an extra

        futures = self._client.map(func, list(tasks), pure=False)
        try:
            for future in as_completed(futures):  # type: ignore[no-untyped-call]
                yield future.result()
        finally:
            self._client.cancel(futures)


def scheduler(address: str = "") -> AbstractContextManager[Scheduler]:
    """Return where to run: here, or on the cluster at `address` such as "tcp://host:8786".

    Raises `InputError` without Dask, `NetworkError` when nothing answers at the address.
    """
    if not address:
        return nullcontext(Here())
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputError(
            tr('A cluster needs Dask: install Paperdesk with the extra "cluster", or leave --scheduler out.')
        ) from error
    try:
        return _Connection(Client(address, timeout=_CONNECT_SECONDS))  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise NetworkError(tr("No Dask scheduler answers at {address}.", address=address)) from error


class _Connection:
    """A connected client that is closed at the end."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __enter__(self) -> Scheduler:
        return Cluster(self._client)

    def __exit__(self, *_: object) -> None:
        self._client.close()
