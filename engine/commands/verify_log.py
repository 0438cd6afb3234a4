"""核验日志: prove the chain of every case and of every procedure's versions, or name where they break."""

from __future__ import annotations

from dataclasses import dataclass

from engine import trace
from engine.audit import AuditReport, verify_all
from engine.platform import Platform
from engine.trace import TraceBreak


@dataclass(frozen=True)
class LogReport(AuditReport):
    """The report on the cases' log, and on the log of versions: how many there are, and its breaks."""

    versions: int
    version_breaks: tuple[TraceBreak, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was tampered with, neither in a case's log nor in what was published."""
        return not self.breaks and not self.version_breaks


def verify_log(platform: Platform) -> LogReport:
    """Recompute every chain from the rows; changes nothing."""
    with platform.database.read() as session:
        cases = verify_all(session)
        versions, breaks = trace.verify(session)
    return LogReport(cases.cases, cases.events, cases.breaks, cases.heads_checked, versions, tuple(breaks))
