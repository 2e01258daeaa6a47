"""AsciiMath (asciimath.org): what its own table of symbols can say, and nothing else."""

from __future__ import annotations

from typing import Final

from app.core.i18n import tr
from app.formula.forms.errors import FormError, inexpressible
from app.formula.forms.glyphs import fence, letters
from app.formula.nodes import (
    Accent,
    Arrow,
    Fenced,
    Fraction,
    Modulus,
    Node,
    Number,
    Operator,
    Phantom,
    Root,
    Row,
    Script,
    Sized,
    Space,
    Stacked,
    Styled,
    Symbol,
    Table,
    Words,
)
from app.formula.tree import parse

NAME: Final = "AsciiMath"


def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text."""
    return tuple(text.split())


def _pairs(text: str) -> dict[str, str]:
    r"""Return LaTeX commands, here without their backslashes, by what AsciiMath calls them."""
    return {"\\" + latex: name for latex, name in (pair.split() for pair in text.split(";"))}


SYMBOLS: Final = {
    **{"\\" + name: name for name in _words(
        "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma "
        "tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega sum prod int oint "
        "aleph cdots ldots vdots ddots diamond square"
    )},
    **_pairs(
        "cdot *;circ @;ast **;star ***;setminus \\\\;times xx;div -:;bowtie |><|;oplus o+;otimes ox;odot o.;wedge ^^;"
        "vee vv;bigwedge ^^^;bigvee vvv;cap nn;cup uu;bigcap nnn;bigcup uuu;neq !=;leq <=;geq >=;prec -<;succ >-;"
        "preceq -<=;succeq >-=;in in;notin !in;subset sub;supset sup;subseteq sube;supseteq supe;equiv -=;cong ~=;"
        "approx ~~;propto prop;neg not;Rightarrow =>;Leftrightarrow <=>;forall AA;exists EE;bot _|_;top TT;"
        "vdash |--;models |==;partial del;nabla grad;pm +-;emptyset O/;infty oo;therefore :.;because :';angle /_;"
        "triangle /_\\;prime ';uparrow uarr;downarrow darr;rightarrow ->;mapsto |->;leftarrow larr;"
        "leftrightarrow harr;Leftarrow lArr;langle (:;rangle :);lfloor |__;rfloor __|;lceil |~;rceil ~|"
    ),
    **{sign: sign for sign in "+-=<>/!.,;:()[]|*"}, r"\{": "{", r"\}": "}", "*": "**",
}  # fmt: skip
SETS: Final = frozenset("CNQRZ")
"""Letters that AsciiMath has for the sets of numbers."""
FUNCTIONS: Final = frozenset(_words(
    "sin cos tan csc sec cot sinh cosh tanh log ln det dim lim mod gcd min max arcsin arccos arctan exp"
))  # fmt: skip
ACCENTS: Final = _pairs(
    "hat hat;widehat hat;bar bar;overline overline;underline ul;vec vec;dot dot;ddot ddot;tilde tilde;"
    "widetilde tilde;overbrace obrace;underbrace ubrace"
)
FONTS: Final = _pairs("mathbf bb;boldsymbol bb;mathbb bbb;mathcal cc;mathscr cc;mathtt tt;mathfrak fr;mathsf sf")
MATRICES: Final = {
    "pmatrix": "()", "bmatrix": "[]", "Bmatrix": "{}", "vmatrix": "||", "matrix": ("{:", ":}"),
    "smallmatrix": ("{:", ":}"), "cases": ("{", ":}"), "aligned": ("{:", ":}"), "gathered": ("{:", ":}"),
}  # fmt: skip
"""Delimiters of the tables that AsciiMath has."""
THIN: Final = 0.2
"""Em: AsciiMath has no space as narrow as this."""
NONE: Final = ("{:", ":}")
"""Stand for a delimiter that does not print."""


def asciimath(latex: str) -> str:
    """Return a formula in AsciiMath.

    Raises ValueError for what canonical LaTeX cannot say, `FormError` for what AsciiMath cannot.
    """
    return _write(parse(latex))


def _write(node: Node) -> str:  # noqa: PLR0911, PLR0912 - one answer for each kind of part
    match node:
        case Symbol():
            return _symbol(node)
        case Number():
            return node.text
        case Words():
            return f'"{node.text}"'
        case Operator():
            return node.name if node.name in FUNCTIONS else f'"{node.name}"'
        case Row():
            return " ".join(text for item in node.items if (text := _write(item)))
        case Script():
            return _script(node)
        case Fraction():
            over, under = _write(node.over), _write(node.under)
            return f"(({over}),({under}))" if node.binomial else f"frac({over})({under})"
        case Root():
            body = _write(node.body)
            return f"root({_write(node.index)})({body})" if node.index is not None else f"sqrt({body})"
        case Fenced():
            return _fenced(node)
        case Sized():
            return _symbol(Symbol(node.delimiter))
        case Styled():
            return _styled(node)
        case Accent() if node.command in ACCENTS:
            return f"{ACCENTS[node.command]}({_write(node.body)})"
        case Stacked():
            return f"{'over' if node.above else 'under'}set({_write(node.small)})({_write(node.base)})"
        case Space():
            return {1.0: "quad", 2.0: "qquad"}.get(node.ems, r"\ " if node.ems > THIN else "")
        case Modulus():
            return f"quad (mod {_write(node.body)})"
        case Table() if node.name in MATRICES:
            return _table(node)
        case Accent() | Arrow() | Phantom() | Table():
            raise _unknown(node)


def _unknown(node: Accent | Arrow | Phantom | Table) -> FormError:
    part = node.name if isinstance(node, Table) else r"\phantom" if isinstance(node, Phantom) else node.command
    return inexpressible(tr(NAME), part)


def _symbol(symbol: Symbol) -> str:
    if not symbol.struck and symbol.token.isascii() and symbol.token.isalpha():
        return symbol.token
    if symbol.struck or symbol.token not in SYMBOLS:
        raise inexpressible(tr(NAME), symbol.token if not symbol.struck else rf"\not{symbol.token}")
    return SYMBOLS[symbol.token]


def _script(script: Script) -> str:
    base = _write(script.base)
    if not isinstance(script.base, Symbol | Number | Operator | Accent | Styled | Fenced):
        base = f"{{:{base}:}}"
    sub, sup = ("" if part is None else f"({_write(part)})" for part in (script.sub, script.sup))
    return f"{base}{'_' if sub else ''}{sub}{'^' if sup else ''}{sup}"


def _fenced(fenced: Fenced) -> str:
    if fenced.separators:
        raise inexpressible(tr(NAME), r"\middle")
    opening, closing = (
        _symbol(Symbol(token)) if fence(token) else bare
        for token, bare in zip((fenced.open, fenced.close), NONE, strict=True)
    )
    return f"{opening} {_write(fenced.parts[0])} {closing}"


def _styled(styled: Styled) -> str:
    word = letters(styled.body)
    if styled.font == r"\mathbb" and word in SETS:
        return f"{word}{word}"
    if styled.font in (r"\mathrm", r"\mathit"):
        return f'"{word}"' if word and styled.font == r"\mathrm" else _write(styled.body)
    return f"{FONTS[styled.font]}({_write(styled.body)})"


def _table(table: Table) -> str:
    """Return rows in brackets; a comma within a cell would begin another one."""
    opening, closing = MATRICES[table.name]
    cells = [[_write(cell) for cell in row] for row in table.rows]
    if any("," in cell for row in cells for cell in row):
        raise inexpressible(tr(NAME), ",")
    wide = max(len(row) for row in cells)
    rows = ",".join(f"({','.join([*row, *[''] * (wide - len(row))])})" for row in cells)
    return f"{opening}{rows}{closing}"
