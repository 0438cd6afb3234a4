"""What people call the variables of a procedure."""

from __future__ import annotations

from pathlib import Path

from engine.i18n import set_language
from engine.variables import Sources, variable_labels

ROOT = Path(__file__).parents[3]
DIAGRAM = (ROOT / "workflows/change_approval/change_approval.bpmn").read_bytes()
FORMS = {path.name.split(".")[0]: path.read_bytes() for path in (ROOT / "forms/change_approval").glob("*.json")}
TABLES = [path.read_bytes() for path in (ROOT / "workflows/change_approval").glob("*.dmn")]


def test_fields_results_and_values_go_by_what_people_read() -> None:
    labels = variable_labels(DIAGRAM, "change_approval", Sources(FORMS, TABLES, {}))
    assert labels["cost_change"] == "费用影响"
    assert labels["route.next"] == "送上级"
    assert labels["necessity"] == "必要性审查的结果"
    assert labels["necessity=reject"] == "驳回"


def test_labels_come_in_the_language_in_force() -> None:
    set_language("en")
    try:
        labels = variable_labels(DIAGRAM, "change_approval", Sources(FORMS, TABLES, {}))
    finally:
        set_language("zh")
    assert labels["necessity"] not in ("", "必要性审查的结果")


def test_a_diagram_that_cannot_be_read_knows_no_labels() -> None:
    assert variable_labels(b"<", "p", Sources({}, [], {})) == {}
