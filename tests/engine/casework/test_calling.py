"""A call activity starts a case of its own and goes on when that has ended."""

from __future__ import annotations

from engine.commands import terminate_case
from tests.engine.bpmn.build import (
    boundary,
    call,
    declared,
    end,
    ends,
    error,
    event,
    extension,
    hands,
    script,
    throws,
)
from tests.fixtures.exchange import Exchange, begin, work


def called(exchange: Exchange, version: str = "one") -> None:
    """A process with one task, which answers what it was given and its version."""
    exchange.publish(
        "called",
        begin(),
        work("answer"),
        script("tell", f'= string(note) + " {version}"', "note"),
        end(),
        flows="start > answer > tell > end",
    )


def caller(exchange: Exchange, binding: str = "latest", **marks: str) -> None:
    """A process that calls it and then has a task."""
    exchange.publish(
        "caller",
        begin(),
        script("choose", "= 7", "note"),
        call(
            "ask",
            "called",
            extension(hands("in", source="note", target="note"), hands("out", source="note", target="note")),
            camunda_calledElementBinding=binding,
            **marks,
        ),
        work("after"),
        end(),
        guicheng_title="= string(note)",
        flows="start > choose > ask > after > end",
    )


def test_the_called_case_is_one_of_its_own_linked_to_its_caller(exchange: Exchange) -> None:
    called(exchange)
    caller(exchange)
    case = exchange.start("caller")
    child = exchange.called_by(case)[0]
    assert (child.key, child.state, child.starter_id) == ("called", "running", exchange.case(case).starter_id)
    assert child.number.startswith("CAD-2026-")
    assert exchange.open(child.id) == ["answer"]
    assert exchange.open(case) == []
    assert exchange.log(case)[-1] == "call_started"
    assert exchange.why(case) == f"等待：ask。等被调用的流程 {child.number} 结束。"
    assert b'"note":7' in exchange.data(child.id)


def test_its_end_brings_its_data_back_and_the_caller_goes_on(exchange: Exchange) -> None:
    called(exchange)
    caller(exchange)
    case = exchange.start("caller")
    child = exchange.called_by(case)[0].id
    exchange.do(child, "answer")
    assert exchange.ended(child) == "completed"
    assert exchange.open(case) == ["after"]
    assert exchange.jobs() == []
    exchange.do(case, "after")
    assert exchange.ended(case) == "completed"


def test_what_the_caller_gets_is_what_the_diagram_hands_out(exchange: Exchange) -> None:
    called(exchange)
    exchange.publish(
        "caller",
        begin(),
        call(
            "ask",
            "called",
            extension(hands("in", sourceExpression="= 3", target="note"), hands("out", variables="all")),
        ),
        call("again", "called", extension(hands("in", source="note", target="note"))),
        end(),
        flows="start > ask > again > end",
    )
    case = exchange.start("caller")
    exchange.do(exchange.called_by(case)[0].id, "answer", note="3")
    second = exchange.called_by(case)[1]
    assert b'"note":"3 one"' in exchange.data(second.id)


def test_latest_is_the_version_in_force_when_it_is_called(exchange: Exchange) -> None:
    called(exchange)
    caller(exchange)
    called(exchange, "two")
    case = exchange.start("caller")
    newest = max(row.definition_id for row in exchange.cases("called"))
    called(exchange, "three")
    second = exchange.start("caller")
    assert exchange.called_by(case)[0].definition_id == newest
    assert exchange.called_by(second)[0].definition_id > newest


def test_a_version_is_called_by_its_number(exchange: Exchange) -> None:
    called(exchange)
    called(exchange, "two")
    caller(exchange, "version", camunda_calledElementVersion="1")
    first = exchange.called_by(exchange.start("caller"))[0].definition_id
    caller(exchange, "version", camunda_calledElementVersion="2")
    assert exchange.called_by(exchange.start("caller"))[0].definition_id > first


def test_deployment_is_the_version_that_was_in_force_when_the_caller_was_deployed(exchange: Exchange) -> None:
    called(exchange)
    caller(exchange, "deployment")
    together = exchange.called_by(exchange.start("caller"))[0].definition_id
    exchange.clock.move_to(exchange.clock.now().replace(hour=23))
    called(exchange, "two")
    assert exchange.called_by(exchange.start("caller"))[0].definition_id == together


def test_what_was_deployed_first_calls_the_version_in_force(exchange: Exchange) -> None:
    caller(exchange, "deployment")
    exchange.clock.move_to(exchange.clock.now().replace(hour=23))
    called(exchange)
    assert len(exchange.called_by(exchange.start("caller"))) == 1


def test_nothing_to_call_is_an_incident_at_once(exchange: Exchange) -> None:
    caller(exchange)
    case = exchange.start("caller")
    [incident] = exchange.incidents()
    assert (incident.instance_id, incident.node_id) == (case, "ask")
    assert "called" in incident.message
    assert exchange.jobs()[0].state == "failed"
    assert exchange.log(case)[-1] == "incident_raised"


def test_a_process_that_calls_itself_without_end_is_stopped(exchange: Exchange) -> None:
    exchange.publish("circle", begin(), call("again", "circle"), end(), flows="start > again > end")
    exchange.start("circle")
    for _try in range(5):
        exchange.clock.move_to(exchange.clock.now().replace(hour=23))
        exchange.run()
    assert len(exchange.cases("circle")) == 21
    assert "20" in (exchange.jobs()[-1].last_error)


def failing(exchange: Exchange, *caught: str) -> int:
    """A caller whose called case ends with an error; it takes it if `caught`."""
    exchange.publish(
        "called", begin(), work("answer"), ends("wrong", error("refused")), declared("error", "refused"),
        flows="start > answer > wrong",
    )  # fmt: skip
    parts = [boundary("no", "ask", error("refused")), declared("error", "refused"), work("instead"), end("other")]
    flows = "start > ask > end" + ("\nno > instead > other" if caught else "")
    exchange.publish("caller", begin(), call("ask", "called"), end(), *(parts if caught else ()), flows=flows)
    case = exchange.start("caller")
    exchange.do(exchange.called_by(case)[0].id, "answer")
    return case


def test_an_error_of_the_called_case_is_the_callers(exchange: Exchange) -> None:
    case = failing(exchange, "caught")
    assert exchange.ended(exchange.called_by(case)[0].id) == "failed"
    assert exchange.open(case) == ["instead"]
    assert (exchange.jobs(), exchange.incidents()) == ([], [])


def test_an_error_that_nobody_takes_is_an_incident_and_the_case_is_not_lost(exchange: Exchange) -> None:
    case = failing(exchange)
    assert exchange.case(case).state == "running"
    [incident] = exchange.incidents()
    assert (incident.instance_id, incident.kind) == (case, "failed")
    assert "refused" in incident.message


def test_an_escalation_reaches_the_caller_while_the_called_case_goes_on(exchange: Exchange) -> None:
    exchange.publish(
        "called",
        begin(),
        throws("tell", event("escalation", escalationRef="late")),
        work("answer"),
        end(),
        declared("escalation", "late"),
        flows="start > tell > answer > end",
    )
    exchange.publish(
        "caller",
        begin(),
        call("ask", "called"),
        end(),
        boundary("told", "ask", event("escalation", escalationRef="late"), interrupting=False),
        work("look"),
        end("seen"),
        declared("escalation", "late"),
        flows="start > ask > end\ntold > look > seen",
    )
    case = exchange.start("caller")
    child = exchange.called_by(case)[0].id
    assert (exchange.open(case), exchange.open(child)) == (["look"], ["answer"])
    exchange.do(child, "answer")
    exchange.do(case, "look")
    assert exchange.ended(case) == "completed"


def test_the_called_case_ends_when_its_caller_does_not_want_it_any_more(exchange: Exchange) -> None:
    called(exchange)
    exchange.publish(
        "caller",
        begin(),
        call("ask", "called", extension(hands("in", sourceExpression="= 1", target="note"))),
        end(),
        boundary("off", "ask", event("message", messageRef="stop")),
        end("stopped"),
        declared("message", "stop"),
        flows="start > ask > end\noff > stopped",
    )
    exchange.publish(
        "stopper", begin(), ends("tell", event("message", messageRef="stop")), declared("message", "stop"),
        flows="start > tell",
    )  # fmt: skip
    case = exchange.start("caller")
    child = exchange.called_by(case)[0].id
    exchange.start("stopper")
    assert exchange.ended(case) == "completed"
    assert (exchange.ended(child), exchange.open(child)) == ("terminated", [])
    assert exchange.jobs() == []


def test_ending_a_called_case_by_hand_is_an_error_of_its_caller(exchange: Exchange) -> None:
    called(exchange)
    caller(exchange)
    case = exchange.start("caller")
    child = exchange.called_by(case)[0].id
    terminate_case(exchange.platform, exchange.story.person("dengkai"), child, "重复")
    exchange.run()
    assert exchange.ended(child) == "terminated"
    assert "已被终止" in exchange.incidents()[0].message


def test_ending_the_caller_ends_what_it_has_called(exchange: Exchange) -> None:
    called(exchange)
    caller(exchange)
    case = exchange.start("caller")
    child = exchange.called_by(case)[0].id
    terminate_case(exchange.platform, exchange.story.person("dengkai"), case, "重复")
    exchange.run()
    assert (exchange.ended(case), exchange.ended(child)) == ("terminated", "terminated")
    assert (exchange.jobs(), exchange.incidents()) == ([], [])
