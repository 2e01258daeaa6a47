"""What engines are called."""

from __future__ import annotations

from typing import Final

from app.core.i18n import mark, tr

TITLES: Final = {"onnx": mark("Paperdesk's model")}
"""Key of `service.ENGINES` to its name for the user; others are called by their keys."""


def engine_title(name: str) -> str:
    """Return the name of an engine for the user."""
    return tr(TITLES.get(name, name))
