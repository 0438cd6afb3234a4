"""What a case asks of the world while it is tried: shown, answered by the real handler, or played by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.parts import Parts
from engine.tryout.run import Run
from engine.tryout.view import state_of
from tests.engine.bpmn.build import (
    awaits,
    boundary,
    call,
    data,
    declared,
    diagram,
    element,
    end,
    error,
    event,
    extension,
    hands,
    throws,
)
from tests.engine.tryout.trial import AT, Replay, play, told
from tests.fixtures.exchange import begin, job, work
from tests.fixtures.toy import SLIP

START = {"person": "chensiyuan", "at": AT, "data": {}}


def draft(*elements: Any, flows: str) -> Parts:
    file = diagram(*elements, flows=flows, key="toy", name="试验", guicheng_prefix="SY", guicheng_clauses="2.2.3")
    return Parts("toy", file, {"slip": SLIP}, {})


def tried(parts: Parts, *steps: Mapping[str, Any], handler: Any = None) -> Replay:
    return play(*steps, of=parts, begun=START, handlers={"toy.run": handler} if handler else {})


def waiting(played: Replay, *steps: Mapping[str, Any]) -> list[tuple[str, str, str | None]]:
    shown = state_of(played, Run.read({"start": START, "steps": list(steps)}))
    return [(one["kind"], one["node"], one["key"]) for one in shown["waiting"]]


def calling() -> Parts:
    given = extension(hands("out", source="verdict", target="note"))
    return draft(
        begin(),
        call("ask", "other", given),
        work("after"),
        end(),
        boundary("no", "ask", error("refused")),
        end("other"),
        declared("error", "refused"),
        flows="start > ask > after > end\nno > other",
    )


def test_a_called_case_is_shown_and_ends_by_hand_with_its_data() -> None:
    played = tried(calling())
    assert waiting(played) == [("call", "ask", None)]
    assert "“ask”调用流程 other，等它结束" in told(played, "machine")
    played = tried(calling(), {"do": "answer", "node": "ask", "data": {"verdict": "同意"}})
    assert played.trouble is None
    assert played.play is not None
    assert played.play.execution.variables["note"] == "同意"
    assert [item.node.id for item in played.play.story.open] == ["after"]


def test_a_called_case_can_end_with_an_error() -> None:
    played = tried(calling(), {"do": "answer", "node": "ask", "action": "refused"})
    assert played.play is not None
    assert played.play.execution.state == "completed"


def paying() -> Parts:
    return draft(begin(), job("pay"), work("after"), end(), flows="start > pay > after > end")


def test_a_job_is_run_at_once_with_ports_that_only_remember() -> None:
    def handler(context: Any) -> dict[str, Any]:
        context.notify.send(["hejing"], "已付款")
        return {"receipt": "R-1"}

    played = tried(paying(), handler=handler)
    assert played.play is not None
    assert played.play.execution.variables["answer"] == {"receipt": "R-1"}
    assert any("通知" in line for line in told(played, "effect"))
    assert waiting(played) == []


def test_a_job_that_fails_waits_and_is_answered_by_hand() -> None:
    def broken(_context: Any) -> dict[str, Any]:
        raise RuntimeError("接口没有应答")

    played = tried(paying(), handler=broken)
    assert waiting(played) == [("job", "pay", None)]
    assert any("没有成功" in line for line in told(played, "error"))
    answered = tried(paying(), {"do": "answer", "node": "pay", "data": {"receipt": "R-7"}}, handler=broken)
    assert answered.play is not None
    assert answered.play.execution.variables["answer"] == {"receipt": "R-7"}


def test_messages_and_signals_come_by_hand() -> None:
    parts = draft(
        begin(),
        awaits("wait", event("message", messageRef="paid", guicheng_correlationKey='= "A"')),
        awaits("listen", event("signal", signalRef="alarm")),
        work("after"),
        end(),
        declared("message", "paid"),
        declared("signal", "alarm"),
        flows="start > wait > listen > after > end",
    )
    paid = {"do": "message", "node": "wait", "data": {"note": "已付"}}
    alarm = {"do": "signal", "node": "listen"}
    assert waiting(tried(parts)) == [("message", "wait", "A")]
    assert waiting(tried(parts, paid), paid) == [("signal", "listen", None)]
    played = tried(parts, paid, alarm)
    assert played.play is not None
    assert [item.node.id for item in played.play.story.open] == ["after"]
    assert played.play.execution.variables["note"] == "已付"
    assert tried(parts, alarm).trouble is not None


def test_what_would_be_sent_is_told() -> None:
    given = data(inputs=[("note", '= "已付"')])
    parts = draft(
        begin(),
        element("intermediateThrowEvent", "tell", given, event("message", messageRef="paid"), name="tell"),
        throws("call_all", event("signal", signalRef="alarm")),
        end(),
        declared("message", "paid"),
        declared("signal", "alarm"),
        flows="start > tell > call_all > end",
    )
    lines = told(tried(parts), "effect")
    assert "会发出消息“paid”" in lines
    assert "会向其他流程发出信号“alarm”" in lines


def test_what_starts_with_a_message_is_tried_as_if_it_had_come() -> None:
    parts = draft(
        begin("start", event("message", messageRef="paid")), work("look"), end(), declared("message", "paid"),
        flows="start > look > end",
    )  # fmt: skip
    played = tried(parts)
    assert played.play is not None
    assert [item.node.id for item in played.play.story.open] == ["look"]


def test_data_stores_live_in_the_run_only() -> None:
    parts = draft(begin(), work("after"), end(), flows="start > after > end")
    played = tried(parts)
    assert played.play is not None
    assert played.play.services.read_store("库存") is None
    played.play.services.write_store("库存", 3)
    assert played.play.services.read_store("库存") == 3
