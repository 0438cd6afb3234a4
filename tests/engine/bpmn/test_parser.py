"""What a definition says of its diagram."""

from __future__ import annotations

from engine.bpmn import (
    Action,
    Actions,
    Candidates,
    Deadline,
    EventKind,
    MultiInstance,
    NodeKind,
    TimerText,
    parse,
)
from tests.engine.bpmn.build import (
    boundary,
    catch,
    diagram,
    element,
    end,
    error,
    extension,
    message,
    multi,
    on_message,
    ours,
    rule,
    script,
    service,
    start,
    sub,
    terminate,
    text,
    timer,
    user,
    xor,
)
from tests.engine.bpmn.refused import drawn

FULL = diagram(
    message("withdraw"),
    element("error", "E", errorCode="conflict"),
    text("documentation", "变更从申请到基线。"),
    start("start", camunda_formRef="application"),
    user(
        "a",
        text("documentation", "看必要性。"),
        extension(
            ours("candidates", rule="leader", value="= dept", exclude="= [x]", fallback="role:platform"),
            ours("deadline", due="= limits.a", unit="hour", remind="1", escalate="leader", consequence="自动退回"),
            ours(
                "actions",
                ours("action", value="approve", label="通过", kind="approve"),
                ours("action", value="back", label="退回", kind="return", opinion="required"),
                variable="decision",
            ),
        ),
        camunda_formRef="opinion",
        guicheng_clauses="2.2.3 4.1",
        guicheng_returnable="true",
        guicheng_tally="vote",
    ),
    user("m", multi(sequential=True, until="= nrOfCompletedInstances > 1")),
    boundary("late", "m", timer("5 个工作日"), interrupting=False),
    rule("r", camunda_mapDecisionResult="singleEntry"),
    service("s", "demo.run", inputs=[("n", "= x"), ("t", "text")], outputs=[("y", "= r")]),
    boundary("failed", "s", error("E", camunda_errorCodeVariable="code")),
    script("c", " = 1 + 1 ", "two"),
    catch("w", "= date", "timeDate"),
    xor("g"),
    sub("p", start("p1"), user("inner"), end("p2"), flows="p1 > inner > p2"),
    end("end", guicheng_outcome="completed"),
    terminate("t"),
    on_message(
        "e", "withdraw", end("e2"), flows="e_start > e2", guicheng_availableWhen="= ok", guicheng_sender="starter"
    ),
    flows="""start > a > m > r > s > c > w > g
    late > t
    failed > t
    g > p : = x > 1
    g > t : *
    p > end""",
    name="项目变更审批",
    guicheng_prefix="BG",
    guicheng_clauses="2.2.3",
    guicheng_title="= change_title",
    guicheng_keyData="project cost_change",
    guicheng_tag='= grade + "变更"',
)


def test_the_process() -> None:
    d = parse(FULL)
    assert (d.key, d.name, d.prefix, d.clauses) == ("demo", "项目变更审批", "BG", "2.2.3")
    assert (d.title, d.key_data, d.tag) == ("= change_title", ("project", "cost_change"), '= grade + "变更"')
    assert d.documentation == "变更从申请到基线。"
    assert d.start.id == "start"
    assert d.start.form == "application"
    assert [node.id for node in d.messages] == ["e_start"]
    assert {id: node.kind.value for id, node in d.nodes.items()} == {
        "start": "start_event",
        "a": "user_task",
        "m": "user_task",
        "late": "boundary_event",
        "r": "business_rule_task",
        "s": "service_task",
        "failed": "boundary_event",
        "c": "script_task",
        "w": "catch_event",
        "g": "exclusive_gateway",
        "p": "subprocess",
        "end": "end_event",
        "t": "end_event",
        "e": "event_subprocess",
        "p1": "start_event",
        "inner": "user_task",
        "p2": "end_event",
        "e_start": "start_event",
        "e2": "end_event",
    }


def test_a_user_task() -> None:
    a = parse(FULL).nodes["a"]
    assert (a.name, a.documentation, a.form, a.clauses) == ("A", "看必要性。", "opinion", "2.2.3 4.1")
    assert (a.returnable, a.tally, a.scope) == (True, "vote", "demo")
    assert a.candidates == Candidates("leader", "= dept", "= [x]", "role:platform")
    assert a.deadline == Deadline("= limits.a", "hour", "1", "leader", "自动退回")
    assert a.actions == Actions(
        "decision",
        (Action("approve", "通过", "approve", "optional"), Action("back", "退回", "return", "required")),
    )
    assert a.multi_instance is None


def test_tasks_and_events() -> None:
    nodes = parse(FULL).nodes
    assert nodes["m"].multi_instance == MultiInstance(
        True, "= panel", "expert", "votes", "= vote", "nrOfCompletedInstances > 1"
    )
    late, failed, wait = nodes["late"], nodes["failed"], nodes["w"]
    assert (late.attached_to, late.interrupting, late.timer) == ("m", False, TimerText("duration", "5 个工作日"))
    assert (failed.event, failed.error_code, failed.events[0].code_variable) == (EventKind.ERROR, "conflict", "code")
    assert wait.timer == TimerText("date", "= date")
    assert (nodes["r"].decision, nodes["r"].result_variable) == ("grade", "grading")
    assert nodes["r"].decision_mapping == "singleEntry"
    assert (nodes["s"].topic, nodes["s"].inputs, nodes["s"].outputs) == (
        "demo.run",
        (("n", "= x"), ("t", "text")),
        (("y", "= r"),),
    )
    assert (nodes["c"].script, nodes["c"].result_variable) == ("1 + 1", "two")
    assert nodes["end"].outcome == "completed"
    assert nodes["t"].event is EventKind.TERMINATE
    begin = nodes["e_start"]
    assert (begin.message, begin.available_when, begin.sender) == ("withdraw", "= ok", "starter")
    assert nodes["inner"].scope == "p"
    assert nodes["p2"].kind is NodeKind.END_EVENT


def test_flows() -> None:
    d = parse(FULL)
    (into,) = d.nodes["a"].incoming
    assert (into.source, into.target) == ("start", "a")
    yes, no = d.nodes["g"].outgoing
    assert (yes.condition, yes.default, no.condition, no.default) == ("x > 1", False, None, True)
    assert d.flows[yes.id] is yes
    assert [event.id for event in d.attached["m"]] == ["late"]


def test_lanes_also_nested_and_for_what_is_inside_a_subprocess() -> None:
    xml = drawn(
        '<bpmn:laneSet><bpmn:lane id="l1" name="申请人"><bpmn:flowNodeRef>start</bpmn:flowNodeRef></bpmn:lane>'
        '<bpmn:lane id="l2" name="平台"><bpmn:flowNodeRef>a</bpmn:flowNodeRef><bpmn:childLaneSet>'
        '<bpmn:lane id="l3" name="运维"><bpmn:flowNodeRef> a </bpmn:flowNodeRef></bpmn:lane>'
        "</bpmn:childLaneSet></bpmn:lane></bpmn:laneSet>"
    )
    d = parse(xml)
    assert d.lanes == ("申请人", "平台", "运维")
    assert (d.nodes["start"].lane, d.nodes["a"].lane, d.nodes["end"].lane) == ("申请人", "运维", None)
