"""Data of an activity: Camunda's parameters, and what BPMN says with data objects, associations and stores.

Both come to the same: named inputs are variables of the activity's own (or what a handler is given), named outputs
write variables of the scope around it. A data object is the variable of its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml.etree import _Element as Element

from engine.bpmn.expressions import always_feel
from engine.bpmn.names import PLACEHOLDER, bpmn, camunda


class Data:
    """What data elements are called; built once for a file."""

    def __init__(self, root: Element) -> None:
        self._names: dict[str, str] = {}
        self._stores: dict[str, str] = {}
        objects: dict[str, Element] = {e.get("id") or "": e for e in root.iter(bpmn("dataObject"))}
        stores: dict[str, Element] = {e.get("id") or "": e for e in root.iter(bpmn("dataStore"))}
        named = {identity: element.get("name") for identity, element in objects.items()}
        references = list(root.iter(bpmn("dataObjectReference")))
        for reference in references:  # however often it is drawn, a data object is one variable
            drawn = reference.get("dataObjectRef") or ""
            named[drawn] = named.get(drawn) or reference.get("name")
        for identity in objects:
            self._names[identity] = named[identity] or identity
        for reference in references:
            drawn = reference.get("dataObjectRef") or ""
            self._names[_id(reference)] = named[drawn] or drawn or _id(reference)
        for reference in root.iter(bpmn("dataStoreReference")):
            store = stores.get(reference.get("dataStoreRef") or "")
            self._stores[_id(reference)] = (
                (store is not None and store.get("name"))
                or reference.get("name")
                or _id(store if store is not None else reference)
            )
        for tag in ("dataInput", "dataOutput", "property"):
            for element in root.iter(bpmn(tag)):
                self._names[_id(element)] = element.get("name") or _id(element)

    def name(self, identity: str) -> str:
        """The variable that stands for a data element; one that is not drawn is a variable's own name."""
        return self._names.get(identity, identity)

    def of(self, element: Element) -> dict[str, Any]:
        """The fields of `Node` that say what goes in and comes out."""
        inputs, outputs = list(parameters(element, "inputParameter")), list(parameters(element, "outputParameter"))
        read: list[tuple[str, str]] = []
        written: list[tuple[str, str]] = []
        for association in element.findall(bpmn("dataInputAssociation")):
            for target, source, text in self._moves(association):
                if source in self._stores:
                    read.append((target, self._stores[source]))
                else:
                    inputs.append((target, text))
        for association in element.findall(bpmn("dataOutputAssociation")):
            for target, _source, text in self._moves(association, outwards=True):
                (written if target in self._stores.values() else outputs).append((target, text))
        return {
            "inputs": tuple(inputs),
            "outputs": tuple(outputs),
            "stores_read": tuple(read),
            "stores_written": tuple(written),
        }

    def _moves(self, association: Element, *, outwards: bool = False) -> Iterator[tuple[str, str, str]]:
        """(variable or store written, id of the source, text of the value)."""
        target = (association.findtext(bpmn("targetRef")) or "").strip()
        source = (association.findtext(bpmn("sourceRef")) or "").strip()
        assignments = association.findall(bpmn("assignment"))
        for assignment in assignments:
            to = (assignment.findtext(bpmn("to")) or "").strip().removeprefix("=").strip()
            text = always_feel(assignment.findtext(bpmn("from")) or "null")
            yield self._target(to or target), source, f"= {text}"
        transformation = (association.findtext(bpmn("transformation")) or "").strip()
        if assignments or not target or not (source or transformation) or self.name(target) == PLACEHOLDER:
            return  # an arrow that says what is read or written, and moves nothing
        value = always_feel(transformation) if transformation else self.name(source)
        yield self._target(target), source, f"= {value}"

    def _target(self, identity: str) -> str:
        return self._stores.get(identity) or self.name(identity)


def parameters(element: Element, kind: str) -> Iterator[tuple[str, str]]:
    """(name, text) of Camunda's inputParameter or outputParameter elements."""
    path = f"{bpmn('extensionElements')}/{camunda('inputOutput')}/{camunda(kind)}"
    return ((item.get("name") or "", (item.text or "").strip()) for item in element.iterfind(path))


def called_data(element: Element, kind: str) -> tuple[tuple[str | None, str], ...]:
    """What a call activity hands over ("in") or gets back ("out"): (name, text), the name None for everything."""
    found: list[tuple[str | None, str]] = []
    for item in element.iterfind(f"{bpmn('extensionElements')}/{camunda(kind)}"):
        if item.get("variables") == "all":
            found.append((None, ""))
        elif item.get("target"):
            expression = item.get("sourceExpression")
            text = always_feel(expression) if expression is not None else item.get("source") or "null"
            found.append((item.get("target"), f"= {text}"))
    return tuple(found)


def _id(element: Element | None) -> str:
    return "" if element is None else element.get("id") or ""
