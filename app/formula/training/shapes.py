"""Shapes that a pen draws to measure: rules, brackets, roots, accents, arrows; each fills the unit square."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from app.formula.training.hands import Points

Shape = Callable[[], list[Points]]


def _path(*places: tuple[float, float]) -> Points:
    return np.asarray(places, np.float32)


def _lines(*paths: Points) -> Shape:
    return lambda: list(paths)


def _mirrored(shape: Shape, *, down: bool = False) -> Shape:
    """Return `shape` with left and right exchanged, or top and bottom."""
    axis = int(down)

    def drawn() -> list[Points]:
        lines = [line.copy() for line in shape()]
        for line in lines:
            line[:, axis] = 1 - line[:, axis]
        return lines

    return drawn


def _turned(shape: Shape) -> Shape:
    """Return `shape` with across and down exchanged."""
    return lambda: [line[:, ::-1].copy() for line in shape()]


def _arc() -> list[Points]:
    """Return a left parenthesis: 100 degrees of a circle."""
    angle = np.deg2rad(np.linspace(-50, 50, 15))
    across = (1 - np.cos(angle)) / (1 - np.cos(angle[0]))
    return [np.stack([across, (np.sin(angle) / np.sin(angle[-1]) + 1) / 2], axis=1).astype(np.float32)]


def _wave() -> list[Points]:
    along = np.linspace(0, 1, 17)
    return [np.stack([along, 0.5 - 0.5 * np.sin(2 * np.pi * along)], axis=1).astype(np.float32)]


def _ring() -> list[Points]:
    angle = np.linspace(0, 2 * np.pi, 17)
    return [np.stack([0.5 + 0.5 * np.cos(angle), 0.5 + 0.5 * np.sin(angle)], axis=1).astype(np.float32)]


def _brace() -> list[Points]:
    """Return a left brace."""
    down = np.linspace(0, 1, 33)
    half = np.abs(down - 0.5) * 2
    bend = 0.5 + 0.5 * np.where(half > 0.5, ((half - 0.5) * 2) ** 4, -((1 - half * 2) ** 4))  # noqa: PLR2004 - quarters
    return [np.stack([bend, down], axis=1).astype(np.float32)]


def _dots(*across: float) -> Shape:
    return _lines(*(_path((place, 0.5), (place, 0.52)) for place in across))


RULE: Final = _lines(_path((0, 0.5), (0.3, 0.49), (0.7, 0.51), (1, 0.5)))
LEFT_PARENTHESIS: Final[Shape] = _arc
LEFT_BRACKET: Final = _lines(_path((1, 0), (0, 0), (0, 1), (1, 1)))
BAR: Final = _lines(_path((0.5, 0), (0.5, 1)))
DOUBLE_BAR: Final = _lines(_path((0, 0), (0, 1)), _path((1, 0), (1, 1)))
ANGLE: Final = _lines(_path((1, 0), (0, 0.5), (1, 1)))
FLOOR: Final = _lines(_path((0, 0), (0, 1), (1, 1)))
CEILING: Final = _lines(_path((1, 0), (0, 0), (0, 1)))
SLASH: Final = _lines(_path((1, 0), (0, 1)))
RIGHT_ARROW: Final = _lines(_path((0, 0.5), (1, 0.5)), _path((0.75, 0), (1, 0.5), (0.75, 1)))
UP_ARROW: Final = _mirrored(_turned(RIGHT_ARROW), down=True)
FRAME: Final = _lines(_path((0, 0), (1, 0), (1, 1), (0, 1), (0, 0)))
BRACE: Final[Shape] = _brace

DELIMITERS: Final[dict[str, Shape]] = {
    "(": LEFT_PARENTHESIS, ")": _mirrored(LEFT_PARENTHESIS), "[": LEFT_BRACKET, "]": _mirrored(LEFT_BRACKET),
    r"\{": BRACE, r"\}": _mirrored(BRACE), "|": BAR, r"\|": DOUBLE_BAR, r"\langle": ANGLE, "<": ANGLE,
    r"\rangle": _mirrored(ANGLE), ">": _mirrored(ANGLE), r"\lfloor": FLOOR, r"\rfloor": _mirrored(FLOOR),
    r"\lceil": CEILING, r"\rceil": _mirrored(CEILING), "/": SLASH, r"\backslash": _mirrored(SLASH),
    r"\uparrow": UP_ARROW, r"\downarrow": _mirrored(UP_ARROW, down=True),
}  # fmt: skip
"""Those that grow; they take the height and the width of their boxes."""

STRETCHED: Final[dict[str, Shape]] = {
    **dict.fromkeys(
        (r"\frac", r"\dfrac", r"\tfrac", r"\overline", r"\underline", r"\bar", r"\hline", "-", "~"), RULE
    ),
    "+": _lines(_path((0, 0.5), (1, 0.5)), _path((0.5, 0), (0.5, 1))),
    "=": _lines(_path((0, 0), (1, 0)), _path((0, 1), (1, 1))),
    r"\hat": _lines(_path((0, 1), (0.5, 0), (1, 1))),
    r"\check": _lines(_path((0, 0), (0.5, 1), (1, 0))),
    r"\acute": _lines(_path((0, 1), (1, 0))),
    r"\grave": _lines(_path((0, 0), (1, 1))),
    r"\breve": _mirrored(_turned(LEFT_PARENTHESIS), down=True),
    r"\mathring": _ring,
    r"\tilde": _wave,
    r"\dot": _dots(0.5),
    r"\ddot": _dots(0, 1),
    r"\dddot": _dots(0, 0.5, 1),
    r"\vec": RIGHT_ARROW,
    r"\overrightarrow": RIGHT_ARROW, r"\underrightarrow": RIGHT_ARROW, r"\xrightarrow": RIGHT_ARROW,
    r"\overleftarrow": _mirrored(RIGHT_ARROW), r"\xleftarrow": _mirrored(RIGHT_ARROW),
    r"\overbrace": _turned(BRACE), r"\underbrace": _mirrored(_turned(BRACE), down=True),
    r"\boxed": FRAME,
}  # fmt: skip
STRETCHED[r"\widehat"] = STRETCHED[r"\hat"]
STRETCHED[r"\widetilde"] = STRETCHED[r"\tilde"]

MATRICES: Final = {
    "pmatrix": "()",
    "bmatrix": "[]",
    "vmatrix": "||",
    "Bmatrix": (r"\{", r"\}"),
    "Vmatrix": (r"\|", r"\|"),
}
for _name, (_left, _right) in MATRICES.items():
    DELIMITERS[rf"\begin{{{_name}}}"] = DELIMITERS[_left]
    DELIMITERS[rf"\end{{{_name}}}"] = DELIMITERS[_right]
DELIMITERS[r"\begin{cases}"] = BRACE


def binomial(width: float, height: float) -> list[Points]:
    """Return the parentheses at both sides of a box of this size (any unit), in that unit."""
    size = np.array([min(0.18 * height, 0.15 * width), height], np.float32)  # LaTeX's parentheses are about so wide
    left = [line * size for line in _arc()]
    return [*left, *(np.array([width, 0], np.float32) + line * np.array([-1, 1], np.float32) for line in left)]


def root(width: float, height: float) -> list[Points]:
    """Return a root sign for a box of this size (any unit): the hook has one width, the rule takes the rest."""
    hook = min(0.55 * height / max(width, 1e-6), 0.8)
    return [_path((0, 0.6), (0.35 * hook, 0.5), (0.6 * hook, 1), (hook, 0), (1, 0))]
