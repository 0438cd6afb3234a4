"""What may stand where (BPMN 2.0, the content models of its XML schema), as far as it means something to a run.

What is not listed under its parent is refused by name. What is listed and not looked at any further (`OPAQUE`) says
nothing about how a process runs: remarks, drawing, the views of a conversation.
"""

from __future__ import annotations

from lxml.etree import _Element as Element

from engine.bpmn.names import BPMN

TASK_TAGS = frozenset(
    {
        "task",
        "manualTask",
        "userTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
        "scriptTask",
    }
)
SUBPROCESS_TAGS = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ACTIVITY_TAGS = TASK_TAGS | SUBPROCESS_TAGS | {"callActivity"}
GATEWAY_TAGS = frozenset(
    {"exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway", "complexGateway"}
)
EVENT_DEFINITIONS: dict[str, frozenset[str]] = {
    "startEvent": frozenset({"message", "timer", "conditional", "signal", "error", "escalation", "compensate"}),
    "intermediateCatchEvent": frozenset({"message", "timer", "conditional", "signal", "link"}),
    "intermediateThrowEvent": frozenset({"message", "signal", "escalation", "compensate", "link"}),
    "boundaryEvent": frozenset(
        {"message", "timer", "conditional", "signal", "error", "escalation", "compensate", "cancel"}
    ),
    "endEvent": frozenset({"message", "signal", "error", "escalation", "compensate", "cancel", "terminate"}),
    "event": frozenset({"message", "signal", "escalation", "compensate"}),
}
"""The kinds of definition that may stand on an event (tables 10.84 to 10.93), whatever is around it."""
DEFINITION_TAGS = frozenset(f"{kind}EventDefinition" for kinds in EVENT_DEFINITIONS.values() for kind in kinds)
EVENT_TAGS = frozenset(EVENT_DEFINITIONS) - {"event"}
FLOW_NODES = ACTIVITY_TAGS | GATEWAY_TAGS | EVENT_TAGS

DATA_TAGS = frozenset(
    {"dataObject", "dataObjectReference", "dataStoreReference", "property", "dataInput", "dataOutput"}
)
"""What a data association may begin or end at (item-aware elements)."""

_REMARKS = {"documentation", "extensionElements"}
_ELEMENT = _REMARKS | {"auditing", "monitoring", "categoryValueRef"}
_NODE = _ELEMENT | {"incoming", "outgoing"}
_DRAWING = {"textAnnotation", "association", "group"}
_FLOW_ELEMENTS = FLOW_NODES | {"sequenceFlow", "dataObject", "dataObjectReference", "dataStoreReference"}
_SCOPE = _DRAWING | _FLOW_ELEMENTS | {"laneSet", "property"}
_LOOPS = {"standardLoopCharacteristics", "multiInstanceLoopCharacteristics"}
_ACTIVITY = _NODE | _LOOPS | {"ioSpecification", "property", "dataInputAssociation", "dataOutputAssociation"}
_CATCH = _NODE | {"property", "dataOutput", "dataOutputAssociation", "outputSet", "eventDefinitionRef"}
_THROW = _NODE | {"property", "dataInput", "dataInputAssociation", "inputSet", "eventDefinitionRef"}
_VIEWS = {
    "conversation",
    "subConversation",
    "callConversation",
    "conversationAssociation",
    "conversationLink",
    "participantAssociation",
    "messageFlowAssociation",
    "choreographyRef",
}
GLOBAL_TASKS = frozenset(
    {"globalTask", "globalManualTask", "globalUserTask", "globalScriptTask", "globalBusinessRuleTask"}
)
_ROOTS = (
    {"process", "collaboration", "message", "error", "signal", "escalation", "category", "dataStore", "interface"}
    | {"itemDefinition", "resource", "endPoint", "partnerEntity", "partnerRole", "import", "extension"}
    | {"relationship", "correlationProperty", "globalConversation"}
)

OPAQUE = frozenset(
    {"documentation", "extensionElements", "auditing", "monitoring", "rendering", "dataState", "endPoint", "resource"}
    | {"partnerEntity", "partnerRole", "relationship", "correlationProperty", "globalConversation", "import"}
    | {"participantMultiplicity", "partitionElement", "ioBinding", "extension"}
    | GLOBAL_TASKS
    | _VIEWS
)
TEXTS = frozenset(
    {"conditionExpression", "condition", "loopCondition", "completionCondition", "activationCondition", "script"}
    | {"loopCardinality", "timeDate", "timeDuration", "timeCycle", "transformation", "from", "to", "text"}
    | {"flowNodeRef", "incoming", "outgoing", "sourceRef", "targetRef", "eventDefinitionRef", "operationRef"}
    | {"dataInputRefs", "dataOutputRefs", "optionalInputRefs", "whileExecutingInputRefs", "outputSetRefs"}
    | {"optionalOutputRefs", "whileExecutingOutputRefs", "inputSetRefs", "loopDataInputRef", "loopDataOutputRef"}
    | {"inMessageRef", "outMessageRef", "errorRef", "categoryValueRef", "interfaceRef", "endPointRef", "source"}
    | {"target", "supports", "supportedInterfaceRef"}
)
"""Elements whose text is all that counts: an element inside them would cut it short."""

CHILDREN: dict[str, set[str]] = {
    "definitions": _REMARKS | _ROOTS | GLOBAL_TASKS | DEFINITION_TAGS,
    **dict.fromkeys(("message", "error", "signal", "escalation", "itemDefinition", "categoryValue"), _REMARKS),
    "category": _REMARKS | {"categoryValue"},
    "dataStore": _REMARKS | {"dataState"},
    "interface": _REMARKS | {"operation"},
    "operation": _REMARKS | {"inMessageRef", "outMessageRef", "errorRef"},
    "collaboration": _REMARKS | _DRAWING | _VIEWS | {"participant", "messageFlow"},
    "participant": _REMARKS | {"participantMultiplicity", "interfaceRef", "endPointRef"},
    "messageFlow": _REMARKS,
    "process": _ELEMENT | _SCOPE | {"ioSpecification", "ioBinding", "supports", "supportedInterfaceRef"},
    "laneSet": _REMARKS | {"lane"},
    "lane": _REMARKS | {"flowNodeRef", "childLaneSet", "partitionElement"},
    "childLaneSet": _REMARKS | {"lane"},
    "sequenceFlow": _ELEMENT | {"conditionExpression"},
    # activities
    **dict.fromkeys(TASK_TAGS | {"callActivity"}, _ACTIVITY),
    "userTask": _ACTIVITY | {"rendering"},
    "scriptTask": _ACTIVITY | {"script"},
    **dict.fromkeys(SUBPROCESS_TAGS, _ACTIVITY | _SCOPE),
    "adHocSubProcess": _ACTIVITY | _SCOPE | {"completionCondition"},
    "standardLoopCharacteristics": _REMARKS | {"loopCondition"},
    "multiInstanceLoopCharacteristics": _REMARKS
    | {"loopCardinality", "loopDataInputRef", "loopDataOutputRef", "inputDataItem", "outputDataItem"}
    | {"complexBehaviorDefinition", "completionCondition"},
    "complexBehaviorDefinition": _REMARKS | {"condition", "event"},
    "event": _THROW | {f"{kind}EventDefinition" for kind in EVENT_DEFINITIONS["event"]},
    # gateways
    **dict.fromkeys(GATEWAY_TAGS, _NODE),
    "complexGateway": _NODE | {"activationCondition"},
    # events
    **{
        tag: (_CATCH if tag in ("startEvent", "intermediateCatchEvent", "boundaryEvent") else _THROW)
        | {f"{kind}EventDefinition" for kind in kinds}
        for tag, kinds in EVENT_DEFINITIONS.items()
    },
    **dict.fromkeys(DEFINITION_TAGS, _REMARKS),
    "messageEventDefinition": _REMARKS | {"operationRef"},
    "conditionalEventDefinition": _REMARKS | {"condition"},
    "linkEventDefinition": _REMARKS | {"source", "target"},
    "timerEventDefinition": _REMARKS | {"timeDuration", "timeDate", "timeCycle"},
    # data
    "dataObject": _ELEMENT | {"dataState"},
    "dataObjectReference": _ELEMENT | {"dataState"},
    "dataStoreReference": _ELEMENT | {"dataState"},
    **{
        tag: _REMARKS | {"dataState"}
        for tag in ("property", "dataInput", "dataOutput", "inputDataItem", "outputDataItem")
    },
    "ioSpecification": _REMARKS | {"dataInput", "dataOutput", "inputSet", "outputSet"},
    "inputSet": _REMARKS | {"dataInputRefs", "optionalInputRefs", "whileExecutingInputRefs", "outputSetRefs"},
    "outputSet": _REMARKS | {"dataOutputRefs", "optionalOutputRefs", "whileExecutingOutputRefs", "inputSetRefs"},
    **{
        tag: _REMARKS | {"sourceRef", "targetRef", "transformation", "assignment"}
        for tag in ("dataInputAssociation", "dataOutputAssociation")
    },
    "assignment": _REMARKS | {"from", "to"},
    # drawing
    "textAnnotation": _REMARKS | {"text"},
    "association": _REMARKS,
    "group": _REMARKS,
    **{tag: set() for tag in TEXTS},
}

ONCE = frozenset(
    {"extensionElements", "ioSpecification", "conditionExpression", "script", "condition", "loopCondition"}
    | {"completionCondition", "activationCondition", "loopCardinality", "loopDataInputRef", "loopDataOutputRef"}
    | {"inputDataItem", "outputDataItem", "event", "transformation", "from", "to", "targetRef", "childLaneSet"}
    | {"operationRef", "inMessageRef", "outMessageRef"}
)
"""Elements that their parent holds once at most: of two, a reader would take one and never say which."""


def local(element: Element) -> str:
    """`userTask` for a BPMN element; the full tag for any other."""
    return str(element.tag).removeprefix(BPMN)


def is_bpmn(element: Element) -> bool:
    """Whether the element is of the BPMN namespace."""
    return str(element.tag).startswith(BPMN)
