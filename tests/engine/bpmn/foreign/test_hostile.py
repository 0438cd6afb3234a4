"""However damaged a foreign file is, its readers answer and none raises."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from engine.bpmn import check, references, sketch
from engine.bpmn.foreign.translate import translate
from engine.bpmn.gate.xml import read_xml
from engine.bpmn.written import written_in

FILES = sorted(Path(__file__).parent.glob("*.bpmn"))
PIECES = ["${", "}", "#{a}", "(", ")", "'", ".", "[0]", "&amp;&amp;", "empty ", "1e9", "?", ":", ",", "\\", "-", "%"]
PIECES += ["camunda:", "flowable:", "<camunda:list>", "</camunda:list>", "execution", "setVariable(", "class", "PT1H"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.stem))
def test_no_damage_makes_a_reader_fail(file: Path) -> None:
    text, dice = file.read_text("utf-8"), random.Random(file.stem)
    read = 0
    for _round in range(100):
        xml = damaged(text, dice).encode()
        root, _findings = read_xml(xml)
        if root is None:
            continue
        read += 1
        translate(root)
        references(xml)
        sketch(xml)
        written_in(xml)
        assert "unreadable" not in {finding.code for finding in check(xml)}
    assert read


def damaged(text: str, dice: random.Random) -> str:
    """The text with one to three pieces put in or cut out before its drawing begins."""
    for _cut in range(dice.randint(1, 3)):
        place = dice.randrange(300, text.index("<bpmndi:BPMNDiagram"))
        if dice.random() < 0.6:
            text = text[:place] + dice.choice(PIECES) + text[place:]
        else:
            text = text[:place] + text[place + dice.randint(1, 6) :]
    return text
