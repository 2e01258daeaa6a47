"""Runs of LaTeX: a page for each formula, those left out that do not compile."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.core.errors import InputError

MARGIN: Final = 2
"""Points of paper around a formula."""
MOST_RUNS: Final = 12
TIMEOUT: Final = 300
"""Seconds."""

COMMON: Final = r"\usepackage{amsmath}"
SYMBOLS: Final = r"\usepackage{amssymb}\usepackage{mathrsfs}"
FONTS: Final = {
    "cm": SYMBOLS,
    "newtx": r"\usepackage[T1]{fontenc}\usepackage{newtxtext}\usepackage{newtxmath}\usepackage{mathrsfs}",
    "stix2": r"\usepackage[T1]{fontenc}\usepackage{stix2}",
    "libertinus": r"\usepackage[T1]{fontenc}\usepackage{libertinus-type1}\usepackage{libertinust1math}" + SYMBOLS,
    "newpx": r"\usepackage[T1]{fontenc}\usepackage{newpxtext}\usepackage{newpxmath}\usepackage{mathrsfs}",
    "fourier": SYMBOLS + r"\usepackage{fourier}",
    "euler": SYMBOLS + r"\usepackage[euler-digits]{eulervm}",
    "cmbright": SYMBOLS + r"\usepackage{cmbright}",
    "kp": SYMBOLS + r"\usepackage[T1]{fontenc}\usepackage{kpfonts}",
    "times": SYMBOLS + r"\usepackage{mathptmx}",
}
"""Preambles by the name of the font; all of them know every command of the vocabulary."""
_HEAD: Final = r"""\documentclass[10pt]{article}
%s%s
\pagestyle{empty}\hoffset-1in\voffset-1in\tracinglostchars=3
\pdfcompresslevel5 \pdfobjcompresslevel2 \pdfminorversion5
\arraycolsep%s
\def\M#1{\pdfliteral direct{EMC /T#1 BMC}}
\def\page#1{\setbox0\hbox{\pdfliteral direct{/T BMC}$\displaystyle #1$\pdfliteral direct{EMC}}%%
\pdfpagewidth\dimexpr\wd0+%dpt\pdfpageheight\dimexpr\ht0+\dp0+%dpt
\shipout\vbox{\kern%dpt\hbox{\kern%dpt\box0}}}
\begin{document}
"""
_ERROR: Final = re.compile(rb"^\./pages\.tex:(\d+):", re.MULTILINE)


def pages(formulas: Sequence[str], font: str, out: Path, column_gap: str = "5pt") -> list[int]:
    """Set `formulas` in `font`, one a page, into the PDF `out`; return the numbers of those that have a page.

    Args:
        formulas: LaTeX without line breaks; what marks it has stay.
        font: a key of `FONTS`.
        out: the PDF to write.
        column_gap: half of the space between the columns of a matrix, with its unit.

    Raises `InputError` when LaTeX is missing or cannot work at all.

    """
    head = _HEAD % (COMMON, FONTS[font], column_gap, 2 * MARGIN, 2 * MARGIN, MARGIN, MARGIN)
    kept = list(range(len(formulas)))
    with tempfile.TemporaryDirectory(prefix="layouts-") as name:
        folder = Path(name)
        for _ in range(MOST_RUNS):
            bad = _run(head, [formulas[number] for number in kept], folder)
            if not bad:
                shutil.move(folder / "pages.pdf", out)
                return kept
            kept = [number for place, number in enumerate(kept) if place not in bad]
            if not kept:
                break
    raise InputError(f"LaTeX cannot set these formulas in {font}")


def _run(head: str, formulas: Sequence[str], folder: Path) -> set[int]:
    """Run LaTeX once; return the places of the formulas with an error, or of the last one when it says nothing else."""
    program = shutil.which("pdflatex")
    if program is None:
        raise InputError("pdflatex is missing: install TeX Live")
    body = "".join(f"\\page{{{formula}}}\n" for formula in formulas)
    (folder / "pages.tex").write_text(head + body + "\\end{document}\n", encoding="utf-8")
    (folder / "pages.pdf").unlink(missing_ok=True)
    command = [program, "-no-shell-escape", "-file-line-error", "-interaction=nonstopmode", "pages.tex"]
    done = subprocess.run(  # noqa: S603 - a fixed command line
        command, cwd=folder, timeout=TIMEOUT, check=False, stdin=subprocess.DEVNULL, capture_output=True
    )
    first = head.count("\n") + 1
    lines = {int(line) - first for line in _ERROR.findall(done.stdout)}
    bad = {line for line in lines if 0 <= line < len(formulas)}
    if not bad and (lines or not (folder / "pages.pdf").is_file()):
        raise InputError(f"LaTeX fails: {done.stdout[-600:].decode(errors='replace')}")
    return bad
