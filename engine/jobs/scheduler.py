"""The embedded scheduler: sleeps until the next due time, wakes when a commit adds an earlier one.

APScheduler keeps one one-shot job whose run date is the earliest due time of the job table; it polls nothing. A second,
daily job recomputes deadlines that were a guess, and a look every ten minutes covers a changed system clock. Only a
worker, whom the commits of other processes do not wake, looks at the earliest due time every other second.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from engine.clock import LOCAL
from engine.commands import close_days, note_standings, recompute_deadlines, tend_database
from engine.jobs.pool import ServicePool
from engine.jobs.run import run_due
from engine.platform import Platform
from engine.queries.jobs import next_due

log = structlog.get_logger(__name__)

SOON = timedelta(seconds=1)
"""Pause after a round that left something due (a postponed failure), so that it cannot spin."""

POLL = timedelta(seconds=2)
"""How often a worker looks whether others have left it something."""


def _leave(_job_id: int) -> bool:
    """No room for service jobs here."""
    return False


class Scheduler:
    """Does the jobs of one process. `start()` once, `expect()` after commits, `stop()` waits for what is at work.

    `threads` service jobs run at the same time; with 0 they are left to other processes. `alone`: this process serves
    no pages, so it looks for the jobs of others by itself, and leaves the daily tasks to them.
    """

    def __init__(self, platform: Platform, threads: int | None = None, *, alone: bool = False) -> None:
        self._platform = platform
        self._threads = platform.settings.job_threads if threads is None else threads
        self._alone = alone
        self._pool: ServicePool | None = None
        self._scheduler = BackgroundScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True})
        self._round = threading.Lock()
        self._setting = threading.Lock()  # reading the table and setting the alarm are one: no earlier timer gets lost
        self._alarm: datetime | None = None
        self._stopping = False

    @property
    def running(self) -> bool:
        """Whether timers are being watched."""
        return bool(self._scheduler.running)

    def start(self) -> None:
        """Begin watching; what fell due while the process was down is fired at once."""
        self._stopping = False
        if self._threads:
            self._pool = ServicePool(self._platform, self._threads)
        self._scheduler.start()
        if self._alone:
            self._scheduler.add_job(self.wake, "interval", seconds=POLL.total_seconds(), id="others")
            self.wake()
            return
        self._scheduler.add_job(self._recompute, "cron", hour=0, minute=10, timezone=LOCAL, id="recompute")
        self._scheduler.add_job(self._tend, "cron", hour=0, minute=20, timezone=LOCAL, id="tend")
        self._scheduler.add_job(self._count, "date", id="count-now")
        self._scheduler.add_job(self._recompute, "date", id="recompute-now")
        self._scheduler.add_job(self.wake, "interval", minutes=10, id="clock-change")
        self.wake()

    def wake(self) -> None:
        """Set the alarm to the earliest due time there is now; cheap, callable from any thread."""
        if self._scheduler.running:
            self._set_alarm(datetime.now(UTC))

    def expect(self, due: datetime) -> None:
        """A commit armed a timer for `due`: the alarm moves when it would ring later, else nothing is to be done."""
        alarm = self._alarm
        if alarm is None or due < alarm:
            self.wake()

    def stop(self) -> None:
        """Stop watching and wait for the transaction at work.

        No alarm may be set meanwhile: APScheduler waits for its jobs while it holds the lock that setting one takes.
        Nor may it just be handing out a job: it would not find that one afterwards and end with a trace.
        """
        with self._setting:
            self._stopping = True
        if self._scheduler.running:
            self._scheduler.pause()
            self._scheduler.get_jobs()  # waits for the lock, hence until what is being handed out is handed out
            self._scheduler.shutdown(wait=True)
        if self._pool is not None:
            self._pool.stop()

    def _look(self) -> None:
        if not self._round.acquire(blocking=False):
            return  # the round at work sets the alarm again when it ends
        self._alarm = None
        try:
            run_due(self._platform, self._pool or _leave)
        except Exception:  # the database may be away for a moment: the next look tries again
            log.exception("timer_round_failed")
        finally:
            self._round.release()
        if self._scheduler.running:
            self._set_alarm(datetime.now(UTC) + SOON)

    def _set_alarm(self, earliest: datetime) -> None:
        """Ring at the first due time of the table, but not before `earliest`."""
        with self._setting:
            self._alarm = None
            if self._stopping:
                return
            due = next_due(self._platform, service=self._pool is not None)
            if due is not None:
                at = max(due, earliest)
                self._scheduler.add_job(
                    self._look, "date", run_date=at, id="look", replace_existing=True, max_instances=1
                )
                self._alarm = at

    def _tend(self) -> None:
        tend_database(self._platform)
        self._count()

    def _count(self) -> None:
        try:
            closed = close_days(self._platform, lambda: not self._stopping)
            noted = note_standings(self._platform)
        except Exception:  # pages count for themselves what is not counted yet
            log.exception("counting_failed")
            return
        if closed or noted:
            log.info("days_closed", days=closed, standings=noted)

    def _recompute(self) -> None:
        try:
            moved = recompute_deadlines(self._platform)
        except Exception:
            log.exception("recompute_failed")
            return
        if moved:
            log.info("deadlines_recomputed", timers=moved)
