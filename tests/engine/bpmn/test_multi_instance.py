"""Parallel and sequential multi-instance user tasks."""

from __future__ import annotations

from typing import Any

import pytest

from engine.bpmn import Execution, parse
from engine.errors import ExecutionError
from tests.engine.bpmn.build import boundary, diagram, end, multi, start, timer, user
from tests.engine.bpmn.world import Case, World


def panel(**options: Any) -> bytes:
    return diagram(start(), user("a", multi(**options)), user("b"), end(), flows="start > a > b > end")


PANEL = ["甲", "乙", "丙"]


def test_parallel_opens_one_task_for_each() -> None:
    case = Case(panel(), panel=PANEL)
    items = case.execution.work
    assert [item.variables for item in items] == [{"loopCounter": i, "expert": e} for i, e in enumerate(PANEL)]
    assert len({item.token_id for item in items}) == 3
    assert {item.activity_id for item in items} == {items[0].activity_id}
    assert items[0].activity_id not in {item.token_id for item in items}


def test_outputs_keep_the_order_of_the_collection() -> None:
    case = Case(panel(), panel=PANEL)
    case.do("a", 2, vote="c").do("a", 0, vote="a").do("a", 0, vote="b")
    assert case.open == ["b"]
    assert case.variables["votes"] == ["a", "b", "c"]


def test_what_a_child_writes_stays_with_it() -> None:
    case = Case(panel(), panel=PANEL, vote="outer")
    case.do("a", vote="inner", note=1)
    assert case.variables == {"panel": PANEL, "vote": "outer"}
    assert case.execution.variables_of(case.item("a").token_id)["vote"] == "outer"


def test_sequential_opens_one_after_the_other() -> None:
    case = Case(panel(sequential=True), panel=PANEL)
    seen = []
    while case.open == ["a"]:
        seen.append(case.item("a").variables)
        case.do("a", vote=len(seen))
    assert seen == [{"loopCounter": i, "expert": e} for i, e in enumerate(PANEL)]
    assert case.variables["votes"] == [1, 2, 3]


def test_a_sequence_keeps_the_collection_it_began_with() -> None:
    case = Case(panel(sequential=True), panel=["x", "y"])
    case.do("a")
    assert case.item("a").variables["expert"] == "y"


@pytest.mark.parametrize("sequential", [False, True])
def test_an_empty_collection_is_done_at_once(sequential: bool) -> None:
    case = Case(panel(sequential=sequential), panel=[])
    assert case.open == ["b"]
    assert case.variables["votes"] == []


def test_completion_condition_is_decided_as_soon_as_true() -> None:
    case = Case(panel(until='count(votes[item = "yes"]) >= 2'), panel=["1", "2", "3", "4"])
    case.do("a", 3, vote="yes").do("a", 0, vote="no")
    assert case.open == ["a", "a"]
    case.do("a", 1, vote="yes")
    assert case.open == ["b"]
    assert case.variables["votes"] == ["no", None, "yes", "yes"]
    assert case.kinds("activity_cancelled") == ["a"]


@pytest.mark.parametrize(
    ("condition", "done"),
    [
        ("nrOfCompletedInstances >= 2", 2),
        ("nrOfCompletedInstances / nrOfInstances >= 2/3", 2),
        ("nrOfActiveInstances <= 1", 2),
        ("needed = nrOfCompletedInstances", 1),
        ("= false", 3),
        ("unknown", 3),
    ],
)
def test_counters_in_the_completion_condition(condition: str, done: int) -> None:
    case = Case(panel(until=condition), panel=PANEL, needed=1)
    for _child in range(done):
        assert case.open.count("b") == 0
        case.do("a", vote=1)
    assert case.open == ["b"]


def test_a_sequence_stops_at_its_condition() -> None:
    case = Case(panel(sequential=True, until='list contains(votes, "no")'), panel=PANEL)
    case.do("a", vote="yes").do("a", vote="no")
    assert case.open == ["b"]
    assert case.variables["votes"] == ["yes", "no", None]


def test_output_element_is_an_expression_over_the_child() -> None:
    xml = panel(guicheng_outputElement="= {person: expert, vote: vote, of: topic}")
    case = Case(xml, panel=["x"], topic="t").do("a", vote=1.5)
    assert str(case.variables["votes"]) == "[{'person': 'x', 'vote': Decimal('1.5'), 'of': 't'}]"


@pytest.mark.parametrize("sequential", [False, True])
def test_interruption_keeps_what_was_gathered(sequential: bool) -> None:
    xml = diagram(
        start(),
        user("a", multi(sequential=sequential)),
        boundary("late", "a", timer("P1D")),
        user("b"),
        end(),
        flows="start > a > end\nlate > b > end",
    )
    case = Case(xml, panel=PANEL)
    case.do("a", vote="first").tick(1)
    assert case.open == ["b"]
    assert case.variables["votes"] == ["first", None, None]


def test_each_round_begins_afresh() -> None:
    from tests.engine.bpmn.build import xor

    xml = diagram(
        start(),
        xor("again"),
        user("a", multi()),
        xor("g"),
        end(),
        flows='start > again > a > g\ng > end : every v in votes satisfies v = "yes"\ng > again : *',
    )
    case = Case(xml, panel=["1", "2"])
    case.do("a", vote="no").do("a", vote="yes")
    assert case.open == ["a", "a"]
    assert case.variables["votes"] == ["no", "yes"]
    case.do("a", 1, vote="yes").do("a", vote="yes")
    assert case.state == "completed"


def test_a_sequence_has_nobody_active_between_two() -> None:
    case = Case(panel(sequential=True, until="nrOfActiveInstances = 0"), panel=PANEL)
    assert case.do("a").open == ["b"]


@pytest.mark.parametrize("collection", [None, 3, "text", {"a": 1}])
def test_a_collection_that_is_none_is_an_error(collection: object) -> None:
    execution = Execution(parse(panel()), World())
    with pytest.raises(ExecutionError, match="不是列表"):
        execution.start({"panel": collection})


def test_a_collection_has_a_limit() -> None:
    execution = Execution(parse(panel()), World())
    with pytest.raises(ExecutionError, match="10000"):
        execution.start({"panel": [0] * 10_001})


def test_children_and_their_owner_are_told() -> None:
    case = Case(panel(), panel=["x"]).do("a")
    told = [(h.kind.value, h.token_id, h.activity_id, h.data) for h in case.told if h.node_id == "a"][:4]
    assert told == [
        ("activity_started", 3, 3, {"instances": 1}),
        ("activity_started", 4, 3, {"loop_counter": 0}),
        ("activity_completed", 4, 3, {}),
        ("activity_completed", 3, 3, {}),
    ]


def test_a_thousand_children() -> None:
    execution = Execution(parse(panel(until="nrOfCompletedInstances >= 990")), World())
    execution.start({"panel": list(range(1000))})
    for item in execution.work[:990]:
        execution.complete(item.token_id, {"vote": item.loop_counter})
    assert [item.node.id for item in execution.work] == ["b"]
    assert execution.variables["votes"][:3] == [0, 1, 2]
