from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from app.acronym.online import FRESH, SERVICES, OnlineCheck, Service, page
from app.core.http import Http
from app.core.paths import Paths

ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">'
    '<opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">17</opensearch:totalResults></feed>'
)


class Server(ThreadingHTTPServer):
    """Answers as arXiv, GitHub and paperswithcode.co do, and counts the questions."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.answers: dict[str, tuple[int, str]] = {
            "/arxiv": (200, ATOM),
            "/github": (200, json.dumps({"total_count": 3, "incomplete_results": False, "items": []})),
            "/paperswithcode": (200, json.dumps({"count": 0, "results": [], "applied_filters": {}})),
        }

    def services(self) -> tuple[Service, ...]:
        address = f"http://127.0.0.1:{self.server_port}"
        return tuple(replace(each, address=f"{address}/{each.key}?q={{name}}") for each in SERVICES)


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        status, text = self.server.answers[self.path.partition("?")[0]]
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def checker(server: Server, clock: Clock, tmp_path: Path) -> Iterator[OnlineCheck]:
    checker = make(server, clock, tmp_path)
    yield checker
    checker.close()


def make(server: Server, clock: Clock, folder: Path) -> OnlineCheck:
    http = Http(sleep=lambda _seconds: None)
    return OnlineCheck(Paths.under(folder), http, server.services(), sleep=clock.sleep, now=lambda: clock.now)


def test_every_service_is_counted(checker: OnlineCheck, server: Server, clock: Clock) -> None:
    counts = checker.check("Ro&Ta")
    assert [(each.service.key, each.count, each.error) for each in counts] == [
        ("arxiv", 17, ""),
        ("github", 3, ""),
        ("paperswithcode", 0, ""),
    ]
    assert {each.checked.timestamp() for each in counts} == {clock.now}
    assert all(path.endswith("?q=Ro%26Ta") for path in server.asked)


def test_answers_are_remembered_for_a_week_by_the_next_program_too(
    checker: OnlineCheck, server: Server, clock: Clock, tmp_path: Path
) -> None:
    # GIVEN
    assert checker.remembered("RoBERTa") == []
    first = checker.check("RoBERTa")

    # WHEN asked again within a week, by another program
    clock.now += FRESH.total_seconds() - 1
    other = make(server, clock, tmp_path)
    assert other.check("RoBERTa") == first == other.remembered("RoBERTa")
    assert len(server.asked) == 3

    # THEN after a week the services are asked again
    clock.now += 2
    assert other.remembered("RoBERTa") == []
    other.check("RoBERTa")
    other.close()
    assert len(server.asked) == 6


def test_the_pauses_that_services_ask_for_are_kept(checker: OnlineCheck, clock: Clock) -> None:
    checker.check("one")
    checker.check("two")
    assert clock.slept == [3.0, 3.0]


@pytest.mark.parametrize(("status", "text"), [(500, ""), (429, ""), (404, ""), (200, "<html>"), (200, "[]")])
def test_a_service_without_an_answer_has_a_reason_and_is_asked_again(
    checker: OnlineCheck, server: Server, status: int, text: str
) -> None:
    # GIVEN one service that fails
    server.answers["/github"] = (status, text)

    # WHEN
    counts = checker.check("name")

    # THEN the others have counted, and only the failed one is asked the next time
    assert [each.count for each in counts] == [17, None, 0]
    assert counts[1].error
    server.answers["/github"] = (200, '{"total_count": 5}')
    server.asked.clear()
    assert [each.count for each in checker.check("name")] == [17, 5, 0]
    assert [path.partition("?")[0] for path in server.asked] == ["/github"]


def test_a_damaged_memory_is_done_without(checker: OnlineCheck, tmp_path: Path) -> None:
    file = Paths.under(tmp_path).cache / "acronym" / "online.json"
    file.parent.mkdir(parents=True)
    for text in ("{", "[]", '{"name": {"github": ["x", "y"]}}'):
        file.write_text(text)
        assert [each.count for each in checker.check("name")] == [17, 3, 0]


def test_pages_for_people() -> None:
    assert page(SERVICES[1], "a b") == "https://github.com/search?type=repositories&q=a%20b+in%3Aname"
