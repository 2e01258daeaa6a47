"""PDF: the text layer, page by page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pypdfium2 as pdfium
from pypdfium2.raw import FPDF_ERR_PASSWORD

from app.collocation.build.documents import Passage
from app.collocation.build.readers.running_text import paragraphs, without_references
from app.core.errors import InputError
from app.core.files import shown_name
from app.core.i18n import tr
from app.core.pdfium import PDFIUM

_YEAR: Final = re.compile(r"D:(\d{4})")
"""The date of a PDF (ISO 32000-1, 7.9.4)."""


def read(path: Path) -> Iterator[Passage]:
    """Yield the paragraphs of a PDF. Raises `InputError` when it is encrypted, broken or only has pictures."""
    document = _opened(path)
    try:
        with PDFIUM:
            count, year = len(document), _YEAR.match(document.get_metadata_value("CreationDate"))
        text = "\n".join(_page_text(document, number) for number in range(count))
    finally:
        with PDFIUM:
            document.close()
    if not any(character.isalpha() for character in text):
        raise InputError(tr("{name} has no text, only pictures of it: it was scanned.", name=shown_name(path)))
    for paragraph in paragraphs(without_references(text)):
        yield Passage(paragraph, int(year[1]) if year else None)


def _opened(path: Path) -> Any:
    try:
        with PDFIUM:
            return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == FPDF_ERR_PASSWORD:
            raise InputError(tr("{name} is encrypted. Remove its password first.", name=shown_name(path))) from error
        raise InputError(tr("{name} is not a PDF, or a broken one.", name=shown_name(path))) from error


def _page_text(document: Any, number: int) -> str:
    """Return the text of a page; a page that is broken has none."""
    with PDFIUM:
        try:
            page = document[number]
        except pdfium.PdfiumError:
            return ""
        textpage = page.get_textpage()
        try:
            return str(textpage.get_text_range())
        finally:
            textpage.close()
            page.close()
