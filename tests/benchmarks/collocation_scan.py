"""Reading sentences over the shipped index: learners' mistakes that are found and mended, and false alarms.

python tests/benchmarks/collocation_scan.py
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from _report import publish

from app.collocation.engine import Engine
from app.collocation.library import Library
from app.collocation.scan import Finding, scan
from app.core.paths import Paths
from tests.collocation.judged_sentences import mistakes, read, right_sentences


def told(finding: Finding) -> str:
    """Return a finding as a line."""
    better = ", ".join(f"{each.text} {each.count:,}" for each in finding.better)
    return f"{finding.text} {finding.count:,} -> {better}"


def of_mistakes(engine: Engine, name: str) -> dict[str, int]:
    """Read the sentences with a mistake of a file, print what is not mended, and return the counts."""
    results = [read(engine, each) for each in mistakes(name)]
    for each in results:
        if not each.is_mended:
            print(
                f"{'other repair' if each.is_touched else 'not found'}: {each.mistake.sentence} [{each.mistake.wrong}]"
            )
            for finding in scan(engine, each.mistake.sentence):
                print(f"    {told(finding)}")
        for finding in each.false_alarms:
            print(f"false alarm: {told(finding)}")
    return {
        "sentences": len(results),
        "mended": sum(each.is_mended for each in results),
        "found": sum(each.is_touched for each in results),
        "with a false alarm": sum(bool(each.false_alarms) for each in results),
    }


def of_right_ones(engine: Engine, name: str) -> dict[str, int]:
    """Read sentences that are right, print what is found in them, and return the counts."""
    results = [scan(engine, sentence) for sentence in right_sentences(name)]
    for finding in (each for found in results for each in found):
        print(f"false alarm: {told(finding)}")
    return {"sentences": len(results), "mended": 0, "found": 0, "with a false alarm": sum(map(bool, results))}


def processor_times(engine: Engine) -> list[float]:
    """Return the milliseconds of processor time that each sentence with a mistake takes."""
    times = []
    for each in mistakes():
        before = time.process_time()
        scan(engine, each.sentence)
        times.append(1000 * (time.process_time() - before))
    return times


def main(home: Path) -> None:
    """Read all sentences and print the table."""
    engine = Library(Paths.under(home)).engine()
    rows = [
        {"sentences of": "learners, fitted to", **of_mistakes(engine, "learner_errors.tsv")},
        {"sentences of": "learners, unseen", **of_mistakes(engine, "unseen_errors.tsv")},
        {"sentences of": "ours, right", **of_right_ones(engine, "correct.tsv")},
        {"sentences of": "papers", **of_right_ones(engine, "published.tsv")},
    ]
    p50, p95 = np.percentile(processor_times(engine), (50, 95))
    publish("collocation scan", rows, f"processor time of a sentence: p50 {p50:.0f} ms, p95 {p95:.0f} ms")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as fresh:
            main(Path(fresh))
