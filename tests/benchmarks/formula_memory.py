"""What the formula engine's memory does over thousands of answers.

python tests/benchmarks/formula_memory.py --answers 5000
"""

from __future__ import annotations

import argparse

import numpy as np
from _report import publish
from PIL import Image

from app.formula.memory import resident
from app.formula.onnx_engine import OnnxEngine
from app.formula.raster import rasterise
from app.formula.render import render_svg

FORMULAS = (r"E = mc^2", r"x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}", r"\sum_{i=1}^n i^2 + 1", r"f(x) = a + b")
STEPS = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--answers", type=int, default=5000)
    given = parser.parse_args()
    drawn = [rasterise(render_svg(latex, size_px=24, colour="#000000"), 1.5) for latex in FORMULAS]
    pictures = [Image.fromarray(((1 - np.pad(ink, 12)) * 255).astype(np.uint8)) for ink in drawn]
    engine = OnnxEngine()
    engine.load()
    rows = []
    for number in range(given.answers + 1):
        if number % (given.answers // STEPS) == 0:
            rows.append({"answers": number, "MiB": resident() / 2**20})
        engine.recognise([pictures[number % len(pictures)]])
    publish("formula memory", rows, f"{rows[-1]['MiB'] - rows[1]['MiB']:+.1f} MiB from the first tenth to the end")


if __name__ == "__main__":
    main()
