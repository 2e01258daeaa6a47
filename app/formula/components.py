"""Connected components of a binary picture, in NumPy alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Boxes = NDArray[np.int64]
"""Shape (n, 4): left, top, right, bottom in pixels, right and bottom exclusive."""


def component_boxes(mask: NDArray[np.bool_]) -> Boxes:
    """Return the bounding box of each 8-connected component of `mask`, shape (H, W).

    Rows are split into runs of set pixels; runs that touch in neighbouring rows are joined by repeated minimum
    and pointer jumping (Zhang, Azad, Buluc, "Parallel algorithms for finding connected components", 2020), which
    needs a handful of vectorised passes where a scan pixel by pixel would take as many steps as there are pixels.
    """
    rows, starts, ends = _runs(mask)
    if not len(rows):
        return np.zeros((0, 4), dtype=np.int64)
    above, below = _touching(rows, starts, ends, mask.shape[1])
    roots = _roots(len(rows), above, below)
    _, labels = np.unique(roots, return_inverse=True)
    boxes = np.empty((labels.max() + 1, 4), dtype=np.int64)
    boxes[:, :2] = np.iinfo(np.int64).max
    boxes[:, 2:] = 0
    np.minimum.at(boxes[:, 0], labels, starts)
    np.minimum.at(boxes[:, 1], labels, rows)
    np.maximum.at(boxes[:, 2], labels, ends)
    np.maximum.at(boxes[:, 3], labels, rows + 1)
    return boxes


def _runs(mask: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return row, first column and column past the end of every run of set pixels, in reading order."""
    padded = np.zeros((mask.shape[0], mask.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = mask
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change == 1)
    _, ends = np.nonzero(change == -1)
    return rows, starts, ends


def _touching(
    rows: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64], width: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of runs, as indices, that touch in neighbouring rows, corners included."""
    stride = width + 2
    first = np.searchsorted(rows * stride + ends, (rows - 1) * stride + starts, side="left")
    past = np.searchsorted(rows * stride + starts, (rows - 1) * stride + ends, side="right")
    counts = np.maximum(past - first, 0)
    below = np.repeat(np.arange(len(rows)), counts)
    within = np.arange(len(below)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(first, counts) + within, below


def _roots(count: int, above: NDArray[np.int64], below: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each of `count` runs the lowest index among the runs connected with it."""
    parent: NDArray[np.int64] = np.arange(count)
    while True:
        lowest = np.minimum(parent[above], parent[below])
        np.minimum.at(parent, parent[above], lowest)
        np.minimum.at(parent, parent[below], lowest)
        parent = parent[parent]
        if np.array_equal(parent[above], parent[below]):
            return parent
