"""Reading what users hand in: no file is too large, missing or of the wrong kind without being told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from app.core.errors import InputError
from app.core.files import shown_name
from app.core.i18n import tr

MOST_BYTES: Final = 50_000_000
"""No palette and no figure of a paper is larger."""


def read_bytes(path: Path) -> bytes:
    """Return the content of a file. Raises `InputError` when it cannot be read or is too large."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(tr("{name} is too large for a palette or a figure.", name=shown_name(path)))
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(tr("There is no file {path}.", path=path)) from None
    except OSError as error:
        raise InputError(tr("{path} cannot be read: {reason}.", path=path, reason=error.strerror or error)) from error


def read_text(path: Path) -> str:
    """Return the text of a file. Raises `InputError`."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(tr("{name} is no text file.", name=shown_name(path))) from None


def read_json(path: Path) -> Any:
    """Return the content of a JSON file. Raises `InputError`."""
    try:
        return json.loads(read_text(path))
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(tr("{name} is no JSON: {reason}.", name=shown_name(path), reason=error)) from error
