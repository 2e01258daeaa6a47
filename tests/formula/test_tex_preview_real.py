"""The preview by the real LaTeX; left out by conftest.py where latex or dvisvgm is missing."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.formula import tex_preview
from app.formula.agreement import Sketch, compare
from app.formula.render import RenderError, render_svg
from app.formula.tex_preview import render_tex


def test_latex_draws_what_we_draw() -> None:
    for latex in (r"x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}", r"\begin{align} a &= b \\ c &= d \end{align}"):
        svg = render_tex(latex, size_px=24, colour="#000000")
        renderer = QSvgRenderer(QByteArray(svg))
        assert renderer.isValid()
        image = QImage(renderer.defaultSize(), QImage.Format.Format_Grayscale8)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        rows = np.frombuffer(bytes(image.constBits()), np.uint8).reshape(image.height(), image.bytesPerLine())
        shown = Sketch.of_picture(Image.fromarray(rows[:, : image.width()].copy()))
        assert compare(shown, Sketch.of_drawing(render_svg(latex, size_px=24, colour="#000000"))).share > 0.4


@pytest.mark.parametrize(
    "latex",
    [
        r"\romannumeral999999999", r"\vbox{\hsize=\maxdimen\copy0}", r"\expandafter\expandafter\expandafter x",
        r"}\end{document}", r"$$$", "%", r"\begin{verbatim}", r"x\par y", "{" * 300, r"\hbox to 9999999pt{x}",
        r"\mathchoice{\mathchoice{a}{b}{c}{d}}{b}{c}{d}", "\\",
    ],
)  # fmt: skip
def test_hostile_formulas_end_soon_and_touch_nothing(latex: str, tmp_path: Path) -> None:
    # GIVEN a folder that LaTeX is started in the neighbourhood of
    before = sorted(tmp_path.iterdir())

    # WHEN
    try:
        render_tex(latex, size_px=20, colour="#000000")
    except RenderError as error:
        assert str(error)

    # THEN
    assert sorted(tmp_path.iterdir()) == before
    left = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert "formula.tex" not in left


def test_latex_itself_refuses_files_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a secret, and nobody who looks at the formula before LaTeX does
    secret = tmp_path / "secret.tex"
    secret.write_text("SECRET")
    monkeypatch.setattr(tex_preview, "FORBIDDEN", re.compile("(?!)"))

    # WHEN / THEN it is not read, nothing is written, no program is started
    for latex in (
        rf"\input{{{secret}}}",
        rf"\newwrite\w\immediate\openout\w={tmp_path}/written\immediate\write\w{{x}}",
        rf"\immediate\write18{{touch {tmp_path}/started}}x",
    ):
        try:
            render_tex(latex, size_px=20, colour="#000000")
        except RenderError:
            continue
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret.tex"]
    with pytest.raises(RenderError):
        render_tex(rf"\input{{{secret}}}", size_px=20, colour="#000000")
