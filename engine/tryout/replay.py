"""A run played from its start as far as it goes; the first step that cannot be done is named, all before it stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.errors import GuichengError, InvalidForm
from engine.i18n import _
from engine.platform import Handler
from engine.tryout.acts import do
from engine.tryout.play import Play
from engine.tryout.procedure import Procedure
from engine.tryout.run import Run
from engine.tryout.sandbox import Budget
from engine.tryout.world import World


@dataclass(frozen=True)
class Trouble:
    """Why a step could not be done: `step` counts from 0, the start; `errors` by form field."""

    step: int
    node_id: str
    message: str
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The message with what the form says."""
        told = "；".join(self.errors.values())
        return f"{self.message}（{told}）" if told else self.message


@dataclass(frozen=True)
class Replay:
    """What became of a run. `play` is None when not even the start could be done; `before` are the process variables
    before the last step that was done."""

    play: Play | None
    trouble: Trouble | None
    before: Mapping[str, Any]

    @property
    def steps(self) -> int:
        """How many steps were done, the start included."""
        return len(self.play.story.path) if self.play else 0


def replay(
    procedure: Procedure, world: World, handlers: Mapping[str, Handler], run: Run, budget: Budget | None = None
) -> Replay:
    """Play the run. Never raises for what a draft or a step does wrong."""
    play = Play(procedure, world, handlers, budget)
    before: Mapping[str, Any] = {}
    done = 0
    try:
        play.begin(run.start)
        for done, step in enumerate(run.steps, 1):
            before = play.execution.variables if done == len(run.steps) else before
            do(play, step)
    except (GuichengError, RecursionError) as error:  # the latter: a value or text nested by the thousand
        return _troubled(procedure, world, handlers, run, budget, done, error)
    return Replay(play, None, before)


def _troubled(
    procedure: Procedure,
    world: World,
    handlers: Mapping[str, Handler],
    run: Run,
    budget: Budget | None,
    at: int,
    error: Exception,
) -> Replay:
    """The step at `at` may have moved half-way: what stands is played again without it. A budget that others share is
    not exceeded for that: once it is used up nothing stands."""
    message = error.message if isinstance(error, GuichengError) else _("内容嵌套太深，无法处理。")
    errors = error.errors if isinstance(error, InvalidForm) else {}
    node = run.steps[at - 1].node if at else procedure.definition.start.id
    trouble = Trouble(at, node, message, errors)
    if at == 0:
        return Replay(None, trouble, {})
    again = replay(procedure, world, handlers, Run(run.start, run.steps[: at - 1]), budget)
    return Replay(again.play, trouble, again.before)
