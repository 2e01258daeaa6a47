"""Putting lines of a page together again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_LINE_HYPHEN: Final = re.compile(r"(?<=[a-z])(?:[-\u00ad\u2010]\s*\n\s*|\ufffe\s*)(?=[a-z])")
"""A word divided at the end of a line; PDFium writes U+FFFE for the hyphen and the end of the line together."""
_REFERENCES: Final = re.compile(r"^\W*(?:\d+\.?\s*)?(?:references|bibliography)\W*$", re.IGNORECASE | re.MULTILINE)
_PARAGRAPH: Final = re.compile(r"\n\s*\n")


def without_references(text: str) -> str:
    """Return a paper without its list of references: what follows the last heading of that name."""
    headings = list(_REFERENCES.finditer(text))
    return text[: headings[-1].start()] if headings else text


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a text, each on one line, with words put together that were divided at an end of line."""
    for part in _PARAGRAPH.split(_LINE_HYPHEN.sub("", text.replace("\r\n", "\n"))):
        line = " ".join(part.split())
        if line:
            yield line
