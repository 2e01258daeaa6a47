"""How safe a palette is, measured: what each reader can tell apart on screen, on paper and against the background."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from app.core.errors import InputError
from app.core.i18n import tr
from app.palette import colour as colours
from app.palette.appearance import linear_to_ucs
from app.palette.colour import WHITE, Floats
from app.palette.palette import CLASSES, Kind, Palette
from app.palette.vision import DEFICIENCIES, Model, Vision, simulate_linear

FRIENDLY: Final = 10.0
"""Smallest distance (CAM02-UCS) of two colours of a legend that everybody tells apart (cols4all, "friendly")."""
VERY_FRIENDLY: Final = 15.0
"""The same with ease (cols4all, "very friendly")."""
NEIGHBOURS: Final = 5.0
"""Smallest distance of two classes of a ramp, which a reader compares with a key in order."""
GREY_STEP: Final = 5.0
"""Smallest difference of lightness L* that a grey print keeps."""
EVEN: Final = 0.5
"""A smallest step under this share of the mean one makes a ramp show borders that the data do not have."""
SYMMETRIC: Final = 10.0
"""Arms of a diverging ramp that differ by more lightness J' make one side look more important."""
CONTRAST: Final = 3.0
"""Contrast of a mark with its background (WCAG 2.2, criterion 1.4.11)."""


@dataclass(frozen=True)
class Standard:
    """What a palette is measured against. Raises `InputError` for values out of range."""

    limit: float = FRIENDLY
    """Smallest distance (CAM02-UCS) of two colours of a qualitative palette."""
    model: Model = Model.MACHADO
    severity: float = 1.0
    """Of the colour vision deficiency: 0 none to 1 dichromacy."""
    background: str = WHITE
    needs_grey: bool = False
    """Whether a palette that a grey print mixes up is unsafe."""
    needs_contrast: bool = False
    """Whether a palette with colours that fade into the background is unsafe."""

    def __post_init__(self) -> None:
        if not 0 <= self.severity <= 1:
            raise InputError(tr("The severity is 0 to 1, not {value}.", value=self.severity))
        if not 0 < self.limit <= 100:  # noqa: PLR2004 - black and white are 100 apart
            raise InputError(tr("The limit is a distance from 0 to 100, not {value}.", value=self.limit))


@dataclass(frozen=True)
class Pair:
    """Two colours, by their places from 0, and how different they look (CAM02-UCS; L* in grey)."""

    first: int
    second: int
    distance: float


@dataclass(frozen=True)
class Ramp:
    """What only ramps have. Distances are CAM02-UCS under normal vision."""

    smallest_step: float
    largest_step: float
    mean_step: float
    ordered: bool
    """Lightness goes one way: along a sequential ramp, along each arm of a diverging one."""
    asymmetry: float
    """Largest difference of lightness J' between the arms of a diverging ramp at the same place; else 0."""

    @property
    def evenness(self) -> float:
        """The smallest step as a share of the mean one, 0 to 1."""
        return self.smallest_step / self.mean_step if self.mean_step else 0.0

    @property
    def is_sound(self) -> bool:
        """Whether it shows the data as they are: in order, without false borders, and without a stronger side."""
        return self.ordered and self.evenness >= EVEN and self.asymmetry <= SYMMETRIC


@dataclass(frozen=True)
class Report:
    """All measures of one palette."""

    palette: Palette
    """What was measured: `CLASSES` colours of a continuous ramp."""
    standard: Standard
    pairs: Mapping[tuple[Vision, Model], Pair]
    """The pair most alike to each reader; normal vision has the same under each model."""
    grey: Pair
    """The pair most alike in grey."""
    contrasts: tuple[float, ...]
    """Of each colour with the background: 1 to 21."""
    ramp: Ramp | None

    def smallest(self, vision: Vision) -> Pair:
        """Return the pair most alike to these readers by the model of the standard; `grey` for a grey print."""
        return self.grey if vision is Vision.GREY else self.pairs[vision, self.standard.model]

    @property
    def worst(self) -> tuple[Vision, Pair]:
        """The readers who have most difficulty, and the pair that they confuse."""
        visions = (Vision.NORMAL, *DEFICIENCIES)
        return min(((vision, self.smallest(vision)) for vision in visions), key=lambda found: found[1].distance)

    @property
    def distance(self) -> float:
        """The smallest distance of any two colours to any reader: what palettes are sorted by."""
        return self.worst[1].distance

    @property
    def limit(self) -> float:
        """The distance that is asked for: classes of a ramp may be nearer than colours of a legend."""
        if self.palette.kind is Kind.QUALITATIVE:
            return self.standard.limit
        return min(NEIGHBOURS, self.standard.limit)

    @property
    def keeps_grey(self) -> bool:
        """Whether a grey print keeps all colours apart, and those of a sequential ramp in order."""
        in_order = self.ramp is None or self.palette.kind is not Kind.SEQUENTIAL or self.ramp.ordered
        return in_order and self.grey.distance >= GREY_STEP

    @property
    def stands_out(self) -> bool:
        """Whether every colour has the contrast with the background that marks need."""
        return min(self.contrasts) >= CONTRAST

    @property
    def is_sound(self) -> bool:
        """Whether a ramp shows the data as they are, see `Ramp.is_sound`; colours for series always do."""
        return self.ramp is None or self.ramp.is_sound

    @property
    def is_safe(self) -> bool:
        """Whether the palette meets the standard."""
        return (
            round(self.distance, 1) >= self.limit
            and (self.keeps_grey or not self.standard.needs_grey)
            and (self.stands_out or not self.standard.needs_contrast)
        )


def check(palette: Palette, standard: Standard | None = None) -> Report:
    """Measure a palette.

    Colours that a dichromat would see outside what screens show are clipped, as on a screen; distances are Euclidean in
    CAM02-UCS. A continuous ramp is measured by `CLASSES` of its colours.
    """
    standard = standard or Standard()
    judged = palette.sampled(CLASSES) if palette.is_continuous else palette
    rgb = colours.to_rgb(judged.colours)
    readers, seen = perceived(rgb, standard.severity)
    return Report(
        judged,
        standard,
        dict(zip(readers, map(closest, seen), strict=True)),
        closest(colours.lightness(rgb)[:, None]),
        tuple(map(float, colours.contrast(rgb, standard.background))),
        None if judged.kind is Kind.QUALITATIVE else _ramp(judged.kind, seen[0]),
    )


def perceived(rgb: Floats, severity: float) -> tuple[list[tuple[Vision, Model]], Floats]:
    """Return all readers by all models, and how they see sRGB colours (n, 3): an array (readers, n, 3) in CAM02-UCS."""
    readers = [(vision, model) for vision in (Vision.NORMAL, *DEFICIENCIES) for model in Model]
    linear = colours.to_linear(rgb)
    seen = np.stack([simulate_linear(linear, vision, severity, model) for vision, model in readers])
    return readers, linear_to_ucs(np.clip(seen, 0, 1))


def closest(points: Floats) -> Pair:
    """Return the two nearest of points (n, d), the first of several."""
    distances = np.linalg.norm(points[:, None] - points[None], axis=-1)
    first, second = np.triu_indices(len(points), 1)
    place = int(distances[first, second].argmin())
    pair = int(first[place]), int(second[place])
    return Pair(*pair, float(distances[pair]))


def _ramp(kind: Kind, ucs: Floats) -> Ramp:
    """Measure the steps of a ramp (n, 3) in CAM02-UCS."""
    ring = np.vstack([ucs, ucs[:1]]) if kind is Kind.CYCLIC else ucs
    steps = np.linalg.norm(np.diff(ring, axis=0), axis=1)
    lightness = ucs[:, 0]
    asymmetry = float(np.abs(lightness - lightness[::-1]).max()) if kind is Kind.DIVERGING else 0.0
    return Ramp(float(steps.min()), float(steps.max()), float(steps.mean()), _is_ordered(kind, lightness), asymmetry)


def _is_ordered(kind: Kind, lightness: Floats) -> bool:
    rises = np.diff(lightness)
    if kind is Kind.SEQUENTIAL:
        return _goes_one_way(rises)
    if kind is Kind.DIVERGING:
        middle = (len(lightness) - 1) // 2
        return _goes_one_way(rises[:middle]) and _goes_one_way(rises[len(rises) - middle :])
    return True


def _goes_one_way(rises: Floats) -> bool:
    return bool((rises > 0).all() or (rises < 0).all())
