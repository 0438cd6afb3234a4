"""Names that nobody writes: a variable of a condition, a script, a table or a form that is always null.

The diagram, its forms, tables and handlers are all the writers there are. So a name that none of them writes is a slip
of the pen; where one of them cannot be read, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from engine.bpmn.names import camunda
from engine.bpmn.outline import Outline
from engine.errors import Finding, PartFinding
from engine.feel import FeelError, check_expression, check_unary_tests
from engine.feel.dmn import Decision
from engine.forms.ordering import ROW_WORDS
from engine.hints.view import View
from engine.i18n import _

_MANY = 500
"""Names known at one place from which on the list may be cut off."""


@dataclass(frozen=True)
class Known:
    """Names by place, and all of them together."""

    drawn: Outline
    at: dict[str, frozenset[str]]
    anywhere: frozenset[str]

    def missing(self, names: Set[str], place: str, also: Set[str] = frozenset()) -> list[tuple[str, bool]]:
        """Those nobody writes, and (False) those only written later on."""
        unknown = [(name, True) for name in sorted(names - self.anywhere - also)]
        here = self.at.get(place)
        late = names & self.anywhere if here is not None and place != self.drawn.process else frozenset()
        return [*unknown, *((name, False) for name in sorted(late - (here or frozenset()) - also))]


def unknown_names(view: View) -> list[PartFinding]:
    """In the order of the parts: of the house where nobody writes the name, a hint where it is only written later."""
    known = known_names(view)
    if known is None:
        return []
    return [*_in_diagram(view, known), *_in_forms(view, known), *_in_tables(view, known)]


def known_names(view: View) -> Known | None:
    """None where some of what is written cannot be known, so that no name can be said to be nobody's."""
    drawn, found = view.drawn, view.known
    if None in view.forms.values():
        return None  # what it would write is not known
    if any(step.opens for step in drawn.steps.values()):
        return None  # a message or a called case brings what it likes
    if not found or any(len(variables) >= _MANY for variables in found.values()):
        return None
    at = {place: frozenset(one.name for one in variables) for place, variables in found.items()}
    loops = [step.said.get("multi_instance") for step in drawn.steps.values()]
    anywhere = frozenset().union(*at.values(), {loop.element for loop in loops if loop and loop.element})
    return Known(drawn, at, anywhere)


def _in_diagram(view: View, known: Known) -> Iterator[PartFinding]:
    told: set[tuple[str, str]] = set()
    of_stores = {step.id for step in view.drawn.steps.values() if step.waits_for == "conditional" and not step.inside}
    starts = {step.id for step in view.drawn.steps.values() if step.tag == "startEvent"}
    for one in view.written:
        if one.place == camunda("out") or one.owner in of_stores & starts:
            continue  # a called case's own variables; data stores, which other procedures may write
        for name, never in known.missing(_names(one.text), one.owner):
            if (one.owner, name) not in told:
                told.add((one.owner, name))
                finding = _finding(known, "unknown_name", one.owner, one.name, name, never)
                yield PartFinding("diagram", view.parts.key, finding)


def _in_forms(view: View, known: Known) -> Iterator[PartFinding]:
    """A form knows its own fields; of the variables of the case it is only asked whether anybody writes them."""
    for form, read in view.forms.items():
        for one in read.texts if read else ():
            own = (read.keys if read else frozenset()) | ROW_WORDS
            for name, never in known.missing(_names(one.text), "", own):
                yield PartFinding(
                    "form", form, _finding(known, "form.unknown_name", one.id, one.label, name, never, own)
                )


def _in_tables(view: View, known: Known) -> Iterator[PartFinding]:
    """A decision knows what it builds upon; the variables of the case it needs besides are asked for."""
    for file, decisions in view.decisions.items():
        for decision in decisions.values():
            asked = decision.names if decision.id in view.asked else frozenset()
            for name, never in known.missing(asked, ""):
                element_id, label = _bearer(decision, name)
                finding = _finding(known, "dmn-unknown_name", element_id or decision.id, label, name, never)
                yield PartFinding("decision", file, finding)


def _bearer(decision: Decision, name: str) -> tuple[str, str]:
    """The element of a table that reads a name, and what it is called; the decision, where none does so plainly."""
    for column in decision.inputs:
        if name in _names(column.expression):
            return column.id, column.label
    for rule in decision.rules:
        if any(name in _names(text, True) for text in rule.inputs) or any(
            name in _names(text) for text in rule.outputs
        ):
            return rule.id, _("规则 {n}", n=rule.index)
    return decision.id, decision.name


@lru_cache(maxsize=8192)
def _names(text: str, test: bool = False) -> frozenset[str]:
    """The variables that a text certainly reads; none where it cannot be read, which is told elsewhere."""
    try:
        return check_unary_tests(text).names if test else check_expression(text).names
    except FeelError:
        return frozenset()


def _finding(
    known: Known, code: str, element_id: str, label: str, name: str, never: bool, own: Set[str] = frozenset()
) -> Finding:
    if not never:
        message = _("变量 {name} 到这里还没有值：它在后面的环节才填写，这里总是空；请改用已有的变量。", name=name)
        return Finding("hint", code, element_id, label, message)
    near = get_close_matches(name, sorted(known.anywhere | own), 1)
    if near:
        message = _("没有哪个表单、决策表或环节填写变量 {name}，它总是空；是不是 {near}？", name=name, near=near[0])
    else:
        message = _(
            "没有哪个表单、决策表或环节填写变量 {name}，它总是空；请改正名称，由调用方带来的请在流程的“输入”中声明。",
            name=name,
        )
    return Finding("house", code, element_id, label, message)
