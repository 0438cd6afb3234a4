"""Judging parts together: hostile diagrams, forms and tables end in findings, never in a trace or a hang."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.blank import blank_diagram
from engine.boot import ROOT
from engine.bpmn import check
from engine.bundle import MAX_ENTRIES
from engine.errors import PartFinding, PartsRefused
from engine.parts import MAX_BYTES, Parts, read_procedure
from engine.platform import Platform
from engine.publication import check_parts, find_all, find_problems
from tests.fixtures.story import KEY

FOUND = read_procedure(ROOT, KEY)
assert FOUND is not None
GOOD: Parts = FOUND


def problems(platform: Platform, parts: Parts) -> list[PartFinding]:
    """What is wrong with the parts; `check_parts` says the same."""
    with platform.database.read() as session:
        found = find_problems(platform, session, parts)
        if found:
            with pytest.raises(PartsRefused) as refused:
                check_parts(platform, session, parts)
            assert [one.finding.message for one in refused.value.parts] == [one.finding.message for one in found]
        else:
            assert check_parts(platform, session, parts).key == parts.key
    return found


def component(body: str) -> bytes:
    """A form with one component."""
    return f'{{"type": "default", "id": "f", "components": [{body}]}}'.encode()


def cell(text: str) -> bytes:
    """The grading table with one test of it replaced."""
    before = GOOD.decisions["grade"]
    start = before.index(b"<inputEntry")
    start = before.index(b"<text>", start) + 6
    return before[:start] + text.encode() + before[before.index(b"</text>", start) :]


def test_the_procedures_of_the_checkout_have_no_problem(platform: Platform) -> None:
    assert problems(platform, GOOD) == []


def test_rules_that_meet_keep_a_table_from_being_published_and_a_gap_does_not(platform: Platform) -> None:
    meeting = GOOD.decisions["vote_rule"].replace('"较大"'.encode(), '"较大", "重大"'.encode(), 1)
    found = problems(platform, replace(GOOD, decisions={**GOOD.decisions, "vote_rule": meeting}))[0]
    assert (found.kind, found.name, found.finding.level) == ("decision", "vote_rule", "house")
    assert found.finding.element_id == "vote_rule_major"
    assert "变更等级" in found.finding.message
    slow = GOOD.decisions["time_limits"].replace('"一般"'.encode(), '"不急"'.encode())
    parts = replace(GOOD, decisions={**GOOD.decisions, "time_limits": slow})
    assert "scenario" in {one.kind for one in problems(platform, parts)}  # the played cases only, not the table
    with platform.database.read() as session:
        hints = [one.finding for one in find_all(platform, session, parts) if one.finding.level == "hint"]
    told = [(one.code, one.level, one.element_id) for one in hints if one.code != "dmn-skipped"]
    assert told == [("dmn-gap", "hint", "time_limits"), ("dmn-never", "hint", "time_limits_normal")]


FORMS = {
    "html": component('{"type": "html", "id": "a", "content": "<script>alert(1)</script>"}'),
    "iframe": component('{"type": "iframe", "id": "a", "url": "https://evil.example"}'),
    "button script": component('{"type": "button", "id": "a", "action": "javascript:alert(1)", "label": "x"}'),
    "unknown": component('{"type": "evil", "id": "a"}'),
    "image": component('{"type": "image", "id": "a", "source": "javascript:alert(1)"}'),
    "broken": b'{"type": "default"',
    "no object": b"[1, 2]",
    "deep": b"[" * 200_000,
    "deep groups": b'{"type":"default","id":"f","components":' + b'[{"type":"group","components":' * 400 + b"}]" * 400,
    "huge": component(", ".join(f'{{"type": "textfield", "id": "a{n}", "key": "k{n}"}}' for n in range(70_000))),
    "binary": b"\xff\xfe\x00",
    "twice": b'{"type": "default", "type": "x", "id": "f", "components": []}',
    "regular expression": component(
        '{"type": "textfield", "id": "a", "key": "k", "label": "x", "validate": {"pattern": "(a+)+$("}}'
    ),
    "endless loop": component(
        '{"type": "expression", "id": "a", "key": "k", "expression": "=for i in 1..1000000000 return i +"}'
    ),
}


@pytest.mark.parametrize("case", FORMS)
def test_a_hostile_form_is_a_finding_of_that_form(platform: Platform, case: str) -> None:
    began = time.process_time()
    found = problems(platform, replace(GOOD, forms={**GOOD.forms, "order": FORMS[case]}))
    assert {(one.kind, one.name) for one in found} == {("form", "order")}
    assert time.process_time() - began < 10


def test_markup_in_labels_is_text_or_a_finding(platform: Platform) -> None:
    """A label is shown as text wherever we show it; the form's own editor and viewer escape it too."""
    body = '{"type": "textfield", "id": "a", "key": "k", "label": "<img src=x onerror=alert(1)>"}'
    found = problems(platform, replace(GOOD, forms={**GOOD.forms, "extra": component(body)}))
    assert {(one.kind, one.name) for one in found} <= {("form", "extra")}


TABLES = {
    "broken": b"<definitions",
    "doctype": b'<!DOCTYPE x [<!ENTITY a "b">]>' + GOOD.decisions["grade"][40:],
    "another kind": b'<definitions xmlns="http://example.org"/>',
    "python": cell("__import__(&quot;os&quot;).system(&quot;x&quot;)"),
    "unclosed": cell("(((((("),
    "deep": cell("(" * 50_000),
    "huge": GOOD.decisions["grade"] + b"<!--" + b" " * MAX_BYTES + b"-->",
    "empty": b"",
}


@pytest.mark.parametrize("case", TABLES)
def test_a_hostile_table_is_a_finding_of_that_table(platform: Platform, case: str) -> None:
    began = time.process_time()
    found = problems(platform, replace(GOOD, decisions={**GOOD.decisions, "grade": TABLES[case]}))
    assert {(one.kind, one.name) for one in found} == {("decision", "grade")}
    assert time.process_time() - began < 10


DIAGRAMS = {
    "empty": b"",
    "broken": GOOD.diagram[:5000],
    "another format": b"<svg/>",
    "json": b"{}",
    "doctype": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "five megabytes": GOOD.diagram.replace(
        b"</bpmn:definitions>", b"<!--" + b"x" * 5_000_000 + b"--></bpmn:definitions>"
    ),
    "foreign element": GOOD.diagram.replace(b"bpmn:userTask", b"bpmn:adHocSubProcess"),
    "foreign extension": GOOD.diagram.replace(b"guicheng:candidates", b"guicheng:evil"),
    "deep": b"<a>" * 100_000,
    "many": b"<a>" + b"<b/>" * 600_000 + b"</a>",
    "utf-7": b'<?xml version="1.0" encoding="utf-7"?><x/>',
}


@pytest.mark.parametrize("case", DIAGRAMS)
def test_a_hostile_diagram_is_a_finding_of_the_diagram(platform: Platform, case: str) -> None:
    began = time.process_time()
    found = problems(platform, replace(GOOD, diagram=DIAGRAMS[case]))
    assert {(one.kind, one.name) for one in found} == {("diagram", KEY)}
    assert time.process_time() - began < 10


def test_everything_is_judged_at_once(platform: Platform) -> None:
    forms = {**GOOD.forms, "order": b"{", "panel": b"["}
    parts = Parts(KEY, b"<x/>", forms, {**GOOD.decisions, "grade": b"<"})
    told = {(one.kind, one.name, one.finding.level) for one in problems(platform, parts)}
    assert told == {
        ("diagram", KEY, "standard"),
        ("form", "order", "standard"),
        ("form", "panel", "standard"),
        ("decision", "grade", "standard"),
    }


def test_what_the_house_wants_is_told_beside_what_no_engine_could_run(platform: Platform) -> None:
    """One task without a deadline, and a flow that leads nowhere: both are named, the standard first."""
    start = GOOD.diagram.index(b"<guicheng:deadline")
    no_deadline = GOOD.diagram[:start] + GOOD.diagram[GOOD.diagram.index(b"/>", start) + 2 :]
    first = no_deadline.index(b'targetRef="')
    broken = no_deadline[:first] + b'targetRef="nowhere' + no_deadline[first + 11 :]
    told = problems(platform, Parts(KEY, broken, GOOD.forms, GOOD.decisions))
    levels = [one.finding.level for one in told]
    assert levels == sorted(levels, reverse=True)
    assert {"standard", "house"} == set(levels)
    assert [one.finding.code for one in told if one.finding.level == "house"] == ["deadline_missing"]


def test_what_could_not_travel_as_files_is_no_version(platform: Platform) -> None:
    found = problems(platform, replace(GOOD, forms={**GOOD.forms, "a b/../c": GOOD.forms["order"]}))
    assert [(one.kind, one.finding.code) for one in found] == [("form", "part_name")]
    many = {f"s{n}": GOOD.forms["order"] for n in range(MAX_ENTRIES)}
    found = problems(platform, replace(GOOD, forms={**GOOD.forms, **many}))
    assert [one.finding.code for one in found] == ["too_much"]


def test_a_new_procedure_can_be_run_as_it_is_and_lacks_only_what_the_house_wants(platform: Platform) -> None:
    diagram = blank_diagram("purchase", '采购 "&<审批>', "CG")
    assert check(diagram) == []
    found = problems(platform, Parts("purchase", diagram, {}, {}))
    assert {one.finding.level for one in found} == {"house"}
    assert "form_missing" in {one.finding.code for one in found}


@pytest.mark.long
@given(kind=st.sampled_from(["diagram", "form", "decision"]), noise=st.binary(max_size=30), at=st.integers(0, 100_000))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_noise_in_any_part_never_raises(platform: Platform, kind: str, noise: bytes, at: int) -> None:
    name = {"diagram": KEY, "form": "order", "decision": "grade"}[kind]
    files = {(one, part): content for one, part, content in GOOD.files()}
    content = files[kind, name]
    at %= len(content)
    files[kind, name] = content[:at] + noise + content[at + len(noise) :]
    with platform.database.read() as session:
        find_problems(platform, session, Parts.of(KEY, files))
