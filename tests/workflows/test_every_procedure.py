"""What holds for every procedure of the house: each person knows what to do, until when, and what happens else."""

from __future__ import annotations

import pytest

from engine import regulation
from engine.boot import ROOT
from engine.bpmn.model import Node, NodeKind
from tests.workflows.stage import procedure

KEYS = sorted(path.name for path in (ROOT / "workflows").iterdir() if path.is_dir())
TASKS = [
    (key, node) for key in KEYS for node in procedure(key).definition.nodes.values() if node.kind is NodeKind.USER_TASK
]


@pytest.mark.parametrize(("key", "node"), TASKS, ids=[f"{key}-{node.id}" for key, node in TASKS])
def test_every_task_has_a_person_a_form_a_deadline_and_a_clause(key: str, node: Node) -> None:
    assert node.documentation
    assert node.lane
    assert node.form
    assert node.candidates is not None
    assert node.candidates.fallback
    assert node.deadline is not None
    assert node.deadline.consequence
    numbers = regulation.clause_numbers(node.clauses)
    assert numbers
    assert set(numbers) <= {clause.number for clause in regulation.clauses()}


@pytest.mark.parametrize(("key", "node"), TASKS, ids=[f"{key}-{node.id}" for key, node in TASKS])
def test_no_time_is_written_into_a_diagram(key: str, node: Node) -> None:
    """Deadlines come from a decision table or from what somebody has set in the case."""
    assert node.deadline is not None
    assert node.deadline.due.startswith("= ")
