"""Word documents (.docx): the paragraphs of the text and of tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml.etree import XMLSyntaxError

from app.collocation.build.documents import Passage
from app.core.errors import InputError
from app.core.files import shown_name
from app.core.i18n import tr


def read(path: Path) -> Iterator[Passage]:
    """Yield the paragraphs of a document. Raises `InputError` when it is broken or encrypted."""
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, XMLSyntaxError) as error:
        raise InputError(tr("{name} is not a Word document, or it is encrypted.", name=shown_name(path))) from error
    changed = document.core_properties.modified
    for paragraph in document.element.body.iter("{*}p"):
        text = "".join(part.text or "" for part in paragraph.iter("{*}t"))
        if text.strip():
            yield Passage(text, changed.year if changed else None)
