"""Reading many pictures with many processes: Dask's own cluster on this machine, or one that is there already.

Workers get the pictures' bytes, so they need no folder of ours; what they need is this program in the same version.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from app.core.errors import InputError, PaperdeskError
from app.core.i18n import tr
from app.formula.batch import Item, Row, read_batch
from app.formula.onnx_engine import OnnxEngine

AHEAD: Final = 2
"""Batches for each worker that are on their way, so that none of them waits."""
CONNECT_SECONDS: Final = 30
RETRIES: Final = 2
"""How often a batch is given to another worker when one is lost."""


class Cluster:
    """The workers of a Dask cluster, as `batch.Workers`."""

    def __init__(self, client: Any, beam_width: int) -> None:
        self._client = client
        self._beam_width = beam_width

    def read(self, batches: Iterable[list[Item]]) -> Iterator[list[Row]]:
        """Yield the rows of each batch, in order. Raises `PaperdeskError` when the cluster is lost."""
        waiting: deque[Any] = deque()
        source = iter(batches)
        is_more = True
        try:
            while is_more or waiting:
                while is_more and len(waiting) < AHEAD * max(len(self._client.nthreads()), 1):
                    batch = next(source, None)
                    is_more = batch is not None
                    if batch is not None:
                        waiting.append(self._submitted(batch))
                if waiting:
                    yield self._rows(waiting.popleft())
        finally:
            self._client.cancel(list(waiting))

    def _submitted(self, batch: list[Item]) -> Any:
        return self._client.submit(read_there, batch, self._beam_width, pure=False, retries=RETRIES)

    @staticmethod
    def _rows(future: Any) -> list[Row]:
        try:
            rows: list[Row] = future.result()
        except PaperdeskError:
            raise
        except Exception as error:  # Dask raises errors of its own and those of its workers
            raise PaperdeskError(tr("The cluster could not read the pictures: {reason}", reason=error)) from error
        return rows


@contextmanager
def cluster(*, workers: int = 0, scheduler: str = "", beam_width: int) -> Iterator[Cluster]:
    """Use `workers` processes of this machine, or the cluster whose scheduler is at an address.

    Raises `InputError` when Dask is not installed, `PaperdeskError` when the scheduler cannot be reached.
    """
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415 - an extra
    except ImportError as error:
        text = tr("Several processes need the extra “cluster”: pip install 'paperdesk[cluster]'")
        raise InputError(text) from error
    options: dict[str, Any] = {"timeout": CONNECT_SECONDS, "set_as_default": False}
    if scheduler:
        try:
            client = Client(scheduler, **options)  # type: ignore[no-untyped-call]
        except (OSError, ValueError, TimeoutError) as error:
            raise PaperdeskError(tr("There is no Dask scheduler at {address}.", address=scheduler)) from error
        with client:
            _wait_for_workers(client, scheduler)
            yield Cluster(client, beam_width)
        return
    local = LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None
    )
    with local, Client(local, **options) as client:  # type: ignore[no-untyped-call]
        yield Cluster(client, beam_width)


def _wait_for_workers(client: Any, address: str) -> None:
    """Raise `PaperdeskError` when a cluster stays without workers: its answers would be waited for without end."""
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError as error:
        raise PaperdeskError(tr("The Dask cluster at {address} has no workers.", address=address)) from error


def read_there(batch: list[Item], beam_width: int) -> list[Row]:
    """Return the rows of a batch; runs on a worker, which keeps its engine."""
    return read_batch(batch, _engine(beam_width), OnnxEngine.name)


@cache
def _engine(beam_width: int) -> OnnxEngine:
    engine = OnnxEngine(beam_width=beam_width, threads=1)
    engine.load()
    return engine
