"""Boxed expressions as people read them, close to how FEEL writes them; nothing here judges."""

from __future__ import annotations

from lxml import etree

from engine.feel.dmn.reading import attribute
from engine.feel.dmn.xml import children, find, local, text
from engine.i18n import _

_DEEPEST = 12
_LONGEST = 4000
BOXES = frozenset(
    {"literalExpression", "context", "list", "relation", "invocation", "conditional", "filter", "for", "some", "every"}
    | {"functionDefinition", "decisionTable"}
)
"""Elements that are expressions."""


def boxed_text(owner: etree._Element) -> str:
    """The expression inside an element as text, "" without one; what is too long or nested too deeply ends in …"""
    told = _inside(owner, 0)
    return told if len(told) <= _LONGEST else told[:_LONGEST] + "…"


def _inside(owner: etree._Element | None, depth: int) -> str:
    if owner is None:
        return "…"
    box = next((child for child in children(owner) if local(child) in BOXES), None)
    return "" if box is None else _told(box, depth + 1)


def _told(box: etree._Element, depth: int) -> str:
    if depth > _DEEPEST:
        return "…"
    kind = local(box)
    if kind == "literalExpression":
        return text(box)
    if kind == "decisionTable":
        return _("（一张 {n} 条规则的判定表）", n=len(list(children(box, "rule"))))
    if kind == "context":
        return _lines("{", [_entry(row, depth) for row in children(box, "contextEntry")], "}")
    if kind == "list":
        return _lines("[", [_told(one, depth + 1) for one in children(box) if local(one) in BOXES], "]")
    if kind == "relation":
        columns = [attribute(column, "name") for column in children(box, "column")]
        return _lines("[", [_row(columns, row, depth) for row in children(box, "row")], "]")
    if kind == "invocation":
        given = [
            f"{attribute(parameter, 'name')}: {_inside(binding, depth)}"
            for binding in children(box, "binding")
            if (parameter := find(binding, "parameter")) is not None
        ]
        return f"{_inside(box, depth)}({', '.join(given)})"
    if kind == "conditional":
        condition, then, otherwise = (_inside(find(box, part), depth) for part in ("if", "then", "else"))
        return f"if {condition} then {then} else {otherwise}"
    if kind == "filter":
        return f"{_inside(find(box, 'in'), depth)}[{_inside(find(box, 'match'), depth)}]"
    if kind == "functionDefinition":
        names = ", ".join(attribute(one, "name") for one in children(box, "formalParameter"))
        return f"function({names}) {_inside(box, depth)}"
    word = "return" if kind == "for" else "satisfies"
    source, body = _inside(find(box, "in"), depth), _inside(find(box, word), depth)
    return f"{kind} {attribute(box, 'iteratorVariable')} in {source} {word} {body}"


def _entry(row: etree._Element, depth: int) -> str:
    variable = find(row, "variable")
    value = _inside(row, depth)
    return value if variable is None else f"{attribute(variable, 'name')}: {value}"


def _row(names: list[str], row: etree._Element, depth: int) -> str:
    cells = [_told(cell, depth + 1) for cell in children(row) if local(cell) in BOXES]
    return "{" + ", ".join(f"{name}: {cell}" for name, cell in zip(names, cells, strict=False)) + "}"


def _lines(start: str, entries: list[str], end: str) -> str:
    """On one line if that is short, else an entry a line."""
    line = f"{start}{', '.join(entries)}{end}"
    if len(line) <= 60 and "\n" not in line:
        return line
    inner = ",\n".join("  " + entry.replace("\n", "\n  ") for entry in entries)
    return f"{start}\n{inner}\n{end}"
