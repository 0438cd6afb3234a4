"""The modeler offers what the gate accepts: its list is held against the gate's own."""

from __future__ import annotations

import json

from engine.bpmn.gate.palette import EVENT_DEFINITIONS, EVENT_TAGS, FLOW_NODES
from ui import assets

DATA = {"dataObjectReference", "dataStoreReference"}
WITHOUT_KIND = {"startEvent", "endEvent", "intermediateThrowEvent"}
"""Events that may stand without a definition."""


def test_the_modelers_list_is_the_gates() -> None:
    text = (assets.SOURCES / "src/studio/modeler/accepted.json").read_text("utf-8")
    offered = {_tag(name): kinds for name, kinds in json.loads(text).items()}
    assert set(offered) == FLOW_NODES | DATA
    for tag in EVENT_TAGS:
        definitions = {f"{kind}EventDefinition" for kind in EVENT_DEFINITIONS[tag]}
        assert {_tag(kind) for kind in offered[tag] if kind} == definitions, tag
        assert ("" in offered[tag]) == (tag in WITHOUT_KIND), tag
    assert all(kinds == [""] for tag, kinds in offered.items() if tag not in EVENT_TAGS)


def _tag(name: str) -> str:
    local = name.removeprefix("bpmn:")
    return local[0].lower() + local[1:]


def test_everything_the_modeler_says_has_a_chinese_word() -> None:
    words = (assets.SOURCES / "src/studio/modeler/zh.js").read_text("utf-8")
    entries = (assets.SOURCES / "node_modules/bpmn-js/lib/features/popup-menu/PopupEntries.js").read_text("utf-8")
    labels = {line.split("'")[1] for line in entries.splitlines() if line.strip().startswith("label: '")}
    assert len(labels) > 60
    assert [label for label in sorted(labels) if json.dumps(label) + ":" not in words] == []
