from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.acronym.alphabet import SIZE
from app.acronym.choice import Choice, fit_choices
from app.acronym.features import Feature, Style, Weights, read_weights, shipped_weights, weights_file, weights_table
from app.acronym.fit import Gold, query_of, read_gold, style_of
from app.acronym.ground import Ground
from app.acronym.lattice import log_total, make_lattice
from app.acronym.likelihood import MODELLED, log_likelihood, make_field
from app.acronym.minimise import minimise
from app.acronym.path import count_path
from app.acronym.query import Query
from app.acronym.title import parse_title
from app.core.errors import InputError
from tests.acronym.reference import Scorer, paths, spelled

NO_PAIRS = np.zeros((SIZE + 1, SIZE), dtype=np.float32)
TITLE = "Ab bab/ra for Cab"
SIZES = range(2, 4)


@pytest.mark.parametrize("name", ["ab", "bc", "arc", "bfc"])
def test_the_likelihood_is_that_of_looking_at_every_path(weights: Weights, name: str) -> None:
    # GIVEN
    counts = count_path(parse_title(TITLE))
    lattice = make_lattice(counts, weights)
    theta = np.array([weights[feature] for feature in MODELLED])

    # WHEN
    value, _ = log_likelihood(make_field(counts, lattice, NO_PAIRS), theta, name, SIZES)

    # THEN
    scorer = Scorer(counts.title, weights)
    worth = {path: np.exp(scorer.score(path)) for path in paths(counts.title, SIZES)}
    own = sum(value for path, value in worth.items() if spelled(counts.title, path) == name)
    assert value == pytest.approx(np.log(own / sum(worth.values())), abs=1e-5)
    lengths = np.array([-np.inf, -np.inf, 0.0, 0.0], dtype=np.float32)
    assert log_total(lattice, NO_PAIRS, lengths) == pytest.approx(np.log(sum(worth.values())), abs=1e-5)


def test_the_score_of_a_path_is_the_weighted_sum_of_its_features(weights: Weights) -> None:
    counts = count_path(parse_title(TITLE))
    scorer = Scorer(counts.title, weights)
    for path in paths(counts.title, SIZES):
        assert sum(weights[feature] * count for feature, count in counts.of(path).items()) == scorer.score(path)


@pytest.mark.parametrize(
    ("style", "name"),
    [(Style.PIECES, "bfc"), (Style.BEGINNINGS, "bca"), (Style.WHOLE, "bac"), (Style.INITIALS, "arc")],
)
def test_the_gradient_is_the_slope(weights: Weights, style: Style, name: str) -> None:
    # GIVEN
    pairs = np.random.default_rng(1).normal(size=(SIZE + 1, SIZE)).astype(np.float32)
    ground = Ground(Query("Ab bac/ra for Cab"), dict.fromkeys(Style, weights))
    counts = ground.counts.only(ground.title.starts) if style is Style.INITIALS else ground.counts
    field = make_field(counts, ground.lattice(style), pairs)
    theta = np.array([weights[feature] for feature in MODELLED])

    # WHEN
    _, gradient = log_likelihood(field, theta, name, SIZES)

    # THEN
    step = 2**-7
    for place in range(len(theta)):
        ahead, behind = theta.copy(), theta.copy()
        ahead[place] += step
        behind[place] -= step
        slope = log_likelihood(field, ahead, name, SIZES)[0] - log_likelihood(field, behind, name, SIZES)[0]
        assert gradient[place] == pytest.approx(slope / (2 * step), abs=1e-4)


def test_what_was_chosen_stands_out_under_the_fitted_weights() -> None:
    # GIVEN choices among things with three features, of which the first is liked, the second is not
    random = np.random.default_rng(2)
    liking = np.array([1.5, -1.0, 0.0])
    choices = []
    for _ in range(600):
        features = random.normal(size=(8, 3)).astype(np.float32)
        chosen = int(np.argmax(features @ liking + random.gumbel(size=8)))
        features[[0, chosen]] = features[[chosen, 0]]
        choices.append(Choice(features, np.zeros(8, dtype=np.float32)))

    # THEN the weights are those that the choices were made with
    assert fit_choices(choices, precision=0.01) == pytest.approx(liking, abs=0.2)


def test_a_sample_counts_for_all_that_it_stands_for() -> None:
    # GIVEN one thing that is chosen half the time, and one that stands for nine others like it
    features = np.array([[1.0], [0.0]], dtype=np.float32)
    chosen = Choice(features, np.array([0.0, np.log(9)], dtype=np.float32))
    other = Choice(features[::-1], np.array([0.0, np.log(1 / 9)], dtype=np.float32))

    # THEN it is as likely as the nine together: its odds are nine times those of each of them
    assert fit_choices([chosen], precision=1.0) > 0
    assert fit_choices([chosen, other], precision=1e-6) == pytest.approx([np.log(9)], abs=0.01)


def test_the_least_value_is_found() -> None:
    # GIVEN the function of Rosenbrock (1960), whose valley is narrow and bent
    def cost(at: np.ndarray) -> tuple[float, np.ndarray]:
        bend, slope = at[1] - at[0] ** 2, 1 - at[0]
        return float(100 * bend**2 + slope**2), np.array([-400 * at[0] * bend - 2 * slope, 200 * bend])

    assert minimise(cost, np.array([-1.2, 1.0]), 200) == pytest.approx([1, 1], abs=1e-2)


@pytest.mark.parametrize(
    ("name", "title", "style"),
    [
        ("ccrl", "Contrastive Cell Representation Learning", Style.INITIALS),
        ("rtransformer", "Recurrent Neural Network Enhanced Transformer", Style.WHOLE),
        ("memlong", "Memory-Augmented Retrieval for Long Text Modeling", Style.BEGINNINGS),
        ("frage", "Frequency-Agnostic Word Representation", Style.PIECES),
        ("bess", "Balanced Entity Sampling and Sharing", Style.ACROSTIC),
        ("spine", "Sparse Interpretable Neural Embeddings", Style.WORD),
        ("xyz", "Frequency-Agnostic Word Representation", None),
    ],
)
def test_the_style_of_a_name_is_the_narrowest(name: str, title: str, style: Style | None) -> None:
    gold = Gold(name, title)
    assert style_of(gold, Ground(query_of(gold))) is style


def test_the_shipped_weights_are_a_table_that_says_how_well_they_do() -> None:
    text = weights_file().read_text(encoding="utf-8")
    assert "held out" in text
    ranking = shipped_weights()
    assert all(feature in ranking[style].values for style in Style for feature in Feature)


def test_tables_are_read_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "weights.tsv"
    file.write_text(weights_table(shipped_weights(), ["a remark"]))
    assert read_weights(file) == shipped_weights()


def test_styles_are_compared_by_how_much_each_offers() -> None:
    ground = Ground(Query("Sparse Interpretable Neural Embeddings"))
    assert ground.rivals(Style.INITIALS) < ground.rivals(Style.PIECES)


@pytest.mark.parametrize("text", ["", "name,title\na,b\n", "name,title_rest,in_order\nA,B,True\n"])
def test_a_table_without_names_is_refused(tmp_path: Path, text: str) -> None:
    table = tmp_path / "table.csv"
    table.write_text(text)
    with pytest.raises(InputError, match="table"):
        read_gold(table)
