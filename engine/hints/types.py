"""Kinds of values that do not go together: a number compared with a text, a date column given a number.

Only writers that keep to a kind count: fields of forms, columns of tables, acts, the platform. What scripts and
handlers leave is not known for certain, and nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from engine.errors import Finding, PartFinding
from engine.feel import FeelError, nodes
from engine.feel.dmn import Decision
from engine.feel.dmn.types import ANY, known_type, word_for
from engine.feel.parser import parse_expression, parse_unary_tests
from engine.feel.typing import UNKNOWN, Clash, Known, Names, clashes
from engine.forms.ordering import ROW_WORDS
from engine.hints.view import View
from engine.i18n import _
from engine.variables import Variable
from engine.variables.forms import form_variables

_IN_FORMS = frozenset({"string", "number", "boolean"})
"""Kinds that are the same in the browser; dates are texts there until they are sent."""
_DEEP = 8


def type_hints(view: View) -> list[PartFinding]:
    """In the order of the parts."""
    names = case_names(view)
    return [*_in_diagram(view, names), *_in_forms(view, names), *_in_tables(view, names)]


def case_names(view: View) -> Names:
    """What is certain of the variables of the case, wherever they are named."""
    loops = [step.said.get("multi_instance") for step in view.drawn.steps.values()]
    inner = {loop.element for loop in loops if loop}  # of one task of several, whatever the case calls by that name
    return {one.name: known_of(one) for one in view.known.get(view.drawn.process, ()) if one.name not in inner}


def known_of(variable: Variable, depth: int = 0) -> Known:
    """What is certain of one variable: nothing of what a script or a handler leaves."""
    if variable.guessed or depth > _DEEP:
        return UNKNOWN
    fields = {one.name: known_of(one, depth + 1) for one in variable.fields}
    if variable.type == "context":
        return Known("context", fields or None)
    if variable.type == "list":
        item = Known("context", fields) if fields else Known(variable.item)
        return Known("list", item=None if item.kind == ANY else item)
    return Known(variable.type)


def _in_diagram(view: View, names: Names) -> Iterator[PartFinding]:
    for one in view.written:
        for clash in _clashes(one.text, names):
            finding = Finding("hint", "type", one.owner, one.name, _told(clash, one.text))
            yield PartFinding("diagram", view.parts.key, finding)


def _in_forms(view: View, names: Names) -> Iterator[PartFinding]:
    for form, read in view.forms.items():
        if read is None:
            continue
        own = {one.name: known_of(one) for one in form_variables(view.parts.forms[form], "")}
        seen = {**names, **dict.fromkeys(read.keys | ROW_WORDS, UNKNOWN), **own}
        plain = {name: known for name, known in seen.items() if known.kind in _IN_FORMS}
        for one in read.texts:
            for clash in _clashes(one.text, plain):
                yield PartFinding("form", form, Finding("hint", "form.type", one.id, one.label, _told(clash, one.text)))


def _in_tables(view: View, names: Names) -> Iterator[PartFinding]:
    for file, decisions in view.decisions.items():
        for decision in decisions.values():
            if decision.id in view.asked:
                free = {name: known for name, known in names.items() if name in decision.names}
                yield from (PartFinding("decision", file, finding) for finding in _of_table(decision, free))


def _of_table(decision: Decision, names: Names) -> Iterator[Finding]:
    given: list[Known] = []
    for column in decision.inputs:
        found, wrong = _looked_at(column.expression, names)
        given.append(found)
        for clash in wrong:
            yield _at(decision, column.id, column.label, _told(clash, column.expression))
        wanted = known_type(column.type) or ANY
        if ANY not in (wanted, found.kind) and wanted != found.kind:
            message = _(
                "这一列的类型是{wanted}，{text} 却是{found}，判定时会出错；请改类型或表达式。",
                wanted=word_for(wanted),
                text=_short(column.expression),
                found=word_for(found.kind),
            )
            yield _at(decision, column.id, column.label, message)
            given[-1] = UNKNOWN
    for rule in decision.rules:
        label = _("规则 {n}", n=rule.index)
        for cell, known, column in zip(rule.inputs, given, decision.inputs, strict=True):
            if (known_type(column.type) or ANY) == ANY:
                for clash in _cell(cell, known, names):
                    yield _at(decision, rule.id, label, _told(clash, cell, column.label))
        for text in rule.outputs:
            for clash in _clashes(text, names):
                yield _at(decision, rule.id, label, _told(clash, text))


def _at(decision: Decision, element_id: str, label: str, message: str) -> Finding:
    return Finding("hint", "dmn-clash", element_id or decision.id, label, message)


def _cell(text: str, known: Known, names: Names) -> list[Clash]:
    """A cell against what its column is given."""
    try:
        tests = parse_unary_tests(text).tests
    except FeelError:
        return []
    found = clashes(nodes.In(0, nodes.Name(0, "?"), tests), {**names, "?": known})[1]
    return [clash for clash in found if clash.operator != "[]"]


def in_filters(text: str, names: Names) -> list[Clash]:
    """The names inside filters that are neither fields of the items nor among `names`; see `engine.hints.filters`."""
    tree = _parsed(text) if "[" in text else None
    return [] if tree is None else [clash for clash in clashes(tree, names)[1] if clash.operator == "[]"]


def _clashes(text: str, names: Names) -> list[Clash]:
    return _looked_at(text, names)[1]


def _looked_at(text: str, names: Names) -> tuple[Known, list[Clash]]:
    tree = _parsed(text)
    found, wrong = (UNKNOWN, []) if tree is None else clashes(tree, names)
    return found, [clash for clash in wrong if clash.operator != "[]"]


@lru_cache(maxsize=4096)
def _parsed(text: str) -> nodes.Node | None:
    try:
        return parse_expression(text)
    except FeelError:  # told elsewhere
        return None


def _told(clash: Clash, text: str, subject: str = "") -> str:
    what = subject or (clash.subject if clash.subject != "?" else "") or _("左边")
    return _SENTENCES.get(clash.operator, _compared if clash.operator in _COMPARING else _computed)(
        what, clash, _("{text} 第 {n} 个字符", text=_short(text), n=clash.at + 1)
    )


def _compared(what: str, clash: Clash, place: str) -> str:
    return _(
        "{what} 是{left}，却与{right}比较，结果总是空（{place}）；请改正。",
        what=what,
        left=word_for(clash.left),
        right=word_for(clash.right),
        place=place,
    )


def _computed(what: str, clash: Clash, place: str) -> str:
    return _(
        "{left}与{right}不能用 {operator} 计算，结果总是空（{place}）；请改正。",
        left=word_for(clash.left),
        right=word_for(clash.right),
        operator=clash.operator,
        place=place,
    )


def _joined(what: str, clash: Clash, place: str) -> str:
    return _(
        "{what} 是{left}，不是“是”或“否”，不能用 {operator} 连接（{place}）；请改正。",
        what=what,
        left=word_for(clash.left),
        operator=clash.operator,
        place=place,
    )


def _without(what: str, clash: Clash, place: str) -> str:
    return _("{what} 里没有 {name}，结果总是空（{place}）；请改正名称。", what=what, name=clash.right, place=place)


_COMPARING = frozenset({"=", "!=", "<", "<=", ">", ">=", "between", "in"})
_SENTENCES: Mapping[str, Callable[[str, Clash, str], str]] = {"and": _joined, "or": _joined, ".": _without}


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
