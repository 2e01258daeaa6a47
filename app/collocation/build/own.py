"""The index of a writer's own papers, built inside the program or by the command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from app.collocation.build.papers import papers
from app.collocation.build.pipeline import Plan, Summary, build_index
from app.collocation.build.schedule import Here, Scheduler
from app.collocation.build.sentences import write_examples
from app.collocation.build.vocabulary import Thresholds
from app.collocation.library import PAPERS, Library
from app.core.progress import Progress

OWN_THRESHOLDS: Final = Thresholds(word=1, phrase=2)
"""A writer's few papers are worth more detail than a large corpus."""
SHORTEST: Final = 20
"""Characters of an example sentence."""


def build_papers(
    library: Library, sources: Sequence[Path], progress: Progress | None = None, scheduler: Scheduler | None = None
) -> Summary:
    """Build the index of the papers in `sources`, files and folders, and make it ready for queries.

    The old index stays until the new one is complete; a build that was stopped goes on. Raises `InputError`,
    `StorageError`, `Cancelled`.
    """
    documents = [replace(each, title=each.path.name, quotable=True) for each in papers(sources)]
    library.remember_paper_sources([source.expanduser().resolve() for source in sources])
    plan = Plan(documents, OWN_THRESHOLDS, scheduler=scheduler or Here())
    summary = build_index(plan, library.packed(PAPERS), library.own / "work", progress)
    library.engine(PAPERS, progress)
    write_examples(documents, library.packed_examples(PAPERS), shortest=SHORTEST, progress=progress)
    return summary
