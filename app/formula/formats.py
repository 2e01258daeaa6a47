r"""The forms in which a formula can be copied: plain, between dollar signs, in `\[..\]`, as an equation."""

from __future__ import annotations

import re
from typing import Final

from app.formula.tex_scan import TOKEN

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
RELATIONS: Final = frozenset(
    (*"=<>", r"\leq", r"\le", r"\geq", r"\ge", r"\neq", r"\ne", r"\approx", r"\equiv", r"\sim", r"\simeq", r"\cong",
     r"\propto", r"\in", r"\to")
)  # fmt: skip
"""What lines are aligned at."""
LABEL: Final = re.compile(r"\s*\\label\s*\{[^{}]*\}")


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


def parenthesised(formula: str) -> str:
    r"""Return the formula for the middle of a sentence in `\(..\)`."""
    return rf"\({inline(formula)[1:-1]}\)"


def markdown(formula: str) -> str:
    """Return the formula as a block of Markdown (GitHub, Jupyter, Pandoc)."""
    return f"$$\n{TAG.sub('', _inside(formula)).strip()}\n$$"


def align(formula: str) -> str:
    """Return the formula as numbered lines that are aligned; one line is aligned at its first relation."""
    text = _inside(formula).strip()
    whole = _environment(text)
    if whole and whole["name"] == "gathered":
        return f"\\begin{{gather}}\n{whole['body'].strip()}\n\\end{{gather}}"
    body = whole["body"].strip() if whole and whole["name"] == "aligned" else _aligned(text)
    return f"\\begin{{align}}\n{body}\n\\end{{align}}"


def equation(formula: str) -> str:
    """Return the formula as a numbered equation; lines with numbers of their own stay as they are."""
    text = _without_delimiters(formula)
    whole = _environment(text)
    if whole and whole["name"] in INNER and r"\tag" in whole["body"]:
        return text
    return f"\\begin{{equation}}\n{_inside(formula).strip()}\n\\end{{equation}}"


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


def _aligned(text: str) -> str:
    """Return one line with a mark before its first relation outside every group."""
    depth = 0
    for found in TOKEN.finditer(text):
        depth += {"{": 1, r"\left": 1, r"\begin": 1, "}": -1, r"\right": -1, r"\end": -1}.get(found[0], 0)
        if depth == 0 and found[0] in RELATIONS:
            return f"{text[: found.start()].rstrip()} &{text[found.start() :]}".lstrip()
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
