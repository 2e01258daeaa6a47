"""What a palette is: colours in order, of a kind, from somewhere, under a licence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from enum import Enum
from typing import Final

from app.core.errors import InputError
from app.core.i18n import mark, tr
from app.palette.colour import WHITE, parse_hex

MOST: Final = 256
"""Colours that a palette can have: as many as a colour map of matplotlib."""
CONTINUOUS: Final = 32
"""A ramp of more colours than these stands for a continuous one."""
CLASSES: Final = 9
"""Colours that a continuous ramp is judged and shown by: the most classes of a map that readers tell apart."""

YES: Final = 1
"""A flag of ColorBrewer that says so without "maybe"."""


class Kind(Enum):
    """What the order of the colours means."""

    QUALITATIVE = "qualitative"
    SEQUENTIAL = "sequential"
    DIVERGING = "diverging"
    CYCLIC = "cyclic"

    @property
    def title(self) -> str:
        """What to call it, in the user's language."""
        return tr(_TITLES[self])


_TITLES: Final = {
    Kind.QUALITATIVE: mark("qualitative"),
    Kind.SEQUENTIAL: mark("sequential"),
    Kind.DIVERGING: mark("diverging"),
    Kind.CYCLIC: mark("cyclic"),
}


@dataclass(frozen=True)
class Flags:
    """ColorBrewer's own judgement of a scheme at one size: 1 yes, 2 maybe, 0 no, None not judged."""

    blind: int | None
    print: int | None
    copy: int | None
    screen: int | None

    def __str__(self) -> str:
        return "".join("-" if value is None else str(value) for value in astuple(self))

    def allow(self, uses: Iterable[str]) -> bool:
        """Tell whether the judgement is "yes" for each of some uses: "blind", "print", "copy", "screen"."""
        return all(getattr(self, use) == YES for use in uses)

    @classmethod
    def of(cls, values: Iterable[str]) -> Flags:
        """Return the flags written as four texts; one that is no number is not judged."""
        return cls(*(int(value) if value.isdigit() else None for value in values))


@dataclass(frozen=True)
class Palette:
    """Colours "#rrggbb" in order. Raises `InputError` when there are fewer than two or more than `MOST`."""

    name: str
    colours: tuple[str, ...]
    kind: Kind = Kind.QUALITATIVE
    source: str = ""
    licence: str = ""
    flags: Flags | None = None

    def __post_init__(self) -> None:
        if not 2 <= len(self.colours) <= MOST:  # noqa: PLR2004 - one colour cannot be mistaken for another
            raise InputError(tr("A palette has 2 to {most} colours, not {count}.", most=MOST, count=len(self.colours)))

    def __len__(self) -> int:
        return len(self.colours)

    @classmethod
    def of(
        cls, colours: Sequence[str], name: str = "", kind: Kind = Kind.QUALITATIVE, background: str = WHITE
    ) -> Palette:
        """Return a palette of colours as people write them, see `parse_hex`. Raises `InputError`."""
        return cls(name, tuple(parse_hex(colour, background) for colour in colours), kind)

    @property
    def is_continuous(self) -> bool:
        """Whether it stands for a ramp without steps."""
        return self.kind is not Kind.QUALITATIVE and len(self) > CONTINUOUS

    def sampled(self, count: int) -> Palette:
        """Return `count` colours: the first of a qualitative palette, evenly spaced ones of a ramp.

        Raises `InputError` when it has fewer.
        """
        if count == len(self):
            return self
        if count > len(self) or count < 1:
            raise InputError(tr("{name} has {most} colours, not {count}.", name=self.name, most=len(self), count=count))
        return Palette(self.name, self._chosen(count), self.kind, self.source, self.licence)

    def _chosen(self, count: int) -> tuple[str, ...]:
        if self.kind is Kind.QUALITATIVE:
            return self.colours[:count]
        intervals = count if self.kind is Kind.CYCLIC else max(count - 1, 1)
        return tuple(self.colours[round(step * (len(self) - 1) / intervals)] for step in range(count))

    def reversed(self) -> Palette:
        """Return the same colours from last to first."""
        return replace(self, colours=self.colours[::-1])

    def of_kind(self, kind: Kind) -> Palette:
        """Return the same colours with another meaning of their order."""
        return replace(self, kind=kind)


@dataclass(frozen=True)
class Scheme:
    """A published palette, which may have colours of its own for each number of classes."""

    key: str
    """Unique, such as "brewer.Set2"."""
    name: str
    kind: Kind
    source: str
    licence: str
    sizes: Mapping[int, tuple[str, ...]] = field(repr=False)
    flags: Mapping[int, Flags] = field(default_factory=dict, repr=False)

    @property
    def largest(self) -> Palette:
        """The palette with all colours."""
        return self.at(max(self.sizes))

    def at(self, count: int) -> Palette:
        """Return the palette of `count` colours. Raises `InputError` when there are not that many."""
        if own := self.sizes.get(count):
            return Palette(self.name, own, self.kind, self.source, self.licence, self.flags.get(count))
        return self.largest.sampled(count)

    def fitting(self, count: int | None = None, uses: Collection[str] = ()) -> Palette | None:
        """Return the palette of `count` colours, the largest if None, that ColorBrewer itself judges good for `uses`.

        None: there is none; see `Flags.allow`.
        """
        counts = [count] if count else sorted(self.sizes, reverse=True) if uses else [max(self.sizes)]
        found = (self.at(each) for each in counts if each in self.sizes or each < max(self.sizes))
        return next((each for each in found if not uses or (each.flags and each.flags.allow(uses))), None)
