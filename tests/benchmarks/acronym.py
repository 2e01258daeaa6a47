"""How long a search takes while a title is typed, over the titles of a table, and how long the first one takes.

Give it a table with the column title_rest: `python tests/benchmarks/acronym.py TABLE.csv`.
"""

from __future__ import annotations

import csv
import statistics
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

from _report import ROOT, Row, publish

from app.acronym.query import Query
from app.acronym.ranking import Kind
from app.acronym.search import search
from app.acronym.title import parse_title

LONG = 14
"""Words of a long title, which the goals are for."""
LENGTHS = (1, 7, 11, LONG, 20)
"""Where the groups of titles begin, by their words."""
GOALS_MS = {"real words": 50, "everything": 150}
KINDS = {
    "real words": frozenset({Kind.WORD}),
    "initials": frozenset({Kind.LETTERS}),
    "mixed": frozenset({Kind.MIXED}),
    "new words": frozenset({Kind.COINED}),
    "everything": frozenset(Kind),
}
FIRST = "from app.acronym.search import search; from app.acronym.query import Query; search(Query('Deep Nets'))"


def titles(table: Path) -> list[str]:
    """Return the titles of a table, and those beyond that, joined in twos until they have `LONG` words."""
    with table.open(encoding="utf-8", newline="") as file:
        found = [row["title_rest"] for row in csv.DictReader(file)]
    pairs = zip(found[::2], found[1::2], strict=False)
    joined = (" ".join(f"{first} {second}".split()[:LONG]) for first, second in pairs)
    return found + [title for title in joined if len(title.split()) == LONG]


def measured(query: Query) -> tuple[float, float]:
    """Return the milliseconds that a search takes, on the clock and on the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    search(query)
    return 1000 * (time.perf_counter() - clock), 1000 * (time.process_time() - processor)


def row(name: str, times: list[tuple[float, float]]) -> Row:
    """Return the figures of one series."""
    clock, processor = (sorted(each) for each in zip(*times, strict=True))
    place = round(0.95 * (len(clock) - 1))
    return {
        "search": name,
        "titles": len(times),
        "median": statistics.median(clock),
        "p95": clock[place],
        "median CPU": statistics.median(processor),
        "p95 CPU": processor[place],
        "goal p95": next((str(goal) for key, goal in GOALS_MS.items() if name.startswith(key)), ""),
    }


def first_ms() -> float:
    """Return the milliseconds from the start of a process to its first names."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", FIRST], cwd=ROOT, check=True)
    return 1000 * (time.perf_counter() - begun)


def main() -> None:
    """Search every title for words, and for everything."""
    found = titles(Path(sys.argv[1]))
    search(Query(found[0]))
    rows = []
    lengths = {title: len(parse_title(title).slots) for title in found}
    for name, kinds in KINDS.items():
        times = {title: measured(Query(title, kinds=kinds)) for title in found}
        rows.append(row(f"{name}, all titles", list(times.values())))
        for least, most in pairwise(LENGTHS):
            some = [each for title, each in times.items() if least <= lengths[title] < most]
            rows.append(row(f"{name}, {least} to {most - 1} words", some))
    publish("acronym", rows, f"milliseconds; the first names of a process after {first_ms():.0f} ms")


if __name__ == "__main__":
    main()
