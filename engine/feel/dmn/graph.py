"""Requirement graphs (DMN 1.5, 6 and 10.4): what an element needs, in the order in which it is computed.

What a decision builds upon becomes entries that stand before its own logic, each seeing those before it: checked
inputs, functions (business knowledge models and decision services) and decisions. Entries of an imported model stand
together in a context under the name of the import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.feel import nodes
from engine.feel.dmn.boxed import RESULT, Boxes
from engine.feel.dmn.check import Findings
from engine.feel.dmn.items import ItemType
from engine.feel.dmn.reading import attribute
from engine.feel.dmn.xml import children, find, local, variable_name, variable_type
from engine.i18n import _

MAX_DEPTH = 160
"""Elements that build upon each other in a row; bounds the recursion here."""
MAX_SERVICES = 20
"""Decision services inside each other."""
MAX_VISITS = 20_000
"""Elements that all decisions of a file build upon, counted again for each of them: each is compiled into it."""


class Entries(dict[str, nodes.Node]):
    """What an element builds upon, by name; `done` are the elements that are among it with all of theirs."""

    def __init__(self) -> None:
        super().__init__()
        self.done: set[tuple[str, str]] = set()


@dataclass(slots=True, eq=False)
class Model:
    """One file: its elements by id, what it imports by namespace, its types, and the reader of its expressions."""

    namespace: str
    root: etree._Element
    boxes: Boxes
    items: Mapping[str, ItemType]
    elements: dict[str, etree._Element]
    imports: dict[str, str] = field(default_factory=dict)
    """Namespace → the name under which its elements are known here; without one they are known by their own."""


class Graph:
    """The models of a deployment that see each other; `models` by namespace."""

    def __init__(self, models: Mapping[str, Model], findings: Findings) -> None:
        self._models = models
        self._findings = findings
        self._known: dict[tuple[str, str], nodes.Node] = {}
        self._path: list[tuple[str, str]] = []
        self._names: list[str] = []
        self._circles: set[frozenset[tuple[str, str]]] = set()
        self._visits = self._services = 0

    def required(self, model: Model, element: etree._Element, given: frozenset[str] = frozenset()) -> Entries:
        """Everything an element builds upon, by name; `given` are ids of elements whose values are there already."""
        entries = Entries()
        self._collect(model, element, given, entries)
        return entries

    def _collect(self, model: Model, element: etree._Element, given: frozenset[str], entries: Entries) -> None:
        identity = (model.namespace, attribute(element, "id"))
        if identity in entries.done:
            return
        if identity in self._path:
            self._complain_of_circle(element, self._path.index(identity))
            return
        if self._too_many(element):
            return
        self._path.append(identity)
        self._names.append(variable_name(element) or identity[1])
        self._collect_needs(model, element, given, entries)
        self._path.pop()
        self._names.pop()
        entries.done.add(identity)

    def _too_many(self, element: etree._Element) -> bool:
        """Whether to stop here; it is told once."""
        self._visits += 1
        if self._visits > MAX_VISITS:
            if self._visits == MAX_VISITS + 1:
                message = _("各决策依赖的内容合计太多，最多 {n} 项，请拆成几个文件", n=MAX_VISITS)
                self._findings.complain(element, "requirement", message)
            return True
        if len(self._path) >= MAX_DEPTH or self._services > MAX_SERVICES:
            limit = MAX_DEPTH if self._services <= MAX_SERVICES else MAX_SERVICES
            self._findings.complain(element, "requirement", _("一个依赖一个太多，最多 {n} 层", n=limit))
            self._visits = MAX_VISITS + 1
            return True
        return False

    def _collect_needs(self, model: Model, element: etree._Element, given: frozenset[str], entries: Entries) -> None:
        for requirement, reference in _references(element):
            if reference.removeprefix("#") in given:
                continue
            if reference == f"#{attribute(element, 'id')}" and local(element) == "businessKnowledgeModel":
                continue  # a function that calls itself
            found = self._find(model, reference)
            if found is None and local(next(children(requirement))) == "requiredInput" and reference.startswith("#"):
                continue  # as other tools leave it behind: a variable of the case needs no element
            if found is None:
                self._findings.complain(requirement, "requirement", _("找不到所依赖的 {id}", id=reference))
                continue
            home, needed = found
            if home is model or not model.imports.get(home.namespace):
                self._collect(home, needed, given, entries)
                name = variable_name(needed)
                if name not in entries:  # a service is read anew each time
                    entries[name] = self._value(home, needed, given)
            else:
                self._import(model, home, needed, entries)

    def _import(self, model: Model, home: Model, needed: etree._Element, entries: Entries) -> None:
        """An element of another model, which brings what it needs itself."""
        name = model.imports[home.namespace]
        inner = Entries()
        own = variable_name(needed)
        if local(needed) == "inputData":
            there: nodes.Node = nodes.Path(0, nodes.Name(0, name), own)
            value = home.boxes.checked(there, variable_type(needed), own)
        else:
            self._collect(home, needed, frozenset(), inner)
            value = self._value(home, needed, frozenset())
        whole = nodes.Path(0, nodes.ContextLiteral(0, (*inner.items(), (own, value))), own)
        before = entries.pop(name, None)
        known = before.entries if isinstance(before, nodes.ContextLiteral) else ()
        others = tuple(entry for entry in known if entry[0] != own)
        entries[name] = nodes.ContextLiteral(0, (*others, (own, whole)))

    def function(self, model: Model, element: etree._Element) -> nodes.Node:
        """The function of business knowledge or a decision service, for those that no decision requires."""
        return self._value(model, element, frozenset())

    def _value(self, model: Model, element: etree._Element, given: frozenset[str]) -> nodes.Node:
        """What stands under an element's name, once everything it needs stands before it."""
        kind, name = local(element), variable_name(element)
        if kind == "inputData":
            return model.boxes.checked(nodes.Name(0, name), variable_type(element), name)
        if kind == "businessKnowledgeModel":
            logic = find(element, "encapsulatedLogic")
            if logic is None:
                self._findings.complain(element, "empty", _("请填写表达式"))
                return nodes.Literal(0, None)
            type_ = variable_type(element)
            return self._once(model, element, lambda: model.boxes.function(logic, name, type_))
        if kind == "decisionService":
            return self._service(model, element)
        return self._once(model, element, lambda: self.logic(model, element))

    def logic(self, model: Model, element: etree._Element) -> nodes.Node:
        """The value of a decision, converted to its type."""
        name = variable_name(element)
        node = model.boxes.inside(element, attribute(element, "name"))
        return model.boxes.converted(node, variable_type(element), name)

    def _once(self, model: Model, element: etree._Element, read: Callable[[], nodes.Node]) -> nodes.Node:
        """Read each element once, so that its findings come once."""
        identity = (model.namespace, attribute(element, "id"))
        if identity not in self._known:
            self._known[identity] = read()
        return self._known[identity]

    def _service(self, model: Model, element: etree._Element) -> nodes.Node:
        """A decision service is a function of its inputs: its input data, then its input decisions."""
        inputs = [found for kind in ("inputData", "inputDecision") for found in self._targets(model, element, kind)]
        outputs = self._targets(model, element, "outputDecision")
        given = frozenset(attribute(one, "id") for one in inputs)
        entries = Entries()
        self._services += 1
        for output in outputs:
            self._collect(model, output, given, entries)
            if variable_name(output) not in entries:
                entries[variable_name(output)] = self._value(model, output, given)
        self._services -= 1
        if not outputs:
            self._findings.complain(element, "service", _("决策服务没有输出的决策"))
        names = [variable_name(output) for output in outputs]
        result: nodes.Node = nodes.ContextLiteral(0, tuple((name, nodes.Name(0, name)) for name in names))
        if len(names) == 1:
            result = nodes.Name(0, names[0])
        whole = nodes.Path(0, nodes.ContextLiteral(0, (*entries.items(), (RESULT, result))), RESULT)
        body = model.boxes.result(whole, variable_type(element), variable_name(element))
        items = [(variable_name(one), model.boxes.item(variable_type(one))) for one in inputs]
        parameters = tuple((name, None if item is None else item.type) for name, item in items)
        return nodes.FunctionDefinition(0, parameters, body)

    def _targets(self, model: Model, element: etree._Element, kind: str) -> list[etree._Element]:
        found: list[etree._Element] = []
        for reference in children(element, kind):
            target = self._find(model, attribute(reference, "href"))
            if target is None or (target[0] is not model and model.imports.get(target[0].namespace)):
                self._findings.complain(
                    element, "requirement", _("找不到所依赖的 {id}", id=attribute(reference, "href"))
                )
            else:
                found.append(target[1])
        return found

    def _find(self, model: Model, reference: str) -> tuple[Model, etree._Element] | None:
        namespace, _mark, identity = reference.rpartition("#")
        for home in self._homes(model, namespace):
            element = home.elements.get(identity)
            if element is not None:
                return home, element
        return None

    def _homes(self, model: Model, namespace: str) -> Iterator[Model]:
        """Where a reference may point to: this model and what it imports without a name, or the one import it names."""
        if namespace not in ("", model.namespace):
            if namespace in model.imports:
                yield self._models[namespace]
            return
        seen = {model.namespace}
        homes = [model]
        for home in homes:
            yield home
            unnamed = [other for other, name in home.imports.items() if not name and other not in seen]
            seen.update(unnamed)
            homes += [self._models[other] for other in unnamed]

    def _complain_of_circle(self, element: etree._Element, start: int) -> None:
        """Once for each circle, wherever it is entered."""
        circle = frozenset(self._path[start:])
        if circle not in self._circles:
            self._circles.add(circle)
            names = " → ".join([*self._names[start:], self._names[start]])
            message = _("依赖成环，互相等待对方的结果：{names}", names=names)
            self._findings.complain(element, "requirement", message)


def _references(element: etree._Element) -> list[tuple[etree._Element, str]]:
    found: list[tuple[etree._Element, str]] = []
    for requirement in children(element):
        if local(requirement) in ("informationRequirement", "knowledgeRequirement"):
            for target in children(requirement):
                found.append((requirement, attribute(target, "href")))
    return found
