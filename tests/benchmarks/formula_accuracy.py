"""How well the formula model reads labelled pictures, at several zooms, and what its confidence is worth.

    python tests/benchmarks/formula_accuracy.py FOLDER... --scorer layout_match.py

Each FOLDER has a labels.jsonl, one {"image", "latex"} a line, or an ink.jsonl.gz, one {"strokes", "latex"} a line. The
scorer is a Python file with `clean(latex)`, `typeset(formulas)` and `same_layout(a, b)`; it needs LaTeX and matplotlib
(extra `train`). Without one an answer is right when its canonical tokens are those of the truth.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from _report import publish
from PIL import Image, ImageDraw

from app.formula.canonical import canonical
from app.formula.engine import Answer
from app.formula.onnx_engine import OnnxEngine

ZOOMS = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
INK_HEIGHT = 120
INK_WIDTH = 3
MARGIN = 10
PORTION = 64
"""Pictures read at once where the time of each does not matter."""
STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.01)
"""Bounds of the confidence in the reliability table."""


@dataclass
class Read:
    """A truth, its answer, and whether the answer is right."""

    truth: str
    answer: Answer
    compiles: bool = True
    right: bool = False


Judge = Callable[[Sequence[Read]], None]


def pictures(folder: Path, most: int) -> Iterator[tuple[Image.Image, str]]:
    """Yield the pictures of a folder with their LaTeX."""
    ink = folder / "ink.jsonl.gz"
    if ink.exists():
        with gzip.open(ink, "rt", encoding="utf-8") as lines:
            for line, _ in zip(lines, range(most), strict=False):
                row = json.loads(line)
                yield drawn(row["strokes"]), row["latex"]
        return
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()[:most]:
        row = json.loads(line)
        with Image.open(folder / row["image"]) as picture:
            yield picture.convert("RGB"), row["latex"]


def drawn(strokes: Sequence[Sequence[Sequence[float]]]) -> Image.Image:
    """Draw pen strokes, lists of [x, y], as a pen of constant width would."""
    points = [point for stroke in strokes for point in stroke]
    left, top = (min(point[axis] for point in points) for axis in (0, 1))
    right, bottom = (max(point[axis] for point in points) for axis in (0, 1))
    scale = INK_HEIGHT / max(bottom - top, (right - left) / 12, 1)
    size = (round((right - left) * scale) + 2 * MARGIN, round((bottom - top) * scale) + 2 * MARGIN)
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    for stroke in strokes:
        line = [((x - left) * scale + MARGIN, (y - top) * scale + MARGIN) for x, y, *_ in stroke]
        pen.line(line if len(line) > 1 else line * 2, fill="black", width=INK_WIDTH, joint="curve")
    return picture


def zoomed(picture: Image.Image, zoom: float) -> Image.Image:
    """Return the picture as a viewer shows it at this zoom."""
    if zoom == 1:
        return picture
    size = (max(1, round(picture.width * zoom)), max(1, round(picture.height * zoom)))
    return picture.resize(size, Image.Resampling.BICUBIC if zoom > 1 else Image.Resampling.LANCZOS)


def by_layout(scorer: Path) -> Judge:
    """Return what calls an answer right when LaTeX sets it as it sets the truth."""
    spec = importlib.util.spec_from_file_location("scorer", scorer)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def judge(reads: Sequence[Read]) -> None:
        truths, answers = (
            module.typeset([module.clean(text) for text in texts])
            for texts in ([read.truth for read in reads], [read.answer.latex for read in reads])
        )
        for read, truth, answer in zip(reads, truths, answers, strict=True):
            read.compiles = answer is not None
            read.right = truth is not None and module.same_layout(truth, answer)

    return judge


def by_tokens(reads: Sequence[Read]) -> None:
    """Call an answer right when its canonical tokens are those of the truth."""
    for read in reads:
        try:
            read.right = canonical(read.truth) == canonical(read.answer.latex)
        except ValueError:
            read.right = False


def read_all(engine: OnnxEngine, shown: Sequence[tuple[Image.Image, str]], zoom: float, portion: int) -> list[Read]:
    """Read all pictures at a zoom, `portion` at once."""
    reads = []
    for start in range(0, len(shown), portion):
        part = shown[start : start + portion]
        answers = engine.recognise([zoomed(picture, zoom) for picture, _ in part])
        reads += [Read(latex, answer) for (_, latex), answer in zip(part, answers, strict=True)]
    return reads


def accuracy(name: str, zoom: float, reads: Sequence[Read]) -> dict[str, str | float | int]:
    """Return a row of the table."""
    return {
        "set": name,
        "zoom": f"{zoom:g}",
        "pictures": len(reads),
        "right %": 100 * statistics.fmean(read.right for read in reads),
        "compiles %": 100 * statistics.fmean(read.compiles for read in reads),
        "ms each": 1000 * statistics.median(read.answer.seconds for read in reads),
    }


def reliability(reads: Sequence[Read]) -> list[dict[str, str | float | int]]:
    """Return for each range of confidence how many answers fall in it and how many of those are right."""
    rows: list[dict[str, str | float | int]] = []
    for low, high in pairwise(STEPS):
        inside = [read for read in reads if low <= read.answer.confidence < high]
        shares = [f"{100 * statistics.fmean(values):.0f}" if values else "-" for values in (
            [read.answer.confidence for read in inside], [float(read.right) for read in inside])]  # fmt: skip
        rows.append({"confidence": f"{low:.1f}-{min(high, 1):.1f}", "answers": len(inside), "mean %": shares[0],
                     "right %": shares[1]})  # fmt: skip
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--model", type=Path, help="folder of the model; the shipped one without")
    parser.add_argument("--most", type=int, default=500, help="pictures of each folder")
    parser.add_argument("--zooms", type=float, nargs="+", default=ZOOMS)
    parser.add_argument("--answers", type=Path, help="write every answer there, JSON lines")
    given = parser.parse_args()
    judge = by_layout(given.scorer) if given.scorer else by_tokens
    engine = OnnxEngine(given.model)
    engine.load()
    rows, everything = [], list[Read]()
    for folder in given.folders:
        shown = list(pictures(folder, given.most))
        for zoom in given.zooms:
            reads = read_all(engine, shown, zoom, 1 if zoom == 1 else PORTION)
            judge(reads)
            rows.append(accuracy(folder.name, zoom, reads))
            everything += reads
    publish("formula accuracy", rows, f"beam of {engine.beam_width}; one at a time at zoom 1, else {PORTION} at once")
    publish("formula reliability", reliability(everything))
    if given.answers:
        lines = [
            json.dumps({"latex": read.truth, "answer": read.answer.latex, "confidence": read.answer.confidence,
                        "right": read.right, "compiles": read.compiles})
            for read in everything
        ]  # fmt: skip
        given.answers.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
