"""House rules: what this product asks of a diagram beyond being runnable. They block publication, not reading; a
diagram that cannot run yet is judged by them too, from its sketch."""

from __future__ import annotations

from collections.abc import Container, Iterator

from engine.bpmn.event_definitions import EventKind
from engine.bpmn.expressions import feel_of
from engine.bpmn.gate.choices import check_choices
from engine.bpmn.gate.lengths import Drawn, check_lengths
from engine.bpmn.model import Candidates, Node, NodeKind
from engine.errors import Finding
from engine.i18n import _


def check_house(
    definition: Drawn,
    forms: Container[str],
    decisions: Container[str],
    handlers: Container[str],
    roles: Container[str],
) -> list[Finding]:
    """All house findings, given what exists: form names of this procedure, decision ids, topics, role codes."""
    findings = [*_process(definition), *check_lengths(definition), *check_choices(definition.nodes)]
    for node in definition.nodes.values():
        if node.kind is NodeKind.USER_TASK:
            findings.extend(_user_task(node, roles))
        if node.form is not None and node.form not in forms:
            findings.append(
                _finding(node, "form_missing", _("表单「{form}」不存在，请新建表单或改正名称。", form=node.form))
            )
        if node.candidates is not None:
            findings.extend(_roles(node, node.candidates, roles))
            findings.extend(_stand_in(node, node.candidates))
        if node.decision is not None and node.decision not in decisions:
            message = _("决策表「{decision}」不存在，请新建决策表或改正编号。", decision=node.decision)
            findings.append(_finding(node, "decision_missing", message))
        if node.topic is not None and node.topic not in handlers:
            message = _("处理器「{topic}」不存在，请改正名称或请开发人员提供。", topic=node.topic)
            findings.append(_finding(node, "handler_missing", message))
    return findings


def _finding(node: Node, code: str, message: str) -> Finding:
    return Finding("house", code, node.id, node.name, message)


def _process(definition: Drawn) -> Iterator[Finding]:
    def finding(code: str, message: str) -> Finding:
        return Finding("house", code, definition.key, definition.name, message)

    if not definition.prefix:
        yield finding("prefix_missing", _("流程没有编号前缀，请填写（例如 BG）。"))
    if not definition.clauses:
        yield finding("clause_missing", _("流程没有对应的条款，请填写条款号（例如 2.2.3）。"))
    start = definition.start  # what begins by an event has nobody who fills in a form
    if start is not None and start.event is EventKind.NONE and not start.instantiate and start.form is None:
        yield _finding(start, "form_missing", _("开始事件没有申请表单，请选择表单。"))


def _user_task(node: Node, roles: Container[str]) -> Iterator[Finding]:
    if node.candidates is None:
        yield _finding(node, "candidates_missing", _("没有指定办理人，请设置办理人规则。"))
    if node.form is None:
        yield _finding(node, "form_missing", _("没有表单，请选择表单。"))
    if node.deadline is None:
        yield _finding(node, "deadline_missing", _("没有办理时限，请设置时限。"))
    else:
        if not node.deadline.due:
            yield _finding(node, "deadline_missing", _("只有提醒，没有办理时限，请设置时限。"))
        escalate = node.deadline.escalate
        if escalate and escalate.startswith("role:") and escalate[5:].strip() not in roles:
            message = _("超期上报的角色「{role}」不存在，请改正。", role=escalate[5:].strip())
            yield _finding(node, "role_missing", message)
    if not node.clauses:
        yield _finding(node, "clause_missing", _("没有对应的条款，请填写条款号。"))
    if node.actions is None:
        yield _finding(node, "actions_missing", _("没有办理动作，请至少设置一个按钮（例如 提交）。"))


def _stand_in(node: Node, candidates: Candidates) -> Iterator[Finding]:
    """Where the rule found nobody, the same role finds nobody either: the case would wait for ever."""
    text, fallback = candidates.value or "", candidates.fallback or ""
    if candidates.rule != "role" or not fallback.startswith("role:") or feel_of(text) is not None:
        return
    role = fallback[5:].strip()
    if role in {one.strip() for one in text.split(",")}:
        message = _("无人可办时交给的角色「{role}」就是办理人规则里的角色，等于没有人；请改选别的角色。", role=role)
        yield _finding(node, "fallback_same", message)


def _roles(node: Node, candidates: Candidates, roles: Container[str]) -> Iterator[Finding]:
    named = []
    if candidates.rule in ("role", "several") and candidates.value and feel_of(candidates.value) is None:
        listed = [part.strip() for part in candidates.value.split(",")]
        several = candidates.rule == "several"
        named += [one.removeprefix("role:").strip() for one in listed if not several or one.startswith("role:")]
    if candidates.fallback and candidates.fallback.startswith("role:"):
        named.append(candidates.fallback[5:].strip())
    for role in named:
        if role not in roles:
            yield _finding(node, "role_missing", _("角色「{role}」不存在，请改正或先建立角色。", role=role))
