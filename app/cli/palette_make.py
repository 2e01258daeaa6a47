"""The commands of `paperdesk palette` that make something: palettes, themes, previews."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from app.cli.output import ConsoleProgress, json_option, print_json
from app.cli.palette_parts import (
    KINDS,
    VISIONS,
    Look,
    as_dictionary,
    ask_to_replace,
    background_option,
    count_option,
    export_options,
    kind_option,
    ramp_of,
    read_source,
    replace_option,
    seed_option,
    standard,
    standard_options,
    tell_backup,
    theme_options,
    write_theme,
)
from app.core.errors import InputError
from app.core.i18n import tr

if TYPE_CHECKING:
    from app.palette import Palette, Standard, Theme


_SHEET_SCALE: Final = 2.0
"""Pixels of a picture to each of the window: as sharp as print needs."""


@click.command()
@click.argument("count", type=int)
@standard_options
@click.option("--pin", "pins", multiple=True, metavar="COLOUR", help="A colour that it has to have; repeat for more.")
@click.option("--hue", "hues", multiple=True, metavar="COLOUR", help="A hue that it has to have, by an example.")
@click.option("--lightness", type=(float, float), default=(35, 85), show_default=True, help="Least and greatest J'.")
@click.option("--colourfulness", type=float, default=40, show_default=True, help="Greatest; 46 is the most there is.")
@click.option("--contrast", type=float, default=1, help="Least contrast with the background; 3 for thin lines.")
@seed_option
@theme_options
@export_options
@json_option
def make(count: int, pins: Sequence[str], hues: Sequence[str], seed: int, **rest: Any) -> None:
    """Make COUNT colours that differ as much as can be to every reader."""
    from app.palette import Wishes, hue_of, parse_hex  # noqa: PLC0415 - help has to come at once
    from app.palette import make as compute  # noqa: PLC0415

    asked = standard(rest)
    limits = (rest.pop(key) for key in ("lightness", "colourfulness", "contrast"))
    wishes = Wishes(count, tuple(map(parse_hex, pins)), tuple(hue_of(parse_hex(hue)) for hue in hues), *limits)
    made = compute(wishes, asked, seed=seed, name=rest["name"] or f"made{count}", progress=ConsoleProgress())
    _deliver(made, asked, (), **rest)


@click.command()
@click.argument("source")
@standard_options
@count_option
@kind_option
@click.option("--pin", "pins", type=click.IntRange(1), multiple=True, help="Number of a colour that stays, from 1.")
@seed_option
@theme_options
@export_options
@json_option
def repair(source: str, pins: Sequence[int], seed: int, count: int | None, kind: str | None, **rest: Any) -> None:
    """Move the colours of SOURCE as little as possible until every reader can tell them apart.

    A sequential or diverging ramp keeps its hues and gets even steps and a lightness that goes one way.
    """
    from app.palette import repair as compute  # noqa: PLC0415 - see above

    asked = standard(rest)
    broken = read_source(source, count=count, kind=kind, background=asked.background)
    stays = frozenset(pin - 1 for pin in pins)
    done = compute(broken, asked, pinned=stays, seed=seed, progress=ConsoleProgress())
    _deliver(done.palette, asked, done.moved, **rest)


@click.command()
@click.argument("colours")
@click.option("--kind", type=click.Choice(KINDS[1:3]), default="sequential", show_default=True)
@click.option("--count", type=click.IntRange(2, 256), default=256, show_default=True)
@standard_options
@theme_options
@export_options
@json_option
def ramp(colours: str, kind: str, count: int, **rest: Any) -> None:
    """Make a ramp, even to the eye, through one to three COLOURS, such as "fff7bc,d95f0e"."""
    asked = standard(rest)
    _deliver(ramp_of(colours, kind, count, rest["name"] or "ramp"), asked, (), **rest)


def _deliver(done: Palette, asked: Standard, moved: Sequence[float], **rest: Any) -> None:
    """Print a palette that was made, and export it if that was asked for."""
    from app.palette import check  # noqa: PLC0415 - see above

    formats, out, replace, as_json = (rest.pop(key) for key in ("formats", "out", "replace", "as_json"))
    theme = Look(**rest, background=asked.background).theme(done)
    written = write_theme(theme, formats, out, replace=replace) if formats else []
    report = check(done, asked)
    if as_json:
        movement = {"moved": [round(value, 2) for value in moved]} if moved else {}
        print_json({**as_dictionary(report), "colours": list(done.colours), **movement, "files": written})
        return
    click.echo(f"{done.colours[0]} … {done.colours[-1]}" if done.is_continuous else " ".join(done.colours))
    click.echo(tr("smallest distance to any reader: {distance}", distance=f"{report.distance:.1f}"), err=True)
    for path in written:
        click.echo(path)


@click.command()
@click.argument("source")
@click.option("--to", "formats", required=True, help="Formats, with commas between; “all” is every one.")
@click.option("--out", type=click.Path(path_type=Path), default=Path(), help="Folder for the files.")
@count_option
@background_option
@theme_options
@replace_option
@json_option
def export(source: str, formats: str, out: Path, count: int | None, **rest: Any) -> None:
    """Write SOURCE as a theme for other programs.

    Formats: matplotlib, plotly, seaborn, altair, latex, typst, css, json, gimp, ase, r, d3, office, sheets.
    """
    from app.palette import FORMATS  # noqa: PLC0415 - see above

    replace, as_json = rest.pop("replace"), rest.pop("as_json")
    look = Look(**rest)
    theme = look.theme(read_source(source, count=count, background=look.background))
    written = write_theme(theme, ",".join(FORMATS) if formats == "all" else formats, out, replace=replace)
    if as_json:
        print_json({"name": theme.name, "files": written})
    else:
        click.echo("\n".join(written))


@click.command()
@click.argument("source")
@click.argument("program", type=click.Choice(["matplotlib", "plotly"]))
@background_option
@theme_options
@replace_option
@json_option
def install(source: str, program: str, **rest: Any) -> None:
    """Put SOURCE where PROGRAM finds it, and print the lines of Python that use it."""
    from app.palette import install as put  # noqa: PLC0415 - see above

    replace, as_json = rest.pop("replace"), rest.pop("as_json")
    look = Look(**rest)
    theme = look.theme(read_source(source, background=look.background))
    done = ask_to_replace(lambda anyway: put(theme, program, replace=anyway), replace=replace)
    path, backup = done.written.path, done.written.backup
    if backup:
        tell_backup(backup)
    if as_json:
        kept = str(backup) if backup else None
        print_json({"name": theme.name, "path": str(path), "backup": kept, "lines": list(done.lines)})
    else:
        click.echo("\n".join(done.lines))


@click.command()
@click.argument("source")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A page, .html, or a picture, .png.")
@click.option("--data", type=click.Path(path_type=Path), help="Your own table, .csv, or figure of Plotly, .json.")
@click.option("--style", type=click.Path(path_type=Path), help="A style that the picture is drawn in, .mplstyle.")
@click.option("--vision", type=click.Choice(VISIONS), default="normal", show_default=True, help="Eyes; .png only.")
@click.option("--severity", type=click.FloatRange(0, 1), default=1.0, show_default=True)
@background_option
@theme_options
def preview(source: str, out: Path, data: Path | None, **rest: Any) -> None:
    """Show SOURCE on real figures: a page of Plotly for the browser, or a picture by matplotlib."""
    from app.palette import read_table, write_page  # noqa: PLC0415 - see above

    style, vision, severity = (rest.pop(key) for key in ("style", "vision", "severity"))
    look = Look(**rest)
    theme = look.theme(read_source(source, background=look.background))
    suffix = out.suffix.lower()
    if suffix == ".html" and data and data.suffix.lower() == ".json":
        write_page(theme, out, figure=data)
    elif suffix == ".html":
        write_page(theme, out, table=read_table(data) if data else None)
    elif suffix == ".png":
        _write_picture(theme, out, data, style, (vision, severity))
    else:
        raise InputError(tr("A preview is a page, .html, or a picture, .png, not {name}.", name=out.name))
    click.echo(out)


def _write_picture(theme: Theme, out: Path, data: Path | None, style: Path | None, eyes: tuple[str, float]) -> None:
    from app.palette import Gallery, Vision, read_table, style_settings, write_sheet  # noqa: PLC0415 - see above

    table = read_table(data) if data else None
    gallery = Gallery(scale=_SHEET_SCALE, table=table, style=style_settings(style) if style else None)
    write_sheet(gallery.paint(theme, Vision(eyes[0]), eyes[1]), theme.background, out)


MAKERS: Final = (make, repair, ramp, export, install, preview)
