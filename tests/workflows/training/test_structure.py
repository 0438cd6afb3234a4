"""培训实施与建档 as a drawing: what the house asks of every diagram, and what other procedures may rely on."""

from __future__ import annotations

from engine.boot import ROOT
from engine.bpmn import NodeKind, check, check_house
from engine.variables import Sources, known_variables
from tests.workflows.change_approval.test_structure import reachable
from tests.workflows.organisation import Organisation
from tests.workflows.stage import HANDLERS, procedure

PROCEDURE = procedure("training")
DIAGRAM = PROCEDURE.definition
XML = (ROOT / "workflows" / "training" / "training.bpmn").read_bytes()


def test_the_diagram_keeps_all_rules(organisation: Organisation) -> None:
    assert check(XML) == []
    assert check_house(DIAGRAM, PROCEDURE.forms, PROCEDURE.decisions, HANDLERS, organisation.roles) == []


def test_every_form_and_table_is_used() -> None:
    assert {node.form for node in DIAGRAM.nodes.values() if node.form} == set(PROCEDURE.forms)
    assert {node.decision for node in DIAGRAM.nodes.values() if node.decision} == set(PROCEDURE.decisions)


def test_nobody_gets_a_record_without_signing_up_and_signing_in() -> None:
    assert "record" in reachable(DIAGRAM)
    for step in ("arranging_done", "preparing_finished", "somebody_comes", "attending_done", "evaluating_finished"):
        assert "record" not in reachable(DIAGRAM, without={step}), step


def test_no_level_is_crowded() -> None:
    for scope in {node.scope for node in DIAGRAM.nodes.values()}:
        assert len([node for node in DIAGRAM.nodes.values() if node.scope == scope]) <= 25, scope


def test_no_number_is_hidden_in_the_diagram() -> None:
    """Times come from the tables or are the days of the training itself."""
    for node in DIAGRAM.nodes.values():
        told = [node.deadline.due] if node.deadline else []
        told += [node.timer.text] if node.timer else []
        for text in told:
            assert any(name in text for name in ("limits.", "sign_up_days", "held_on", "ends_on")), node.id


def test_whoever_scores_does_not_confirm_the_scores() -> None:
    candidates = DIAGRAM.nodes["check_scores"].candidates
    assert candidates is not None
    assert candidates.exclude == "= [scoring_by]"


def test_what_an_assessment_hands_over_is_known_from_the_start() -> None:
    known = {one.name: one for one in known_variables(XML, Sources({}, (), {}))["set_limits"]}
    asked = ("title", "attendees", "reason", "contents")
    assert [(name, known[name].type) for name in asked] == [
        ("title", "string"),
        ("attendees", "list"),
        ("reason", "string"),
        ("contents", "list"),
    ]


def test_every_end_says_how_the_case_ended() -> None:
    ends = {node.outcome for node in DIAGRAM.nodes.values() if node.kind is NodeKind.END_EVENT and node.outcome}
    assert ends == {"completed", "cancelled", "withdrawn"}
