"""All scenarios of a draft played again: which still go as expected, and where the first other step is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.errors import Finding, Invalid
from engine.i18n import _
from engine.parts import Parts
from engine.platform import Handler
from engine.tryout.procedure import Procedure
from engine.tryout.sandbox import Budget
from engine.tryout.scenario import Departure, Scenario, check
from engine.tryout.world import World

SECONDS = 8.0
"""How long all scenarios of a draft may take together."""


@dataclass(frozen=True)
class Checked:
    """One scenario: `file` is the part's name, `title` what people call it, `departure` None where all is as expected;
    `steps` without the start."""

    file: str
    title: str
    steps: int
    departure: Departure | None

    @property
    def ok(self) -> bool:
        """Whether it went as expected."""
        return self.departure is None


def check_scenarios(parts: Parts, world: World, handlers: Mapping[str, Handler]) -> list[Checked]:
    """Every scenario of these parts, by file name. A diagram that cannot run gives no scenario a verdict: raises
    `Invalid`."""
    if not parts.scenarios:
        return []
    procedure, budget = Procedure.of(parts), Budget(SECONDS)
    return [_check(name, parts.scenarios[name], procedure, world, handlers, budget) for name in sorted(parts.scenarios)]


def _check(
    name: str,
    content: bytes,
    procedure: Procedure,
    world: World,
    handlers: Mapping[str, Handler],
    budget: Budget,
) -> Checked:
    try:
        scenario = Scenario.read(content)
    except Invalid as error:
        return Checked(name, name, 0, Departure(0, "", error.message))
    departure = check(scenario, procedure, world, handlers, budget)
    return Checked(name, scenario.name, len(scenario.run.steps), departure)


def finding_of(checked: Checked) -> Finding | None:
    """The house finding of a scenario that goes another way; None for one that does not."""
    if checked.departure is None:
        return None
    message = _(
        "场景“{name}”不再成立：{why}请改流程图，或更新、删除这个场景。", name=checked.title, why=checked.departure.text
    )
    return Finding("house", "scenario_failed", checked.departure.node_id, "", message)
