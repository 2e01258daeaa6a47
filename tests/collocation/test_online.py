from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.collocation.online import SERVICES, Service, Web, WebHit
from app.collocation.online.datamuse import Datamuse
from app.collocation.online.google_books import GoogleBooks
from app.collocation.online.infini_gram import CORPUS, InfiniGram
from app.collocation.online.linggle import Linggle
from app.collocation.options import OPTIONS
from app.collocation.query.parser import parse
from app.core.errors import InputError, NetworkError
from tests.collocation.web_service import WebService, web_service

Make = Callable[[Web, str], Service]
GOOD: list[tuple[Make, str, Any]] = [
    (Linggle, "plays _ role", {"query": "plays _ role", "total": 9, "ngrams": [["plays a role", 9]]}),
    (GoogleBooks, "plays a role", [{"ngram": "plays a role", "type": "NGRAM", "timeseries": [1e-6, 3e-6]}]),
    (Datamuse, "adj. role", [{"word": "important", "score": 1001}]),
    (InfiniGram, "plays a role", {"count": 7, "approx": False, "tokens": ["plays"], "latency": 1.5}),
]  # fmt: skip


@pytest.fixture
def server() -> Iterator[WebService]:
    with web_service() as running:
        yield running


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    session = Web(tmp_path / "cache" / "web.sqlite", read_seconds=0.5)
    yield session
    session.close()


def test_linggle_answers_whole_queries(web: Web, server: WebService) -> None:
    # GIVEN
    server.body = {"query": "plays ~a/the role", "total": 12, "ngrams": [["plays a role", 9], ["plays the role", 3]]}

    # WHEN
    answer = Linggle(web, server.address).look_up(parse("plays ~a/the role"))

    # THEN
    assert answer.service == "Linggle"
    assert answer.hits == (WebHit("plays a role", 9), WebHit("plays the role", 3))
    assert server.asked == [("/api/ngram/plays ~a/the role", {})]


def test_google_books_answers_one_open_slot(web: Web, server: WebService) -> None:
    # GIVEN the answer to a wildcard: their sum and each expansion
    server.body = [
        {"ngram": "* role", "parent": "", "type": "EXPANSION_SUM", "timeseries": [9e-6, 9e-6]},
        {"ngram": "small role", "parent": "* role", "type": "EXPANSION", "timeseries": [1e-6, 1e-6]},
        {"ngram": "important role", "parent": "* role", "type": "EXPANSION", "timeseries": [2e-6, 4e-6]},
    ]

    # WHEN
    answer = GoogleBooks(web, server.address).look_up(parse("_ role"))

    # THEN
    assert [hit.text for hit in answer.hits] == ["important role", "small role"]
    assert answer.hits[0].value == pytest.approx(3.0)
    assert server.asked[0][1]["content"] == "* role"


@pytest.mark.parametrize(
    ("query", "content"), [("v. role", "*_VERB role"), ("[[play]] a/the", "play_INF a,play_INF the"), ("a | b", "a,b")]
)
def test_google_books_has_its_own_language(web: Web, server: WebService, query: str, content: str) -> None:
    server.body = []
    assert GoogleBooks(web, server.address).look_up(parse(query)).hits == ()
    assert server.asked[0][1]["content"] == content


@pytest.mark.parametrize(
    ("query", "relation", "phrase"),
    [
        ("_ role", "rel_bgb", "important role"),
        ("adj. role", "rel_jjb", "important role"),
        ("role _", "rel_bga", "role important"),
        ("role n.", "rel_jja", "role important"),
        ("~role", "rel_syn", "important"),
    ],
)
def test_datamuse_is_asked_for_a_relation(web: Web, server: WebService, query: str, relation: str, phrase: str) -> None:
    # GIVEN
    server.body = [{"word": "important", "score": 1001}]

    # WHEN
    answer = Datamuse(web, server.address).look_up(parse(query))

    # THEN
    assert answer.hits == (WebHit(phrase, 1001),)
    assert server.asked == [("/words", {relation: "role", "max": "50"})]


def test_infini_gram_counts_each_phrase(web: Web, server: WebService) -> None:
    # GIVEN
    server.body = {"count": 5, "approx": False, "latency": 0.3}

    # WHEN
    answer = InfiniGram(web, server.address).look_up(parse("discuss/discusses the"))

    # THEN
    assert answer.hits == (WebHit("discuss the", 5), WebHit("discusses the", 5))
    assert server.asked[0] == ("/", {"index": CORPUS, "query_type": "count", "query": "discuss the"})


@pytest.mark.parametrize(("make", "query", "body"), GOOD)
def test_an_answer_is_kept_and_not_asked_for_twice(
    web: Web, server: WebService, make: Make, query: str, body: Any
) -> None:
    # GIVEN
    server.body = body
    first = make(web, server.address).look_up(parse(query))

    # WHEN
    second = make(web, server.address).look_up(parse(query))

    # THEN
    assert first == second
    assert first.hits
    assert len(server.asked) == 1


@pytest.mark.parametrize(("make", "query"), [(make, query) for make, query, _ in GOOD])
@pytest.mark.parametrize(
    ("status", "raw", "says"),
    [
        (500, b"{}", "error 500"),
        (404, b"{}", "error 404"),
        (429, b"{}", "asks for a pause"),
        (200, b"<html>", "unexpected"),
        (200, b"", "unexpected"),
        (200, b'{"error": "no"}', "unexpected"),
        (200, b"[1, 2]", "unexpected"),
        (200, b"null", "unexpected"),
    ],
)
def test_failures_are_said_and_not_kept(  # noqa: PLR0917
    web: Web, server: WebService, make: Make, query: str, status: int, raw: bytes, says: str
) -> None:
    # GIVEN
    server.status, server.raw = status, raw

    # WHEN
    for _ in range(2):
        with pytest.raises(NetworkError, match=says):
            make(web, server.address).look_up(parse(query))

    # THEN a failure is not remembered
    assert len(server.asked) == 2


@pytest.mark.parametrize(("make", "query"), [(make, query) for make, query, _ in GOOD])
def test_a_service_that_is_silent_or_gone_is_an_error(web: Web, make: Make, query: str) -> None:
    # GIVEN
    with web_service() as server:
        server.silent.set()
        with pytest.raises(NetworkError, match="did not answer in time"):
            make(web, server.address).look_up(parse(query))

    # WHEN / THEN
    with pytest.raises(NetworkError, match="cannot be reached"):
        make(web, server.address).look_up(parse(query))


@pytest.mark.parametrize(
    ("make", "query"),
    [(GoogleBooks, "_ _ role"), (GoogleBooks, "~big role"), (GoogleBooks, "interj. a"), (Datamuse, "a b"),
     (Datamuse, "_ role | a"), (InfiniGram, "_ role"), (InfiniGram, "a/b/c a/b/c")],
)  # fmt: skip
def test_a_query_that_a_service_does_not_know_is_not_sent(web: Web, server: WebService, make: Make, query: str) -> None:
    with pytest.raises(InputError, match="no answer to queries of this form"):
        make(web, server.address).look_up(parse(query))
    assert server.asked == []


def test_every_service_can_be_chosen_and_nobody_is_asked_unless_allowed() -> None:
    options = {option.key: option for option in OPTIONS}
    assert [key for key, _ in options["collocation.service"].choices] == list(SERVICES)
    assert options["collocation.online"].default is False
