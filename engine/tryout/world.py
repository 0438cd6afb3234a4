"""The surroundings of a try-out: who there is, what forms offer, which projects. Only read, never changed.

Three kinds: `Directory` (engine.tryout.directory) asks the database, `Recorded` answers from what a scenario has kept,
`Witness` remembers what it was asked, so that a run can be kept as a scenario.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from engine.forms import Option
from engine.organisation import CandidateRequest, Eligible, Member, answer


@dataclass(frozen=True)
class Someone:
    """A person of the organisation, as a run needs him."""

    account: str
    name: str
    department: str
    department_code: str

    def __str__(self) -> str:
        return f"{self.name}（{self.department}）"


class World(Protocol):
    """What a run may ask of its surroundings."""

    def person(self, account: str) -> Someone | None:
        """The active person with that account."""
        ...

    def members(self, rule: str, value: str) -> Sequence[Member]:
        """Whom a candidate rule (person, role, department, leader) names by one value."""
        ...

    def options(self, source: str) -> Sequence[Option]:
        """The choices of a form's dynamic list."""
        ...

    def facts(self, code: str) -> Mapping[str, Any] | None:
        """The baseline in force of a project, as `engine.ports.Projects.facts` gives it."""
        ...

    def involved(self, code: str, steps: Collection[str]) -> list[str]:
        """Who has had a hand in a project's changes, as `engine.ports.Projects.involved` gives it."""
        ...

    def document(self, kind: str) -> Mapping[str, Any] | None:
        """The document of that kind in force, as `engine.ports.Documents.in_force` gives it."""
        ...


def eligible(world: World, requests: Sequence[CandidateRequest]) -> list[Eligible]:
    """`engine.organisation.resolve` in a world."""

    def find(rule: str, values: Iterable[str]) -> list[Member]:
        found = {member.account: member for value in values for member in world.members(rule, value)}
        return list(found.values())

    return answer(requests, lambda _asked: find)


def name_of(world: World, account: str) -> str:
    """姓名（部门）, or the account of somebody who is not there."""
    found = world.person(account)
    return str(found) if found else account
