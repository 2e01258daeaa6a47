from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from email.utils import formatdate

import pytest

from app.core.errors import NetworkError
from app.core.http import ATTEMPTS, Http
from tests.core.file_server import FileServer, Handler, cut_off, file_server, status, whole

NOW = 1_700_000_000.0


@pytest.fixture
def server() -> Iterator[FileServer]:
    with file_server() as running:
        yield running


@pytest.fixture
def pauses() -> list[float]:
    """How long the client waited, instead of waiting."""
    return []


@pytest.fixture
def http(pauses: list[float]) -> Iterator[Http]:
    client = Http(sleep=pauses.append, now=lambda: NOW)
    yield client
    client.close()


def test_json_is_returned_and_the_program_says_who_it_is(http: Http, server: FileServer) -> None:
    server.answers = [whole(b'{"a": [1, "\xe5\x8b\xbe"]}')]
    assert http.json(server.url, headers={"X-Own": "1"}) == {"a": [1, "勾"]}
    _, headers = server.asked[0]
    assert headers["User-Agent"].startswith("paperdesk/")
    assert headers["X-Own"] == "1"


@pytest.mark.parametrize("code", [429, 500, 502, 503, 504])
def test_a_passing_error_is_tried_again(http: Http, server: FileServer, pauses: list[float], code: int) -> None:
    server.answers = [status(code), status(code), whole(b"1")]
    assert http.json(server.url) == 1
    assert pauses == [2, 4]


@pytest.mark.parametrize(
    ("wish", "pause"),
    [("7", 7), ("0", 0), (formatdate(NOW + 9, usegmt=True), 9), (formatdate(NOW - 9, usegmt=True), 0), ("soon", 2)],
)
def test_the_time_the_service_asks_for_is_kept(
    http: Http, server: FileServer, pauses: list[float], wish: str, pause: float
) -> None:
    server.answers = [status(429, Retry_After=wish), whole(b"1")]
    assert http.json(server.url) == 1
    assert pauses == [pause]


def test_a_pause_too_long_to_wait_for_is_told(http: Http, server: FileServer, pauses: list[float]) -> None:
    server.answers = [status(429, Retry_After="3600")]
    with pytest.raises(NetworkError, match="Try again in 60 min"):
        http.json(server.url)
    assert pauses == []


@pytest.mark.parametrize(("code", "times"), [(404, 1), (403, 1), (500, ATTEMPTS)])
def test_an_error_that_stays_is_told(http: Http, server: FileServer, code: int, times: int) -> None:
    server.answers = [status(code)]
    with pytest.raises(NetworkError, match=f"127.0.0.1 answered with error {code}"):
        http.json(server.url)
    assert len(server.asked) == times


@pytest.mark.parametrize("body", [b"<html>", b"", b"\xff\xfe", b'{"a":'])
def test_what_is_not_json_is_told(http: Http, server: FileServer, body: bytes) -> None:
    server.answers = [whole(body)]
    with pytest.raises(NetworkError, match="not JSON"):
        http.json(server.url)


def test_a_dropped_connection_is_tried_again(http: Http, server: FileServer, pauses: list[float]) -> None:
    server.answers = [cut_off(b"123456", 2), whole(b"1")]
    assert http.json(server.url) == 1
    assert pauses == [2]


def test_a_redirection_is_followed_but_not_for_ever(http: Http, server: FileServer) -> None:
    # GIVEN one redirection, then endless ones
    server.answers = [status(302, Location="/other"), whole(b"1")]
    assert http.json(server.url) == 1
    assert server.asked[-1][0] == "/other"
    server.answers = [status(302, Location="/round")]

    # WHEN / THEN
    with pytest.raises(NetworkError, match="in circles"):
        http.json(server.url)


def test_a_machine_that_does_not_listen_is_told(http: Http, pauses: list[float]) -> None:
    # GIVEN an address nobody listens at
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/"

        # WHEN / THEN
        with pytest.raises(NetworkError, match="cannot be reached"):
            http.get(address)
    assert len(pauses) == ATTEMPTS - 1


def test_a_server_that_says_nothing_is_given_up(
    http: Http, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a server that waits until the client has gone
    gone = threading.Event()

    def wait(handler: Handler) -> None:
        gone.wait(10)
        handler.close_connection = True

    monkeypatch.setattr("app.core.http.READ_SECONDS", 0.05)
    server.answers = [wait]

    # WHEN / THEN
    try:
        with pytest.raises(NetworkError, match="did not answer in time"):
            http.get(server.url)
    finally:
        gone.set()


@pytest.mark.parametrize("address", ["nothing", "ftp://127.0.0.1/a", "http://", "http://[bad/"])
def test_an_address_that_is_none_is_an_error_not_a_crash(http: Http, pauses: list[float], address: str) -> None:
    with pytest.raises(NetworkError):
        http.get(address)
    assert pauses == []
