"""Fitting the weights on real names: what makes the name that authors chose stand out from all that the title offers.

Two steps. The weights of the path and of the lengths come from the likelihood of names among all paths through their
titles (see `likelihood`). With these, the names of each title are searched, and the few weights that set words, new
words, initials and pieces against each other are those that bring the true names furthest to the front.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from app.acronym.alphabet import SIZE, fold
from app.acronym.features import Feature, Ranking, Style, Weights, shipped_weights, weights_table
from app.acronym.ground import LETTERS_PER_SOUND, Ground
from app.acronym.lexicon import NO_WORD
from app.acronym.likelihood import MODELLED, Doubles, make_field, maximise
from app.acronym.limits import LEAST_LETTERS, MOST_LETTERS
from app.acronym.query import Query
from app.acronym.ranking import Merits, name_features
from app.acronym.search import Name, Names, score_name, search
from app.acronym.sound import encode_all, sound_model
from app.acronym.title import parse_title
from app.core.errors import InputError
from app.core.files import write_atomic
from app.core.i18n import tr
from app.core.progress import Progress

FOLDS: Final = 5
"""One title in so many is held out."""
PRIOR: Final = 0.5
"""Precision of the normal prior around the weights to start from."""
MOST_STEPS: Final = 80
STEPS: Final = (1.0, 0.5, 0.25, 0.5, 0.25, 0.1)
LEAST_GAIN: Final = 1e-6
SHOWN: Final = (10, 50)
EVERYTHING: Final = 1_000_000
LANGUAGE: Final = "en"


@dataclass(frozen=True)
class Gold:
    """A real name (folded) and the title it belongs to."""

    name: str
    title: str

    @property
    def is_held_out(self) -> bool:
        """Whether it only judges the fit; decided by the title, so that no title is on both sides."""
        return hashlib.sha256(self.title.encode()).digest()[0] % FOLDS == 0


@dataclass(frozen=True)
class Report:
    """How well weights find real names."""

    titles: int
    formed: int
    """Names that run through their titles, found when they are asked for."""
    listed: int
    """Names that are in the list of all."""
    within: dict[int, int]
    """How many are among the first so many."""


@dataclass(frozen=True)
class Refit:
    """Fitted weights and how they do on the titles that they were fitted on, and on the others."""

    ranking: Ranking
    fitted: Report
    held_out: Report

    def as_dictionary(self) -> dict[str, Any]:
        """Return it as JSON shows it."""
        weights = {
            style.value: {feature.value: round(self.ranking[style][feature], 3) for feature in Feature}
            for style in Style
        }
        return {"weights": weights, "fitted": asdict(self.fitted), "held_out": asdict(self.held_out)}

    def lines(self) -> list[str]:
        """Return the reports in words."""
        named = (("fitted on", self.fitted), ("held out", self.held_out))
        return [
            f"{what}: {report.titles} titles, {report.formed} names can be formed, {report.listed} are listed, "
            + ", ".join(f"{count} among the first {most}" for most, count in report.within.items())
            for what, report in named
        ]


def refit(table: Path, out: Path | None, progress: Progress) -> Refit:
    """Fit on a table of names and write the weights to a file, if one is given.

    Raises `InputError` when the table is none, `StorageError` when the weights cannot be written, `Cancelled`.
    """
    golds = read_gold(table)
    learning, held_out = [each for each in golds if not each.is_held_out], [each for each in golds if each.is_held_out]
    ranking = fit(learning, shipped_weights(), progress)
    done = Refit(ranking, evaluate(learning, ranking, progress), evaluate(held_out, ranking, progress))
    if out is not None:
        remarks = ["weights of the Acronym tool; made by: paperdesk acronym refit TABLE --out FILE", *done.lines()]
        write_atomic(out, weights_table(ranking, remarks))
    return done


def read_gold(path: Path) -> list[Gold]:
    """Read the names that run through their titles: a table with the columns name, title_rest and in_order.

    Raises `InputError` when the file is none.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["in_order"] == "True"]
            golds = [Gold(fold(row["name"]), row["title_rest"]) for row in rows]
    except (OSError, UnicodeDecodeError, KeyError, AttributeError, csv.Error) as error:
        raise InputError(
            tr("{path} is no table of names: it needs the columns name, title_rest and in_order.", path=path)
        ) from error
    if not any(each.is_held_out for each in golds) or all(each.is_held_out for each in golds):
        raise InputError(tr("{path} has too few names that run through their titles.", path=path))
    return golds


def fit(golds: Sequence[Gold], start: Ranking, progress: Progress) -> Ranking:
    """Return weights fitted on names, starting from others; these decide what is found, so that a second fit gains."""
    styled = {style: [gold for gold in golds if style_of(gold, start) is style] for style in Style}
    ranking: Ranking = {style: fit_path(styled[style], style, start[style]) for style in Style}
    rivals: list[Rivals] = []
    for at, gold in enumerate(golds):
        progress.report(at, len(golds))
        found = find_rivals(gold, ranking)
        rivals += [found] if found is not None else []
    return fit_kinds(rivals, ranking)


def style_of(gold: Gold, ranking: Ranking) -> Style | None:
    """Return the narrowest style in which a name runs through its title, None when there is none."""
    ground = Ground(_query(gold), ranking)
    if not LEAST_LETTERS <= len(gold.name) <= MOST_LETTERS:
        return None
    return next((style for style in Style if ground.align(gold.name, style)), None)


def fit_path(golds: Sequence[Gold], style: Style, start: Weights) -> Weights:
    """Return the weights of a style with path, lengths and, for pieces, sound fitted to names of that style."""
    pairs = sound_model(LANGUAGE).pairs() if style is Style.PIECES else np.zeros((SIZE + 1, SIZE), dtype=np.float32)
    fields = [(make_field(parse_title(gold.title), style, pairs), gold.name) for gold in golds]
    theta = np.array([*(start[feature] for feature in MODELLED), start[Feature.SOUND] / LETTERS_PER_SOUND])
    best = maximise(fields, theta, range(LEAST_LETTERS, MOST_LETTERS + 1), PRIOR, MOST_STEPS)
    fitted = dict(zip(MODELLED, best.tolist(), strict=False))
    return Weights({**start.values, **fitted, Feature.SOUND: float(best[-1]) * LETTERS_PER_SOUND})


@dataclass(frozen=True)
class Rivals:
    """The names of one title, one row each, the true name first."""

    fixed: Doubles
    """What the path and the length bring."""
    features: Doubles
    """Shape (names, 6): the features of `KINDS`."""

    def rank(self, theta: Doubles) -> int:
        """Return the place of the true name under the weights of `KINDS`, counted from 1."""
        scores = self.fixed + self.features @ theta
        return int((scores[1:] > scores[0]).sum()) + 1


KINDS: Final = (Feature.WORD, Feature.ZIPF, Feature.RELATED, Feature.LETTERS, Feature.SOUND, Feature.MIXED)


def find_rivals(gold: Gold, ranking: Ranking) -> Rivals | None:
    """Search the names of a title; None when the true one cannot be formed."""
    names = search(_query(gold), ranking, most=EVERYTHING)
    true = score_name(names.ground, gold.name)
    if true is None:
        return None
    rows = [true, *(name for name in names.listed if name.text != gold.name)]
    sounds = sound_model(LANGUAGE).mean_log(encode_all([name.text for name in rows])).tolist()
    features = np.array([_kind_row(names.ground, name, sound) for name, sound in zip(rows, sounds, strict=True)])
    weights = np.array([[ranking[name.style][feature] for feature in KINDS] for name in rows])
    return Rivals(np.array([name.score for name in rows]) - (features * weights).sum(axis=1), features)


def _kind_row(ground: Ground, name: Name, sound: float) -> list[float]:
    at = ground.lexicon.place(name.text)
    zipf = float(ground.lexicon.zipf[at]) if at != NO_WORD else None
    features = name_features(Merits(name.style, len(name.text), 0.0, zipf, name.text in ground.related, sound))
    return [features.get(feature, 0.0) for feature in KINDS]


def fit_kinds(rivals: Sequence[Rivals], ranking: Ranking) -> Ranking:
    """Return the weights of `KINDS` that bring the true names to the front, one weight after the other, in finer steps.

    What is made large is the sum of k / (k + rank) for the lengths k of list that a person looks through: it rewards
    every place, and those near the front most. All styles share these weights.
    """

    def gain(theta: Doubles) -> float:
        ranks = np.array([each.rank(theta) for each in rivals])
        return float(sum((most / (most + ranks)).mean() for most in SHOWN))

    theta = np.array([ranking[Style.PIECES][feature] for feature in KINDS])
    best = gain(theta)
    for size in STEPS:
        for place in range(len(theta)):
            for change in (size, -size):
                moved = theta.copy()
                moved[place] += change
                while _makes_sense(moved) and (value := gain(moved)) > best + LEAST_GAIN:
                    theta, best = moved.copy(), value
                    moved[place] += change
    shared = dict(zip(KINDS, theta.tolist(), strict=True))
    return {style: Weights({**ranking[style].values, **shared}) for style in Style}


def _makes_sense(theta: Doubles) -> bool:
    """Tell whether common and fitting words are not made worse: there are too few names to prove such a thing."""
    return bool(theta[KINDS.index(Feature.ZIPF)] >= 0 and theta[KINDS.index(Feature.RELATED)] >= 0)


def evaluate(golds: Sequence[Gold], ranking: Ranking, progress: Progress) -> Report:
    """Tell how early the list of all names shows the real ones."""
    places: list[int] = []
    formed = 0
    for at, gold in enumerate(golds):
        progress.report(at, len(golds))
        names = search(_query(gold), ranking, most=EVERYTHING)
        formed += score_name(names.ground, gold.name) is not None
        place = rank(names, gold.name)
        places += [place] if place is not None else []
    within = {most: sum(place <= most for place in places) for most in SHOWN}
    return Report(len(golds), formed, len(places), within)


def rank(names: Names, text: str) -> int | None:
    """Return the place of a name in the list, counted from 1; None when it is not there."""
    return next((at for at, name in enumerate(names.listed, 1) if name.text == text), None)


def _query(gold: Gold) -> Query:
    return Query(gold.title, shortest=LEAST_LETTERS, longest=MOST_LETTERS, offensive=True)
