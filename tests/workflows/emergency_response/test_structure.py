"""应急处置 as a drawing: what the house asks of every diagram, and that every statutory limit is seen running."""

from __future__ import annotations

from engine.boot import ROOT
from engine.bpmn import NodeKind, check, check_house
from engine.bpmn.event_definitions import EventKind
from tests.workflows.organisation import Organisation
from tests.workflows.stage import HANDLERS, procedure

PROCEDURE = procedure("emergency_response")
DIAGRAM = PROCEDURE.definition


def test_the_diagram_keeps_all_rules(organisation: Organisation) -> None:
    assert check((ROOT / "workflows" / DIAGRAM.key / f"{DIAGRAM.key}.bpmn").read_bytes()) == []
    roles = organisation.roles
    assert check_house(DIAGRAM, PROCEDURE.forms, PROCEDURE.decisions, HANDLERS, roles) == []
    assert {node.form for node in DIAGRAM.nodes.values() if node.form} == set(PROCEDURE.forms)


def test_every_timer_is_a_countdown() -> None:
    timers = [node for node in DIAGRAM.nodes.values() if node.event is EventKind.TIMER]
    assert {node.clock for node in timers} == {
        "研判时限",
        "恢复时限",
        "报告时限",
        "转报时限",
        "续报时限",
        "总结报告时限",
    }


def test_every_person_knows_what_to_do_and_what_happens_else() -> None:
    for node in DIAGRAM.nodes.values():
        if node.kind is NodeKind.USER_TASK:
            assert node.documentation, node.id
            assert node.clauses == "5.3.3", node.id
            assert node.candidates is not None, node.id
            assert node.candidates.fallback, node.id
            assert node.deadline is not None, node.id
            assert node.deadline.consequence, node.id


def test_no_number_is_hidden_in_the_diagram() -> None:
    """Deadlines and statutory limits come from decision tables alone."""
    for node in DIAGRAM.nodes.values():
        if node.deadline is not None:
            due = node.deadline.due
            assert due.startswith("= "), node.id
            assert not any(sign.isdigit() for sign in due.replace("/ 60", "")), node.id  # minutes as hours
        if node.timer is not None:
            assert node.timer.text.startswith("= "), node.id
