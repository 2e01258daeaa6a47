r"""LaTeX as written by people, in one spelling: tokens of `symbols.TOKENS`, the same picture, spaces aside.

Scripts are braced, the lower one first; primes are superscripts; synonyms, spaces and redundant braces go; `\over`,
`\bf` and their like become commands with arguments. What has no spelling in the vocabulary raises ValueError.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.formula import symbols
from app.formula.atoms import Atom, Tokens, joined
from app.formula.grammar import COLUMNS, DELIMITERS
from app.formula.latex_parts import parts
from app.formula.spellings import (
    CLASSES,
    ENVIRONMENTS,
    FENCES,
    FRAMES,
    INFIX,
    KNOWN,
    MOVABLE,
    OLD_TABLES,
    RAISED,
    ROOMS,
    SPACES,
    SPELLINGS,
    STRUCK,
    SWITCHES,
    TEXT_FONTS,
)


def canonical(latex: str, *, rooms: bool = False) -> Tokens:
    r"""Return the canonical tokens of `latex`. Raises ValueError when there are none.

    With `rooms` spaces that have a width, such as `\quad`, stay; they are no part of the vocabulary.
    """
    parser = _Parser(parts(latex), rooms=rooms)
    tokens = parser.sequence(frozenset())
    unknown = set(tokens) - KNOWN - (ROOMS if rooms else frozenset())
    if unknown:
        raise ValueError(f"not in the vocabulary: {' '.join(sorted(unknown))}")
    return tokens


class _Parser:
    """Reads LaTeX from the left; every method consumes what it returns."""

    def __init__(self, source: Sequence[str], *, rooms: bool) -> None:
        self._source = source
        self._rooms = ROOMS if rooms else frozenset[str]()
        self._passed: list[str] = []
        """Spaces to keep that were gone past on the way to the next token."""
        self._place = 0
        self._display = True

    # -- tokens

    def _peek(self) -> str:
        """Return the next token that is no space, "" at the end."""
        while self._place < len(self._source) and (token := self._source[self._place]) in SPACES:
            self._passed += [token] if token in self._rooms else []
            self._place += 1
        return self._source[self._place] if self._place < len(self._source) else ""

    def _next(self) -> str:
        token = self._peek()
        if not token:
            raise ValueError("the formula ends too soon")
        self._place += 1
        return token

    def _expect(self, token: str) -> None:
        found = self._next()
        if found != token:
            raise ValueError(f"{token} expected, not {found}")

    def _word(self) -> str:
        """Return what stands between the next braces, as it is."""
        self._expect("{")
        start = self._place
        while self._next() != "}":
            pass
        return "".join(self._source[start : self._place - 1]).replace(" ", "")

    # -- sequences

    def sequence(self, stops: frozenset[str]) -> Tokens:
        """Return what comes before one of `stops` (which stays) or before the end."""
        return joined(self._atoms(stops))

    def _atoms(self, stops: frozenset[str]) -> list[Atom]:
        display = self._display
        atoms: list[Atom] = []
        while True:
            token = self._peek()
            atoms += [Atom([room]) for room in self._passed]
            self._passed.clear()
            if not token or token in stops:
                break
            if token in INFIX:
                atoms = [self._infix(atoms, stops)]
            elif token in SWITCHES:
                self._place += 1
                atoms.append(self._font(SWITCHES[token], self._atoms(stops)))
            elif token in (r"\displaystyle", r"\textstyle"):
                atoms += self._style(token)
            else:
                atoms += self._scripted()
        if not token and stops:
            raise ValueError("something is left open")
        self._display = display
        return atoms

    def _style(self, token: str) -> list[Atom]:
        """Change the style; say so only where it is another one."""
        self._place += 1
        same = self._display == (token == r"\displaystyle")
        self._display = token == r"\displaystyle"
        return [] if same else [Atom([token])]

    def _infix(self, before: list[Atom], stops: frozenset[str]) -> Atom:
        command = INFIX[self._next()]
        self._display = False
        return Atom([command, "{", *joined(before), "}", "{", *self.sequence(stops), "}"])

    def _group(self, *, display: bool | None = None) -> list[Atom]:
        """Return the atoms between the next braces, or the next one when there are none."""
        kept = self._display
        self._display = kept if display is None else display
        if self._peek() == "{":
            self._place += 1
            atoms = self._atoms(frozenset("}"))
            self._expect("}")
        else:
            atoms = [self._atom()]
        self._display = kept
        return atoms

    def _argument(self, *, display: bool | None = None) -> Tokens:
        return ["{", *joined(self._group(display=display)), "}"]

    # -- atoms

    def _scripted(self) -> list[Atom]:
        """Return the next atom with its scripts; several when a bare group falls apart, none for an empty one."""
        if self._peek() == "{":
            inside = self._group()
            atom = Atom(joined(inside), loose=True, atoms=len(inside))
            if len(inside) == 1:
                atom.font = inside[0].font
                atom.atoms = 2 if inside[0].scripted else max(inside[0].atoms, 1)
        else:
            inside = []
            atom = Atom([], loose=True, atoms=0) if self._peek() in ("_", "^", "'") else self._atom()
        self._limits(atom)
        self._scripts(atom)
        if atom.scripted:
            if self._display and atom.loose and atom.atoms == 1 and atom.base[-1] in MOVABLE:
                atom.base = [*atom.base, r"\nolimits"]  # in braces an operator has its scripts beside it
            return [atom]
        return inside if inside or not atom.base else [atom]

    def _limits(self, atom: Atom) -> None:
        while self._peek() in symbols.LIMITS:
            usual = r"\limits" if self._display and atom.base[-1:] and atom.base[0] in MOVABLE else r"\nolimits"
            token = self._next()
            if atom.base[:1] == [r"\operatorname*"] and token == r"\nolimits":
                atom.base[0] = r"\operatorname"
            elif token != usual and atom.base[:1] != [r"\operatorname*"]:
                atom.base = [*atom.base, token]

    def _scripts(self, atom: Atom) -> None:
        closed = False
        while (sign := self._peek()) in ("_", "^", "'"):
            self._place += 1
            script = atom.sub if sign == "_" else atom.sup
            if sign == "'" and not closed:
                script.append(r"\prime")
                continue
            if sign == "'" or (script and (sign == "_" or closed)):
                raise ValueError("two scripts in one place")
            script += joined(self._group(display=False))
            closed = closed or sign == "^"
        if atom.base[:1] == [r"\operatorname*"] and not atom.scripted:
            atom.base[0] = r"\operatorname"

    def _atom(self) -> Atom:
        """Return the next symbol or command with its arguments, without scripts."""
        raw = self._next()
        if raw in TEXT_FONTS:
            return self._text(SPELLINGS.get(raw, raw))
        token = SPELLINGS.get(raw, raw)
        if token in symbols.SIZES:
            return self._fence(token)
        if token in CLASSES:
            inside = self._group()
            return Atom(joined(inside), loose=True, atoms=len(inside))
        return self._command(token)

    def _command(self, token: str) -> Atom:
        if token == r"\begin":
            return self._environment(self._word())
        if token in OLD_TABLES and self._peek() == "{":
            self._place += 1
            table = self._table(OLD_TABLES[token], "}")
            self._expect("}")
            return Atom(table)
        if token in (r"\operatorname", r"\operatorname*", r"\mathop"):
            return self._operator(token)
        if token in symbols.FONTS:
            return self._font(token, self._group())
        if token in (r"\ket", r"\bra"):
            inside = joined(self._group())
            return Atom(["|", *inside, r"\rangle"] if token == r"\ket" else [r"\langle", *inside, "|"])
        return self._usual(token)

    def _usual(self, token: str) -> Atom:
        if token == r"\substack":
            self._expect("{")
            rows = self._table("", "}")
            self._expect("}")
            return Atom([token, "{", *rows, "}"])
        if token in (*symbols.ONE, *symbols.TWO):
            return self._arguments(token)
        if token == symbols.ROOT:
            return Atom([token, *self._index(), *self._argument()])
        if token == r"\dots":
            return Atom([r"\cdots" if self._raised() else r"\ldots"])
        if token == r"\not":
            following = self._group()
            struck = joined(following)
            if len(struck) != 1 or struck[0] not in STRUCK:
                raise ValueError("more than a symbol struck through")
            return Atom([r"\neq"] if struck == ["="] else [token, *struck])
        if token not in KNOWN or token in ("&", r"\\", "}", "~", r"\hline"):
            raise ValueError(f"{token} has no place here")
        return Atom([token])

    def _arguments(self, token: str) -> Atom:
        if self._peek() == "[":
            raise ValueError(f"an option of {token}")
        if token not in symbols.TWO:
            return Atom([token, *self._argument()])
        name = {(r"\dfrac", True): r"\frac", (r"\tfrac", False): r"\frac"}.get((token, self._display), token)
        over = token in (r"\overset", r"\underset")
        first = self._argument(display=False)
        return Atom([name, *first, *self._argument(display=self._display if over else False)])

    def _index(self) -> Tokens:
        if self._peek() != "[":
            return []
        self._place += 1
        kept, self._display = self._display, False
        index = self.sequence(frozenset("]"))
        self._display = kept
        self._expect("]")
        if any(token == r"\left" or token.startswith(r"\begin") for token in index):
            raise ValueError("a table or a large delimiter over a root")
        return ["[", *index, "]"] if index else []

    def _raised(self) -> bool:
        after = self._source[self._place :]
        following = next((token for token in after if token != " "), "")
        return SPELLINGS.get(following, following) in RAISED

    def _fence(self, token: str) -> Atom:
        fence = self._delimiter()
        if token != r"\left":
            return Atom([token, fence] if fence != "." else [])
        inside = self.sequence(frozenset((r"\right",)))
        self._place += 1
        return Atom([token, fence, *inside, r"\right", self._delimiter()])

    def _delimiter(self) -> str:
        raw = self._next()
        fence = FENCES.get(raw, SPELLINGS.get(raw, raw))
        if fence not in DELIMITERS:
            raise ValueError(f"{fence} is no delimiter")
        return fence

    def _font(self, command: str, atoms: list[Atom]) -> Atom:
        inside = joined(atoms)
        if r"\\" in inside and not any(token.startswith(r"\begin") for token in inside):
            raise ValueError("a font over several rows")
        if not inside or (command == r"\mathrm" and set(inside) <= {*symbols.SIGNS, *"0123456789"}):
            return Atom(inside, loose=True, atoms=len(inside))
        return Atom([command, "{", *inside, "}"], font=command)

    def _operator(self, token: str) -> Atom:
        """Return a named operator under its own command, if it has one."""
        inside = self._group()
        if token == r"\mathop":
            if len(inside) != 1 or inside[0].font != r"\mathrm" or inside[0].scripted:
                raise ValueError("an operator that is no name")
            name, token = inside[0].base[2:-1], r"\operatorname*"
        else:
            name = joined(inside)
            if len(inside) == 1 and inside[0].font == r"\mathrm" and not inside[0].scripted:
                name = inside[0].base[2:-1]
        command = "\\" + "".join(name)
        if command not in symbols.FUNCTIONS:
            return Atom([token, "{", *name, "}"] if name else [])
        movable = command in MOVABLE and token == r"\operatorname"
        if token == r"\operatorname*" and command not in MOVABLE:
            return Atom([token, "{", *name, "}"])
        return Atom([command], loose=movable)

    # -- text

    def _text(self, command: str) -> Atom:
        words = self._words()
        if command != r"\text":
            if "~" in words:
                raise ValueError("several words in a font")
            return Atom([command, "{", *words, "}"] if words else [], font=command)
        return Atom([command, "{", *words, "}"] if words else [])

    def _words(self) -> Tokens:
        """Return the text between the next braces, spaces as `~`; nothing when there is nothing but spaces."""
        self._expect("{")
        words: Tokens = []
        while (token := self._raw()) != "}":
            if token in (" ", "~", r"\ ", r"\,", r"\;", r"\:"):
                words += ["~"] if words[-1:] != ["~"] else []
            elif token in symbols.LETTERS or (token in symbols.SIGNS and token != r"\|"):
                words.append(token)
            else:
                raise ValueError(f"{token} inside text")
        return [] if words == ["~"] else words

    def _raw(self) -> str:
        if self._place >= len(self._source):
            raise ValueError("text is left open")
        self._place += 1
        return self._source[self._place - 1]

    # -- tables

    def _environment(self, name: str) -> Atom:
        if name in FRAMES:
            inside = self._atoms(frozenset((r"\end",)))
            self._end(name)
            return Atom(joined(inside), loose=True, atoms=len(inside))
        if name not in ENVIRONMENTS:
            raise ValueError(f"the environment {name}")
        spec = self._columns() if name == "array" else []
        table = self._table(ENVIRONMENTS[name], r"\end", spec)
        self._end(name)
        return Atom(table, loose=not table[:1] or not table[0].startswith(r"\begin"), atoms=2)

    def _end(self, name: str) -> None:
        self._expect(r"\end")
        if self._word() != name:
            raise ValueError(f"{name} is not closed")

    def _columns(self) -> Tokens:
        """Return the braced columns of an array."""
        columns = "".join(self._word().split())
        if not columns or set(columns) - COLUMNS:
            raise ValueError(f"columns {columns}")
        return ["{", *columns, "}"]

    def _table(self, name: str, end: str, spec: Iterable[str] = ()) -> Tokens:
        r"""Return the rows before `end` inside the environment `name`; one row of an alignment needs none."""
        kept, self._display = self._display, name in ("aligned", "gathered")
        rows: list[list[Tokens]] = [[]]
        while True:
            rows[-1].append(self._cell(end))
            token = self._peek()
            if token == end:
                break
            self._place += 1
            if token != "&":
                rows.append([])
        self._display = kept
        if rows[-1] == [[]] and len(rows) > 1:
            rows.pop()
        if name in ("aligned", "gathered") and len(rows) == 1 and len(rows[0]) <= 2:  # noqa: PLR2004 - left and right
            return [token for cell in rows[0] for token in cell]
        lines = [_parted(cells, "&") for cells in rows]
        inside = [token for place, line in enumerate(lines) for token in ([r"\\"] if place else []) + line]
        return [rf"\begin{{{name}}}", *spec, *inside, rf"\end{{{name}}}"] if name else inside

    def _cell(self, end: str) -> Tokens:
        lines: Tokens = []
        while self._peek() == r"\hline":
            lines.append(self._next())
        return [*lines, *self.sequence(frozenset(("&", r"\\", r"\cr", r"\newline", end)))]


def _parted(parts: Iterable[Tokens], sign: str) -> Tokens:
    return [token for place, part in enumerate(parts) for token in ([sign] if place else []) + part]
