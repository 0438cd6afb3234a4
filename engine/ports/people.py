"""Who there is, for handlers that choose among people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from engine.models import Department, Person, PersonRole

_LISTED = select(Person.account, Person.name, Department.name).join(Department, Department.id == Person.department_id)


class People:
    """Reads the organisation."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_role(self, role: str) -> list[dict[str, Any]]:
        """The active people of a group, oldest first: account, name, department (its name)."""
        return self._listed(
            _LISTED.join(PersonRole, PersonRole.person_id == Person.id).where(PersonRole.role_code == role)
        )

    def of_department(self, code: str) -> list[dict[str, Any]]:
        """The active people of a department (its code), without those of the departments below it, oldest first:
        account, name, department (its name)."""
        return self._listed(_LISTED.where(Department.code == code))

    def _listed(self, found: Select[str, str, str]) -> list[dict[str, Any]]:
        rows = self._session.execute(found.where(Person.active).order_by(Person.id))
        return [{"account": account, "name": name, "department": department} for account, name, department in rows]

    def facts(self, accounts: Iterable[str]) -> list[dict[str, Any]]:
        """What is known of these people, in their order: account, name, department (its name), department_code, leader
        (the account of the department's leader, None where there is none or he has left). Unknown accounts and people
        who have left are passed over."""
        asked = list(dict.fromkeys(accounts))
        leader = aliased(Person)
        found = (
            select(Person.account, Person.name, Department.name, Department.code, leader.account)
            .join(Department, Department.id == Person.department_id)
            .outerjoin(leader, (leader.id == Department.leader_id) & leader.active)
            .where(Person.account.in_(asked), Person.active)
        )
        names = ("account", "name", "department", "department_code", "leader")
        known = {row[0]: dict(zip(names, row, strict=True)) for row in self._session.execute(found)}
        return [known[account] for account in asked if account in known]

    def named(self, accounts: Iterable[str]) -> list[str]:
        """The names of these accounts, each with his department, in their order; also of people who have left. An
        unknown account stands for itself."""
        asked = list(accounts)
        found = (
            select(Person.account, Person.name, Department.name)
            .join(Department, Department.id == Person.department_id)
            .where(Person.account.in_(asked))
        )
        names = {account: f"{name}（{department}）" for account, name, department in self._session.execute(found)}
        return [names.get(account, account) for account in asked]
