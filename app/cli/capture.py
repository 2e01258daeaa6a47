"""`paperdesk capture`: for a key of the desktop's own settings."""

from __future__ import annotations

import click

from app.core import instance
from app.core.paths import Paths


@click.command()
def capture() -> None:
    """Choose a region of the screen: in the running program, or in a new one."""
    if not instance.send(instance.CAPTURE, Paths.of_user()):
        from app.cli.main import open_window  # noqa: PLC0415 - main imports this module by name

        click.get_current_context().exit(open_window(hidden=True, capture=True))
