r"""What canonical LaTeX replaces, drops and treats alike: one spelling for each symbol."""

from __future__ import annotations

from typing import Final

from app.formula import symbols
from app.formula.mathml_names import SPACES as WIDTHS


def _table(text: str) -> dict[str, str]:
    r"""Return commands by another name; `text` holds "old new" pairs parted by semicolons, without backslashes."""
    pairs = (pair.split() for pair in text.split(";"))
    return {"\\" + old: "\\" + new for old, new in pairs}


def _commands(names: str) -> frozenset[str]:
    """Return the commands with these names, which are parted by spaces."""
    return frozenset("\\" + name for name in names.split())


SPELLINGS: Final = {
    **_table(
        "le leq;ge geq;ne neq;to rightarrow;gets leftarrow;land wedge;lor vee;lnot neg;dotsc ldots;dotso ldots;"
        "hdots ldots;mathellipsis ldots;dotsb cdots;dotsm cdots;dotsi cdots;lbrace {;rbrace };lVert |;rVert |;Vert |;"
        "iff Longleftrightarrow;implies Longrightarrow;impliedby Longleftarrow;dag dagger;ddag ddagger;owns ni;"
        "restriction upharpoonright;rightsquigarrow leadsto;Box square;Diamond lozenge;empty emptyset;And &;"
        "stackrel overset;bm boldsymbol;pmb boldsymbol;Bbb mathbb;frak mathfrak;bold mathbf;mbox text;hbox text;"
        "textrm text;textnormal text;textup text;operatornamewithlimits operatorname*;doublecap Cap;doublecup Cup;"
        "llless lll;gggtr ggg;bigl big;bigr big;bigm big;Bigl Big;Bigr Big;Bigm Big;biggl bigg;biggr bigg;"
        "biggm bigg;Biggl Bigg;Biggr Bigg;Biggm Bigg;cr \\;newline \\;dbinom binom;textbf mathbf;textit mathit;"
        "emph mathit;textsf mathsf;texttt mathtt"
    ),
    r"\lvert": "|", r"\rvert": "|", r"\vert": "|", r"\ast": "*", r"\colon": ":", r"\lbrack": "[", r"\rbrack": "]",
    r"\lt": "<", r"\gt": ">", r"\cdotp": r"\cdot",
}  # fmt: skip
"""One spelling for each symbol."""
PHRASES: Final = {
    r"\coloneqq": (":", "="),
    r"\coloneq": (":", "-"),
    r"\eqqcolon": ("=", ":"),
    r"\degree": ("^", "{", r"\circ", "}"),
    r"\argmax": (r"\operatorname*", "{", *"argmax", "}"),
    r"\argmin": (r"\operatorname*", "{", *"argmin", "}"),
}
"""Commands that are several tokens."""
SPACES: Final = frozenset(
    (" ", "~", *(rf"\{sign}" for sign in ",;:!>/- \n\t"),
     *_commands("quad qquad enspace enskip thinspace medspace thickspace negthinspace negmedspace negthickspace hfill "
                "null space nobreak allowbreak nonumber notag relax nobreakspace mathstrut displaylimits noindent"))
)  # fmt: skip
ROOMS: Final = frozenset(token for token in SPACES if token.removeprefix("\\") in WIDTHS) - {" "}
"""Those that have a width, which forms other than LaTeX keep."""
SWITCHES: Final = _table("bf mathbf;rm mathrm;cal mathcal;it mathit;sf mathsf;tt mathtt;frak mathfrak;scr mathscr")
"""Commands that change the font of the rest of their group."""
INFIX: Final = {r"\over": r"\frac", r"\choose": r"\binom"}
CLASSES: Final = _commands("mathord mathbin mathrel mathopen mathclose mathpunct mathinner")
"""Commands that change spaces only."""
TEXT_FONTS: Final = _commands("textbf textit emph textsf texttt mbox hbox textrm textnormal textup text")
"""Commands whose argument is text, not mathematics."""
FENCES: Final = {"<": r"\langle", ">": r"\rangle"}
FRAMES: Final = frozenset(("equation", "equation*", "displaymath", "math"))
ENVIRONMENTS: Final = {
    **{name: name for name in symbols.ENVIRONMENTS},
    **dict.fromkeys(("align", "align*", "split"), "aligned"),
    **dict.fromkeys(("gather", "gather*"), "gathered"),
}
OLD_TABLES: Final = {r"\matrix": "matrix", r"\pmatrix": "pmatrix", r"\cases": "cases"}
MOVABLE: Final = frozenset(
    (set(symbols.BIG) - _commands("int iint iiint oint"))
    | _commands("det gcd inf lim liminf limsup max min Pr sup varlimsup varliminf injlim projlim")
)
"""Operators whose limits stand below and above in displays."""
ORDINARY: Final = _commands(
    "cdots ldots vdots ddots aleph hbar imath jmath ell wp Re Im prime emptyset nabla surd top bot angle forall exists "
    "neg flat natural sharp backslash partial infty triangle clubsuit diamondsuit heartsuit spadesuit square "
    "blacksquare lozenge bigstar complement eth hslash mho Finv Game beth gimel daleth varnothing nexists "
    "blacktriangle blacktriangledown triangledown sphericalangle "
    "measuredangle checkmark circledS maltese ulcorner urcorner llcorner "
    "lrcorner S P copyright pounds"
)
"""Symbols that are neither binary operators nor relations."""
RAISED: Final = frozenset((*"+-=<>*:", *symbols.BIG, *symbols.SYMBOLS)) - ORDINARY
r"""Before these `\dots` stands at the height of the minus sign."""
FLAT: Final = frozenset("abcdehiklmnorstuvwxzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789")
"""Letters and digits without a descender: a group of them takes a script where its last letter would."""
KNOWN: Final = frozenset(symbols.TOKENS) - frozenset(symbols.SPECIAL)
STRUCK: Final = frozenset((*symbols.SYMBOLS, *symbols.LETTERS, *symbols.SIGNS)) - frozenset("'[]")
r"""What `\not` strikes through."""
