"""Service jobs run beside the timers, in threads of their own: slow work outside keeps nothing else waiting."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import structlog

from engine.commands import claim_job, serve_job
from engine.commands.serve_job import Claim
from engine.jobs.run import owner
from engine.platform import Platform

log = structlog.get_logger(__name__)


class ServicePool:
    """So many service jobs at the same time as `threads` says; no more are taken up, so that another process can."""

    def __init__(self, platform: Platform, threads: int) -> None:
        self._platform = platform
        self._room = threading.Semaphore(threads)
        self._threads = ThreadPoolExecutor(max(1, threads), thread_name_prefix="service-job")

    def __call__(self, job_id: int) -> bool:
        """Take the job up and run it in a thread; False where all are busy."""
        if not self._room.acquire(blocking=False):
            return False
        try:
            claim = claim_job(self._platform, job_id, owner())
            if claim is not None:
                self._threads.submit(self._serve, claim)
                return True
        except BaseException:
            self._room.release()
            raise
        self._room.release()
        return True

    def stop(self) -> None:
        """Take nothing up any more and wait for what runs."""
        self._threads.shutdown(wait=True)

    def _serve(self, claim: Claim) -> None:
        try:
            serve_job(self._platform, claim)
        except Exception:  # the database was away: the lock lapses and the job is taken up again
            log.exception("job_failed", job=claim.job_id)
        finally:
            self._room.release()
            self._platform.wake()
