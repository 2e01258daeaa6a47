"""`paperdesk`: without a command the window, with one the command line."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Final

import click

from app import __version__
from app.cli.output import guarded
from app.core.display import has_display
from app.core.errors import PaperdeskError
from app.core.i18n import LANGUAGES, set_language, tr
from app.core.paths import Paths
from app.registry import TOOLS, load

DESK: Final[Mapping[str, str]] = {
    "capture": "app.cli.capture:capture",
    "completion": "app.cli.completion:completion",
    "history": "app.cli.history:history",
    "look-up": "app.cli.look_up:look_up",
    "models": "app.cli.models:models",
    "settings": "app.cli.settings:settings",
}
"""The desk's own commands; those of the tools come from the registry. Each is imported when it is used."""


_LANGUAGE: Final = re.compile(
    r"""^\[general\]\s*$ (?:\n(?!\[).*)*? \n\s*language\s*=\s*["'](?P<value>\w+)["']""", re.MULTILINE | re.VERBOSE
)
"""The setting general.language in the file, in its own table."""


class LazyGroup(click.Group):
    """A group that imports a command only when it is called or its help is shown."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, tools first."""
        return [tool.key for tool in TOOLS] + sorted(DESK)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command."""
        parts = {**DESK, **{tool.key: tool.cli for tool in TOOLS}}
        command: click.Command | None = load(parts[cmd_name]) if cmd_name in parts else None
        return command


@click.group(cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="paperdesk")
@click.option("--lang", type=click.Choice(list(LANGUAGES)), help="Language of the messages.")
@click.option("--hidden", is_flag=True, help="Start the window in the tray.")
@click.pass_context
def cli(context: click.Context, lang: str | None, hidden: bool) -> None:
    """Paperdesk: a desk for people who write research papers, offline.

    Without a command it opens the window.
    """
    set_language(lang or configured_language())
    if context.invoked_subcommand is None:
        context.exit(open_window(hidden=hidden))


def configured_language() -> str:
    """Return the language chosen in the settings, without parsing more than that one line of the file."""
    try:
        text = Paths.of_user().settings_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return "system"
    found = _LANGUAGE.search(text)
    return found["value"] if found else "system"


def open_window(*, hidden: bool = False, capture: bool = False) -> int:
    """Open the window, or raise the one that is there, and return the exit code."""
    if not has_display():
        raise PaperdeskError(
            tr(
                "there is no screen to open a window on. The command line works without one: "
                "paperdesk formula picture.png; paperdesk --help shows all commands."
            )
        )
    from app.ui.application import run_app  # noqa: PLC0415 - the command line starts without Qt

    code: int = run_app(hidden=hidden, capture=capture)
    return code


def main() -> None:
    """Run the command line and exit."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    code: list[int] = []
    failure = guarded(lambda: code.append(cli.main(prog_name="paperdesk", standalone_mode=False) or 0))
    sys.exit(failure or (code[0] if code else 0))
