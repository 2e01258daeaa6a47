"""A writer's own papers: which files of a folder are read, Zotero's storage included."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from app.collocation.build.documents import Document
from app.collocation.build.readers import is_readable
from app.core.errors import InputError
from app.core.i18n import tr

FIELD: Final = "mine"
ZOTERO_TEXT: Final = ".zotero-ft-cache"
"""The text that Zotero took from the document beside it; faster to read and better than the document."""
_SKIPPED_FOLDERS: Final = frozenset({"__pycache__", "node_modules"})


def papers(sources: Sequence[Path]) -> list[Document]:
    """Return the documents in files and folders, each file once. Raises `InputError` for a missing or empty one."""
    found: dict[Path, None] = {}
    for source in sources:
        path = source.expanduser()
        if not path.exists():
            raise InputError(tr("There is no file or folder {path}.", path=path))
        files = [path] if path.is_file() else sorted(_files(path))
        found.update(dict.fromkeys(file.resolve() for file in files))
    if not found:
        raise InputError(tr("There are no papers in these folders: PDF, TeX, Word, BibTeX or text."))
    return [Document(path, FIELD) for path in found]


def _files(folder: Path) -> Iterator[Path]:
    """Yield the readable files of a folder; where Zotero has taken the text of a document, only that."""
    for name, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith(".") and each not in _SKIPPED_FOLDERS)
        here = Path(name)
        if ZOTERO_TEXT in files:
            yield here / ZOTERO_TEXT
            continue
        yield from (here / each for each in files if is_readable(Path(each)) and not each.startswith("."))
