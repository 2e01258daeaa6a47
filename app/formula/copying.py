"""Every form in which a formula can be copied or printed, and what of it goes to the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from app.core.i18n import mark, tr
from app.formula import formats
from app.formula.forms.errors import FormError

TEXT: Final = "text/plain"
HTML: Final = "text/html"
MATHML: Final = "application/mathml+xml"
SVG: Final = "image/svg+xml"
PNG: Final = "image/png"


@dataclass(frozen=True)
class Form:
    """One form.

    Args:
        title: for the user, a marked text.
        write: makes it of LaTeX; raises ValueError and `PaperdeskError` for what it cannot express.
        suffix: of a file that holds it.
        media: MIME type.
        joint: what may stand in place of its line breaks.

    """

    title: str
    write: Callable[[str], str | bytes]
    suffix: str = "tex"
    media: str = TEXT
    joint: str = " "


def _late(name: str) -> Callable[[str], str | bytes]:
    """Return the function `name`, "module.function" of `forms`, imported when it is used."""
    module, _, function = name.rpartition(".")

    def write(latex: str) -> str | bytes:
        found: str | bytes = getattr(import_module(f"app.formula.forms.{module}"), function)(latex)
        return found

    return write


FORMS: Final[dict[str, Form]] = {
    "latex": Form(mark("LaTeX"), formats.latex),
    "inline": Form(mark("In a sentence: $…$"), formats.inline),
    "parentheses": Form(mark("In a sentence: \\(…\\)"), formats.parenthesised),
    "display": Form(mark("On its own line: \\[…\\]"), formats.display),
    "equation": Form(mark("Numbered equation"), formats.equation),
    "align": Form(mark("Aligned lines: align"), formats.align),
    "markdown": Form(mark("Markdown: $$…$$"), formats.markdown, "md"),
    "word": Form(mark("Equation for Word"), _late("omml.omml"), "xml", HTML),
    "mathml": Form("MathML", _late("mathml.mathml"), "mml", MATHML),
    "typst": Form("Typst", _late("typst.typst"), "typ"),
    "asciimath": Form("AsciiMath", _late("asciimath.asciimath"), "txt"),
    "sympy": Form("SymPy", _late("sympy.sympy_code"), "py", joint="; "),
    "unicode": Form(mark("Plain text with Unicode"), _late("unicode_text.unicode_text"), "txt"),
    "svg": Form(mark("Picture: SVG"), _late("pictures.svg"), "svg", SVG),
    "png": Form(mark("Picture: PNG"), _late("pictures.png"), "png", PNG),
}
"""Key, as in the setting formula.copy_format, to form."""


def written(key: str, latex: str) -> str | bytes:
    """Return LaTeX in a form, bytes for a PNG. Raises `FormError` that says what the form cannot express.

    Drawing the first picture takes a second: keep that off the window's thread.
    """
    from app.formula.render import RenderError  # noqa: PLC0415 - the command line's help needs no drawing

    form = FORMS[key]
    try:
        return form.write(latex)
    except RenderError as error:
        raise FormError(str(error)) from error
    except (ValueError, RecursionError) as error:
        text = tr("{form} cannot express this formula: {reason}. Copy it as LaTeX.", form=tr(form.title), reason=error)
        raise FormError(text) from error


def on_one_line(key: str, latex: str) -> str:
    """Return LaTeX in a form on one line of text. Raises `FormError`, also for a form that is no text."""
    text = written(key, latex)
    if isinstance(text, bytes):
        raise FormError(tr("{form} is a picture: write it to a file.", form=tr(FORMS[key].title)))
    return FORMS[key].joint.join(line.strip() for line in text.splitlines() if line.strip())


def clipboard(key: str, latex: str) -> dict[str, bytes]:
    """Return what to put on the clipboard, by MIME type. Raises `FormError`.

    Word takes its equation from HTML; what knows no MathML or SVG finds text or a PNG beside it.
    """
    main = written(key, latex)
    data = main.encode() if isinstance(main, str) else main
    if key == "word":
        from app.formula.forms.omml import word_html  # noqa: PLC0415 - few copy to Word

        mathml = str(written("mathml", latex))
        page = word_html(latex, mathml)
        return {HTML: page.encode(), MATHML: mathml.encode(), TEXT: mathml.encode()}
    if key == "mathml":
        return {MATHML: data, TEXT: data}
    if key == "svg":
        png = written("png", latex)
        return {SVG: data, PNG: png if isinstance(png, bytes) else png.encode()}
    return {FORMS[key].media: data}
