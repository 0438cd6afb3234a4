"""Size: a chain of 5,000 nodes is read, run and finished without recursion."""

from __future__ import annotations

import time

from engine.bpmn import Execution, dumps, parse
from tests.engine.bpmn.build import diagram, end, script, start, user
from tests.engine.bpmn.world import World

N = 5000


def test_five_thousand_automatic_steps_in_one_go() -> None:
    nodes = [script(f"s{i}", f"{i}", "x") for i in range(N)]
    path = " > ".join(f"s{i}" for i in range(N))
    began = time.process_time()
    execution = Execution(parse(diagram(start(), *nodes, user("a"), end(), flows=f"start > {path} > a > end")), World())
    execution.start({})
    assert [item.node.id for item in execution.work] == ["a"]
    assert execution.variables == {"x": N - 1}
    assert len(dumps(execution)) < 100
    assert time.process_time() - began < 20


def test_five_thousand_people_one_after_the_other() -> None:
    nodes = [user(f"u{i}") for i in range(N)]
    path = " > ".join(f"u{i}" for i in range(N))
    execution = Execution(parse(diagram(start(), *nodes, end(), flows=f"start > {path} > end")), World())
    execution.start({})
    for _step in range(N):
        execution.complete(execution.work[0].token_id, {})
        execution.drain()
    assert execution.state == "completed"
