"""Boxed expressions (DMN 1.5, 10.2) → the syntax tree that their texts would have, so that they run like any other."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml import etree

from engine.feel import nodes
from engine.feel.budget import MAX_NESTING
from engine.feel.dmn.check import Findings, Known, check_expression
from engine.feel.dmn.items import Checked, Converted, ItemType
from engine.feel.dmn.located import Record, Text
from engine.feel.dmn.types import known_kind
from engine.feel.dmn.xml import children, find, local, text
from engine.feel.types import FunctionOf, Type
from engine.i18n import _

RESULT = "⟨result⟩"
"""The key of a context's result; no text can spell it."""
_NULL = nodes.Literal(0, None)
_OF_OTHER_TYPE = ("functionDefinition", "decisionTable")  # typeRef of a function is that of the function

TableReader = Callable[[etree._Element, str], nodes.Node | None]


class Boxes:
    """Reads the boxed expressions of one model; what is wrong goes into the findings.

    `read_table` reads a table inside of a box.
    """

    def __init__(self, findings: Findings, known: Known, read_table: TableReader) -> None:
        self._findings = findings
        self._known = known
        self._read_table = read_table
        self._kinds: Mapping[str, Callable[[etree._Element, str], nodes.Node]] = {
            "literalExpression": self._literal,
            "context": self._context,
            "list": self._list,
            "relation": self._relation,
            "invocation": self._invocation,
            "functionDefinition": self.function,
            "conditional": self._conditional,
            "for": self._for,
            "some": self._quantified,
            "every": self._quantified,
            "filter": self._filter,
            "decisionTable": self._table,
        }
        self._nesting = 0

    def inside(self, element: etree._Element, name: str) -> nodes.Node:
        """The expression that an element holds; its absence is a finding. `name` is told in findings."""
        for child in children(element):
            if local(child) in self._kinds:
                return self.expression(child, name)
        self._findings.complain(element, "empty", _("请填写表达式"), name)
        return _NULL

    def expression(self, element: etree._Element, name: str) -> nodes.Node:
        """One boxed expression."""
        if self._nesting >= MAX_NESTING:
            self._findings.complain(element, "nesting", _("表达式嵌套太深，最多 {n} 层", n=MAX_NESTING), name)
            return _NULL
        self._nesting += 1
        node = self._kinds[local(element)](element, name)
        self._nesting -= 1
        if local(element) in _OF_OTHER_TYPE:
            return node
        return self.converted(node, element.get("typeRef") or "", name)

    def item(self, reference: str) -> ItemType | None:
        """The type that a typeRef asks for; None where it asks for nothing."""
        item = self._known.items.get(reference)
        if item is None:
            kind = known_kind(reference)
            item = None if kind is None else ItemType(reference, kind)
        return item

    def checked(self, node: nodes.Node, reference: str, label: str) -> nodes.Node:
        """What comes from outside: it must be of the type."""
        item = self.item(reference)
        return node if item is None else Checked(0, node, item, label)

    def converted(self, node: nodes.Node, reference: str, label: str) -> nodes.Node:
        """What is computed inside: it is converted to the type."""
        item = self.item(reference)
        return node if item is None else Converted(0, node, item, label)

    def result(self, node: nodes.Node, reference: str, label: str) -> nodes.Node:
        """The body of a function; the type is that of the function, or, as before DMN 1.2, of what it gives."""
        item = self.item(reference)
        if item is not None and isinstance(item.type, FunctionOf):
            item = ItemType(reference, item.type.result)
        return node if item is None else Converted(0, node, item, label)

    def _literal(self, element: etree._Element, name: str) -> nodes.Node:
        written, known = text(element), len(self._findings)
        check_expression(self._findings, element, name, written, self._known)
        if len(self._findings) > known:
            return _NULL
        return Text(0, written, self._known.parse(written))

    def _context(self, element: etree._Element, name: str) -> nodes.Node:
        entries: dict[str, nodes.Node] = {}
        result = False
        for entry in children(element, "contextEntry"):
            variable = find(entry, "variable")
            key = RESULT if variable is None else (variable.get("name") or "")
            if not key or key in entries:
                self._findings.complain(entry, "entry", _("上下文的键重复：{key}", key=key), name)
                continue
            node = self.inside(entry, name if variable is None else f"{name} · {key}")
            reference = "" if variable is None else variable.get("typeRef") or ""
            entries[key] = self.converted(node, reference, key)
            result = result or variable is None
        context = nodes.ContextLiteral(0, tuple(entries.items()))
        return nodes.Path(0, context, RESULT) if result else context

    def _list(self, element: etree._Element, name: str) -> nodes.Node:
        items = [self.expression(child, name) for child in children(element) if local(child) in self._kinds]
        return nodes.ListLiteral(0, tuple(items))

    def _relation(self, element: etree._Element, name: str) -> nodes.Node:
        columns = [column.get("name") or "" for column in children(element, "column")]
        rows: list[nodes.Node] = []
        for row in children(element, "row"):
            cells = [self.expression(cell, name) for cell in children(row) if local(cell) in self._kinds]
            if len(cells) != len(columns) or len(set(columns)) != len(columns):
                self._findings.complain(row, "cells", _("单元格的个数与列数不一致"), name)
                continue
            # Cells of a row do not see each other, so that no column hides a variable of its name.
            entries = tuple(zip(columns, cells, strict=True))
            rows.append(Record(0, entries))
        return nodes.ListLiteral(0, tuple(rows))

    def _invocation(self, element: etree._Element, name: str) -> nodes.Node:
        called = find(element, "literalExpression")
        names: list[str] = []
        arguments: list[nodes.Node] = []
        for binding in children(element, "binding"):
            parameter = find(binding, "parameter")
            names.append("" if parameter is None else parameter.get("name") or "")
            arguments.append(self.inside(binding, f"{name} · {names[-1]}"))
        written = text(called)
        given = (tuple(arguments), tuple(names) if names else None)
        if called is None or not written:
            self._findings.complain(element, "empty", _("请填写表达式"), name)
            return _NULL
        if all(word.isidentifier() for word in written.split()):
            return Text(0, written, nodes.Call(0, " ".join(written.split()), *given))
        return nodes.Invocation(0, self._literal(called, name), *given)

    def function(self, element: etree._Element, name: str, reference: str = "") -> nodes.Node:
        """A functionDefinition, or the encapsulatedLogic of a business knowledge model, whose type is handed in."""
        if (element.get("kind") or "FEEL") != "FEEL":
            self._findings.complain(element, "function", _("不运行外部函数（external）"), name)
            return _NULL
        parameters: list[tuple[str, Type | None]] = []
        body_checks: list[tuple[str, str]] = []
        for parameter in children(element, "formalParameter"):
            key, wanted = parameter.get("name") or "", parameter.get("typeRef") or ""
            if not key or key in dict(parameters):
                self._findings.complain(parameter, "parameter", _("参数重复：{name}", name=key), name)
                continue
            item = self.item(wanted)
            parameters.append((key, None if item is None else item.type))
            if wanted in self._known.items:
                body_checks.append((key, wanted))
        body = self.result(self.inside(element, name), reference, name)
        if body_checks:
            entries = tuple((key, self.checked(nodes.Name(0, key), own, key)) for key, own in body_checks)
            body = nodes.Path(0, nodes.ContextLiteral(0, (*entries, (RESULT, body))), RESULT)
        return nodes.FunctionDefinition(0, tuple(parameters), body)

    def _conditional(self, element: etree._Element, name: str) -> nodes.Node:
        condition, then, otherwise = (self._part(element, part, name) for part in ("if", "then", "else"))
        return nodes.Conditional(0, condition, then, otherwise)

    def _for(self, element: etree._Element, name: str) -> nodes.Node:
        return nodes.For(0, (self._iterator(element, name),), self._part(element, "return", name))

    def _quantified(self, element: etree._Element, name: str) -> nodes.Node:
        body = self._part(element, "satisfies", name)
        return nodes.Quantified(0, local(element) == "every", (self._iterator(element, name),), body)

    def _filter(self, element: etree._Element, name: str) -> nodes.Node:
        return nodes.Filter(0, self._part(element, "in", name), self._part(element, "match", name))

    def _iterator(self, element: etree._Element, name: str) -> nodes.Iterator:
        return nodes.Iterator(element.get("iteratorVariable") or "item", self._part(element, "in", name), None)

    def _part(self, element: etree._Element, part: str, name: str) -> nodes.Node:
        holder = find(element, part)
        if holder is None:
            self._findings.complain(element, "part", _("缺少 {missing}", missing=part), name)
            return _NULL
        return self.inside(holder, name)

    def _table(self, element: etree._Element, name: str) -> nodes.Node:
        return self._read_table(element, name) or _NULL
