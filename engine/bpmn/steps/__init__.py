"""What happens when a token is taken from the queue, by kind of node, and the loop that takes them."""

from __future__ import annotations

from collections.abc import Mapping

from engine.bpmn.machine import MAX_STEPS, Machine, Step
from engine.bpmn.model import NodeKind
from engine.bpmn.records import Stand
from engine.bpmn.steps import calls, events, gateways, joins, subprocess, tasks, user_tasks
from engine.bpmn.steps.activities import entering
from engine.bpmn.steps.conditions import look

STEPS: Mapping[str, Step] = {
    NodeKind.START_EVENT: events.pass_event,
    NodeKind.BOUNDARY_EVENT: events.pass_event,
    NodeKind.CATCH_EVENT: events.catch,
    NodeKind.THROW_EVENT: events.throw_event,
    NodeKind.END_EVENT: events.end,
    NodeKind.EXCLUSIVE_GATEWAY: gateways.exclusive,
    NodeKind.PARALLEL_GATEWAY: gateways.parallel,
    NodeKind.INCLUSIVE_GATEWAY: joins.inclusive,
    NodeKind.COMPLEX_GATEWAY: joins.complex_gateway,
    NodeKind.EVENT_BASED_GATEWAY: gateways.event_based,
    NodeKind.TASK: entering(tasks.nothing),
    NodeKind.MANUAL_TASK: entering(tasks.nothing),
    NodeKind.USER_TASK: user_tasks.enter,
    NodeKind.SERVICE_TASK: entering(tasks.serve),
    NodeKind.SEND_TASK: entering(tasks.send),
    NodeKind.RECEIVE_TASK: entering(tasks.receive),
    NodeKind.BUSINESS_RULE_TASK: entering(tasks.decide),
    NodeKind.SCRIPT_TASK: entering(tasks.script),
    NodeKind.CALL_ACTIVITY: entering(calls.call),
    NodeKind.SUBPROCESS: entering(subprocess.open_inner),
    NodeKind.TRANSACTION: entering(subprocess.open_inner),
    NodeKind.AD_HOC_SUBPROCESS: entering(subprocess.open_inner),
    NodeKind.EVENT_SUBPROCESS: entering(subprocess.open_inner),
}


def run(machine: Machine) -> None:
    """Let tokens enter their nodes until all wait. Raises StepLimitReached for a diagram that never waits.

    Conditional events are looked at after each step that wrote variables. Messages and signals are thrown when all
    else waits, so that no order of branches decides whether they are heard; joins that look ahead come last.
    """
    left = MAX_STEPS
    while True:
        while (token := machine.next_token(left)) is not None:
            left -= 1
            STEPS[token.node.kind](machine, token)
            if machine.written:
                look(machine)
        if machine.late:
            token = machine.late.popleft()
            if token.stand is Stand.LATE:
                machine.queue.append(token)
        elif not (machine.looking and joins.settle(machine)):
            return
