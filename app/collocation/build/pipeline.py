"""A build from documents to the packed file: it can be stopped at any time and goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from shutil import rmtree
from typing import Any, Final

import numpy as np

from app.collocation.build.closed_classes import corrected
from app.collocation.build.counting import LONGEST, PART_POSITIONS, PartTask, count_part, part_file, rows_file
from app.collocation.build.documents import Document, Skipped
from app.collocation.build.lexicon import Lexicon
from app.collocation.build.packing import Level, class_masks, pack_levels
from app.collocation.build.schedule import Here, Scheduler, Task
from app.collocation.build.shards import ShardTask, make_shards
from app.collocation.build.vocabulary import LEVEL_ONE, SUMMARY, Thresholds, make_vocabulary
from app.collocation.build.workspace import allocate, read_arrays, write_json
from app.collocation.facets import FIELDS, PERIODS, Cell
from app.collocation.packed import Array, write_packed
from app.core.errors import InputError
from app.core.files import alone, storage_error
from app.core.i18n import tr
from app.core.progress import NoProgress, Progress

FORMAT: Final = 1
"""Raised whenever a change makes older packed files unreadable."""
_PLAN: Final = "plan.json"


@dataclass(frozen=True)
class Summary:
    """What a build did: counted tokens, repeated lines left out, n-grams of each length, and documents left out."""

    tokens: int
    repeated: int
    rows: tuple[int, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True)
class Plan:
    """What to build: documents in their order, what is kept, and where it runs."""

    documents: Sequence[Document]
    thresholds: Thresholds = field(default_factory=Thresholds)
    date: date = field(default_factory=date.today)
    scheduler: Scheduler = field(default_factory=Here)

    def cells(self) -> tuple[Cell, ...]:
        """Return the cells that the documents may have, in the order of `FIELDS` and `PERIODS`."""
        wanted = {
            (each.field, period) for each in self.documents for period in ([each.period] if each.period else PERIODS)
        }
        return tuple(
            Cell(*pair) for pair in ((name, period) for name in FIELDS for period in PERIODS) if pair in wanted
        )

    def fingerprint(self) -> dict[str, Any]:
        """Return what a stopped build has to have in common with this one to be continued."""
        return {
            "format": FORMAT,
            "thresholds": [self.thresholds.word, self.thresholds.phrase],
            "documents": [[str(each.path), each.field, each.period, *_stamp(each.path)] for each in self.documents],
        }


def build_index(plan: Plan, out: Path, folder: Path, progress: Progress | None = None) -> Summary:
    """Count the documents and write the packed file `out`; `folder` holds the work and is removed at the end.

    Raises `InputError` when no document has text, `Cancelled` (the folder stays, and the next build of the same
    documents goes on), `StorageError` (the same), `PaperdeskError` while another process builds in the folder.
    """
    progress = progress or NoProgress()
    with alone(folder):
        try:
            _prepare(plan, folder)
            skipped = _make_shards(plan, folder, progress)
            summary = _count(plan, folder, progress)
            levels = _levels(plan, folder, summary)
            progress.report(0, None, tr("Packing the counts"))
            write_packed(out, _meta(plan, summary, skipped), _arrays(levels, folder, summary))
        except OSError as error:
            raise storage_error(folder, error) from error
        rmtree(folder, ignore_errors=True)
    return Summary(summary["tokens"], summary["repeated"], tuple(len(level.words) for level in levels), skipped)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def _prepare(plan: Plan, folder: Path) -> None:
    """Keep what a stopped build of the same documents left, and nothing else."""
    file = folder / _PLAN
    fingerprint = json.loads(json.dumps(plan.fingerprint()))
    if not file.exists() or json.loads(file.read_text(encoding="utf-8")) != fingerprint:
        rmtree(folder, ignore_errors=True)
        write_json(file, fingerprint)


def _make_shards(plan: Plan, folder: Path, progress: Progress) -> tuple[Skipped, ...]:
    cells = plan.cells()
    tasks = [ShardTask(number, each, folder / "shards", cells) for number, each in enumerate(plan.documents)]
    results = _run(plan.scheduler, make_shards, tasks, progress, tr("Reading documents"))
    skipped = sorted((each for each in results if each), key=lambda each: each.path)
    return tuple(skipped)


def _run(
    scheduler: Scheduler, func: Callable[[Task], Any], tasks: Sequence[Task], progress: Progress, text: str
) -> list[Any]:
    """Run tasks and report how many are done."""
    results = []
    progress.report(0, len(tasks), text)
    for result in scheduler.run(func, tasks):
        results.append(result)
        progress.report(len(results), len(tasks), text)
    return results


def _count(plan: Plan, folder: Path, progress: Progress) -> dict[str, Any]:
    """Count words and phrases of all levels; return the summary of the vocabulary."""
    file = folder / SUMMARY
    if not file.exists():
        make_vocabulary(folder, len(plan.cells()), plan.thresholds.word, progress)
    summary: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    if not summary["words"]:
        raise InputError(tr("There is no text to count in these documents."))
    for level in range(2, LONGEST + 1):
        _count_level(plan, folder, level, summary["length"], progress)
    return summary


def _count_level(plan: Plan, folder: Path, level: int, length: int, progress: Progress) -> None:
    tasks = _part_tasks(plan, folder, level, length)
    missing = [task for task in tasks if not part_file(task).exists()]
    if len(missing) == len(tasks):
        allocate(rows_file(folder, level), length, np.uint32)
    _run(plan.scheduler, count_part, missing, progress, tr("Counting phrases of {words} words", words=level))
    if level > 2:  # noqa: PLR2004 - the words themselves are needed at every level
        rows_file(folder, level - 1).unlink(missing_ok=True)


def _part_tasks(plan: Plan, folder: Path, level: int, length: int) -> list[PartTask]:
    parts = length // PART_POSITIONS + 1
    cells = len(plan.cells())
    return [PartTask(folder, level, part, parts, cells, plan.thresholds.phrase) for part in range(parts)]


def _levels(plan: Plan, folder: Path, summary: dict[str, Any]) -> list[Level]:
    one = read_arrays(folder / LEVEL_ONE)
    levels = [Level(one["words"], one["cells"], one["tags"])]
    for level in range(2, LONGEST + 1):
        parts = [read_arrays(part_file(task)) for task in _part_tasks(plan, folder, level, summary["length"])]
        joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
        levels.append(Level(joined["words"], joined["cells"], joined["tags"]).sorted())
    return [Level(level.words, level.cells, corrected(level.words, level.tags, summary["words"])) for level in levels]


def _arrays(levels: list[Level], folder: Path, summary: dict[str, Any]) -> dict[str, Array]:
    words: list[str] = summary["words"]
    arrays: dict[str, Array] = {
        "words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8),
        "masks": class_masks(read_arrays(folder / LEVEL_ONE)["votes"]),
    }
    return {**arrays, **Lexicon.shipped().arrays(words), **pack_levels(levels)}


def _meta(plan: Plan, summary: dict[str, Any], skipped: Iterable[Skipped]) -> dict[str, Any]:
    left_out = {each.path for each in skipped}
    return {
        "kind": "index",
        "format": FORMAT,
        "date": plan.date.isoformat(),
        "cells": [[cell.field, cell.period] for cell in plan.cells()],
        "tokens": summary["cells"],
        "thresholds": [plan.thresholds.word, plan.thresholds.phrase],
        "documents": sum(each.path not in left_out for each in plan.documents),
    }
