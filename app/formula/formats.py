r"""The forms in which a formula can be copied: plain, between dollar signs, in `\[..\]`, as an equation."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.core.i18n import mark

DISPLAY: Final = re.compile(
    r"\\begin\{(?P<name>[a-z]+)(?P<star>\*?)\}(?P<body>.*)\\end\{(?P=name)(?P=star)\}", re.DOTALL
)
DELIMITERS: Final = (("$$", "$$"), (r"\[", r"\]"), (r"\(", r"\)"), ("$", "$"))
PLAIN: Final = frozenset({"equation", "displaymath", "math"})
"""Environments around one formula."""
INNER: Final = {
    **{"align": "aligned", "flalign": "aligned", "alignat": "alignedat", "gather": "gathered", "multline": "gathered"},
    "eqnarray": "array",
}
"""Environment of the page to the one that does the same inside a formula (amsmath)."""
TAG: Final = re.compile(r"\s*\\(?:tag\*?|label)\s*\{[^{}]*\}|\s*\\(?:nonumber|notag)\b")
LABEL: Final = re.compile(r"\s*\\label\s*\{[^{}]*\}")


@dataclass(frozen=True)
class Format:
    """One form: its name for the user and the function from a formula to its text."""

    title: str
    convert: Callable[[str], str]


def latex(formula: str) -> str:
    """Return the formula itself, without the blanks around it."""
    return formula.strip()


def inline(formula: str) -> str:
    """Return the formula for the middle of a sentence: one line between dollar signs, without numbers."""
    line = " ".join(TAG.sub("", _inside(formula)).split())
    return f"${line}$"


def display(formula: str) -> str:
    r"""Return the formula for a line of its own, in `\[..\]`."""
    return f"\\[\n{LABEL.sub('', _inside(formula)).strip()}\n\\]"


def equation(formula: str) -> str:
    """Return the formula as a numbered equation; lines with numbers of their own stay as they are."""
    text = _without_delimiters(formula)
    whole = _environment(text)
    if whole and whole["name"] in INNER and r"\tag" in whole["body"]:
        return text
    return f"\\begin{{equation}}\n{_inside(formula).strip()}\n\\end{{equation}}"


FORMATS: Final[dict[str, Format]] = {
    "latex": Format(mark("LaTeX"), latex),
    "inline": Format(mark("In a sentence: $…$"), inline),
    "display": Format(mark("On its own line: \\[…\\]"), display),
    "equation": Format(mark("Numbered equation"), equation),
}
"""Key, as in the setting formula.copy_format, to form."""


def _inside(formula: str) -> str:
    """Return what can stand inside a formula's delimiters."""
    text = _without_delimiters(formula)
    whole = _environment(text)
    if whole and whole["name"] in PLAIN:
        return _inside(whole["body"])
    if whole and whole["name"] in INNER:
        name = INNER[whole["name"]]
        body = TAG.sub("", whole["body"]) if r"\\" in whole["body"] else whole["body"]
        return f"\\begin{{{name}}}{'{rcl}' if name == 'array' else ''}{body}\\end{{{name}}}"
    if _has_loose_lines(text):
        return f"\\begin{{gathered}}\n{text}\n\\end{{gathered}}"
    return text


def _without_delimiters(formula: str) -> str:
    """Return the formula without the delimiters that may be around it already."""
    text = formula.strip()
    for opening, closing in DELIMITERS:
        if text.startswith(opening) and text.endswith(closing) and len(text) >= len(opening) + len(closing):
            return text[len(opening) : len(text) - len(closing)].strip()
    return text


def _environment(text: str) -> re.Match[str] | None:
    """Return the match of an environment that is the whole of `text`."""
    whole = DISPLAY.fullmatch(text)
    if whole is None:
        return None
    marker = re.compile(rf"\\(begin|end)\{{{whole['name']}{re.escape(whole['star'])}\}}")
    depth = 0
    for found in marker.finditer(whole["body"]):
        depth += 1 if found[1] == "begin" else -1
        if depth < 0:
            return None
    return whole


def _has_loose_lines(text: str) -> bool:
    r"""Return whether `\\` stands outside every group and environment."""
    depth = 0
    for found in re.finditer(r"\\(?:begin|end)\b|\\\\|\\.|[{}]", text, re.DOTALL):
        if found[0] == r"\\" and depth == 0:
            return True
        depth += {"{": 1, r"\begin": 1, "}": -1, r"\end": -1}.get(found[0], 0)
    return False
