"""The parts of a formula as a tree, from which every form that is no LaTeX is written; `tree.parse` makes it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Symbol:
    """One letter, sign or command that prints a symbol, as its canonical token."""

    token: str
    struck: bool = False
    r"""Whether `\not` strikes through it."""


@dataclass(frozen=True)
class Number:
    """Digits, with a point among them perhaps."""

    text: str


@dataclass(frozen=True)
class Words:
    """Text, with its spaces."""

    text: str


@dataclass(frozen=True)
class Space:
    """Room between two parts."""

    ems: float
    """Negative where they stand closer than usual."""


@dataclass(frozen=True)
class Operator:
    """A function or operator that has a name, such as sin or lim."""

    name: str
    limits: bool
    """Whether its scripts go below and above in displays."""


@dataclass(frozen=True)
class Row:
    """Parts side by side."""

    items: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Script:
    """A base with what stands at its lower and upper right, or below and above it."""

    base: Node
    sub: Node | None
    sup: Node | None
    stacked: bool
    """Whether the scripts stand below and above the base in displays."""


@dataclass(frozen=True)
class Fraction:
    """One over the other, with a line between unless it is a binomial coefficient."""

    over: Node
    under: Node
    binomial: bool = False
    display: bool | None = None
    """Display style or not, whatever is around; None: as it comes."""


@dataclass(frozen=True)
class Root:
    """A root, the square root without an index."""

    body: Node
    index: Node | None = None


@dataclass(frozen=True)
class Fenced:
    """Parts between delimiters as high as they are; delimiters are canonical tokens, "." for none."""

    open: str
    parts: tuple[Node, ...]
    separators: tuple[str, ...]
    close: str


@dataclass(frozen=True)
class Sized:
    r"""A delimiter of a given size: `\big` to `\Bigg`."""

    command: str
    delimiter: str


@dataclass(frozen=True)
class Styled:
    r"""Something in another alphabet, such as `\mathbf`."""

    font: str
    body: Node


@dataclass(frozen=True)
class Accent:
    """Something with a mark, line, arrow, brace or frame, by the command that puts it there."""

    command: str
    body: Node


@dataclass(frozen=True)
class Stacked:
    """A base with something small above or below."""

    base: Node
    small: Node
    above: bool


@dataclass(frozen=True)
class Arrow:
    """An arrow as long as the label above it."""

    command: str
    label: Node


@dataclass(frozen=True)
class Modulus:
    r"""The `(mod n)` after a congruence."""

    body: Node


@dataclass(frozen=True)
class Phantom:
    """The room of something that is not printed."""

    body: Node


@dataclass(frozen=True)
class Table:
    """Rows of cells: matrices, cases, aligned lines."""

    name: str
    """Of the environment, "substack" for small centred lines."""
    rows: tuple[tuple[Node, ...], ...]
    columns: str = ""
    """Of an `array`: l, c, r and |."""
    rules: frozenset[int] = field(default_factory=frozenset)
    """Before which rows a rule goes, the number of rows for the end."""


Node = (
    Symbol | Number | Words | Operator | Row | Script | Fraction | Root | Fenced | Sized | Styled | Accent | Stacked
    | Arrow | Modulus | Phantom | Space | Table
)  # fmt: skip
