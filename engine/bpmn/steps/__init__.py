"""What happens when a token is taken from the queue, by kind of node."""

from __future__ import annotations

from collections.abc import Mapping

from engine.bpmn.machine import Step
from engine.bpmn.model import NodeKind
from engine.bpmn.steps import events, gateways, subprocess, tasks, user_tasks

STEPS: Mapping[str, Step] = {
    NodeKind.START_EVENT: events.pass_event,
    NodeKind.BOUNDARY_EVENT: events.pass_event,
    NodeKind.CATCH_EVENT: events.catch,
    NodeKind.END_EVENT: events.end,
    NodeKind.EXCLUSIVE_GATEWAY: gateways.exclusive,
    NodeKind.PARALLEL_GATEWAY: gateways.parallel,
    NodeKind.USER_TASK: user_tasks.enter,
    NodeKind.SERVICE_TASK: tasks.serve,
    NodeKind.BUSINESS_RULE_TASK: tasks.decide,
    NodeKind.SCRIPT_TASK: tasks.script,
    NodeKind.SUBPROCESS: subprocess.enter,
    NodeKind.EVENT_SUBPROCESS: subprocess.enter,
}
