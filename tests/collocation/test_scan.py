from __future__ import annotations

import pytest

from app.collocation.engine import Engine
from app.collocation.scan import scan
from tests.collocation.judged_sentences import mistakes, read, right_sentences


@pytest.mark.parametrize(
    ("sentence", "rare", "better"),
    [
        ("The results depend of the number of layers.", "depend of", "depend on"),
        ("In this section we discuss about the limitations.", "discuss about the", "discuss the"),
        ("This is consistent to previous work.", "consistent to", "consistent with"),
        ("The authors emphasize on the importance of data.", "emphasize on the", "emphasize the"),
        ("Here we did an experiment with mice.", "we did an experiment", "we conducted an experiment"),
        ("It consists in two steps.", "consists in", "consists of"),
        ("We focus in the problem of classification.", "focus in", "focus on"),
        ("We listen the speakers: it is equal with zero.", "equal with", "equal to"),
        ("Plays important role in the cell.", "plays important role", "plays an important role"),
        ("We collected informations.", "informations", "information"),
        ("The previous results shows that it works.", "results shows that", "results show that"),
    ],
)
def test_a_rare_pair_is_found_and_a_better_one_offered(academic: Engine, sentence: str, rare: str, better: str) -> None:
    # WHEN
    findings = scan(academic, sentence)

    # THEN it is marked where it stands
    assert len(findings) == 1
    found = findings[0]
    assert rare in found.text
    assert sentence[found.start : found.end].lower() == found.text
    assert better in found.better[0].text
    assert found.better[0].count > 5 * found.count


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?!",
        "你好，世界",
        "😀 😀 😀",
        "Word",
        "Our gadget frobs the quux of a blarg in 2024.",
        "We show that the proposed method outperforms the state of the art on three benchmarks.",
        "These results are consistent with previous work and depend on the number of layers.",
    ],
)
def test_nothing_is_found_in_what_is_right_or_unknown(academic: Engine, text: str) -> None:
    assert scan(academic, text) == []


def test_a_long_text_is_read_up_to_a_limit(academic: Engine) -> None:
    # GIVEN a mistake at the beginning and one far behind
    text = "The results depend of the number of layers. " + "And so on. " * 300 + "It depends of the number of layers."

    # WHEN / THEN
    assert len(scan(academic, text)) == 1


@pytest.mark.parametrize(("name", "sentences"), [("correct.tsv", 60), ("published.tsv", 100)])
def test_sentences_that_are_right_are_left_alone(academic: Engine, name: str, sentences: int) -> None:
    # GIVEN sentences that nobody would correct
    right = right_sentences(name)
    assert len(right) == sentences

    # WHEN
    marked = [sentence for sentence in right if scan(academic, sentence)]

    # THEN
    assert len(marked) <= 1


def test_most_mistakes_of_learners_are_found_and_mended(academic: Engine) -> None:
    # GIVEN sixty sentences with a mistake each
    results = [read(academic, mistake) for mistake in mistakes()]
    assert len(results) == 60

    # WHEN / THEN the right repair is offered for most, and what is right is left alone
    assert sum(each.is_mended for each in results) >= 48
    assert sum(bool(each.false_alarms) for each in results) <= 1
