"""From what the engine says happened to lines of words: which way and why, who gets what, what would be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine import bpmn
from engine.bpmn import HappeningKind as Kind
from engine.bpmn import NodeKind
from engine.bpmn.vote_words import result_told, rule_told
from engine.bpmn.weighing import why as why_of
from engine.casework import notices
from engine.casework.candidates import values_of
from engine.casework.wording import flow_state, headline, weighed
from engine.clock import local
from engine.feel.dmn import answer_text
from engine.i18n import _
from engine.organisation import CandidateRequest
from engine.tryout.scene import Scene
from engine.tryout.story import EntryKind, Item, ItemState
from engine.tryout.world import eligible, name_of

_INNER = frozenset({NodeKind.SCRIPT_TASK, NodeKind.SUBPROCESS, NodeKind.EVENT_SUBPROCESS})
"""Nodes that are no waypoint of their own."""
_GATEWAYS = frozenset({NodeKind.EXCLUSIVE_GATEWAY, NodeKind.INCLUSIVE_GATEWAY, NodeKind.COMPLEX_GATEWAY})
_PASSED = frozenset({Kind.EVENT_OCCURRED, Kind.GATEWAY_PASSED, Kind.ACTIVITY_COMPLETED})


class Teller:
    """Tells the happenings of one act after the other into the story of a scene."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._story = scene.story
        self._weighed: dict[int, Sequence[Mapping[str, Any]]] = {}  # by token: what its gateway or activity looked at
        self._tell_of: dict[Kind, Callable[[bpmn.Happening, bpmn.Node], None]] = {
            Kind.ACTIVITY_STARTED: self._started,
            Kind.ACTIVITY_COMPLETED: self._completed,
            Kind.ACTIVITY_CANCELLED: self._cancelled,
            Kind.VOTE_COUNTED: self._counted,
            Kind.GATEWAY_PASSED: self._looked,
            Kind.CONDITIONS_WEIGHED: self._looked,
            Kind.FLOW_TAKEN: self._flow,
            Kind.DECISION_MADE: self._decision,
            Kind.SERVICE_CALLED: self._service,
            Kind.ERROR_CAUGHT: self._error,
            Kind.TIMER_ARMED: self._timer,
            Kind.EVENT_OCCURRED: self._event,
            Kind.MESSAGE_RECEIVED: self._came,
            Kind.SIGNAL_RECEIVED: self._came,
            Kind.CONDITION_MET: self._came,
            Kind.ESCALATED: self._came,
            Kind.COMPENSATING: self._undoing,
            Kind.REMINDER_DUE: self._reminder,
            Kind.DEADLINE_PASSED: self._late,
            Kind.CASE_ENDED: self._end,
        }

    def tell(self, happenings: Sequence[bpmn.Happening]) -> None:
        """Words, marks and path of these happenings."""
        nodes = self._scene.procedure.definition.nodes
        for happening in happenings:
            if happening.kind in _PASSED:
                self._story.done.add(happening.node_id)
            told = self._tell_of.get(happening.kind)
            if told is not None:
                told(happening, nodes[happening.node_id])

    # ------------------------------------------------------------ items

    def _started(self, happening: bpmn.Happening, node: bpmn.Node) -> None:
        child = happening.activity_id != happening.token_id  # of a multi-instance, which has arrived as a whole
        if not child and node.kind not in _INNER:
            self._story.arrive(node.id)
        instances = happening.data.get("instances")
        if instances is not None:
            vote = happening.data.get("vote")
            detail = rule_told(vote) if vote else ""
            self._say(EntryKind.MACHINE, node, _("“{step}”由 {n} 人分别办理", step=node.name, n=instances), detail)
        item = next((item for item in self._story.open if item.token_id == happening.token_id), None)
        if item is not None:
            self._item(item)

    def _item(self, item: Item) -> None:
        node = item.node
        due = _("，{due} 到期", due=f"{local(item.due):%Y-%m-%d %H:%M}") if item.due else ""
        names = "、".join(f"{m.name}（{m.department}）" for m in item.members[:5])
        if len(item.members) > 5:
            names += _(" 等 {n} 人", n=len(item.members))
        if not item.members:
            text = _("“{step}”无人可办", step=node.name)
        elif item.holder:
            text = _("“{step}”交 {who}", step=node.name, who=name_of(self._scene.world, item.holder))
        else:
            text = _("“{step}”待认领：{who}", step=node.name, who=names)
        detail = notices.nobody_text(node.name, bool(item.members)) if item.nobody else ""
        self._say(EntryKind.ITEM, node, text + due, detail)
        if item.holder and item.holder != self._scene.services.actor:
            self._notice(node, [item.holder], notices.task_text(self._scene.case_name, node.name))

    def _completed(self, happening: bpmn.Happening, node: bpmn.Node) -> None:
        self._scene.close(happening.token_id, ItemState.COMPLETED)
        if node.kind is NodeKind.SCRIPT_TASK:
            detail = _("结果写入 {name}", name=node.result_variable) if node.result_variable else ""
            self._say(EntryKind.MACHINE, node, _("自动计算“{step}”", step=node.name), detail)

    def _cancelled(self, happening: bpmn.Happening, node: bpmn.Node) -> None:
        item = self._scene.close(happening.token_id, ItemState.CANCELLED)
        if item is not None:
            who = "、".join(m.name for m in item.members[:3])
            text = _("“{step}”（{who}）不再需要办理", step=node.name, who=who or "—")
            self._say(EntryKind.CANCELLED, node, text)

    def _counted(self, happening: bpmn.Happening, node: bpmn.Node) -> None:
        told = _("“{step}”{result}", step=node.name, result=result_told(happening.data))
        self._say(EntryKind.MACHINE, node, told)

    # ------------------------------------------------------------ ways

    def _looked(self, happening: bpmn.Happening, _node: bpmn.Node) -> None:
        """Told with the flows that it takes next."""
        self._weighed[happening.token_id] = happening.data.get("conditions", ())

    def _flow(self, happening: bpmn.Happening, node: bpmn.Node) -> None:
        definition = self._scene.procedure.definition
        flow = definition.flows[happening.data["flow"]]
        self._story.flows[flow.id] = flow_state(definition, flow, self._story.act_kind)
        if len(node.outgoing) < 2 or node.kind is NodeKind.PARALLEL_GATEWAY:
            return
        target = definition.nodes[flow.target].name or flow.target
        conditions = self._weighed.pop(happening.token_id, ())
        labels = self._scene.procedure.labels
        mine = next((one for one in conditions if one["held"] and one["flow"] == flow.id), None)
        reason = why_of(flow.condition, mine, labels) if mine and flow.condition else ""
        others = weighed(definition, [one for one in conditions if not one["held"]], labels)
        # An activity may go on by several flows: each has its own reason, what did not hold is told once.
        self._weighed[happening.token_id] = [one for one in conditions if one["held"] and one is not mine]
        way = _("走“{flow}”", flow=flow.name) if flow.name else _("走向“{step}”", step=target)
        if flow.default:
            why = _("其他条件都不成立，走默认的线")
        else:
            why = _("条件成立：{text}（{why}）", text=flow.condition, why=reason) if flow.condition else ""
        why = "；".join(part for part in (why, *others) if part)
        if node.kind in _GATEWAYS:
            text = _("网关“{gateway}”{way}", gateway=node.name or node.id, way=way)
        else:
            text = _("“{step}”之后{way}", step=node.name or node.id, way=way)
        self._say(EntryKind.GATEWAY, node, text, why)

    # ------------------------------------------------------------ what the platform does

    def _decision(self, happening: bpmn.Happening, node: bpmn.Node) -> None:
        data, value = happening.data, happening.data["value"]
        decision = self._scene.procedure.decisions.get(data["decision"])
        matched = "；".join(
            _("规则 {n}", n=rule["rule"]) + (f" {rule['text']}" if rule["text"] else "") for rule in data["matched"]
        )
        told = (
            data["explanation"],
            matched or _("没有规则命中"),
            "" if isinstance(value, str) or value is None else answer_text(value, decision),
        )
        text = _("决策表“{step}”", step=node.name) + headline(value, decision)
        self._say(EntryKind.DECISION, node, text, _("。").join(part for part in told if part))

    def _service(self, _happening: bpmn.Happening, node: bpmn.Node) -> None:
        effects = self._scene.services.effects.pop(0)[1]
        for effect in effects:
            self._say(EntryKind.EFFECT, node, _("会做：{what}", what=effect.text), effect.detail)
        if not effects:
            self._say(EntryKind.EFFECT, node, _("处理器“{step}”运行完毕，不改动平台", step=node.name))

    def _error(self, happening: bpmn.Happening, node: bpmn.Node) -> None:
        text = _("“{event}”接住了错误 {code}", event=node.name or node.id, code=happening.data["code"])
        self._say(EntryKind.ERROR, node, text, str(happening.data.get("message") or ""))

    def _timer(self, happening: bpmn.Happening, node: bpmn.Node) -> None:
        if happening.data["kind"] == "timer":
            at = f"{local(happening.data['due']):%Y-%m-%d %H:%M}"
            self._say(EntryKind.TIMER, node, _("开始计时“{event}”，到 {at}", event=node.name or node.id, at=at))

    def _event(self, _happening: bpmn.Happening, node: bpmn.Node) -> None:
        self._story.arrive(node.id)
        name = node.name or node.id
        if node.event == "timer":
            self._say(EntryKind.EVENT, node, _("计时“{event}”到了", event=name))
        elif node.kind is NodeKind.END_EVENT:
            self._say(EntryKind.EVENT, node, _("到达“{event}”", event=name))

    def _came(self, happening: bpmn.Happening, node: bpmn.Node) -> None:
        event, data = node.name or node.id, happening.data
        if happening.kind is Kind.MESSAGE_RECEIVED:
            text = _("“{event}”收到消息“{name}”", event=event, name=data["message"])
        elif happening.kind is Kind.SIGNAL_RECEIVED:
            text = _("“{event}”收到信号“{name}”", event=event, name=data["signal"])
        elif happening.kind is Kind.ESCALATED:
            text = _("“{event}”：升级 {code}", event=event, code=data["code"])
        else:
            text = _("“{event}”的条件成立了", event=event)
        self._say(EntryKind.EVENT, node, text, str(data.get("condition") or ""))

    def _undoing(self, happening: bpmn.Happening, node: bpmn.Node) -> None:
        nodes = self._scene.procedure.definition.nodes
        undone = {one.compensated_by: one for one in nodes.values() if one.compensated_by is not None}
        steps = "、".join(undone.get(one, nodes[one]).name or one for one in happening.data["activities"])
        text = _("“{event}”撤销已办完的：{steps}", event=node.name or node.id, steps=steps) if steps else ""
        self._say(EntryKind.MACHINE, node, text or _("“{event}”：没有要撤销的", event=node.name or node.id))

    # ------------------------------------------------------------ deadlines and the end

    def _reminder(self, happening: bpmn.Happening, node: bpmn.Node) -> None:
        self._say(EntryKind.REMIND, node, _("“{step}”到了提醒时间", step=node.name))
        holders = self._holders(happening.token_id)
        self._notice(node, holders, notices.remind_text(self._scene.case_name, node.name))

    def _late(self, happening: bpmn.Happening, node: bpmn.Node) -> None:
        consequence = node.deadline.consequence if node.deadline else None
        self._say(EntryKind.LATE, node, _("“{step}”超期", step=node.name), consequence or "")
        holders = self._holders(happening.token_id)
        told = dict.fromkeys([*holders, *self._superiors(happening, node, holders)])
        self._notice(node, list(told), notices.late_text(self._scene.case_name, node.name))

    def _holders(self, token_id: int) -> list[str]:
        item = next((item for item in self._story.items if item.token_id == token_id), None)
        if item is None:
            return []
        return [item.holder] if item.holder else list(item.accounts)

    def _superiors(self, happening: bpmn.Happening, node: bpmn.Node, holders: Sequence[str]) -> list[str]:
        escalate = node.deadline.escalate if node.deadline else None
        if not escalate:
            return []
        world, execution = self._scene.world, self._scene.execution
        if escalate == "leader":
            homes = dict.fromkeys(p.department_code for a in holders if (p := world.person(a)))
            request = CandidateRequest("leader", tuple(homes))
        else:
            rule, _sep, value = escalate.partition(":")
            alive = any(token_id == happening.token_id for _node, token_id in execution.live_tokens())
            request = CandidateRequest(rule, values_of(execution, value, happening.token_id if alive else None))
        return [member.account for member in eligible(world, [request])[0].members]

    def _end(self, happening: bpmn.Happening, node: bpmn.Node) -> None:
        outcome = happening.data.get("outcome")
        word = _(notices.OUTCOME_WORDS.get(outcome or "completed", "已办结"))
        self._say(EntryKind.END, node, _("流程结束：{outcome}", outcome=word))
        self._notice(node, [self._scene.case["starter"]], notices.end_text(self._scene.case_name, outcome))

    def _notice(self, node: bpmn.Node, accounts: Sequence[str], text: str) -> None:
        if accounts:
            who = "、".join(name_of(self._scene.world, account) for account in accounts)
            self._say(EntryKind.NOTICE, node, _("会通知 {who}", who=who), text)

    def _say(self, kind: EntryKind, node: bpmn.Node, text: str, detail: str = "") -> None:
        self._scene.tell(kind, node.id, text, detail)
