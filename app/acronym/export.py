r"""What is copied: the name with its title, a LaTeX macro, an entry of the package acronym."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from app.acronym.alphabet import fold
from app.core.i18n import mark

if TYPE_CHECKING:
    from collections.abc import Callable

FIGURES: Final = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
"""LaTeX commands are made of letters alone."""
_SPECIAL: Final = re.compile(r"[&%#_]")
_MARKS: Final = re.compile(r"(?<!\\)[\[\]]|(?<=\w)\?(?=\s)")
"""Marks of the search that are no part of the title."""


@dataclass(frozen=True)
class Export:
    """A form of copying; `title` is marked."""

    title: str
    convert: Callable[[str, str], str]
    """Takes the written name and the title."""


def name_and_title(name: str, title: str) -> str:
    """Return the title as it stands on a paper: "NAME: Title"."""
    return f"{name}: {plain_title(title)}"


def latex_macro(name: str, title: str) -> str:
    r"""Return the definition of a command that prints the name and needs the package xspace."""
    return rf"\newcommand{{\{command_name(name)}}}{{\textsc{{{_escaped(name)}}}\xspace}}"


def acronym_entry(name: str, title: str) -> str:
    r"""Return a definition for the package acronym: key, short form, long form."""
    return rf"\acrodef{{{command_name(name)}}}[{_escaped(name)}]{{{plain_title(title)}}}"


def command_name(name: str) -> str:
    """Return a name of a LaTeX command: small letters, figures in words."""
    runs = ((is_digit, "".join(run)) for is_digit, run in groupby(fold(name), key=str.isdigit))
    return "".join("".join(FIGURES[int(each)] for each in run) if is_digit else run for is_digit, run in runs)


def plain_title(title: str) -> str:
    """Return a title without the marks that were for the search."""
    chosen = re.sub(r"(?<![\w/\\])(\w+)/\w+(?:/\w+)*", r"\1", title)
    return " ".join(_MARKS.sub("", chosen).split())


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


EXPORTS: Final = {
    "title": Export(mark("NAME: Title"), name_and_title),
    "macro": Export(mark("LaTeX macro"), latex_macro),
    "acrodef": Export(mark(r"\acrodef entry"), acronym_entry),
    "name": Export(mark("Name alone"), lambda name, _title: name),
}
"""Key to a form of copying."""
