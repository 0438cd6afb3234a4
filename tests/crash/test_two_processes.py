"""Two processes write into one database at once: both get through, no number is drawn twice or lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

from sqlalchemy import select

from engine.boot import ROOT
from engine.commands import start_process
from engine.commands.verify_log import verify_log
from engine.models import Instance
from engine.permissions import Actor
from engine.platform import Platform
from tests.workflows.change_approval.papers import NIGHT_MODE

EACH = 25


def test_both_get_through(platform: Platform, person: Callable[[str], Actor]) -> None:
    settings = platform.settings
    with subprocess.Popen(
        [sys.executable, "-m", "tests.crash.second", str(EACH)],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(settings.data_dir), "DATABASE_URL": settings.database_url},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        other.stdin.write("go\n")
        other.stdin.flush()
        for _time in range(EACH):
            start_process(platform, person("chensiyuan"), "change_approval", NIGHT_MODE)
        assert other.wait(timeout=60) == 0
    with platform.database.read() as session:
        numbers = session.scalars(select(Instance.number).order_by(Instance.id)).all()
    assert [number.rsplit("-", 1)[1] for number in numbers] == [f"{n:04d}" for n in range(1, 2 * EACH + 1)]
    assert verify_log(platform).sound
