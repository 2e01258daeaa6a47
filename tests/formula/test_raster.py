from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.formula.raster import rasterise
from app.formula.render import render_svg

FORMULAS = [
    r"x = \frac{-b \pm \sqrt{b^2-4ac}}{2a}",
    r"\sum_{i=1}^n \alpha_i \leq \oint \mathbb{R}\hat{o}80@\infty",
    r"\begin{array}{|c|c|}\hline a & b \\ \hline c & d \\ \hline\end{array}\left(\frac{\partial f}{\partial x}\right)",
]


def by_qt(svg: bytes, scale: float, size: tuple[int, int]) -> np.ndarray:
    """The ink of a drawing as Qt fills it."""
    renderer = QSvgRenderer(QByteArray(svg))
    image = QImage(*size, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    renderer.render(painter, renderer.viewBoxF().translated(-renderer.viewBoxF().topLeft()))
    painter.end()
    rows = np.frombuffer(bytes(image.constBits()), dtype=np.uint8).reshape(size[1], image.bytesPerLine())
    return 1 - rows[:, : size[0]] / 255


@pytest.mark.parametrize("latex", FORMULAS)
@pytest.mark.parametrize("scale", [1.0, 2.5])
def test_a_drawing_has_the_ink_that_qt_gives_it(latex: str, scale: float) -> None:
    # GIVEN
    svg = render_svg(latex, size_px=24, colour="#000000")

    # WHEN
    ink = rasterise(svg, scale)

    # THEN glyphs, their holes and bars are where Qt's are
    expected = by_qt(svg, scale, (ink.shape[1], ink.shape[0]))
    assert ink.max() == pytest.approx(1, abs=0.05)
    assert np.abs(ink - expected).sum() < 0.12 * expected.sum()


def test_the_scale_is_that_of_the_picture() -> None:
    svg = render_svg("x", size_px=20, colour="#000000")
    small, large = rasterise(svg), rasterise(svg, 4)
    assert large.shape[0] == pytest.approx(4 * small.shape[0], abs=4)
    assert large.sum() == pytest.approx(16 * small.sum(), rel=0.1)


def test_an_empty_drawing_is_paper() -> None:
    assert rasterise(b'<svg viewBox="0 0 5 3"/>').tolist() == np.zeros((3, 5)).tolist()
