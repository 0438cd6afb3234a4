"""House rules on ways: what runs and is nearly always a slip blocks publication."""

from __future__ import annotations

import pytest

from engine.bpmn import check, check_house, parse, sketch
from tests.engine.bpmn.build import (
    boundary,
    diagram,
    end,
    error,
    service,
    start,
    sub,
    terminate,
    timer,
    user,
    xor,
)
from tests.engine.bpmn.refused import LINE, bounded

CASES: list[tuple[str, str, bytes]] = [
    ("no_default", "g", diagram(start(), user("a"), xor("g"), end(), flows="start > a > g\ng > end : x\ng > a : y")),
    ("no_default", "a", diagram(start(), user("a"), end(), end("e2"), flows="start > a\na > end : x\na > e2 : y")),
    (
        "no_default",
        "g",
        diagram(start(), user("a"), xor("g"), end(), end("e2"), flows="start > a > g\ng > end : x\ng > e2"),
    ),
    (
        "no_condition",
        "demo_f4",
        diagram(start(), user("a"), xor("g"), end(), end("e2"), flows="start > a > g\ng > end : x\ng > a\ng > e2 : *"),
    ),
    ("single_condition", "g", diagram(start(), user("a"), xor("g"), end(), flows="start > a > g\ng > end : x")),
    ("no_outgoing", "b", diagram(start(), user("a"), user("b"), end(), flows=LINE + "\na > b")),
    ("no_outgoing", "x", bounded(boundary("x", "a", timer("P1D")), flows="start > a")),
    ("misplaced_boundary", "x", bounded(boundary("x", "a", timer("P1D")), host=service("a"))),
    ("misplaced_boundary", "x", bounded(boundary("x", "a", error()))),
    ("no_way_to_end", "b", diagram(start(), user("a"), user("b"), user("c"), end(), flows=LINE + "\na > b > c > b")),
]
QUIET = [
    diagram(start(), user("a"), user("b"), xor("g"), end(), flows="start > a > g\ng > end : x\ng > b : *\nb > end"),
    bounded(
        boundary("x", "a", timer("P1D")),
        host=sub("a", start("s1"), user("b"), user("c"), end("e1"), flows="s1 > b > c > b\ns1 > e1"),
    ),
    diagram(start(), user("a"), user("b"), user("c"), terminate(), flows=LINE + "\na > b > c > b"),
    bounded(boundary("x", "a", error()), host=service("a")),
]
WAYS = {"no_default", "no_condition", "single_condition", "no_outgoing", "no_way_to_end", "misplaced_boundary"}


def found(xml: bytes) -> list[tuple[str, str]]:
    assert check(xml) == []
    findings = check_house(parse(xml), forms=(), decisions=(), handlers=(), roles=())
    assert all(one.level == "house" and one.message.endswith("。") for one in findings)
    return [(one.code, one.element_id) for one in findings if one.code in WAYS]


@pytest.mark.parametrize(("code", "where", "xml"), CASES, ids=[f"{i}-{c}" for i, (c, _w, _x) in enumerate(CASES)])
def test_what_runs_but_blocks_publication(code: str, where: str, xml: bytes) -> None:
    assert (code, where) in found(xml)


def test_a_draft_that_cannot_run_yet_is_told_too() -> None:
    xml = diagram(start(), user("a"), xor("g"), user("lost"), end(), flows="start > a > g\ng > end : x\ng > a : y >")
    assert {one.code for one in check(xml)} == {"no_incoming", "bad_expression"}
    drawn = sketch(xml)
    assert drawn is not None
    found = check_house(drawn, forms=(), decisions=(), handlers=(), roles=())
    told = [(one.code, one.element_id) for one in found if one.code in WAYS]
    assert told == [("no_default", "g"), ("no_outgoing", "lost")]


@pytest.mark.parametrize("xml", QUIET)
def test_what_is_no_slip(xml: bytes) -> None:
    assert found(xml) == []
