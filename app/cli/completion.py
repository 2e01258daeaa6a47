"""`paperdesk completion`: scripts that complete commands, options and settings in the shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from app.core.errors import InputError
from app.core.i18n import tr

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the completion script for SHELL.

    \b
    bash: eval "$(paperdesk completion bash)"    in ~/.bashrc
    zsh:  eval "$(paperdesk completion zsh)"     in ~/.zshrc
    fish: paperdesk completion fish > ~/.config/fish/completions/paperdesk.fish
    """  # noqa: D301 - click's mark for lines to keep
    completer = get_completion_class(shell)
    if completer is None:
        raise InputError(tr("There is no completion for {shell}.", shell=shell))
    root = click.get_current_context().find_root().command
    click.echo(completer(root, {}, "paperdesk", "_PAPERDESK_COMPLETE").source())
