"""One window per data folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCryptographicHash, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_KNOCK_MS = 500


class FrontDoor(QObject):
    """Who comes second knocks, and the first comes forward."""

    knocked = Signal()

    def __init__(self, data: Path) -> None:
        super().__init__()
        # Qt's own digest: Python's would load a whole library before the window is there.
        digest = QCryptographicHash(QCryptographicHash.Algorithm.Sha256)
        digest.addData(str(data.resolve()).encode())
        name = bytes(digest.result().toHex().data()).decode()[:20]
        self._name = f"bulletin-study-{name}"
        self._server = QLocalServer()
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._opened)

    def knock(self) -> bool:
        """Whether somebody was there, who then comes to the front."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        found = socket.waitForConnected(_KNOCK_MS)
        socket.abort()
        return bool(found)

    def open(self) -> None:
        """Answer knocks from now on."""
        QLocalServer.removeServer(self._name)
        self._server.listen(self._name)

    def close(self) -> None:
        """Answer no more."""
        self._server.close()

    def _opened(self) -> None:
        connection = self._server.nextPendingConnection()
        if connection is not None:
            connection.disconnected.connect(connection.deleteLater)
        self.knocked.emit()
