"""Projects: their baselines (第2.2.3条) and their acceptance (第2.3.1条)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, insert, select, update
from sqlalchemy.orm import Session

from engine.models import Instance, InstanceState, Person, Project, ProjectBaseline, Task, TaskState


class Projects:
    """Reads projects and sets new baselines on behalf of one case."""

    def __init__(self, session: Session, instance_id: int | None, now: datetime) -> None:
        self._session = session
        self._instance_id = instance_id
        self._now = now

    def facts(self, code: str) -> dict[str, Any] | None:
        """The baseline in force: code, name, contract_amount and reserve (万元), end_date, scope, contractor, owner,
        revision; its acceptance: acceptance_result, accepted_on, certificate (number), acceptance_from (first day of a
        new application after a failed one), acceptance_case (number of another case that has put it forward and still
        runs), each None before. None for an unknown code."""
        running = and_(Instance.number == Project.accepting, Instance.state == InstanceState.RUNNING)
        another = and_(running, Instance.id != (self._instance_id or 0))
        known = select(Project, Instance.number).outerjoin(Instance, another).where(Project.code == code)
        found = self._session.execute(known).one_or_none()
        if found is None:
            return None
        project, acceptance_case = found
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
            "acceptance_result": project.acceptance_result,
            "accepted_on": project.accepted_on,
            "certificate": project.certificate,
            "acceptance_from": project.acceptance_from,
            "acceptance_case": acceptance_case,
        }

    def involved(self, code: str, steps: Collection[str]) -> list[str]:
        """Accounts of those who completed one of these `steps` (ids of tasks) in a case that changed the baseline of
        the project: they do not judge it (第2.3.1条)."""
        done = (
            select(Person.account)
            .join(Task, Task.completed_by == Person.id)
            .join(ProjectBaseline, ProjectBaseline.instance_id == Task.instance_id)
            .join(Project, Project.id == ProjectBaseline.project_id)
            .where(Project.code == code, Task.state == TaskState.COMPLETED, Task.node_id.in_(list(steps)))
        )
        return list(self._session.scalars(done.distinct().order_by(Person.account)))

    def put_forward(self, code: str) -> str | None:
        """This case puts the project forward for acceptance, until it ends. Returns the number of another case that has
        done so and still runs, in which case nothing is changed; else None."""
        self._session.execute(select(Project.id).where(Project.code == code).with_for_update())  # one after the other
        facts = self.facts(code) or {}
        other: str | None = facts.get("acceptance_case")
        if other is not None:
            return other
        number = select(Instance.number).where(Instance.id == self._instance_id).scalar_subquery()
        self._session.execute(update(Project).where(Project.code == code).values(accepting=number))
        return None

    def accept(self, code: str, *, result: str, on: date, certificate: str) -> dict[str, Any] | None:
        """The project is accepted. Returns its facts; None, and nothing is changed, when it already was."""
        return self._judge(
            code, acceptance_result=result, accepted_on=on, certificate=certificate, acceptance_from=None
        )

    def fail_acceptance(self, code: str, *, again_from: date) -> dict[str, Any] | None:
        """The acceptance has failed; a new application is possible from `again_from` on. Returns the facts; None, and
        nothing is changed, when the project has been accepted meanwhile."""
        return self._judge(code, acceptance_result="不通过", acceptance_from=again_from)

    def _judge(self, code: str, **values: Any) -> dict[str, Any] | None:
        judged = self._session.execute(
            update(Project)
            .where(Project.code == code, Project.accepted_on.is_(None))
            .values(**values)
            .execution_options(synchronize_session="evaluate")
        )
        return self.facts(code) if judged.rowcount else None  # type: ignore[attr-defined]  # the stub says Result

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
