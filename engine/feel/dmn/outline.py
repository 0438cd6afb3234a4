"""Decision tables that may be half-written, read as far as they can be: nothing here judges, and nothing raises."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from engine.errors import Finding
from engine.feel.dmn.model import Input, Output, Rule
from engine.feel.dmn.reading import NAMESPACES, attribute, read_definitions


@dataclass(frozen=True)
class TableOutline:
    """A decision table as written: ids and texts may be missing (""), rows may have too few or too many cells."""

    id: str
    name: str
    description: str
    hit_policy: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    aggregation: str = ""


def outline_decisions(xml: bytes) -> list[TableOutline] | None:
    """The tables of a file in its order; None when it is no DMN at all."""
    try:
        root = read_definitions(xml)
        if isinstance(root, Finding):
            return None
        return [_table(element) for element in _children(root, "decision")]
    except Exception:  # a reader's way of giving up on a hostile file; there is nothing to know about it
        return None


def _table(decision: etree._Element) -> TableOutline:
    table = next(iter(_children(decision, "decisionTable")), None)
    columns: list[etree._Element] = [] if table is None else _children(table, "input")
    answers: list[etree._Element] = [] if table is None else _children(table, "output")
    rows: list[etree._Element] = [] if table is None else _children(table, "rule")
    identity = attribute(decision, "id")
    return TableOutline(
        id=identity,
        name=attribute(decision, "name") or identity,
        description=_text(decision, "description"),
        hit_policy="" if table is None else table.get("hitPolicy", "UNIQUE"),
        inputs=tuple(_input(column) for column in columns),
        outputs=tuple(_output(column, identity) for column in answers),
        rules=tuple(_rule(row, index) for index, row in enumerate(rows, start=1)),
        aggregation="" if table is None else attribute(table, "aggregation"),
    )


def _input(element: etree._Element) -> Input:
    expression = next(iter(_children(element, "inputExpression")), None)
    return Input(
        attribute(element, "id"),
        attribute(element, "label"),
        "" if expression is None else _text(expression),
        "" if expression is None else attribute(expression, "typeRef"),
        _allowed(element, "inputValues"),
    )


def _output(element: etree._Element, decision: str) -> Output:
    return Output(
        attribute(element, "id"),
        attribute(element, "name") or decision,
        attribute(element, "label"),
        attribute(element, "typeRef"),
        _allowed(element, "outputValues"),
        _allowed(element, "defaultOutputEntry"),
    )


def _rule(row: etree._Element, index: int) -> Rule:
    notes = [_text(row, "description"), *(_text(note) for note in _children(row, "annotationEntry"))]
    return Rule(
        index,
        attribute(row, "id"),
        "；".join(note for note in notes if note),
        tuple(_text(cell) or "-" for cell in _children(row, "inputEntry")),
        tuple(_text(cell) for cell in _children(row, "outputEntry")),
    )


def _allowed(element: etree._Element, kind: str) -> str:
    values = next(iter(_children(element, kind)), None)
    return "" if values is None else _text(values)


def _children(element: etree._Element, kind: str) -> list[etree._Element]:
    """Child elements of the standard of that kind; other namespaces are decoration."""
    found = []
    for child in element:
        name = etree.QName(child)
        if name.localname == kind and name.namespace in NAMESPACES:
            found.append(child)
    return found


def _text(element: etree._Element, kind: str = "text") -> str:
    holder = next(iter(_children(element, kind)), None)
    return "" if holder is None else (holder.text or "").strip()
