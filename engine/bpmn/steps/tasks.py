"""Tasks that the platform does: handlers, messages, decision tables, scripts."""

from __future__ import annotations

from typing import Any

from engine.bpmn.happenings import HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.model import Node
from engine.bpmn.records import Stand, Token
from engine.bpmn.requests import JobRequest
from engine.bpmn.services import BpmnError
from engine.bpmn.steps.activities import finish
from engine.bpmn.steps.awaiting import await_events
from engine.bpmn.steps.boundary import catch_error
from engine.bpmn.steps.throwing import throw
from engine.bpmn.variables import isolate, isolate_all
from engine.errors import ExecutionError, HandlerFailed
from engine.i18n import _


def nothing(machine: Machine, token: Token) -> None:
    """A task without a kind, or one that is done without the platform: passed at once."""


def receive(machine: Machine, token: Token) -> None:
    """Wait for the message."""
    token.stand = Stand.CATCH
    await_events(machine, token.node, token)


def send(machine: Machine, token: Token) -> None:
    """Call the handler that sends, if one is named; throw the message, if one is named, when all other tokens wait."""
    if token.stand is Stand.LATE:
        token.stand = Stand.READY
        for definition in token.node.events:
            throw(machine, token, definition)
        return
    if token.node.topic is not None:
        serve(machine, token)
    if token.stand is Stand.READY and token.node.events:
        token.stand = Stand.LATE
        machine.late.append(token)


def serve(machine: Machine, token: Token) -> None:
    """Call the handler with the declared inputs at once, or ask for it to be called outside the transaction."""
    node = token.node
    context = machine.context(token)
    inputs = {name: machine.value_of(text, context, node) for name, text in node.inputs}
    if node.is_job:
        token.stand = Stand.OUTSIDE
        machine.emit(HappeningKind.JOB_STARTED, node, token, topic=node.topic)
        machine.requests.append(JobRequest(token.id, node, isolate_all(inputs)))
        return
    try:
        result = isolate_all(machine.services.serve(node, inputs) or {})
    except BpmnError as error:
        token.stand = Stand.RESUMED  # it had begun: whatever takes the error cancels it
        if not catch_error(machine, token, error):
            raise _failed(node, error.message or error.code) from error
    except HandlerFailed:
        raise
    except Exception as error:
        raise _failed(node, str(error) or type(error).__name__) from error
    else:
        served(machine, token, result)


def served(machine: Machine, token: Token, result: dict[str, Any]) -> None:
    """Store what a handler has answered: the declared outputs, or all of it in the result variable; where the diagram
    says so, each value under its own name, as external workers of other engines are used to."""
    outputs = _outputs(machine, token, result)
    machine.write(token, outputs)
    data = {"topic": token.node.topic, "outputs": isolate(outputs)}
    machine.emit(HappeningKind.SERVICE_CALLED, token.node, token, **data)


def job_done(machine: Machine, token: Token, result: dict[str, Any]) -> None:
    """The job of a service task has ended with this answer."""
    served(machine, token, isolate_all(result))
    token.stand = Stand.READY
    finish(machine, token)


def decide(machine: Machine, token: Token) -> None:
    """Evaluate the decision table over what the token sees."""
    node = token.node
    assert node.decision is not None
    value, explanation, matched = machine.services.decide(node.decision, machine.context(token))
    value = _mapped(node, value)
    if node.result_variable is not None:
        machine.write(token, {node.result_variable: value})
    machine.emit(
        HappeningKind.DECISION_MADE,
        node,
        token,
        decision=node.decision,
        value=isolate(value),
        explanation=explanation,
        matched=isolate(matched),
    )


def script(machine: Machine, token: Token) -> None:
    """Evaluate one FEEL expression into the result variable."""
    node = token.node
    assert node.script is not None
    value = machine.feel_value(node.script, machine.context(token), node)
    if node.result_variable is not None:
        machine.write(token, {node.result_variable: value})


def _outputs(machine: Machine, token: Token, result: dict[str, Any]) -> dict[str, Any]:
    node = token.node
    if node.outputs:
        context = machine.context(token, result)
        return {name: machine.value_of(text, context, node) for name, text in node.outputs}
    if node.result_variable is not None:
        return {node.result_variable: result}
    return {name: value for name, value in result.items() if name != "case"} if node.spreads else {}


def _mapped(node: Node, value: Any) -> Any:
    """`singleResult`: the one context of outputs; `singleEntry`: its one value. No rule matched gives null.
    `resultList` and `collectEntries`: as many of these as rules matched.

    A list of contexts is that of several rules; any other list is what an expression gave, one value.
    """
    several = isinstance(value, list) and all(isinstance(item, dict) for item in value)
    if node.decision_mapping in ("resultList", "collectEntries"):
        found = value if several else [] if value is None else [value]
        return [_entry(node, item) for item in found] if node.decision_mapping == "collectEntries" else found
    if several:
        if len(value) > 1:
            raise ExecutionError(
                _(
                    "「{name}」的决策表得到 {n} 个结果，这里只能有一个；请修改决策表的命中策略。",
                    name=node.name or node.id,
                    n=len(value),
                )
            )
        value = value[0] if value else None
    return _entry(node, value) if node.decision_mapping == "singleEntry" else value


def _entry(node: Node, value: Any) -> Any:
    """The one value of a context of outputs; anything else is a value already."""
    if not isinstance(value, dict):
        return value
    if len(value) != 1:
        raise ExecutionError(
            _("「{name}」要求决策表只有一个输出，实际有 {n} 个。", name=node.name or node.id, n=len(value))
        )
    return next(iter(value.values()))


def _failed(node: Node, reason: str) -> HandlerFailed:
    return HandlerFailed(
        node.id,
        _(
            "自动步骤「{name}」没有成功：{reason}。本次操作没有保存，请联系流程负责人。",
            name=node.name or node.id,
            reason=reason,
        ),
    )
