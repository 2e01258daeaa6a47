"""Whether LaTeX sets the canonical form of formulas as it sets their authors' own.

    python tests/benchmarks/canonical_layout.py FILE... --scorer layout_match.py

Each FILE is a .txt.xz with a formula a line or a labels.jsonl with one {"latex"} a line. The scorer needs LaTeX and
matplotlib (extra `train`).
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from pathlib import Path

from _report import publish
from _scorer import load_scorer

from app.formula.canonical import canonical
from app.formula.latex_text import to_latex

SEED = 1


def sample(path: Path, most: int) -> list[str]:
    """Return up to `most` random formulas of a file."""
    if path.suffix == ".xz":
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            known = [line.rstrip("\n") for line in lines]
    else:
        known = [json.loads(line)["latex"] for line in path.read_text(encoding="utf-8").splitlines()]
    return random.Random(SEED).sample(known, min(most, len(known)))  # noqa: S311 - nothing is kept secret


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--scorer", required=True, type=Path)
    parser.add_argument("--most", type=int, default=2000, help="formulas of all files together")
    options = parser.parse_args()
    scorer = load_scorer(options.scorer)
    rows = []
    for path in options.files:
        sources = sample(path, options.most // len(options.files))
        pairs = []
        for source in sources:
            try:
                pairs.append((source, to_latex(canonical(source))))
            except ValueError:
                continue
        truths, answers = (scorer.typeset([scorer.clean(text) for text in texts]) for texts in zip(*pairs, strict=True))
        known = [(truth, answer) for truth, answer in zip(truths, answers, strict=True) if truth is not None]
        same = sum(answer is not None and scorer.same_layout(truth, answer) for truth, answer in known)
        rows.append(
            {
                "file": path.parent.name if path.name == "labels.jsonl" else path.name,
                "formulas": len(sources),
                "canonical %": 100 * len(pairs) / len(sources),
                "typeset": len(known),
                "same layout %": 100 * same / len(known),
                "fails to compile": sum(answer is None for _, answer in known),
            }
        )
    publish("canonical_layout", rows)


if __name__ == "__main__":
    main()
