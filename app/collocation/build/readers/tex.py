"""TeX: the running text without macros, comments and formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalkerError

from app.collocation.build.documents import Passage
from app.collocation.build.readers.running_text import paragraphs
from app.core.errors import InputError
from app.core.files import shown_name
from app.core.i18n import tr

_BODY: Final = re.compile(r"\\begin\s*\{document\}(.*?)(?:\\end\s*\{document\}|\Z)", re.DOTALL)
_NOT_TEXT: Final = re.compile(
    r"\\begin\s*\{(?P<name>(?:equation|align|gather|multline|eqnarray|tabular|tikzpicture|lstlisting|verbatim"
    r"|algorithm|algorithmic|thebibliography|figure|table)\*?)\}.*?\\end\s*\{(?P=name)\}",
    re.DOTALL,
)
_BREAK: Final = " # "
"""What a formula or a citation leaves: no phrase goes across it."""
_CITATIONS: Final = ("cite", "citep", "citet", "ref", "eqref", "cref", "Cref", "autoref", "label", "includegraphics")


def read(path: Path) -> Iterator[Passage]:
    """Yield the paragraphs of a TeX file. Raises `InputError` when it cannot be understood."""
    source = path.read_text(encoding="utf-8", errors="replace")
    body = _BODY.search(source)
    text = _NOT_TEXT.sub(_BREAK, body[1] if body else source)
    try:
        plain = _converter().latex_to_text(_marked_maths(text))
    except (LatexWalkerError, RecursionError, ValueError) as error:
        raise InputError(tr("{name} cannot be read as TeX.", name=shown_name(path))) from error
    for paragraph in paragraphs(plain):
        yield Passage(paragraph)


def _converter() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=_BREAK) for name in _CITATIONS]
    context.add_context_category("paperdesk", prepend=True, macros=macros)
    return LatexNodes2Text(math_mode="verbatim", latex_context=context, strict_latex_spaces="macros")


_MATHS: Final = re.compile(r"(?<!\\)\$\$.*?(?<!\\)\$\$|(?<!\\)\$[^$]*?(?<!\\)\$|\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)


def _marked_maths(text: str) -> str:
    """Return the text with a sign in place of each formula."""
    return _MATHS.sub(_BREAK.replace("#", r"\\#"), text)
