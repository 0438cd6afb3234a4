"""The engine without database and HTTP: load a case's state, complete the reference step, run on, save the state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from engine.bpmn import Execution, dumps, loads
from engine.clock import LOCAL, MovableClock
from tests.workflows.change_approval.papers import APPLICATION, NECESSITY
from tests.workflows.coverage import Coverage
from tests.workflows.organisation import Organisation
from tests.workflows.stage import Stage, procedure


def reference_step() -> tuple[Callable[[], bytes], int]:
    """The step ready to be timed; bytes of the state it starts from, variables included."""
    organisation = Organisation.of_the_demo()
    stage = Stage(organisation, MovableClock(datetime(2026, 11, 6, 9, 30, tzinfo=LOCAL)), Coverage())
    case = {"number": "BG-2026-0001", "title": APPLICATION["change_title"], "starter": "chensiyuan"}
    services = stage.services("change_approval", case)
    definition = procedure("change_approval").definition
    execution = Execution(definition, services)
    facts = {"project_facts": stage.projects.facts(APPLICATION["project"])}
    execution.start({**APPLICATION, **facts, "case": case})
    execution.drain()
    state = dumps(execution)

    def step() -> bytes:
        loaded = loads(state, definition, services)
        token = loaded.work[0].token_id
        loaded.complete(token, {**NECESSITY, "necessity": "approve", "necessity_by": "hejing"})
        loaded.drain()
        return dumps(loaded)

    return step, len(state)
