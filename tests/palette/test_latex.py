"""The export to LaTeX, set by pdflatex."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from app.palette import Theme, export
from tests.palette.conftest import is_near, picture_colours

DOCUMENT = r"""
\documentclass{article}
\usepackage{xcolor,tikz,pgfplots}
\pgfplotsset{compat=1.16}
\input{eight}
\pagestyle{empty}
\begin{document}
\begin{tikzpicture}
RECTANGLES
\end{tikzpicture}

\begin{tikzpicture}
\begin{axis}[cycle list name=eight, width=12cm]
PLOTS
\end{axis}
\end{tikzpicture}

\begin{tikzpicture}
\begin{axis}[colormap name=eight, colorbar, view={0}{90}]
\addplot3[surf, samples=3, shader=flat] {x};
\end{axis}
\end{tikzpicture}
\textcolor{eightc1}{text}
\end{document}
"""


@pytest.mark.timeout(300)
def test_pdflatex_draws_with_the_colours(marked: Theme, tmp_path: Path) -> None:
    # GIVEN
    export(marked, ["latex"], tmp_path)
    rectangles = (rf"\draw[eight {number}, solid] ({number},0) rectangle +(0.9,1);" for number in range(1, 9))
    plots = (rf"\addplot coordinates {{(0,{number}) (1,{number})}};" for number in range(8))
    document = DOCUMENT.replace("RECTANGLES", "\n".join(rectangles)).replace("PLOTS", "\n".join(plots))
    (tmp_path / "page.tex").write_text(document)

    # WHEN
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    with pdfium.PdfDocument(tmp_path / "page.pdf") as document_read:
        document_read[0].render(scale=3).to_pil().save(tmp_path / "page.png")

    # THEN
    found = picture_colours(tmp_path / "page.png", 100)
    assert all(is_near(colour, found) for colour in marked.colours)
    assert is_near(marked.sequential.colours[-1], picture_colours(tmp_path / "page.png", 5), 8)


@pytest.mark.timeout(300)
def test_the_file_needs_nothing_but_xcolor(marked: Theme, tmp_path: Path) -> None:
    # GIVEN
    export(marked, ["latex"], tmp_path)
    (tmp_path / "page.tex").write_text(
        r"\documentclass{article}\usepackage{xcolor}\input{eight}\begin{document}\textcolor{eightc8}{x}\end{document}"
    )

    # WHEN / THEN
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
