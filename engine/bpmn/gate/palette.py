"""What is accepted, what everything is called in Chinese, and what to draw instead of what is not accepted."""

from __future__ import annotations

from lxml.etree import _Element as Element

from engine.bpmn.names import BPMN
from engine.i18n import _

FLOW_NODES = frozenset(
    {
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "boundaryEvent",
        "userTask",
        "serviceTask",
        "businessRuleTask",
        "scriptTask",
        "exclusiveGateway",
        "parallelGateway",
        "subProcess",
    }
)
ACTIVITY_TAGS = frozenset({"userTask", "serviceTask", "businessRuleTask", "scriptTask", "subProcess"})

# What may stand where without being looked at further: words and drawing.
_REMARKS = {"documentation", "extensionElements"}
_DRAWING = {"textAnnotation", "association", "group"}
_EVENT_DEFINITIONS = {
    "startEvent": {"messageEventDefinition"},
    "endEvent": {"terminateEventDefinition"},
    "intermediateCatchEvent": {"timerEventDefinition"},
    "boundaryEvent": {"timerEventDefinition", "errorEventDefinition"},
}
_NODE = _REMARKS | {"incoming", "outgoing"}
CHILDREN: dict[str, set[str]] = {
    "definitions": _REMARKS | {"process", "collaboration", "message", "error", "signal", "escalation", "category"},
    "category": _REMARKS | {"categoryValue"},
    "categoryValue": _REMARKS,
    "message": _REMARKS,
    "error": _REMARKS,
    "signal": _REMARKS,
    "escalation": _REMARKS,
    "collaboration": _REMARKS | _DRAWING | {"participant"},
    "participant": _REMARKS,
    "process": _REMARKS | _DRAWING | FLOW_NODES | {"sequenceFlow", "laneSet"},
    "laneSet": _REMARKS | {"lane"},
    "lane": _REMARKS | {"flowNodeRef", "childLaneSet"},
    "childLaneSet": _REMARKS | {"lane"},
    "flowNodeRef": set(),
    "sequenceFlow": _REMARKS | {"conditionExpression"},
    "conditionExpression": set(),
    "subProcess": _NODE | _DRAWING | FLOW_NODES | {"sequenceFlow"},
    "userTask": _NODE | {"multiInstanceLoopCharacteristics"},
    "multiInstanceLoopCharacteristics": _REMARKS | {"completionCondition"},
    "completionCondition": set(),
    "serviceTask": _NODE,
    "businessRuleTask": _NODE,
    "scriptTask": _NODE | {"script"},
    "script": set(),
    "exclusiveGateway": _NODE,
    "parallelGateway": _NODE,
    **{tag: _NODE | definitions for tag, definitions in _EVENT_DEFINITIONS.items()},
    "messageEventDefinition": _REMARKS,
    "terminateEventDefinition": _REMARKS,
    "errorEventDefinition": _REMARKS,
    "timerEventDefinition": _REMARKS | {"timeDuration", "timeDate"},
    "timeDuration": set(),
    "timeDate": set(),
    "textAnnotation": _REMARKS | {"text"},
    "text": set(),
    "association": _REMARKS,
    "group": _REMARKS,
    "incoming": set(),
    "outgoing": set(),
    "documentation": set(),
}


def local(element: Element) -> str:
    """`userTask` for a BPMN element; the full tag for any other."""
    return str(element.tag).removeprefix(BPMN)


def is_bpmn(element: Element) -> bool:
    """Whether the element is of the BPMN namespace."""
    return str(element.tag).startswith(BPMN)


def kind_name(tag: str) -> str:
    """What a person calls an element."""
    names = {
        "process": _("流程"),
        "participant": _("泳池"),
        "lane": _("泳道"),
        "sequenceFlow": _("连线"),
        "messageFlow": _("消息流"),
        "startEvent": _("开始事件"),
        "endEvent": _("结束事件"),
        "intermediateCatchEvent": _("中间捕获事件"),
        "intermediateThrowEvent": _("中间抛出事件"),
        "boundaryEvent": _("边界事件"),
        "implicitThrowEvent": _("隐式抛出事件"),
        "task": _("普通任务"),
        "userTask": _("用户任务"),
        "manualTask": _("手工任务"),
        "serviceTask": _("服务任务"),
        "businessRuleTask": _("业务规则任务"),
        "scriptTask": _("脚本任务"),
        "sendTask": _("发送任务"),
        "receiveTask": _("接收任务"),
        "callActivity": _("调用活动"),
        "subProcess": _("子流程"),
        "transaction": _("事务子流程"),
        "adHocSubProcess": _("自由子流程"),
        "exclusiveGateway": _("排他网关"),
        "parallelGateway": _("并行网关"),
        "inclusiveGateway": _("包容网关"),
        "complexGateway": _("复杂网关"),
        "eventBasedGateway": _("事件网关"),
        "messageEventDefinition": _("消息"),
        "signalEventDefinition": _("信号"),
        "timerEventDefinition": _("定时"),
        "errorEventDefinition": _("错误"),
        "escalationEventDefinition": _("升级"),
        "conditionalEventDefinition": _("条件"),
        "compensateEventDefinition": _("补偿"),
        "cancelEventDefinition": _("取消"),
        "linkEventDefinition": _("链接"),
        "terminateEventDefinition": _("终止"),
        "eventDefinitionRef": _("事件定义引用"),
        "standardLoopCharacteristics": _("标准循环"),
        "multiInstanceLoopCharacteristics": _("多实例"),
        "loopCardinality": _("多实例固定次数"),
        "loopDataInputRef": _("多实例数据输入引用"),
        "loopDataOutputRef": _("多实例数据输出引用"),
        "inputDataItem": _("多实例输入项"),
        "outputDataItem": _("多实例输出项"),
        "complexBehaviorDefinition": _("多实例复杂行为"),
        "timeCycle": _("循环定时"),
        "dataObject": _("数据对象"),
        "dataObjectReference": _("数据对象"),
        "dataStore": _("数据存储"),
        "dataStoreReference": _("数据存储"),
        "ioSpecification": _("数据输入输出"),
        "dataInputAssociation": _("数据输入关联"),
        "dataOutputAssociation": _("数据输出关联"),
        "property": _("属性"),
        "choreography": _("编排"),
        "conversation": _("会话"),
        "import": _("导入"),
    }
    return names.get(tag, tag)


def panel_word(tag: str) -> str:
    """What the panel calls one of our own elements."""
    words = {
        "candidates": _("办理人"),
        "deadline": _("时限"),
        "actions": _("办理动作"),
        "action": _("办理动作"),
    }
    return words.get(tag, tag)


def instead(tag: str) -> str:
    """What to draw instead of an element that is not accepted."""
    advice = {
        "task": _("请改用用户任务、服务任务或脚本任务"),
        "manualTask": _("请改用用户任务"),
        "sendTask": _("请改用服务任务"),
        "receiveTask": _("请改用用户任务，或用消息开始的事件子流程"),
        "callActivity": _("请改用子流程"),
        "transaction": _("请改用普通子流程"),
        "adHocSubProcess": _("请改用并行网关与用户任务"),
        "inclusiveGateway": _("请改用并行网关，并在每个分支内用排他网关判断是否需要办理"),
        "complexGateway": _("请改用排他网关或并行网关"),
        "eventBasedGateway": _("请改用带定时边界事件的用户任务"),
        "intermediateThrowEvent": _("请改用服务任务"),
        "messageFlow": _("请删除消息流"),
        "standardLoopCharacteristics": _("请用排他网关画出循环"),
        "loopCardinality": _("请在“会签”里写由哪些人办理（camunda:collection）"),
        "timeCycle": _("请改用时长或时点（timeDuration、timeDate）"),
        "dataObject": _("请删除，数据由表单和流程变量承载"),
        "dataObjectReference": _("请删除，数据由表单和流程变量承载"),
        "dataStore": _("请删除，数据由表单和流程变量承载"),
        "dataStoreReference": _("请删除，数据由表单和流程变量承载"),
        "messageEventDefinition": _("请改用消息开始的事件子流程"),
        "compensateEventDefinition": _("请把回退步骤画成普通步骤"),
        "escalationEventDefinition": _("请用办理时限的超期上报"),
    }
    return advice.get(tag, _("请删除或换成已支持的元素"))
