"""核验日志: prove the chain of every case, or name where it breaks."""

from __future__ import annotations

from engine.audit import AuditReport, verify_all
from engine.platform import Platform


def verify_log(platform: Platform) -> AuditReport:
    """Recompute every chain from the rows; changes nothing."""
    with platform.database.read() as session:
        return verify_all(session)
