"""A world that was written down: what a scenario found in its surroundings when it was kept.

A scenario is judged by the organisation of that day, so that it turns red for what is drawn and never because somebody
changed departments. What was not asked then (a new rule in the diagram) is asked of the world of today.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from engine.errors import Invalid
from engine.forms import Option
from engine.i18n import _
from engine.organisation import Member
from engine.tryout.world import Someone, World

AMOUNTS = ("contract_amount", "reserve")
DAYS = ("end_date", "accepted_on", "acceptance_from")


class Recorded:
    """The world of a record: `people` {account: [name, department, its code]}, `members` {"role:platform": [accounts]},
    `options` {source: [[value, label]]}, `projects` {code: facts}, `involved` {code: [accounts]}, `documents`
    {kind: the document in force}."""

    def __init__(self, record: Mapping[str, Any], today: World | None = None) -> None:
        self._today = today
        try:
            self._people = {
                account: Someone(account, name, department, code)
                for account, (name, department, code) in record.get("people", {}).items()
            }
            self._members = {rule: tuple(accounts) for rule, accounts in record.get("members", {}).items()}
            self._options = {
                source: [Option(value, label) for value, label in found]
                for source, found in record.get("options", {}).items()
            }
            self._projects = {code: _facts(told) for code, told in record.get("projects", {}).items()}
            self._involved = {code: list(accounts) for code, accounts in record.get("involved", {}).items()}
            self._documents = {kind: dict(told) for kind, told in record.get("documents", {}).items()}
        except (AttributeError, TypeError, ValueError, ArithmeticError) as error:
            raise Invalid(_("场景里保存的组织架构读不懂，请删除这个场景后重新保存。")) from error

    def person(self, account: str) -> Someone | None:
        found = self._people.get(account)
        return found or (self._today.person(account) if self._today else None)

    def members(self, rule: str, value: str) -> Sequence[Member]:
        accounts = self._members.get(f"{rule}:{value}")
        if accounts is None and self._today is not None:
            return self._today.members(rule, value)
        known = [self._people[account] for account in accounts or () if account in self._people]
        return [Member(0, someone.account, someone.name, someone.department) for someone in known]

    def options(self, source: str) -> Sequence[Option]:
        kept = {option.value: option for option in self._options.get(source, ())}
        now = self._today.options(source) if self._today else ()
        return list({**{option.value: option for option in now}, **kept}.values())

    def facts(self, code: str) -> Mapping[str, Any] | None:
        if code in self._projects:
            return dict(self._projects[code])
        return self._today.facts(code) if self._today else None

    def involved(self, code: str, steps: Collection[str]) -> list[str]:
        if code in self._involved or self._today is None:
            return list(self._involved.get(code, ()))
        return self._today.involved(code, steps)

    def document(self, kind: str) -> Mapping[str, Any] | None:
        if kind in self._documents:
            return dict(self._documents[kind])
        return self._today.document(kind) if self._today else None


class Witness:
    """Passes every question on and remembers the answers."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._people: dict[str, Someone] = {}
        self._members: dict[str, tuple[str, ...]] = {}
        self._options: dict[str, list[Option]] = {}
        self._projects: dict[str, dict[str, Any]] = {}
        self._involved: dict[str, list[str]] = {}
        self._documents: dict[str, dict[str, Any]] = {}

    def person(self, account: str) -> Someone | None:
        found = self._world.person(account)
        if found is not None:
            self._people[account] = found
        return found

    def members(self, rule: str, value: str) -> Sequence[Member]:
        found = self._world.members(rule, value)
        self._members[f"{rule}:{value}"] = tuple(member.account for member in found)
        for member in found:
            self.person(member.account)
        return found

    def options(self, source: str) -> Sequence[Option]:
        found = self._world.options(source)
        self._options[source] = list(found)
        return found

    def facts(self, code: str) -> Mapping[str, Any] | None:
        found = self._world.facts(code)
        if found is not None:
            self._projects[code] = dict(found)
        return found

    def involved(self, code: str, steps: Collection[str]) -> list[str]:
        found = self._world.involved(code, steps)
        self._involved[code] = list(found)
        return found

    def document(self, kind: str) -> Mapping[str, Any] | None:
        found = self._world.document(kind)
        if found is not None:
            self._documents[kind] = dict(found)
        return found

    def record(self, used: Collection[Any], crowd: Collection[str], cast: Collection[str]) -> dict[str, Any]:
        """What was asked, for `Recorded`. Of lists of choices only the values in `used` are kept; of the rules in
        `crowd` ("role:staff": who may start), which may name everybody, only the people in `cast`."""
        members = {
            rule: tuple(account for account in accounts if account in cast) if rule in crowd else accounts
            for rule, accounts in sorted(self._members.items())
        }
        known = {account for accounts in members.values() for account in accounts} | set(cast)
        return {
            "people": {
                p.account: [p.name, p.department, p.department_code]
                for p in _sorted(self._people)
                if p.account in known
            },
            "members": members,
            "options": {
                source: [[option.value, option.label] for option in found if option.value in used]
                for source, found in sorted(self._options.items())
            },
            "projects": dict(sorted(self._projects.items())),
            **({"involved": dict(sorted(self._involved.items()))} if self._involved else {}),
            **({"documents": dict(sorted(self._documents.items()))} if self._documents else {}),
        }


def _sorted(people: Mapping[str, Someone]) -> list[Someone]:
    return [people[account] for account in sorted(people)]


def _facts(told: Mapping[str, Any]) -> dict[str, Any]:
    facts = dict(told)
    for name in AMOUNTS:
        if facts.get(name) is not None:
            facts[name] = Decimal(str(facts[name]))
    for name in DAYS:
        if isinstance(facts.get(name), str):
            facts[name] = date.fromisoformat(facts[name])
    return facts
