"""Who is eligible: candidate rules resolved against departments, posts and roles.

All rules of one step are resolved together, so a vote of nine people costs as many statements as a task of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.models import Department, Person, PersonRole


@dataclass(frozen=True)
class Member:
    """An eligible person."""

    id: int
    account: str
    name: str
    department: str


@dataclass(frozen=True)
class CandidateRequest:
    """A candidate rule with its values worked out: `rule` is anyone, person, role, department or leader; `values` are
    accounts, role codes or department codes; `exclude` are accounts that may never do it, by the fallback neither;
    `fallback` is a rule such as "role:platform"."""

    rule: str
    values: tuple[str, ...]
    exclude: frozenset[str] = frozenset()
    fallback: str | None = None


@dataclass(frozen=True)
class Eligible:
    """Who may do it; `nobody` says that the rule itself found no one and the fallback stands in."""

    members: tuple[Member, ...]
    nobody: bool = False


def resolve(session: Session, requests: Sequence[CandidateRequest]) -> list[Eligible]:
    """The eligible people of each request, in the order of the requests; inactive people never are."""
    directory = _Directory(session, requests)
    found = [_without(directory.find(request.rule, request.values), request.exclude) for request in requests]
    missing = [i for i, members in enumerate(found) if not members and requests[i].fallback]
    result = [Eligible(tuple(members), nobody=not members) for members in found]
    if missing:
        stand_ins = [_fallback(requests[i]) for i in missing]
        directory = _Directory(session, stand_ins)
        for i, request in zip(missing, stand_ins, strict=True):
            members = _without(directory.find(request.rule, request.values), requests[i].exclude)
            result[i] = Eligible(tuple(members), nobody=True)
    return result


def is_eligible(session: Session, request: CandidateRequest, account: str) -> bool:
    """Whether this one person fits the rule."""
    if account in request.exclude:
        return False
    if request.rule == "anyone":
        return True
    return any(member.account == account for member in resolve(session, [request])[0].members)


def _fallback(request: CandidateRequest) -> CandidateRequest:
    rule, _, value = (request.fallback or "").partition(":")
    return CandidateRequest(rule, (value,))


def _without(members: Iterable[Member], exclude: frozenset[str]) -> list[Member]:
    return [member for member in members if member.account not in exclude]


class _Directory:
    """Everything the requests ask for, read with one statement per kind of rule."""

    def __init__(self, session: Session, requests: Sequence[CandidateRequest]) -> None:
        self._session = session
        self._people = self._read("person", requests)
        self._roles = self._read("role", requests)
        self._leaders = self._read("leader", requests)
        self._departments = self._read("department", requests)

    def find(self, rule: str, values: tuple[str, ...]) -> list[Member]:
        source = {
            "person": self._people,
            "role": self._roles,
            "leader": self._leaders,
            "department": self._departments,
        }.get(rule, {})
        unique = {member.id: member for value in values for member in source.get(value, ())}
        return list(unique.values())

    def _read(self, rule: str, requests: Sequence[CandidateRequest]) -> dict[str, list[Member]]:
        wanted = {value for request in requests if request.rule == rule for value in request.values}
        if not wanted:
            return {}
        columns = (Person.id, Person.account, Person.name, Department.name)
        home = Person.department_id == Department.id
        if rule == "person":
            statement = select(Person.account, *columns).join(Department, home).where(Person.account.in_(wanted))
        elif rule == "role":
            held = PersonRole.person_id == Person.id
            statement = (
                select(PersonRole.role_code, *columns)
                .join(Person, held)
                .join(Department, home)
                .where(PersonRole.role_code.in_(wanted))
            )
        elif rule == "leader":
            statement = (
                select(Department.code, *columns)
                .join(Person, Department.leader_id == Person.id)
                .where(Department.code.in_(wanted))
            )
        else:
            statement = select(Department.code, *columns).join(Person, home).where(Department.code.in_(wanted))
        found: dict[str, list[Member]] = {}
        rows = self._session.execute(statement.where(Person.active).order_by(Person.id))
        for value, person_id, account, name, department in rows:
            found.setdefault(value, []).append(Member(person_id, account, name, department))
        return found
