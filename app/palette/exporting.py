"""Writing a theme to a folder or into the program that uses it; what was there is kept beside it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Final

from app.core.errors import InputError
from app.core.files import write_atomic
from app.core.i18n import tr
from app.core.paths import Paths
from app.palette.formats import FORMATS, Files
from app.palette.formats.plots import matplotlib_style, plotly_template
from app.palette.theme import Theme

_BACKUP: Final = ".before-%Y%m%d-%H%M%S"
"""Ending of a file that was replaced; matplotlib loads files that end in .mplstyle only."""


class NameTaken(InputError):  # noqa: N818 - a question, not a fault
    """There are files of this name already; `paths` are they. The same call with `replace` keeps them as backups."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        super().__init__(
            tr(
                "{names} exists already. Choose another name, or replace it: the old file is kept beside the new one.",
                names=", ".join(map(str, paths)),
            )
        )
        self.paths = paths


@dataclass(frozen=True)
class Written:
    """A file that was written, and where the one it replaced is now."""

    path: Path
    backup: Path | None = None


@dataclass(frozen=True)
class Installed:
    """Where a theme was installed, and the lines of Python that use it."""

    written: Written
    lines: tuple[str, ...]


def export(theme: Theme, formats: Iterable[str], folder: Path, *, replace: bool = False) -> list[Written]:
    """Write a theme in some `FORMATS` to a folder, which is made if need be.

    Raises `InputError` for an unknown format, `NameTaken` before anything is written, `StorageError`.
    """
    files: dict[str, str | bytes] = {}
    for key in formats:
        if key not in FORMATS:
            raise InputError(tr("There is no format {name}. There are {known}.", name=key, known=", ".join(FORMATS)))
        files |= FORMATS[key].files(theme)
    return write_files(folder, files, replace=replace)


def write_files(folder: Path, files: Files, *, replace: bool) -> list[Written]:
    """Write files by their paths relative to `folder`; see `export` for what is raised."""
    wanted = {folder / name: content for name, content in files.items()}
    taken = tuple(path for path, content in wanted.items() if os.path.lexists(path) and not _holds(path, content))
    if taken and not replace:
        raise NameTaken(taken)
    return [_write(path, content, keep=path in taken) for path, content in wanted.items()]


def _holds(path: Path, content: str | bytes) -> bool:
    """Tell whether a file is already as it should be."""
    data = content.encode() if isinstance(content, str) else content
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _write(path: Path, content: str | bytes, *, keep: bool) -> Written:
    if not keep:
        write_atomic(path, content)
        return Written(path)
    if path.is_dir():
        raise NameTaken((path,))
    backup = _free_name(path)
    write_atomic(backup, path.read_bytes())
    write_atomic(path, content)
    return Written(path, backup)


def _free_name(path: Path) -> Path:
    stamped = path.name + datetime.now(tz=timezone.utc).strftime(_BACKUP)
    names = (path.with_name(stamped if number == 1 else f"{stamped}-{number}") for number in range(1, 1000))
    return next(name for name in names if not os.path.lexists(name))


def install(theme: Theme, program: str, *, folder: Path | None = None, replace: bool = False) -> Installed:
    """Put a theme where "matplotlib" or "plotly" finds it.

    `folder` is matplotlib's style library, or where templates for Plotly are kept, unless another is given. Raises
    `InputError` for another program, `NameTaken`, `StorageError`.
    """
    if program not in INSTALLERS:
        known = ", ".join(INSTALLERS)
        raise InputError(tr("Themes can be installed into {known}, not into {name}.", known=known, name=program))
    return INSTALLERS[program](theme, folder, replace)


def _into_matplotlib(theme: Theme, folder: Path | None, replace: bool) -> Installed:
    library = folder or style_library()
    files = {f"{theme.name}.mplstyle": matplotlib_style(theme)}
    if theme.name in _own_styles() and not replace:
        raise NameTaken((library / f"{theme.name}.mplstyle",))
    written = write_files(library, files, replace=replace)[0]
    return Installed(written, ("import matplotlib.pyplot as plt", f'plt.style.use("{theme.name}")'))


def _into_plotly(theme: Theme, folder: Path | None, replace: bool) -> Installed:
    folder = folder or Paths.of_user().config / "plotly"
    written = write_files(
        folder, {f"{theme.name}.json": json.dumps(plotly_template(theme), indent=1)}, replace=replace
    )[0]
    path = str(written.path)
    return Installed(
        written,
        (
            "import json, pathlib, plotly.io as pio",
            f'pio.templates["{theme.name}"] = json.loads(pathlib.Path({path!r}).read_text())',
            f'pio.templates.default = "plotly_white+{theme.name}"',
        ),
    )


INSTALLERS: Final[Mapping[str, Callable[[Theme, Path | None, bool], Installed]]] = {
    "matplotlib": _into_matplotlib,
    "plotly": _into_plotly,
}
"""Program to how a theme gets into it."""


def style_library() -> Path:
    """Return matplotlib's folder for the user's styles; it honours MPLCONFIGDIR."""
    import matplotlib as mpl  # noqa: PLC0415 - a fifth of a second

    return Path(mpl.get_configdir()) / "stylelib"


def _own_styles() -> frozenset[str]:
    """Return the names of the styles that come with matplotlib, which the user's would hide."""
    import matplotlib as mpl  # noqa: PLC0415 - see above

    return frozenset(file.stem for file in (Path(mpl.get_data_path()) / "stylelib").glob("*.mplstyle"))
