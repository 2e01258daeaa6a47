"""Draw a LaTeX formula as SVG without a TeX installation, for the preview."""

from __future__ import annotations

import importlib
import sys
import threading
import warnings
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from app.core.errors import PaperdeskError
from app.core.i18n import tr
from app.formula.tex_scan import TexError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MARGIN: Final = 2.0
"""Pixels left around the formula."""
BLACK: Final = "black"
"""What ziamath draws in where nothing else is asked for."""
UNREADABLE: Final = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError),
)
"""What ziamath raises for a formula that is too much for it."""
_lock = threading.Lock()


class RenderError(PaperdeskError):
    """A formula cannot be drawn; `start` and `end` say which part of the source is to blame, in characters."""

    def __init__(self, text: str, start: int = 0, end: int = 0) -> None:
        super().__init__(text)
        self.start = start
        self.end = end


def render_svg(latex: str, *, size_px: float, colour: str) -> bytes:
    """Return `latex` as an SVG picture (1.1, no outside references) whose em is `size_px` pixels.

    Args:
        latex: the formula, with or without an environment around it.
        size_px: font size in pixels, above 0.
        colour: of the ink, as "#rrggbb".

    Raises:
        RenderError: the formula has a fault, or the preview cannot draw a part of it.

    The first call takes a second or so (it loads the font): keep it off the window's thread.

    """
    with _lock:
        _load_ziamath()
        from app.formula import mathml_commands  # noqa: PLC0415 - slow: it reads the table of symbols

        try:
            mathml = mathml_commands.to_mathml(_bare(latex))
            _check_letters(mathml, latex)
            return _drawn(mathml, size_px, colour)
        except TexError as error:
            raise RenderError(str(error), error.start, error.end) from error
        except UNREADABLE as error:
            text = tr("The preview cannot draw this formula. The LaTeX can still be copied.")
            raise RenderError(text, 0, len(latex)) from error


def _load_ziamath() -> None:
    """Import ziamath and teach it our kinds of nodes."""
    if "ziamath" not in sys.modules:
        with warnings.catch_warnings():
            # ziamath 0.13 opens its font by a function that Python 3.11 and 3.12 announce to be leaving.
            warnings.simplefilter("ignore", DeprecationWarning)
            import ziamath  # noqa: PLC0415 - slow, and nothing but a preview needs it
        ziamath.config.svg2 = False
    importlib.import_module("app.formula.render_nodes")


def _bare(latex: str) -> str:
    """Return `latex` with its delimiters blanked, so that places in it stay what they were."""
    inner = latex.strip()
    start = latex.find(inner)
    for opening, closing in (("$$", "$$"), (r"\[", r"\]"), (r"\(", r"\)"), ("$", "$")):
        if inner.startswith(opening) and inner.endswith(closing) and len(inner) >= len(opening) + len(closing):
            middle = inner[len(opening) : len(inner) - len(closing)]
            return " " * (start + len(opening)) + middle
    return latex


def _drawn(mathml: Element, size_px: float, colour: str) -> bytes:
    """Return the SVG of `mathml`."""
    import ziamath  # noqa: PLC0415 - loaded by now

    svg = ziamath.Math(mathml, size=size_px, margin=MARGIN).svgxml()
    for element in svg.iter():
        for attribute in ("fill", "stroke"):
            if element.get(attribute) == BLACK:
                element.set(attribute, colour)
        if element.tag == "path" and element.get("fill") is None:
            element.set("fill", colour)
    return ElementTree.tostring(svg)


def _check_letters(mathml: Element, latex: str) -> None:
    """Raise `RenderError` for a character that the font does not have, which would print an empty box."""
    from ziamath.zmath import loadedfonts  # noqa: PLC0415 - loaded by now

    font = loadedfonts["default"]
    for element in mathml.iter():
        for character in element.text or "":
            if ord(character) > ord("~") and not font.glyphindex(character):
                text = tr("The preview's font has no “{part}”. The LaTeX can still be copied.", part=character)
                start = max(latex.find(character), 0)
                raise RenderError(text, start, start + 1)
