"""How well the formula model reads labelled pictures, at several zooms, and what its confidence is worth.

    python tests/benchmarks/formula_accuracy.py FOLDER... --scorer layout_match.py

Each FOLDER has a labels.jsonl, one {"image", "latex"} a line and perhaps its "font", or an ink.jsonl.gz, one
{"strokes", "latex"} a line. The scorer is a Python file with `clean(latex)`, `typeset(formulas)`, `same_layout(a, b)`
and `edit_distance(a, b)`; it needs LaTeX and matplotlib (extra `train`). Without one an answer is right when its
canonical tokens are those of the truth.

    --pix2tex 60     the first 60 pictures of each folder are read by pix2tex, too, in the same run
                     (installed with `paperdesk formula install-pix2tex`, or name --pix2tex-python and its weights)
    --calibrate      fit what model.json calls "calibration" on every second picture, and show what the confidence of
                     the others is then worth
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from _report import publish  # first: it puts the checkout on the path

from _calibration import Evidence, confidence, fit, with_start  # isort: skip
from _doubts import doubt_row  # isort: skip
from PIL import Image, ImageDraw

from app.core.paths import Paths
from app.formula.canonical import canonical
from app.formula.engine import Answer, Engine, ModelError
from app.formula.onnx_engine import OnnxEngine
from app.formula.pix2tex_engine import Pix2texEngine
from app.formula.pix2tex_environment import CHILD

ZOOMS = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0)
INK_HEIGHT = 120
INK_WIDTH = 3
MARGIN = 10
PIX2TEX_SECONDS = 300
"""What pix2tex may take for a picture."""
PORTION = 64
"""Pictures read at once where the time of each does not matter."""
STEPS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.01)
"""Bounds of the confidence in the reliability table."""


Glyph = tuple[str, int, float, float]
"""Font, code, and place on the page."""


@dataclass
class Read:
    """A truth, its answer, and whether the answer is right."""

    truth: str
    answer: Answer
    compiles: bool = True
    right: bool = False
    edit: float = 0.0
    """Edit distance between the glyphs of both as LaTeX sets them, 0 the same, 1 nothing in common."""
    picture: int = 0
    """The number of the picture in its folder."""
    font: str = ""
    """What the picture is set in, if its folder says so."""


class Labelled(NamedTuple):
    """A picture, its LaTeX, and what it is set in if that is known."""

    picture: Image.Image
    latex: str
    font: str = ""


Judge = Callable[[Sequence[Read]], None]


def pictures(folder: Path, most: int) -> Iterator[Labelled]:
    """Yield the pictures of a folder."""
    ink = folder / "ink.jsonl.gz"
    if ink.exists():
        with gzip.open(ink, "rt", encoding="utf-8") as lines:
            for line, _ in zip(lines, range(most), strict=False):
                row = json.loads(line)
                yield Labelled(drawn(row["strokes"]), row["latex"])
        return
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()[:most]:
        row = json.loads(line)
        with Image.open(folder / row["image"]) as picture:
            yield Labelled(picture.convert("RGB"), row["latex"], row.get("font", ""))


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
            read.edit = _glyphs_apart(module, truth or [], answer) if truth else 0.0

    return judge


def _glyphs_apart(scorer: ModuleType, truth: Sequence[Glyph], answer: Sequence[Glyph] | None) -> float:
    """Return the share of the glyphs, font and code, that have to be changed; 1 for what LaTeX cannot set."""
    if not answer:
        return 1.0
    longest = max(len(truth), len(answer))
    return float(scorer.edit_distance([glyph[:2] for glyph in truth], [glyph[:2] for glyph in answer])) / longest


def by_tokens(reads: Sequence[Read]) -> None:
    """Call an answer right when its canonical tokens are those of the truth."""
    for read in reads:
        try:
            read.right = canonical(read.truth) == canonical(read.answer.latex)
        except ValueError:
            read.right = False


def read_all(engine: Engine, shown: Sequence[Labelled], zoom: float, portion: int) -> list[Read]:
    """Read all pictures at a zoom, `portion` at once."""
    reads = []
    for start in range(0, len(shown), portion):
        part = shown[start : start + portion]
        answers = engine.recognise([zoomed(each.picture, zoom) for each in part])
        reads += [
            Read(each.latex, answer, picture=start + place, font=each.font)
            for place, (each, answer) in enumerate(zip(part, answers, strict=True))
        ]
    return reads


def accuracy(name: str, zoom: float, reads: Sequence[Read]) -> dict[str, str | float | int]:
    """Return a row of the table."""
    return {
        "set": name,
        "zoom": f"{zoom:g}",
        "pictures": len(reads),
        "right %": 100 * statistics.fmean(read.right for read in reads),
        "glyph edit %": 100 * statistics.fmean(read.edit for read in reads),
        "compiles %": 100 * statistics.fmean(read.compiles for read in reads),
        "ms each": 1000 * statistics.median(read.answer.seconds for read in reads),
    }


def by_font(reads: Sequence[Read]) -> list[dict[str, str | float | int]]:
    """Return a row for each font that the pictures' folders name."""
    fonts = sorted({read.font for read in reads} - {""})
    return [accuracy(font, 1.0, [read for read in reads if read.font == font]) for font in fonts]


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


def beside_pix2tex(
    folders: Sequence[Path], most: int, engine: OnnxEngine, other: Engine, judge: Judge
) -> list[dict[str, str | float | int]]:
    """Return rows that compare both engines on the same pictures, one at a time."""
    rows: list[dict[str, str | float | int]] = []
    for folder in folders:
        shown = list(pictures(folder, most))
        ours, theirs = read_all(engine, shown, 1.0, 1), []
        for each in shown:
            started = time.perf_counter()
            try:
                answer = other.recognise([each.picture])[0]
            except ModelError as error:
                print(f"pix2tex: {error}", file=sys.stderr)
                answer = Answer("", 0.0, other.name, time.perf_counter() - started)
            theirs.append(Read(each.latex, answer))
        for name, reads in (("onnx", ours), ("pix2tex", theirs)):
            judge(reads)
            rows.append({"engine": name, **accuracy(folder.name, 1.0, reads)})
        times = [statistics.median(read.answer.seconds for read in reads) for reads in (ours, theirs)]
        print(f"{folder.name}: onnx is {times[1] / times[0]:.0f} times faster (medians)")
    return rows


def pix2tex_engine(python: Path | None, weights: Path | None) -> Engine:
    """Return pix2tex as it is installed, or of an environment and weights that are named."""
    child = [str(python), str(CHILD), str(weights)] if python and weights else None
    engine = Pix2texEngine(Paths.of_user(), child, answer_seconds=PIX2TEX_SECONDS)
    engine.load()
    return engine


def evidence_of(reads: Sequence[Read], judge: Judge) -> list[Evidence]:
    """Return for each picture its candidates and which of them is right."""
    candidates = [Read(read.truth, replace(read.answer, latex=each.latex)) for read in reads
                  for each in read.answer.candidates]  # fmt: skip
    judge(candidates)
    found, place = [], 0
    for read in reads:
        count = len(read.answer.candidates)
        rights = [number for number in range(count) if candidates[place + number].right]
        place += count
        if count:
            found.append(Evidence(read.answer.candidates, rights[0] if rights else None))
    return found


def calibrate(folders: Sequence[Path], model: Path, most: int, judge: Judge) -> None:
    """Fit the weights on every second picture and publish what they are worth on the others."""
    with tempfile.TemporaryDirectory() as folder:
        engine = OnnxEngine(with_start(model, Path(folder)))
        engine.load()
        reads = [read for each in folders for read in read_all(engine, list(pictures(each, most)), 1.0, PORTION)]
    judged = [evidence_of([read for read in reads if read.picture % 2 == half], judge) for half in (0, 1)]
    weights = fit(judged[0])
    print(json.dumps({"slope": weights.slope, "offset": weights.offset, "agreement": weights.agreement}))
    shown = []
    for each in judged[1]:
        chances = confidence(each, weights)
        best = max(range(len(chances)), key=chances.__getitem__)
        answer = Answer(each.candidates[best].latex, chances[best], "onnx", 0.0)
        shown.append(Read("", answer, right=each.right == best))
    publish("formula reliability, held out", reliability(shown), f"fitted on {len(judged[0])} others")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--scorer", type=Path)
    parser.add_argument("--model", type=Path, help="folder of the model; the shipped one without")
    parser.add_argument("--most", type=int, default=500, help="pictures of each folder")
    parser.add_argument("--zooms", type=float, nargs="+", default=ZOOMS)
    parser.add_argument("--answers", type=Path, help="write every answer there, JSON lines")
    parser.add_argument(
        "--pix2tex", type=int, default=0, metavar="N", help="let pix2tex read N pictures of each folder"
    )
    parser.add_argument("--pix2tex-python", type=Path)
    parser.add_argument("--pix2tex-weights", type=Path)
    parser.add_argument("--calibrate", action="store_true")
    given = parser.parse_args()
    judge = by_layout(given.scorer) if given.scorer else by_tokens
    if given.calibrate:
        calibrate(given.folders, given.model or OnnxEngine().folder, given.most, judge)
        return
    engine = OnnxEngine(given.model)
    engine.load()
    if given.pix2tex:
        other = pix2tex_engine(given.pix2tex_python, given.pix2tex_weights)
        publish("formula engines", beside_pix2tex(given.folders, given.pix2tex, engine, other, judge))
        other.close()
        return
    rows, doubts, everything, actual = [], list[dict[str, str | float | int]](), list[Read](), list[Read]()
    for folder in given.folders:
        shown = list(pictures(folder, given.most))
        for zoom in given.zooms:
            started = time.perf_counter()
            reads = read_all(engine, shown, zoom, 1 if zoom == 1 else PORTION)
            each_second = len(reads) / (time.perf_counter() - started)
            judge(reads)
            rows.append({**accuracy(folder.name, zoom, reads), "a second": each_second})
            everything += reads
            if zoom == 1:
                actual += reads
                found = [(read.truth, read.answer.candidates[0]) for read in reads if read.answer.candidates]
                doubts.append(doubt_row(folder.name, found))
    publish("formula accuracy", rows, f"beam of {engine.beam_width}; one at a time at zoom 1, else {PORTION} at once")
    if fonts := by_font(actual):
        publish("formula accuracy by font", fonts, "zoom 1")
    publish("formula reliability", reliability(everything))
    if doubts:
        publish("formula doubts", doubts, "zoom 1; a symbol is wrong where the truth has another or none")
    if given.answers:
        lines = [
            json.dumps({"latex": read.truth, "answer": read.answer.latex, "confidence": read.answer.confidence,
                        "right": read.right, "compiles": read.compiles})
            for read in everything
        ]  # fmt: skip
        given.answers.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
