"""DMN XML → decisions. What is not run is refused by name; all problems are reported at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from engine.errors import DecisionRefused, Finding
from engine.feel import nodes
from engine.feel.dmn.boxed import Boxes
from engine.feel.dmn.boxedtext import boxed_text
from engine.feel.dmn.check import Findings, Known
from engine.feel.dmn.definitions import Definitions
from engine.feel.dmn.evaluator import CompiledDecision
from engine.feel.dmn.graph import Graph, Model
from engine.feel.dmn.items import ItemType
from engine.feel.dmn.model import Decision
from engine.feel.dmn.reading import attribute, read_definitions
from engine.feel.dmn.table import DecisionTable
from engine.feel.dmn.tables import TableReader
from engine.feel.dmn.xml import children, find, local, variable_name, variable_type
from engine.feel.errors import FeelError
from engine.i18n import _

# Drawings, texts and descriptions have no effect; everything else of the standard has one and must be known.
_WITHOUT_EFFECT = frozenset(
    {"description", "extensionElements", "question", "allowedAnswers", "knowledgeSource", "textAnnotation"}
    | {"association", "group", "elementCollection", "performanceIndicator", "organizationUnit", "authorityRequirement"}
    | {"DMNDI", "usingProcess", "usingTask", "supportedObjective", "impactedPerformanceIndicator", "decisionMaker"}
    | {"decisionOwner", "businessContextElement"}
)
_ELEMENTS = frozenset({"decision", "inputData", "businessKnowledgeModel", "decisionService"})
_FUNCTIONS = ("businessKnowledgeModel", "decisionService")
_WORTH = ("decision", *_FUNCTIONS, "itemDefinition")  # a file without decisions may be there to be imported
_PARTS_OF_DECISION = frozenset({"variable", "informationRequirement", "knowledgeRequirement"})
_LOGIC = frozenset(
    {"decisionTable", "literalExpression", "context", "list", "relation", "invocation", "functionDefinition"}
    | {"conditional", "for", "some", "every", "filter"}
)
_FEEL_NAMES = frozenset({"feel", "FEEL"})
_GIVING = frozenset({"businessKnowledgeModel", "decisionService", "formalParameter", "variable", "import"})


def parse_decisions(xml: bytes, models: Mapping[str, bytes] | None = None) -> dict[str, Decision]:
    """All decisions of a file by id, to be run. Raises DecisionRefused with every problem found.

    `models` are the files that it may import, by namespace. A wrong call in it gives null (DMN 1.5, 10.3.2.13); what is
    to be published goes through `sound_decisions`.
    """
    findings = Findings()
    decisions = _read(xml, models or {}, findings)
    if findings:
        raise DecisionRefused(findings.told)
    return decisions


def sound_decisions(xml: bytes, models: Mapping[str, bytes] | None = None) -> dict[str, Decision]:
    """As `parse_decisions`, for what is to be published or tried: wrong calls are problems, too."""
    findings = Findings()
    decisions = _read(xml, models or {}, findings)
    if findings.told:
        raise DecisionRefused(findings.told)
    return decisions


def check_decisions(xml: bytes, models: Mapping[str, bytes] | None = None) -> list[Finding]:
    """The problems of a file; never raises."""
    findings = Findings()
    _read(xml, models or {}, findings)
    return findings.told


def decision_ids(xml: bytes) -> list[str]:
    """The ids of a file's decisions, right or wrong; none where it cannot be read."""
    root = read_definitions(xml)
    return [] if isinstance(root, Finding) else [attribute(one, "id") for one in children(root, "decision")]


def by_namespace(files: Iterable[bytes]) -> dict[str, bytes]:
    """The files of a deployment as `parse_decisions` wants them; one that cannot be read is imported by nobody."""
    found: dict[str, bytes] = {}
    for content in files:
        root = read_definitions(content)
        if not isinstance(root, Finding) and root.get("namespace"):
            found.setdefault(attribute(root, "namespace"), content)
    return found


def _read(xml: bytes, files: Mapping[str, bytes], findings: Findings) -> dict[str, Decision]:
    root = read_definitions(xml)
    if isinstance(root, Finding):
        findings.append(root)
        return {}
    _check_ids(root, findings)
    _check_language(root, findings)
    for element in children(root):
        if local(element) not in {*_ELEMENTS, *_WITHOUT_EFFECT, "import", "itemDefinition"}:
            findings.complain(element, "element", _("暂不支持 {element}", element=local(element)))
    if not any(find(root, kind) is not None for kind in _WORTH) and not findings:
        findings.complain(root, "decision", _("文件里没有决策"))
    models: dict[str, Model] = {}
    model = _model(root, files, models, findings)
    graph = Graph(models, findings)
    decisions: dict[str, Decision] = {}
    for element in children(root, "decision"):
        decision = _decision(model, graph, element, findings)
        if decision is not None:
            decisions[decision.id] = decision
    for kind in _FUNCTIONS:
        for element in children(root, kind):
            _check_function(model, graph, element, findings)
    return decisions


def _check_function(model: Model, graph: Graph, element: etree._Element, findings: Findings) -> None:
    """Knowledge and services are looked at even if no decision requires them: another file may."""
    name = variable_name(element)
    entries = graph.required(model, element)
    entries.setdefault(name, graph.function(model, element))
    if not findings.told:
        try:
            compiled = CompiledDecision(name, list(entries.items()), nodes.Name(0, name))
        except FeelError as error:
            findings.complain(element, "expression", str(error), name)
        else:
            findings.mistaken(element, name, compiled.mistakes)


def _model(root: etree._Element, files: Mapping[str, bytes], models: dict[str, Model], findings: Findings) -> Model:
    """A file with everything it imports, each once."""
    namespace = attribute(root, "namespace")
    roots = [root, *_reached(root, files)]
    names = frozenset().union(*map(_names, roots))
    items: dict[str, ItemType] = {}
    known = Known(names, frozenset().union(*map(_given, roots)), items)
    boxes = Boxes(findings, known, TableReader(findings, known).table)
    elements = {attribute(one, "id"): one for one in children(root) if local(one) in _ELEMENTS}
    model = models[namespace] = Model(namespace, root, boxes, items, elements)
    imported: dict[str, ItemType] = {}
    for element in children(root, "import"):
        other, name = attribute(element, "namespace"), attribute(element, "name")
        if not other:
            findings.complain(element, "import", _("import 需要命名空间"))
            continue
        there = models.get(other) or _imported(element, other, files, models, findings)
        if there is not None:
            model.imports[other] = name
            imported = {f"{name}.{key}" if name else key: item for key, item in there.items.items()} | imported
    items.update(Definitions(root, findings, imported, names).read())
    return model


def _reached(root: etree._Element, files: Mapping[str, bytes]) -> list[etree._Element]:
    """The files that a file imports, and those that they import in turn."""
    seen = {attribute(root, "namespace")}
    reached: list[etree._Element] = []
    for importer in (waiting := [root]):
        for namespace in (attribute(element, "namespace") for element in children(importer, "import")):
            if namespace in files and namespace not in seen:
                seen.add(namespace)
                other = read_definitions(files[namespace])
                if not isinstance(other, Finding):
                    reached.append(other)
                    waiting.append(other)
    return reached


def _imported(
    element: etree._Element, namespace: str, files: Mapping[str, bytes], models: dict[str, Model], findings: Findings
) -> Model | None:
    content = files.get(namespace)
    root = None if content is None else read_definitions(content)
    if root is None or isinstance(root, Finding):
        findings.complain(
            element, "import", _("找不到 import 的文件 {namespace}，请放进同一个流程", namespace=namespace)
        )
        return None
    return _model(root, files, models, findings)


def _decision(model: Model, graph: Graph, element: etree._Element, findings: Findings) -> Decision | None:
    """One decision; None where there are problems, which are then in the findings."""
    known = len(findings)
    identity = attribute(element, "id")
    name = attribute(element, "name") or identity
    logic: list[etree._Element] = []
    for child in children(element):
        if local(child) in _LOGIC:
            logic.append(child)
        elif local(child) not in _PARTS_OF_DECISION and local(child) not in _WITHOUT_EFFECT:
            findings.complain(child, "element", _("暂不支持 {element}", element=local(child)), name)
    if not identity:
        findings.complain(element, "id", _("决策缺少 id"))
    if len(logic) != 1:
        findings.complain(element, "table", _("决策里没有判定表，也没有表达式"), name)
        return None
    required = graph.required(model, element)
    node = model.boxes.expression(logic[0], name)
    if len(findings) > known:
        return None
    type_ = model.boxes.item(variable_type(element)) if local(logic[0]) != "decisionTable" else None
    try:
        compiled = CompiledDecision(variable_name(element) or name, list(required.items()), node, type_)
    except FeelError as error:
        findings.complain(element, "expression", str(error), name)
        return None
    findings.mistaken(element, name, compiled.mistakes)
    if not isinstance(node, DecisionTable):
        return Decision(identity, name, None, (), (), (), compiled, expression=boxed_text(element))
    return Decision(
        identity, name, node.policy, node.inputs, node.outputs, node.rules, compiled, aggregation=node.aggregation
    )


def _names(root: etree._Element) -> frozenset[str]:
    """Every name of the file that has more than one word."""
    named = (element.get("name") or element.get("iteratorVariable") or "" for element in root.iter())
    return frozenset(name for name in named if name and not name.isidentifier() and len(name) < 200)


def _given(root: etree._Element) -> frozenset[str]:
    """Every name that something in the file gives a value or function."""
    found = (attribute(element, "name") for element in root.iter() if local(element) in _GIVING)
    return frozenset(name for name in found if name)


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
