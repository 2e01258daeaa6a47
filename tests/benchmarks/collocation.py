"""Collocation on the shipped index: time of queries of each kind, of the first query, of expanding, and memory.

Queries are made from phrases of the index, drawn by their counts, so that frequent words come up as often as writers
type them. Each kind runs in one process of its own that has only just opened the index.

    python tests/benchmarks/collocation.py             times and memory
    python tests/benchmarks/collocation.py agreement   10,000 random queries against the slow reference
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
from _report import publish
from hypothesis import given, seed, settings
from hypothesis.strategies import sampled_from

from app.collocation.build.documents import Document
from app.collocation.build.pipeline import Plan, build_index
from app.collocation.build.vocabulary import Thresholds
from app.collocation.engine import Engine
from app.collocation.expand import expand
from app.collocation.facets import Facet
from app.collocation.index import Index
from app.core.paths import resources_dir
from tests.collocation.agreement import FACETS, assert_agreement
from tests.collocation.agreement import QUERIES as QUERIES_OF_ALL_KINDS
from tests.collocation.reference import Reference
from tests.collocation.writing import prose

QUERIES: Final = 1000
AGREEMENT_QUERIES: Final = 10_000
SEED: Final = 7
PERCENTILES: Final = (50, 95, 99)
SWITCHED: Final = Facet("cs")
CLASSES: Final = ("v.", "n.", "adj.", "adv.", "prep.", "det.", "conj.", "pron.")

Words = list[str]
Chance = np.random.Generator


def with_gaps(words: Words, chance: Chance, gaps: int) -> str:
    """Put `_` in so many places."""
    for place in chance.choice(len(words), gaps, replace=False):
        words[place] = "_"
    return " ".join(words)


def with_class(words: Words, chance: Chance) -> str:
    """Put a class in one place."""
    words[chance.integers(len(words))] = str(chance.choice(CLASSES))
    return " ".join(words)


def with_star(words: Words, _chance: Chance) -> str:
    """Put `*` between the first and the last word."""
    return f"{words[0]} * {words[-1]}"


KINDS: Final[dict[str, tuple[int, float | None, Callable[[Words, Chance], str]]]] = {
    "one wildcard, 2 words": (2, 5, lambda words, chance: with_gaps(words, chance, 1)),
    "one wildcard, 3 words": (3, 5, lambda words, chance: with_gaps(words, chance, 1)),
    "one wildcard, 5 words": (5, 5, lambda words, chance: with_gaps(words, chance, 1)),
    "two wildcards, 3 words": (3, 20, lambda words, chance: with_gaps(words, chance, 2)),
    "two wildcards, 4 words": (4, 20, lambda words, chance: with_gaps(words, chance, 2)),
    "class, 2 words": (2, 20, with_class),
    "class, 3 words": (3, 20, with_class),
    "two classes": (2, 20, lambda _words, chance: " ".join(chance.choice(CLASSES, 2))),
    "a * b": (2, 50, with_star),
    "* a": (1, 50, lambda words, _: f"* {words[0]}"),
    "* a *": (1, 50, lambda words, _: f"* {words[0]} *"),
    "?x a": (2, None, lambda words, _: f"?{words[0]} {words[1]}"),
    "~x a": (2, None, lambda words, _: f"~{words[0]} {words[1]}"),
    "[[x]] a": (2, None, lambda words, _: f"[[{words[0]}]] {words[1]}"),
    "{a b c}": (3, None, lambda words, _: f"{{{' '.join(words)}}}"),
    "letters$ a": (2, None, lambda words, _: f"{words[0][:3]}$ {words[1]}"),
}
"""Words of the phrase that a query is made from, goal of the 95th percentile in milliseconds, and the making."""


def generated(index: Index, kind: str) -> list[str]:
    """Return the queries of one kind."""
    length, _, make = KINDS[kind]
    level = index.level(length)
    chance = np.random.default_rng(SEED)
    rows = chance.choice(len(level), QUERIES, p=level.counts / level.counts.sum(dtype=np.int64))
    phrases = ([index.words.text(int(level.words[slot][row])) for slot in range(length)] for row in rows)
    return [make(words, chance) for words in phrases]


def measure(path: Path, kind: str) -> str:
    """Run the queries of one kind and return its figures in MB and milliseconds.

    They are the percentiles, the longest time, the 95th percentile of processor time, that of another field and order
    of what was found and of the totals of all fields and periods, the first time, the memory.
    """
    queries = generated(Index(path), kind)
    begun = time.perf_counter()
    engine = Engine(Index(path))
    times, spent, switching = [], [], []
    for query in queries:
        start, before = time.perf_counter() if times else begun, time.process_time()
        found = engine.search(query)
        found.answer()
        times.append(1000 * (time.perf_counter() - start))
        spent.append(1000 * (time.process_time() - before))
        before = time.process_time()
        found.answer(SWITCHED, "logdice")
        found.totals_of_fields()
        found.totals_of_periods()
        switching.append(1000 * (time.process_time() - before))
    busy, switched = (float(np.percentile(each[1:], 95)) for each in (spent, switching))
    figures = [*np.percentile(times[1:], PERCENTILES), max(times[1:]), busy, switched, times[0], resident_mb()]
    return " ".join(f"{figure:.3f}" for figure in figures)


def resident_mb() -> float:
    """Return the resident memory of this process."""
    text = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", text)
    assert found
    return int(found[1]) / 1024


def speed() -> None:
    """Expand the shipped file, run each kind of query in a process of its own, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "academic.index"
        begun, spent = time.monotonic(), time.process_time()
        expand(resources_dir() / "ngrams" / "academic.pack", path)
        expanding, spent = time.monotonic() - begun, time.process_time() - spent
        rows = []
        for kind, (_, goal, _) in KINDS.items():
            command = [sys.executable, __file__, "measure", str(path), kind]
            out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            p50, p95, p99, longest, busy, switched, first, memory = map(float, out.split())
            times = {"p50": p50, "p95": p95, "goal": goal or "", "p99": p99, "longest": longest, "first": first}
            processor = {"p95 of processor": busy, "of a switch": switched}
            rows.append({"query": kind, **times, **processor, "MB": memory})
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        note = (
            f"milliseconds, {QUERIES} queries a kind; expanding took {expanding:.1f} s, {spent:.1f} s of a processor, "
            f"for {path.stat().st_size / 1e6:.0f} MB, and at most {peak:.0f} MB of memory"
        )
        publish("collocation", rows, note)


def agreement() -> None:
    """Compare engine and reference on random queries over a small index; the first difference is printed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = folder / "text.txt"
        text.write_text(prose(120, SEED), encoding="utf-8")
        documents = [Document(text, "cs", "to2022")]
        build_index(Plan(documents, Thresholds(2, 2)), folder / "small.pack", folder / "work")
        expand(folder / "small.pack", folder / "small.index")
        engine = Engine(Index(folder / "small.index"))
        reference = Reference(engine.index)
        asked = []

        @settings(max_examples=AGREEMENT_QUERIES, deadline=None, database=None)
        @seed(SEED)
        @given(QUERIES_OF_ALL_KINDS, sampled_from(FACETS))
        def check(query: str, facet: Facet) -> None:
            asked.append(query)
            assert_agreement(engine, reference, query, facet)

        check()
        publish("collocation agreement", [{"queries": len(asked), "different": len(set(asked)), "disagreements": 0}])


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        print(measure(Path(sys.argv[2]), sys.argv[3]))
    elif sys.argv[1:] == ["agreement"]:
        agreement()
    else:
        speed()
