"""Big downloads: each has a hash, and lies under its name only when the hash matches."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from app.core.errors import Cancelled, InputError, NetworkError, PaperdeskError, StorageError
from app.core.files import alone, storage_error
from app.core.i18n import tr
from app.core.progress import NoProgress, Progress

CHUNK: Final = 1 << 18
MEGABYTE: Final = 1_000_000


class Source(Protocol):
    """Where a model can be had."""

    def fetch(self, model: Model, part: Path, progress: Progress) -> None:
        """Write the model to `part`, going on where an earlier try stopped when that is possible.

        Raises `NetworkError` when this source cannot give it, `Cancelled`, `StorageError`.
        """


@dataclass(frozen=True)
class Model:
    """One file that can be downloaded."""

    key: str
    title: str
    version: str
    licence: str
    file_name: str
    size: int
    """Bytes."""
    sha256: str
    sources: tuple[Source, ...]
    """Tried in this order."""


class ModelStore:
    """The models in `folder`."""

    def __init__(self, folder: Path, models: Sequence[Model]) -> None:
        self.folder = folder
        self.models = {model.key: model for model in models}

    def model(self, key: str) -> Model:
        """Return the model named `key`. Raises `InputError`."""
        try:
            return self.models[key]
        except KeyError:
            known = ", ".join(self.models)
            raise InputError(tr("There is no model {key}. There are: {known}.", key=key, known=known)) from None

    def path(self, key: str) -> Path:
        """Return where the model's file lies once it is installed."""
        model = self.model(key)
        return self.folder / model.key / model.version / model.file_name

    def installed(self, key: str) -> bool:
        """Tell whether the model is there. Its hash was checked when it came; only the size is looked at again."""
        path = self.path(key)
        return path.is_file() and path.stat().st_size == self.model(key).size

    def install(self, key: str, progress: Progress | None = None) -> Path:
        """Download a model and return its path. What was downloaded before an interruption is kept and used.

        Raises `NetworkError` with what each source said, `StorageError`, `Cancelled`, and `PaperdeskError` when
        another process is downloading the same model.
        """
        model, path = self.model(key), self.path(key)
        part = path.with_name(path.name + ".part")
        with alone(path):
            if self.installed(key):
                return path
            self._make_room(model, part)
            try:
                if not is_model(model, part):
                    self._download(model, part, progress or NoProgress())
                part.replace(path)
            except OSError as error:
                raise storage_error(path, error) from error
        return path

    def remove(self, key: str) -> bool:
        """Delete a model and what is left of downloads; False when there was nothing. Raises `StorageError`."""
        folder = self.folder / self.model(key).key
        if not folder.is_dir():
            return False
        try:
            shutil.rmtree(folder)
        except OSError as error:
            reason = error.strerror or error
            raise StorageError(tr("{path} was not deleted: {reason}.", path=folder, reason=reason)) from error
        return True

    @staticmethod
    def _download(model: Model, part: Path, progress: Progress) -> None:
        """Ask one source after the other until `part` is the model."""
        failures = []
        for source in model.sources:
            try:
                _fetch(source, model, part, progress)
            except (Cancelled, StorageError):
                raise
            except PaperdeskError as error:
                failures.append(str(error))
            else:
                return
        raise NetworkError(
            tr("{title} could not be downloaded. {failures}", title=tr(model.title), failures=" ".join(failures))
        )

    @staticmethod
    def _make_room(model: Model, part: Path) -> None:
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            there = part.stat().st_size if part.exists() else 0
            free = shutil.disk_usage(part.parent).free
        except OSError as error:
            raise storage_error(part, error) from error
        if free + there < model.size:
            need, have = model.size // MEGABYTE + 1, free // MEGABYTE
            raise StorageError(
                tr("{title} needs {need} MB and {have} MB are free.", title=tr(model.title), need=need, have=have)
            )


def _fetch(source: Source, model: Model, part: Path, progress: Progress) -> None:
    """Let `source` write the model; begin anew, once, where the fault may be in what an earlier try left."""
    went_on = part.exists()
    source.fetch(model, part, progress)
    if went_on and not is_model(model, part):
        part.unlink()
        source.fetch(model, part, progress)
    if not is_model(model, part):
        part.unlink()
        raise NetworkError(tr("What came is not the file it should be (its SHA-256 differs); it was deleted."))


def is_model(model: Model, file: Path) -> bool:
    """Tell whether `file` has the size and the hash of the model."""
    if not file.is_file() or file.stat().st_size != model.size:
        return False
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while block := content.read(CHUNK):
            digest.update(block)
    return digest.hexdigest() == model.sha256
