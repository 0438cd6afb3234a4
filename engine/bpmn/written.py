"""Every FEEL text of a diagram that may be half-drawn, with the element that a person knows it by."""

from __future__ import annotations

from dataclasses import dataclass

from engine.bpmn.foreign.translate import translate
from engine.bpmn.gate.expressions import owner_of, texts_of
from engine.bpmn.gate.palette import local
from engine.bpmn.gate.xml import read_xml


@dataclass(frozen=True)
class Written:
    """A text: `owner` and `name` are those of the node, flow or process, `place` the tag that bears it."""

    owner: str
    name: str
    place: str
    text: str


def written_in(xml: bytes) -> list[Written]:
    """In the order of the file; none where it cannot be read."""
    try:
        root, _findings = read_xml(xml)
        found = []
        if root is not None:
            translate(root)
        for element in root.iter() if root is not None else ():
            for text in texts_of(element):
                owner = owner_of(element)
                found.append(Written(owner.get("id") or "", owner.get("name") or "", local(element), text))
        return found
    except Exception:  # whatever a hostile file provokes in a reader: it is complained about elsewhere
        return []
