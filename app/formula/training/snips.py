"""The command `snips`: pictures of formulas as users cut them from a browser's window, to measure a model on."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import numpy as np
from PIL import Image

from app.core.errors import InputError
from app.formula.latex_text import to_latex
from app.formula.training import browser
from app.formula.training.layouts import read_formulas

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
EM: Final = (16.0, 40.0)
"""Pixels: smallest and largest size of the type."""
DARK_SHARE: Final = 0.15
LIGHT_COLOURS: Final = (("#ffffff", "#000000"), ("#ffffff", "#1f2328"), ("#f6f3ea", "#222222"), ("#ffffff", "#0b57d0"))
DARK_COLOURS: Final = (("#1e1e1e", "#e6e6e6"), ("#0d1117", "#f0f6fc"), ("#2b2b2b", "#a9b7c6"))
"""Paper and ink."""
GAP: Final = 40
"""Pixels between formulas."""
CUT: Final = (2, 14)
"""Pixels of paper that a user leaves around a formula."""
WIDEST: Final = 1800
"""Pixels; a wider formula is left out, as no window shows it."""
LONGEST: Final = 90
"""Tokens."""
TIMEOUT: Final = 300
"""Seconds."""


@dataclass(frozen=True)
class Placed:
    """A formula on the page, in pixels."""

    latex: str
    svg: str
    box: tuple[int, int, int, int]
    paper: str
    ink: str


def placed(formulas: Sequence[str], font: str, modules: Path, rng: np.random.Generator) -> Iterator[Placed]:
    """Yield formulas one below the other, each in a size and in colours of its own. Raises `InputError`."""
    top = 0
    for latex, svg in zip(formulas, browser.drawn(formulas, font, modules), strict=True):
        if svg is None:
            continue
        sized, width, height = browser.resized(svg, float(rng.uniform(*EM)) / 1000)
        if width > WIDEST:
            continue
        colours = DARK_COLOURS if rng.random() < DARK_SHARE else LIGHT_COLOURS
        paper, ink = colours[int(rng.integers(len(colours)))]
        box = (GAP, top + GAP, GAP + int(width) + 1, top + GAP + int(height) + 1)
        yield Placed(latex, sized, box, paper, ink)
        top = box[3] + GAP


def photographed(formulas: Sequence[Placed]) -> Image.Image:
    """Return the window of a browser that shows `formulas`. Raises `InputError` when there is no browser."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        raise InputError("a browser is missing: install chromium")
    with tempfile.TemporaryDirectory(prefix="snips-") as name:
        page, picture = Path(name) / "page.html", Path(name) / "page.png"
        page.write_text(_html(formulas), encoding="utf-8")
        size = f"--window-size={WIDEST + 2 * GAP},{formulas[-1].box[3] + GAP}"
        command = [program, "--headless", "--no-sandbox", "--hide-scrollbars", f"--user-data-dir={name}/home"]
        done = subprocess.run(  # noqa: S603 - a fixed command line
            [*command, size, f"--screenshot={picture}", page.as_uri()],
            timeout=TIMEOUT, check=False, stdin=subprocess.DEVNULL, capture_output=True,
        )  # fmt: skip
        if not picture.is_file():
            raise InputError(f"{program} takes no picture: {done.stderr[-600:].decode(errors='replace')}")
        with Image.open(picture) as shown:
            return shown.convert("RGB")


def _html(formulas: Sequence[Placed]) -> str:
    bands = []
    for one in formulas:
        left, top, _, bottom = one.box
        band = f"top:{top - GAP}px;height:{bottom - top + 2 * GAP}px;background:{one.paper};color:{one.ink}"
        bands.append(f'<div style="{band}"><span style="left:{left}px;top:{GAP}px">{one.svg}</span></div>')
    style = "body{margin:0}div{position:absolute;left:0;width:100%}span{position:absolute;line-height:0}"
    return f'<!DOCTYPE html><meta charset="utf-8"><style>{style}</style>' + "".join(bands)


def cut_out(window: Image.Image, box: tuple[int, int, int, int], rng: np.random.Generator) -> Image.Image:
    """Return a formula with as much paper on each side as a user leaves."""
    left, top, right, bottom = (int(side) for side in rng.integers(*CUT, 4))
    return window.crop((box[0] - left, box[1] - top, box[2] + right, box[3] + bottom))


@click.command()
@click.argument("formulas", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--modules", required=True, type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--count", type=click.IntRange(1), default=400, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
def snips(formulas: Path, out: Path, modules: Path, count: int, seed: int) -> None:
    """Picture COUNT of FORMULAS (canonical, one a line, never trained on) in a browser, into OUT with labels.jsonl.

    MODULES is the folder node_modules with MathJax and its fonts.
    """
    rng = np.random.default_rng(seed)
    known = [to_latex(tokens) for tokens in read_formulas(formulas) if 1 < len(tokens) <= LONGEST]
    chosen = [known[place] for place in rng.permutation(len(known))]
    (out / "images").mkdir(parents=True, exist_ok=True)
    with (out / "labels.jsonl").open("w", encoding="utf-8") as labels:
        for number, font in enumerate(browser.FONTS):
            share = count * (number + 1) // len(browser.FONTS) - count * number // len(browser.FONTS)
            candidates, chosen = chosen[: 2 * share], chosen[2 * share :]
            shown = list(placed(candidates, font, modules, rng))[:share]
            window = photographed(shown)
            for place, one in enumerate(shown):
                name = f"{font}-{place:03}.png"
                cut_out(window, one.box, rng).save(out / "images" / name)
                labels.write(json.dumps({"image": f"images/{name}", "latex": one.latex, "font": font}) + "\n")
            click.echo(f"{font}: {len(shown)} pictures")
