"""Files for documents and slides: LaTeX, Typst and the office suites."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import quoteattr

from app.palette.formats.plots import stops
from app.palette.theme import Theme

_LATEX: Final = r"""% {name}: \input{{{name}}} after \usepackage{{xcolor}}, after tikz and pgfplots if they are used.
% Colours {name}c1, {name}c2, ...; TikZ styles "{name} 1", ...; pgfplots: \begin{{axis}}[cycle list name={name}]
% and colormap name={name} or {name}diverging.
{colours}
\ifdefined\tikzset
{styles}
\fi
\ifdefined\pgfplotscreateplotcyclelist
\pgfplotscreateplotcyclelist{{{name}}}{{%
{cycle}}}
\pgfplotsset{{colormap={{{name}}}{{{sequential}}}}}
\pgfplotsset{{colormap={{{name}diverging}}{{{diverging}}}}}
\fi
"""
_TYPST: Final = """\
// {name}: #import "{name}.typ": {name}
#let {name} = (
{colours}
)
#let {name}-sequential = gradient.linear({sequential})
#let {name}-diverging = gradient.linear({diverging})
"""
_OFFICE: Final = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<a:clrScheme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name={name}>
{colours}
</a:clrScheme>
"""
_ACCENTS: Final = 6
"""Colours for series that a theme of an office suite has."""


def latex(theme: Theme) -> dict[str, str]:
    """Return a file to be input; underscores would need escaping, so they go."""
    name = latex_name(theme)
    colours = [f"\\definecolor{{{name}c{number}}}{{HTML}}{{{_digits(colour)}}}" for number, colour in _numbered(theme)]
    text = _LATEX.format(
        name=name,
        colours="\n".join(colours),
        styles="\n".join(
            f"\\tikzset{{{name} {number}/.style={{{_pgf(theme, number)}}}}}" for number, _ in _numbered(theme)
        ),
        cycle="".join(f"  {{{_pgf(theme, number, marks=True)}}},\n" for number, _ in _numbered(theme)),
        sequential=_pgf_colormap(theme.sequential.colours),
        diverging=_pgf_colormap(theme.diverging.colours),
    )
    return {f"{name}.tex": text}


def latex_name(theme: Theme) -> str:
    """Return the name of the theme's colours and file in LaTeX."""
    return theme.name.replace("_", "")


def _numbered(theme: Theme) -> list[tuple[int, str]]:
    return list(enumerate(theme.colours, 1))


def _digits(colour: str) -> str:
    return colour[1:].upper()


def _pgf(theme: Theme, number: int, *, marks: bool = False) -> str:
    """Return the options of a series; in a plot with markers they are filled."""
    name, style = f"{latex_name(theme)}c{number}", theme.marks[number - 1]
    options = [f"draw={name}", f"fill={name}"] if not marks else [name]
    if theme.with_marks:
        options.append(style.dash.pgfplots)
    if marks:
        shape = style.marker.pgfplots if theme.with_marks else "*"
        options += [f"mark={shape}", f"mark options={{solid, fill={name}}}"]
    return ", ".join(options)


def _pgf_colormap(colours: tuple[str, ...]) -> str:
    return " ".join(f"rgb255=({red},{green},{blue})" for red, green, blue in map(_levels, stops(colours)))


def _levels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def typst(theme: Theme) -> dict[str, str]:
    """Return a file for #import; names in Typst are joined with hyphens."""
    name = theme.name.replace("_", "-")
    text = _TYPST.format(
        name=name,
        colours="\n".join(f'  rgb("{colour}"),' for colour in theme.colours),
        sequential=_typst(theme.sequential.colours),
        diverging=_typst(theme.diverging.colours),
    )
    return {f"{name}.typ": text}


def _typst(colours: tuple[str, ...]) -> str:
    return ", ".join(f'rgb("{colour}")' for colour in stops(colours))


def office(theme: Theme) -> dict[str, str]:
    """Return theme colours for PowerPoint, Word and Excel, which take six for series: the first, repeated if fewer.

    The file goes to the folder "Document Themes/Theme Colors" of the user's templates.
    """
    accents = [theme.colours[place % len(theme.colours)] for place in range(_ACCENTS)]
    dark, light = sorted((theme.foreground, theme.background), key=lambda colour: sum(_levels(colour)))
    slots = {"dk1": dark, "lt1": light, "dk2": dark, "lt2": light}
    slots |= {f"accent{number}": colour for number, colour in enumerate(accents, 1)}
    slots |= {"hlink": accents[0], "folHlink": accents[1]}
    lines = (f'<a:{slot}><a:srgbClr val="{_digits(colour)}"/></a:{slot}>' for slot, colour in slots.items())
    return {f"{theme.name}_office.xml": _OFFICE.format(name=quoteattr(theme.name), colours="\n".join(lines))}
