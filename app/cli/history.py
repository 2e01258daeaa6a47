"""`paperdesk history`: every result of every tool."""

from __future__ import annotations

from typing import Any

import click

from app.cli.context import open_history
from app.cli.output import json_option, print_json
from app.core.clipboard import copy_text
from app.core.errors import InputError
from app.core.history import Entry, History
from app.core.i18n import tr

NUMBER = click.IntRange(1, 2**63 - 1)
"""What SQLite can have as a number of a row."""
ids_argument = click.argument("ids", type=NUMBER, nargs=-1, required=True, metavar="ID...")
id_argument = click.argument("number", type=NUMBER, metavar="ID")


@click.group()
def history() -> None:
    """List, search, copy, pin and delete earlier results."""


@history.command("list")
@click.argument("words", nargs=-1)
@click.option("--tool", help="Only results of this tool.")
@click.option("--pinned", is_flag=True, help="Only pinned results.")
@click.option("--limit", type=NUMBER, default=20, show_default=True)
@json_option
def list_entries(words: tuple[str, ...], tool: str | None, pinned: bool, limit: int, as_json: bool) -> None:
    """List the newest results, or those that hold all WORDS."""
    with open_history() as store:
        for entry in store.search(" ".join(words), tool=tool, pinned=pinned, limit=limit):
            if as_json:
                print_json(as_dictionary(entry))
            else:
                mark = "*" if entry.pinned else " "
                click.echo(f"{entry.id:>6}{mark} {entry.created.astimezone():%Y-%m-%d %H:%M}  {one_line(entry.text)}")


@history.command()
@id_argument
@json_option
def show(number: int, as_json: bool) -> None:
    """Print one result."""
    with open_history() as store:
        entry = existing(store, number)
    if as_json:
        print_json(as_dictionary(entry))
    else:
        click.echo(entry.text)


@history.command()
@id_argument
@json_option
def copy(number: int, as_json: bool) -> None:
    """Copy one result to the clipboard."""
    with open_history() as store:
        entry = existing(store, number)
    copy_text(entry.text)
    if as_json:
        print_json(as_dictionary(entry))


@history.command()
@ids_argument
@json_option
def pin(ids: tuple[int, ...], as_json: bool) -> None:
    """Keep results on top and for ever."""
    with open_history() as store:
        store.set_pinned(checked(store, ids), pinned=True)
        _print_changed(store, ids, as_json=as_json)


@history.command()
@ids_argument
@json_option
def unpin(ids: tuple[int, ...], as_json: bool) -> None:
    """Let pinned results go their way."""
    with open_history() as store:
        store.set_pinned(checked(store, ids), pinned=False)
        _print_changed(store, ids, as_json=as_json)


@history.command()
@ids_argument
@json_option
def delete(ids: tuple[int, ...], as_json: bool) -> None:
    """Delete results; `restore` brings them back until the window is next started."""
    with open_history() as store:
        _print_changed(store, checked(store, ids), as_json=as_json)
        store.delete(ids)


@history.command()
@ids_argument
@json_option
def restore(ids: tuple[int, ...], as_json: bool) -> None:
    """Bring deleted results back."""
    with open_history() as store:
        store.restore(ids)
        _print_changed(store, checked(store, ids), as_json=as_json)


def _print_changed(store: History, ids: tuple[int, ...], *, as_json: bool) -> None:
    """Print the results that a command changes, as JSON if that was asked for."""
    if as_json:
        for number in ids:
            print_json(as_dictionary(existing(store, number)))


def existing(store: History, number: int) -> Entry:
    """Return the result with this id. Raises `InputError` when there is none."""
    entry = store.get(number)
    if entry is None:
        raise InputError(tr("There is no result {number} in the history.", number=number))
    return entry


def checked(store: History, ids: tuple[int, ...]) -> tuple[int, ...]:
    """Return `ids`. Raises `InputError` when one of them is not in the history."""
    for number in ids:
        existing(store, number)
    return ids


def as_dictionary(entry: Entry) -> dict[str, Any]:
    """Return a result as JSON shows it."""
    return {
        "id": entry.id,
        "tool": entry.tool,
        "created": entry.created.isoformat(timespec="seconds"),
        "text": entry.text,
        "pinned": entry.pinned,
        "detail": entry.detail,
    }


def one_line(text: str) -> str:
    """Return `text` on one line."""
    return " ".join(text.split())
