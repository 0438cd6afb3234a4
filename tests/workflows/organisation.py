"""The demo organisation as the scenarios need it: people by name, roles, leaders, projects. No database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from engine.forms import Option

SOURCE = Path(__file__).parents[2] / "engine" / "demo" / "organisation.yaml"


@dataclass(frozen=True)
class Organisation:
    """Accounts by name, role and department led; the projects' first baselines."""

    accounts: dict[str, str]
    departments: dict[str, str]
    roles: dict[str, list[str]]
    leaders: dict[str, str]
    department_of: dict[str, str]
    projects: dict[str, dict[str, Any]]

    @classmethod
    def of_the_demo(cls) -> Organisation:
        """What `engine/demo/organisation.yaml` says."""
        told = yaml.safe_load(SOURCE.read_text("utf-8"))
        people = told["people"]
        return cls(
            accounts={person["name"]: person["account"] for person in people},
            departments={department["code"]: department["name"] for department in told["departments"]},
            roles={
                role["code"]: [person["account"] for person in people if role["code"] in person["roles"]]
                for role in told["roles"]
            },
            leaders={row["code"]: row["leader"] for row in told["departments"] if row["leader"]},
            department_of={person["account"]: person["department"] for person in people},
            projects={row["code"]: _baseline(row) for row in told["projects"]},
        )

    def find(self, rule: str, values: Iterable[str]) -> list[str]:
        """The accounts that a candidate rule names."""
        if rule == "role":
            return [account for value in values for account in self.roles.get(value, [])]
        if rule == "leader":
            return [self.leaders[value] for value in values if value in self.leaders]
        return [value for value in values if value in self.accounts.values()]

    def options(self, source: str) -> list[Option]:
        """The choices of a form's dynamic list."""
        if source == "projects":
            return [Option(code, facts["name"]) for code, facts in self.projects.items()]
        if source == "departments":
            return [Option(code, name) for code, name in self.departments.items()]
        wanted = set(self.roles["experts"] if source == "experts" else self.accounts.values())
        return [Option(account, name) for name, account in self.accounts.items() if account in wanted]


def _baseline(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": row["name"],
        "contract_amount": Decimal(row["contract_amount"]),
        "reserve": Decimal(row["reserve"]),
        "end_date": row["end_date"],
        "scope": row["scope"],
        "contractor": row["contractor"],
        "owner": row["department"],
        "revision": 1,
    }
