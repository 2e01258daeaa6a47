"""The commands of LaTeX that take arguments, by what is done with them."""

from __future__ import annotations

import re
from typing import Final

ACCENTS: Final = {
    **{"hat": "ˆ", "widehat": "\u0302", "tilde": "~", "widetilde": "\u0303", "bar": "¯", "overline": "―", "dot": "˙"},
    **{"ddot": "¨", "dddot": "\u20db", "ddddot": "\u20dc", "acute": "´", "grave": "`", "breve": "˘", "check": "ˇ"},
    **{"widecheck": "ˇ", "mathring": "˚", "vec": "\u20d7", "overrightarrow": "→", "overleftarrow": "←"},
    "overleftrightarrow": "↔",
}
BRACES: Final = {"overbrace": "⏞", "overbracket": "⎴", "overparen": "⏜", "wideparen": "⏜"}
UNDER_BRACES: Final = {"underbrace": "⏟", "underbracket": "⎵", "underparen": "⏝"}
UNDER_ACCENTS: Final = {
    **{"underline": "―", "underbar": "―", "underrightarrow": "→", "underleftarrow": "←", "underleftrightarrow": "↔"},
}
ARROWS: Final = {
    **{"xrightarrow": "→", "xleftarrow": "←", "xleftrightarrow": "↔", "xRightarrow": "⇒", "xLeftarrow": "⇐"},
    **{"xLeftrightarrow": "⇔", "xmapsto": "↦", "xhookrightarrow": "↪", "xhookleftarrow": "↩", "xrightharpoonup": "⇀"},
    **{"xrightharpoondown": "⇁", "xleftharpoonup": "↼", "xleftharpoondown": "↽", "xrightleftharpoons": "⇌"},
    **{"xleftrightharpoons": "⇋", "xlongequal": "=", "xtwoheadrightarrow": "↠", "xtwoheadleftarrow": "↞"},
}
FUNCTIONS: Final = (
    *(
        "arccos",
        "arcsin",
        "arctan",
        "arg",
        "cos",
        "cosh",
        "cot",
        "coth",
        "csc",
        "deg",
        "dim",
        "exp",
        "hom",
        "ker",
        "lg",
    ),
    *("ln", "log", "sec", "sin", "sinh", "tan", "tanh", "sh", "ch", "th", "tg", "ctg", "arctg", "cosec", "arccot"),
)
LIMIT_FUNCTIONS: Final = {
    **{name: name for name in ("det", "gcd", "inf", "lim", "max", "min", "sup", "Pr", "argmax", "argmin", "plim")},
    **{"liminf": "lim inf", "limsup": "lim sup", "injlim": "inj lim", "projlim": "proj lim"},
}
SPACES: Final = {
    **{
        ",": 3 / 18,
        "thinspace": 3 / 18,
        ":": 4 / 18,
        ">": 4 / 18,
        "medspace": 4 / 18,
        ";": 5 / 18,
        "thickspace": 5 / 18,
    },
    **{"!": -3 / 18, "negthinspace": -3 / 18, "negmedspace": -4 / 18, "negthickspace": -5 / 18, "quad": 1, "qquad": 2},
    **dict.fromkeys(("enspace", "enskip"), 0.5),
    **dict.fromkeys((" ", "~", "nobreakspace", "space", "\n", "\t"), 0.25),
}
"""Ems."""
EMS: Final = {
    **{"em": 1.0, "ex": 0.43, "pt": 0.1, "mu": 1 / 18, "mm": 0.2845, "cm": 2.845, "in": 7.227, "bp": 0.1004, "pc": 1.2},
}
"""Units of length in ems of a 10 pt font."""
TEXTS: Final = {
    **dict.fromkeys(("text", "textrm", "textnormal", "textup", "mbox", "hbox", "textmd", "textsc", "fbox"), ""),
    **{"textbf": "BOLD", "textit": "ITALIC", "emph": "ITALIC", "textsl": "ITALIC", "textsf": "SANS-SERIF"},
    "texttt": "MONOSPACE",
}
BOXES: Final = {
    **{"boxed": "box", "cancel": "updiagonalstrike", "bcancel": "downdiagonalstrike", "sout": "horizontalstrike"},
    "xcancel": "updiagonalstrike downdiagonalstrike",
}
CLASSES: Final = {
    **{"mathord": "ord", "mathop": "op", "mathbin": "bin", "mathrel": "rel", "mathopen": "open", "mathclose": "close"},
    **{"mathpunct": "punct", "mathinner": "inner"},
}
FRACTIONS: Final = {"frac": None, "dfrac": True, "tfrac": False, "cfrac": True}
"""Command to display style, None as it comes."""
BINOMIALS: Final = {"binom": None, "dbinom": True, "tbinom": False}
SWITCHED_FONTS: Final = frozenset({"bf", "rm", "it", "tt", "sf", "cal", "frak"})
"""These change the rest of the group and take no argument."""
PRINTED: Final = (
    *(("---", "—"), ("--", "–"), ("-", "‐"), ("``", "“"), ("''", "”"), ("'", "’"), ("`", "‘"), (" ", "\u00a0")),
)
"""What LaTeX prints in text for these."""
NEGATED: Final = {"∈": "∉", "=": "≠", "∋": "∌", "≡": "≢", "∼": "≁"}
COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}|[A-Za-z]+")
