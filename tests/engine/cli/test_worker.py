"""A process of its own does the jobs that others have left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from threading import Event
from typing import Any

from engine.boot import ROOT
from engine.cli.worker import working
from engine.platform import Platform
from tests.engine.bpmn.build import end
from tests.fixtures.exchange import Exchange, begin, job
from tests.fixtures.story import Story

PATIENCE = 30
"""Seconds until a test gives up waiting."""


def test_a_worker_runs_the_service_jobs_of_others(story: Story) -> None:
    ran = Event()

    def handler(_context: Any) -> dict[str, Any]:
        ran.set()
        return {}

    exchange = Exchange(story)
    exchange.publish("payer", begin(), job("pay"), end(), flows="start > pay > end", handlers={"toy.run": handler})
    exchange.run = lambda: 0  # type: ignore[method-assign]  # this process leaves it
    case = exchange.start("payer")
    with working(story.platform, 1):
        assert ran.wait(PATIENCE)
    assert exchange.ended(case) == "completed"


def test_it_says_that_it_runs_and_stops_when_told(platform: Platform) -> None:
    environment = {
        **os.environ,
        "DATA_DIR": str(platform.settings.data_dir),
        "DATABASE_URL": platform.settings.database_url,
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "engine.cli.main", "worker"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _line in range(1)]
        while "正在运行" not in said[-1] and said[-1]:
            said.append(process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        rest, _none = process.communicate(timeout=PATIENCE)
    assert "正在运行" in said[-1]
    assert "已停止" in rest
    assert process.returncode == 0
