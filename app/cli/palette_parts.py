"""What the commands of `paperdesk palette` share: options, reading a source, showing measures, delivering a theme."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from app.cli.output import fail
from app.core.errors import InputError
from app.core.i18n import tr

if TYPE_CHECKING:
    from app.palette import Palette, Report, Standard, Theme

KINDS: Final = ("qualitative", "sequential", "diverging", "cyclic")
MODELS: Final = ("machado", "brettel", "vienot")
USES: Final = ("blind", "print", "copy", "screen")
"""What ColorBrewer judges its palettes for."""
VISIONS: Final = ("normal", "protan", "deutan", "tritan", "grey")
_STANDARD: Final = ("limit", "model", "severity", "background")
_BAR: Final = "   "
"""What a colour is shown by in a terminal."""

Decorator = Callable[[Any], Any]


def _all_of(*options: Decorator) -> Decorator:
    """Return one decorator for options that several commands have."""

    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


background_option = click.option("--background", default="#ffffff", show_default=True, help="Colour behind the figure.")
standard_options = _all_of(
    click.option("--limit", type=float, default=10.0, show_default=True, help="Smallest distance (CAM02-UCS) wanted."),
    click.option("--model", type=click.Choice(MODELS), default="machado", show_default=True),
    click.option("--severity", type=float, default=1.0, show_default=True, help="Of the colour blindness, 0 to 1."),
    background_option,
)
theme_options = _all_of(
    click.option("--name", default="", help="What to call the result; default: the name of the source."),
    click.option("--sequential", help="Palette, or two or three colours, for ramps."),
    click.option("--diverging", help="Palette, or two or three colours, for ramps with a middle."),
    click.option("--marks", is_flag=True, help="Markers, dashes and hatches that cycle with the colours."),
)
replace_option = click.option(
    "--replace", is_flag=True, help="Replace files of that name; the old ones are kept beside them."
)
export_options = _all_of(
    click.option("--export", "formats", default="", help="Formats, with commas between; see palette export --help."),
    click.option("--out", type=click.Path(path_type=Path), default=Path(), help="Folder for the files."),
    replace_option,
)
seed_option = click.option("--seed", type=click.IntRange(0), default=0, help="Another seed, another answer.")
kind_option = click.option(
    "--kind", type=click.Choice(KINDS), help="What the order means; default: what the catalogue says."
)
count_option = click.option("--count", type=click.IntRange(2, 256), help="So many of the colours.")


def read_source(
    source: str, *, count: int | None = None, kind: str | None = None, background: str = "#ffffff"
) -> Palette:
    """Return the palette that SOURCE names, or so many colours of it, as of a kind. Raises `InputError`."""
    from app.palette import Kind, find, read_palette  # noqa: PLC0415 - help has to come at once

    found = read_palette(source, background)
    if count is not None and count != len(found):
        try:
            found = find(source).at(count)
        except InputError:
            found = found.sampled(count)
    return found.of_kind(Kind(kind)) if kind else found


def standard(given: dict[str, Any], **needs: bool) -> Standard:
    """Take what `standard_options` gave out of the arguments of a command and return it. Raises `InputError`."""
    from app.palette import Model, Standard, parse_hex  # noqa: PLC0415 - see above

    limit, model, severity, background = (given.pop(key) for key in _STANDARD)
    return Standard(limit, Model(model), severity, parse_hex(background), **needs)


def swatches(shown: Palette) -> str:
    """Return the colours themselves where a terminal shows them."""
    return "  " + "".join(map(swatch, shown.colours)) if sys.stdout.isatty() else ""


def swatch(colour: str) -> str:
    """Return a blank on this colour."""
    red, green, blue = bytes.fromhex(colour[1:])
    return click.style(_BAR, bg=(red, green, blue))


def as_dictionary(report: Report) -> dict[str, Any]:
    """Return all measures as JSON shows them; places of colours count from 1."""
    from app.palette import sentences  # noqa: PLC0415 - see above

    vision, worst = report.worst
    return {
        "name": report.palette.name,
        "kind": report.palette.kind.value,
        "colours": list(report.palette.colours),
        "safe": report.is_safe,
        "distance": round(report.distance, 2),
        "limit": report.limit,
        "worst": {"vision": vision.value, "pair": [worst.first + 1, worst.second + 1]},
        "smallest": [
            {
                "vision": reader.value,
                "model": model.value,
                "pair": [pair.first + 1, pair.second + 1],
                "distance": round(pair.distance, 2),
            }
            for (reader, model), pair in report.pairs.items()
        ],
        "grey": {"keeps": report.keeps_grey, "step": round(report.grey.distance, 2)},
        "contrast": [round(value, 2) for value in report.contrasts],
        "evenness": round(report.ramp.evenness, 3) if report.ramp else None,
        "asymmetry": round(report.ramp.asymmetry, 2) if report.ramp else None,
        "colorbrewer": asdict(report.palette.flags) if report.palette.flags else None,
        "verdict": sentences(report),
    }


@dataclass(frozen=True)
class Look:
    """What `theme_options` and `background_option` gave: how a palette becomes a theme."""

    name: str
    sequential: str | None
    diverging: str | None
    marks: bool
    background: str = "#ffffff"

    def theme(self, source: Palette) -> Theme:
        """Return the theme. Raises `InputError` for a ramp that is none."""
        from app.palette import Theme, parse_hex  # noqa: PLC0415 - see above

        return Theme.of(
            source,
            self.name,
            sequential=_given_ramp(self.sequential, "sequential"),
            diverging=_given_ramp(self.diverging, "diverging"),
            background=parse_hex(self.background),
            with_marks=self.marks,
        )


def _given_ramp(text: str | None, kind: str) -> Palette | None:
    """Return the ramp that a palette of the catalogue or a few colours stand for."""
    from app.palette import find  # noqa: PLC0415 - see above

    if not text:
        return None
    return ramp_of(text, kind) if "," in text or text.startswith("#") else find(text).largest


def ramp_of(colours: str, kind: str, count: int = 256, name: str = "") -> Palette:
    """Return the ramp through colours with commas or blanks between. Raises `InputError`."""
    from app.palette import Kind, parse_hex, ramp  # noqa: PLC0415 - see above

    return ramp([parse_hex(colour) for colour in colours.replace(",", " ").split()], Kind(kind), count, name)


def write_theme(theme: Theme, formats: str, out: Path, *, replace: bool) -> list[str]:
    """Export a theme, saying on stderr where old files are kept; return the paths. Raises `PaperdeskError`."""
    from app.palette import export  # noqa: PLC0415 - see above

    keys = [key.strip() for key in formats.split(",") if key.strip()]
    done = ask_to_replace(lambda anyway: export(theme, keys, out, replace=anyway), replace=replace)
    for each in done:
        if each.backup:
            tell_backup(each.backup)
    return [str(each.path) for each in done]


def tell_backup(path: Path) -> None:
    """Say where an old file is kept."""
    fail(tr("the old file is kept as {path}.", path=path))


def ask_to_replace(write: Callable[[bool], Any], *, replace: bool) -> Any:
    """Write; where files of that name exist, ask the user at a terminal whether to replace them."""
    from app.palette import NameTaken  # noqa: PLC0415 - see above

    try:
        return write(replace)
    except NameTaken as taken:
        if not sys.stdin.isatty():
            raise
        names = ", ".join(path.name for path in taken.paths)
        click.confirm(tr("{names} exists. Replace it and keep the old file?", names=names), abort=True)
        return write(True)
