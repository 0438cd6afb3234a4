"""Where procedures are played without a database: their own files, the demo organisation, a clock that tests move."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from engine.bpmn import BpmnError, Definition, Due, Node, parse
from engine.calendar import WorkingCalendar
from engine.clock import MovableClock
from engine.feel import from_feel
from engine.feel.dmn import Decision, parse_decisions
from engine.forms import Form
from tests.workflows.coverage import Coverage
from tests.workflows.organisation import Organisation

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Procedure:
    """The files of one procedure, parsed."""

    definition: Definition
    decisions: dict[str, Decision]
    forms: dict[str, Form]


@cache
def procedure(key: str) -> Procedure:
    """Read `workflows/<key>` and `forms/<key>`; all of it is immutable."""
    folder = ROOT / "workflows" / key
    decisions: dict[str, Decision] = {}
    for path in sorted(folder.glob("*.dmn")):
        decisions.update(parse_decisions(path.read_bytes()))
    forms = {path.stem: Form.parse(path.read_bytes()) for path in sorted((ROOT / "forms" / key).glob("*.json"))}
    return Procedure(parse((folder / f"{key}.bpmn").read_bytes()), decisions, forms)


class Projects:
    """The projects port over a dictionary."""

    def __init__(self, baselines: Mapping[str, dict[str, Any]]) -> None:
        self.baselines = {code: dict(facts) for code, facts in baselines.items()}

    def facts(self, code: str) -> dict[str, Any] | None:
        """The baseline in force."""
        facts = self.baselines.get(code)
        return dict(facts) if facts else None

    def update_baseline(
        self, code: str, *, cost_change: Decimal, expected_revision: int, reason: str, **values: Any
    ) -> dict[str, Any] | None:
        """As the real port: None when the baseline is another by now."""
        facts = self.baselines[code]
        if facts["revision"] != expected_revision:
            return None
        facts.update(values, revision=facts["revision"] + 1, contract_amount=facts["contract_amount"] + cost_change)
        return dict(facts)


@dataclass
class Stage:
    """Everything around the cases of one test. It is the `Services` of their executions too."""

    organisation: Organisation
    clock: MovableClock
    coverage: Coverage
    projects: Projects = field(init=False)
    notices: list[tuple[str, str]] = field(default_factory=list)
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)

    def __post_init__(self) -> None:
        self.projects = Projects(self.organisation.projects)

    def services(self, key: str, case: Mapping[str, Any]) -> CaseServices:
        """What the execution of one case may ask."""
        return CaseServices(self, procedure(key), dict(case))


@dataclass(frozen=True)
class CaseServices:
    """`engine.bpmn.Services` for one case."""

    stage: Stage
    procedure: Procedure
    case: dict[str, Any]

    def now(self) -> datetime:
        """The stage's clock."""
        return self.stage.clock.now()

    def due(self, start: datetime, amount: Decimal | int, unit: str) -> Due:
        """The real working calendar."""
        calendar = self.stage.calendar
        count = calendar.add_hours if unit == "hour" else calendar.add_working_days
        return Due(*count(start, amount))

    def decide(self, decision_id: str, variables: Mapping[str, Any]) -> tuple[Any, str, list[dict[str, Any]]]:
        """The real decision tables."""
        decided = self.procedure.decisions[decision_id].evaluate(variables)
        matched = [{"id": rule.id, "text": rule.description} for rule in decided.matched]
        return from_feel(decided.value), decided.explanation, matched

    def serve(self, node: Node, inputs: dict[str, Any]) -> dict[str, Any]:
        """The real handlers, with ports that only remember."""
        module, _, name = str(node.topic).partition(".")
        handler = getattr(importlib.import_module(f"handlers.{module}"), name)
        return dict(handler(Context(self.stage, self.case), **inputs))


class Context:
    """The context of a handler."""

    def __init__(self, stage: Stage, case: dict[str, Any]) -> None:
        self.now, self.actor, self.case = stage.clock.now(), None, case
        self.projects, self.notify = stage.projects, self
        self._notices = stage.notices

    def send(self, accounts: list[str], text: str) -> None:
        """Remember a notice."""
        self._notices.extend((account, text) for account in accounts)

    def error(self, code: str, message: str) -> NoReturn:
        """As the real context."""
        raise BpmnError(code, message)
