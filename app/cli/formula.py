"""`paperdesk formula`: pictures of formulas to LaTeX.

What reads pictures is imported when it is used: help and completion of the shell have to come at once.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli.context import open_history, open_settings
from app.cli.input import read_source
from app.cli.output import ConsoleProgress, fail, json_option, print_json
from app.core.clipboard import copy_text
from app.core.errors import InputError, StorageError
from app.core.files import shown_name
from app.core.i18n import tr
from app.formula.formats import FORMATS
from app.formula.options import BATCH_SIZE

if TYPE_CHECKING:
    from PIL import Image

    from app.core.history import History
    from app.formula.engine import Answer
    from app.formula.service import Recogniser


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
    """Print the LaTeX of each FILE on a line ("read" may be left out).

    The line of a picture that cannot be read stays empty.
    """
    recogniser = _recogniser()
    printed, code = [], 0
    with ExitStack() as stack:
        keeper = _Keeper(stack, wanted=keep)
        for name in files:
            try:
                picture, answer = _read(name, recogniser)
            except InputError as error:
                code = error.exit_code
                _report(name, error, as_json=as_json)
                continue
            text = FORMATS[form].convert(answer.latex)
            printed.append(text)
            if as_json:
                print_json(as_dictionary(name, answer, text))
            else:
                click.echo(" ".join(text.split()))
            keeper.keep(picture, answer)
    if copy and printed:
        copy_text("\n".join(printed))
    context.exit(code or keeper.exit_code)


class _Keeper:
    """Keeps answers in the history; an answer that cannot be kept has been printed all the same."""

    def __init__(self, stack: ExitStack, *, wanted: bool) -> None:
        self.exit_code = 0
        self._history: History | None = None
        if wanted:
            try:
                self._history = stack.enter_context(open_history())
            except StorageError as error:
                self._stop(error)

    def keep(self, picture: Image.Image, answer: Answer) -> None:
        """Save an answer, or say on stderr why that is not possible."""
        from app.formula.thumbnail import thumbnail  # noqa: PLC0415 - see above

        if self._history is None:
            return
        detail = {"confidence": answer.confidence, "engine": answer.engine, "seconds": answer.seconds, "source": "cli"}
        try:
            self._history.add("formula", answer.latex, detail=detail, thumbnail=thumbnail(picture))
        except StorageError as error:
            self._stop(error)

    def _stop(self, error: StorageError) -> None:
        """Say why nothing is kept any more, once."""
        fail(str(error))
        self._history = None
        self.exit_code = error.exit_code


def _recogniser() -> Recogniser:
    """Return the recogniser of the user's settings with its engine loaded."""
    from app.formula.service import Recogniser  # noqa: PLC0415 - see above

    recogniser = Recogniser(open_settings())
    recogniser.load()
    return recogniser


def _read(name: str, recogniser: Recogniser) -> tuple[Image.Image, Answer]:
    from app.formula.picture import open_picture  # noqa: PLC0415 - see above

    picture = open_picture(read_source(name))
    return picture, recogniser.read(picture)


def _report(name: str, error: InputError, *, as_json: bool) -> None:
    """Print what is wrong with a picture where its LaTeX would be, and on stderr with its name."""
    from app.formula.engine import NoFormula  # noqa: PLC0415 - see above

    if as_json:
        print_json({"image": name, "error": str(error)})
    else:
        click.echo()
    fail(f"{shown_name(Path(name))}: {error}" if isinstance(error, NoFormula) else str(error))


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
@json_option
@click.pass_context
def batch(
    context: click.Context, folder: Path, out: Path, recursive: bool, batch_size: int, as_json: bool
) -> None:  # fmt: skip
    """Read every picture in FOLDER; started again, it goes on with those that are not in the file yet."""
    from app.formula.batch import read_folder  # noqa: PLC0415 - see above

    if not folder.is_dir():
        raise InputError(tr("There is no folder {path}.", path=folder))
    summary = read_folder(
        folder, out, _recogniser(), recursive=recursive, batch_size=batch_size, progress=ConsoleProgress()
    )
    counts = asdict(summary)
    if as_json:
        print_json(counts)
    click.echo(tr("{read} read, {failed} failed, {before} were there before.", **counts), err=True)
    context.exit(InputError.exit_code if summary.failed else 0)
