"""How fast palettes are measured, and how far apart the colours are that are made, against the programs that make them.

All palettes are measured in the same way: the smallest CAM02-UCS distance of two colours to readers with normal,
protan, deutan and tritan vision (Machado, full severity), with simulated colours clipped as on a screen and, as
Petroff's limits are given, without clipping. glasbey and distinctipy come with the extra "palettes".
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import distinctipy
import glasbey
import numpy as np
from _report import Cell, Row, publish

from app.palette import (
    Gallery,
    Palette,
    Standard,
    Theme,
    Vision,
    Wishes,
    catalogue,
    check,
    find,
    make,
    repair,
    simulate,
)
from app.palette.appearance import to_ucs
from app.palette.colour import to_hex, to_rgb
from app.palette.safety import closest

ROUNDS = 50
SEEDS = range(3)


@dataclass
class Clock:
    """Milliseconds of an action: on the wall, and of the processor, which other programs disturb less."""

    wall: float = 0.0
    processor: float = 0.0


@contextmanager
def clock() -> Iterator[Clock]:
    """Time what is done within."""
    times = Clock()
    wall, processor = time.perf_counter(), time.process_time()
    yield times
    times.wall = 1000 * (time.perf_counter() - wall)
    times.processor = 1000 * (time.process_time() - processor)


def middle(action: Callable[[], object], rounds: int = ROUNDS) -> Clock:
    """Return the middle times of an action after one to warm up."""
    action()
    times = []
    for _ in range(rounds):
        with clock() as taken:
            action()
        times.append(taken)
    return Clock(statistics.median(each.wall for each in times), statistics.median(each.processor for each in times))


def unclipped(colours: Sequence[str]) -> float:
    """Return the smallest distance where colours that no screen shows are kept."""
    views = [simulate(to_rgb(colours), vision, clip=False) for vision in Vision if vision is not Vision.GREY]
    return min(closest(to_ucs(view)).distance for view in views)


def measure_all() -> int:
    """Measure every palette of the catalogue at every size, and return how many there were."""
    palettes = [scheme.at(count) for scheme in catalogue().values() for count in scheme.sizes]
    for palette in palettes:
        check(palette)
    return len(palettes)


def made(count: int) -> dict[str, Callable[[int], Sequence[str]]]:
    """Return the programs that make colours, each from a seed."""
    makers: dict[str, Callable[[int], Sequence[str]]] = {
        "paperdesk": lambda seed: make(Wishes(count), seed=seed).colours,
        "paperdesk, any lightness": lambda seed: (
            make(Wishes(count, lightness=(0, 100), colourfulness=100), seed=seed).colours
        ),
        "glasbey": lambda seed: glasbey.create_palette(count, colorblind_safe=True),
        "distinctipy, deutan": lambda seed: to_hex_of(
            distinctipy.get_colors(count, colorblind_type="Deuteranopia", rng=seed)
        ),
        "distinctipy": lambda seed: to_hex_of(distinctipy.get_colors(count, rng=seed)),
    }
    published = {8: "petroff8", 10: "petroff10"}.get(count)
    if published:
        makers[f"{published}, published"] = lambda seed: find(published).largest.colours
    return makers


def to_hex_of(colours: Sequence[tuple[float, float, float]]) -> tuple[str, ...]:
    """Return colours of distinctipy as text."""
    return to_hex(np.array(colours))


def making(count: int) -> list[Row]:
    """Measure what each program makes: the middle of several seeds."""
    rows: list[Row] = []
    for name, maker in made(count).items():
        maker(0)
        with clock() as taken:
            palettes = [Palette.of(list(maker(seed))) for seed in SEEDS]
        clipped = statistics.median(check(palette).distance for palette in palettes)
        open_gamut = statistics.median(unclipped(palette.colours) for palette in palettes)
        row: dict[str, Cell] = {"program": name, "colours": count, "distance": clipped, "unclipped": open_gamut}
        rows.append(row | columns(taken, len(palettes)))
    return rows


def repairing() -> list[Row]:
    """Measure what repairs reach and move."""
    rows: list[Row] = []
    for name in ("tab10", "plotly.Plotly", "Set1", "seaborn.colorblind"):
        broken = find(name).largest
        with clock() as taken:
            done = repair(broken, Standard(limit=10))
        row: dict[str, Cell] = {
            "repaired": name,
            "before": check(broken).distance,
            "after": check(done.palette).distance,
            "moved, sum": sum(done.moved),
            "moved, most": max(done.moved),
        }
        rows.append(row | columns(taken))
    return rows


def columns(taken: Clock, count: int = 1) -> dict[str, float]:
    """Return the times of one of so many actions as columns of a table."""
    return {"ms": round(taken.wall / count, 1), "processor ms": round(taken.processor / count, 1)}


def times() -> list[Row]:
    """Measure how long checks and previews take."""
    eight = find("petroff8").largest
    with clock() as catalogued:
        count = measure_all()
    gallery = Gallery(320, 230)
    themes = [Theme.of(find(name).largest, with_marks=True) for name in ("petroff8", "Okabe-Ito")]
    turn = itertools.count()
    measured = {
        "one full check of 8 colours": (middle(lambda: check(eight)), 5),
        f"the catalogue, {count} palettes": (catalogued, 20_000),
        "8 figures in another palette": (middle(lambda: gallery.paint(themes[next(turn) % 2]), 20), 100),
        "8 figures through other eyes": (middle(lambda: gallery.paint(themes[0], Vision.DEUTAN, 0.8), 20), 100),
    }
    return [{"what": what, **columns(taken), "goal": goal} for what, (taken, goal) in measured.items()]


def main() -> None:
    """Measure everything, print tables and keep the figures."""
    publish("palette_times", times())
    publish("palette_made", [row for count in (8, 10, 12) for row in making(count)], f"median of {len(SEEDS)} seeds")
    publish("palette_repaired", repairing())


if __name__ == "__main__":
    main()
