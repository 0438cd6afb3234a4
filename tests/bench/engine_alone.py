"""The engine without database and HTTP, on models made for one question each: does history cost, do many items cost?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.bpmn import Execution, dumps, loads, parse
from tests.engine.bpmn.build import deadline, diagram, end, multi, start, user, xor
from tests.engine.bpmn.world import World

Step = Callable[[], bytes]
FRESH = "engine alone, fresh"

# 提交 → 审批 → 同意？ — 退回重来, else on. Each completion runs a gateway with two FEEL conditions and arms a deadline.
ROUNDS = diagram(
    start(),
    user("hand_in", deadline(due="3", remind="1")),
    user("approve", deadline(due="5", remind="1")),
    xor("decided"),
    user("archive", deadline(due="5")),
    end(),
    flows="""start > hand_in > approve > decided
    decided > hand_in : decision = "return" and amount > 100
    decided > archive : decision = "approve" or level = "I"
    decided > end : *
    archive > end""",
)
ITEMS = diagram(
    start(),
    user("review", deadline(due="5"), multi(until="nrOfCompletedInstances / nrOfInstances >= 1")),
    end(),
    flows="start > review > end",
)
CASE: dict[str, Any] = {"amount": 120, "level": "II", "project": "数据治理平台二期", "applicant": "chensiyuan"}


def after_rounds(rounds: int) -> tuple[Step, int]:
    """Completing 审批 after so many rounds of 退回; bytes of the state, variables included."""
    definition, world = parse(ROUNDS), World()
    execution = Execution(definition, world)
    execution.start(CASE)
    for _round in range(rounds):
        execution.complete(execution.work[0].token_id, {"opinion": "请补充材料"})
        execution.complete(execution.work[0].token_id, {"decision": "return"})
        execution.drain()
    execution.complete(execution.work[0].token_id, {"opinion": "已补充"})
    state = dumps(execution)
    token = execution.work[0].token_id

    def step() -> bytes:
        loaded = loads(state, definition, world)
        loaded.complete(token, {"decision": "approve", "opinion": "同意"})
        loaded.drain()
        return dumps(loaded)

    return step, len(state)


def among_items(items: int) -> tuple[Step, int]:
    """Completing one instance among so many that are open; bytes of the state."""
    definition, world = parse(ITEMS), World()
    execution = Execution(definition, world)
    execution.start({**CASE, "panel": [f"专家{number}" for number in range(items)]})
    state = dumps(execution)
    token = execution.work[items // 2].token_id

    def step() -> bytes:
        loaded = loads(state, definition, world)
        loaded.complete(token, {"vote": "agree"})
        loaded.drain()
        return dumps(loaded)

    return step, len(state)


def steps() -> dict[str, Step]:
    """By the name of their line; the first is what the others are read against."""
    return {
        FRESH: after_rounds(0)[0],
        **{f"engine alone, after {rounds:,} rounds": after_rounds(rounds)[0] for rounds in (100, 1_000)},
        **{f"engine alone, one of {items:,}": among_items(items)[0] for items in (10, 100, 1_000)},
    }
