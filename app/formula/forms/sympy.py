"""SymPy: a formula as Python that computes with it, where it has one meaning.

The grammar is that of the textbooks: juxtaposed factors are multiplied, a function takes the factors that follow, sums
and integrals reach to the next plus, minus or relation. f, g and h before brackets are functions, others factors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from app.core.i18n import tr
from app.formula.forms.errors import FormError, inexpressible
from app.formula.forms.glyphs import kind
from app.formula.forms.sympy_parts import (
    CLOSING,
    NAME,
    closing,
    differential,
    index_name,
    item_at,
    items_of,
    split,
    token_of,
    unbracketed,
    unknown,
    variable_name,
)
from app.formula.nodes import (
    Fenced,
    Fraction,
    Node,
    Number,
    Operator,
    Root,
    Row,
    Script,
    Symbol,
    Table,
)
from app.formula.tree import parse

RELATIONS: Final = {"=": "Eq", r"\neq": "Ne", "<": "Lt", ">": "Gt", r"\leq": "Le", r"\geq": "Ge",
                    r"\leqslant": "Le", r"\geqslant": "Ge"}  # fmt: skip
TIMES: Final = frozenset((r"\cdot", r"\times", "*", r"\ast"))
OVER: Final = frozenset(("/", r"\div"))
CONSTANTS: Final = {r"\pi": "pi", r"\infty": "oo"}
INVERTIBLE: Final = ("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth")
FUNCTIONS: Final = {
    **{name: name for name in (*INVERTIBLE, "exp", "log")},
    "ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "min": "Min", "max": "Max", "gcd": "gcd",
}  # fmt: skip
INVERSES: Final = {name: f"a{name}" for name in INVERTIBLE}
UNKNOWN: Final = frozenset("fgh")
"""Letters that are functions where brackets follow."""
FENCES: Final = {"(": "({})", "[": "({})", r"\{": "({})", "|": "Abs({})", r"\lfloor": "floor({})",
                 r"\lceil": "ceiling({})"}  # fmt: skip
MATRICES: Final = frozenset(("matrix", "pmatrix", "bmatrix", "smallmatrix", "array"))
ADD, MULTIPLY, POWER, ATOM = range(4)
"""How tightly the last operation of an expression binds."""
VARIABLE: Final = re.compile("\0(\\w+)\0")
"""How variables stand in an expression until all of it is known."""
Term = tuple[str, int]
"""Python and how tightly it binds."""


def sympy_code(latex: str) -> str:
    """Return Python that makes the formula an expression of SymPy: imports, symbols, and the expression on its line.

    Raises ValueError for what canonical LaTeX cannot say, `FormError` for what has no one meaning.
    """
    writer = _Writer()
    expression = writer.resolved(writer.relation(items_of(parse(latex, rooms=False))))
    makers = {"Symbol": writer.symbols - writer.functions, "Function": writer.functions, "IndexedBase": writer.bases}
    used = writer.used | {maker for maker, names in makers.items() if names}
    lines = [f"from sympy import {', '.join(sorted(used))}"] if used else []
    for maker, names in makers.items():
        lines += [f'{python_name(name)} = {maker}("{name}")' for name in sorted(names)]
    return "\n".join([*lines, expression])


def python_name(name: str) -> str:
    """Return the variable for a symbol: Python keeps lambda for itself, and SymPy some capitals and Greek letters."""
    return f"{name}_" if name in ("lambda", "E", "I", "N", "O", "Q", "S") else name


class _Writer:
    """Writes expressions and remembers what they need."""

    def __init__(self) -> None:
        self.used: set[str] = set()
        self.symbols: set[str] = set()
        self.functions: set[str] = set()
        self.bases: set[str] = set()
        """What has an index that a sum or product runs over."""
        self._bound: set[str] = set()
        self._depends: dict[str, set[str]] = {}
        """What is differentiated, and by what."""

    def resolved(self, text: str) -> str:
        """Return an expression with its variables under the names that Python knows them by."""

        def write(found: re.Match[str]) -> str:
            by = ", ".join(python_name(each) for each in sorted(self._depends.get(found[1], ())))
            return python_name(found[1]) + (f"({by})" if by else "")

        self.functions |= set(self._depends)
        return VARIABLE.sub(write, text)

    # -- relations, sums, products

    def relation(self, items: Sequence[Node]) -> str:
        """Return a chain of equations and inequalities, or a bare expression."""
        parts, signs = split(items, lambda node: kind(node) == "rel")
        if not signs:
            return self.sum(items)[0]
        for sign in signs:
            if token_of(sign) not in RELATIONS:
                raise unknown(sign)
        sides = [self.sum(part)[0] for part in parts]
        calls = [
            self._call(RELATIONS[token_of(sign)], left, right)
            for sign, left, right in zip(signs, sides, sides[1:], strict=False)
        ]
        return calls[0] if len(calls) == 1 else self._call("And", *calls)

    def sum(self, items: Sequence[Node]) -> Term:
        """Return terms added and subtracted."""
        if not items:
            raise FormError(tr("Something is missing here."))
        text, place, count = "", 0, 0
        bare: Term = ("", ATOM)
        while place < len(items):
            sign = token_of(items[place])
            if sign in ("+", "-"):
                place += 1
            end = place
            while end < len(items) and (token_of(items[end]) not in ("+", "-") or end == place):
                end = self._skip(items, end)
            bare = self.product(items[place:end])
            term = self._wrapped(bare, MULTIPLY)
            text += {"+": " + " if text else "", "-": " - " if text else "-"}.get(sign, "") + term
            place, count = end, count + 1
        return text, ADD if count > 1 or text.startswith("-") else bare[1]

    def _skip(self, items: Sequence[Node], place: int) -> int:
        """Return where the part at `place` ends: a bracket reaches to the one that closes it."""
        opening = token_of(items[place])
        return closing(items, place) + 1 if opening in CLOSING else place + 1

    def product(self, items: Sequence[Node]) -> Term:
        """Return factors, juxtaposed or with signs between them."""
        factors: list[str] = []
        place, divides = 0, False
        while place < len(items):
            token = token_of(items[place])
            if token in TIMES | OVER:
                divides = token in OVER
                place += 1
                continue
            term, place = self._factor(items, place)
            factors.append(("/" if divides else "*") + self._wrapped(term, POWER))
            divides = False
        if not factors:
            raise FormError(tr("Something is missing here."))
        if len(factors) == 1:
            return term
        return "".join(factors)[1:], MULTIPLY

    # -- factors

    def _factor(self, items: Sequence[Node], place: int) -> tuple[Term, int]:
        """Return the factor at `place` and where the next one begins."""
        node = items[place]
        base = node.base if isinstance(node, Script) else node
        if isinstance(base, Operator):
            return self._function(node, base, items, place + 1)
        if kind(base) == "op":
            return self._large(node, items[place + 1 :]), len(items)
        if isinstance(base, Fraction) and (found := self._derivative(base, items[place + 1 :])):
            return found, len(items)
        following = item_at(items, place + 1)
        if token_of(base) in UNKNOWN and (token_of(following) == "(" or isinstance(following, Fenced)):
            end = self._argument_end(items, place + 1)
            self.functions.add(name := token_of(base))
            arguments = self._arguments(unbracketed(items[place + 1 : end]))
            return self._powered((f"{name}({arguments})", ATOM), node), end
        if token_of(node) in CLOSING:
            return self._bracket(items, place)
        return self._suffixed(self._atom(node), items, place + 1)

    def _bracket(self, items: Sequence[Node], place: int) -> tuple[Term, int]:
        """Return what stands between two brackets, with the script of the closing one."""
        end = closing(items, place)
        body = FENCES[token_of(items[place])].format(self.sum(items[place + 1 : end])[0])
        self._note(body)
        return self._suffixed(self._powered((body, ATOM), items[end]), items, end + 1)

    def _suffixed(self, term: Term, items: Sequence[Node], place: int) -> tuple[Term, int]:
        """Return a factor with the factorials after it."""
        while token_of(item_at(items, place)) == "!":
            term = (self._call("factorial", term[0]), ATOM)
            place += 1
        return term, place

    def _powered(self, term: Term, node: Node) -> Term:
        """Return a term to the power at the upper right of `node`, if there is one."""
        if not isinstance(node, Script) or node.sup is None:
            return term
        return f"{self._wrapped(term, ATOM)}**{self._wrapped(self.sum(items_of(node.sup)), ATOM)}", POWER

    def _atom(self, node: Node) -> Term:  # noqa: PLR0911 - one answer for each kind of part
        match node:
            case Number():
                return node.text, ATOM
            case Script():
                return self._script(node)
            case Fraction():
                return self._quotient(node)
            case Root():
                body = self.sum(items_of(node.body))[0]
                if node.index is None:
                    return self._call("sqrt", body), ATOM
                return self._call("root", body, self.sum(items_of(node.index))[0]), ATOM
            case Fenced() if node.open in FENCES and CLOSING[node.open] == node.close and not node.separators:
                body = FENCES[node.open].format(self.sum(items_of(node.parts[0]))[0])
                self._note(body)
                return body, ATOM
            case Row():
                return f"({self.sum(node.items)[0]})", ATOM
            case Table() if node.name in MATRICES:
                rows = ", ".join(f"[{', '.join(self.sum(items_of(cell))[0] for cell in row)}]" for row in node.rows)
                return self._call("Matrix", f"[{rows}]"), ATOM
            case Symbol() if token_of(node) in CONSTANTS:
                self.used.add(CONSTANTS[node.token])
                return CONSTANTS[node.token], ATOM
        return self._variable(variable_name(node)), ATOM

    def _quotient(self, fraction: Fraction) -> Term:
        """Return a fraction; one of whole numbers stays exact."""
        over, under = self.sum(items_of(fraction.over)), self.sum(items_of(fraction.under))
        if fraction.binomial:
            return self._call("binomial", over[0], under[0]), ATOM
        if over[0].isdigit() and under[0].isdigit():
            return self._call("Rational", over[0], under[0]), ATOM
        return f"{self._wrapped(over, MULTIPLY)}/{self._wrapped(under, ATOM)}", MULTIPLY

    def _script(self, script: Script) -> Term:
        """Return a power, or a variable with an index."""
        if script.sub is None:
            if token_of(script.base) == "e" and script.sup is not None:
                return self._call("exp", self.sum(items_of(script.sup))[0]), ATOM
            return self._powered(self._atom(script.base), script)
        name, index = variable_name(script.base), index_name(script.sub)
        if index in self._bound:
            self.bases.add(name)
            return self._powered((f"{python_name(name)}[{self._variable(index)}]", ATOM), script)
        return self._powered((self._variable(f"{name}_{index}"), ATOM), script)

    # -- functions and operators that take what follows

    def _function(self, node: Node, operator: Operator, items: Sequence[Node], place: int) -> tuple[Term, int]:
        """Return a function with its argument: what is in brackets, or the factors up to the next function."""
        if operator.name == "lim":
            return (self._limit(node, items[place:]), ATOM), len(items)
        if operator.name not in FUNCTIONS:
            raise inexpressible(tr(NAME), operator.name)
        name, power = FUNCTIONS[operator.name], node.sup if isinstance(node, Script) else None
        if power is not None and self.sum(items_of(power))[0] == "-1" and operator.name in INVERSES:
            name, power = INVERSES[operator.name], None
        end = self._argument_end(items, place)
        arguments = self._arguments(unbracketed(items[place:end]))
        if isinstance(node, Script) and node.sub is not None:
            if name != "log":
                raise inexpressible(tr(NAME), f"{operator.name}_")
            arguments += f", {self.sum(items_of(node.sub))[0]}"
        term = (self._call(name, arguments), ATOM)
        return self._powered(term, Script(node, None, power, stacked=False)), end

    def _argument_end(self, items: Sequence[Node], place: int) -> int:
        """Return where the argument of a function ends that begins at `place`."""
        if place >= len(items):
            raise FormError(tr("Something is missing here."))
        if token_of(items[place]) == "(":
            return closing(items, place) + 1
        if isinstance(items[place], Fenced):
            return place + 1
        end = place
        while end < len(items) and not (kind(items[end]) in ("op", "bin", "rel") and end > place):
            end = self._skip(items, end)
        return end

    def _arguments(self, items: Sequence[Node]) -> str:
        """Return expressions with commas between them."""
        parts, _ = split(items, lambda node: token_of(node) == ",")
        return ", ".join(self.sum(part)[0] for part in parts)

    def _large(self, node: Node, rest: Sequence[Node]) -> Term:
        r"""Return a sum, product or integral over `rest`."""
        script = node if isinstance(node, Script) else Script(node, None, None, stacked=False)
        token = token_of(script.base)
        if token == r"\int":
            return self._integral(script, rest), ATOM
        if token not in (r"\sum", r"\prod") or script.sub is None or script.sup is None:
            raise unknown(script.base)
        parts, _ = split(items_of(script.sub), lambda each: token_of(each) == "=")
        if len(parts) != 2 or len(parts[0]) != 1:  # noqa: PLR2004 - the index and where it starts
            raise unknown(script.base)
        index = variable_name(parts[0][0])
        bounds = self.sum(parts[1])[0], self.sum(items_of(script.sup))[0]
        self._bound.add(index)
        body = self.product(rest)[0]
        self._bound.discard(index)
        span = ", ".join((self._variable(index), *bounds))
        return self._call("Sum" if token == r"\sum" else "Product", body, f"({span})"), ATOM

    def _integral(self, script: Script, rest: Sequence[Node]) -> str:
        """Return an integral; the differential is the last thing of it."""
        if len(rest) < 2 or differential(rest[-2]) != ("d", "1"):  # noqa: PLR2004 - d and x
            raise inexpressible(tr(NAME), r"\int")
        variable = self._variable(variable_name(rest[-1]))
        body = self.product(rest[:-2])[0] if rest[:-2] else "1"
        if script.sub is None or script.sup is None:
            return self._call("Integral", body, variable)
        bounds = (self.sum(items_of(part))[0] for part in (script.sub, script.sup))
        return self._call("Integral", body, f"({', '.join((variable, *bounds))})")

    def _limit(self, node: Node, rest: Sequence[Node]) -> str:
        under = items_of(node.sub) if isinstance(node, Script) and node.sub is not None else []
        parts, signs = split(under, lambda each: token_of(each) == r"\rightarrow")
        if len(signs) != 1 or len(parts[0]) != 1:
            raise inexpressible(tr(NAME), "lim")
        return self._call(
            "Limit", self.product(rest)[0], self._variable(variable_name(parts[0][0])), self.sum(parts[1])[0]
        )

    def _derivative(self, fraction: Fraction, rest: Sequence[Node]) -> Term | None:
        r"""Return a derivative if a fraction is one: `\frac{d}{dx} f` or `\frac{\partial f}{\partial x}`."""
        over, under = items_of(fraction.over), items_of(fraction.under)
        sign, order = differential(over[0] if over else None)
        if not sign or len(under) != 2 or differential(under[0]) != (sign, "1"):  # noqa: PLR2004 - d and x
            return None
        variable = under[1].base if isinstance(under[1], Script) else under[1]
        what = over[1:] or list(rest)
        if len(what) == 1 and isinstance(what[0], Symbol):
            self._depends.setdefault(variable_name(what[0]), set()).add(variable_name(variable))
        body = self.product(what)[0]
        times = [] if order == "1" else [order]
        found = self._call("Derivative", body, self._variable(variable_name(variable)), *times)
        if over[1:] and rest:
            return f"{found}*{self._wrapped(self.product(rest), POWER)}", MULTIPLY
        return found, ATOM

    # -- words

    def _variable(self, name: str) -> str:
        if not name.isidentifier():
            raise inexpressible(tr(NAME), name)
        self.symbols.add(name)
        return f"\0{name}\0"

    def _call(self, name: str, *arguments: str) -> str:
        self.used.add(name)
        return f"{name}({', '.join(arguments)})"

    def _note(self, text: str) -> None:
        """Remember a function that a pattern wrote."""
        name = text.partition("(")[0]
        if name:
            self.used.add(name)

    @staticmethod
    def _wrapped(term: Term, least: int) -> str:
        """Return a term in brackets if it binds less tightly than its place needs."""
        return term[0] if term[1] >= least else f"({term[0]})"
