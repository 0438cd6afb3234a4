"""itemDefinition → types; the types of imported models come under the name of the import."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from engine.feel.dmn.check import Findings
from engine.feel.dmn.items import ItemType
from engine.feel.dmn.reading import attribute
from engine.feel.dmn.types import known_kind, known_type
from engine.feel.dmn.xml import children, find, text
from engine.feel.errors import FeelError
from engine.feel.expression import UnaryTests, check_unary_tests
from engine.feel.types import ANY, FunctionOf, Type
from engine.i18n import _

MAX_NESTING = 20


class Definitions:
    """Reads the types of one model."""

    def __init__(
        self, root: etree._Element, findings: Findings, imported: Mapping[str, ItemType], names: frozenset[str]
    ) -> None:
        self._findings = findings
        self._names = names
        self._elements = {attribute(one, "name"): one for one in children(root, "itemDefinition")}
        # What is imported without a name never takes the place of what the model itself defines.
        self._done = {name: item for name, item in imported.items() if name not in self._elements}
        self._open: list[str] = []

    def read(self) -> dict[str, ItemType]:
        """All types by name."""
        for name in self._elements:
            self._named(name)
        return self._done

    def _named(self, name: str) -> ItemType | None:
        if name in self._done:
            return self._done[name]
        element = self._elements.get(name)
        if element is None:
            return None
        if name in self._open:
            self._findings.complain(element, "type", _("类型 {type} 由自己组成", type=name), name)
            return None
        self._open.append(name)
        self._done[name] = self._item(element, name)
        self._open.pop()
        return self._done[name]

    def _item(self, element: etree._Element, name: str) -> ItemType:
        parts: list[tuple[str, ItemType]] = []
        if len(self._open) <= MAX_NESTING:
            self._open.append("")
            parts = [
                (attribute(part, "name"), self._item(part, attribute(part, "name")))
                for part in children(element, "itemComponent")
            ]
            self._open.pop()
        else:
            self._findings.complain(element, "type", _("类型嵌套太深，最多 {n} 层", n=MAX_NESTING), name)
        collection = element.get("isCollection") == "true"
        allowed, constraint = self._tests(element, "allowedValues"), self._tests(element, "typeConstraint")
        reference = text(element, "typeRef")
        base = self._base(element, reference, name)
        kind = known_kind(reference) or self._function(element, name) or ANY
        return ItemType(name, kind, tuple(parts), collection, allowed, constraint, base)

    def _function(self, element: etree._Element, name: str) -> Type | None:
        """The type of a `functionItem`; what it leaves open is Any."""
        holder = find(element, "functionItem")
        if holder is None:
            return None
        parameters = tuple(
            self._referred(holder, attribute(one, "typeRef"), name) for one in children(holder, "parameters")
        )
        return FunctionOf(parameters, self._referred(holder, attribute(holder, "outputTypeRef"), name))

    def _referred(self, element: etree._Element, reference: str, name: str) -> Type:
        base = self._base(element, reference, name)
        return base.type if base is not None else known_kind(reference) or ANY

    def _base(self, element: etree._Element, reference: str, name: str) -> ItemType | None:
        if not reference or known_type(reference) is not None:
            return None
        base = self._named(reference)
        if base is None and reference not in self._open:
            self._findings.complain(element, "type", _("没有定义类型 {type}", type=reference), name)
        return base

    def _tests(self, element: etree._Element, kind: str) -> UnaryTests | None:
        holder = find(element, kind)
        written = text(holder)
        if not written or holder is None:
            return None
        try:
            return check_unary_tests(written, self._names)
        except FeelError as error:
            self._findings.complain(holder, "expression", str(error), attribute(element, "name"))
            return None
