"""Reading one decision table."""

from __future__ import annotations

from lxml import etree

from engine.feel.dmn.check import (
    Findings,
    Known,
    check_answer,
    check_columns,
    check_expression,
    check_tests,
    check_type,
)
from engine.feel.dmn.hits import BY_PRIORITY, priorities
from engine.feel.dmn.model import Aggregation, HitPolicy, Input, Output, Rule
from engine.feel.dmn.reading import attribute
from engine.feel.dmn.table import DecisionTable
from engine.feel.dmn.xml import children, find, local, text
from engine.i18n import _

_PARTS = frozenset({"input", "output", "rule", "annotation", "description", "extensionElements"})
ORIENTATIONS = frozenset({"Rule-as-Row", "Rule-as-Column", "CrossTable"})
"""How a table is drawn; its rules are written the same way in all three."""


class TableReader:
    """Reads the tables of one model."""

    def __init__(self, findings: Findings, known: Known) -> None:
        self._findings = findings
        self._known = known

    def table(self, table: etree._Element, name: str) -> DecisionTable | None:
        """One table; None where there are problems, which are then in the findings."""
        findings = self._findings
        known = len(findings)
        owner = table.getparent()
        nameless = "" if owner is None else attribute(owner, "id")
        for child in children(table):
            if local(child) not in _PARTS:
                findings.complain(child, "element", _("判定表里暂不支持 {element}", element=local(child)))
        policy = self._hit_policy(table)
        inputs = tuple(self._input(child) for child in children(table, "input"))
        outputs = tuple(self._output(child, nameless) for child in children(table, "output"))
        check_columns(findings, table, outputs)
        rows = children(table, "rule")
        rules = tuple(self._rule(row, index, inputs, outputs) for index, row in enumerate(rows, start=1))
        if not rules:
            findings.complain(table, "rule", _("判定表没有规则"), name)
        aggregation = self._aggregation(table, policy, outputs)
        if len(findings) > known or policy is None:
            return None
        if policy in BY_PRIORITY and not self._has_priorities(outputs):
            findings.complain(
                table,
                "priority",
                _("命中策略 {name} 按输出列允许取值的先后排序，请填写允许的取值（outputValues）", name=policy.value),
                name,
            )
            return None
        return DecisionTable(
            0, name, policy, aggregation, inputs, outputs, rules, names=self._known.names, items=self._known.items
        )

    def _hit_policy(self, table: etree._Element) -> HitPolicy | None:
        name = table.get("hitPolicy", HitPolicy.UNIQUE.value)
        orientation = table.get("preferredOrientation", "Rule-as-Row")
        if orientation not in ORIENTATIONS:
            self._findings.complain(table, "orientation", _("不认识的表格方向 {name}", name=orientation))
        if name not in [one.value for one in HitPolicy]:
            names = "、".join(one.value for one in HitPolicy)
            self._findings.complain(
                table, "hit-policy", _("没有命中策略 {name}，请改用 {names}", name=name, names=names)
            )
            return None
        return HitPolicy(name)

    def _aggregation(
        self, table: etree._Element, policy: HitPolicy | None, outputs: tuple[Output, ...]
    ) -> Aggregation | None:
        name = attribute(table, "aggregation")
        if not name:
            return None
        if name not in Aggregation.__members__:
            names = "、".join(Aggregation.__members__)
            self._findings.complain(
                table, "aggregation", _("没有汇总方式 {name}，请改用 {names}", name=name, names=names)
            )
            return None
        if policy is not HitPolicy.COLLECT:
            self._findings.complain(table, "aggregation", _("汇总 {name} 只能用于命中策略 COLLECT", name=name))
        elif len(outputs) != 1:
            self._findings.complain(table, "aggregation", _("汇总 {name} 只能用于只有一个输出列的判定表", name=name))
        return Aggregation(name)

    def _has_priorities(self, outputs: tuple[Output, ...]) -> bool:
        return any(priorities(output) for output in outputs)

    def _input(self, element: etree._Element) -> Input:
        expression = find(element, "inputExpression")
        allowed = find(element, "inputValues")
        written = text(expression)
        label = attribute(element, "label") or written  # the standard asks for no label, explanations for some name
        reference = "" if expression is None else attribute(expression, "typeRef")
        owner = element if expression is None else expression
        check_expression(self._findings, owner, label, written, self._known)
        check_type(self._findings, owner, label, reference, self._known)
        if allowed is not None:
            check_tests(self._findings, allowed, label, text(allowed), self._known)
        return Input(attribute(element, "id"), label, written, reference, text(allowed))

    def _output(self, element: etree._Element, nameless: str) -> Output:
        """A single output may be nameless: it then bears the decision's id."""
        label, reference = attribute(element, "label"), attribute(element, "typeRef")
        allowed = find(element, "outputValues")
        name = attribute(element, "name") or nameless
        check_type(self._findings, element, label or name, reference, self._known)
        if allowed is not None:
            check_tests(self._findings, allowed, label or name, text(allowed), self._known)
        default = find(element, "defaultOutputEntry")
        output = Output(attribute(element, "id"), name, label, reference, text(allowed), text(default))
        if default is not None and output.default:
            check_answer(
                self._findings,
                default,
                _("{label} · 默认输出", label=label or name),
                output.default,
                output,
                self._known,
            )
        return output

    def _rule(self, row: etree._Element, index: int, inputs: tuple[Input, ...], outputs: tuple[Output, ...]) -> Rule:
        tests, answers = list(children(row, "inputEntry")), list(children(row, "outputEntry"))
        name = _("规则 {n}", n=index)
        if len(tests) != len(inputs) or len(answers) != len(outputs):
            self._findings.complain(row, "cells", _("单元格的个数与列数不一致"), name)
        for cell, column in zip(tests, inputs, strict=False):
            check_tests(self._findings, cell, f"{name} · {column.label}", text(cell), self._known)
        for cell, output in zip(answers, outputs, strict=False):
            label = f"{name} · {output.label or output.name}"
            check_answer(self._findings, cell, label, text(cell), output, self._known)
        notes = [text(row, "description"), *(text(note) for note in children(row, "annotationEntry"))]
        return Rule(
            index,
            attribute(row, "id"),
            "；".join(note for note in notes if note),
            tuple(text(cell) or "-" for cell in tests),
            tuple(text(cell) for cell in answers),
        )
