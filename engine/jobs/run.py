"""Run what is due. Callable from any process: the scheduler's thread, a worker, a test, the demo's moved clock."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

import structlog

from engine.commands import claim_job, fire_timers, run_job, serve_job
from engine.platform import Platform
from engine.queries.jobs import DueJob, due_jobs

log = structlog.get_logger(__name__)

MOST = 2_000
"""Pieces of work in one round: cases that wake each other without end must not keep out everything else."""

Serve = Callable[[int], bool]
"""Takes up a service job by its id, now or beside this round; False where there is no room for it."""


def owner() -> str:
    """How this process signs the locks of its jobs."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}"


def serve_now(platform: Platform) -> Serve:
    """Runs service jobs one after the other, in the round itself."""

    def serve(job_id: int) -> bool:
        claim = claim_job(platform, job_id, owner())
        if claim is not None:
            serve_job(platform, claim)
        return True

    return serve


def run_due(platform: Platform, serve: Serve | None = None) -> int:
    """Do everything that is due and what becomes due by it; returns how many pieces of work were looked at.

    Each is its own transaction, so one that fails holds nobody up. `serve` runs service jobs; without it they are run
    here.
    """
    serve = serve or serve_now(platform)
    room, seen = True, set[tuple[bool, int]]()
    while len(seen) < MOST:
        due = [job for job in due_jobs(platform, service=room) if _key(job) not in seen]
        if not due:
            break
        for job in due:
            if job.is_service and not room:
                continue
            try:
                done = _run(platform, job, serve)
            except Exception:  # not even a database that was away for a moment may stop the work of all others
                log.exception("job_failed", job=job.id, instance=job.instance_id)
                done = True
            if done:
                seen.add(_key(job))
            else:
                room = False
    return len(seen)


def _key(job: DueJob) -> tuple[bool, int]:
    return (False, job.id) if job.instance_id is None else (True, job.instance_id)


def _run(platform: Platform, job: DueJob, serve: Serve) -> bool:
    if job.is_service:
        return serve(job.id)
    if job.instance_id is not None:
        fire_timers(platform, job.instance_id)
    else:
        run_job(platform, job.id)
    return True
