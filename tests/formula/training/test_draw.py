from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.core.errors import InputError
from app.formula.training.draw import X_HEIGHT_POINTS, opened


@pytest.mark.parametrize("x_height", [4.6, 11.3, 38.0])
def test_the_boxes_lie_on_the_glyphs_at_every_size(layouts: Path, x_height: float) -> None:
    # GIVEN a shard of formulas
    rng = np.random.default_rng(1)
    with opened(layouts / "long-0") as shard:
        for number in range(8):
            # WHEN one is drawn
            scene = shard.draw(number, x_height, rng)
            # THEN every box is full of ink, but for the border, and there is none elsewhere
            ink = scene.ink if scene.ink.ndim == 2 else scene.ink.mean(axis=2)
            left = ink.copy()
            for x0, y0, x1, y1 in scene.boxes:
                rows, columns = slice(round(y0), round(y1)), slice(round(x0), round(x1))
                assert ink[rows, columns].mean() > 0.6
                left[max(rows.start - 2, 0) : rows.stop + 2, max(columns.start - 3, 0) : columns.stop + 3] = 0
            assert left.max() < 0.05


def test_the_same_formula_falls_on_the_pixel_grid_in_many_ways(layouts: Path) -> None:
    rng = np.random.default_rng(2)
    with opened(layouts / "short-0") as shard:
        places = {float(shard.draw(0, X_HEIGHT_POINTS, rng).boxes[0, 0]) % 1 for _ in range(10)}
    assert len(places) == 10


def test_a_shard_whose_files_do_not_belong_together_is_refused(layouts: Path) -> None:
    (layouts / "short-0.pdf").write_bytes((layouts / "long-0.pdf").read_bytes())
    with np.load(layouts / "short-0.npz") as arrays:
        cut = {**arrays, "offsets": arrays["offsets"][:-3]}
    np.savez(layouts / "short-0.npz", **cut)

    with pytest.raises(InputError, match="40 pages for 37 formulas"), opened(layouts / "short-0"):
        pass
