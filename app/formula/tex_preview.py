"""The preview by the user's own LaTeX, which draws everything exactly, in a process that can do no harm.

A formula may come from anywhere: LaTeX may start no program (`-no-shell-escape`), reads and writes nothing outside its
own folder (`openin_any` and `openout_any` of kpathsea, "p": paranoid), and is ended after a short time. Commands that
read files, define others or reach into TeX's inside are refused before.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from app.core.i18n import tr
from app.formula.formats import display
from app.formula.render import RenderError, render_svg

SECONDS: Final = 4.0
"""In which LaTeX has to be done: a formula takes a quarter of one."""
MOST_BYTES: Final = 2_000_000
"""Of a drawing."""
MOST_MEMORY: Final = 600_000_000
"""Bytes of each process, where the system can set a limit."""
POINTS: Final = 10.0
"""Of the font in which the document is set."""
FORBIDDEN: Final = re.compile(
    r"\\(?:input|include|openin|openout|read|readline|write|immediate|special|catcode|csname|newwrite|newread"
    r"|usepackage|documentclass|RequirePackage|makeatletter|includegraphics|lstinputlisting|verbatiminput|directlua"
    r"|pdf[a-z]+|jobname|loop|batchmode|dump|everymath|everypar|shipout|output|endinput|message|errmessage|typeout"
    r"|ShellEscape|g?def|edef|xdef|let|futurelet|newcommand|renewcommand|providecommand|NewDocumentCommand)(?![A-Za-z])"
    r"|\^\^"
)
"""Commands that no formula needs; `^^` is TeX's way to write any character, a backslash too."""
_DOCUMENT: Final = r"""\documentclass[10pt]{{article}}
\usepackage{{amsmath,amssymb}}
\pagestyle{{empty}}
\begin{{document}}
\hsize=100cm \vsize=100cm \hoffset=-1in \voffset=-1in \parindent=0pt
\setbox0\hbox{{$\displaystyle {formula}$}}
\shipout\box0
\end{{document}}
"""
_PROGRAMS: Final = ("latex", "dvisvgm")
_FAULT: Final = re.compile(r"^! (?P<what>.+?)\.?$", re.MULTILINE)
_NUMBER: Final = re.compile(r"[\d.]+")


def is_available() -> bool:
    """Tell whether there are LaTeX and dvisvgm on this machine."""
    return all(shutil.which(name) for name in _PROGRAMS)


def draw(latex: str, *, size_px: float, colour: str, with_tex: bool = True) -> bytes:
    """Return `latex` as an SVG, by the user's LaTeX where there is one and it can, else by `render_svg`.

    Raises `RenderError` that says which part of the source is to blame.
    """
    if with_tex and is_available():
        with suppress(RenderError):
            return render_tex(latex, size_px=size_px, colour=colour)
    return render_svg(latex, size_px=size_px, colour=colour)


def render_tex(latex: str, *, size_px: float, colour: str) -> bytes:
    """Return `latex` as LaTeX sets it, as an SVG without fonts or outside references.

    Args:
        latex: the formula, with or without an environment around it.
        size_px: font size in pixels, above 0.
        colour: of the ink, as "#rrggbb".

    Raises:
        RenderError: the formula has a fault or takes too long.

    It takes a quarter of a second: keep it off the window's thread.

    """
    if found := FORBIDDEN.search(latex):
        text = tr("“{part}” is not allowed in a preview.", part=found[0])
        raise RenderError(text, found.start(), found.end())
    formula = display(latex).removeprefix("\\[\n").removesuffix("\n\\]")
    with tempfile.TemporaryDirectory(prefix="paperdesk-tex-") as name:
        folder = Path(name)
        (folder / "formula.tex").write_text(_DOCUMENT.format(formula=re.sub(r"\n\s*\n", "\n", formula)), "utf-8")
        _run(["latex", "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error", "formula.tex"], folder, latex)
        _run(["dvisvgm", "--no-fonts=1", "--exact-bbox", "--verbosity=0", "--output=formula.svg", "formula.dvi"],
             folder, latex)  # fmt: skip
        drawing = folder / "formula.svg"
        if not drawing.is_file() or drawing.stat().st_size > MOST_BYTES:
            raise _failed(folder, latex)
        return _coloured(drawing.read_bytes(), size_px / POINTS, colour)


def _run(command: list[str], folder: Path, latex: str) -> None:
    """Run a program of TeX in its folder with nothing of the user's settings."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP", "LD_LIBRARY_PATH") if name in os.environ}
    variables = {**kept, "HOME": str(folder), "TEXMFHOME": str(folder), "openin_any": "p", "openout_any": "p",
                 "shell_escape": "f", "MKTEXPK": "0", "MKTEXTFM": "0", "MKTEXMF": "0"}  # fmt: skip
    try:
        with subprocess.Popen(  # noqa: S603 - fixed programs
            command, cwd=folder, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            _limit(process.pid)
            try:
                code = process.wait(SECONDS)
            except subprocess.TimeoutExpired as error:
                process.kill()
                text = tr("LaTeX was ended: the formula takes longer than {seconds} s.", seconds=round(SECONDS))
                raise RenderError(text, 0, len(latex)) from error
    except OSError as error:
        raise RenderError(tr("LaTeX cannot be started: {reason}", reason=error), 0, len(latex)) from error
    if code:
        raise _failed(folder, latex)


def _limit(process: int) -> None:
    """Keep a process from filling the memory or the disk, where the system can."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - there is none on Windows

        with suppress(ProcessLookupError):
            resource.prlimit(process, resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
            resource.prlimit(process, resource.RLIMIT_FSIZE, (10 * MOST_BYTES, 10 * MOST_BYTES))


def _failed(folder: Path, latex: str) -> RenderError:
    """Return the error with what LaTeX says of it."""
    log = folder / "formula.log"
    text = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else ""
    found = _FAULT.search(text)
    reason = found["what"] if found else tr("no reason given")
    return RenderError(tr("LaTeX: {reason}.", reason=reason), 0, len(latex))


def _coloured(svg: bytes, scale: float, colour: str) -> bytes:
    """Return dvisvgm's drawing, whose unit is a point, in pixels and in one colour."""
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    root = ElementTree.fromstring(svg)  # noqa: S314 - dvisvgm's drawing of what LaTeX set
    for side in ("width", "height"):
        found = _NUMBER.match(root.get(side, ""))
        root.set(side, f"{float(found[0]) * scale:.3f}" if found else "1")
    root.set("fill", colour)
    for element in root.iter():
        for attribute in ("fill", "stroke"):
            if element.get(attribute) in ("#000", "#000000", "black"):
                element.set(attribute, colour)
    return ElementTree.tostring(root)
