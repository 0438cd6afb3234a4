"""个人考核 as a drawing: nobody passes without a mark, the sample answers are the examiner's, no number is hidden."""

from __future__ import annotations

import json

import pytest

from engine.boot import ROOT
from engine.bpmn import NodeKind, check, check_house
from tests.workflows.change_approval.test_structure import reachable
from tests.workflows.organisation import Organisation
from tests.workflows.stage import HANDLERS, procedure

KEYS = ("personal_assessment", "assessment")
PROCEDURE = procedure("personal_assessment")
DIAGRAM = PROCEDURE.definition
EXAMINER = {"mark", "review"}
"""Forms that show the sample answers."""


@pytest.mark.parametrize("key", KEYS)
def test_the_diagram_keeps_all_rules(organisation: Organisation, key: str) -> None:
    found = procedure(key)
    assert check((ROOT / "workflows" / key / f"{key}.bpmn").read_bytes()) == []
    assert check_house(found.definition, found.forms, found.decisions, HANDLERS, organisation.roles) == []
    nodes = found.definition.nodes.values()
    assert {node.form for node in nodes if node.form} == set(found.forms)
    assert {node.decision for node in nodes if node.decision} == set(found.decisions)
    assert all(len([node for node in nodes if node.scope == scope]) <= 25 for scope in {node.scope for node in nodes})


@pytest.mark.parametrize("key", KEYS)
def test_no_number_is_hidden_in_the_diagram(key: str) -> None:
    """Deadlines and timers come from a table, the paper's minutes, the day that the plan names, or the calendar."""
    for node in procedure(key).definition.nodes.values():
        told = (node.timer.text if node.timer else "", node.deadline.due if node.deadline else "")
        for text in filter(None, told):
            sources = ("limits.", "remedy.", "paper.minutes", "opens_on", "0 0 9 10 1 ?")
            assert any(source in text for source in sources), node.id


def test_nobody_passes_without_sitting_grading_and_record() -> None:
    assert "conclude" in reachable(DIAGRAM)
    for step in ("sitting", "grading", "weigh", "judge", "announce", "record", "has_passed"):
        assert "conclude" not in reachable(DIAGRAM, without={step}), step


def test_restricted_rights_are_lifted_at_every_end() -> None:
    """Every way to an end leads through a step that lifts what was restricted."""
    for end in ("qualified", "stopped"):
        assert end in reachable(DIAGRAM)
        assert end not in reachable(DIAGRAM, without={"conclude", "stop"}), end
    assert [flow.source for flow in DIAGRAM.nodes["withdrawn"].incoming] == ["release"]


def test_sample_answers_are_in_no_form_that_the_person_sees() -> None:
    for name in PROCEDURE.forms:
        text = (ROOT / "forms" / "personal_assessment" / f"{name}.json").read_text("utf-8")
        papers = {one.get("properties", {}).get("paper") for one in json.loads(text)["components"]}
        assert ("open_answers" in papers) == (name in EXAMINER), name
    for node in DIAGRAM.nodes.values():
        if node.kind is NodeKind.USER_TASK and node.form in EXAMINER:
            assert node.candidates is not None
            assert "person" in (node.candidates.exclude or ""), node.id


def test_what_the_person_wrote_is_handed_in_when_the_time_is_over() -> None:
    sit = DIAGRAM.nodes["sit"]
    assert sit.on_timeout == "draft"
    assert [event.id for event in DIAGRAM.attached["sit"]] == ["time_over"]


def test_every_end_says_how_the_case_ended() -> None:
    ends = {node.outcome for node in DIAGRAM.nodes.values() if node.kind is NodeKind.END_EVENT and node.outcome}
    assert ends == {"completed", "stopped", "withdrawn"}
