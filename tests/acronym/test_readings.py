from __future__ import annotations

import pytest

from app.acronym.forms import all_forms
from app.acronym.ground import Ground
from app.acronym.judgement import judge
from app.acronym.query import Query
from app.acronym.readings import readings
from app.acronym.search import find_own

TRANSFER = "Exploring the Limits of Transfer Learning with a Unified Text-to-Text Transfer Transformer"
ELECTRA = "Efficiently Learning an Encoder that Classifies Token Replacements Accurately"


@pytest.mark.parametrize(
    ("title", "written", "letters"),
    [
        ("A Robustly Optimized BERT Pretraining Approach", "RoBERTa", "RObustly Optimized BERT Approach"),
        ("Deep Residual Learning for Image Recognition", "ResNet-50", ""),
        ("Wide Residual Networks", "WRN-28-10", "WRN"),
        (TRANSFER, "T5", "TTTTT"),
        ("Bidirectional Encoder Representations from Transformers", "BERT", "BERT"),
        (ELECTRA, "ELECTRA", "ELECTRA"),
        ("You Only Look Once", "YOLOv2", "YOLO"),
        ("Generative Pre-trained Transformer", "GPT-like", "GPT"),
        ("Generative Pre-trained Transformer", "GPT-2", "GPT"),
        ("Zero-Shot Image Generation from Dali and Wall-E", "DALL-E", ""),
        ("Contrastive Language-Image Pre-training", "CLIP", "CLIP"),
        ("Low-Rank Adaptation of Large Language Models", "LoRA", ""),
        ("Fast Exact Attention for Large Sequences in Hardware", "FLASH-style", ""),
        ("Recurrent Neural Network Enhanced Transformer", "R-Transformer", ""),
        ("Sequence to Sequence Learning", "seq2seq", ""),
        ("Knowledge for the Masses", "K4M", ""),
        ("Graph Attention", "GANet", ""),
    ],
)
def test_names_as_people_write_them_are_found_in_their_titles(title: str, written: str, letters: str) -> None:
    # WHEN
    ground = Ground(Query(title))
    name = find_own(ground, written)

    # THEN the name is spelled by an alignment, and shown as it was written
    assert name is not None
    judgement = judge(ground, name, written)
    assert judgement.written == judgement.forms[0] == written
    spelled = "".join(title[place] for place in ground.title.place[list(judgement.alignments[0].letters)])
    assert spelled.lower() == name.text
    assert name.text in set(readings(written))
    if letters.isupper():
        assert spelled.upper() == letters


def test_the_most_literal_reading_comes_first() -> None:
    assert next(iter(readings("B2-4"))) == "b24"
    assert list(readings("K4M")) == ["k4m", "kform", "kkkkm"]
    assert list(readings("GPT")) == ["gpt"]
    assert list(readings("é")) == []


def test_small_words_are_written_as_figures() -> None:
    ground = Ground(Query("Sequence to Sequence Learning", longest=12))
    name = find_own(ground, "seqtoseq")
    assert name is not None
    assert "Seq2Seq" in all_forms(ground.title, ground.align(name.text, name.style)[0].letters, name.kind)
