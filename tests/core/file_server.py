"""A local web server that behaves as badly as it is told to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers a GET with the next behaviour of the server's list; the last one stays."""

    server: FileServer

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        answers = self.server.answers
        answer = answers[0] if len(answers) == 1 else answers.pop(0)
        answer(self)

    def log_message(self, *_arguments: Any) -> None:
        return

    @property
    def first_byte(self) -> int:
        """Where the client wants to go on."""
        return int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))

    def send(self, status: int, body: bytes, **headers: str) -> None:
        """Send a whole answer; a header is named with "_" for "-"."""
        self.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in ({"Content-Length": str(len(body))} | named).items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class FileServer(ThreadingHTTPServer):
    """Remembers in `asked` the path and the headers of each request."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[Answer] = []
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/file"


@contextmanager
def file_server() -> Iterator[FileServer]:
    """Run a server on this machine."""
    with FileServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def whole(data: bytes, **headers: str) -> Answer:
    """Send the file, or the rest that was asked for."""

    def answer(handler: Handler) -> None:
        start = handler.first_byte
        if start:
            place = f"bytes {start}-{len(data) - 1}/{len(data)}"
            handler.send(206, data[start:], Content_Range=place, **headers)
        else:
            handler.send(200, data, **headers)

    return answer


def without_ranges(data: bytes) -> Answer:
    """Send the file from the beginning, whatever was asked for."""
    return lambda handler: handler.send(200, data)


def cut_off(data: bytes, length: int) -> Answer:
    """Promise the file or the rest of it, send `length` bytes and hang up."""

    def answer(handler: Handler) -> None:
        start = handler.first_byte
        rest, place = data[start:], f"bytes {start}-{len(data) - 1}/{len(data)}"
        handler.send(206 if start else 200, rest[:length], Content_Length=str(len(rest)), Content_Range=place)

    return answer


def status(code: int, **headers: str) -> Answer:
    """Send an error."""
    return lambda handler: handler.send(code, b"sorry", **headers)
