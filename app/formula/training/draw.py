"""Pages of typeset formulas as ink at any size: what a PDF viewer or a browser shows, before anything goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pypdfium2
from numpy.typing import NDArray

from app.core.errors import InputError

Ink = NDArray[np.float32]
"""Shape (H, W), or (H, W, 3) for sub-pixel rendering: 0 paper, 1 full ink."""
Boxes = NDArray[np.float32]
"""Shape (T, 4): left, top, right, bottom of what each token prints, NaN where it prints nothing."""

X_HEIGHT_POINTS: Final = 4.3
"""Height of the letter x in the layouts, which are set at 10 pt (Computer Modern; other fonts are near)."""
MOST_PIXELS: Final = 900_000
LCD_SHARE: Final = 0.15
"""Share of pictures with sub-pixel rendering of text."""


@dataclass
class Scene:
    """A picture in the making and where its tokens are, in pixels."""

    ink: Ink
    boxes: Boxes

    def move(self, scale: tuple[float, float], shift: tuple[float, float]) -> None:
        """Follow a change of the picture: boxes times `scale` (across, down) plus `shift`."""
        self.boxes[:, 0::2] = self.boxes[:, 0::2] * scale[0] + shift[0]
        self.boxes[:, 1::2] = self.boxes[:, 1::2] * scale[1] + shift[1]


class Shard:
    """One file of layouts: formulas as token numbers, pages and boxes."""

    def __init__(self, stem: Path) -> None:
        with np.load(stem.with_suffix(".npz")) as arrays:
            self.offsets: NDArray[np.int32] = arrays["offsets"]
            self.tokens: NDArray[np.uint16] = arrays["tokens"]
            self.boxes: Boxes = arrays["boxes"]
        self.document = pypdfium2.PdfDocument(stem.with_suffix(".pdf"))
        if len(self.document) != len(self):
            raise InputError(f"{stem}: {len(self.document)} pages for {len(self)} formulas")

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def formula(self, number: int) -> NDArray[np.int64]:
        """Return the token numbers of a formula."""
        return self.tokens[self.offsets[number] : self.offsets[number + 1]].astype(np.int64)

    def boxes_of(self, number: int) -> Boxes:
        """Return the boxes of the tokens of a formula, in points."""
        return self.boxes[self.offsets[number] : self.offsets[number + 1]].copy()

    def draw(self, number: int, x_height: float, rng: np.random.Generator) -> Scene:
        """Return a formula with letters `x_height` pixels high, at a random place within a pixel."""
        page = self.document[number]
        try:
            width, height = page.get_size()
            scale = min(x_height / X_HEIGHT_POINTS, float(np.sqrt(MOST_PIXELS / max(width * height, 1.0))))
            cut = rng.random(2) / scale
            ink = _render(page, scale, (float(cut[0]), float(cut[1])), lcd=bool(rng.random() < LCD_SHARE))
        finally:
            page.close()
        scene = Scene(ink, self.boxes_of(number))
        scene.move((scale, scale), (-float(cut[0]) * scale, -float(cut[1]) * scale))
        return scene

    def close(self) -> None:
        """Free the document."""
        self.document.close()


@contextmanager
def opened(stem: Path) -> Iterator[Shard]:
    """Open the shard `stem` (a path without suffix) and close it again."""
    shard = Shard(stem)
    try:
        yield shard
    finally:
        shard.close()


def _render(page: pypdfium2.PdfPage, scale: float, cut: tuple[float, float], *, lcd: bool) -> Ink:
    """Return a page as ink, `cut` points less at the left and the top: less than a pixel, which moves the grid."""
    bitmap = page.render(
        scale=scale, crop=(cut[0], 0, 0, cut[1]), grayscale=not lcd, optimize_mode="lcd" if lcd else None
    )
    shade = bitmap.to_numpy().astype(np.float32)
    bitmap.close()
    ink: Ink = 1 - (shade[..., :3] if lcd else shade.reshape(shade.shape[:2])) / np.float32(255)
    return ink
