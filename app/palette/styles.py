"""Styles of matplotlib, read by matplotlib."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.core.errors import InputError
from app.core.files import shown_name
from app.core.i18n import tr
from app.palette.colour import flatten, from_levels
from app.palette.files import read_bytes


def style_settings(path: Path) -> Mapping[str, Any]:
    """Return the settings of a style. Raises `InputError` with the words in which matplotlib rejects it."""
    import matplotlib as mpl  # noqa: PLC0415 - a fifth of a second

    read_bytes(path)
    listener = _Listener()
    logger = logging.getLogger("matplotlib")
    logger.addHandler(listener)
    try:
        settings = mpl.rc_params_from_file(str(path), use_default_template=False)
    except (OSError, ValueError) as error:
        raise _rejected(path, str(error)) from error
    finally:
        logger.removeHandler(listener)
    if listener.complaints:
        raise _rejected(path, listener.complaints[0])
    return dict(settings)


def style_colours(path: Path, background: str) -> tuple[str, ...]:
    """Return the colours that a style deals out to series. Raises `InputError` when there are none."""
    from matplotlib.colors import to_rgba  # noqa: PLC0415 - see above

    cycle = style_settings(path).get("axes.prop_cycle")
    colours = cycle.by_key().get("color", []) if cycle is not None else []
    if not colours:
        raise InputError(tr("{name} sets no colours: it has no axes.prop_cycle with color.", name=shown_name(path)))
    return tuple(
        flatten(from_levels(255 * level for level in rgb), alpha, background) for *rgb, alpha in map(to_rgba, colours)
    )


def _rejected(path: Path, reason: str) -> InputError:
    return InputError(tr("Matplotlib rejects {name}: {reason}", name=shown_name(path), reason=" ".join(reason.split())))


class _Listener(logging.Handler):
    """Collects what matplotlib has against a style, which it only logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.complaints: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one complaint."""
        self.complaints.append(record.getMessage())
