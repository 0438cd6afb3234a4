"""Sequence flows, gateways and paths."""

from __future__ import annotations

import pytest

from tests.engine.bpmn.build import both, boundary, element, end, message, on_message, start, sub, timer, user, xor
from tests.engine.bpmn.grammar import diagram
from tests.engine.bpmn.refused import LINE, PLAIN, assert_refused, bounded

CASES: list[tuple[str, str, bytes]] = [
    (
        "join_waits_for_itself",
        "j1",
        diagram(
            start(),
            both("split"),
            both("j1"),
            both("j2"),
            user("a"),
            user("b"),
            end(),
            flows="start > split > j1 > a > j2 > b > j1\nsplit > j2\na > end\nb > end",
        ),
    ),
    ("dangling_flow", "demo_f2", PLAIN.replace(b'targetRef="end"', b'targetRef="gone"')),
    ("dangling_flow", "demo_f1", PLAIN.replace(b'sourceRef="start"', b"")),
    ("dangling_flow", "demo_f1", PLAIN.replace(b'targetRef="a"', b'targetRef="demo_f2"')),
    (
        "flow_crosses_border",
        "demo_f3",
        diagram(
            start(),
            sub("s", start("s1"), user("b"), end("e1"), flows="s1 > b > e1"),
            end(),
            flows="start > s > end\nstart > b",
        ),
    ),
    (
        "flow_crosses_border",
        "s_f3",
        diagram(
            start(),
            sub("s", start("s1"), user("b"), end("e1"), flows="s1 > b > e1\nb > end"),
            end(),
            flows="start > s > end",
        ),
    ),
    ("start_with_incoming", "start", diagram(start(), user("a"), user("b"), end(), flows=LINE + "\na > b > start")),
    ("end_with_outgoing", "end", diagram(start(), user("a"), user("b"), end(), flows=LINE + "\nend > b > a")),
    ("boundary_with_incoming", "x", bounded(boundary("x", "a", timer("P1D")), flows="x > end\nstart > x")),
    (
        "event_subprocess_with_flows",
        "w",
        diagram(
            message("m"),
            start(),
            user("a"),
            end(),
            on_message("w", "m", end("e"), flows="w_start > e"),
            flows=LINE + "\na > w",
        ),
    ),
    (
        "dangling_default",
        "g",
        diagram(
            start(), user("a"), element("exclusiveGateway", "g", default="gone"), end(), flows="start > a > g > end"
        ),
    ),
    (
        "default_with_condition",
        "demo_f3",
        diagram(
            start(),
            user("a"),
            element("exclusiveGateway", "g", default="demo_f3"),
            end(),
            flows="start > a > g\ng > end : x\ng > a : y",
        ),
    ),
    (
        "misplaced_default",
        "g",
        diagram(start(), element("parallelGateway", "g"), user("a"), end(), flows="start > g\ng > a : *\na > end"),
    ),
    (
        "misplaced_condition",
        "demo_f2",
        diagram(start(), both("g"), user("a"), user("b"), end(), flows="start > g\ng > a : x\ng > b\na > end\nb > end"),
    ),
    ("misplaced_condition", "demo_f1", diagram(start(), user("a"), end(), flows="start > a : x\na > end")),
    (
        "join_waits_for_itself",
        "p",
        diagram(start(), both("p"), user("a"), xor("g"), end(), flows="start > p > a > g\ng > end : x\ng > p : *"),
    ),
    ("no_incoming", "b", diagram(start(), user("a"), user("b"), end(), flows=LINE + "\nb > end")),
    ("unreachable", "b", diagram(start(), user("a"), user("b"), user("c"), end(), flows=LINE + "\nb > c > b\nc > end")),
]


@pytest.mark.parametrize(("code", "where", "xml"), CASES, ids=[f"{i}-{c}" for i, (c, _w, _x) in enumerate(CASES)])
def test_refused(code: str, where: str, xml: bytes) -> None:
    assert_refused(code, where, xml)
