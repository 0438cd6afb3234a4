"""Everything a diagram says, element by element, for comparing: what each is, where it lies, what is inside it.

Reads what can be read, like `engine.bpmn.outline`; nothing here judges, and nothing raises.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml.etree import _Element as Element

from engine.bpmn.gate.palette import is_bpmn, local
from engine.bpmn.gate.xml import read_xml
from engine.bpmn.names import BPMN, BPMNDI, bpmn

_DI = "{http://www.omg.org/spec/DD/20100524/DI}"
_DC = "{http://www.omg.org/spec/DD/20100524/DC}"
_OWNERS = frozenset(
    {"definitions", "collaboration", "process", "subProcess", "transaction", "adHocSubProcess", "category"}
)
_LANES = frozenset({"laneSet", "childLaneSet", "lane"})
_PARTS = frozenset(
    {"documentation", "extensionElements", "incoming", "outgoing", "flowNodeRef", "laneSet", "childLaneSet", "import"}
    | {"multiInstanceLoopCharacteristics", "standardLoopCharacteristics", "ioSpecification", "collaboration"}
)
"""Children that belong to their element's own description, and frames without one."""


@dataclass(frozen=True)
class Item:
    """One element that a person knows: a step, flow, lane, pool, note, message, the process. `element` is its XML,
    `inside` the id of the process or subprocess around it, `lane` the innermost lane's id."""

    id: str
    tag: str
    name: str
    inside: str
    lane: str
    element: Element


@dataclass(frozen=True)
class Place:
    """Where something is drawn: `points` are left, top, width and height of a shape (`box`) or the bends of a flow, in
    whole pixels; `look` is what else the drawing says (colours, collapsed or not)."""

    box: bool
    points: tuple[int, ...]
    label: tuple[int, ...]
    look: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Inventory:
    """Elements and places by id, in the order of the file."""

    items: Mapping[str, Item]
    places: Mapping[str, Place]


def inventory(xml: bytes) -> Inventory | None:
    """What a diagram holds; None when it is no BPMN that can be read."""
    try:
        root, _findings = read_xml(xml)
        return None if root is None else _read(root)
    except Exception:  # a reader's way of giving up on a hostile file; it cannot be compared
        return None


def _read(root: Element) -> Inventory:
    lanes = {(reference.text or "").strip(): _parent_id(reference) for reference in root.iter(bpmn("flowNodeRef"))}
    items: dict[str, Item] = {}
    nameless: Counter[str] = Counter()
    for element in _known(root):
        identity = element.get("id") or _made_up(element, nameless)
        if identity and identity not in items:
            lane = lanes.get(identity, "")
            items[identity] = Item(identity, local(element), element.get("name") or "", _inside(element), lane, element)
    return Inventory(items, dict(_places(root)))


def _known(root: Element) -> Iterator[Element]:
    waiting = [root]
    while waiting:
        owner = waiting.pop()
        if owner is not root and local(owner) not in _LANES - {"lane"} and local(owner) != "collaboration":
            yield owner
        if local(owner) in _OWNERS or local(owner) in _LANES:
            inner = [child for child in owner if is_bpmn(child) and _is_item(owner, child)]
            waiting.extend(reversed(inner))


def _is_item(owner: Element, child: Element) -> bool:
    tag = local(child)
    if tag in ("laneSet", "childLaneSet", "collaboration"):
        return True
    if local(owner) in _LANES:
        return tag == "lane"
    return tag not in _PARTS and not tag.endswith("EventDefinition")


def _made_up(element: Element, nameless: Counter[str]) -> str:
    """A flow without an id is known by its ends; anything else without one cannot be told from another."""
    if local(element) != "sequenceFlow":
        return ""
    ends = f"{element.get('sourceRef')}->{element.get('targetRef')}"
    nameless[ends] += 1
    return f"{ends}#{nameless[ends]}"


def _inside(element: Element) -> str:
    at = element.getparent()
    while at is not None and local(at) not in _OWNERS:
        at = at.getparent()
    return "" if at is None or at.tag == BPMN + "definitions" else at.get("id") or ""


def _parent_id(element: Element) -> str:
    parent = element.getparent()
    return "" if parent is None else parent.get("id") or ""


def _places(root: Element) -> Iterator[tuple[str, Place]]:
    for shape in root.iter(BPMNDI + "BPMNShape", BPMNDI + "BPMNEdge"):
        known = shape.get("bpmnElement")
        if not known:
            continue
        bends = [number for point in shape.iterfind(_DI + "waypoint") for number in _numbers(point, "x", "y")]
        points = bends or _bounds(shape)
        label = shape.find(BPMNDI + "BPMNLabel")
        look = {
            str(name).rpartition("}")[2]: str(value)
            for name, value in shape.attrib.items()
            if name not in ("id", "bpmnElement", "isMarkerVisible", "isHorizontal")
        }
        yield (
            known,
            Place(not bends, tuple(points), () if label is None else _bounds(label), tuple(sorted(look.items()))),
        )


def _bounds(shape: Element) -> tuple[int, ...]:
    bounds = shape.find(_DC + "Bounds")
    return () if bounds is None else tuple(_numbers(bounds, "x", "y", "width", "height"))


def _numbers(element: Element, *names: str) -> Iterator[int]:
    for name in names:
        try:
            number = float(element.get(name) or "0")
            yield round(number) if abs(number) < 1e9 else 0
        except ValueError:
            yield 0
