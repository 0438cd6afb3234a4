"""Every diagram in the house is drawn well: nothing overlaps, crosses or sticks out, every label can be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.workflows.drawing import Box, Plane, faults, read_planes

ROOT = Path(__file__).parents[2]
DIAGRAMS = sorted((ROOT / "workflows").glob("*/*.bpmn"))
PLANES = [(path.stem, plane) for path in DIAGRAMS for plane in read_planes(path)]


@pytest.mark.parametrize("plane", [plane for _, plane in PLANES], ids=[f"{key}-{plane.id}" for key, plane in PLANES])
def test_drawing_has_no_faults(plane: Plane) -> None:
    assert faults(plane) == []


@pytest.mark.parametrize("plane", [plane for _, plane in PLANES], ids=[f"{key}-{plane.id}" for key, plane in PLANES])
def test_flow_runs_left_to_right(plane: Plane) -> None:
    """The first event stands left of everything that ends the level."""
    starts = [shape for shape in plane.nodes if shape.tag == "startEvent" and shape.inside not in plane.shapes]
    ends = [shape for shape in plane.nodes if shape.tag == "endEvent" and shape.inside not in plane.shapes]
    assert starts
    assert ends
    assert all(start.box.right < end.box.left for start in starts for end in ends)


def shifted(plane: Plane, node: str, x: float, y: float) -> list[str]:
    """The faults of the level after somebody has pushed one node."""
    shape = plane.shapes[node]
    box = Box(shape.box.left + x, shape.box.top + y, shape.box.right + x, shape.box.bottom + y)
    return faults(replace(plane, shapes={**plane.shapes, node: replace(shape, box=box)}))


@pytest.mark.parametrize(
    ("x", "y", "fault"),
    [
        (-60, 0, "graded and form_panel overlap or touch"),
        (0, 110, "form_panel sticks out of lane_platform"),
        (0, 5, "panel_formed does not start at form_panel"),
        (-60, 0, "grade_needs_review runs through form_panel"),
        (75, 40, "label 不合规定 of panel_refused lies on form_panel"),
    ],
)
def test_a_careless_push_is_noticed(x: float, y: float, fault: str) -> None:
    plane = read_planes(ROOT / "workflows" / "change_approval" / "change_approval.bpmn")[0]
    assert fault in shifted(plane, "form_panel", x, y)
