"""Loop characteristics: standard loop and multi-instance."""

from __future__ import annotations

from lxml.etree import _Element as Element

from engine.bpmn.event_definitions import EventDefinition
from engine.bpmn.expressions import always_feel
from engine.bpmn.loops import AdHoc, MultiInstance, StandardLoop
from engine.bpmn.names import bpmn, camunda, guicheng
from engine.bpmn.parser.data import Data
from engine.bpmn.parser.events import Events


def standard_loop(element: Element) -> StandardLoop | None:
    """The standard loop of an activity; a loop without condition and maximum goes round once."""
    loop = element.find(bpmn("standardLoopCharacteristics"))
    if loop is None:
        return None
    condition = _feel(loop, "loopCondition")
    maximum = loop.get("loopMaximum")
    return StandardLoop(
        test_before=loop.get("testBefore") == "true",
        condition=condition,
        maximum=int(maximum) if maximum else (1 if condition is None else None),
    )


def multi_instance(element: Element, data: Data | None = None, events: Events | None = None) -> MultiInstance | None:
    """The multi-instance of an activity, written in Camunda's way and ours, or in the standard's."""
    loop = element.find(bpmn("multiInstanceLoopCharacteristics"))
    if loop is None:
        return None
    data = data or Data(element)
    source = _name(loop, "loopDataInputRef", data)
    target = _name(loop, "loopDataOutputRef", data)
    item, result = _item(loop, "inputDataItem"), _item(loop, "outputDataItem")
    behavior = loop.get("behavior", "All")
    return MultiInstance(
        sequential=loop.get("isSequential") == "true",
        collection=loop.get(camunda("collection")) or (f"= {source}" if source else ""),
        element=loop.get(camunda("elementVariable")) or item,
        output_collection=loop.get(guicheng("outputCollection")) or target,
        output_element=loop.get(guicheng("outputElement")) or (f"= {result}" if result else None),
        completion_condition=_feel(loop, "completionCondition"),
        cardinality=_feel(loop, "loopCardinality"),
        behavior=behavior,
        event=_told(loop, behavior, events),
        complex=_complex(loop, events) if behavior == "Complex" else (),
    )


def ad_hoc(element: Element) -> AdHoc | None:
    """What an ad-hoc subprocess says of the order and the end of its activities."""
    if element.tag != bpmn("adHocSubProcess"):
        return None
    return AdHoc(
        sequential=element.get("ordering") == "Sequential",
        condition=_feel(element, "completionCondition"),
        cancel_remaining=element.get("cancelRemainingInstances", "true") != "false",
    )


def _told(loop: Element, behavior: str, events: Events | None) -> EventDefinition | None:
    attribute = {"None": "noneBehaviorEventRef", "One": "oneBehaviorEventRef"}.get(behavior)
    return None if attribute is None or events is None else events.referred(loop, attribute)


def _complex(loop: Element, events: Events | None) -> tuple[tuple[str, EventDefinition], ...]:
    found = []
    for definition in loop.findall(bpmn("complexBehaviorDefinition")):
        condition = _feel(definition, "condition")
        for thrown in definition.findall(bpmn("event")) if events is not None and condition else ():
            found += [(condition, one) for one in events.of(thrown)] if events is not None and condition else []
    return tuple(found)


def _name(loop: Element, tag: str, data: Data) -> str | None:
    reference = (loop.findtext(bpmn(tag)) or "").strip()
    return data.name(reference) if reference else None


def _item(loop: Element, tag: str) -> str | None:
    item = loop.find(bpmn(tag))
    return None if item is None else item.get("name") or item.get("id")


def _feel(element: Element, tag: str) -> str | None:
    text = (element.findtext(bpmn(tag)) or "").strip()
    return always_feel(text) if text else None
