"""Every diagram in the house is drawn well: nothing overlaps or sticks out, every label can be read.

No two flows cross in 项目变更审批. The others may have at most `CROSSINGS` on a level, each at a right angle.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.workflows.drawing import Box, Line, Plane, Shape, faults, read_planes, undrawn

ROOT = Path(__file__).parents[2]
DIAGRAMS = sorted((ROOT / "workflows").glob("*/*.bpmn"))
CROSSINGS = 2
PLANES = [(path.stem, plane) for path in DIAGRAMS for plane in read_planes(path)]


@pytest.mark.parametrize(("key", "plane"), PLANES, ids=[f"{key}-{plane.id}" for key, plane in PLANES])
def test_drawing_has_no_faults(key: str, plane: Plane) -> None:
    assert faults(plane, 0 if key == "change_approval" else CROSSINGS) == []


@pytest.mark.parametrize("path", DIAGRAMS, ids=[path.stem for path in DIAGRAMS])
def test_everything_is_drawn_once(path: Path) -> None:
    assert undrawn(path) == []


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


def crossed(count: int, *, run_together: bool = False) -> Plane:
    """Two tasks far apart with a flow between them, crossed by others from top to bottom."""
    plane = Plane("level")
    for name, left, top in (("a", 0, 100), ("b", 1000, 100)):
        plane.shapes[name] = Shape(name, "userTask", Box(left, top, left + 100, top + 80))
    plane.lines["across"] = Line("across", "a", "b", ((100, 140), (1000, 140)))
    for n in range(count):
        x = 300 + 150 * n
        for name, top in ((f"above{n}", -100), (f"below{n}", 300)):
            plane.shapes[name] = Shape(name, "userTask", Box(x - 50, top, x + 50, top + 80))
        points = ((x, -20), (x, 140), (x + 20, 140), (x + 20, 300)) if run_together else ((x, -20), (x, 300))
        plane.lines[f"down{n}"] = Line(f"down{n}", f"above{n}", f"below{n}", points)
    return plane


def test_right_angles_are_counted_and_limited() -> None:
    assert faults(crossed(2), CROSSINGS) == []
    assert len(faults(crossed(2))) == 2
    assert len(faults(crossed(3), CROSSINGS)) == 3


def test_flows_that_run_together_are_never_allowed() -> None:
    assert faults(crossed(1, run_together=True), CROSSINGS) == ["across and down0 cross or run together"]


def test_what_is_not_drawn_is_noticed(tmp_path: Path) -> None:
    source = (ROOT / "workflows" / "change_approval" / "change_approval.bpmn").read_text("utf-8")
    broken = tmp_path / "broken.bpmn"
    broken.write_text(source.replace('bpmnElement="form_panel"', 'bpmnElement="issue_order"'), "utf-8")
    assert undrawn(broken) == ["form_panel is drawn 0 times", "issue_order is drawn 2 times"]
