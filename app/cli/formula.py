"""`paperdesk formula`: pictures of formulas to LaTeX.

What reads pictures is imported when it is used: help and completion of the shell have to come at once.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.cli.context import open_history, open_settings
from app.cli.input import read_source
from app.cli.output import ConsoleProgress, fail, json_option, print_json
from app.core.clipboard import copy_text
from app.core.errors import InputError, StorageError
from app.core.files import shown_name, write_atomic
from app.core.i18n import tr
from app.core.paths import Paths
from app.formula.copying import FORMS, on_one_line, written
from app.formula.devices import DEVICES
from app.formula.engine import MOST_CANDIDATES
from app.formula.options import BATCH_SIZE

if TYPE_CHECKING:
    from PIL import Image

    from app.core.history import History
    from app.formula.batch import Workers
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


engine_option = click.option("--engine", type=click.Choice(["onnx", "pix2tex"]), help="What reads; else the setting.")
device_option = click.option(
    "--device", type=click.Choice(list(DEVICES)), help="What the model computes on; else the setting."
)  # fmt: skip


@formula.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="latex", show_default=True)
@click.option("--candidates", type=click.IntRange(1, MOST_CANDIDATES), default=1, help="Answers to each picture.")
@click.option("--out", type=click.Path(path_type=Path), help="Write what would be printed to this file.")
@engine_option
@device_option
@click.option("--copy", is_flag=True, help="Copy the answer to the clipboard, too.")
@click.option(
    "--history/--no-history", "keep", default=True, help="Keep the answers in the history.", show_default=True
)
@json_option
@click.pass_context
def read(context: click.Context, /, files: tuple[str, ...], **options: Any) -> None:
    """Print the LaTeX of each FILE on a line ("read" may be left out).

    The line of a picture that cannot be read stays empty. With several candidates the line of a picture holds the
    best one, and those after it follow on lines of their own, a tab before each. A region of a PDF is named
    paper.pdf#page=3&box=72,100,300,140: left, top, right, bottom in points from the upper left corner.
    """
    job = _Reading(**options)
    with ExitStack() as stack:
        keeper = _Keeper(stack, wanted=job.keep)
        for name in files:
            try:
                picture, answer = job.read(name)
                keeper.keep(picture, answer)
                job.show(name, answer)
            except InputError as error:
                job.report(name, error)
    job.finish()
    context.exit(job.code or keeper.exit_code)


@dataclass
class _Reading:
    """One call of `read`: its options, and what was printed so far."""

    form: str
    candidates: int
    out: Path | None
    engine: str | None
    device: str | None
    copy: bool
    keep: bool
    as_json: bool
    code: int = 0
    texts: list[str | bytes] = field(default_factory=list)

    @cached_property
    def recogniser(self) -> Recogniser:
        """The recogniser with its engine loaded."""
        return _recogniser(self.engine, self.device)

    def read(self, name: str) -> tuple[Image.Image, Answer]:
        """Return a picture and its answer. Raises `InputError`."""
        picture = _open(name)
        return picture, self.recogniser.read(picture)

    def show(self, name: str, answer: Answer) -> None:
        """Print an answer, or keep it for the file. Raises `FormError`."""
        found = [each.latex for each in answer.candidates[: self.candidates]] or [answer.latex]
        whole = [written(self.form, latex) for latex in found]
        self.texts += whole
        if self.as_json:
            print_json(self._row(name, answer, whole))
        elif self.out is None:
            for number, latex in enumerate(found):
                click.echo("\t" * (number > 0) + on_one_line(self.form, latex))

    def report(self, name: str, error: InputError) -> None:
        """Print what is wrong with a picture where its LaTeX would be, and on stderr with its name."""
        from app.formula.engine import NoFormula  # noqa: PLC0415 - see above

        self.code = error.exit_code
        if self.as_json:
            print_json({"image": name, "error": str(error)})
        elif self.out is None:
            click.echo()
        fail(f"{shown_name(Path(name))}: {error}" if isinstance(error, NoFormula) else str(error))

    def finish(self) -> None:
        """Write the file and the clipboard that were asked for."""
        if self.out is not None and self.texts:
            if len(self.texts) > 1 and isinstance(self.texts[0], bytes):
                raise InputError(tr("Pictures of several formulas do not fit one file. Read them one by one."))
            write_atomic(self.out, b"\n".join(text.encode() if isinstance(text, str) else text for text in self.texts))
        if self.copy and self.texts:
            if isinstance(self.texts[0], bytes):
                raise InputError(tr("The command line copies text only. Write the picture to a file with --out."))
            copy_text("\n".join(str(text) for text in self.texts))

    def _row(self, name: str, answer: Answer, whole: list[str | bytes]) -> dict[str, Any]:
        """Return an answer as JSON shows it."""
        row = as_dictionary(name, answer, whole[0])
        if self.candidates > 1:
            row["candidates"] = [
                {"latex": each.latex, "text": _text(text), "confidence": round(each.confidence, 4)}
                for each, text in zip(answer.candidates, whole, strict=False)
            ]
        return row


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


def _recogniser(engine: str | None, device: str | None) -> Recogniser:
    """Return the recogniser of the user's settings and of these options, with its engine loaded."""
    from app.formula.service import Recogniser  # noqa: PLC0415 - see above

    recogniser = Recogniser(open_settings(), engine=engine or "", device=device or "")
    recogniser.load()
    return recogniser


def _open(name: str) -> Image.Image:
    """Return the picture of a name: a file, a region of a PDF, standard input or the clipboard."""
    from app.formula.pdf import Document, address  # noqa: PLC0415 - see above
    from app.formula.picture import open_picture  # noqa: PLC0415 - see above

    if (region := address(name)) is None:
        return open_picture(read_source(name))
    with Document(Path(region[0])) as document:
        return document.region(region[1])


def _text(text: str | bytes) -> str:
    """Return what JSON shows of a form: pictures in base 64."""
    return text if isinstance(text, str) else base64.b64encode(text).decode("ascii")


def as_dictionary(name: str, answer: Answer, text: str | bytes) -> dict[str, Any]:
    """Return an answer as JSON shows it."""
    return {
        "image": name,
        "latex": answer.latex,
        "text": _text(text),
        "confidence": round(answer.confidence, 4),
        "engine": answer.engine,
        "seconds": round(answer.seconds, 4),
    }


@formula.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="JSON lines; existing ones are kept.")
@click.option("--recursive", is_flag=True, help="Folders in the folder, too.")
@click.option("--regions", type=click.Path(path_type=Path), help="Read these regions of PDF files in FOLDER.")
@click.option("--batch-size", type=click.IntRange(1, 256), default=BATCH_SIZE, show_default=True)
@click.option("--workers", type=click.IntRange(0, 256), default=0, help="Processes of this machine; 0: this one.")
@click.option("--scheduler", default="", metavar="ADDRESS", help="A Dask cluster, such as tcp://host:8786.")
@engine_option
@device_option
@json_option
@click.pass_context
def batch(
    context: click.Context, /, folder: Path, out: Path, batch_size: int, as_json: bool, **options: Any
) -> None:  # fmt: skip
    """Read every picture in FOLDER; started again, it goes on with those that are not in the file yet.

    The file of --regions holds JSON lines such as {"pdf": "paper.pdf", "page": 3, "box": [72, 100, 300, 140]}: left,
    top, right, bottom in points (1/72 inch) from the upper left corner of the page.
    """
    from app.formula.batch import pictures, read_all, regions  # noqa: PLC0415 - see above

    if not folder.is_dir():
        raise InputError(tr("There is no folder {path}.", path=folder))
    chosen = options["regions"]
    names = regions(chosen) if chosen else pictures(folder, recursive=options["recursive"])
    with _workers(options) as workers:
        summary = read_all(folder, names, out, workers, batch_size=batch_size, progress=ConsoleProgress())
    counts = asdict(summary)
    if as_json:
        print_json(counts)
    click.echo(tr("{read} read, {failed} failed, {before} were there before.", **counts), err=True)
    context.exit(InputError.exit_code if summary.failed else 0)


@contextmanager
def _workers(options: dict[str, Any]) -> Iterator[Workers]:
    """Use who is to read: this process, some processes, or a cluster."""
    from app.formula.batch import Here  # noqa: PLC0415 - see above

    workers, scheduler, engine = options["workers"], options["scheduler"], options["engine"]
    if not workers and not scheduler:
        recogniser = _recogniser(engine, options["device"])
        yield Here(recogniser, recogniser.load().name)
        return
    if (engine or "onnx") != "onnx" or options["device"]:
        raise InputError(tr("Several processes read with Paperdesk's own model on processors only."))
    from app.formula.cluster import cluster  # noqa: PLC0415 - an extra

    width = open_settings().integer("formula.beam_width")
    with cluster(workers=workers, scheduler=scheduler, beam_width=width) as found:
        yield found


@formula.command("install-pix2tex")
@click.option("--remove", is_flag=True, help="Delete it instead.")
def install_pix2tex(remove: bool) -> None:
    """Install the engine pix2tex with its weights, about 3 GB, apart from everything else."""
    from app.formula import pix2tex_environment  # noqa: PLC0415 - seldom used

    paths = Paths.of_user()
    if remove:
        pix2tex_environment.remove(paths)
        return
    pix2tex_environment.install(paths, ConsoleProgress())
    click.echo(tr("pix2tex is installed. Use it with --engine pix2tex, or choose it in the settings."), err=True)
