"""问题整改 as a drawing: what the house asks of every diagram, and what cannot be reached without verification."""

from __future__ import annotations

import pytest

from engine.boot import ROOT
from engine.bpmn import NodeKind, check, check_house
from engine.variables import Sources, known_variables
from tests.workflows.organisation import Organisation
from tests.workflows.stage import HANDLERS, procedure

KEYS = ["rectification", "violation"]


@pytest.mark.parametrize("key", KEYS)
def test_the_diagram_keeps_all_rules(key: str, organisation: Organisation) -> None:
    found = procedure(key)
    assert check((ROOT / "workflows" / key / f"{key}.bpmn").read_bytes()) == []
    assert check_house(found.definition, found.forms, found.decisions, HANDLERS, organisation.roles) == []
    assert {node.form for node in found.definition.nodes.values() if node.form} == set(found.forms)


@pytest.mark.parametrize("key", KEYS)
def test_no_number_is_hidden_in_the_diagram(key: str) -> None:
    """Deadlines come from decision tables or from the notice."""
    for node in procedure(key).definition.nodes.values():
        if node.deadline is not None:
            assert "limits." in node.deadline.due or "due" in node.deadline.due[1:], node.id
        if node.timer is not None:
            assert "limits." in node.timer.text or "due" in node.timer.text, node.id


@pytest.mark.parametrize("key", KEYS)
def test_every_person_knows_what_to_do_and_what_happens_else(key: str) -> None:
    for node in procedure(key).definition.nodes.values():
        if node.kind is not NodeKind.USER_TASK:
            continue
        assert node.documentation, node.id
        assert node.clauses, node.id
        assert node.candidates is not None, node.id
        assert node.candidates.fallback, node.id
        assert node.deadline is not None, node.id
        assert node.deadline.consequence, node.id


def test_nothing_is_closed_unverified() -> None:
    """整改 closes through 复查 alone; else it ends by an appeal, by handing over, or by its initiator."""
    nodes = procedure("rectification").definition.nodes
    before = {flow.source for node in nodes.values() for flow in node.outgoing if flow.target == "close"}
    assert before == {"verified"}
    assert {flow.source for node in nodes.values() for flow in node.outgoing if flow.target == "verified"} == {"verify"}


def test_who_did_it_does_not_verify_it() -> None:
    nodes = procedure("rectification").definition.nodes
    verify = nodes["verify"].candidates
    assert verify is not None
    doers = {"rectifier", "planning_by", "executing_by", "reporting_by"}
    assert verify.exclude is not None
    assert all(doer in verify.exclude for doer in doers)


def test_the_person_concerned_only_defends_and_appeals() -> None:
    """Every other task of 违规处理 leaves the person out."""
    for node in procedure("violation").definition.nodes.values():
        if node.kind is NodeKind.USER_TASK and node.id not in ("state_case", "appeal"):
            assert node.candidates is not None
            assert "person" in (node.candidates.exclude or ""), node.id


@pytest.mark.parametrize(
    ("key", "inputs"),
    [
        ("rectification", "problem evidence basis department due severity source measure_no"),
        ("violation", "person facts basis source"),
    ],
)
def test_it_declares_what_others_hand_over(key: str, inputs: str) -> None:
    xml = (ROOT / "workflows" / key / f"{key}.bpmn").read_bytes()
    first = next(iter(procedure(key).definition.scopes[key].event_starts))
    following = first.outgoing[0].target
    known = {one.name for one in known_variables(xml, Sources({}, (), {}))[following]}
    assert set(inputs.split()) <= known
