"""Hears what a second start or the command line wants of the running program."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QAbstractSocket, QLocalServer, QLocalSocket

from app.core import instance

if TYPE_CHECKING:
    from app.core.paths import Paths

LONGEST_LINE: Final = 256
"""Bytes; a longer line is from somebody who does not speak the protocol."""
_log = logging.getLogger(__name__)


class InstanceServer(QObject):
    """Listens on the socket of this user and data folder; other users cannot connect.

    Args:
        paths: whose socket.
        parent: the owner.

    """

    asked = Signal(str)
    """One of `instance.COMMANDS`."""

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = instance.socket_name(paths)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def listen(self) -> bool:
        """Begin to listen; return False when a running program does so already.

        Whoever is there is asked first: on Windows two programs may listen on one pipe.
        """
        if self._is_answered():
            return False
        if self._server.listen(self._name):
            return True
        if self._server.serverError() == QAbstractSocket.SocketError.AddressInUseError:
            QLocalServer.removeServer(self._name)
            if self._server.listen(self._name):
                return True
        _log.warning("cannot listen on %s: %s", self._name, self._server.errorString())
        return True

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _is_answered(self) -> bool:
        """Say whether somebody listens there; what is left of a program that died does not answer."""
        probe = QLocalSocket()
        probe.connectToServer(self._name)
        answered = probe.waitForConnected(int(instance.TIMEOUT_SECONDS * 1000))
        probe.abort()
        return answered

    def _on_connection(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.readyRead.connect(lambda each=connection: self._read(each))
            connection.disconnected.connect(connection.deleteLater)
            self._read(connection)

    def _read(self, connection: QLocalSocket) -> None:
        if not connection.canReadLine():
            if connection.bytesAvailable() > LONGEST_LINE:
                connection.abort()
            return
        command = bytes(connection.readLine(LONGEST_LINE).data()).decode("utf-8", "replace").strip()
        if command in instance.COMMANDS:
            connection.write(instance.ANSWER)
            connection.flush()
            connection.disconnectFromServer()
            self.asked.emit(command)
        else:
            connection.abort()
