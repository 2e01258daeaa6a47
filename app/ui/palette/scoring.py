"""What is said about the palette in front: measures, how far its first colours reach, and how others see it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.palette import Kind, Model, Palette, Report, Standard, Vision, check, simulate
from app.palette.colour import to_hex, to_rgb
from app.palette.palette import CLASSES
from app.palette.readers import pair_distances, seen


@dataclass(frozen=True)
class Score:
    """The measures of a palette; places count from 0."""

    report: Report
    reach: tuple[float | None, ...]
    """Smallest distance among the colours up to and with each; of a ramp, to the colour before. None for the first."""

    @property
    def confused(self) -> frozenset[int]:
        """The two colours that some reader confuses most, none when they are far enough apart."""
        pair = self.report.worst[1]
        is_short = round(pair.distance, 1) < self.report.limit
        return frozenset((pair.first, pair.second) if is_short else ())

    def is_short(self, place: int) -> bool:
        """Tell whether the colours up to this one are too near to each other."""
        reach = self.reach[place]
        return reach is not None and round(reach, 1) < self.report.limit


def shown(palette: Palette) -> Palette:
    """Return the palette as it is shown and judged: a continuous one by a few of its colours."""
    return palette.sampled(CLASSES) if palette.is_continuous else palette


def score(palette: Palette, standard: Standard) -> Score:
    """Measure a palette."""
    judged = shown(palette)
    distances = pair_distances(seen(to_rgb(judged.colours), standard))
    places = range(1, len(judged))
    if judged.kind is Kind.QUALITATIVE:
        nearest = np.minimum.accumulate([distances[place, :place].min() for place in places])
    else:
        nearest = np.array([distances[place, place - 1] for place in places])
    return Score(check(palette, standard), (None, *map(float, nearest)))


def seen_by(palette: Palette, vision: Vision, severity: float, model: Model) -> tuple[str, ...]:
    """Return the shown colours as `vision` sees them, nothing for normal vision."""
    if vision is Vision.NORMAL:
        return ()
    return to_hex(simulate(to_rgb(shown(palette).colours), vision, severity, model))
