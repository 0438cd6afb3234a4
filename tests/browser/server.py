"""The product as its operator runs it: a process of its own on a free port, with a data folder of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TextIO

from engine.boot import ROOT


class Server:
    """`python app.py` over one data folder; it may be killed and started again under the same address."""

    def __init__(self, data_dir: Path, port: int | None = None) -> None:
        self.data_dir = data_dir
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log_file = data_dir.parent / f"{data_dir.name}.log"
        self._process: subprocess.Popen[str] | None = None
        self._log: TextIO | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Settings of this process: nothing of the machine's own but its paths and language."""
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "LC_ALL")}
        return {**kept, "DATA_DIR": str(self.data_dir), "PORT": str(self.port), "PYTHONUNBUFFERED": "1"}

    def start(self) -> Server:
        """Start it and wait for its greeting, which it prints when it listens."""
        self._log = self.log_file.open("a", encoding="utf-8")
        self._process = subprocess.Popen(
            [sys.executable, "app.py"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        assert self._process.stdout is not None
        greeting = self._process.stdout.readline()
        assert self.url in greeting, f"{greeting}\n{self.log_file.read_text(encoding='utf-8')[-3000:]}"
        return self

    def kill(self) -> None:
        """Pull the plug: no chance to finish anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Stop it as an operator does; it must go within its twenty seconds of grace."""
        self._end(signal.SIGTERM)

    def _end(self, sign: signal.Signals) -> None:
        if self._process is None or self._log is None:
            return
        self._process.send_signal(sign)
        self._process.wait(timeout=30)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._log.close()
        self._process = None


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def make_demo(data_dir: Path) -> None:
    """A demo installation in this folder, made by the real command."""
    made = subprocess.run(
        [sys.executable, "-m", "engine.cli.main", "demo"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(data_dir), "DATABASE_URL": ""},
        check=False,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
