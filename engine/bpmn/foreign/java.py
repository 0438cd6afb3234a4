"""What needs Java, or a script in another language: refused with the element's name and what to put instead."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.etree import _Element as Element

from engine.bpmn.foreign.desk import Desk
from engine.bpmn.foreign.vocabulary import COUSINS
from engine.bpmn.gate.diagram import label
from engine.bpmn.gate.expressions import owner_of
from engine.bpmn.gate.palette import is_bpmn, local
from engine.bpmn.names import CAMUNDA, bpmn
from engine.i18n import _

_NAMESPACES = (CAMUNDA, *COUSINS)
_LISTENERS = ("executionListener", "taskListener", "eventListener")
_WORDS = frozenset({"feel", "juel", ""})
_BUILT_IN = ("mail", "mule", "camel", "http", "shell", "dmn", "case", "send-event", "external-worker", "external")


def refuse_java(drawn: Sequence[Element], desk: Desk) -> None:
    """One finding for each; what is refused is taken out, so that nothing else complains about it."""
    for element in drawn:
        if is_bpmn(element):
            if element.attrib:
                _attributes(element, desk)
            if local(element) == "scriptTask":
                _script_task(element, desk)
        elif str(element.tag).startswith(_NAMESPACES):
            _element(element, desk)


def _attributes(element: Element, desk: Desk) -> None:
    for key, value in list(element.attrib.items()):
        namespace, name = _split(str(key))
        advice = _advice(local(element), name) if namespace else ""
        if advice:
            del element.attrib[key]
            desk.needs_java(element, f'{desk.shown(name)}="{_short(str(value))}"', advice)
        elif namespace and name == "type" and value not in ("external", "external-worker") and value in _BUILT_IN:
            del element.attrib[key]
            message = _(
                "{it}的类型 {value} 由原来的引擎自带，这里没有；请改为外部任务，由处理器或外部程序完成。",
                it=label(owner_of(element)),
                value=str(value),
            )
            desk.refuse(element, "needs_java", message)


def _advice(tag: str, name: str) -> str:
    if name in ("class", "delegateExpression"):
        if tag in ("serviceTask", "sendTask", "businessRuleTask", "messageEventDefinition"):
            return _("请改为外部任务（type 为 external 并填写 topic），由处理器或外部程序完成")
        return _("请删除，要做的事画成一个服务任务")
    if name in ("variableMappingClass", "variableMappingDelegateExpression"):
        return _("请在调用活动里逐个写出传入和传出的变量（in、out）")
    if name == "formHandlerClass":
        return _("请改用表单")
    return ""


def _script_task(task: Element, desk: Desk) -> None:
    words = (task.get("scriptFormat") or "").strip().lower()
    if words not in _WORDS:
        what = _("脚本（{language}）", language=task.get("scriptFormat"))
        _script(task, desk, what)
        task.set("scriptFormat", "feel")
        for script in task.findall(bpmn("script")):
            script.text = "null"


def _script(element: Element, desk: Desk, what: str) -> None:
    message = _(
        "{it}的{what}不能运行：这里只运行 FEEL；请用 FEEL 改写，或改为服务任务，由处理器完成。",
        it=label(owner_of(element)),
        what=what,
    )
    desk.refuse(element, "bad_script", message)


def _element(element: Element, desk: Desk) -> None:
    name = _split(str(element.tag))[1]
    parent = element.getparent()
    if parent is None:
        return  # went with what it was part of
    if name in _LISTENERS:
        what = _(
            "监听器 {name}（{event}：{value}）",
            name=desk.shown(name),
            event=element.get("event") or "",
            value=_runs(element),
        )
        desk.needs_java(element, what, _("请删除它，要做的事画成一个服务任务或 FEEL 脚本任务"))
    elif name == "connector":
        desk.needs_java(
            element, desk.shown(name), _("请改为外部任务（type 为 external 并填写 topic），由处理器或外部程序完成")
        )
    elif name == "script" and (element.get("scriptFormat") or "").strip().lower() != "feel":
        _script(element, desk, _("脚本（{language}）", language=element.get("scriptFormat") or ""))
        element.tag, element.text = CAMUNDA + "script", "null"
        element.set("scriptFormat", "feel")
        return
    elif name in ("formData", "formProperty"):
        message = _(
            "{it}的表单字段（{name}）画在流程图里，这里不用；请新建一个表单并选用。",
            it=label(owner_of(element)),
            name=desk.shown(name),
        )
        desk.refuse(element, "foreign_setting", message)
    elif name == "errorEventDefinition":
        desk.needs_java(element, desk.shown(name), _("请由处理器报告错误代码，并用错误边界事件接住"))
    elif name != "field":  # a field goes with the class that it is for
        return
    parent.remove(element)


def _runs(listener: Element) -> str:
    found = (listener.get(name) for name in ("class", "expression", "delegateExpression"))
    inner = next((child for child in listener if str(child.tag).endswith("script")), None)
    language = inner.get("scriptFormat") or "" if inner is not None else ""
    return _short(next((text for text in found if text), language))


def _split(name: str) -> tuple[str, str]:
    if not name.startswith(_NAMESPACES):
        return "", name
    namespace, _brace, own = name.rpartition("}")
    return namespace, own


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60] + "…"
