from __future__ import annotations

import os
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.core import instance
from app.core.paths import Paths


@contextmanager
def listening(paths: Paths, answer: Callable[[socket.socket, bytes], None]) -> Iterator[list[bytes]]:
    """Stand for a running program that answers one connection in some way; gives the lines it heard."""
    heard: list[bytes] = []
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(instance.socket_name(paths))
        server.listen()

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                heard.append(connection.recv(100))
                answer(connection, heard[0])

        thread = threading.Thread(target=serve)
        thread.start()
        yield heard
        thread.join()


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder of the session for each test, its path short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="pd") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield


@pytest.mark.parametrize("command", instance.COMMANDS)
def test_a_command_is_one_line_and_its_answer_another(paths: Paths, command: str) -> None:
    with listening(paths, lambda connection, _: connection.sendall(instance.ANSWER)) as heard:
        assert instance.send(command, paths)
    assert heard == [f"{command}\n".encode()]


def test_nobody_listens(paths: Paths) -> None:
    assert not instance.send(instance.SHOW, paths)


def test_what_a_dead_program_left_does_not_answer(paths: Paths) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(instance.socket_name(paths))
    assert not instance.send(instance.SHOW, paths)


def drip(connection: socket.socket, _line: bytes) -> None:
    for letter in instance.ANSWER:
        connection.sendall(bytes([letter]))


def flood(connection: socket.socket, _line: bytes) -> None:
    try:
        while True:
            connection.sendall(b"x" * 65536)
    except OSError:
        return


@pytest.mark.parametrize(
    ("answer", "understood"),
    [
        (drip, True),
        (lambda connection, _: connection.sendall(b"no\n"), False),
        (lambda connection, _: connection.sendall(b"ok"), False),
        (lambda connection, _: connection.sendall(b"\xff\x00"), False),
        (lambda _connection, _line: None, False),
        (flood, False),
    ],
    ids=["letter by letter", "no", "half", "bytes", "nothing", "without end"],
)
def test_any_answer_is_understood_or_not(
    paths: Paths, answer: Callable[[socket.socket, bytes], None], understood: bool
) -> None:
    with listening(paths, answer):
        assert instance.send(instance.SHOW, paths) is understood


def test_a_program_that_hangs_is_not_waited_for(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN
    monkeypatch.setattr(instance, "TIMEOUT_SECONDS", 0.05)
    done = threading.Event()

    # WHEN / THEN
    with listening(paths, lambda _connection, _line: done.wait(10) and None):
        assert not instance.send(instance.SHOW, paths)
        done.set()


def test_each_data_folder_has_its_own_socket(tmp_path: Path) -> None:
    names = {instance.socket_name(Paths.under(tmp_path / name)) for name in "ab"}
    assert len(names) == 2
    assert instance.socket_name(Paths.under(tmp_path / "a")) in names
    assert all(len(name) < 104 for name in names)


def test_without_a_folder_of_the_session_a_private_one_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: Paths
) -> None:
    # GIVEN
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    # WHEN
    folder = Path(instance.socket_name(paths)).parent

    # THEN
    assert folder.parent == tmp_path
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("trap", ["open", "link", "file"])
def test_a_folder_that_somebody_else_prepared_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: Paths, trap: str
) -> None:
    # GIVEN
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = tmp_path / f"paperdesk-{os.getuid()}"
    match trap:
        case "open":
            folder.mkdir()
            folder.chmod(0o777)
        case "link":
            (tmp_path / "theirs").mkdir(mode=0o700)
            folder.symlink_to(tmp_path / "theirs")
        case "file":
            folder.write_text("")

    # WHEN / THEN
    assert Path(instance.socket_name(paths)).parent == paths.data
