"""What an element of a diagram says, fact by fact, in words: {code: (label, text)}.

Facts that people know by name come first; whatever else the XML says of the element follows under its own name, so that
nothing can change unseen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml.etree import _Element as Element

from engine.bpmn.gate.palette import is_bpmn, local
from engine.bpmn.gate.words import kind_name
from engine.bpmn.inventory import Inventory, Item
from engine.bpmn.names import BPMN, CAMUNDA, GUICHENG, bpmn, camunda, guicheng
from engine.bpmn.vote_words import rule_drawn
from engine.comparing import words
from engine.comparing.model import Fact, Facts, Names, fact
from engine.i18n import _

_HANDLED = frozenset(
    {"id", "name", "sourceRef", "targetRef", "default", "attachedToRef", "processRef", "isExecutable", "scriptFormat"}
    | {"triggeredByEvent", "cancelActivity", "isInterrupting"}
    | {camunda(one) for one in ("formRef", "decisionRef", "resultVariable", "mapDecisionResult", "topic", "type")}
    | {
        guicheng(one)
        for one in (
            "clauses",
            "returnable",
            "tally",
            "onTimeout",
            "outcome",
            "availableWhen",
            "sender",
            "clock",
            "prefix",
        )
    }
    | {guicheng(one) for one in ("prefix", "title", "keyData", "tag")}
)
_HANDLED_CHILDREN = frozenset(
    {"documentation", "incoming", "outgoing", "script", "conditionExpression", "multiInstanceLoopCharacteristics"}
    | {"extensionElements", "flowNodeRef", "laneSet", "childLaneSet"}
)


@dataclass(frozen=True)
class Reader:
    """Reads the elements of one diagram; `names` says what codes are called."""

    inventory: Inventory
    names: Names

    def facts(self, item: Item) -> Facts:
        """All facts of one element."""
        return {code: said for part in _PARTS for code, said in part(self, item) if said.text}

    def called(self, identity: str) -> str:
        """“必要性审查”, or the kind and the id where it has no name."""
        item = self.inventory.items.get(identity)
        if item is None:
            return identity or _("（无）")
        return f"“{item.name}”" if item.name else f"{kind_name(item.tag)} {item.id}"

    def refer(self, label: str, identity: str) -> Fact:
        """A fact that names another element: it is the same as long as the id is, whatever the other is called."""
        return fact(label, self.called(identity) if identity else "", identity)

    @cached_property
    def neighbours(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """What flows lead from and to, by id of their other end."""
        earlier: dict[str, list[str]] = {}
        later: dict[str, list[str]] = {}
        for item in self.inventory.items.values():
            if item.tag == "sequenceFlow":
                source, target = item.element.get("sourceRef") or "", item.element.get("targetRef") or ""
                earlier.setdefault(target, []).append(source)
                later.setdefault(source, []).append(target)
        return earlier, later


Said = Iterator[tuple[str, Fact]]


def _identity(reader: Reader, item: Item) -> Said:
    get = item.element.get
    yield "name", fact(_("文字") if item.tag == "sequenceFlow" else _("名称"), item.name)
    yield "tag", fact(_("类型"), kind_name(item.tag))
    yield "inside", reader.refer(_("所在子流程"), item.inside if _in_subprocess(reader, item) else "")
    yield "lane", reader.refer(_("泳道"), item.lane)
    yield "host", reader.refer(_("附着于"), get("attachedToRef") or "")
    yield "process", fact(_("对应的流程"), get("processRef") or "")
    if item.tag == "process":
        yield "executable", fact(_("可执行"), words.yes_no(get("isExecutable") == "true"))
    if item.tag == "boundaryEvent":
        stops = get("cancelActivity", "true") != "false"
        yield "interrupting", fact(_("发生时"), _("中断所在环节") if stops else _("不中断所在环节"))
    if item.tag == "startEvent" and get("isInterrupting") == "false":
        yield "interrupting", fact(_("发生时"), _("不中断所在流程"))
    if get("triggeredByEvent") == "true":
        yield "by_event", fact(_("启动方式"), _("由事件启动"))
    for note in item.element.findall(bpmn("documentation")):
        yield f"documentation {note.get('id') or ''}", fact(_("说明"), (note.text or "").strip())


def _in_subprocess(reader: Reader, item: Item) -> bool:
    around = reader.inventory.items.get(item.inside)
    return around is not None and around.tag != "process"


def _process(reader: Reader, item: Item) -> Said:
    get = item.element.get
    yield "prefix", fact(_("编号前缀"), get(guicheng("prefix")) or "")
    yield "title", fact(_("标题"), get(guicheng("title")) or "")
    yield "key_data", fact(_("要点字段"), "、".join((get(guicheng("keyData")) or "").split()))
    yield "mark", fact(_("标签"), get(guicheng("tag")) or "")


def _way(reader: Reader, item: Item) -> Said:
    get = item.element.get
    if item.tag == "sequenceFlow":
        source, target = get("sourceRef") or "", get("targetRef") or ""
        ends = f"{reader.called(source)} → {reader.called(target)}"
        yield "way", fact(_("走向"), ends, f"{source} → {target}")
        yield "condition", fact(_("条件"), words.text_of(item.element.find(bpmn("conditionExpression"))))
    default = get("default")
    if default:
        flow = reader.inventory.items.get(default)
        name = flow.name if flow is not None else ""
        to = reader.called(flow.element.get("targetRef") or "") if flow is not None else default
        told = _("“{name}”，到{to}", name=name, to=to) if name else _("到{to}", to=to)
        yield "default", fact(_("默认出线"), told, default)


def _work(reader: Reader, item: Item) -> Said:
    get, names = item.element.get, reader.names
    candidates = _extension(item.element, "candidates")
    if candidates is not None:
        rule, value = candidates.get("rule") or "", candidates.get("value") or ""
        label = _("谁能发起") if item.tag == "startEvent" else _("办理人")
        yield "candidates", fact(label, words.candidates(rule, value, names))
        yield "exclude", fact(_("办理人排除"), words.accounts(candidates.get("exclude") or "", names))
        yield "fallback", fact(_("无人可办时"), words.stand_in(candidates.get("fallback") or "", names))
    yield "form", fact(_("表单"), get(camunda("formRef")) or "")
    deadline = _extension(item.element, "deadline")
    if deadline is not None:
        unit = deadline.get("unit") or "workday"
        yield "due", fact(_("时限"), words.amount(deadline.get("due") or "", unit))
        yield "remind", fact(_("提前提醒"), words.amount(deadline.get("remind") or "", unit))
        yield "escalate", fact(_("超期上报"), words.stand_in(deadline.get("escalate") or "", names))
        yield "consequence", fact(_("到期后果"), deadline.get("consequence") or "")
    actions = _extension(item.element, "actions")
    if actions is not None:
        yield "act_variable", fact(_("动作变量"), actions.get("variable") or "")
        for place, action in enumerate(actions.findall(guicheng("action"))):
            value = action.get("value") or ""
            yield f"act {value or place}", fact(_("动作 {value}", value=value), words.action(action))
        values = [action.get("value") or "" for action in actions.findall(guicheng("action"))]
        yield "act_order", fact(_("动作次序"), "、".join(values) if len(values) > 1 else "")
    vote = _extension(item.element, "vote")
    if vote is not None:
        yield "vote_rule", fact(_("会签规则"), rule_drawn(vote.get("rule") or "", vote.get("value") or ""))
        yield "vote_veto", fact(_("一票否决"), words.accounts(vote.get("veto") or "", names))
        yield "vote_result", fact(_("表决结果存入"), vote.get("result") or "")
    yield "returnable", fact(_("退回"), _("可退回到任一已办环节") if get(guicheng("returnable")) == "true" else "")
    yield "on_timeout", fact(_("到时"), _("自动交上已保存的草稿") if get(guicheng("onTimeout")) == "draft" else "")
    yield "tally", fact(_("计票变量"), get(guicheng("tally")) or "")
    yield "clauses", fact(_("条款"), words.clauses(get(guicheng("clauses")) or ""))


def _loop(reader: Reader, item: Item) -> Said:
    loop = item.element.find(bpmn("multiInstanceLoopCharacteristics"))
    if loop is None:
        return
    get = loop.get
    one_by_one = get("isSequential") == "true"
    yield "loop", fact(_("会签方式"), _("依次办理") if one_by_one else _("同时办理"))
    yield "collection", fact(_("会签集合"), get(camunda("collection")) or "")
    yield "element", fact(_("会签的一项"), get(camunda("elementVariable")) or "")
    yield "output", fact(_("会签汇总到"), get(guicheng("outputCollection")) or "")
    yield "output_element", fact(_("会签每项的结果"), get(guicheng("outputElement")) or "")
    yield "completion", fact(_("会签提前结束条件"), words.text_of(loop.find(bpmn("completionCondition"))))
    known = {"isSequential", *(camunda(one) for one in ("collection", "elementVariable"))}
    known |= {guicheng(one) for one in ("outputCollection", "outputElement")}
    yield from _raw(loop, "loop/", known, {"completionCondition"})


def _automatic(reader: Reader, item: Item) -> Said:
    get = item.element.get
    yield "decision", fact(_("决策表"), get(camunda("decisionRef")) or "")
    yield "mapping", fact(_("决策结果"), words.mapping(get(camunda("mapDecisionResult")) or ""))
    yield "topic", fact(_("处理器"), get(camunda("topic")) or "")
    yield "kind", fact(_("处理方式"), (get(camunda("type")) or "") if get(camunda("type")) != "external" else "")
    yield "result", fact(_("结果变量"), get(camunda("resultVariable")) or "")
    yield "script", fact(_("脚本"), words.text_of(item.element.find(bpmn("script"))))
    language = get("scriptFormat") or ""
    yield "language", fact(_("脚本语言"), language if language != "feel" else "")
    box = item.element.find(f"{bpmn('extensionElements')}/{camunda('inputOutput')}")
    for parameter in box if box is not None else ():
        tag = str(parameter.tag)
        name = parameter.get("name") or ""
        label = _("输入 {name}", name=name) if tag == camunda("inputParameter") else _("输出 {name}", name=name)
        yield f"{tag} {name}", fact(label, "".join(str(text) for text in parameter.itertext()).strip())


def _event(reader: Reader, item: Item) -> Said:
    get = item.element.get
    for child in item.element:
        if not is_bpmn(child) or not local(child).endswith("EventDefinition"):
            continue
        yield f"event {child.tag}", fact(_("事件"), kind_name(local(child)))
        reference = child.get("messageRef") or child.get("errorRef") or child.get("signalRef") or ""
        yield f"reference {child.tag}", reader.refer(_("事件对象"), reference)
        for timer in child:
            yield f"timer {child.tag} {timer.tag}", fact(_("定时"), words.text_of(timer))
        yield f"code {child.tag}", fact(_("错误代码变量"), child.get(camunda("errorCodeVariable")) or "")
        yield f"message {child.tag}", fact(_("错误说明变量"), child.get(camunda("errorMessageVariable")) or "")
        known = {"id", "messageRef", "errorRef", "signalRef"}
        known |= {camunda("errorCodeVariable"), camunda("errorMessageVariable")}
        yield from _raw(child, "event/", known, {"timeDuration", "timeDate", "timeCycle"})
    yield "outcome", fact(_("办结方式"), words.outcome(get(guicheng("outcome")) or ""))
    yield "available", fact(_("何时可用"), get(guicheng("availableWhen")) or "")
    yield "clock", fact(_("倒计时"), get(guicheng("clock")) or "")
    yield "sender", fact(_("由谁提出"), words.sender(get(guicheng("sender")) or ""))


def _rest(reader: Reader, item: Item) -> Said:
    """Whatever is written besides."""
    known = set(_HANDLED)
    own = set(_HANDLED_CHILDREN) | {local(child) for child in item.element if _is_own(reader, child)}
    yield from _raw(item.element, "", known, own)
    box = item.element.find(bpmn("extensionElements"))
    seen: dict[str, int] = {}
    for child in box if box is not None else ():
        tag = str(child.tag)
        if tag in (guicheng("candidates"), guicheng("deadline"), guicheng("actions"), camunda("inputOutput")):
            yield from _unknown_of_ours(child, tag)
            continue
        seen[tag] = seen.get(tag, 0) + 1
        yield f"extension {tag} {seen[tag]}", fact(_short(tag), _written(child))


def _is_own(reader: Reader, child: Element) -> bool:
    """Children that are elements of their own, or told elsewhere."""
    return not is_bpmn(child) or child.get("id") in reader.inventory.items or local(child).endswith("EventDefinition")


_OURS = {
    guicheng("candidates"): {"rule", "value", "exclude", "fallback"},
    guicheng("deadline"): {"due", "unit", "remind", "escalate", "consequence"},
    guicheng("actions"): {"variable"},
}


def _unknown_of_ours(element: Element, tag: str) -> Said:
    for name, value in _attributes(element):
        if name not in _OURS.get(tag, set()):
            yield f"{tag} {name}", fact(f"{_short(tag)} {_short(name)}", value)


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    return ((str(name), str(value)) for name, value in element.attrib.items())


def _raw(element: Element, prefix: str, known: set[str], own: set[str]) -> Said:
    for name, value in _attributes(element):
        if name not in known and name != "id":
            yield f"{prefix}@{name}", fact(_short(name), value)
    seen: dict[str, int] = {}
    for child in element:
        tag = str(child.tag)
        if tag.removeprefix(BPMN) in own:
            continue
        seen[tag] = seen.get(tag, 0) + 1
        yield f"{prefix}{tag} {seen[tag]}", fact(kind_name(tag.removeprefix(BPMN)), _written(child))


def _written(element: Element) -> str:
    """A foreign element in one line: its attributes and texts, its children's too."""
    said = []
    for part in element.iter():
        said += [f"{_short(name)}={value}" for name, value in _attributes(part) if name != "id"]
        if part.text and part.text.strip():
            said.append(part.text.strip())
        if len(said) > 40:
            break
    return "，".join(said) or _("有")


def _short(name: str) -> str:
    short = name.replace(GUICHENG, "guicheng:").replace(CAMUNDA, "camunda:").replace(BPMN, "")
    return short.rpartition("}")[2]


def _extension(element: Element, tag: str) -> Element | None:
    return element.find(f"{bpmn('extensionElements')}/{guicheng(tag)}")


_PARTS: tuple[Callable[[Reader, Item], Said], ...] = (
    _identity,
    _process,
    _way,
    _work,
    _loop,
    _automatic,
    _event,
    _rest,
)
