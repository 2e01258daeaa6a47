"""`paperdesk formula`: pictures of formulas to LaTeX."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.cli.context import open_history, open_settings
from app.cli.input import read_source
from app.cli.output import ConsoleProgress, fail, json_option, print_json
from app.core.clipboard import copy_text
from app.core.errors import InputError, PaperdeskError
from app.core.history import History
from app.core.i18n import tr
from app.formula.batch import BATCH_SIZE, read_folder
from app.formula.engine import Answer
from app.formula.formats import FORMATS
from app.formula.picture import open_picture
from app.formula.service import Recogniser
from app.formula.thumbnail import thumbnail


class FilesOrCommand(click.Group):
    """A group whose arguments are files unless the first one is the name of a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command that reads files before arguments that begin with something else."""
        if args and args[0] not in (*self.commands, "-h", "--help"):
            args = ["read", *args]
        return super().parse_args(ctx, args)


@click.group(cls=FilesOrCommand, no_args_is_help=True)
def formula() -> None:
    """Turn pictures of formulas into LaTeX.

    \b
    paperdesk formula FILE...       one line of LaTeX for each picture; - is standard input, clipboard the clipboard
    paperdesk formula batch FOLDER  a whole folder, to a file of JSON lines
    """  # noqa: D301 - click's mark for lines to keep


@formula.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="latex", show_default=True)
@click.option("--copy", is_flag=True, help="Copy the LaTeX to the clipboard, too.")
@click.option(
    "--history/--no-history", "keep", default=True, help="Keep the answers in the history.", show_default=True
)
@json_option
@click.pass_context
def read(context: click.Context, files: tuple[str, ...], form: str, copy: bool, keep: bool, as_json: bool) -> None:
    """Print the LaTeX of each FILE on a line ("read" may be left out)."""
    recogniser = Recogniser(open_settings())
    printed, code = [], 0
    with open_history() as history:
        for name in files:
            try:
                answer = _read(name, recogniser, history if keep else None)
            except PaperdeskError as error:
                code = max(code, error.exit_code)
                _report(name, error, as_json=as_json)
                continue
            text = FORMATS[form].convert(answer.latex)
            printed.append(text)
            if as_json:
                print_json(as_dictionary(name, answer, text))
            else:
                click.echo(" ".join(text.split()))
    if copy and printed:
        copy_text("\n".join(printed))
    context.exit(code)


def _read(name: str, recogniser: Recogniser, history: History | None) -> Answer:
    picture = open_picture(read_source(name))
    answer = recogniser.read(picture)
    if history:
        detail = {"confidence": answer.confidence, "engine": answer.engine, "seconds": answer.seconds, "source": "cli"}
        history.add("formula", answer.latex, detail=detail, thumbnail=thumbnail(picture))
    return answer


def _report(name: str, error: PaperdeskError, *, as_json: bool) -> None:
    if as_json:
        print_json({"image": name, "error": str(error)})
    fail(str(error))


def as_dictionary(name: str, answer: Answer, text: str) -> dict[str, Any]:
    """Return an answer as JSON shows it."""
    return {
        "image": name,
        "latex": answer.latex,
        "text": text,
        "confidence": round(answer.confidence, 4),
        "engine": answer.engine,
        "seconds": round(answer.seconds, 4),
    }


@formula.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="JSON lines; existing ones are kept.")
@click.option("--recursive", is_flag=True, help="Folders in the folder, too.")
@click.option("--batch-size", type=click.IntRange(1, 256), default=BATCH_SIZE, show_default=True)
@click.pass_context
def batch(context: click.Context, folder: Path, out: Path, recursive: bool, batch_size: int) -> None:
    """Read every picture in FOLDER; started again, it goes on with those that are not in the file yet."""
    if not folder.is_dir():
        raise InputError(tr("There is no folder {path}.", path=folder))
    recogniser = Recogniser(open_settings())
    summary = read_folder(
        folder, out, recogniser, recursive=recursive, batch_size=batch_size, progress=ConsoleProgress()
    )
    text = tr("{read} read, {failed} failed, {before} were there before.", **summary.__dict__)
    click.echo(text, err=True)
    context.exit(InputError.exit_code if summary.failed else 0)
