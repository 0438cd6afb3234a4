"""Names that nobody writes are told, with the name that was likely meant; what cannot be known is left alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.boot import ROOT, load_handlers
from engine.errors import PartFinding
from engine.handler_sheets import sheets
from engine.hints import View
from engine.hints.names import unknown_names
from engine.parts import Parts, read_procedure
from engine.variables import Sources
from tests.engine.bpmn.build import (
    awaits,
    call,
    condition,
    data,
    declared,
    diagram,
    element,
    end,
    event,
    extension,
    hands,
    multi,
    rule,
    script,
    service,
    start,
    text,
    user,
    xor,
)
from tests.engine.feel.dmn.building import table
from tests.fixtures.story import KEY

APPLICATION = {"components": [{"type": "number", "key": "amount", "label": "金额", "id": "f1"}]}


def told(drawn: bytes, dmn: bytes = b"", **forms: Any) -> list[PartFinding]:
    files = {name: json.dumps(form).encode() for name, form in {"application": APPLICATION, **forms}.items()}
    parts = Parts("demo", drawn, files, {"grade": dmn} if dmn else {})
    return unknown_names(View(parts, Sources(parts.forms, list(parts.decisions.values()), {})))


def begun(*elements: Any, flows: str) -> bytes:
    return diagram(start(camunda_formRef="application"), *elements, end(), flows=flows)


def test_the_procedures_of_the_checkout_name_nothing_unknown() -> None:
    found = read_procedure(ROOT, KEY)
    assert found is not None
    handlers = {sheet.topic: sheet for sheet in sheets(load_handlers())}
    assert unknown_names(View(found, Sources(found.forms, list(found.decisions.values()), handlers))) == []


def test_a_condition_with_a_slip_of_the_pen() -> None:
    drawn = begun(xor("x"), end("other"), flows="start > x\nx > other : = amuont > 5\nx > end : *")
    (found,) = told(drawn)
    assert (found.kind, found.name) == ("diagram", "demo")
    assert (found.finding.level, found.finding.code) == ("house", "unknown_name")
    assert found.finding.element_id.startswith("demo_f")
    assert found.finding.message.endswith("是不是 amount？")


def test_a_name_like_no_other_is_told_once_for_each_element() -> None:
    (found,) = told(begun(script("s", "= {a: zzz + 1, b: zzz}", "r"), flows="start > s > end"))
    assert found.finding.message.endswith("请改正名称，由调用方带来的请在流程的“输入”中声明。")


def test_a_name_that_is_written_later_only_is_a_hint() -> None:
    (found,) = told(begun(script("s", "= later", "r"), script("t", "= 1", "later"), flows="start > s > t > end"))
    assert (found.finding.level, found.finding.element_id) == ("hint", "s")


def test_round_a_loop_everything_may_be_there_already() -> None:
    drawn = begun(
        script("s", "= later", "r"),
        script("t", "= 1", "later"),
        xor("x"),
        flows="start > s > t > x\nx > s : = later = 1\nx > end : *",
    )
    assert told(drawn) == []


def test_what_a_step_sees_inside_is_known_there() -> None:
    voting = user(
        "u", multi(until="nrOfCompletedInstances > 1", collection="= amount", guicheng_outputElement="= expert")
    )
    assert told(begun(voting, flows="start > u > end")) == []
    assert (
        told(begun(service("v", outputs=[("x", "= amount")]), script("s", "= x", "r"), flows="start > v > s > end"))
        == []
    )


def test_a_table_points_to_its_input_and_its_rule() -> None:
    dmn = table([("金额", "amout", "number")], [("answer", "number")], [("> limit", "1")])
    drawn = begun(rule("ask"), flows="start > ask > end")
    found = told(drawn, dmn)
    assert [(one.kind, one.name, one.finding.element_id) for one in found] == [
        ("decision", "grade", "in1"),
        ("decision", "grade", "r1"),
    ]
    assert told(begun(flows="start > end"), dmn) == []


@pytest.mark.parametrize(
    ("rules", "unknown"),
    [
        ({"conditional": {"hide": "=amont > 1"}}, "amont"),
        ({"validate": {"max": "=amount * 2"}}, None),
        ({"properties": {"notBefore": "=case.started"}}, None),
        ({"readonly": "=this.amount > i"}, None),
        ({"validate": {"max": "= ("}}, None),
    ],
)
def test_a_form_knows_its_own_fields_and_the_case(rules: dict[str, Any], unknown: str | None) -> None:
    form = {"components": [{"type": "number", "key": "cost", "id": "f2", "label": "费用", **rules}]}
    found = told(begun(user("u", camunda_formRef="second"), flows="start > u > end"), second=form)
    assert [(one.kind, one.name, one.finding.element_id) for one in found] == (
        [("form", "second", "f2")] if unknown else []
    )


def test_a_form_that_cannot_be_read_leaves_everything_open() -> None:
    drawn = begun(user("u", camunda_formRef="gone"), script("s", "= whatever", "r"), flows="start > u > s > end")
    assert told(drawn) == []
    assert told(b"no diagram") == []


def test_what_a_called_case_or_a_task_hands_out_is_known() -> None:
    drawn = begun(
        call("ask", "other", extension(hands("out", source="verdict", target="verdict"))),
        element("manualTask", "file", data(outputs=[("shelf", '= "A"')]), name="file"),
        xor("x"),
        end("other_end"),
        flows='start > ask > file > x\nx > other_end : = verdict = "ok" and shelf = "A" and wrong\nx > end : *',
    )
    (found,) = told(drawn)
    assert "wrong" in found.finding.message


@pytest.mark.parametrize(
    "opening",
    [
        awaits("wait", event("message", messageRef="paid")),
        awaits("wait", event("signal", signalRef="alarm")),
        element("receiveTask", "wait", messageRef="paid", name="wait"),
        call("wait", "other", extension(hands("out", variables="all"))),
    ],
)
def test_where_a_message_or_a_called_case_brings_what_it_likes_nothing_is_said(opening: Any) -> None:
    drawn = begun(
        opening,
        script("s", "= brought + 1", "r"),
        declared("message", "paid"),
        declared("signal", "alarm"),
        flows="start > wait > s > end",
    )
    assert told(drawn) == []


def test_a_message_that_says_what_it_brings_is_held_to_it() -> None:
    brings = data(outputs=[("paid_on", "= date")])
    waits = element("intermediateCatchEvent", "wait", brings, event("message", messageRef="paid"), name="wait")
    drawn = begun(waits, script("s", "= paid_on2", "r"), declared("message", "paid"), flows="start > wait > s > end")
    assert [one.finding.element_id for one in told(drawn)][-1] == "s"


def test_the_condition_of_a_start_reads_data_stores() -> None:
    drawn = diagram(start("begin", condition("= 库存 < 10"), camunda_formRef="application"), end(), flows="begin > end")
    assert told(drawn) == []


def taken(*more: Any, flows: str) -> bytes:
    """A process that takes `basis` from its caller, and `deadline` if that has one."""
    inputs = element(
        "ioSpecification",
        None,
        element("dataInput", "in1", name="basis"),
        element("dataInput", "in2", name="deadline"),
        element("inputSet", None, *(text("dataInputRefs", one) for one in ("in1", "in2")),
                text("optionalInputRefs", "in2")),
        element("outputSet", None),
    )  # fmt: skip
    return diagram(inputs, *more, end(), flows=flows)


def test_what_a_process_declares_to_take_from_its_caller_is_known() -> None:
    drawn = taken(start(), script("s", "= {a: basis, b: deadline, c: case.number}", "r"), flows="start > s > end")
    assert told(drawn) == []


def test_a_name_that_is_not_declared_stays_unknown_and_the_declared_one_is_proposed() -> None:
    (found,) = told(taken(start(), script("s", "= basiss", "r"), flows="start > s > end"))
    assert found.finding.message.endswith("是不是 basis？")


def test_a_message_that_starts_what_declares_its_inputs_brings_these() -> None:
    begin = start("start", event("message", messageRef="found"))
    drawn = taken(
        begin,
        script("s", "= {a: basis, c: case.number, d: other}", "r"),
        declared("message", "found"),
        flows="start > s > end",
    )
    (found,) = told(drawn)
    assert " other，" in found.finding.message


def test_a_data_object_of_the_process_is_known() -> None:
    drawn = begun(element("dataObject", "object", name="basis"), script("s", "= basis", "r"), flows="start > s > end")
    assert told(drawn) == []
