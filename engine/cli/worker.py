"""`guicheng worker`: does the jobs of an installation in a process of its own, beside the one that serves pages."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from engine.jobs import Scheduler
from engine.platform import Platform


@contextmanager
def working(platform: Platform, threads: int) -> Iterator[Scheduler]:
    """A worker at work, stopped at the end: what it has begun is finished, nothing new is taken up."""
    platform.scheduler = scheduler = Scheduler(platform, threads, alone=True)
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.stop()
        platform.database.dispose()


def until_told() -> threading.Event:
    """Set when the process is asked to end (SIGTERM, SIGINT). A second SIGINT ends it at once."""
    told = threading.Event()

    def tell(number: int, _frame: object) -> None:
        told.set()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, tell)
    return told
