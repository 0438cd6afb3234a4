"""How often an activity is done: standard loops, multi-instance and quantities (BPMN 2.0, 10.3.8 and 13.3.6 f.)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from engine.bpmn.expressions import always_feel, feel_of
from engine.bpmn.gate.diagram import Diagram, finding, is_event_subprocess, label, short
from engine.bpmn.gate.palette import ACTIVITY_TAGS, DEFINITION_TAGS
from engine.bpmn.names import bpmn, camunda, guicheng
from engine.errors import Finding
from engine.i18n import _

MAX_QUANTITY = 1_000
MAX_CARDINALITY = 10_000
_BEHAVIORS = {"None": "noneBehaviorEventRef", "One": "oneBehaviorEventRef"}


def check_quantities(diagram: Diagram) -> Iterator[Finding]:
    """`startQuantity` and `completionQuantity` are whole numbers from 1 on, and none that floods the process."""
    for activity in diagram.nodes:
        for attribute in ("startQuantity", "completionQuantity"):
            text = activity.get(attribute)
            if text is not None and not _whole(text, MAX_QUANTITY):
                message = _(
                    "{it}的 {attribute} 应是 1 到 {n} 的整数，请改正。",
                    it=label(activity),
                    attribute=attribute,
                    n=MAX_QUANTITY,
                )
                yield finding(activity, "bad_quantity", message)


def check_loops(diagram: Diagram) -> Iterator[Finding]:
    """One kind of loop at most on an activity, and each with all that it needs in order to begin and to end."""
    for activity in diagram.all(*ACTIVITY_TAGS):
        standard = activity.findall(bpmn("standardLoopCharacteristics"))
        multi = activity.findall(bpmn("multiInstanceLoopCharacteristics"))
        if len(standard) + len(multi) > 1:
            message = _(
                "{it}有 {n} 种循环，只能有一种；请删除多余的。", it=label(activity), n=len(standard) + len(multi)
            )
            yield finding(activity, "several_loops", message)
        if (standard or multi) and is_event_subprocess(activity):
            message = _("{it}不能循环或多实例；请删除循环标记。", it=label(activity))
            yield finding(activity, "misplaced_loop", message)
        for loop in standard[:1]:
            yield from _standard(activity, loop)
        for loop in multi[:1]:
            yield from _source(activity, loop)
            yield from _output(activity, loop)
            yield from _behavior(diagram, activity, loop)


def _standard(activity: Element, loop: Element) -> Iterator[Finding]:
    maximum = loop.get("loopMaximum")
    if maximum is not None and not _whole(maximum, 10**9):
        message = _("{it}的最多次数「{text}」应是从 1 起的整数，请改正。", it=label(activity), text=short(maximum))
        yield finding(activity, "bad_quantity", message)
    if maximum is None and not (loop.findtext(bpmn("loopCondition")) or "").strip():
        message = _(
            "{it}是循环，但没有循环条件也没有最多次数；请填写（loopCondition、loopMaximum）。", it=label(activity)
        )
        yield finding(activity, "no_loop_condition", message)


def _source(activity: Element, loop: Element) -> Iterator[Finding]:
    """How many instances: exactly one of a collection, a number and a data input."""
    collection = (loop.get(camunda("collection")) or "").strip()
    cardinality = (loop.findtext(bpmn("loopCardinality")) or "").strip()
    data = (loop.findtext(bpmn("loopDataInputRef")) or "").strip()
    given = [text for text in (collection, cardinality, data) if text]
    if not given:
        message = _(
            "{it}是多人办理，但没有说由哪些人办理；请填写集合，例如 = panel（camunda:collection）。", it=label(activity)
        )
        yield finding(activity, "no_collection", message)
    if len(given) > 1:
        message = _("{it}的多实例既有次数又有集合，只能用一种；请删除多余的。", it=label(activity))
        yield finding(activity, "several_collections", message)
    if collection and feel_of(collection) is None:
        message = _(
            "{it}由哪些人办理（集合）应是以 = 开头的表达式，请写成 = {text}。",
            it=label(activity),
            text=short(collection),
        )
        yield finding(activity, "no_collection", message)
    number = always_feel(cardinality)
    if re.fullmatch(r"[-+]?[\d.]+", number) and number != "0" and not _whole(number, MAX_CARDINALITY):
        message = _(
            "{it}的多实例次数「{text}」应是 0 到 {n} 的整数，请改正。",
            it=label(activity),
            text=short(number),
            n=MAX_CARDINALITY,
        )
        yield finding(activity, "bad_quantity", message)


def _output(activity: Element, loop: Element) -> Iterator[Finding]:
    output, item = loop.get(guicheng("outputCollection")), loop.get(guicheng("outputElement"))
    if (output is None) != (item is None):
        message = _(
            "{it}的“结果存入”与“每人记下什么”必须同时填写（outputCollection、outputElement）。", it=label(activity)
        )
        yield finding(activity, "half_output", message)
    if item is not None and feel_of(item) is None:
        message = _("{it}的“每人记下什么”应是以 = 开头的表达式，请改正（outputElement）。", it=label(activity))
        yield finding(activity, "half_output", message)
    if (loop.find(bpmn("loopDataOutputRef")) is None) != (loop.find(bpmn("outputDataItem")) is None):
        message = _(
            "{it}的多实例数据输出与输出项必须同时填写（loopDataOutputRef、outputDataItem）。", it=label(activity)
        )
        yield finding(activity, "half_output", message)


def _behavior(diagram: Diagram, activity: Element, loop: Element) -> Iterator[Finding]:
    """What the boundary is told of instances that end: `None` and `One` name an event, `Complex` lists conditions."""
    behavior = loop.get("behavior", "All")
    if behavior in _BEHAVIORS and diagram.declared(loop.get(_BEHAVIORS[behavior]), *DEFINITION_TAGS) is None:
        message = _(
            "{it}的多实例行为 {behavior} 没有选择事件定义，请选择（{attribute}）或改为 All。",
            it=label(activity),
            behavior=behavior,
            attribute=_BEHAVIORS[behavior],
        )
        yield finding(activity, "no_behavior_event", message)
    rules = loop.findall(bpmn("complexBehaviorDefinition"))
    if behavior == "Complex" and not rules:
        message = _("{it}的多实例行为 Complex 没有任何规则，请添加或改为 All。", it=label(activity))
        yield finding(activity, "no_behavior_event", message)
    for rule in rules:
        if not (rule.findtext(bpmn("condition")) or "").strip():
            message = _("{it}的多实例规则没有条件，请填写 FEEL 表达式。", it=label(activity))
            yield finding(activity, "no_condition", message)


def _whole(text: str, most: int) -> bool:
    return re.fullmatch(r"\+?0{0,20}[1-9][0-9]{0,9}", text.strip()) is not None and int(text) <= most
