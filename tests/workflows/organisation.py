"""The demo organisation as the scenarios need it, written down as a kept scenario would have it. No database."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from engine.demo.bank import BLUEPRINTS

SOURCES = ("projects", "departments", "experts", "blueprints", "people")
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
    involved: dict[str, list[str]] = field(default_factory=dict)
    """Who has had a hand in the changes of a project."""

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

    @property
    def record(self) -> dict[str, Any]:
        """All of it as `engine.tryout.recorded.Recorded` takes it."""
        rules = {f"role:{code}": accounts for code, accounts in self.roles.items()}
        rules |= {f"leader:{code}": [account] for code, account in self.leaders.items()}
        rules |= {f"person:{account}": [account] for account in self.accounts.values()}
        homes = self.department_of
        rules |= {f"department:{code}": [a for a, home in homes.items() if home == code] for code in self.departments}
        return {
            "people": {a: [name, self.departments[homes[a]], homes[a]] for name, a in self.accounts.items()},
            "members": rules,
            "options": {source: self._options(source) for source in SOURCES},
            "projects": self.projects,
            "involved": self.involved,
        }

    def _options(self, source: str) -> list[list[str]]:
        """The choices of a form's dynamic list."""
        if source == "projects":
            return [[code, facts["name"]] for code, facts in self.projects.items()]
        if source == "blueprints":
            return [[code, rules["name"]] for code, rules in BLUEPRINTS.items()]
        if source == "departments":
            return [[code, name] for code, name in self.departments.items()]
        wanted = set(self.roles["experts"] if source == "experts" else self.accounts.values())
        return [[account, name] for name, account in self.accounts.items() if account in wanted]


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
        **dict.fromkeys(("acceptance_result", "accepted_on", "certificate", "acceptance_from", "acceptance_case")),
    }
