"""The indexes of this user: the academic one that is shipped, and that of the user's own papers."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app.collocation.engine import Engine
from app.collocation.examples import Examples, expand_examples
from app.collocation.expand import expand
from app.collocation.expanded import Expander, Opened, expanded_path, open_expanded
from app.collocation.index import Index
from app.core.errors import InputError
from app.core.files import write_atomic
from app.core.i18n import mark, tr
from app.core.paths import Paths, resources_dir
from app.core.progress import Progress

ACADEMIC: Final = "academic"
PAPERS: Final = "papers"

INDEXES: Final = {ACADEMIC: mark("Academic English"), PAPERS: mark("My papers")}
"""The indexes that can be asked, with their titles."""

_INDEX: Final = Expander(expand, lambda path: Engine(Index(path)))
_EXAMPLES: Final = Expander(expand_examples, Examples)


class Library:
    """Opens indexes and their examples, each once. May be used from any thread."""

    def __init__(self, paths: Paths, shipped: Path | None = None) -> None:
        self.own = paths.data / "collocation"
        """Where the index of the user's papers is."""
        self._cache = paths.cache / "collocation"
        self._shipped = shipped or resources_dir() / "ngrams"
        self._engines: dict[str, tuple[Path, Engine]] = {}
        self._examples: dict[str, tuple[Path, Examples]] = {}
        self._lock = threading.Lock()

    def packed(self, name: str) -> Path:
        """Return the packed file of an index, a key of `INDEXES`."""
        return (self._shipped if name == ACADEMIC else self.own) / f"{name}.pack"

    def packed_examples(self, name: str) -> Path:
        """Return the packed file of the example sentences of an index."""
        return self.packed(name).with_name(f"{name}_examples.pack")

    def exists(self, name: str) -> bool:
        """Tell whether there is such an index: that of the user's papers has to be built first."""
        return self.packed(name).is_file()

    def is_ready(self, name: str) -> bool:
        """Tell whether an index opens at once, without being expanded first."""
        return self.exists(name) and expanded_path(self.packed(name), self._cache).is_file()

    def engine(self, name: str = ACADEMIC, progress: Progress | None = None) -> Engine:
        """Return an engine for an index; the first time this takes some seconds.

        Raises `InputError` when there is no such index, `StorageError`, `Cancelled`.
        """
        if not self.exists(name):
            raise InputError(tr("There is no index of your papers yet. Build one first."))
        return self._opened(self._engines, name, self.packed(name), _INDEX, progress)

    def examples(self, name: str = ACADEMIC, progress: Progress | None = None) -> Examples | None:
        """Return the example sentences of an index, None if it has none. Raises `StorageError`, `Cancelled`."""
        packed = self.packed_examples(name)
        return self._opened(self._examples, name, packed, _EXAMPLES, progress) if packed.is_file() else None

    def _opened(
        self,
        known: dict[str, tuple[Path, Opened]],
        name: str,
        packed: Path,
        kind: Expander[Opened],
        progress: Progress | None,
    ) -> Opened:
        """Open a file, or return what is open already unless the packed file is another one by now."""
        with self._lock:
            path = expanded_path(packed, self._cache)
            if name not in known or known[name][0] != path:
                known[name] = path, open_expanded(packed, path, kind, progress)
            return known[name][1]

    def paper_sources(self) -> list[Path]:
        """Return the files and folders that the index of the user's papers was built from."""
        try:
            return [Path(each) for each in json.loads(self._sources.read_text(encoding="utf-8"))]
        except (OSError, ValueError):
            return []

    def remember_paper_sources(self, sources: Sequence[Path]) -> None:
        """Keep what the index of the user's papers is built from. Raises `StorageError`."""
        write_atomic(self._sources, json.dumps([str(each) for each in sources], ensure_ascii=False))

    @property
    def _sources(self) -> Path:
        return self.own / "papers.json"
