"""Tasks and multi-instance."""

from __future__ import annotations

import pytest

from tests.engine.bpmn.build import deadline, element, extension, multi, ours, rule, script, service, text
from tests.engine.bpmn.refused import OK, actions, assert_refused, one, task

CASES: list[tuple[str, str, bytes]] = [
    ("no_topic", "a", one(element("serviceTask", "a"))),
    ("no_topic", "a", one(element("serviceTask", "a", camunda_topic="x.y"))),
    ("bad_topic", "a", one(service("a", "os.system('x')"))),
    ("bad_topic", "a", one(service("a", "no blanks"))),
    ("needs_java", "a", one(element("serviceTask", "a", camunda_class="java.lang.Runtime"))),
    ("no_decision", "a", one(rule("a", decision=""))),
    ("no_result", "a", one(rule("a", result=""))),
    ("bad_value", "a", one(rule("a", camunda_mapDecisionResult="firstEntry"))),
    (
        "bad_script",
        "a",
        one(element("scriptTask", "a", text("script", "1"), scriptFormat="python", camunda_resultVariable="x")),
    ),
    ("no_script", "a", one(element("scriptTask", "a", scriptFormat="feel", camunda_resultVariable="x"))),
    ("no_result", "a", one(element("scriptTask", "a", text("script", "1"), scriptFormat="feel"))),
    ("no_collection", "a", task(multi(collection=""))),
    ("half_output", "a", task(multi(guicheng_outputElement="vote"))),
    (
        "half_output",
        "a",
        task(
            element("multiInstanceLoopCharacteristics", None, camunda_collection="= l", guicheng_outputCollection="o")
        ),
    ),
    ("bad_candidates", "a", task(extension(ours("candidates", rule="everybody")))),
    ("bad_candidates", "a", task(extension(ours("candidates", rule="role")))),
    ("bad_candidates", "a", task(extension(ours("candidates", rule="several", value="person:wang, platform")))),
    ("bad_candidates", "a", task(extension(ours("candidates", rule="anyone", fallback="platform")))),
    ("bad_deadline", "a", task(deadline(due="bald"))),
    ("bad_deadline", "a", task(extension(ours("deadline")))),
    ("bad_deadline", "a", task(deadline(due="3", unit="month"))),
    ("bad_deadline", "a", task(deadline(due="3", remind="soon"))),
    ("bad_deadline", "a", task(deadline(due="3", escalate="boss"))),
    ("bad_actions", "a", task(actions())),
    ("bad_actions", "a", task(actions(OK, OK, variable="v"))),
    ("bad_actions", "a", task(actions({**OK, "kind": "maybe"}))),
    ("bad_actions", "a", task(actions({**OK, "opinion": "always"}))),
    ("bad_actions", "a", task(actions({**OK, "label": ""}))),
    ("bad_actions", "a", task(actions({**OK, "kind": "return"}, {**OK, "value": "b", "kind": "return"}, variable="v"))),
    ("bad_actions", "a", task(actions(OK, {**OK, "value": "no"}))),
    ("repeated_extension", "a", task(extension(ours("deadline", due="1"), ours("deadline", due="2")))),
    ("bad_variable", "a", one(script("a", "1", "2x"))),
    ("bad_variable", "a", one(script("a", "1", "a.b"))),
    ("reserved_variable", "a", one(script("a", "1", "case"))),
    ("bad_variable", "a", one(service("a", outputs=[("a-b", "= 1")]))),
]


@pytest.mark.parametrize(("code", "where", "xml"), CASES, ids=[f"{i}-{c}" for i, (c, _w, _x) in enumerate(CASES)])
def test_refused(code: str, where: str, xml: bytes) -> None:
    assert_refused(code, where, xml)
