"""Projects and their baselines (第2.2.3条)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from engine.models import Project, ProjectBaseline


class Projects:
    """Reads projects and sets new baselines on behalf of one case."""

    def __init__(self, session: Session, instance_id: int | None, now: datetime) -> None:
        self._session = session
        self._instance_id = instance_id
        self._now = now

    def facts(self, code: str) -> dict[str, Any] | None:
        """The baseline in force: code, name, contract_amount and reserve (万元), end_date, scope, contractor, owner,
        revision; None for an unknown code."""
        project = self._session.scalar(select(Project).where(Project.code == code))
        if project is None:
            return None
        return {
            "code": project.code,
            "name": project.name,
            "contract_amount": project.contract_amount,
            "reserve": project.reserve,
            "end_date": project.end_date,
            "scope": project.scope,
            "contractor": project.contractor_code,
            "owner": project.owner_code,
            "revision": project.revision,
        }

    def update_baseline(
        self,
        code: str,
        *,
        cost_change: Decimal,
        end_date: date,
        scope: str,
        reason: str,
        expected_revision: int,
    ) -> dict[str, Any] | None:
        """Put a new baseline in force: cost added to the contract, new end date, scope.

        Returns the new facts, or None when the baseline is no longer the one the case was decided on
        (`expected_revision`), in which case nothing is changed.
        """
        project = self._session.scalar(select(Project).where(Project.code == code).with_for_update())
        if project is None or project.revision != expected_revision:
            return None
        values = {
            "contract_amount": project.contract_amount + cost_change,
            "reserve": project.reserve - cost_change,
            "end_date": end_date,
            "scope": scope,
            "revision": project.revision + 1,
        }
        self._session.execute(
            update(Project)
            .where(Project.id == project.id, Project.revision == expected_revision)
            .values(**values)
            .execution_options(synchronize_session="evaluate")
        )
        record = {"project_id": project.id, "instance_id": self._instance_id, "reason": reason, "created_at": self._now}
        self._session.execute(insert(ProjectBaseline).values(**record, **values))
        return {"code": code, **values}
