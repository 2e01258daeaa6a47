from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.acronym.alphabet import SIZE
from app.acronym.features import Feature, Style, Weights, read_weights, shipped_weights, weights_file, weights_table
from app.acronym.fit import Gold, read_gold, style_of
from app.acronym.ground import Ground
from app.acronym.lattice import log_total, make_lattice
from app.acronym.likelihood import MODELLED, log_likelihood, make_field
from app.acronym.query import Query
from app.acronym.title import parse_title
from app.core.errors import InputError
from tests.acronym.reference import paths, score, spelled

TITLE = "Ab bab/ra for Cab"
SIZES = range(2, 4)


@pytest.mark.parametrize("name", ["ab", "bc", "arc", "bfc"])
def test_the_likelihood_is_that_of_looking_at_every_path(weights: Weights, name: str) -> None:
    # GIVEN
    title = parse_title(TITLE)
    pairs = np.zeros((SIZE + 1, SIZE), dtype=np.float32)
    theta = np.array([*(weights[feature] for feature in MODELLED), 0.0])

    # WHEN
    value, _ = log_likelihood(make_field(title, Style.PIECES, pairs), theta, name, SIZES)

    # THEN
    worth = {path: np.exp(score(title, path, weights)) for path in paths(title, SIZES)}
    own = sum(value for path, value in worth.items() if spelled(title, path) == name)
    assert value == pytest.approx(np.log(own / sum(worth.values())), abs=1e-5)
    lengths = np.array([-np.inf, -np.inf, 0.0, 0.0], dtype=np.float32)
    assert log_total(make_lattice(title, weights), pairs, lengths) == pytest.approx(
        np.log(sum(worth.values())), abs=1e-5
    )


@pytest.mark.parametrize(("style", "name"), [(Style.PIECES, "bfc"), (Style.WHOLE, "bac"), (Style.INITIALS, "arc")])
def test_the_gradient_is_the_slope(weights: Weights, style: Style, name: str) -> None:
    # GIVEN
    pairs = np.random.default_rng(1).normal(size=(SIZE + 1, SIZE)).astype(np.float32)
    field = make_field(parse_title("Ab bac/ra for Cab"), style, pairs)
    theta = np.array([*(weights[feature] for feature in MODELLED), 0.25])

    # WHEN
    _, gradient = log_likelihood(field, theta, name, SIZES)

    # THEN
    step = 1e-5
    for place in range(len(theta)):
        ahead, behind = theta.copy(), theta.copy()
        ahead[place] += step
        behind[place] -= step
        slope = log_likelihood(field, ahead, name, SIZES)[0] - log_likelihood(field, behind, name, SIZES)[0]
        assert gradient[place] == pytest.approx(slope / (2 * step), abs=1e-5)


@pytest.mark.parametrize(
    ("name", "title", "style"),
    [
        ("ccrl", "Contrastive Cell Representation Learning", Style.INITIALS),
        ("rtransformer", "Recurrent Neural Network Enhanced Transformer", Style.WHOLE),
        ("frage", "Frequency-Agnostic Word Representation", Style.PIECES),
        ("xyz", "Frequency-Agnostic Word Representation", None),
    ],
)
def test_the_style_of_a_name_is_the_narrowest(name: str, title: str, style: Style | None) -> None:
    assert style_of(Gold(name, title), shipped_weights()) is style


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
    assert ground.rivals[Style.INITIALS] < ground.rivals[Style.PIECES]


@pytest.mark.parametrize("text", ["", "name,title\na,b\n", "name,title_rest,in_order\nA,B,True\n"])
def test_a_table_without_names_is_refused(tmp_path: Path, text: str) -> None:
    table = tmp_path / "table.csv"
    table.write_text(text)
    with pytest.raises(InputError, match="table"):
        read_gold(table)
