"""Attributes that would be ignored, and FEEL texts that cannot be read."""

from __future__ import annotations

import pytest

from tests.engine.bpmn.build import (
    catch,
    deadline,
    element,
    end,
    extension,
    multi,
    ours,
    script,
    service,
    start,
    timer,
    user,
    xor,
)
from tests.engine.bpmn.grammar import diagram
from tests.engine.bpmn.refused import LINE, assert_refused, beside, bounded, one, task

CASES: list[tuple[str, str, bytes]] = [
    (
        "bad_language",
        "demo_f3",
        diagram(start(), user("a"), xor("g"), end(), flows="start > a > g\ng > end : x\ng > a : *").replace(
            b"<bpmn:conditionExpression>", b'<bpmn:conditionExpression language="groovy">'
        ),
    ),
    ("unknown_attribute", "a", task(guicheng_retunable="true")),
    ("unknown_attribute", "a", task(camunda_skipExpression="demo")),
    ("unknown_attribute", "a", task(extension(ours("candidates", rule="anyone", vaule="x")))),
    ("unknown_extension", "a", task(extension(ours("dealine", due="3")))),
    ("unknown_extension", "a", task(extension(ours("deadline", ours("action"), due="3")))),
    ("unknown_extension", "end", diagram(start(), user("a"), end("end", deadline(due="1")), flows=LINE)),
    ("bad_value", "a", task(guicheng_returnable="yes")),
    ("bad_value", "x", bounded(element("boundaryEvent", "x", timer("P1D"), attachedToRef="a", cancelActivity="maybe"))),
    (
        "bad_expression",
        "demo_f3",
        diagram(start(), user("a"), xor("g"), end(), flows="start > a > g\ng > end : x >\ng > a : *"),
    ),
    (
        "bad_expression",
        "demo_f3",
        diagram(start(), user("a"), xor("g"), end(), flows="start > a > g\ng > end : {x}\ng > a : *"),
    ),
    ("bad_expression", "a", one(script("a", "__import__('os')", "x"))),
    ("bad_expression", "a", one(catch("a", "= duration("))),
    ("bad_expression", "a", task(deadline(due="= (1"))),
    ("bad_expression", "a", task(extension(ours("candidates", rule="person", value="= ]")))),
    ("bad_expression", "a", task(multi(until="votes ><"))),
    ("bad_expression", "a", task(multi(collection="= [1,"))),
    ("bad_expression", "w_start", beside(end("e"), guicheng_availableWhen="= not(")),
    ("bad_expression", "demo", diagram(start(), user("a"), end(), flows=LINE, guicheng_title="= 1 1")),
    ("bad_expression", "a", one(service("a", inputs=[("x", "= 1 ++")]))),
    # Wrong calls: null when they run (DMN 1.5, 10.3.2.13), never published.
    (
        "bad_expression",
        "demo_f3",
        diagram(start(), user("a"), xor("g"), end(), flows="start > a > g\ng > end : cnt(x) = 1\ng > a : *"),
    ),
    ("bad_expression", "a", one(script("a", "abs()", "x"))),
    ("bad_expression", "a", one(catch("a", "= duration()"))),
    ("bad_expression", "a", task(deadline(due="= date(2026, 11)"))),
    ("bad_expression", "a", task(extension(ours("candidates", rule="person", value="= leader(x)")))),
    ("bad_expression", "a", task(multi(until="cnt(votes) = 1"))),
    ("bad_expression", "a", task(multi(collection="= append(list: [], list: [])"))),
    ("bad_expression", "w_start", beside(end("e"), guicheng_availableWhen="= not(n: true)")),
    ("bad_expression", "demo", diagram(start(), user("a"), end(), flows=LINE, guicheng_title="= upper(x)")),
    ("bad_expression", "a", one(service("a", inputs=[("x", "= 1 instance of thing")]))),
]


@pytest.mark.parametrize(("code", "where", "xml"), CASES, ids=[f"{i}-{c}" for i, (c, _w, _x) in enumerate(CASES)])
def test_refused(code: str, where: str, xml: bytes) -> None:
    assert_refused(code, where, xml)
