"""`paperdesk models`: big files that come when they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from app.cli.output import ConsoleProgress, fail, json_option, print_json
from app.core.i18n import tr
from app.core.paths import Paths

if TYPE_CHECKING:
    from app.core.models import ModelStore


@click.group()
def models() -> None:
    """List, install and remove downloadable models."""


@models.command("list")
@json_option
def list_models(as_json: bool) -> None:
    """List the models, their size, licence and whether they are installed."""
    store = _store()
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
@json_option
def install(key: str, as_json: bool) -> None:
    """Download the model KEY and print where it is; an interrupted download goes on."""
    path = _store().install(key, ConsoleProgress())
    if as_json:
        print_json({"key": key, "path": str(path)})
    else:
        click.echo(path)


@models.command()
@click.argument("key")
@json_option
def remove(key: str, as_json: bool) -> None:
    """Delete the model KEY."""
    removed = _store().remove(key)
    if as_json:
        print_json({"key": key, "removed": removed})
    elif not removed:
        fail(tr("{key} was not installed.", key=key))


def _store() -> ModelStore:
    from app.core.model_table import model_store  # noqa: PLC0415 - help has to come without loading what downloads

    return model_store(Paths.of_user())
