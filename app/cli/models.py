"""`paperdesk models`: big files that come when they are asked for."""

from __future__ import annotations

import click

from app.cli.output import ConsoleProgress, fail, json_option, print_json
from app.core.i18n import tr
from app.core.model_table import model_store
from app.core.paths import Paths


@click.group()
def models() -> None:
    """List, install and remove downloadable models."""


@models.command("list")
@json_option
def list_models(as_json: bool) -> None:
    """List the models, their size, licence and whether they are installed."""
    store = model_store(Paths.of_user())
    for model in store.models.values():
        there = store.installed(model.key)
        if as_json:
            print_json(
                {
                    "key": model.key,
                    "title": model.title,
                    "version": model.version,
                    "licence": model.licence,
                    "bytes": model.size,
                    "installed": there,
                }
            )
        else:
            state = tr("installed") if there else tr("not installed")
            size = f"{model.size / 1e6:.0f} MB"
            click.echo(f"{model.key}  {tr(model.title)} {model.version}, {size}, {model.licence}, {state}")


@models.command()
@click.argument("key")
def install(key: str) -> None:
    """Download the model KEY; an interrupted download goes on."""
    click.echo(model_store(Paths.of_user()).install(key, ConsoleProgress()))


@models.command()
@click.argument("key")
def remove(key: str) -> None:
    """Delete the model KEY."""
    if not model_store(Paths.of_user()).remove(key):
        fail(tr("{key} was not installed.", key=key))
