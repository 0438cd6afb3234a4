"""Errors and escalations look for their catcher outwards; terminate, cancel and link events."""

from __future__ import annotations

import pytest
from lxml.etree import _Element as Element

from engine.bpmn import BpmnError, RaiseRequest
from engine.errors import ExecutionError
from tests.engine.bpmn.build import (
    awaits,
    beside,
    both,
    boundary,
    declared,
    diagram,
    end,
    ends,
    error,
    event,
    scope,
    service,
    start,
    sub,
    throws,
    user,
)
from tests.engine.bpmn.world import Case, World


def fails(code: str = "E1") -> World:
    world = World()

    def handler(inputs: dict[str, object]) -> dict[str, object]:
        raise BpmnError(code, "坏了")

    world.handlers["demo.run"] = handler
    return world


def test_an_error_end_event_reaches_the_border_of_the_subprocess_around() -> None:
    case = Case(
        diagram(
            declared("error", "E1"),
            start(),
            sub(
                "inner",
                start("s"),
                both("fork"),
                user("other"),
                ends("fail", error("E1")),
                end("e"),
                flows="s > fork > other > e\nfork > fail",
            ),
            boundary("caught", "inner", error("E1", camunda_errorCodeVariable="code")),
            user("mend"),
            end(),
            flows="start > inner > end\ncaught > mend > end",
        )
    )
    assert case.open == ["mend"]
    assert case.variables == {"code": "E1"}
    assert case.kinds("activity_cancelled") == ["other", "inner"]


def test_the_innermost_matching_code_wins_over_a_general_one_at_the_same_place() -> None:
    def model(inner: str | None) -> bytes:
        return diagram(
            declared("error", "E1"),
            declared("error", "E2"),
            start(),
            sub(
                "outer",
                start("s"),
                service("serve"),
                boundary("any", "serve", error()),
                *([boundary("exact", "serve", error(inner)), user("b")] if inner else []),
                user("a"),
                end("e"),
                flows="s > serve > e\nany > a > e" + ("\nexact > b > e" if inner else ""),
            ),
            end(),
            flows="start > outer > end",
        )

    assert Case(model("E1"), fails("E1")).open == ["b"]
    assert Case(model("E2"), fails("E1")).open == ["a"]
    assert Case(model(None), fails("E1")).open == ["a"]


def test_an_error_event_subprocess_takes_errors_of_its_scope_but_not_its_own() -> None:
    def model(code: str) -> bytes:
        return diagram(
            declared("error", "E1"),
            declared("error", "E2"),
            start(),
            service("serve"),
            end(),
            beside(
                "side",
                error(code),
                user("look"),
                ends("again", error("E1")),
                flows="side_start > look > again",
            ),
            flows="start > serve > end",
        )

    case = Case(model("E1"), fails("E1"))
    assert case.open == ["look"]
    with pytest.raises(ExecutionError, match="E1"):
        case.do("look")
    assert case.open == ["look"]


def test_an_error_that_nothing_takes_never_loses_a_case() -> None:
    model = diagram(declared("error", "E1"), start(), user("a"), ends("fail", error("E1")), flows="start > a > fail")
    case = Case(model)
    with pytest.raises(ExecutionError, match="没有规定怎么处理"):
        case.do("a")
    assert case.open == ["a"]
    called = Case(model, _called=True).do("a")
    assert called.state == "failed"
    assert called.asked == [RaiseRequest(True, "E1", "")]
    assert called.execution.live_tokens() == []


def test_an_escalation_is_told_and_the_work_goes_on_unless_it_interrupts() -> None:
    def model(*, interrupting: bool) -> bytes:
        return diagram(
            declared("escalation", "late"),
            start(),
            sub(
                "inner",
                start("s"),
                throws("tell", event("escalation", escalationRef="late")),
                user("work"),
                end("e"),
                flows="s > tell > work > e",
            ),
            boundary(
                "heard",
                "inner",
                event("escalation", escalationRef="late", camunda_escalationCodeVariable="code"),
                interrupting=interrupting,
            ),
            user("chief"),
            end(),
            flows="start > inner > end\nheard > chief > end",
        )

    assert Case(model(interrupting=False)).open == ["chief", "work"]
    case = Case(model(interrupting=True))
    assert case.open == ["chief"]
    assert case.variables == {"code": "late"}


def test_an_escalation_that_nobody_takes_is_told_and_harms_nothing() -> None:
    model = diagram(
        declared("escalation", "late"),
        start(),
        throws("tell", event("escalation", escalationRef="late")),
        user("work"),
        end(),
        flows="start > tell > work > end",
    )
    case = Case(model)
    assert case.open == ["work"]
    assert case.kinds("escalated") == ["tell"]
    assert Case(model, _called=True).asked == [RaiseRequest(False, "late", "")]


def test_an_escalation_event_subprocess_beside_the_work() -> None:
    case = Case(
        diagram(
            declared("escalation", "late"),
            start(),
            throws("tell", event("escalation", escalationRef="late")),
            user("work"),
            end(),
            beside(
                "side",
                event("escalation"),
                user("chief"),
                end("side_end"),
                flows="side_start > chief > side_end",
                interrupting=False,
            ),
            flows="start > tell > work > end",
        )
    )
    assert case.open == ["chief", "work"]


def test_terminate_ends_its_scope_and_no_other() -> None:
    case = Case(
        diagram(
            start(),
            both("fork"),
            user("other"),
            sub(
                "inner",
                start("s"),
                both("f"),
                user("deep"),
                ends("stop", event("terminate")),
                flows="s > f > deep > stop\nf > stop",
            ),
            user("after"),
            end(),
            flows="start > fork > other > end\nfork > inner > after > end",
        )
    )
    assert case.open == ["after", "other"]


def test_a_link_leads_to_its_catch_event() -> None:
    case = Case(
        diagram(
            start(),
            throws("out", event("link", name="L")),
            awaits("in", event("link", name="L")),
            user("a"),
            end(),
            flows="start > out\nin > a > end",
        )
    )
    assert case.open == ["a"]
    assert case.kinds("event_occurred") == ["start", "out", "in"]


def test_a_cancelled_transaction_is_undone_and_left_by_its_cancel_event() -> None:
    case = Case(
        diagram(
            start(),
            scope(
                "transaction",
                "deal",
                start("s"),
                user("book"),
                boundary("undo_book", "book", event("compensate")),
                service("unbook", "demo.unbook", isForCompensation="true"),
                user("pay"),
                user("other"),
                both("fork"),
                ends("cancel", event("cancel")),
                flows="s > book > fork > pay > cancel\nfork > other > cancel",
            ),
            boundary("cancelled", "deal", event("cancel")),
            user("after"),
            end(),
            flows="start > deal > end\ncancelled > after > end",
            # the association
        ).replace(
            b"</bpmn:transaction>",
            b'<bpmn:association id="x" sourceRef="undo_book" targetRef="unbook"/></bpmn:transaction>',
        )
    )
    case.do("book").do("pay")
    assert case.open == ["after"]
    assert case.world.served == [("demo.unbook", {})]


def test_what_leaves_an_event_subprocess_that_does_not_interrupt_is_taken_by_its_siblings_not_by_itself() -> None:
    def side(id: str, by: Element, last: str, *, interrupting: bool) -> Element:
        thrown = event("escalation", escalationRef=last)
        flows = f"{id}_start > {id}_work > {id}_end"
        return beside(id, by, user(f"{id}_work"), ends(f"{id}_end", thrown), flows=flows, interrupting=interrupting)

    model = diagram(
        declared("signal", "alarm"),
        declared("escalation", "up"),
        declared("escalation", "down"),
        start(),
        user("a"),
        end(),
        side("one", event("signal", signalRef="alarm"), "up", interrupting=False),
        side("two", event("escalation", escalationRef="up"), "up", interrupting=False),
        flows="start > a > end",
    )
    case = Case(model)
    case.signal("alarm")
    case.do("one_work")
    assert case.open == ["a", "two_work"]
    case.do("two_work")
    assert case.open == ["a"]
