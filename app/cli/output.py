"""What commands share: how they print, report progress and end."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from typing import Any, Final

import click

from app.core.errors import PaperdeskError
from app.core.i18n import tr
from app.core.logs import set_up_logging
from app.core.paths import Paths

INTERRUPTED: Final = 130
FAILURE: Final = 1

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")


def print_json(value: Any) -> None:
    """Print one JSON value on a line."""
    click.echo(json.dumps(value, ensure_ascii=False))


def fail(text: str) -> None:
    """Print an error on stderr."""
    click.echo(f"paperdesk: {text}", err=True)


def guarded(run: Callable[[], Any]) -> int:
    """Run the command line and return its exit code; whatever happens, no traceback reaches the user."""
    try:
        run()
    except PaperdeskError as error:
        fail(str(error))
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        fail(tr("stopped."))
        return INTERRUPTED
    except Exception as error:  # the last resort: a sentence for the user, the rest for the log
        _fail_unexpectedly(error)
        return FAILURE
    return 0


def _fail_unexpectedly(error: Exception) -> None:
    """Write the traceback to the log and one sentence on stderr."""
    paths = Paths.of_user()
    if set_up_logging(paths) is None:
        fail(tr("an unexpected error: {error}.", error=repr(error)))
        return
    logging.getLogger("app.cli").error("the command failed", exc_info=error)
    fail(tr("an unexpected error: {error}. The log is in {path}.", error=repr(error), path=paths.logs))


class ConsoleProgress:
    """Progress on one line of stderr, when that is a terminal; quiet otherwise."""

    def __init__(self) -> None:
        self._shown = 0.0
        self._is_terminal = sys.stderr.isatty()

    def report(self, done: float, total: float | None = None, text: str = "") -> None:
        """Show how far the work is, at most ten times a second."""
        now = time.monotonic()
        if not self._is_terminal or (now - self._shown < 0.1 and done != total):  # noqa: PLR2004
            return
        self._shown = now
        share = f"{done / total:4.0%} " if total else ""
        click.echo(f"\r\x1b[K{share}{text}", nl=False, err=True)
        if done == total:
            click.echo("\r\x1b[K", nl=False, err=True)
