"""Call activities and jobs: asked of the world, answered by acts."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from engine.bpmn import CallRequest, CancelRequest, Execution, JobRequest
from engine.errors import NotNow
from tests.engine.bpmn.build import (
    boundary,
    call,
    declared,
    diagram,
    end,
    error,
    event,
    extension,
    hands,
    multi,
    service,
    start,
    timer,
    user,
)
from tests.engine.bpmn.world import Case

CALL = diagram(
    declared("error", "E1"),
    declared("escalation", "late"),
    start(),
    call(
        "fix",
        "rectification",
        extension(
            hands("in", source="project", target="item"),
            hands("in", sourceExpression="= days * 2", target="limit"),
            hands("out", source="result", target="fixed"),
        ),
        camunda_calledElementBinding="deployment",
    ),
    boundary("failed", "fix", error("E1")),
    boundary("told", "fix", event("escalation", escalationRef="late"), interrupting=False),
    boundary("over", "fix", timer("P3D")),
    user("a"),
    user("b"),
    user("c"),
    end(),
    flows="start > fix > end\nfailed > a > end\ntold > b > end\nover > c > end",
)


def begun() -> Case:
    return Case(CALL, project="P", days=2, secret="s")


def test_a_call_hands_over_what_is_declared_and_gets_back_what_is() -> None:
    case = begun()
    request = case.asked[0]
    assert isinstance(request, CallRequest)
    assert (request.key, request.binding, request.version) == ("rectification", "deployment", None)
    assert request.variables == {"item": "P", "limit": 4}
    assert [node.id for _token, node in case.execution.outside] == ["fix"]
    case.act(lambda e: e.called_ended(request.token_id, {"result": "好", "other": 1}))
    assert case.state == "completed"
    assert case.variables == {"project": "P", "days": 2, "secret": "s", "fixed": "好"}


def test_its_error_and_its_escalation_reach_the_border() -> None:
    case = begun()
    token = case.asked[0].token_id
    assert case.act(lambda e: e.escalate(token, "late")) is True
    assert case.open == ["b"]
    case.act(lambda e: e.fail(token, "E1", "坏了"))
    assert case.open == ["a", "b"]
    assert isinstance(case.asked[-1], CancelRequest)


def test_a_cancelled_call_is_told_to_the_world_and_answers_come_too_late() -> None:
    case = begun()
    token = case.asked[0].token_id
    case.tick(4)
    assert case.open == ["c"]
    assert case.asked[1] == CancelRequest(token, case.definition.nodes["fix"])
    with pytest.raises(NotNow):
        case.act(lambda e: e.called_ended(token, {}))


def test_everything_there_and_back_and_a_key_that_is_computed() -> None:
    case = Case(
        diagram(
            start(),
            call("fix", '= "p" + which', extension(hands("in", variables="all"), hands("out", variables="all"))),
            end(),
            flows="start > fix > end",
        ),
        which="1",
    )
    assert (case.asked[0].key, case.asked[0].variables) == ("p1", {"which": "1"})
    case.act(lambda e: e.called_ended(case.asked[0].token_id, {"x": [1]}))
    assert case.variables == {"which": "1", "x": [1]}


def test_a_case_for_each_element() -> None:
    case = Case(
        diagram(
            start(),
            call(
                "fix",
                "p",
                extension(hands("in", source="expert", target="who"), hands("out", source="v", target="vote")),
                multi(),
            ),
            end(),
            flows="start > fix > end",
        ),
        panel=["甲", "乙"],
    )
    assert [r.variables for r in case.asked] == [{"who": "甲"}, {"who": "乙"}]
    for request in reversed(case.asked):
        case.act(partial(answer, request))
    assert case.variables["votes"] == ["甲甲", "乙乙"]
    assert case.state == "completed"


def answer(request: CallRequest, execution: Execution) -> None:
    execution.called_ended(request.token_id, {"v": request.variables["who"] * 2})


def job(*more: Any, flows: str = "start > serve > end") -> Case:
    return Case(
        diagram(
            declared("error", "E1"),
            start(),
            service("serve", "demo.slow", [("n", "= 1 + 1")], [("got", "= answer * 10")], camunda_asyncBefore="true"),
            *more,
            end(),
            flows=flows,
        )
    )


def test_a_job_is_asked_for_and_answered() -> None:
    case = job()
    request = case.asked[0]
    assert request == JobRequest(request.token_id, case.definition.nodes["serve"], {"n": 2})
    assert case.world.served == []
    assert case.kinds("activity_started", "job_started") == ["serve", "serve"]
    case.act(lambda e: e.job_done(request.token_id, {"answer": 4}))
    assert case.variables == {"got": 40}
    assert case.kinds("service_called", "activity_completed") == ["serve", "serve"]


def test_a_job_that_fails_as_the_diagram_foresees() -> None:
    case = job(boundary("failed", "serve", error("E1")), user("a"), flows="start > serve > end\nfailed > a > end")
    case.act(lambda e: e.fail(case.asked[0].token_id, "E1"))
    assert case.open == ["a"]


def test_a_case_that_is_terminated_wants_nothing_more() -> None:
    case = begun()
    case.act(lambda e: e.terminate())
    assert case.state == "terminated"
    assert isinstance(case.asked[-1], CancelRequest)
    assert case.execution.live_tokens() == []
    assert case.armed == []
    with pytest.raises(NotNow):
        case.act(lambda e: e.terminate())
