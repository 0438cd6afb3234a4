"""A second process on the same database: `python -m tests.crash.second N` starts N cases by the real command."""

from __future__ import annotations

import sys

from engine.boot import open_platform
from engine.commands import start_process
from engine.config import Settings
from engine.queries.people import actor_by_account
from tests.workflows.change_approval.papers import NIGHT_MODE


def main(count: int) -> None:
    """Says that it is ready, waits for a line, then writes as fast as it can."""
    platform = open_platform(Settings.from_environment())
    actor = actor_by_account(platform, "zhongxiaoyan")
    assert actor is not None
    print("ready", flush=True)
    sys.stdin.readline()
    for _time in range(count):
        start_process(platform, actor, "change_approval", NIGHT_MODE)
    platform.database.dispose()


if __name__ == "__main__":
    main(int(sys.argv[1]))
