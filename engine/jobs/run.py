"""Run what is due. Callable from any process: the scheduler's thread, a test, the demo's moved clock."""

from __future__ import annotations

import structlog

from engine.commands import fire_timers
from engine.platform import Platform
from engine.queries.jobs import due_cases

log = structlog.get_logger(__name__)


def run_due(platform: Platform) -> int:
    """Fire the due timers of every case that has one; returns how many cases were looked at.

    Each case is its own transaction, so one that fails holds nobody up.
    """
    count, seen = 0, set[int]()
    while cases := [case for case in due_cases(platform) if case not in seen]:
        for instance_id in cases:
            seen.add(instance_id)
            try:
                fire_timers(platform, instance_id)
            except Exception:  # not even a database that was away for a moment may stop the timers of all others
                log.exception("timer_failed", instance=instance_id)
            count += 1
    return count
