"""`paperdesk settings`: what the preferences show, for the command line."""

from __future__ import annotations

import click

from app.cli.context import open_settings
from app.cli.output import json_option, print_json
from app.core.i18n import tr
from app.core.paths import Paths


@click.group()
def settings() -> None:
    """List and change settings."""


@settings.command("list")
@json_option
def list_settings(as_json: bool) -> None:
    """List every setting with its value and what it is for."""
    store = open_settings()
    shown = [option for option in store.options if not option.hidden]
    if as_json:
        print_json({option.key: store.get(option.key) for option in shown})
        return
    for option in shown:
        allowed = f"  [{', '.join(value for value, _ in option.choices)}]" if option.choices else ""
        click.echo(
            f"{option.key} = {as_text(store.get(option.key))}{allowed}\n    {tr(option.title)}: {tr(option.help)}"
        )


@settings.command("get")
@click.argument("key")
@json_option
def get_setting(key: str, as_json: bool) -> None:
    """Print the value of KEY."""
    value = open_settings().get(key)
    if as_json:
        print_json(value)
    else:
        click.echo(as_text(value))


@settings.command("set")
@click.argument("key")
@click.argument("value")
@json_option
def set_setting(key: str, value: str, as_json: bool) -> None:
    """Set KEY to VALUE. A window that is open takes it over at its next start."""
    store = open_settings()
    store.set(key, value)
    if as_json:
        print_json({key: store.get(key)})


@settings.command()
@click.argument("key")
@json_option
def reset(key: str, as_json: bool) -> None:
    """Go back to the default of KEY."""
    store = open_settings()
    store.reset(key)
    if as_json:
        print_json({key: store.get(key)})


@settings.command()
@json_option
def path(as_json: bool) -> None:
    """Print where the settings are kept."""
    file = Paths.of_user().settings_file
    if as_json:
        print_json(str(file))
    else:
        click.echo(file)


def as_text(value: object) -> str:
    """Return a value as it can be typed."""
    return str(value).lower() if isinstance(value, bool) else str(value)
