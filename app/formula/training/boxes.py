"""Which part of a page each token printed, from the marks in the PDF."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from typing import Final

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from app.formula.training.draw import Boxes
from app.formula.training.marking import Unit

Box = tuple[float, float, float, float]
NAME_BYTES: Final = 32
WIDTHS: Final = {
    **dict.fromkeys("ijlI!|'`.,;:", 0.5), **dict.fromkeys("frt()[]/-1", 0.7), **dict.fromkeys("mwMW@", 1.6)
}  # fmt: skip
"""Rough widths of letters over that of the rest, to share out the box of a word."""


def token_boxes(page: pypdfium2.PdfPage, units: Mapping[int, Unit], tokens: list[str]) -> Boxes:
    """Return the box of each token in points from the top left of `page`, NaN where it prints nothing."""
    boxes: Boxes = np.full((len(tokens), 4), np.nan, np.float32)
    height = page.get_height()
    for number, glyphs in _glyphs(page, height).items():
        unit = units.get(number)
        if unit is None:
            continue
        members = list(unit.members)
        if unit.way == "chain" and len(glyphs) == len(members):
            boxes[members] = glyphs
            continue
        whole = _union(glyphs)
        boxes[members] = _shares(whole, [tokens[member] for member in members]) if unit.way == "split" else whole
    return boxes


def _glyphs(page: pypdfium2.PdfPage, height: float) -> dict[int, list[Box]]:
    """Return the boxes of the objects of `page` by mark, in the order of drawing."""
    found: dict[int, list[Box]] = {}
    name, length = ctypes.create_string_buffer(NAME_BYTES), ctypes.c_ulong()
    sides = [ctypes.c_float() for _ in range(4)]
    text = ctypes.cast(name, ctypes.POINTER(ctypes.c_ushort))
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        drawn = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_CountMarks(drawn) != 1:
            continue
        mark = pdfium.FPDFPageObj_GetMark(drawn, 0)
        pdfium.FPDFPageObjMark_GetName(mark, text, NAME_BYTES, length)
        label = name.raw[: length.value - 2].decode("utf-16-le")[1:]
        if label and pdfium.FPDFPageObj_GetBounds(drawn, *sides):
            left, bottom, right, top = (side.value for side in sides)
            found.setdefault(int(label), []).append((left, height - top, right, height - bottom))
    return found


def _union(glyphs: list[Box]) -> Box:
    left, top, right, bottom = zip(*glyphs, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _shares(whole: Box, letters: list[str]) -> NDArray[np.float32]:
    """Return the box of a word cut into letters, shape (T, 4)."""
    widths = np.array([WIDTHS.get(letter, 1.0) for letter in letters])
    edges = whole[0] + (whole[2] - whole[0]) * np.concatenate([[0.0], np.cumsum(widths) / widths.sum()])
    cut = np.empty((len(letters), 4), np.float32)
    cut[:, 0], cut[:, 2] = edges[:-1], edges[1:]
    cut[:, 1], cut[:, 3] = whole[1], whole[3]
    return cut
