"""Text from documents: one module for each kind of file, chosen by the file's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from app.collocation.build.documents import Document, Passage
from app.core.errors import InputError
from app.core.files import shown_name
from app.core.i18n import tr

Reader = Callable[[Path], Iterator[Passage]]

_READERS: Final = {
    ".txt": "plain",
    ".md": "plain",
    ".gz": "plain",
    ".pdf": "pdf",
    ".tex": "tex",
    ".docx": "docx",
    ".bib": "bibtex",
    ".zotero-ft-cache": "plain",
}
"""End of a file's name to the module that reads such files; each is imported when it is needed."""


def is_readable(path: Path) -> bool:
    """Tell whether there is a reader for files of this name."""
    return _kind(path) in _READERS


def _kind(path: Path) -> str:
    """Return the end of a file's name, the whole name of a hidden file without one."""
    return (path.suffix or path.name).lower()


def read_document(document: Document) -> Iterator[Passage]:
    """Yield the passages of a document. Raises `InputError` that says why it cannot be read."""
    path = document.path
    if not is_readable(path):
        raise InputError(tr("{name} is not a kind of file that has text.", name=shown_name(path)))
    module: Any = import_module(f"{__name__}.{_READERS[_kind(path)]}")
    try:
        yield from module.read(path)
    except OSError as error:
        raise InputError(
            tr("{name} cannot be read: {reason}.", name=shown_name(path), reason=error.strerror or error)
        ) from error
