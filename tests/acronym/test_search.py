from __future__ import annotations

from dataclasses import replace

import pytest

from app.acronym.explain import features_of, reasons
from app.acronym.features import Style
from app.acronym.forms import all_forms, usual_form, with_suffix
from app.acronym.ground import Ground
from app.acronym.judgement import judge, written
from app.acronym.lattice import Reach
from app.acronym.nothing import why_nothing
from app.acronym.query import Query
from app.acronym.ranking import Kind
from app.acronym.search import Name, score_name, search
from app.core.errors import InputError

ROBERTA = "A Robustly Optimized BERT Pretraining Approach"
SPINE = "Sparse Interpretable Neural Embeddings"


def texts(query: Query) -> list[str]:
    return [name.text for name in search(query, most=100_000).listed]


def named(title: str, text: str) -> tuple[Ground, Name]:
    ground = Ground(Query(title, longest=12))
    name = score_name(ground, text)
    assert name is not None
    return ground, name


def test_the_name_of_a_well_known_paper_is_among_the_first_words() -> None:
    names = search(Query(SPINE, kinds=frozenset({Kind.WORD})))
    assert "SPINE" in [written(names.ground, name) for name in names.listed[:20]]


@pytest.mark.parametrize(
    ("title", "name", "kind"),
    [
        (ROBERTA, "roberta", Kind.WORD),
        ("Memory-Augmented Retrieval for Long Text Modeling", "memlong", Kind.COINED),
        ("Recurrent Neural Network Enhanced Transformer", "rtransformer", Kind.MIXED),
        ("Contrastive Cell Representation Learning", "ccrl", Kind.LETTERS),
    ],
)
def test_names_of_every_kind_are_found_when_they_are_asked_for(title: str, name: str, kind: Kind) -> None:
    # WHEN
    query = Query(title, longest=12, pattern=name)
    found = {each.text: each for each in search(query).listed}

    # THEN
    assert found[name].kind is kind


@pytest.mark.parametrize("title", [ROBERTA, SPINE, "Fast/Efficient [Graph] nets? for deep~learning"])
def test_every_name_in_the_list_has_the_score_of_its_parts_and_letters_in_order(title: str) -> None:
    # GIVEN
    names = search(Query(title))
    listed = names.listed[::25]
    assert len(listed) > 10

    # WHEN / THEN
    for kind in Kind:
        scores = [each.score for each in names.listed if each.kind is kind]
        assert scores == sorted(scores, reverse=True)
    assert names.listed[0].score == max(each.score for each in names.listed)
    for name in listed:
        parts = reasons(names.ground, name)
        assert sum(each.worth for each in parts) == pytest.approx(name.score, abs=1e-3)
        weights = names.ground.weights(name.style)
        features = features_of(names.ground, name)
        assert sum(weights[each] * amount for each, amount in features.items()) == pytest.approx(name.score, abs=1e-3)
        same = score_name(names.ground, name.text)
        assert same is not None
        assert same.score == pytest.approx(name.score, abs=1e-3)
        for alignment in judge(names.ground, name).alignments:
            spelled = "".join(title[place] for place in names.ground.title.place[list(alignment.letters)])
            assert spelled.lower() == name.text


def test_no_kind_fills_the_top_of_the_list() -> None:
    # GIVEN a title with many initials, each likelier than any word
    names = search(Query("Deep Residual Learning for Image Recognition")).listed
    by_score = sorted(names, key=lambda name: -name.score)
    assert [each.kind for each in by_score[:6]] == [Kind.LETTERS] * 6
    # WHEN the list is read from the top THEN other kinds come soon
    assert {each.kind for each in names[:8]} >= {Kind.LETTERS, Kind.WORD, Kind.MIXED}


def test_options_narrow_the_search() -> None:
    query = Query(ROBERTA)
    assert all(text.startswith("ro") for text in texts(replace(query, begins="Ro")))
    assert all("bert" in text for text in texts(replace(query, contains="bert")))
    assert {len(text) for text in texts(replace(query, shortest=4, longest=5))} == {4, 5}
    assert {name.kind for name in search(replace(query, kinds=frozenset({Kind.MIXED}))).listed} == {Kind.MIXED}
    assert all(len(text) == 5 and text[1] == "o" for text in texts(replace(query, pattern="?o???")))


def test_letters_come_from_where_they_may() -> None:
    # GIVEN
    query = Query(SPINE, kinds=frozenset({Kind.WORD}), shortest=2)

    # THEN first letters alone give few words, beginnings more, any letters most
    initials = set(texts(replace(query, reach=Reach.INITIALS)))
    beginnings = set(texts(replace(query, reach=Reach.BEGINNINGS)))
    unburied = set(texts(replace(query, most_buried=0)))
    one = set(texts(replace(query, most_buried=1)))
    assert "sin" in initials
    assert initials < beginnings <= unburied < one < set(texts(query))


def test_a_word_that_must_give_a_letter_does() -> None:
    names = search(Query("Sparse Interpretable [Neural] Embeddings", kinds=frozenset({Kind.WORD})))
    for name in names.listed[:50]:
        slots = {int(names.ground.title.slot[at]) for at in names.ground.align(name.text, name.style)[0].letters}
        assert 2 in slots


def test_names_that_offend_are_shown_only_when_asked_for() -> None:
    # GIVEN a title with a rude word in its initials, which no list shows by accident
    query = Query("Semantic Hints in Training", kinds=frozenset({Kind.WORD}), shortest=4, longest=4)
    hidden, shown = texts(query), texts(replace(query, offensive=True))

    # THEN
    assert set(hidden) < set(shown)
    assert judge((names := search(replace(query, offensive=True))).ground, names.listed[0]).offends_in == ("en",)


@pytest.mark.parametrize(
    ("query", "part"),
    [
        (Query("alpha beta", shortest=6, longest=5), "at least 6 and at most 5"),
        (Query("alpha beta", shortest=1), "2 to 12"),
        (Query("alpha beta", longest=30), "2 to 12"),
        (Query("alpha beta", kinds=frozenset()), "at least one"),
        (Query("alpha beta", most_buried=-1), "0 or more"),
        (Query("alpha beta", language="xx"), "no lexicon xx"),
        (Query("alpha beta", pattern="a_b"), "“_”"),
    ],
)
def test_options_that_contradict_each_other_are_refused(query: Query, part: str) -> None:
    with pytest.raises(InputError, match=part):
        search(query)


@pytest.mark.parametrize(
    ("query", "part"),
    [
        (Query("a"), "one letter"),
        (Query("[a] [b] [c] [d]", longest=3), "4 words must give a letter"),
        (Query("alpha beta", begins="be", pattern="*x*"), "has no X|Without the pattern"),
        (Query("alpha beta", begins="z"), "Without the beginning"),
        (Query("alpha beta", contains="zz", begins="z"), "has no Z"),
        (Query("ab cd", shortest=7), "With every length"),
        (Query("pineapple", reach=Reach.INITIALS), "anywhere"),
        (Query("pineapple", kinds=frozenset({Kind.LETTERS})), "every kind"),
    ],
)
def test_an_empty_list_explains_itself(query: Query, part: str) -> None:
    import re  # noqa: PLC0415 - only here

    assert search(query).listed == ()
    assert re.search(part, why_nothing(query))


@pytest.mark.parametrize("count", [1, 60])
def test_short_and_long_titles(count: int) -> None:
    title = " ".join(["representation", "learning", "for", "graphs"] * 15) if count == 60 else "representation"
    names = search(Query(title))
    assert names.total > 50
    assert names.total == sum(names.lengths.values())


@pytest.mark.parametrize(
    ("title", "name", "expected"),
    [
        (ROBERTA, "roberta", {"ROBERTA", "RoBERTa", "Roberta", "roberta"}),
        ("Recurrent Neural Network Enhanced Transformer", "rtransformer", {"RTransformer", "R-Transformer"}),
        ("Text to Text Transfer Transformer", "tttt", {"TTTT", "T4"}),
        ("Depthwise Federated Learning", "depthfl", {"DepthFL"}),
        ("Pose GAN", "pgan", {"PGAN"}),
    ],
)
def test_names_are_written_as_people_write_them(title: str, name: str, expected: set[str]) -> None:
    ground, found = named(title, name)
    letters = ground.align(name, found.style)[0].letters
    forms = all_forms(ground.title, letters, found.kind)
    assert expected <= set(forms)
    assert forms[0] == usual_form(ground.title, letters, found.kind)
    assert all(form.replace("-", "").lower() == name for form in forms if not form[-1].isdigit())


def test_suffixes() -> None:
    assert with_suffix("Res", "Net") == "ResNet"
    assert with_suffix("ResNet", "Net") == "ResNet"
    assert with_suffix("DJC", "GAN") == "DJC-GAN"
    assert with_suffix("DJC", "Former") == "DJCFormer"


def test_a_name_that_does_not_run_through_the_title_has_no_score() -> None:
    assert score_name(Ground(Query(SPINE)), "xyz") is None


def test_styles_have_weights_of_their_own() -> None:
    ground = Ground(Query(SPINE))
    assert set(ground.ways) == set(Style)
