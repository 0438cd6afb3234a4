"""Tasks, multi-instance and subprocesses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from engine.bpmn.expressions import feel_of
from engine.bpmn.gate.diagram import Diagram, finding, label, short
from engine.bpmn.gate.expressions import with_extensions
from engine.bpmn.gate.words import panel_word
from engine.bpmn.moments import Amount, read_moment
from engine.bpmn.names import bpmn, camunda, guicheng
from engine.errors import Finding
from engine.i18n import _

RULES = ("anyone", "person", "role", "department", "leader", "several")
ACTION_KINDS = ("approve", "submit", "agree", "oppose", "abstain", "return", "reject", "rework")
OPINIONS = ("required", "optional", "none")
UNITS = ("workday", "hour")
MAPPINGS = ("singleResult", "singleEntry", "collectEntries", "resultList")
RESERVED = ("case", "loopCounter", "nrOfInstances", "nrOfCompletedInstances", "nrOfActiveInstances")


def check_variables(diagram: Diagram) -> Iterator[Finding]:
    """Variables that the diagram writes have names that FEEL can read, and are none of the platform's own."""
    for element in with_extensions(diagram):
        for attribute in _variable_attributes(element):
            name = element.get(attribute)
            if name is None:
                continue
            yield from unusable(element, name)


def unusable(element: Element, name: str) -> Iterator[Finding]:
    """What keeps a name from being a variable's."""
    if not re.fullmatch(r"[^\W\d]\w*", name):
        message = _("变量名「{name}」不能使用，请用字母、汉字、数字和下划线，且不以数字开头。", name=short(name))
        yield finding(element, "bad_variable", message)
    elif name in RESERVED:
        message = _("变量名「{name}」由平台使用，请换一个名称。", name=name)
        yield finding(element, "reserved_variable", message)


def _variable_attributes(element: Element) -> tuple[str, ...]:
    if element.tag in (camunda("inputParameter"), camunda("outputParameter")):
        return ("name",)
    if element.tag == guicheng("actions"):
        return ("variable",)
    if element.tag == guicheng("vote"):
        return ("result",)
    if element.tag == camunda("out") and element.get("variables") != "all":
        return ("target",)
    return (
        camunda("resultVariable"),
        camunda("elementVariable"),
        guicheng("outputCollection"),
        camunda("errorCodeVariable"),
        camunda("errorMessageVariable"),
        camunda("escalationCodeVariable"),
    )


def check_tasks(diagram: Diagram) -> Iterator[Finding]:
    """What each kind of task needs in order to run."""
    for task in diagram.all("serviceTask"):
        yield from _service(task)
    for task in diagram.all("businessRuleTask"):
        if not task.get(camunda("decisionRef")):
            message = _("{it}没有选择决策表，请选择（camunda:decisionRef）。", it=label(task))
            yield finding(task, "no_decision", message)
        if not task.get(camunda("resultVariable")):
            message = _("{it}没有结果变量，结果会丢失；请填写（camunda:resultVariable）。", it=label(task))
            yield finding(task, "no_result", message)
        if task.get(camunda("mapDecisionResult"), "singleResult") not in MAPPINGS:
            message = _("{it}的结果方式只能是 {choices}，请改正。", it=label(task), choices=" / ".join(MAPPINGS))
            yield finding(task, "bad_value", message)
    for task in diagram.all("scriptTask"):
        yield from _script(task)


def _service(task: Element) -> Iterator[Finding]:
    topic = task.get(camunda("topic")) or ""
    if task.get(camunda("type")) != "external" or not topic:
        message = _(
            "{it}没有选择处理器，请选择（camunda:type 为 external，camunda:topic 为 模块.函数）。", it=label(task)
        )
        yield finding(task, "no_topic", message)
    elif not re.fullmatch(r"[\w.:-]+", topic):
        message = _("{it}的处理器「{topic}」只能由字母、数字和 . : _ - 组成，请改正。", it=label(task), topic=topic)
        yield finding(task, "bad_topic", message)


def _script(task: Element) -> Iterator[Finding]:
    if task.get("scriptFormat") != "feel":
        message = _('{it}的脚本语言只能是 FEEL，请设 scriptFormat="feel" 并用 FEEL 书写。', it=label(task))
        yield finding(task, "bad_script", message)
    if not (task.findtext(bpmn("script")) or "").strip():
        yield finding(task, "no_script", _("{it}没有脚本，请填写 FEEL 表达式。", it=label(task)))
    if not task.get(camunda("resultVariable")):
        message = _("{it}没有结果变量，结果会丢失；请填写（camunda:resultVariable）。", it=label(task))
        yield finding(task, "no_result", message)


def check_user_tasks(diagram: Diagram) -> Iterator[Finding]:
    """Candidates, deadline and buttons say something that can be carried out."""
    for task in diagram.all("userTask", "startEvent"):
        for candidates in _extensions(task, "candidates"):
            yield from _candidates(task, candidates)
        for deadline in _extensions(task, "deadline"):
            yield from _deadline(task, deadline)
        for actions in _extensions(task, "actions"):
            yield from _actions(task, actions)
        for tag in ("candidates", "deadline", "actions"):
            if len(_extensions(task, tag)) > 1:
                message = _(
                    "{it}的{what}设置了多次，请只保留一份（guicheng:{tag}）。",
                    it=label(task),
                    what=panel_word(tag),
                    tag=tag,
                )
                yield finding(task, "repeated_extension", message)


def _extensions(task: Element, tag: str) -> list[Element]:
    return task.findall(f"{bpmn('extensionElements')}/{guicheng(tag)}")


def _candidates(task: Element, candidates: Element) -> Iterator[Finding]:
    rule = candidates.get("rule")
    if rule not in RULES:
        message = _(
            "{it}的办理人规则「{rule}」不能识别，只能是 {choices}。",
            it=label(task),
            rule=rule,
            choices=" / ".join(RULES),
        )
        yield finding(task, "bad_candidates", message)
    elif rule != "anyone" and not (candidates.get("value") or "").strip():
        message = _("{it}的办理人规则没有填写对象，请填写（{rule} 的 value）。", it=label(task), rule=rule)
        yield finding(task, "bad_candidates", message)
    elif rule == "several" and not _all_named(candidates.get("value") or ""):
        message = _(
            "{it}的办理人规则里每一项都要写明是人还是角色，请改正（person:账号、role:角色代码）。", it=label(task)
        )
        yield finding(task, "bad_candidates", message)
    fallback = candidates.get("fallback")
    if fallback is not None and not re.fullmatch(r"role:\S+", fallback):
        message = _("{it}的“无人可办时”应是一个角色，请改正（role:角色代码）。", it=label(task))
        yield finding(task, "bad_candidates", message)


def _all_named(value: str) -> bool:
    """Whether each part of the list says which rule it is of."""
    kinds = tuple(f"{rule}:" for rule in RULES)
    return feel_of(value) is not None or all(part.strip().startswith(kinds) for part in value.split(","))


def _deadline(task: Element, deadline: Element) -> Iterator[Finding]:
    unit = deadline.get("unit", "workday")
    if unit not in UNITS:
        message = _(
            "{it}的时限单位「{unit}」不能识别，只能是工作日或小时（workday、hour）。", it=label(task), unit=unit
        )
        yield finding(task, "bad_deadline", message)
    for attribute in ("due", "remind"):
        text = deadline.get(attribute)
        if text is None and (attribute == "remind" or feel_of(deadline.get("remind") or "") is not None):
            continue  # without an end, FEEL may still say when to remind
        if text is None or (feel_of(text) is None and not isinstance(read_moment(text), Amount)):
            message = _(
                "{it}的{what}「{text}」不是数，请填写数或以 = 开头的表达式（{attribute}）。",
                it=label(task),
                what=_("办理时限") if attribute == "due" else _("提前提醒"),
                attribute=attribute,
                text=text or "",
            )
            yield finding(task, "bad_deadline", message)
    escalate = deadline.get("escalate")
    if escalate is not None and not re.fullmatch(r"leader|role:\S+|person:.*\S", escalate):
        message = _(
            "{it}的“超期后上报”应是部门负责人、角色或人员，请改正（leader、role:角色代码 或 person:人员）。",
            it=label(task),
        )
        yield finding(task, "bad_deadline", message)


def _actions(task: Element, actions: Element) -> Iterator[Finding]:
    items = actions.findall(guicheng("action"))
    values = [item.get("value") or "" for item in items]
    if not items:
        yield finding(task, "bad_actions", _("{it}没有任何按钮，请至少加一个（guicheng:action）。", it=label(task)))
    if len(set(values)) < len(values):
        yield finding(task, "bad_actions", _("{it}有两个按钮的值相同，请改成不同的值。", it=label(task)))
    if sum(item.get("kind") == "return" for item in items) > 1:
        yield finding(task, "bad_actions", _("{it}最多只能有一个退回按钮，请删除多余的。", it=label(task)))
    if len(items) > 1 and not actions.get("variable"):
        message = _("{it}有多个按钮，但没有记录选择的变量；请填写（variable）。", it=label(task))
        yield finding(task, "bad_actions", message)
    for item in items:
        kind, opinion = item.get("kind"), item.get("opinion", "optional")
        if not item.get("value") or not item.get("label"):
            yield finding(task, "bad_actions", _("{it}有按钮缺少值或文字，请填写。", it=label(task)))
        if kind not in ACTION_KINDS:
            message = _(
                "{it}的按钮类型「{kind}」不能识别，只能是 {choices}。",
                it=label(task),
                kind=kind,
                choices=" / ".join(ACTION_KINDS),
            )
            yield finding(task, "bad_actions", message)
        if opinion not in OPINIONS:
            message = _(
                "{it}的意见要求「{opinion}」不能识别，只能是 {choices}。",
                it=label(task),
                opinion=opinion,
                choices=" / ".join(OPINIONS),
            )
            yield finding(task, "bad_actions", message)
