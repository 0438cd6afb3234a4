"""Names inside filters, `items[prize > 10]`: fields of the items, else variables; one that is neither is always null.

Judged only where every field of the items is known: rows of a form, answers of a table, lists of plain values. What
scripts and handlers leave is not known for certain, and nothing is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from difflib import get_close_matches

from engine.errors import Finding, PartFinding
from engine.feel.dmn import Decision
from engine.feel.typing import Clash, Names
from engine.forms.ordering import ROW_WORDS
from engine.hints.names import Known, known_names
from engine.hints.types import case_names, in_filters, known_of
from engine.hints.view import View
from engine.i18n import _
from engine.variables.forms import form_variables

_NAMED = re.compile(rb"""\bname\s*=\s*["']([^"']{1,120})["']""")


def filter_names(view: View) -> list[PartFinding]:
    """In the order of the parts; nothing where it is not known what is written."""
    known = known_names(view)
    if known is None:
        return []
    names = case_names(view)
    return [*_in_diagram(view, known, names), *_in_forms(view, known, names), *_in_tables(view, known, names)]


def _in_diagram(view: View, known: Known, names: Names) -> Iterator[PartFinding]:
    told: set[tuple[str, str]] = set()
    for one in view.written:
        for clash in in_filters(one.text, names):
            if clash.right not in known.anywhere and (one.owner, clash.right) not in told:
                told.add((one.owner, clash.right))
                finding = _finding("unknown_name", one.owner, one.name, clash, known.anywhere)
                yield PartFinding("diagram", view.parts.key, finding)


def _in_forms(view: View, known: Known, names: Names) -> Iterator[PartFinding]:
    for form, read in view.forms.items():
        if read is None:
            continue
        own = {one.name: known_of(one) for one in form_variables(view.parts.forms[form], "")}
        for one in read.texts:
            for clash in in_filters(one.text, {**names, **own}):
                if clash.right not in known.anywhere | read.keys | ROW_WORDS:
                    finding = _finding("form.unknown_name", one.id, one.label, clash, known.anywhere | read.keys)
                    yield PartFinding("form", form, finding)


def _in_tables(view: View, known: Known, names: Names) -> Iterator[PartFinding]:
    """A decision may also name whatever a model gives: inputs, decisions, knowledge, parameters, entries."""
    given = frozenset(
        name.decode(errors="replace") for file in view.parts.decisions.values() for name in _NAMED.findall(file)
    )
    for file, decisions in view.decisions.items():
        for decision in decisions.values():
            if decision.id not in view.asked:
                continue
            free = {name: kind for name, kind in names.items() if name in decision.names}
            for element_id, label, text in _texts(decision):
                for clash in in_filters(text, free):
                    if clash.right not in known.anywhere | given:
                        finding = _finding("dmn-unknown_name", element_id or decision.id, label, clash, known.anywhere)
                        yield PartFinding("decision", file, finding)


def _texts(decision: Decision) -> Iterator[tuple[str, str, str]]:
    """The expressions of a table, with the element that bears each."""
    for column in decision.inputs:
        yield column.id, column.label, column.expression
    for rule in decision.rules:
        for text in rule.outputs:
            yield rule.id, _("规则 {n}", n=rule.index), text
    if decision.hit_policy is None:
        yield decision.id, decision.name, decision.expression


def _finding(code: str, element_id: str, label: str, clash: Clash, others: Set[str]) -> Finding:
    items, name = clash.subject or _("列表"), clash.right
    near = get_close_matches(name, clash.fields, 1) or get_close_matches(name, sorted(others), 1)
    if near:
        message = _(
            "{list} 的各项里没有 {name}，也没有这个变量，它总是空；是不是 {near}？", list=items, name=name, near=near[0]
        )
    else:
        message = _("{list} 的各项里没有 {name}，也没有这个变量，它总是空；请改正名称。", list=items, name=name)
    return Finding("house", code, element_id, label, message)
