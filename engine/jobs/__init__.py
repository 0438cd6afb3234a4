"""Jobs: found when due, done once, also after a restart or a change of the clock."""

from engine.jobs.run import run_due
from engine.jobs.scheduler import Scheduler

__all__ = ["Scheduler", "run_due"]
