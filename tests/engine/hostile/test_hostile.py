"""Hostile diagrams, forms and expressions: each is refused with its code; none runs code, opens a file or connection,
takes more than two seconds or a quarter of a gigabyte."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.engine.hostile.answering import MAX_MEGABYTES, MAX_SECONDS
from tests.engine.hostile.corpus import Lure, cases


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What is told of every case. Whoever opens the pipe waits for ever, whoever connects is seen."""
    pipe = tmp_path_factory.mktemp("lure") / "pipe"
    os.mkfifo(pipe)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        command = [sys.executable, "-m", "tests.engine.hostile.answering", str(pipe), str(server.getsockname()[1])]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=Path(__file__).parents[3], timeout=300)
        with pytest.raises(BlockingIOError):
            server.accept()
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_there_are_enough_of_them(answers: list[dict[str, Any]]) -> None:
    own = [name for name in cases(Lure("", 0)) if not name.startswith("test_gate")]
    assert len(own) >= 200
    assert [told["name"] for told in answers] == list(cases(Lure("", 0)))


def test_each_is_refused_with_its_code(answers: list[dict[str, Any]]) -> None:
    assert [(told["name"], told["codes"]) for told in answers if told["code"] not in told["codes"]] == []


def test_none_runs_or_touches_anything(answers: list[dict[str, Any]]) -> None:
    assert [(told["name"], told["touched"]) for told in answers if told["touched"]] == []


def test_none_ends_in_an_error_or_takes_too_much(answers: list[dict[str, Any]]) -> None:
    assert [
        told for told in answers if told["status"] or any(code.startswith("error ") for code in told["codes"])
    ] == []
    assert [told for told in answers if told["seconds"] > MAX_SECONDS or told["megabytes"] > MAX_MEGABYTES] == []
    assert [told for told in answers if "unreadable" in told["codes"]] == []
