"""The engine without database and HTTP: load a case's state, complete the reference step, run on, save the state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import orjson

from engine.bpmn import dumps, loads
from engine.clock import LOCAL, MovableClock
from engine.tryout.run import Start
from tests.workflows.change_approval.papers import APPLICATION, NECESSITY
from tests.workflows.coverage import Coverage
from tests.workflows.organisation import Organisation
from tests.workflows.stage import Stage


def reference_step() -> tuple[Callable[[], bytes], int, int]:
    """The step ready to be timed; bytes of the state it starts from, and how many of them are its variables."""
    stage = Stage(Organisation.of_the_demo(), MovableClock(datetime(2026, 11, 6, 9, 30, tzinfo=LOCAL)), Coverage())
    play = stage.play("change_approval")
    play.begin(Start("chensiyuan", stage.clock.now(), APPLICATION))
    definition, services = play.procedure.definition, play.services
    state = dumps(play.execution)

    def step() -> bytes:
        loaded = loads(state, definition, services)
        token = loaded.work[0].token_id
        loaded.complete(token, {**NECESSITY, "necessity": "approve", "necessity_by": "hejing"})
        loaded.drain()
        return dumps(loaded)

    variables = sum(len(orjson.dumps(scope[3])) for scope in orjson.loads(state)[5] if len(scope) > 3)
    return step, len(state), variables
