"""Start, user tasks, end; the life of a case."""

from __future__ import annotations

import pytest

from engine.bpmn import Execution, HappeningKind, dumps, loads, parse
from engine.errors import ExecutionError, NotNow, StepLimitReached
from tests.engine.bpmn.build import diagram, end, script, start, terminate, user, xor
from tests.engine.bpmn.world import Case, World

TWO = diagram(start(), user("a"), user("b"), end(guicheng_outcome="completed"), flows="start > a > b > end")


def test_a_case_runs_from_start_to_end() -> None:
    case = Case(TWO, x=1)
    assert case.open == ["a"]
    case.do("a", y=2)
    assert case.open == ["b"]
    case.do("b")
    assert (case.state, case.execution.outcome) == ("completed", "completed")
    assert case.variables == {"x": 1, "y": 2}


def test_happenings_tell_the_whole_story() -> None:
    case = Case(TWO).do("a").do("b")
    assert [(h.kind, h.node_id) for h in case.told] == [
        (HappeningKind.EVENT_OCCURRED, "start"),
        (HappeningKind.FLOW_TAKEN, "start"),
        (HappeningKind.ACTIVITY_STARTED, "a"),
        (HappeningKind.ACTIVITY_COMPLETED, "a"),
        (HappeningKind.FLOW_TAKEN, "a"),
        (HappeningKind.ACTIVITY_STARTED, "b"),
        (HappeningKind.ACTIVITY_COMPLETED, "b"),
        (HappeningKind.FLOW_TAKEN, "b"),
        (HappeningKind.EVENT_OCCURRED, "end"),
        (HappeningKind.CASE_ENDED, "end"),
    ]
    assert case.told[-1].data == {"outcome": "completed"}
    assert {h.token_id for h in case.told if h.node_id == "a"} == {3}


def test_a_task_is_finished_once() -> None:
    case = Case(TWO)
    token = case.item("a").token_id
    case.do("a")
    with pytest.raises(NotNow, match="已经结束"):
        case.execution.complete(token, {})


def test_a_case_starts_once() -> None:
    case = Case(TWO)
    with pytest.raises(NotNow):
        case.execution.start({})


@pytest.mark.parametrize("token", [0, 1, 999])
def test_only_open_work_can_be_finished(token: int) -> None:
    case = Case(TWO)
    with pytest.raises(NotNow):
        case.execution.complete(token, {})


def test_a_finished_case_is_its_variables_and_nothing_else() -> None:
    case = Case(TWO, x="值").do("a").do("b")
    assert (
        dumps(case.execution) == '[3,"demo","completed","completed",5,[[1,"demo",null,{"x":"值"}]],[],[],[],0]'.encode()
    )
    assert case.execution.live_tokens() == []


def test_several_outgoing_flows_run_side_by_side() -> None:
    case = Case(diagram(start(), user("a"), user("b"), user("c"), end(), flows="start > a > b > end\na > c > end"))
    assert case.do("a").open == ["b", "c"]
    assert case.do("b").state == "running"
    assert case.do("c").state == "completed"


def test_conditional_flows_of_a_task_and_their_default() -> None:
    xml = diagram(
        start(),
        user("a"),
        *(user(id) for id in "bcd"),
        end(),
        flows="start > a\na > b : x > 1\na > c : x > 2\na > d : *\nb > end\nc > end\nd > end",
    )
    assert Case(xml).do("a", x=3).open == ["b", "c"]
    assert Case(xml).do("a", x=2).open == ["b"]
    assert Case(xml).do("a", x=0).open == ["d"]


def test_terminate_ends_everything_at_once() -> None:
    case = Case(diagram(start(), user("a"), user("b"), terminate("t"), end(), flows="start > a > t\nstart > b > end"))
    assert case.do("a").state == "completed"
    assert case.kinds("activity_cancelled") == ["b"]


def test_a_diagram_that_never_waits_is_stopped() -> None:
    xml = diagram(start(), script("s", "1", "x"), xor("g"), end(), flows="start > s > g\ng > s : x = 1\ng > end : *")
    execution = Execution(parse(xml), World())
    with pytest.raises(StepLimitReached, match="自动循环"):
        execution.start({})


def test_a_state_of_another_diagram_is_refused() -> None:
    data = dumps(Case(TWO).execution)
    other = parse(diagram(start(), user("z"), end(), flows="start > z > end"))
    with pytest.raises(ExecutionError, match="不一致"):
        loads(data, other, World())


def test_a_long_loop_costs_no_more_in_the_end() -> None:
    xml = diagram(start(), user("a"), xor("g"), end(), flows="start > a > g\ng > a : again\ng > end : *")
    definition, world = parse(xml), World()
    execution = Execution(definition, world)
    execution.start({})
    sizes = set()
    for _round in range(1000):
        execution.complete(execution.work[0].token_id, {"again": True})
        execution.drain()
        sizes.add(len(dumps(execution)))
        execution = loads(dumps(execution), definition, world)
    assert max(sizes) - min(sizes) < 10


def test_flows_without_ids_are_not_lost() -> None:
    xml = TWO.replace(b'id="demo_f1" ', b"").replace(b'id="demo_f2" ', b"").replace(b'id="demo_f3" ', b"")
    assert b"demo_f" not in xml
    assert Case(xml).do("a").do("b").state == "completed"


@pytest.mark.parametrize("name", ["Start", "End", "Root", "步骤一", "a b", "demo.EndJoin"])
def test_any_id_is_safe(name: str) -> None:
    xml = diagram(start("Start0"), user(name), end("End0"), flows=f"Start0 > {name} > End0")
    assert Case(xml).do(name).state == "completed"


def test_ids_of_start_and_end_that_the_library_uses_itself() -> None:
    xml = diagram(start("Start"), user("Root"), end("End"), flows="Start > Root > End")
    assert Case(xml).do("Root").state == "completed"
