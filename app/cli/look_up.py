"""`paperdesk look-up`: for a key of the desktop's own settings."""

from __future__ import annotations

import click

from app.core import instance
from app.core.errors import InputError
from app.core.i18n import tr
from app.core.paths import Paths


@click.command("look-up")
def look_up() -> None:
    """Look up the text that is selected in any program, in the running Paperdesk."""
    if not instance.send(instance.LOOK_UP, Paths.of_user()):
        raise InputError(tr("Paperdesk is not running. Start it first: paperdesk"))
