"""What commands open: the user's settings and history, closed again when the command ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.cli.output import fail
from app.core.history import History
from app.core.paths import Paths
from app.core.settings import Settings
from app.registry import all_options


def open_settings() -> Settings:
    """Return the user's settings, saying on stderr what was wrong with them."""
    settings = Settings(Paths.of_user().settings_file, all_options())
    if settings.notice:
        fail(settings.notice)
    return settings


@contextmanager
def open_history() -> Iterator[History]:
    """Open the user's history, saying on stderr what was wrong with it."""
    history = History(Paths.of_user().history_file)
    if history.notice:
        fail(history.notice)
    try:
        yield history
    finally:
        history.close()
