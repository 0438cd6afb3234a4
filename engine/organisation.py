"""Who is eligible: candidate rules resolved against departments, posts and roles.

All rules of one step are resolved together, so a vote of nine people costs as many statements as a task of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import Session

from engine.db import table_of
from engine.models import Department, Person, PersonRole

_PERSON, _DEPARTMENT, _ROLE = table_of(Person), table_of(Department), table_of(PersonRole)
_AT_HOME = _PERSON.c.department_id == _DEPARTMENT.c.id


def _members(value: ColumnElement[str], home: ColumnElement[bool]) -> Select[Any]:
    """Active people with the value that finds them; `home` joins each to the department at hand."""
    return (
        select(value, _PERSON.c.id, _PERSON.c.account, _PERSON.c.name, _DEPARTMENT.c.name)
        .select_from(_PERSON.join(_DEPARTMENT, home))
        .where(_PERSON.c.active, value.in_(bindparam("wanted", expanding=True)))
        .order_by(_PERSON.c.id)
    )


_BY_RULE = {
    "person": _members(_PERSON.c.account, _AT_HOME),
    "role": _members(_ROLE.c.role_code, _AT_HOME).join(_ROLE, _ROLE.c.person_id == _PERSON.c.id),
    "leader": _members(_DEPARTMENT.c.code, _DEPARTMENT.c.leader_id == _PERSON.c.id),
    "department": _members(_DEPARTMENT.c.code, _AT_HOME),
}


@dataclass(frozen=True)
class Member:
    """An eligible person."""

    id: int
    account: str
    name: str
    department: str


@dataclass(frozen=True)
class CandidateRequest:
    """A candidate rule with its values worked out: `rule` is anyone, person, role, department, leader or several;
    `values` are accounts, role codes or department codes, of several each behind its rule ("person:wang",
    "role:platform"); `exclude` are accounts that may never do it, by the fallback neither; `fallback` is a rule such as
    "role:platform"."""

    rule: str
    values: tuple[str, ...]
    exclude: frozenset[str] = frozenset()
    fallback: str | None = None


@dataclass(frozen=True)
class Eligible:
    """Who may do it; `nobody` says that the rule itself found no one and the fallback stands in."""

    members: tuple[Member, ...]
    nobody: bool = False


Find = Callable[[str, tuple[str, ...]], list[Member]]
"""The members that a rule names by these values."""


def resolve(session: Session, requests: Sequence[CandidateRequest]) -> list[Eligible]:
    """The eligible people of each request, in the order of the requests; inactive people never are."""
    return answer(requests, lambda asked: _Directory(session, asked).find)


def answer(
    requests: Sequence[CandidateRequest], look_up: Callable[[Sequence[CandidateRequest]], Find]
) -> list[Eligible]:
    """`resolve` over any directory; `look_up` prepares it for all requests of a round at once."""
    parts = [parts_of(request) for request in requests]
    find = look_up([part for several in parts for part in several])
    found = [
        _without(_together(find(part.rule, part.values) for part in several), request.exclude)
        for several, request in zip(parts, requests, strict=True)
    ]
    missing = [i for i, members in enumerate(found) if not members and requests[i].fallback]
    result = [Eligible(tuple(members), nobody=not members) for members in found]
    if missing:
        stand_ins = [_fallback(requests[i]) for i in missing]
        find = look_up(stand_ins)
        for i, request in zip(missing, stand_ins, strict=True):
            members = _without(find(request.rule, request.values), requests[i].exclude)
            result[i] = Eligible(tuple(members), nobody=True)
    return result


def is_eligible(session: Session, request: CandidateRequest, account: str) -> bool:
    """Whether this one person fits the rule."""
    return fits(session, [request], account)[0]


def fits(session: Session, requests: Sequence[CandidateRequest], account: str) -> list[bool]:
    """Whether this one person fits each of the rules; all are looked up together."""
    found = [_plainly(request, account) for request in requests]
    asked = [request for request, known in zip(requests, found, strict=True) if known is None]
    people = iter(resolve(session, asked))
    return [
        any(member.account == account for member in next(people).members) if known is None else known for known in found
    ]


def _plainly(request: CandidateRequest, account: str) -> bool | None:
    """What the rule alone says; None where the organisation must be looked at."""
    if account in request.exclude:
        return False
    return True if any(part.rule == "anyone" for part in parts_of(request)) else None


def _fallback(request: CandidateRequest) -> CandidateRequest:
    rule, _, value = (request.fallback or "").partition(":")
    return CandidateRequest(rule, (value,))


def parts_of(request: CandidateRequest) -> list[CandidateRequest]:
    """The requests that `several` stands for; any other rule is itself."""
    if request.rule != "several":
        return [request]
    by_rule: dict[str, list[str]] = {}
    for value in request.values:
        rule, _colon, one = value.partition(":")
        by_rule.setdefault(rule.strip(), []).append(one.strip())
    return [CandidateRequest(rule, tuple(values)) for rule, values in by_rule.items()]


def _together(found: Iterable[list[Member]]) -> list[Member]:
    """Whoever fits any, each once."""
    return list({member.account: member for members in found for member in members}.values())


def _without(members: Iterable[Member], exclude: frozenset[str]) -> list[Member]:
    return [member for member in members if member.account not in exclude]


class _Directory:
    """Everything the requests ask for, read with one statement per kind of rule."""

    def __init__(self, session: Session, requests: Sequence[CandidateRequest]) -> None:
        self._found = {rule: _read(session, rule, requests) for rule in _BY_RULE}

    def find(self, rule: str, values: tuple[str, ...]) -> list[Member]:
        source = self._found.get(rule, {})
        unique = {member.id: member for value in values for member in source.get(value, ())}
        return list(unique.values())


def _read(session: Session, rule: str, requests: Sequence[CandidateRequest]) -> dict[str, list[Member]]:
    wanted = {value for request in requests if request.rule == rule for value in request.values}
    found: dict[str, list[Member]] = {}
    if wanted:
        rows = session.execute(_BY_RULE[rule], {"wanted": sorted(wanted)})
        for value, person_id, account, name, department in rows:
            found.setdefault(value, []).append(Member(person_id, account, name, department))
    return found
