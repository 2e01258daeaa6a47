"""The command that fits the ranking anew, and how well a ranking finds the names that authors chose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from app.acronym.features import Feature, Ranking, Style, shipped_weights, weights_table
from app.acronym.fit import Gold, fit, query_of, read_gold
from app.acronym.ranking import Kind
from app.acronym.search import Name, score_name, search
from app.core.files import write_atomic
from app.core.progress import Progress

SHOWN: Final = (10, 50)
"""Lengths of list that a person looks through."""
EVERYTHING: Final = 1_000_000
ELSEWHERE: Final = 1.0
"""How much a name counts that is not from the table of titles."""


@dataclass(frozen=True)
class Place:
    """Where the name that authors chose is in the list; None for a name that is not there."""

    kind: Kind | None
    """None for a name that does not run through the title."""
    of_all: int | None
    """Counted from 1."""
    of_kind: int | None


@dataclass(frozen=True)
class Report:
    """How well weights find real names; the keys of the figures are lengths of list."""

    titles: int
    formed: int
    """Names that run through their titles, found when they are asked for."""
    listed: int
    """Names that are in the list of all."""
    within: dict[int, int]
    """How many are among the first so many."""
    within_kind: dict[int, int]
    """How many are among the first so many of their kind."""

    def line(self) -> str:
        """Return the report in words."""
        counts = (f"{count} among the first {most}" for most, count in self.within.items())
        own = (f"{count} among the first {most} of their kind" for most, count in self.within_kind.items())
        head = f"{self.titles} titles, {self.formed} names can be formed, {self.listed} are listed"
        return ", ".join([head, *counts, *own])


@dataclass(frozen=True)
class Refit:
    """Fitted weights, and how they do on the titles they were fitted on, on the others, and on each kind of these."""

    ranking: Ranking
    reports: dict[str, Report]

    def as_dictionary(self) -> dict[str, Any]:
        """Return it as JSON shows it."""
        weights = {
            style.value: {feature.value: round(self.ranking[style][feature], 3) for feature in Feature}
            for style in Style
        }
        return {"weights": weights, **{name: asdict(report) for name, report in self.reports.items()}}

    def lines(self) -> list[str]:
        """Return the reports in words."""
        return [f"{name.replace('_', ' ')}: {report.line()}" for name, report in self.reports.items()]


def refit(table: Path, more: Path | None, out: Path | None, progress: Progress) -> Refit:
    """Fit on a table of names and write the weights to a file, if one is given.

    Args:
        table: names and titles; a fifth of them only judges the fit.
        more: names from elsewhere to fit on, too; those that are in the table are left out.
        out: where the weights go.
        progress: told how far the work is.

    Raises `InputError` when a table is none, `StorageError` when the weights cannot be written, `Cancelled`.

    """
    golds = read_gold(table)
    learning, held_out = [each for each in golds if not each.is_held_out], [each for each in golds if each.is_held_out]
    known = {each.name for each in golds}
    elsewhere = [each for each in read_gold(more, ELSEWHERE) if each.name not in known] if more is not None else []
    ranking = fit([*learning, *elsewhere], shipped_weights(), progress)
    fitted, held = (places(each, ranking, progress) for each in (learning, held_out))
    parts = {"fitted": fitted, "held_out": held}
    parts |= {f"held_out_{kind.value}": [each for each in held if each.kind is kind] for kind in Kind}
    done = Refit(ranking, {name: report(found) for name, found in parts.items()})
    if out is not None:
        remarks = ["weights of the Acronym tool; made by: paperdesk acronym refit TABLE --out FILE", *done.lines()]
        write_atomic(out, weights_table(ranking, remarks))
    return done


def places(golds: Sequence[Gold], ranking: Ranking, progress: Progress) -> list[Place]:
    """Tell how early the list of all names shows the real ones."""
    found: list[Place] = []
    for at, gold in enumerate(golds):
        progress.report(at, len(golds))
        names = search(query_of(gold), ranking, most=EVERYTHING)
        own = score_name(names.ground, gold.name)
        kind = own.kind if own is not None else None
        of_kind = _place([name for name in names.listed if name.kind is kind], gold.name)
        found.append(Place(kind, _place(names.listed, gold.name), of_kind))
    return found


def _place(names: Sequence[Name], text: str) -> int | None:
    return next((at for at, name in enumerate(names, 1) if name.text == text), None)


def report(found: Sequence[Place]) -> Report:
    """Count how many names are how early."""
    listed = [each.of_all for each in found if each.of_all is not None]
    own = [each.of_kind for each in found if each.of_kind is not None]
    return Report(
        len(found),
        sum(each.kind is not None for each in found),
        len(listed),
        {most: sum(place <= most for place in listed) for most in SHOWN},
        {most: sum(place <= most for place in own) for most in SHOWN},
    )
