"""项目验收 as a drawing: what cannot be reached without a judgement, and what the house asks of every diagram."""

from __future__ import annotations

from engine.boot import ROOT
from engine.bpmn import NodeKind, check, check_house
from tests.workflows.change_approval.test_structure import reachable
from tests.workflows.organisation import Organisation
from tests.workflows.stage import HANDLERS, procedure

PROCEDURE = procedure("acceptance")
DIAGRAM = PROCEDURE.definition


def test_the_diagram_keeps_all_rules(organisation: Organisation) -> None:
    assert check((ROOT / "workflows" / "acceptance" / "acceptance.bpmn").read_bytes()) == []
    assert check_house(DIAGRAM, PROCEDURE.forms, PROCEDURE.decisions, HANDLERS, organisation.roles) == []


def test_every_form_and_table_is_used() -> None:
    assert {node.form for node in DIAGRAM.nodes.values() if node.form} == set(PROCEDURE.forms)
    assert {node.decision for node in DIAGRAM.nodes.values() if node.decision} == set(PROCEDURE.decisions)


def test_no_certificate_without_intake_group_review_and_vote() -> None:
    assert "certify" in reachable(DIAGRAM)
    for step in ("intake_accepted", "group_standing", "reviewed", "voted", "concluded_passed"):
        assert "certify" not in reachable(DIAGRAM, without={step}), step


def test_no_level_is_crowded() -> None:
    for scope in {node.scope for node in DIAGRAM.nodes.values()}:
        assert len([node for node in DIAGRAM.nodes.values() if node.scope == scope]) <= 25, scope


def test_no_number_is_hidden_in_the_diagram() -> None:
    """Deadlines come from the table of time limits."""
    for node in DIAGRAM.nodes.values():
        if node.deadline is not None:
            assert node.deadline.due.startswith("= limits."), node.id
        if node.timer is not None:
            assert "limits." in node.timer.text, node.id


def test_every_deadline_reminds_and_escalates() -> None:
    for node in DIAGRAM.nodes.values():
        if node.kind is NodeKind.USER_TASK:
            assert node.clauses == "2.3.1", node.id
            assert node.deadline is not None, node.id
            assert node.deadline.escalate, node.id
            assert node.deadline.remind, node.id


def test_every_end_says_how_the_case_ended() -> None:
    ends = {node.outcome for node in DIAGRAM.nodes.values() if node.kind is NodeKind.END_EVENT and node.outcome}
    assert ends == {"completed", "rejected", "lapsed", "withdrawn"}
