"""Input and output parameters, and what a call activity hands over.

For the reader of call activities (`engine.bpmn.parser`): the elements `camunda:in` and `camunda:out` stay as they are,
with `source`, `target`, `variables="all"` and `local`; `sourceExpression` is FEEL after "=", `calledElement` too where
it was JUEL. A business key that is handed over is the variable `business_key` of the called case, which
`execution.processBusinessKey` reads there. A parameter with a list, a map or a script inside has become one FEEL text
without children.
"""

from __future__ import annotations

from lxml.etree import _Element as Element

from engine.bpmn.expressions import feel_of
from engine.bpmn.foreign.desk import Desk
from engine.bpmn.foreign.juel.methods import BUSINESS_KEY
from engine.bpmn.foreign.juel.written import quoted
from engine.bpmn.names import CAMUNDA, bpmn, camunda

_PARAMETERS = (camunda("inputParameter"), camunda("outputParameter"))


def translate_parameters(box: Element, desk: Desk) -> None:
    """The input and output parameters in a `camunda:inputOutput`."""
    for parameter in box:
        if parameter.tag not in _PARAMETERS:
            continue
        place = f"{desk.shown(str(parameter.tag).removeprefix(CAMUNDA))} {parameter.get('name') or ''}"
        text = _value(parameter, desk, place)
        for child in list(parameter):
            parameter.remove(child)
        parameter.text = text


def _value(holder: Element, desk: Desk, place: str) -> str:
    """The text of a parameter, entry or item: FEEL after "=", or a literal."""
    inner = next((child for child in holder if isinstance(child.tag, str)), None)
    if inner is None:
        text = (holder.text or "").strip()
        return desk.feel(holder, place, text) if text else "= null"
    name = str(inner.tag).removeprefix(CAMUNDA)
    if name == "list":
        items = [_feel(_value_of_item(item, desk, place)) for item in inner]
        return f"= [{', '.join(items)}]"
    if name == "map":
        entries = [f"{quoted(entry.get('key') or '')}: {_feel(_value(entry, desk, place))}" for entry in inner]
        return f"= {{{', '.join(entries)}}}"
    return f"= {feel_of(inner.text or '') or (inner.text or '').strip() or 'null'}"  # a script, and of FEEL


def _value_of_item(item: Element, desk: Desk, place: str) -> str:
    """`camunda:value` holds a text; a list, map or script may stand in its place."""
    if item.tag == camunda("value"):
        return _value(item, desk, place)
    around = item.makeelement(camunda("value"), {}, None)
    parent = item.getparent()
    assert parent is not None
    parent.replace(item, around)
    around.append(item)
    return _value(around, desk, place)


def _feel(text: str) -> str:
    return feel_of(text) or quoted(text)


def translate_call(call: Element, desk: Desk) -> None:
    """What a call activity calls, and what it hands over and takes back."""
    called = call.get("calledElement")
    if called is not None:
        call.set("calledElement", desk.feel(call, "calledElement", called))
    for name in ("calledElementVersion", "calledElementVersionTag"):
        desk.attribute(call, name)
    translate_mappings(call, desk)


def translate_mappings(owner: Element, desk: Desk) -> None:
    """`camunda:in` and `camunda:out` of a call activity or a signal; the business key becomes a variable."""
    box = owner.find(bpmn("extensionElements"))
    for mapping in box if box is not None else ():
        if mapping.tag not in (camunda("in"), camunda("out")):
            continue
        place = desk.shown(str(mapping.tag).removeprefix(CAMUNDA))
        expression, key = mapping.get("sourceExpression"), mapping.get("businessKey")
        if expression is not None:
            mapping.set("sourceExpression", _expression(mapping, desk, f"{place} sourceExpression", expression))
        if key is not None:
            del mapping.attrib["businessKey"]
            mapping.set("target", BUSINESS_KEY)
            mapping.set("sourceExpression", _expression(mapping, desk, f"{place} businessKey", key))


def _expression(mapping: Element, desk: Desk, place: str, text: str) -> str:
    """A text without any expression in it is that text."""
    return f"= {_feel(desk.feel(mapping, place, text.strip()))}"
