"""Instances side by side in a saved state: written by columns, awake one by one, read from older states as well."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from engine.bpmn import Execution, dumps, loads, parse
from engine.errors import ExecutionError
from tests.engine.bpmn.build import deadline, diagram, end, multi, start, user
from tests.engine.bpmn.world import World

REVIEW = diagram(start(), user("review", deadline(due="5"), multi()), end(), flows="start > review > end")
FORMAT_2 = (
    '[2,"demo","running",null,8,[[1,"demo",null,{"panel":["甲","乙","丙","丁"]}]],'
    '[[3,"review",1,null,[4,4,0,[null,null,null,null],null]],[null,3,['
    '[4,{"loopCounter":0,"expert":"甲"}],[5,{"loopCounter":1,"expert":"乙"}],'
    '[6,{"loopCounter":2,"expert":"丙","note":"改"}],[7,{"loopCounter":3,"expert":"丁"}]'
    '],[["overdue",1768035600000000,null,1767603600000000,5,"workday"]]]],[],[],0]'
)


def begun(panel: list[Any]) -> Execution:
    execution = Execution(parse(REVIEW), World())
    execution.start({"panel": panel})
    return again(execution)


def again(execution: Execution) -> Execution:
    execution.drain()
    return loads(dumps(execution), execution.definition, execution.services)


def test_a_state_of_format_2_goes_on() -> None:
    """What was saved before instances were written by columns is read, and written anew in the present form."""
    execution = loads(FORMAT_2.encode(), parse(REVIEW), World())
    assert [item.variables for item in execution.work][1:3] == [
        {"loopCounter": 1, "expert": "乙"},
        {"loopCounter": 2, "expert": "丙", "note": "改"},
    ]
    execution = again(execution)
    assert dumps(execution).startswith(b"[3,")
    for token in (6, 4, 7, 5):
        execution.complete(token, {"vote": token})
        execution = again(execution)
    assert execution.variables["votes"] == [4, 5, 6, 7]
    assert execution.state == "completed"


def test_only_who_is_asked_for_wakes() -> None:
    execution = begun(list(range(1000)))
    assert len(execution._machine.tokens) < 5
    execution.complete(504, {"vote": "agree"})
    assert len(execution._machine.tokens) < 5
    assert len(again(execution).work) == 999


def test_values_that_json_lacks_sleep_as_well() -> None:
    panel: list[Any] = [{"fee": Decimal("12.50"), "\u0001day": date(2026, 11, day)} for day in range(1, 13)]
    execution = begun(panel)
    execution.complete(execution.work[3].token_id, {"vote": Decimal("0.1")})
    execution = again(execution)
    assert [item.variables["expert"] for item in execution.work] == panel[:3] + panel[4:]


@pytest.mark.parametrize("instances", ['[["expert"],[4,5],["甲"]]', '[["expert","note"],[4],["甲"]]', "[[],4]"])
def test_columns_that_do_not_fit_are_an_error(instances: str) -> None:
    """A state that was tampered with is refused as a whole, never half read."""
    rows = FORMAT_2[FORMAT_2.index("[[4,{") : FORMAT_2.index(',[["overdue"')]
    with pytest.raises(ExecutionError):
        loads(FORMAT_2.replace(rows, instances).encode(), parse(REVIEW), World())
