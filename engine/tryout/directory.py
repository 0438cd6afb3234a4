"""The organisation of today, read from the database; nothing is written. One answer is asked for once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from engine.db import table_of
from engine.forms import Option
from engine.models import Department, Person
from engine.options import options_for
from engine.organisation import CandidateRequest, Member, resolve
from engine.ports import Projects
from engine.ports.documents import in_force
from engine.tryout.world import Someone

_PERSON, _DEPARTMENT = table_of(Person).c, table_of(Department).c
_SOMEONE = (
    select(_PERSON.account, _PERSON.name, _DEPARTMENT.name, _DEPARTMENT.code)
    .join_from(table_of(Person), table_of(Department), _PERSON.department_id == _DEPARTMENT.id)
    .where(_PERSON.account == bindparam("account"), _PERSON.active)
)


_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
"""The port wants a moment for what it writes; here it only reads."""


class Directory:
    """A `World` over one read session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._people: dict[str, Someone | None] = {}
        self._members: dict[tuple[str, str], Sequence[Member]] = {}
        self._options: dict[str, Sequence[Option]] = {}
        self._facts: dict[str, Mapping[str, Any] | None] = {}

    def person(self, account: str) -> Someone | None:
        if account not in self._people:
            row = self._session.execute(_SOMEONE, {"account": account}).first()
            self._people[account] = Someone(*row) if row else None
        return self._people[account]

    def members(self, rule: str, value: str) -> Sequence[Member]:
        if (rule, value) not in self._members:
            self._members[rule, value] = resolve(self._session, [CandidateRequest(rule, (value,))])[0].members
        return self._members[rule, value]

    def options(self, source: str) -> Sequence[Option]:
        if source not in self._options:
            self._options |= options_for(self._session, [source])
        return self._options[source]

    def facts(self, code: str) -> Mapping[str, Any] | None:
        if code not in self._facts:
            self._facts[code] = Projects(self._session, None, _BEGINNING).facts(code)
        return self._facts[code]

    def involved(self, code: str, steps: Collection[str]) -> list[str]:
        return Projects(self._session, None, _BEGINNING).involved(code, steps)

    def document(self, kind: str) -> Mapping[str, Any] | None:
        return in_force(self._session, kind)
