"""项目变更审批 as a drawing: what cannot be reached without approval, and what the house asks of every diagram."""

from __future__ import annotations

from collections.abc import Collection
from itertools import product

from engine.boot import ROOT
from engine.bpmn import Definition, NodeKind, check, check_house
from tests.workflows.organisation import Organisation
from tests.workflows.stage import procedure

PROCEDURE = procedure("change_approval")
DIAGRAM = PROCEDURE.definition
APPROVALS = {"department_approval", "platform_approval", "executive_approval"}


def reachable(definition: Definition, without: Collection[str] = ()) -> set[str]:
    """Nodes of the process that can be reached from its start when these flows and nodes are taken away."""
    found, waiting = set(), [definition.start.id]
    while waiting:
        node = definition.nodes[waiting.pop()]
        if node.id in found or node.id in without:
            continue
        found.add(node.id)
        waiting += [flow.target for flow in node.outgoing if flow.id not in without]
        waiting += [event.id for event in definition.attached.get(node.id, ())]
    return found


def test_the_diagram_keeps_all_rules(organisation: Organisation) -> None:
    xml = (ROOT / "workflows" / "change_approval" / "change_approval.bpmn").read_bytes()
    assert check(xml) == []
    handlers = {"change_approval.update_baseline"}
    assert check_house(DIAGRAM, PROCEDURE.forms, PROCEDURE.decisions, handlers, organisation.roles) == []


def test_every_form_is_used() -> None:
    assert {node.form for node in DIAGRAM.nodes.values() if node.form} == set(PROCEDURE.forms)


def test_implementation_is_reached_by_approval_alone() -> None:
    everything = reachable(DIAGRAM)
    assert {node.id for node in DIAGRAM.nodes.values() if node.scope == DIAGRAM.key} - everything == {"withdrawal"}
    assert "implementation" not in reachable(DIAGRAM, without={"change_approved"})
    assert "update_baseline" not in reachable(DIAGRAM, without={"change_approved"})
    assert "implementation" not in reachable(DIAGRAM, without={"department_approval"})


def test_only_the_last_level_of_a_grade_approves() -> None:
    """Over all acts and grades: 批准 comes from the one level that the regulation names for the grade."""
    chain = PROCEDURE.decisions["approval_chain"]
    acts = [action.value for id in APPROVALS for action in DIAGRAM.nodes[id].actions.items]  # type: ignore[union-attr]
    approved = set()
    for act, grade in product([*acts, None], ["一般", "较大", "重大", None]):
        value = chain.evaluate({"approval": act, "grade": grade, "approval_by": "leizhen", "route": None}).value
        if value and value["conclusion"] == "批准":  # type: ignore[call-overload]
            approved.add((act, grade))
    assert approved == {
        ("department_approved", "一般"),
        ("platform_approved", "较大"),
        ("executive_approved", "重大"),
    }


def test_no_number_is_hidden_in_the_diagram() -> None:
    """Deadlines, shares and rounds come from decision tables or from the order."""
    for node in DIAGRAM.nodes.values():
        if node.deadline is not None:
            assert node.deadline.due.startswith("= "), node.id
        if node.timer is not None:
            assert "limits." in node.timer.text or "implement_days" in node.timer.text, node.id


def test_every_deadline_reminds_and_escalates() -> None:
    for node in DIAGRAM.nodes.values():
        if node.kind is NodeKind.USER_TASK:
            assert node.clauses == "2.2.3", node.id
            assert node.deadline is not None, node.id
            assert node.deadline.escalate, node.id
            assert node.deadline.remind, node.id


def test_every_end_says_how_the_case_ended() -> None:
    ends = {node.outcome for node in DIAGRAM.nodes.values() if node.kind is NodeKind.END_EVENT and node.outcome}
    assert ends == {"completed", "rejected", "lapsed", "rolled_back", "withdrawn"}
