"""The product's own process over a test's platform: started, killed and stopped under one address."""

from __future__ import annotations

import http.client
import json
import signal
from typing import Any

from engine.platform import Platform
from tests.browser.server import Server as Process


class Server(Process):
    """`python app.py` on the data folder and database of a platform."""

    def __init__(self, platform: Platform) -> None:
        super().__init__(platform.settings.data_dir)
        self._database_url = platform.settings.database_url
        self.exit_code: int | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The same with the platform's database."""
        return {**super().environment, "DATABASE_URL": self._database_url}

    def begin_stop(self) -> None:
        """Ask it to stop as an operator does, and go on at once."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)

    def finish_stop(self) -> None:
        """Wait until it is gone; keeps its exit code."""
        assert self._process is not None
        self.exit_code = self._process.wait(timeout=30)
        self._end(signal.SIGTERM)

    def get(self, path: str) -> tuple[int, Any]:
        """Status and JSON of a page for machines; a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()
