"""Formulas as browsers show them: set by MathJax in Node, a page for each in a PDF."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pypdfium2

from app.core.errors import InputError
from app.formula.training.typeset import MARGIN, TIMEOUT

FONTS: Final = ("mathjax-newcm", "mathjax-stix2", "mathjax-termes", "mathjax-modern", "mathjax-tex")
"""Each is in the npm package `@mathjax/NAME-font`."""
POINTS_PER_UNIT: Final = 0.01
"""MathJax draws a thousand units to the em; the em is 10 points here as it is in the pages of LaTeX."""
_SCRIPT: Final = Path(__file__).with_name("mathjax.cjs")
_VIEW: Final = re.compile(r'viewBox="(-?[\d.]+) (-?[\d.]+) ([\d.]+) ([\d.]+)"')
_SIZE: Final = re.compile(r'(<svg[^>]*?) width="[^"]*" height="[^"]*"', re.DOTALL)


def pages(formulas: Sequence[str], font: str, out: Path, modules: Path) -> list[int]:
    """Set `formulas` in `font`, one a page, into the PDF `out`; return the numbers of those that have a page.

    Args:
        formulas: LaTeX.
        font: one of `FONTS`.
        out: the PDF to write.
        modules: the folder `node_modules` with `mathjax` and the package of the font.

    Raises `InputError` when Node or MathJax is missing or sets none of them.

    """
    import cairosvg  # noqa: PLC0415 - needs the library cairo, which the other layouts do without

    document = pypdfium2.PdfDocument.new()
    kept = []
    try:
        for number, svg in enumerate(drawn(formulas, font, modules)):
            if svg is None:
                continue
            page = pypdfium2.PdfDocument(
                cairosvg.svg2pdf(bytestring=resized(svg, POINTS_PER_UNIT, MARGIN)[0].encode(), dpi=72)
            )
            document.import_pages(page)
            page.close()
            kept.append(number)
        if not kept:
            raise InputError(f"MathJax cannot set these formulas in {font}")
        document.save(out)
    finally:
        document.close()
    return kept


def drawn(formulas: Sequence[str], font: str, modules: Path) -> list[str | None]:
    """Run MathJax once and return an SVG for each formula that it can set, `None` for others. Raises `InputError`."""
    node = shutil.which("node")
    if node is None:
        raise InputError("node is missing: install Node.js")
    done = subprocess.run(  # noqa: S603 - a fixed command line
        [node, str(_SCRIPT)],
        input=json.dumps({"font": font, "formulas": list(formulas)}).encode(),
        env={**os.environ, "NODE_PATH": str(modules.resolve())},
        timeout=TIMEOUT,
        check=False,
        capture_output=True,
    )
    if done.returncode or not done.stdout:
        raise InputError(f"MathJax fails: {done.stderr[-600:].decode(errors='replace')}")
    pictures: list[str | None] = json.loads(done.stdout)
    return [None if svg and "<text" in svg else svg for svg in pictures]  # text: a letter that the font lacks


def resized(svg: str, unit: float, margin: float = 0.0) -> tuple[str, float, float]:
    """Return a picture with `margin` around it and a thousandth of the em as `unit`, and its width and height.

    The lengths are in whatever the picture will be shown in: points of a page, pixels of a browser.
    """
    view = _VIEW.search(svg)
    if view is None:
        raise InputError("MathJax drew a picture without a size")
    edge = margin / unit
    left, top, width, height = (float(side) for side in view.groups())
    width, height = width + 2 * edge, height + 2 * edge
    svg = svg.replace(view[0], f'viewBox="{left - edge} {top - edge} {width} {height}"', 1)
    size = f' width="{width * unit}" height="{height * unit}"'
    return _SIZE.sub(lambda found: found[1] + size, svg, count=1), width * unit, height * unit
