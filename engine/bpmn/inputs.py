"""What a process declares to take from who starts it: its data inputs and data objects (BPMN 2.0, 10.4.1, 10.4.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from engine.bpmn.names import bpmn
from engine.bpmn.parser.data import Data

_TYPES = {
    "string": "string", "text": "string", "anyuri": "string",
    "number": "number", "decimal": "number", "integer": "number", "int": "number", "long": "number",
    "double": "number", "float": "number",
    "boolean": "boolean", "date": "date", "time": "time", "datetime": "date and time",
    "list": "list", "context": "context",
}  # fmt: skip
"""FEEL's type for the local name of a type, in the words of XML Schema and of FEEL."""


@dataclass(frozen=True, slots=True)
class ProcessInput:
    """A variable that is there when a case begins, if who starts it hands it over.

    `type` is FEEL's, "Any" where none is declared; of a collection it is "list", and `item` the type of its items.
    `required`: a data input that no `optionalInputRefs` names.
    """

    name: str
    label: str = ""
    type: str = "Any"
    item: str = "Any"
    required: bool = False


def process_inputs(process: Element, data: Data) -> tuple[ProcessInput, ...]:
    """The data inputs of a process's `ioSpecification`, then its data objects, in the order of the file. A title that
    no variable can have ("合同 (扫描件)") is left out: such data are drawn for the reader."""
    return tuple(one for one in _inputs(process, data) if re.fullmatch(r"[^\W\d]\w*", one.name))


def _inputs(process: Element, data: Data) -> Iterator[ProcessInput]:
    types = {e.get("id"): e for e in process.getroottree().getroot().iter(bpmn("itemDefinition"))}
    for box in process.findall(bpmn("ioSpecification")):
        optional = {(one.text or "").strip() for one in box.iter(bpmn("optionalInputRefs"))}
        for element in box.findall(bpmn("dataInput")):
            yield _input(element, data, types, required=element.get("id") not in optional)
    for element in process.findall(bpmn("dataObject")):
        yield _input(element, data, types, required=False)


def _input(element: Element, data: Data, types: dict[str | None, Element], *, required: bool) -> ProcessInput:
    reference = element.get("itemSubjectRef") or ""
    item = types.get(reference)
    if item is None:
        item = types.get(reference.rpartition(":")[2])
    kind = _TYPES.get(_local(reference if item is None else item.get("structureRef") or ""), "Any")
    several = "true" in (element.get("isCollection"), None if item is None else item.get("isCollection"))
    label = (element.findtext(bpmn("documentation")) or "").strip()
    name = data.name(element.get("id") or "")
    return ProcessInput(name, label, "list" if several else kind, kind if several else "Any", required)


def _local(reference: str) -> str:
    return reference.rpartition(":")[2].replace(" ", "").replace("_", "").lower().replace("dateandtime", "datetime")
