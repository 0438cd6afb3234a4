"""Everything that is wrong with a table, at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from engine.errors import Finding
from engine.feel import nodes
from engine.feel.compiler import Layout, Scope, compile_cell, compile_node
from engine.feel.dmn.explain import literal
from engine.feel.dmn.items import ItemType, ItemTypes
from engine.feel.dmn.model import Output
from engine.feel.dmn.reading import attribute
from engine.feel.dmn.types import fits, known_type, word_for
from engine.feel.errors import FeelError
from engine.feel.expression import check_unary_tests
from engine.feel.parser import parse_unary_tests, parse_with_types
from engine.feel.values import kind
from engine.i18n import _

Compiling = Callable[[Scope], object]
"""Reads and compiles a text in a scope; raises FeelError."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the texts of a model may use: its names of several words, the names that something in it gives a value or a
    function, and its types."""

    names: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    items: Mapping[str, ItemType] = field(default_factory=dict)
    _scopes: list[Scope] = field(default_factory=list, compare=False)

    def parse(self, text: str) -> nodes.Node:
        """The tree of an expression."""
        return parse_with_types(text, self.names, ItemTypes(self.items))

    def scope(self) -> Scope:
        """A scope in which everything that is given somewhere is bound: whether it is given here is judged with the
        whole decision."""
        if not self._scopes:
            scope = Scope(Layout())
            for name in self.given:
                scope = scope.bind(name)
            self._scopes.append(scope)
        bound = self._scopes[0]
        return Scope(Layout(bound.layout.size), bound.outer, bound.name, bound.slot)  # the names, over a new layout


class Findings(list[Finding]):
    """Problems so far; each points to the nearest element with an id.

    `told` has besides them, in their order, the mistakes that may run, as null, and may not be published.
    """

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Finding] = []
        self._mistakes: set[tuple[str, int | None]] = set()

    def append(self, finding: Finding) -> None:
        """Add one that keeps the file from being run."""
        super().append(finding)
        self.told.append(finding)

    def complain(self, element: etree._Element, code: str, message: str, name: str = "", *, runs: bool = False) -> None:
        """Add one."""
        owner: etree._Element | None = element
        while owner is not None and not owner.get("id"):
            owner = owner.getparent()
        element_id = "" if owner is None else attribute(owner, "id")
        label = name or attribute(element, "name") or attribute(element, "label")
        finding = Finding("standard", f"dmn-{code}", element_id, label, message)
        (self.told if runs else self).append(finding)

    def attempt(self, element: etree._Element, name: str, text: str, scope: Scope, compiling: Compiling) -> bool:
        """Compile a text in a scope and complain if that fails, or of its first mistake; whether nothing was said."""
        try:
            compiling(scope)
        except FeelError as error:
            self.complain(element, "expression", str(error), name)
            return False
        for mistake in scope.layout.mistakes:
            self._mistakes.add((mistake.reason, mistake.at))
            self.complain(element, "expression", str(mistake.located(text)), name, runs=True)
            return False
        return True

    def mistaken(self, element: etree._Element, name: str, mistakes: Sequence[FeelError]) -> None:
        """Complain of the first mistake of a whole decision that was not seen at one of its texts."""
        for mistake in mistakes:
            if (mistake.reason, mistake.at) not in self._mistakes:
                self._mistakes.add((mistake.reason, mistake.at))
                self.complain(element, "expression", str(mistake), name, runs=True)
                return


def check_expression(findings: Findings, element: etree._Element, name: str, text: str, known: Known) -> None:
    """The expression of an input, or a literal expression."""
    if not text:
        findings.complain(element, "empty", _("请填写表达式"), name)
        return
    findings.attempt(element, name, text, known.scope(), lambda scope: compile_node(known.parse(text), scope))


def check_tests(findings: Findings, element: etree._Element, name: str, text: str, known: Known) -> None:
    """A cell on the left side, or a list of allowed values."""
    scope = known.scope().bind("?")
    findings.attempt(
        element, name, text, scope, lambda scope: compile_cell(parse_unary_tests(text, known.names), scope)
    )


def check_type(findings: Findings, element: etree._Element, name: str, reference: str, known: Known) -> None:
    """A typeRef: a simple type, or one of the model's."""
    if known_type(reference) is None and reference not in known.items:
        findings.complain(element, "type", _("不支持的类型 {type}，请选基本类型", type=reference), name)


def check_answer(
    findings: Findings, element: etree._Element, name: str, text: str, output: Output, known: Known
) -> None:
    """A cell on the right side: it must compile, and a constant must have the type and be allowed."""
    if not text:
        findings.complain(element, "empty", _("请填写输出的值"), name)
        return
    if not findings.attempt(element, name, text, known.scope(), lambda scope: compile_node(known.parse(text), scope)):
        return
    found = literal(known.parse(text))
    if found is None or found.value is None:
        return
    wanted = known_type(output.type)
    if wanted is not None and not fits(found.value, wanted):
        message = _("应为{wanted}，却是{found}", wanted=word_for(wanted), found=word_for(kind(found.value)))
        findings.complain(element, "type", message, name)
    elif output.allowed and not _allows(output.allowed, found.value):
        findings.complain(
            element, "allowed", _("{text} 不在允许的取值 {allowed} 里", text=text, allowed=output.allowed), name
        )


def _allows(tests: str, value: object) -> bool:
    try:
        return check_unary_tests(tests)(value) is True
    except FeelError:
        return True  # the tests themselves were complained about


def check_columns(findings: Findings, table: etree._Element, outputs: tuple[Output, ...]) -> None:
    """Several outputs need names, all different."""
    if not outputs:
        findings.complain(table, "output", _("判定表没有输出列"))
    names = [output.name for output in outputs]
    for name in sorted({name for name in names if names.count(name) > 1}):
        findings.complain(table, "output", _("输出列的名称重复：{name}", name=name or _("（空）")))
