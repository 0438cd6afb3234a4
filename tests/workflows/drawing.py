"""Reads how a diagram is drawn and says what is wrong with the drawing: the eye of a careful draughtsman as geometry.

Texts are measured as `FONT` pixels a Chinese character and half of that for others, which is how browsers set them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from pathlib import Path

from lxml import etree

FONT = 14
SPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
}
CONTAINERS = {"participant", "lane"}
Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, gap: float = 0) -> bool:
        """Whether the two overlap or come nearer than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def holds(self, other: Box) -> bool:
        """Whether `other` lies wholly inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


@dataclass(frozen=True)
class Shape:
    """A node, lane or pool: `host` is the activity of a boundary event, `inside` the expanded subprocess around it."""

    id: str
    tag: str
    box: Box
    host: str | None = None
    inside: str | None = None
    expanded: bool = False


@dataclass(frozen=True)
class Line:
    """A drawn sequence flow."""

    id: str
    source: str
    target: str
    points: tuple[Point, ...]

    def segments(self) -> Iterator[Box]:
        """Its straight parts, as rectangles without width."""
        for (x1, y1), (x2, y2) in pairwise(self.points):
            yield Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


@dataclass
class Plane:
    """One level of a diagram as drawn."""

    id: str
    shapes: dict[str, Shape] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    labels: dict[str, tuple[str, Box]] = field(default_factory=dict)
    lanes: dict[str, str] = field(default_factory=dict)

    @property
    def nodes(self) -> list[Shape]:
        """Everything but pools and lanes."""
        return [shape for shape in self.shapes.values() if shape.tag not in CONTAINERS]


def read_planes(path: Path) -> list[Plane]:
    """The levels of a diagram."""
    root = etree.fromstring(path.read_bytes())
    elements = {element.get("id"): element for element in root.iter() if element.get("id")}
    lanes = {
        ref.text: lane.get("id")
        for lane in root.iterfind(".//bpmn:lane", SPACES)
        for ref in lane.iterfind("bpmn:flowNodeRef", SPACES)
    }
    return [_plane(plane, elements, lanes) for plane in root.iterfind(".//bpmndi:BPMNPlane", SPACES)]


def _plane(drawn: etree._Element, elements: dict[str, etree._Element], lanes: dict[str, str]) -> Plane:
    plane = Plane(drawn.get("bpmnElement"))
    for shape in drawn.iterfind("bpmndi:BPMNShape", SPACES):
        element = elements[shape.get("bpmnElement")]
        parent = element.getparent()
        plane.shapes[element.get("id")] = Shape(
            element.get("id"),
            etree.QName(element).localname,
            _bounds(shape.find("dc:Bounds", SPACES)),
            host=element.get("attachedToRef"),
            inside=parent.get("id") if etree.QName(parent).localname == "subProcess" else None,
            expanded=shape.get("isExpanded") == "true",
        )
        _label(plane, shape, element)
    for edge in drawn.iterfind("bpmndi:BPMNEdge", SPACES):
        element = elements[edge.get("bpmnElement")]
        points = tuple((float(p.get("x")), float(p.get("y"))) for p in edge.iterfind("di:waypoint", SPACES))
        plane.lines[element.get("id")] = Line(
            element.get("id"), element.get("sourceRef"), element.get("targetRef"), points
        )
        _label(plane, edge, element)
    plane.lanes = {node: lane for node, lane in lanes.items() if node in plane.shapes}
    return plane


def _bounds(bounds: etree._Element) -> Box:
    x, y, width, height = (float(bounds.get(name)) for name in ("x", "y", "width", "height"))
    return Box(x, y, x + width, y + height)


def _label(plane: Plane, drawn: etree._Element, element: etree._Element) -> None:
    bounds = drawn.find("bpmndi:BPMNLabel/dc:Bounds", SPACES)
    if bounds is not None and element.get("name"):
        plane.labels[element.get("id")] = (element.get("name"), _text_box(element.get("name"), _bounds(bounds)))


def text_width(text: str) -> float:
    """Width of a text in pixels at `FONT`."""
    return sum(FONT if ord(char) > 0x2E7F else FONT / 2 for char in text)


def _text_box(text: str, place: Box) -> Box:
    """Where the text itself stands: centred in the place the file gives it."""
    middle, width = (place.left + place.right) / 2, text_width(text)
    return Box(middle - width / 2, place.top + 1, middle + width / 2, place.top + 1 + FONT * 1.15)


def faults(plane: Plane, crossings: int = 0) -> list[str]:
    """Everything wrong with a level, as sentences; empty for a good drawing. So many `crossings` are allowed, where two
    flows meet at a right angle and go on."""
    crossed = list(_crossings(plane))
    right = [text for text, clean in crossed if clean]
    wrong = [text for text, clean in crossed if not clean] + (right if len(right) > crossings else [])
    return [
        *_overlaps(plane),
        *_outside_lanes(plane),
        *_outside_subprocess(plane),
        *_lines(plane),
        *wrong,
        *_labels(plane),
    ]


def undrawn(path: Path) -> list[str]:
    """Nodes and sequence flows that no level shows, or more than one."""
    root = etree.fromstring(path.read_bytes())
    drawn = Counter(element.get("bpmnElement") for element in root.iterfind(".//bpmndi:BPMNPlane/*", SPACES))
    wanted = [element for element in root.iter() if _is_drawn(element)]
    return [f"{one.get('id')} is drawn {drawn[one.get('id')]} times" for one in wanted if drawn[one.get("id")] != 1]


def _is_drawn(element: etree._Element) -> bool:
    if not isinstance(element.tag, str) or etree.QName(element).namespace != SPACES["bpmn"]:
        return False
    name = etree.QName(element).localname
    activity = name.endswith(("Task", "Event", "Gateway")) or name in ("task", "subProcess", "callActivity")
    return activity or name in ("sequenceFlow", "adHocSubProcess", "transaction")


def _overlaps(plane: Plane) -> Iterator[str]:
    for a, b in combinations(plane.nodes, 2):
        related = a.host == b.id or b.host == a.id or a.inside == b.id or b.inside == a.id
        if not related and a.box.meets(b.box, gap=4):
            yield f"{a.id} and {b.id} overlap or touch"


def _outside_lanes(plane: Plane) -> Iterator[str]:
    for node, lane in plane.lanes.items():
        if not plane.shapes[lane].box.holds(plane.shapes[node].box):
            yield f"{node} sticks out of {lane}"
    if any(shape.tag == "lane" for shape in plane.shapes.values()):
        for shape in plane.nodes:
            if shape.inside not in plane.shapes and shape.id not in plane.lanes:
                yield f"{shape.id} is in no lane"


def _outside_subprocess(plane: Plane) -> Iterator[str]:
    for shape in plane.nodes:
        around = plane.shapes.get(shape.inside or "")
        if around is not None and around.expanded and shape.host is None and not around.box.holds(shape.box):
            yield f"{shape.id} sticks out of {around.id}"


def _lines(plane: Plane) -> Iterator[str]:
    for line in plane.lines.values():
        ends = {line.source, line.target}
        if not _touches(plane.shapes[line.source], line.points[0]):
            yield f"{line.id} does not start at {line.source}"
        if not _touches(plane.shapes[line.target], line.points[-1]):
            yield f"{line.id} does not end at {line.target}"
        for (x1, y1), (x2, y2) in pairwise(line.points):
            if x1 != x2 and y1 != y2:
                yield f"{line.id} is slanted"
        for shape in plane.nodes:
            if shape.id in ends or shape.expanded or plane.shapes[line.source].host == shape.id:
                continue
            if any(segment.meets(shape.box) for segment in line.segments()):
                yield f"{line.id} runs through {shape.id}"


def _touches(shape: Shape, point: Point) -> bool:
    x, y = point
    box = shape.box
    return (x in (box.left, box.right) and box.top <= y <= box.bottom) or (
        y in (box.top, box.bottom) and box.left <= x <= box.right
    )


def _crossings(plane: Plane) -> Iterator[tuple[str, bool]]:
    """Two flows that meet; whether they cross once, at a right angle, and both go on."""
    for a, b in combinations(plane.lines.values(), 2):
        met = [(one, two) for one in a.segments() for two in b.segments() if _cross(one, two)]
        if met:
            yield f"{a.id} and {b.id} cross or run together", len(met) == 1 and _right_angle(*met[0])


def _cross(a: Box, b: Box) -> bool:
    return a.left <= b.right and b.left <= a.right and a.top <= b.bottom and b.top <= a.bottom


def _right_angle(a: Box, b: Box) -> bool:
    """Whether one goes across, the other up and down, and they meet within both."""
    across, upright = (a, b) if a.top == a.bottom else (b, a)
    return across.left < upright.left < across.right and upright.top < across.top < upright.bottom


def _labels(plane: Plane) -> Iterator[str]:
    for owner, (text, box) in plane.labels.items():
        for shape in plane.nodes:
            if box.meets(shape.box) and not shape.expanded and not _beside_diamond(shape, box):
                yield f"label {text} of {owner} lies on {shape.id}"
        for line in plane.lines.values():
            if any(segment.meets(box) for segment in line.segments()):
                yield f"label {text} of {owner} is struck through by {line.id}"
        for lane in plane.shapes.values():
            if lane.tag == "lane" and box.top < lane.box.bottom < box.bottom:
                yield f"label {text} of {owner} lies on the border of {lane.id}"
    for (a, (text, box)), (b, (other, place)) in combinations(plane.labels.items(), 2):
        if box.meets(place):
            yield f"labels {text} of {a} and {other} of {b} overlap"
    for shape in plane.nodes:
        named = shape.tag.endswith(("Event", "Gateway")) and shape.tag != "parallelGateway"
        if named and shape.id not in plane.labels:
            yield f"{shape.id} has no label"


def _beside_diamond(shape: Shape, label: Box) -> bool:
    """Whether a label that meets a gateway's square misses the diamond in it."""
    if not shape.tag.endswith("Gateway"):
        return False
    box = shape.box
    x, y, half = (box.left + box.right) / 2, (box.top + box.bottom) / 2, (box.right - box.left) / 2
    near_x = min(max(x, label.left), label.right)
    near_y = min(max(y, label.top), label.bottom)
    return abs(near_x - x) + abs(near_y - y) >= half
