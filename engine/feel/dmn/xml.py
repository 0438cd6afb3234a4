"""Reading elements of the standard; what other namespaces add is decoration."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.feel.dmn.reading import NAMESPACES, attribute


def children(element: etree._Element, kind: str | None = None) -> Iterator[etree._Element]:
    """Child elements of the standard, of one kind."""
    for child in element:
        if etree.QName(child).namespace in NAMESPACES and (kind is None or local(child) == kind):
            yield child


def find(element: etree._Element, kind: str) -> etree._Element | None:
    """The first child of a kind."""
    return next(children(element, kind), None)


def local(element: etree._Element) -> str:
    """The kind of an element."""
    return etree.QName(element).localname


def text(element: etree._Element | None, kind: str = "text") -> str:
    """The FEEL text of a cell or expression, or the text of another child."""
    holder = None if element is None else find(element, kind)
    return "" if holder is None else (holder.text or "").strip()


def variable_name(element: etree._Element) -> str:
    """The name under which an element's value is known: that of its variable, or its own."""
    variable = find(element, "variable")
    return (attribute(variable, "name") if variable is not None else "") or attribute(element, "name")


def variable_type(element: etree._Element) -> str:
    """The typeRef of an element's variable, or of its logic."""
    for holder in (find(element, "variable"), find(element, "decisionTable"), find(element, "literalExpression")):
        if holder is not None and holder.get("typeRef"):
            return attribute(holder, "typeRef")
    return ""
