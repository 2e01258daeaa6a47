"""`paperdesk palette`: colours that every reader can tell apart, measured, made, repaired and exported.

What computes is imported when it is used: help and completion of the shell have to come at once.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from app.cli.output import json_option, print_json
from app.cli.palette_make import MAKERS
from app.cli.palette_parts import (
    KINDS,
    USES,
    as_dictionary,
    count_option,
    kind_option,
    read_source,
    standard,
    standard_options,
    swatch,
    swatches,
)

if TYPE_CHECKING:
    from app.palette import Report, Scheme


@click.group()
def palette() -> None:
    """Colours that every reader can tell apart, exported as themes that load.

    A SOURCE is a palette of the catalogue ("Set2"), colours ("1b9e77,d95f02"), or a file: .mplstyle, Plotly .json, a
    picture of a figure, .svg, .gpl, .ase or a list.
    """


@dataclass(frozen=True)
class _Filter:
    """Which palettes to list."""

    words: tuple[str, ...]
    kind: str | None
    source: str | None
    count: int | None
    safe: bool
    grey: bool
    uses: tuple[str, ...]

    def report(self, scheme: Scheme) -> Report | None:
        """Return the measures of a palette, None if it is not wanted."""
        from app.palette import check  # noqa: PLC0415 - see above

        found = scheme.fitting(self.count, self.uses) if self._names(scheme) else None
        if found is None:
            return None
        report = check(found)
        return report if (report.is_safe or not self.safe) and (report.keeps_grey or not self.grey) else None

    def _names(self, scheme: Scheme) -> bool:
        return (
            all(word.lower() in scheme.key.lower() for word in self.words)
            and self.kind in (None, scheme.kind.value)
            and (self.source or scheme.source).lower() == scheme.source.lower()
        )


@palette.command("list")
@click.argument("words", nargs=-1)
@click.option("--kind", type=click.Choice(KINDS), help="Only palettes of this kind.")
@click.option("--source", help="Only palettes of this source, such as ColorBrewer or Tol.")
@click.option("--count", type=click.IntRange(2, 256), help="So many colours of each.")
@click.option("--safe", is_flag=True, help="Only palettes that every reader can tell apart.")
@click.option("--print", "grey", is_flag=True, help="Only palettes that a grey print keeps apart.")
@click.option(
    "--brewer",
    "uses",
    type=click.Choice(USES),
    multiple=True,
    help="Only palettes that ColorBrewer itself calls good for it; repeat for more.",
)
@click.option("--sort", type=click.Choice(["safety", "catalogue"]), default="catalogue", show_default=True)
@json_option
def list_palettes(sort: str, as_json: bool, **wanted: Any) -> None:
    """List the palettes of the catalogue whose names hold all WORDS."""
    from app.palette import catalogue  # noqa: PLC0415 - see above

    chosen = _Filter(**wanted)
    found = [(scheme, report) for scheme in catalogue().values() if (report := chosen.report(scheme))]
    if sort == "safety":
        found.sort(key=lambda each: -each[1].distance)
    for scheme, report in found:
        _print_row(scheme, report, as_json=as_json)


def _print_row(scheme: Scheme, report: Report, *, as_json: bool) -> None:
    from app.palette import level  # noqa: PLC0415 - see above

    if as_json:
        print_json({**as_dictionary(report), "key": scheme.key, "source": scheme.source, "licence": scheme.licence})
        return
    columns = (f"{scheme.key:40}", f"{scheme.kind.title:12}", f"{len(report.palette):>3}", f"{report.distance:5.1f}")
    click.echo("  ".join([*columns, level(report).title]) + swatches(report.palette))


@palette.command()
@click.argument("source")
@count_option
@json_option
def show(source: str, count: int | None, as_json: bool) -> None:
    """Print the colours of SOURCE with their names."""
    from app.palette import colour_name  # noqa: PLC0415 - see above

    shown = read_source(source, count=count)
    if as_json:
        facts = {"source": shown.source, "licence": shown.licence}
        print_json({"name": shown.name, "kind": shown.kind.value, "colours": list(shown.colours), **facts})
        return
    for colour in shown.colours:
        bar = f"{swatch(colour)} " if sys.stdout.isatty() else ""
        click.echo(f"{bar}{colour}  {colour_name(colour)}")


@palette.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@standard_options
@count_option
@kind_option
@click.option("--grey", is_flag=True, help="Unsafe, too, if a grey print mixes colours up.")
@click.option("--contrast", is_flag=True, help="Unsafe, too, if a colour has less contrast than 3:1.")
@json_option
def check(sources: tuple[str, ...], count: int | None, kind: str | None, as_json: bool, **wanted: Any) -> None:
    """Measure each SOURCE and say who confuses which colours; the exit code is 1 when one is unsafe."""
    from app.palette import check as measure  # noqa: PLC0415 - see above

    needs = {"needs_grey": wanted.pop("grey"), "needs_contrast": wanted.pop("contrast")}
    asked = standard(wanted, **needs)
    code = 0
    for source in sources:
        report = measure(read_source(source, count=count, kind=kind, background=asked.background), asked)
        code = code if report.is_safe else 1
        _print_verdict(report, as_json=as_json)
    click.get_current_context().exit(code)


def _print_verdict(report: Report, *, as_json: bool) -> None:
    from app.palette import level, sentences  # noqa: PLC0415 - see above

    if as_json:
        print_json(as_dictionary(report))
        return
    click.echo(f"{report.palette.name}: {level(report).title}{swatches(report.palette)}")
    for sentence in sentences(report):
        click.echo(f"  {sentence}")


for command in MAKERS:
    palette.add_command(command)
