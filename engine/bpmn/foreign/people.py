"""Who does a task and who may start: assignee, candidate users and groups → `guicheng:candidates`.

| written                                   | becomes                                                             |
|-------------------------------------------|---------------------------------------------------------------------|
| assignee, candidateUsers                  | rule `person`: accounts, separated by commas, or FEEL               |
| candidateGroups                           | rule `role`: codes of roles                                         |
| persons and groups together               | rule `several`: `person:wang, role:platform`, whoever fits any      |
| candidateStarterUsers, …Groups of process | the same on its start events                                        |
"""

from __future__ import annotations

from lxml.etree import _Element as Element

from engine.bpmn.expressions import feel_of
from engine.bpmn.foreign.desk import Desk, add, extension, extension_box
from engine.bpmn.foreign.juel.written import quoted
from engine.bpmn.names import bpmn, camunda, guicheng

_INITIATOR, _STARTER = "$INITIATOR", "= case.starter"  # what Flowable Modeler writes for whoever began
_PERSONS, _GROUPS = ("assignee", "candidateUsers"), ("candidateGroups",)
_BEGINNERS, _BEGINNER_GROUPS = ("candidateStarterUsers",), ("candidateStarterGroups",)


def translate_people(task: Element, desk: Desk) -> None:
    """Of a user task. One that has a rule of this house keeps the foreign words too, and the gate refuses those."""
    if extension(task, guicheng("candidates")) is not None:
        return
    persons, groups = _values(task, desk, _PERSONS), _values(task, desk, _GROUPS)
    _write(task, persons, groups)


def translate_starters(process: Element, desk: Desk) -> None:
    """Of a process: onto each of its start events without a rule."""
    starts = [one for one in process.findall(bpmn("startEvent")) if extension(one, guicheng("candidates")) is None]
    if not starts:
        return
    persons, groups = _values(process, desk, _BEGINNERS), _values(process, desk, _BEGINNER_GROUPS)
    for start in starts:
        _write(start, persons, groups)


def _values(element: Element, desk: Desk, names: tuple[str, ...]) -> list[str]:
    """Literal accounts or codes, and FEEL after "=" for what is worked out."""
    found: list[str] = []
    for name in names:
        for part in _listed(str(element.attrib.pop(camunda(name), ""))):
            found.append(_STARTER if part == _INITIATOR else desk.feel(element, desk.shown(name), part))
    return list(dict.fromkeys(found))


def _listed(text: str) -> list[str]:
    """The parts between commas that stand outside of `${…}`."""
    parts, depth = [""], 0
    for letter in text:
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if letter == "," and depth <= 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts if part.strip()]


def _write(element: Element, persons: list[str], groups: list[str]) -> None:
    if persons and groups:
        rule, value = "several", _both(persons, groups)
    elif persons or groups:
        rule, value = ("person", _one(persons)) if persons else ("role", _one(groups))
    else:
        return
    add(extension_box(element), guicheng("candidates"), {"rule": rule, "value": value})


def _one(values: list[str]) -> str:
    if all(feel_of(value) is None for value in values):
        return ",".join(values)
    return values[0] if len(values) == 1 else f"= [{_items(values)}]"


def _both(persons: list[str], groups: list[str]) -> str:
    if all(feel_of(value) is None for value in persons + groups):
        return ",".join([f"person:{one}" for one in persons] + [f"role:{one}" for one in groups])
    marked = [
        f'for one in flatten([{_items(values)}]) return "{rule}:" + one'
        for rule, values in (("person", persons), ("role", groups))
    ]
    return f"= concatenate({', '.join(marked)})"


def _items(values: list[str]) -> str:
    return ", ".join(feel_of(value) or quoted(value) for value in values)
