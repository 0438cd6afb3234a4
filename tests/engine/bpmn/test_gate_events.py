"""Start, end, boundary and catch events, timers, messages, errors."""

from __future__ import annotations

import pytest

from tests.engine.bpmn.build import (
    boundary,
    catch,
    element,
    end,
    error,
    message,
    on_message,
    service,
    start,
    sub,
    timer,
    user,
)
from tests.engine.bpmn.grammar import diagram
from tests.engine.bpmn.refused import LINE, assert_refused, bounded, one

CASES: list[tuple[str, str, bytes]] = [
    (
        "start_needs_trigger",
        "s1",
        diagram(
            start(),
            user("a"),
            end(),
            sub("w", start("s1"), end("e"), flows="s1 > e", triggeredByEvent="true"),
            flows=LINE,
        ),
    ),
    (
        "dangling_message",
        "w_start",
        diagram(start(), user("a"), end(), on_message("w", "gone", end("e"), flows="w_start > e"), flows=LINE),
    ),
    (
        "message_without_name",
        "w_start",
        diagram(
            element("message", "m"),
            start(),
            user("a"),
            end(),
            on_message("w", "m", end("e"), flows="w_start > e"),
            flows=LINE,
        ),
    ),
    (
        "duplicate_message",
        "w2",
        diagram(
            message("m"),
            start(),
            user("a"),
            end(),
            on_message("w", "m", end("e"), flows="w_start > e"),
            on_message("w2", "m", end("e2"), flows="w2_start > e2"),
            flows=LINE,
        ),
    ),
    (
        "several_definitions",
        "end",
        diagram(
            start(),
            user("a"),
            end("end", element("terminateEventDefinition"), element("terminateEventDefinition")),
            flows=LINE,
        ),
    ),
    ("no_definition", "a", one(element("intermediateCatchEvent", "a"))),
    ("no_definition", "x", bounded(element("boundaryEvent", "x", attachedToRef="a"))),
    ("dangling_boundary", "x", bounded(boundary("x", "gone", timer("P1D")))),
    ("dangling_boundary", "x", bounded(element("boundaryEvent", "x", timer("P1D")))),
    (
        "dangling_boundary",
        "x",
        bounded(
            boundary("x", "b", timer("P1D")), host=sub("a", start("s1"), user("b"), end("e1"), flows="s1 > b > e1")
        ),
    ),
    ("dangling_error", "x", bounded(boundary("x", "a", error("gone")), host=service("a"))),
    ("error_without_code", "x", bounded(boundary("x", "a", error("E")), element("error", "E"), host=service("a"))),
    ("error_not_interrupting", "x", bounded(boundary("x", "a", error(), interrupting=False), host=service("a"))),
    (
        "duplicate_error",
        "y",
        diagram(
            start(),
            service("a"),
            boundary("x", "a", error()),
            boundary("y", "a", error()),
            end(),
            flows=LINE + "\nx > end\ny > end",
        ),
    ),
    ("no_time", "a", one(element("intermediateCatchEvent", "a", element("timerEventDefinition")))),
    ("no_time", "a", one(catch("a", " "))),
    ("bad_time", "a", one(catch("a", "五天"))),
    ("bad_time", "a", one(catch("a", "2026-01-01T00:00:00"))),
    ("bad_time", "a", one(catch("a", "P1D", "timeDate"))),
]


@pytest.mark.parametrize(("code", "where", "xml"), CASES, ids=[f"{i}-{c}" for i, (c, _w, _x) in enumerate(CASES)])
def test_refused(code: str, where: str, xml: bytes) -> None:
    assert_refused(code, where, xml)
