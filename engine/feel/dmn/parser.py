"""DMN XML → decisions. What is not run is refused by name; all problems are reported at once."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.errors import DecisionRefused, Finding
from engine.feel.dmn.check import Findings, check_answer, check_columns, check_expression, check_tests, check_type
from engine.feel.dmn.evaluator import TableEvaluator
from engine.feel.dmn.model import BY_PRIORITY, Aggregation, Decision, HitPolicy, Input, Output, Rule
from engine.feel.dmn.reading import NAMESPACES, attribute, read_definitions
from engine.feel.dmn.table import Grid
from engine.i18n import _

# Drawings, texts and descriptions have no effect; everything else of the standard has one and must be known.
_WITHOUT_EFFECT = frozenset(
    {"description", "extensionElements", "question", "allowedAnswers", "inputData", "knowledgeSource", "textAnnotation"}
    | {"association", "group", "elementCollection", "performanceIndicator", "organizationUnit", "authorityRequirement"}
)
_PARTS_OF_DECISION = frozenset({"decisionTable", "variable", "informationRequirement"})
_PARTS_OF_TABLE = frozenset({"input", "output", "rule", "annotation"})
_ORIENTATIONS = frozenset({"Rule-as-Row", "Rule-as-Column", "CrossTable"})  # of the drawing: the rules are the same
_FEEL_NAMES = frozenset({"feel", "FEEL"})


def parse_decisions(xml: bytes) -> dict[str, Decision]:
    """All decision tables of a file by id. Raises DecisionRefused with every problem found."""
    findings = Findings()
    decisions = _read(xml, findings)
    if findings:
        raise DecisionRefused(findings)
    return decisions


def check_decisions(xml: bytes) -> list[Finding]:
    """The problems of a file; never raises."""
    findings = Findings()
    _read(xml, findings)
    return list(findings)


def decision_ids(xml: bytes) -> list[str]:
    """The ids of a file's decisions, right or wrong; none where it cannot be read."""
    root = read_definitions(xml)
    return [] if isinstance(root, Finding) else [attribute(one, "id") for one in _children(root, "decision")]


def _read(xml: bytes, findings: Findings) -> dict[str, Decision]:
    root = read_definitions(xml)
    if isinstance(root, Finding):
        findings.append(root)
        return {}
    decisions: dict[str, Decision] = {}
    _check_ids(root, findings)
    _check_language(root, findings)
    for element in _children(root):
        kind = _local(element)
        if kind == "decision":
            decision = _decision(element, findings)
            if decision is not None:
                decisions[decision.id] = decision
        elif kind not in _WITHOUT_EFFECT:
            findings.complain(element, "element", _("暂不支持 {element}，请只用判定表", element=kind))
    if not decisions and not findings:
        findings.complain(root, "decision", _("文件里没有判定表"))
    return decisions


def _decision(element: etree._Element, findings: Findings) -> Decision | None:
    """One decision; None where there are problems, which are then in the findings."""
    known = len(findings)
    table: etree._Element | None = None
    for child in _children(element):
        kind = _local(child)
        if kind == "decisionTable":
            table = child
        elif kind == "informationRequirement" and _find(child, "requiredDecision") is not None:
            findings.complain(
                child, "requirement", _("暂不支持依赖另一个决策，请合并为一张判定表"), attribute(element, "name")
            )
        elif kind not in _PARTS_OF_DECISION and kind not in _WITHOUT_EFFECT:
            findings.complain(
                child, "element", _("暂不支持 {element}，请只用判定表", element=kind), attribute(element, "name")
            )
    if not element.get("id"):
        findings.complain(element, "id", _("决策缺少 id"))
    if table is None:
        if len(findings) == known:
            findings.complain(element, "table", _("决策里没有判定表"))
        return None
    return _table(element, table, findings)


def _table(element: etree._Element, table: etree._Element, findings: Findings) -> Decision | None:
    known = len(findings)
    for child in _children(table):
        if _local(child) not in _PARTS_OF_TABLE and _local(child) not in _WITHOUT_EFFECT:
            findings.complain(child, "element", _("判定表里暂不支持 {element}", element=_local(child)))
    policy = _hit_policy(table, findings)
    inputs = tuple(_input(child, findings) for child in _children(table, "input"))
    outputs = tuple(_output(child, element, findings) for child in _children(table, "output"))
    aggregation = _aggregation(table, policy, outputs, findings)
    check_columns(findings, table, inputs, outputs)
    if policy is not None and policy in BY_PRIORITY and not any(output.allowed for output in outputs):
        message = _("命中策略 {name} 按输出列允许取值的先后排序，请填写允许的取值（outputValues）", name=policy.value)
        findings.complain(table, "priority", message)
    rows = _children(table, "rule")
    rules = tuple(_rule(row, index, inputs, outputs, findings) for index, row in enumerate(rows, start=1))
    if not rules:
        findings.complain(table, "rule", _("判定表没有规则"), attribute(element, "name"))
    if len(findings) > known or policy is None:
        return None
    identity = attribute(element, "id")
    name = attribute(element, "name") or identity
    compiled = TableEvaluator(name, Grid(policy, inputs, outputs, rules, aggregation))
    return Decision(identity, name, policy, inputs, outputs, rules, compiled, aggregation)


def _hit_policy(table: etree._Element, findings: Findings) -> HitPolicy | None:
    name = table.get("hitPolicy", HitPolicy.UNIQUE.value)
    orientation = table.get("preferredOrientation", "Rule-as-Row")
    if orientation not in _ORIENTATIONS:
        findings.complain(table, "orientation", _("不认识的表格方向 {name}", name=orientation))
    known = [policy.value for policy in HitPolicy]
    if name not in known:
        findings.complain(
            table, "hit-policy", _("没有命中策略 {name}，请改用 {names}", name=name, names="、".join(known))
        )
        return None
    return HitPolicy(name)


def _aggregation(
    table: etree._Element, policy: HitPolicy | None, outputs: tuple[Output, ...], findings: Findings
) -> Aggregation | None:
    name = attribute(table, "aggregation")
    if not name:
        return None
    if name not in Aggregation.__members__:
        names = "、".join(Aggregation.__members__)
        findings.complain(table, "aggregation", _("没有汇总方式 {name}，请改用 {names}", name=name, names=names))
        return None
    if policy is not HitPolicy.COLLECT:
        findings.complain(table, "aggregation", _("汇总 {name} 只能用于命中策略 COLLECT", name=name))
    elif len(outputs) > 1:
        findings.complain(table, "aggregation", _("汇总 {name} 只能用于只有一个输出列的判定表", name=name))
    return Aggregation(name)


def _input(element: etree._Element, findings: Findings) -> Input:
    expression = _find(element, "inputExpression")
    allowed = _find(element, "inputValues")
    label = attribute(element, "label")
    text = _text(expression)
    reference = "" if expression is None else attribute(expression, "typeRef")
    owner = element if expression is None else expression
    check_expression(findings, owner, label, text)
    check_type(findings, owner, label, reference)
    if allowed is not None:
        check_tests(findings, allowed, label, _text(allowed))
    return Input(attribute(element, "id"), label, text, reference, _text(allowed))


def _output(element: etree._Element, decision: etree._Element, findings: Findings) -> Output:
    """A single output may be nameless: it then bears the decision's id."""
    label, reference = attribute(element, "label"), attribute(element, "typeRef")
    allowed = _find(element, "outputValues")
    name = attribute(element, "name") or attribute(decision, "id")
    check_type(findings, element, label or name, reference)
    if allowed is not None:
        check_tests(findings, allowed, label or name, _text(allowed))
    default = _find(element, "defaultOutputEntry")
    output = Output(attribute(element, "id"), name, label, reference, _text(allowed), _text(default))
    if default is not None:
        check_answer(findings, default, _("{label} · 默认输出", label=label or name), _text(default), output)
    return output


def _rule(
    row: etree._Element,
    index: int,
    inputs: tuple[Input, ...],
    outputs: tuple[Output, ...],
    findings: Findings,
) -> Rule:
    tests, answers = list(_children(row, "inputEntry")), list(_children(row, "outputEntry"))
    name = _("规则 {n}", n=index)
    if len(tests) != len(inputs) or len(answers) != len(outputs):
        findings.complain(row, "cells", _("单元格的个数与列数不一致"), name)
    for cell, column in zip(tests, inputs, strict=False):
        check_tests(findings, cell, f"{name} · {column.label}", _text(cell))
    for cell, output in zip(answers, outputs, strict=False):
        check_answer(findings, cell, f"{name} · {output.label or output.name}", _text(cell), output)
    notes = [_text(row, "description"), *(_text(note) for note in _children(row, "annotationEntry"))]
    return Rule(
        index,
        attribute(row, "id"),
        "；".join(note for note in notes if note),
        tuple(_text(cell) or "-" for cell in tests),
        tuple(_text(cell) for cell in answers),
    )


def _check_ids(root: etree._Element, findings: Findings) -> None:
    seen: set[str] = set()
    for element in root.iter():
        identity = element.get("id")
        if identity in seen:
            findings.complain(element, "id", _("id 重复：{id}", id=identity))
        if identity:
            seen.add(identity)


def _check_language(root: etree._Element, findings: Findings) -> None:
    """Cells in another language than FEEL would be read as something else than was meant."""
    for element in root.iter():
        language = element.get("expressionLanguage") or element.get("queryLanguage") or "feel"
        if language not in _FEEL_NAMES and "/FEEL/" not in language:
            findings.complain(element, "language", _("表达式语言必须是 FEEL，却是 {name}", name=language))


def _children(element: etree._Element, kind: str | None = None) -> Iterator[etree._Element]:
    """Child elements of the standard; what other namespaces add is decoration."""
    for child in element:
        if etree.QName(child).namespace in NAMESPACES and (kind is None or _local(child) == kind):
            yield child


def _find(element: etree._Element, kind: str) -> etree._Element | None:
    return next(_children(element, kind), None)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _text(element: etree._Element | None, kind: str = "text") -> str:
    """The FEEL text of a cell or expression, or the text of another child."""
    holder = None if element is None else _find(element, kind)
    return "" if holder is None else (holder.text or "").strip()
