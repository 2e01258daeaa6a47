"""Other starts are heard, one program at a time listens, and what is left of a dead one is no obstacle."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core import instance
from app.core.paths import Paths
from app.ui.instance_server import LONGEST_LINE, InstanceServer

WAIT_MS = 10_000
WAIT_S = WAIT_MS / 1000


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    return Paths.under(tmp_path / "home")


@pytest.fixture
def server(paths: Paths, qtbot: QtBot) -> Iterator[InstanceServer]:
    server = InstanceServer(paths)
    assert server.listen()
    yield server
    server.close()
    server.deleteLater()


def sent(qtbot: QtBot, command: str, paths: Paths) -> bool:
    """Send a command from another thread, as another process would, and return whether it was answered."""
    answers: list[bool] = []
    thread = threading.Thread(target=lambda: answers.append(instance.send(command, paths)))
    thread.start()
    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT_MS)
    thread.join()
    return answers[0]


@pytest.mark.parametrize("command", instance.COMMANDS)
def test_a_command_is_answered_and_passed_on(server: InstanceServer, paths: Paths, qtbot: QtBot, command: str) -> None:
    # GIVEN a program that listens
    heard: list[str] = []
    server.asked.connect(heard.append)
    # WHEN another start sends a command
    # THEN it is answered, and heard once
    assert sent(qtbot, command, paths)
    assert heard == [command]


def test_one_program_at_a_time_listens_for_one_home(server: InstanceServer, paths: Paths, tmp_path: Path) -> None:
    # GIVEN a program that listens
    # WHEN another of the same home and one of another home want to
    same, other = InstanceServer(paths), InstanceServer(Paths.under(tmp_path / "other"))
    # THEN only the other may
    assert not same.listen()
    assert other.listen()
    other.close()


def test_what_a_dead_program_left_is_no_obstacle(paths: Paths, qtbot: QtBot) -> None:
    # GIVEN the socket of a program that died
    left = socket.socket(socket.AF_UNIX)
    left.bind(instance.socket_name(paths))
    left.listen()
    left.close()
    assert Path(instance.socket_name(paths)).exists()
    # WHEN the next one starts
    server = InstanceServer(paths)
    # THEN it listens and is reached
    assert server.listen()
    assert sent(qtbot, instance.SHOW, paths)
    server.close()


def test_after_the_end_nobody_answers(paths: Paths, qtbot: QtBot) -> None:
    # GIVEN a program that has ended
    server = InstanceServer(paths)
    assert server.listen()
    server.close()
    # WHEN a command is sent, THEN nobody answers, and no socket is left
    assert not sent(qtbot, instance.SHOW, paths)
    assert not Path(instance.socket_name(paths)).exists()


@pytest.mark.parametrize("line", [b"reboot\n", b"x" * (LONGEST_LINE + 100), b"\xff\xfe\n", b"show me\n"])
def test_who_does_not_speak_the_protocol_is_sent_away(
    server: InstanceServer, paths: Paths, qtbot: QtBot, line: bytes
) -> None:
    # GIVEN somebody who says something else
    heard: list[str] = []
    server.asked.connect(heard.append)
    answers: list[bytes] = []

    def say() -> None:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(WAIT_S)
            connection.connect(instance.socket_name(paths))
            connection.sendall(line)
            try:
                answers.append(connection.recv(16))
            except ConnectionResetError:
                answers.append(b"")

    # WHEN they connect
    thread = threading.Thread(target=say)
    thread.start()
    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT_MS)
    thread.join()
    # THEN they are cut off without an answer, and who speaks it is still heard
    assert answers == [b""]
    assert heard == []
    assert sent(qtbot, instance.SHOW, paths)
