"""Processes that draw batches while the network learns."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.queues import Queue
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from queue import Full
from typing import Final

import numpy as np

from app.formula.training.augment import Augmenter
from app.formula.training.dataset import POOL, Batch, Library, Sample, collate, grouped, samples_of
from app.formula.training.hands import Hands
from app.formula.training.handwriting import Writer

WAITING_BATCHES: Final = 24
NICENESS: Final = 10
PATIENCE: Final = 5.0
"""Seconds between looks whether anybody is still learning."""


@dataclass(frozen=True)
class Feeding:
    """What the drawing processes need to know."""

    layouts: Path
    seed: int
    budget: int
    """Pixels of a batch, padding included."""
    cores: tuple[int, ...] = ()
    """Cores to stay on; empty for any."""
    hands: Path | None = None
    """Drawings to write some of the formulas with."""
    vocabulary: tuple[str, ...] = ()


class Feeder:
    """Starts drawing processes and hands out their batches."""

    def __init__(self, feeding: Feeding, workers: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.progress: Synchronized[float] = context.Value("d", 0.0)
        self._queue: Queue[Batch] = context.Queue(WAITING_BATCHES)
        self._processes = [
            context.Process(target=draw_forever, args=(feeding, number, self.progress, self._queue), daemon=True)
            for number in range(workers)
        ]
        for process in self._processes:
            process.start()

    def next(self) -> Batch:
        """Return the next batch, waiting for it."""
        return self._queue.get()

    def stop(self) -> None:
        """End the drawing processes."""
        for process in self._processes:
            process.terminate()
            process.join()
        self._queue.close()


def draw_forever(feeding: Feeding, number: int, progress: Synchronized[float], queue: Queue[Batch]) -> None:
    """Draw batches and put them into `queue` until the process is ended."""
    if feeding.cores and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, feeding.cores)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    rng = np.random.default_rng((feeding.seed, number))
    writer = Writer(Hands.load(feeding.hands), feeding.vocabulary, rng) if feeding.hands else None
    for batch in batches(Library(feeding.layouts), Augmenter(rng), feeding.budget, progress, writer):
        if not _put(batch, queue):
            return


def _put(batch: Batch, queue: Queue[Batch]) -> bool:
    """Put `batch` into `queue` as soon as there is room; False when the process that wants it has gone."""
    parent = multiprocessing.parent_process()
    while parent is None or parent.is_alive():
        try:
            queue.put(batch, timeout=PATIENCE)
        except Full:
            continue
        return True
    queue.cancel_join_thread()
    return False


def batches(
    library: Library, augmenter: Augmenter, budget: int, progress: Synchronized[float], writer: Writer | None = None
) -> Iterator[Batch]:
    """Yield batches of pictures of random shards without end."""
    while True:
        pool: list[Sample] = []
        while len(pool) < POOL:
            pool.extend(samples_of(library.pick(progress.value, augmenter.rng), augmenter, writer=writer))
        groups = list(grouped(pool, budget))
        for place in augmenter.rng.permutation(len(groups)):
            yield collate(groups[int(place)])
