from __future__ import annotations

import re

import numpy as np
import pytest

from app.formula import symbols
from app.formula.canonical import canonical
from app.formula.latex_text import to_latex
from app.formula.training.generate import Generator
from app.formula.training.layouts import bucket_of
from app.formula.training.rules import load

COUNT = 9_000


@pytest.fixture(scope="module")
def formulas() -> list[list[str]]:
    generator = Generator(np.random.default_rng(3))
    return [generator.formula() for _ in range(COUNT)]


def test_made_up_formulas_are_canonical(formulas: list[list[str]]) -> None:
    for formula in formulas[:3000]:
        assert canonical(to_latex(formula)) == formula


def test_every_token_appears(formulas: list[list[str]]) -> None:
    seen = {token for formula in formulas for token in formula}
    synonyms = {token for token in symbols.SYMBOLS if canonical(token) != [token]} | {r"\stackrel"}
    assert set(symbols.TOKENS) - seen <= set(symbols.SPECIAL) | synonyms


def test_short_and_long_ones_are_made(formulas: list[list[str]]) -> None:
    shares = np.bincount([bucket_of(formula) for formula in formulas]) / COUNT
    assert len(shares) == 4
    assert shares.min() > 0.08


def test_the_seed_decides() -> None:
    first, again, other = (Generator(np.random.default_rng(seed)) for seed in (1, 1, 2))
    made = [[generator.formula() for _ in range(20)] for generator in (first, again, other)]
    assert made[0] == made[1] != made[2]


def test_the_rules_name_only_rules_that_exist() -> None:
    rules, everyday = load()
    named = {name for each in rules.values() for _, text in each for name in re.findall("«(.*?)»", text)}
    assert named - {"everyday"} <= set(rules)
    for latex in everyday:
        assert canonical(latex)
