"""Which character a LaTeX command prints, what kind of symbol it is, and how letters look in another alphabet."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

from latex2mathml import symbols_parser

KINDS: Final = {
    "mathrel": "rel",
    "mathbin": "bin",
    "mathop": "op",
    "mathopen": "open",
    "mathclose": "close",
    "mathpunct": "punct",
}
"""Category in the table of symbols to kind of atom (The TeXbook, chapter 17); every other is "ord"."""
INTEGRALS: Final = frozenset("∫∬∭⨌∮∯∰∱∲∳⨍⨑")
"""Large operators whose limits stand beside them."""

OWN: Final[dict[str, tuple[str, str]]] = {
    "-": ("−", "bin"),
    "*": ("∗", "bin"),
    "+": ("+", "bin"),
    "/": ("/", "ord"),
    "=": ("=", "rel"),
    "<": ("<", "rel"),
    ">": (">", "rel"),
    ":": (":", "rel"),
    "|": ("|", "ord"),
    "(": ("(", "open"),
    "[": ("[", "open"),
    ")": (")", "close"),
    "]": ("]", "close"),
    "!": ("!", "close"),
    "?": ("?", "close"),
    ",": (",", "punct"),
    ";": (";", "punct"),
    ".": (".", "ord"),
    "`": ("‘", "open"),
    "@": ("@", "ord"),
    r"\colon": (":", "punct"),
    r"\vcentcolon": (":", "rel"),
    r"\ast": ("∗", "bin"),
    r"\lbrace": ("{", "open"),
    r"\rbrace": ("}", "close"),
    r"\{": ("{", "open"),
    r"\}": ("}", "close"),
    r"\|": ("‖", "ord"),
    r"\Vert": ("‖", "ord"),
    r"\vert": ("|", "ord"),
    r"\lvert": ("|", "open"),
    r"\rvert": ("|", "close"),
    r"\lVert": ("‖", "open"),
    r"\rVert": ("‖", "close"),
    r"\mid": ("∣", "rel"),
    r"\lbrack": ("[", "open"),
    r"\rbrack": ("]", "close"),
    r"\lt": ("<", "rel"),
    r"\gt": (">", "rel"),
    r"\ne": ("≠", "rel"),
    r"\neq": ("≠", "rel"),
    r"\bot": ("⊥", "ord"),
    r"\perp": ("⟂", "rel"),
    r"\dots": ("…", "inner"),
    r"\ldots": ("…", "inner"),
    r"\dotsc": ("…", "inner"),
    r"\dotso": ("…", "inner"),
    r"\cdots": ("⋯", "inner"),
    r"\dotsb": ("⋯", "inner"),
    r"\dotsm": ("⋯", "inner"),
    r"\dotsi": ("⋯", "inner"),
    r"\vdots": ("⋮", "ord"),
    r"\ddots": ("⋱", "inner"),
    r"\epsilon": ("ϵ", "ord"),
    r"\varepsilon": ("ε", "ord"),
    r"\phi": ("ϕ", "ord"),
    r"\varphi": ("φ", "ord"),
    r"\hbar": ("ℏ", "ord"),
    r"\ell": ("ℓ", "ord"),
    r"\partial": ("∂", "ord"),
    r"\nabla": ("∇", "ord"),
    r"\infty": ("∞", "ord"),
    r"\emptyset": ("∅", "ord"),
    r"\varnothing": ("⌀", "ord"),
    r"\prime": ("′", "ord"),
    r"\backslash": ("\\", "ord"),
    r"\setminus": ("∖", "bin"),
    r"\smallsetminus": ("∖", "bin"),
    r"\dag": ("†", "ord"),
    r"\ddag": ("‡", "ord"),
    r"\S": ("§", "ord"),
    r"\P": ("¶", "ord"),
    r"\pounds": ("£", "ord"),
    r"\copyright": ("©", "ord"),
    r"\degree": ("°", "ord"),
    r"\%": ("%", "ord"),
    r"\$": ("$", "ord"),
    r"\#": ("#", "ord"),
    r"\&": ("&", "ord"),
    r"\_": ("_", "ord"),
    r"\AA": ("Å", "ord"),
    r"\aa": ("å", "ord"),
    r"\ae": ("æ", "ord"),
    r"\AE": ("Æ", "ord"),
    r"\o": ("ø", "ord"),
    r"\O": ("Ø", "ord"),
    r"\oe": ("œ", "ord"),
    r"\OE": ("Œ", "ord"),
    r"\ss": ("ß", "ord"),
    r"\i": ("ı", "ord"),
    r"\j": ("ȷ", "ord"),
    r"\imath": ("𝚤", "ord"),
    r"\jmath": ("𝚥", "ord"),
    r"\And": ("&", "rel"),
    r"\iff": ("⟺", "rel"),
    r"\implies": ("⟹", "rel"),
    r"\impliedby": ("⟸", "rel"),
    r"\to": ("→", "rel"),
    r"\gets": ("←", "rel"),
    r"\land": ("∧", "bin"),
    r"\lor": ("∨", "bin"),
    r"\lnot": ("¬", "ord"),
    r"\neg": ("¬", "ord"),
    r"\smallint": ("∫", "ord"),
    r"\surd": ("√", "ord"),
    r"\mathellipsis": ("…", "inner"),
    r"\textbackslash": ("\\", "ord"),
    r"\triangleq": ("≜", "rel"),
    r"\square": ("□", "ord"),
    r"\Box": ("□", "ord"),
    r"\blacksquare": ("■", "ord"),
    r"\qedsymbol": ("□", "ord"),
    r"\lq": ("‘", "ord"),
    r"\rq": ("’", "ord"),
    r"\R": ("ℝ", "ord"),
    r"\N": ("ℕ", "ord"),
    r"\Z": ("ℤ", "ord"),
    r"\Q": ("ℚ", "ord"),
    r"\C": ("ℂ", "ord"),
}
"""What LaTeX prints for these differs from the general table, or they are missing there."""

FONTS: Final = {
    "mathbf": "BOLD",
    "bf": "BOLD",
    "bold": "BOLD",
    "boldsymbol": "BOLD ITALIC",
    "bm": "BOLD ITALIC",
    "pmb": "BOLD ITALIC",
    "mathbb": "DOUBLE-STRUCK",
    "Bbb": "DOUBLE-STRUCK",
    "mathds": "DOUBLE-STRUCK",
    "mathbbm": "DOUBLE-STRUCK",
    "mathcal": "SCRIPT",
    "cal": "SCRIPT",
    "mathscr": "SCRIPT",
    "scr": "SCRIPT",
    "mathfrak": "FRAKTUR",
    "frak": "FRAKTUR",
    "mathsf": "SANS-SERIF",
    "sf": "SANS-SERIF",
    "mathtt": "MONOSPACE",
    "tt": "MONOSPACE",
    "mathit": "ITALIC",
    "it": "ITALIC",
    "mathnormal": "ITALIC",
    "mathrm": "UPRIGHT",
    "rm": "UPRIGHT",
    "mathup": "UPRIGHT",
}
"""Font command to the word Unicode uses for that alphabet."""
ALPHABETS: Final = {"DOUBLE-STRUCK": "DOUBLE-STRUCK", "SCRIPT": "SCRIPT", "FRAKTUR": "BLACK-LETTER"}
"""Alphabets whose commonest letters Unicode has outside its mathematical block, and their names there."""


@cache
def symbols() -> dict[str, tuple[str, str]]:
    """Return the character and the kind of atom for every known command and symbol."""
    table: dict[str, tuple[str, str]] = {}
    kinds: dict[str, str] = {}
    for line in Path(symbols_parser.SYMBOLS_FILE).read_text(encoding="utf-8").splitlines():
        columns = line.split("^")
        if not line.startswith("#") and len(columns) > 5:  # noqa: PLR2004 - the sixth column is the category
            kinds.setdefault(columns[0], KINDS.get(columns[5], "ord"))
    for command, code in symbols_parser.SYMBOLS.items():
        if command.startswith("\\") and not command.startswith(r"\math"):
            table[command] = chr(int(code, 16)), kinds.get(code, "ord")
    return table | OWN


def styled(character: str, alphabet: str) -> str:
    """Return `character` in `alphabet` (a value of `FONTS`), or unchanged where Unicode has no such letter."""
    if alphabet == "UPRIGHT":
        return character
    name = unicodedata.name(character, "")
    if character.isdigit():
        return _named(f"MATHEMATICAL {alphabet.replace(' ITALIC', '')} {name}") or character
    kind, _, letter = name.partition(" LETTER ")
    if not letter:
        rest = name.removeprefix("GREEK ").replace("LUNATE ", "")
        return _named(f"MATHEMATICAL {alphabet} {rest}") or character
    case = "CAPITAL" if "CAPITAL" in kind else "SMALL"
    if (alphabet, character) == ("ITALIC", "h"):
        return "ℎ"
    usual = ALPHABETS.get(alphabet)
    return (
        _named(f"MATHEMATICAL {alphabet} {case} {letter}")
        or (usual and (_named(f"{usual} {case} {letter}") or _named(f"{usual} {letter}")))
        or character
    )


@cache
def _named(name: str) -> str | None:
    """Return the character with this Unicode name."""
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return None
