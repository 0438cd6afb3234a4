"""Every diagram in the house is drawn well: nothing overlaps, crosses or sticks out, every label can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workflows.drawing import Plane, faults, read_planes

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
    assert starts and ends
    assert all(start.box.right < end.box.left for start in starts for end in ends)
