"""What everything is called in Chinese, and what to do instead of what is not accepted."""

from __future__ import annotations

from functools import cache

from engine.i18n import _, language


def kind_name(tag: str) -> str:
    """What a person calls an element."""
    return _names(language()).get(tag, tag)


@cache
def _names(_language: str) -> dict[str, str]:
    return {
        "definitions": _("文件"),
        "message": _("消息"),
        "signal": _("信号"),
        "error": _("错误"),
        "escalation": _("升级"),
        "itemDefinition": _("数据类型"),
        "interface": _("服务接口"),
        "operation": _("服务操作"),
        "collaboration": _("协作图"),
        "association": _("关联线"),
        "group": _("分组"),
        "categoryValue": _("分组类别"),
        "textAnnotation": _("批注"),
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
        "dataInput": _("数据输入"),
        "dataOutput": _("数据输出"),
        "inputSet": _("数据输入组"),
        "outputSet": _("数据输出组"),
        "event": _("隐式抛出事件"),
        "correlationSubscription": _("消息关联订阅"),
        "correlationKey": _("消息关联键"),
        "resourceRole": _("资源角色"),
        "performer": _("执行人"),
        "humanPerformer": _("执行人"),
        "potentialOwner": _("候选人"),
        "globalTask": _("全局任务"),
        "globalUserTask": _("全局用户任务"),
        "globalManualTask": _("全局手工任务"),
        "globalScriptTask": _("全局脚本任务"),
        "globalBusinessRuleTask": _("全局业务规则任务"),
    }


def panel_word(tag: str) -> str:
    """What the panel calls one of our own elements."""
    words = {
        "candidates": _("办理人"),
        "deadline": _("时限"),
        "actions": _("办理动作"),
        "action": _("办理动作"),
        "vote": _("会签规则"),
    }
    return words.get(tag, tag)


def instead(tag: str) -> str:
    """What to do about an element that is not accepted where it stands."""
    advice = {
        "resourceRole": _("请改在“办理人”里设置（guicheng:candidates）"),
        "performer": _("请改在“办理人”里设置（guicheng:candidates）"),
        "humanPerformer": _("请改在“办理人”里设置（guicheng:candidates）"),
        "potentialOwner": _("请改在“办理人”里设置（guicheng:candidates）"),
        "choreography": _("编排图不能执行，请另存为一个文件"),
        "correlationSubscription": _("请在消息事件上写明区分案件的键"),
        "correlationKey": _("请在消息事件上写明区分案件的键"),
    }
    return advice.get(tag, _("请删除或移到它该在的位置"))
