"""Fitting the weights on real names: what makes the name that authors chose stand out from all that the title offers.

Each style has a model of its own. That of names that are no words is the likelihood of a name among all paths through
its title (see `likelihood`), that of words the choice of one among those that run through it (see `choice`). How much
each style offers then tells how likely a name is of that style: a nested logit model (McFadden 1978).
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

import numpy as np

from app.acronym.alphabet import fold
from app.acronym.choice import Choice, fit_choices
from app.acronym.features import COINED, LENGTHS, OF_WORDS, PATH, SPELLED, WORDS, Feature, Ranking, Style, Weights
from app.acronym.ground import Ground
from app.acronym.lexicon import NO_WORD
from app.acronym.likelihood import MODELLED, Field, log_likelihood, make_field
from app.acronym.limits import LEAST_LETTERS, MOST_LETTERS
from app.acronym.minimise import Doubles, minimise
from app.acronym.query import Query
from app.acronym.ranking import name_features
from app.acronym.search import merits_of
from app.acronym.sound import sound_of
from app.acronym.words import FoundWords
from app.core.errors import InputError
from app.core.i18n import tr
from app.core.progress import Progress

FOLDS: Final = 5
"""One title in so many is held out."""
PRECISION: Final = 1.0
"""Of the normal prior around 0 of all weights."""
PRECISION_OF_WORDS: Final = 3.0
"""The same for words, of which there are fewer."""
NEGLIGIBLE: Final = 0.1
"""Weights of words that change odds by less than a tenth are 0, so that nothing has to be looked up for them."""
MOST_STEPS: Final = 60
MOST_OF_STYLE: Final = 300
"""Names of a style that are looked at: more say nothing new about so few weights."""
MOST_SIZE: Final = 130
"""Letters of a title that is looked at: the steps between letters take memory."""
BEST_RIVALS, OTHER_RIVALS = 150, 100
"""Words beside the true one that are looked at: the best, and some of the others by chance."""
TITLE_WEIGHT: Final = 3.0
"""How much a name of the table counts beside one from elsewhere."""
SHARES_FROM: Final = 250
"""Names from elsewhere that tell the shares of the styles."""
SUM_UNIT: Final = 5.0
"""The sums of what styles offer are told in this unit, so that the prior does not hold their weights back."""
LANGUAGE: Final = "en"


@dataclass(frozen=True)
class Gold:
    """A real name (folded) and the title it belongs to."""

    name: str
    title: str
    weight: float = TITLE_WEIGHT

    @property
    def is_held_out(self) -> bool:
        """Whether it only judges the fit; decided by the title, so that no title is on both sides."""
        return hashlib.sha256(self.title.encode()).digest()[0] % FOLDS == 0


@dataclass(frozen=True)
class Example:
    """A name with its style and the ground that its title makes."""

    gold: Gold
    style: Style
    ground: Ground


def read_gold(path: Path, weight: float = TITLE_WEIGHT) -> list[Gold]:
    """Read the names that run through their titles: a table with the columns name, title_rest and in_order.

    Raises `InputError` when the file is none.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["in_order"] == "True"]
            golds = [Gold(fold(row["name"]), row["title_rest"], weight) for row in rows]
    except (OSError, UnicodeDecodeError, KeyError, AttributeError, csv.Error) as error:
        raise InputError(
            tr("{path} is no table of names: it needs the columns name, title_rest and in_order.", path=path)
        ) from error
    if not any(each.is_held_out for each in golds) or all(each.is_held_out for each in golds):
        raise InputError(tr("{path} has too few names that run through their titles.", path=path))
    return golds


def fit(golds: Sequence[Gold], start: Ranking, progress: Progress) -> Ranking:
    """Return weights fitted on names.

    Args:
        golds: the names; those of the table come first.
        start: chooses the words that are looked at, and stays for styles without a name.
        progress: told how far the work is.

    """
    examples = _examples(golds, start)
    fitted: Ranking = {
        style: _fit_style(own, style, progress)
        if (own := [each for each in examples if each.style is style])
        else start[style]
        for style in Style
    }
    return _fit_shares(examples, fitted, progress)


def _examples(golds: Iterable[Gold], ranking: Ranking) -> list[Example]:
    """Return the names with their styles: of those from elsewhere, `MOST_OF_STYLE` of each."""
    examples: list[Example] = []
    left = dict.fromkeys(Style, MOST_OF_STYLE)
    for gold in golds:
        ground = Ground(query_of(gold), ranking)
        style = style_of(gold, ground)
        if style is not None and left[style] > 0 and ground.title.size <= MOST_SIZE:
            left[style] -= gold.weight < TITLE_WEIGHT
            examples.append(Example(gold, style, ground))
    return examples


def style_of(gold: Gold, ground: Ground) -> Style | None:
    """Return the narrowest style in which a name runs through its title, None when there is none."""
    if not LEAST_LETTERS <= len(gold.name) <= MOST_LETTERS:
        return None
    styles = WORDS if ground.lexicon.place(gold.name) != NO_WORD else COINED
    return next((style for style in styles if ground.align(gold.name, style)), None)


def _fit_style(examples: Sequence[Example], style: Style, progress: Progress) -> Weights:
    if style in WORDS:
        values = dict(zip(_OF_CHOICE, _fit_words(examples, progress), strict=True))
    else:
        values = dict(zip(MODELLED, _fit_paths(examples, progress), strict=True))
    return Weights({feature: float(values.get(feature, 0.0)) for feature in Feature})


def _fit_paths(examples: Sequence[Example], progress: Progress) -> Doubles:
    """Return the weights of `MODELLED` that make names likely among all paths."""
    fields = [(_field(each), each.gold) for each in examples]
    sizes = range(LEAST_LETTERS, MOST_LETTERS + 1)

    rounds = count()

    def cost(at: Doubles) -> tuple[float, Doubles]:
        progress.report(next(rounds))
        value, gradient = PRECISION / 2 * float(at @ at), PRECISION * at
        for field, gold in fields:
            likelihood, slope = log_likelihood(field, at, gold.name, sizes)
            value, gradient = value - gold.weight * likelihood, gradient - gold.weight * slope
        return value, gradient

    return minimise(cost, np.zeros(len(MODELLED)), MOST_STEPS)


def _field(example: Example) -> Field:
    ground, style = example.ground, example.style
    counts = ground.counts.only(ground.title.starts) if style in SPELLED else ground.counts
    return make_field(counts, ground.lattice(style), sound_of(LANGUAGE))


_OF_CHOICE: Final = (*PATH, *LENGTHS, *OF_WORDS, Feature.RELATED)


def _fit_words(examples: Sequence[Example], progress: Progress) -> Doubles:
    """Return the weights of `_OF_CHOICE` that make words likely among those that run through their titles."""
    random = np.random.default_rng(0)
    choices: list[Choice] = []
    for at, each in enumerate(examples):
        progress.report(at, len(examples))
        choices.append(_choice(each, random))
    weights = fit_choices(choices, PRECISION_OF_WORDS)
    return np.where(np.abs(weights) < NEGLIGIBLE, 0.0, weights)


def _choice(example: Example, random: np.random.Generator) -> Choice:
    """Return the choice of a word among the best ones for its title and some of the others."""
    ground, style, gold = example.ground, example.style, example.gold
    found: FoundWords = ground.words(style)
    true = ground.lexicon.place(gold.name)
    order = found.words[np.argsort(-found.scores, kind="stable")]
    order = order[order != true]
    others = order[BEST_RIVALS:]
    chosen = random.permutation(others)[:OTHER_RIVALS]
    places = [true, *order[:BEST_RIVALS].tolist(), *chosen.tolist()]
    stands_for = np.zeros(len(places), dtype=np.float32)
    if len(chosen):
        stands_for[-len(chosen) :] = np.log(len(others) / len(chosen))
    words = [ground.lexicon.words[place] for place in places]
    return Choice(np.array([_word_row(ground, word, style) for word in words]), stands_for, gold.weight)


def _word_row(ground: Ground, word: str, style: Style) -> list[float]:
    letters = ground.align(word, style)[0].letters
    features = {**ground.counts.of(letters), **name_features(merits_of(ground, word, style))}
    return [features.get(feature, 0.0) for feature in _OF_CHOICE]


def _fit_shares(examples: Sequence[Example], ranking: Ranking, progress: Progress) -> Ranking:
    """Return the ranking with the weights of the styles themselves and of what each of them offers."""
    choices: list[Choice] = []
    elsewhere = [each for each in examples if each.gold.weight < TITLE_WEIGHT][:SHARES_FROM]
    counted = [each for each in examples if each.gold.weight >= TITLE_WEIGHT] + elsewhere
    for at, each in enumerate(counted):
        progress.report(at, len(counted))
        ground = Ground(query_of(each.gold), ranking)
        rivals = {style: ground.rivals(style) for style in ground.ways}
        styles = [each.style, *(style for style in rivals if style is not each.style and rivals[style])]
        rows = np.zeros((len(styles), 2 * len(Style)), dtype=np.float32)
        for row, style in enumerate(styles):
            place = tuple(Style).index(style)
            rows[row, [place, len(Style) + place]] = 1, rivals[style] / SUM_UNIT
        choices.append(Choice(rows, np.zeros(len(styles), dtype=np.float32), each.gold.weight))
    shares, sums = np.split(fit_choices(choices, PRECISION), 2)
    return {
        style: Weights(
            {**ranking[style].values, Feature.STYLE: float(share), Feature.RIVALS: float(each) / SUM_UNIT - 1}
        )
        for style, share, each in zip(Style, shares, sums, strict=True)
    }


def query_of(gold: Gold) -> Query:
    """Return the query that leaves nothing out."""
    return Query(gold.title, shortest=LEAST_LETTERS, longest=MOST_LETTERS, offensive=True)
