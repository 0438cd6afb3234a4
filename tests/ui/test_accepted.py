"""The modeler offers only what the gate accepts: its list is held against the gate's own."""

from __future__ import annotations

import json

from engine.bpmn.gate.palette import EVENT_DEFINITIONS, FLOW_NODES
from ui import assets

EVENTS = ("startEvent", "endEvent", "intermediateCatchEvent", "boundaryEvent")


def test_the_modeler_offers_nothing_that_is_refused() -> None:
    text = (assets.SOURCES / "src/studio/modeler/accepted.json").read_text("utf-8")
    offered = {tag.removeprefix("bpmn:"): kinds for tag, kinds in json.loads(text).items()}
    assert {tag[0].lower() + tag[1:] for tag in offered} <= FLOW_NODES
    for tag in EVENTS:
        definitions = {f"{kind}EventDefinition" for kind in EVENT_DEFINITIONS[tag]}
        kinds = offered[tag[0].upper() + tag[1:]]
        assert {_tag(kind) for kind in kinds if kind} <= definitions, tag


def _tag(name: str) -> str:
    local = name.removeprefix("bpmn:")
    return local[0].lower() + local[1:]


def test_everything_the_modeler_says_has_a_chinese_word() -> None:
    words = (assets.SOURCES / "src/studio/modeler/zh.js").read_text("utf-8")
    entries = (assets.SOURCES / "node_modules/bpmn-js/lib/features/popup-menu/PopupEntries.js").read_text("utf-8")
    labels = {line.split("'")[1] for line in entries.splitlines() if line.strip().startswith("label: '")}
    assert len(labels) > 60
    assert [label for label in sorted(labels) if json.dumps(label) + ":" not in words] == []
