"""A local server that speaks the JSON of the services, and their failures."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


class WebService(ThreadingHTTPServer):
    """Answers every request with `status` and `body`, and remembers what was asked."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.body: Any = {}
        self.raw: bytes | None = None
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.silent = threading.Event()
        """Set: the server says nothing until it is shut down."""
        self.over = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: WebService

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self._answer(unquote(parts.path), {name: values[0] for name, values in parse_qs(parts.query).items()})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(self.path, json.loads(body))

    def _answer(self, path: str, values: dict[str, Any]) -> None:
        self.server.asked.append((path, values))
        if self.server.silent.is_set():
            self.server.over.wait()
            return
        data = self.server.raw if self.server.raw is not None else json.dumps(self.server.body).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_arguments: Any) -> None:
        return


@contextmanager
def web_service() -> Iterator[WebService]:
    """Run a server on this machine."""
    with WebService() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
