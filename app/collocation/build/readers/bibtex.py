"""BibTeX: the abstracts, with the years of their entries."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry
from pylatexenc.latex2text import LatexNodes2Text

from app.collocation.build.documents import Passage
from app.core.errors import InputError
from app.core.files import shown_name
from app.core.i18n import tr


def read(path: Path) -> Iterator[Passage]:
    """Yield the abstracts. Raises `InputError` when there are none."""
    library = parse_string(path.read_text(encoding="utf-8", errors="replace"))
    found = [entry for entry in library.entries if _field(entry, "abstract")]
    if not found:
        raise InputError(tr("{name} has no abstracts.", name=shown_name(path)))
    to_text = LatexNodes2Text(math_mode="remove").latex_to_text
    for entry in found:
        year = (_field(entry, "year") or _field(entry, "date"))[:4]
        yield Passage(" ".join(to_text(_field(entry, "abstract")).split()), int(year) if year.isdecimal() else None)


def _field(entry: Entry, name: str) -> str:
    """Return a field of an entry, whatever the case of its name; "" when it is missing."""
    return next((str(each.value) for each in entry.fields if each.key.lower() == name), "")
