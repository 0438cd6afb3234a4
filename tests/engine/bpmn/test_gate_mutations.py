"""Good diagrams changed at random: always findings or a definition that runs, never an error, never a third outcome."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import Any

import pytest
from lxml import etree
from lxml.etree import _Element as Element

from engine.bpmn import Definition, check, parse
from engine.bpmn.gate.palette import CHILDREN
from engine.bpmn.names import BPMN
from engine.errors import GuichengError
from tests.engine.bpmn.test_gate_accepts import GOOD
from tests.engine.bpmn.world import Case

TAGS = sorted(CHILDREN)
ATTRIBUTES = (
    *("id", "sourceRef", "targetRef", "attachedToRef", "messageRef", "signalRef", "errorRef", "escalationRef"),
    *("activityRef", "default", "cancelActivity", "isInterrupting", "triggeredByEvent", "isForCompensation"),
    *("instantiate", "parallelMultiple", "eventGatewayType", "startQuantity", "loopMaximum", "behavior", "name"),
    *("calledElement", "dataObjectRef", "isExecutable", "isSequential", "processRef", "errorCode", "ordering"),
)
TEXTS = (
    "",
    " ",
    "x > 1",
    "= x",
    "3",
    "R3/PT1H",
    "P1D",
    "${x}",
    "demo",
    "a",
    "2026-11-06T09:30:00",
    "own",
    "\u0000"[:0],
)


def mutated(xml: bytes, dice: random.Random) -> bytes:
    """The file after one to four changes of elements, attributes, references and texts."""
    root = etree.fromstring(xml)
    for _change in range(dice.randint(1, 4)):
        _change_one(root, dice)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _change_one(root: Element, dice: random.Random) -> None:
    elements = list(root.iter(BPMN + "*"))
    chosen = dice.choice(elements)
    parent = chosen.getparent()
    match dice.randrange(8):
        case 0 if parent is not None:
            parent.remove(chosen)
        case 1 if parent is not None:
            parent.append(etree.fromstring(etree.tostring(chosen)))
        case 2 if parent is not None:
            other = dice.choice(elements)
            if other not in chosen.iter():
                other.append(chosen)
        case 3:
            chosen.set(dice.choice(ATTRIBUTES), _value(elements, dice))
        case 4 if chosen.attrib:
            del chosen.attrib[dice.choice(sorted(map(str, chosen.attrib)))]
        case 5 if chosen.attrib:
            chosen.set(dice.choice(sorted(map(str, chosen.attrib))), _value(elements, dice))
        case 6:
            chosen.tag = BPMN + dice.choice(TAGS)
        case _:
            chosen.text = dice.choice([*TEXTS, _value(elements, dice)])


def _value(elements: list[Element], dice: random.Random) -> str:
    ids = [element.get("id") or "" for element in elements if element.get("id")]
    return dice.choice([*ids, *ids, "true", "false", "gone", "", "2", "-1", "All", "Parallel"])


def judged(xml: bytes) -> Any:
    """The codes of the findings, or the definition."""
    found = check(xml)
    assert "unreadable" not in [finding.code for finding in found], xml.decode()
    return parse(xml) if not found else {finding.code for finding in found}


def played(definition: Definition, dice: random.Random) -> None:
    """The case goes some steps; the engine may say that it cannot go on, and nothing else."""
    scope = definition.scopes[definition.key]
    at = None if scope.first else dice.choice(scope.event_starts).id
    with suppress(GuichengError):
        case = Case(definition, _at=at, x=1, ok=True, order=3, panel=[1, 2], lines=[1, 2], procedure="p", done=True)
        for _step in range(8):
            if case.execution.state != "active":
                break
            match dice.randrange(3):
                case 0 if case.open:
                    case.do(dice.choice(case.open))
                case 1:
                    case.tick(2)
                case _:
                    case.signal("s")


@pytest.mark.parametrize("name", GOOD)
def test_changed_at_random(name: str) -> None:
    played(parse(GOOD[name]), random.Random(name))
    for seed in range(6):
        dice = random.Random(f"{name} {seed}")
        answer = judged(mutated(GOOD[name], dice))
        if isinstance(answer, Definition):
            played(answer, dice)


@pytest.mark.long
def test_changed_at_random_many_times() -> None:
    dice = random.Random(20100524)
    names = sorted(GOOD)
    read = 0
    for _round in range(12_000):
        answer = judged(mutated(GOOD[dice.choice(names)], dice))
        if isinstance(answer, Definition):
            read += 1
            played(answer, dice)
    assert 1_000 < read < 6_000
