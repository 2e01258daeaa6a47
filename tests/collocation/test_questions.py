from __future__ import annotations

import pytest

from app.collocation.query.parser import parse
from app.collocation.questions import read_question


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("what verb goes with attention?", "v. ?det. attention"),
        ("Which verbs collocate with 'attention'?", "v. ?det. attention"),
        ("which verb does attention take", "v. ?det. attention"),
        ("what is a good verb for experiment?", "v. ?det. experiment"),
        ("which preposition follows consistent?", "consistent prep."),
        ("what preposition goes with consistent", "consistent prep."),
        ("preposition after interested", "interested prep."),
        ("adjectives before role", "adj. role"),
        ("what adjectives go with the word role?", "adj. role"),
        ("which adverb modifies important", "adv. important"),
        ("what noun comes after deep", "deep n."),
        ("another word for important in important role", "~important role"),
        ("synonyms of show", "~show"),
        ("what comes between plays and role?", "plays * role"),
        ("what preposition comes between depend and data", "depend prep. data"),
        ("what goes before role", "_ role"),
        ("what comes after consistent", "consistent _"),
        ("how is “consistent” used?", "consistent _"),
        ("how do I use consistent", "consistent _"),
        ("什么动词搭配 attention？", "v. ?det. attention"),
        ("和 attention 搭配的动词有哪些", "v. ?det. attention"),
        ("attention 前面用什么动词", "v. attention"),
        ("consistent 后面接什么介词？", "consistent prep."),
        ("什么介词跟在 consistent 后面", "consistent prep."),
        ("role 前面用什么形容词", "adj. role"),
        ("修饰 role 的形容词", "adj. role"),
        ("important 的近义词", "~important"),
        ("important role 里 important 的同义词", "~important role"),
        ("plays 和 role 之间", "plays * role"),
        ("depend 和 data 之间用什么介词", "depend prep. data"),
        ("consistent 怎么用", "consistent _"),
        ("role 前面", "_ role"),
    ],
)
def test_a_question_becomes_a_query(question: str, query: str) -> None:
    # WHEN
    reading = read_question(question)

    # THEN
    assert reading is not None
    assert reading.query == query
    assert parse(reading.query).patterns


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("which is right, discuss the or discuss about the?", ("discuss the", "discuss about the")),
        ("which is correct: research on or researches on", ("research on", "researches on")),
        ("is it depend on or depend of?", ("depend on", "depend of")),
        ("do you say in the text, in text or at text", ("in the text", "in text", "at text")),
        ("should I write “data is” vs. “data are”", ("data is", "data are")),
        ("discuss 还是 discuss about", ("discuss", "discuss about")),
        ("depend on 和 depend of 哪个对？", ("depend on", "depend of")),
        ("哪个对，depend on 还是 depend of", ("depend on", "depend of")),
        ("应该写“research on”还是“researches on”", ("research on", "researches on")),
    ],
)  # fmt: skip
def test_a_choice_becomes_a_comparison(question: str, phrases: tuple[str, ...]) -> None:
    # WHEN
    reading = read_question(question)

    # THEN
    assert reading is not None
    assert reading.compared == phrases


@pytest.mark.parametrize(
    "text",
    ["plays _ _ role", "v. attention", "what is the", "how to use the", "which can be", "or not", "verb.", "", "你好吗",
     "is it possible", "words", "another important", "what $ing", "should be used with"],
)  # fmt: skip
def test_other_texts_are_left_to_be_queries(text: str) -> None:
    assert read_question(text) is None
