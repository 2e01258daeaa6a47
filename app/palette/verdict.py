"""What measures mean, in words: who confuses which colours, and what else a reader would trip over."""

from __future__ import annotations

from dataclasses import asdict
from enum import Enum
from typing import Final

from app.core.i18n import mark, tr
from app.palette.names import colour_name
from app.palette.palette import Flags, Kind
from app.palette.safety import CONTRAST, EVEN, SYMMETRIC, VERY_FRIENDLY, Pair, Report
from app.palette.vision import DEFICIENCIES, Vision

_CHECKED: Final = (Vision.NORMAL, *DEFICIENCIES)
_NAMED: Final = 3
"""So many colours are named in one sentence; of more the number is told."""


class Level(Enum):
    """The verdict in one word."""

    VERY_SAFE = "very safe"
    SAFE = "safe"
    UNSAFE = "unsafe"

    @property
    def title(self) -> str:
        """What to call it, in the user's language."""
        return tr(_LEVELS[self])


_LEVELS: Final = {
    Level.VERY_SAFE: mark("very safe"),
    Level.SAFE: mark("safe"),
    Level.UNSAFE: mark("unsafe"),
}
_READERS: Final = {
    Vision.NORMAL: mark("everybody"),
    Vision.PROTAN: mark("protans, about 1 man in 50"),
    Vision.DEUTAN: mark("deutans, about 1 man in 20"),
    Vision.TRITAN: mark("tritans, about 1 person in 10,000"),
}
"""Share of readers with each deficiency, anomalies included (Sharpe and others, 1999; Birch, 2012)."""


def level(report: Report) -> Level:
    """Return the verdict in one word."""
    if not report.is_safe:
        return Level.UNSAFE
    return Level.VERY_SAFE if report.distance >= VERY_FRIENDLY else Level.SAFE


def sentences(report: Report) -> list[str]:
    """Return the verdict in sentences, the most important first."""
    found = [*_confusions(report), *_ramp(report), _grey(report)]
    if report.palette.kind is Kind.QUALITATIVE or report.standard.needs_contrast:
        found.append(_contrast(report))
    if report.palette.flags is not None:
        found.append(_judgement(report.palette.flags))
    if report.standard.severity < 1:
        percent = f"{100 * report.standard.severity:.0f}"
        found.append(tr("All this is for a severity of {percent} %; 100 % is the strictest.", percent=percent))
    return found


def _judgement(flags: Flags) -> str:
    """Return what ColorBrewer itself says."""
    words = {None: tr("not judged"), 0: tr("no"), 1: tr("yes"), 2: tr("maybe")}
    return tr(
        "ColorBrewer's own judgement: colour-blind readers {blind}, print {print}, photocopy {copy}, screens {screen}.",
        **{use: words[value] for use, value in asdict(flags).items()},
    )


def _confusions(report: Report) -> list[str]:
    """Return who confuses which colours, the worst first, or that nobody does."""
    found = sorted(((report.smallest(vision), vision) for vision in _CHECKED), key=lambda each: each[0].distance)
    wrong = [
        tr(
            "{first} and {second} look alike to {readers}: {distance} apart, {limit} is needed.",
            **_names(report, pair),
            readers=tr(_READERS[vision]),
            distance=f"{pair.distance:.1f}",
            limit=f"{report.limit:g}",
        )
        for pair, vision in found
        if round(pair.distance, 1) < report.limit
    ]
    distance, limit = f"{report.distance:.1f}", f"{report.limit:g}"
    right = tr(
        "Every reader can tell all colours apart: {distance}, and {limit} is enough.", distance=distance, limit=limit
    )
    return wrong or [right]


def _ramp(report: Report) -> list[str]:
    """Return what is wrong with the steps of a ramp."""
    ramp, kind = report.ramp, report.palette.kind
    if ramp is None:
        return []
    found = []
    if not ramp.ordered:
        found.append(
            tr("Lightness goes up and down: the order cannot be seen without a key.")
            if kind is Kind.SEQUENTIAL
            else tr("Lightness goes up and down within an arm: the order cannot be seen without a key.")
        )
    if ramp.evenness < EVEN:
        found.append(
            tr(
                "The steps are uneven, {smallest} to {largest}: borders appear where the data have none.",
                smallest=f"{ramp.smallest_step:.1f}",
                largest=f"{ramp.largest_step:.1f}",
            )
        )
    if ramp.asymmetry > SYMMETRIC:
        found.append(
            tr("The arms differ in lightness by {value}: one side looks stronger.", value=f"{ramp.asymmetry:.0f}")
        )
    return found


def _grey(report: Report) -> str:
    if report.keeps_grey:
        return tr("A grey print keeps all colours apart: lightness differs by {value} or more.", value=_step(report))
    return tr(
        "In a grey print {first} and {second} look alike: lightness differs by {value}.",
        **_names(report, report.grey),
        value=_step(report),
    )


def _step(report: Report) -> str:
    return f"{report.grey.distance:.1f}"


def _contrast(report: Report) -> str:
    weak = [place for place, value in enumerate(report.contrasts) if value < CONTRAST]
    least = f"{min(report.contrasts):.1f}"
    if not weak:
        return tr("Every colour stands out from the background: {value} : 1 or more.", value=least)
    if len(weak) > _NAMED:
        return tr(
            "{count} colours are too weak for thin lines and small marks: contrast down to {value} : 1.",
            count=len(weak),
            value=least,
        )
    return tr(
        "Too weak for thin lines and small marks: {colours}; contrast down to {value} : 1.",
        colours=", ".join(_name(report, place) for place in weak),
        value=least,
    )


def _names(report: Report, pair: Pair) -> dict[str, str]:
    return {"first": _name(report, pair.first), "second": _name(report, pair.second)}


def _name(report: Report, place: int) -> str:
    """Return a colour as its number, counted from 1, and its name."""
    return tr("{number} ({name})", number=place + 1, name=colour_name(report.palette.colours[place]))
