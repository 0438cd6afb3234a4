"""One running case: the public face of the token machine."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from engine.bpmn import returning, timers
from engine.bpmn.happenings import HappeningKind
from engine.bpmn.model import Node, NodeKind
from engine.bpmn.putting_off import put_off
from engine.bpmn.records import Stand, Subscription, Token
from engine.bpmn.services import BpmnError
from engine.bpmn.standing import Standing
from engine.bpmn.steps import run
from engine.bpmn.steps.boundary import catch_escalation
from engine.bpmn.steps.calls import called_ended
from engine.bpmn.steps.occurring import occurred
from engine.bpmn.steps.subprocess import begin, begin_with
from engine.bpmn.steps.tasks import job_done
from engine.bpmn.steps.throwing import hear, raise_error
from engine.bpmn.steps.user_tasks import complete
from engine.bpmn.variables import isolate_all
from engine.errors import NotNow
from engine.i18n import _


class Execution(Standing):
    """A case in memory.

    Every act runs the case on until it waits again; `on_step` is called at each automatic step and may raise an
    ExecutionError to end an act that takes too long. An act that raised may have moved half-way: throw the execution
    away and load it again; nothing is saved by itself. `draft_of` tells what a person has typed so far at a user task
    (token, node) that hands in its draft when its time is over (`Node.on_timeout`).
    """

    draft_of: Callable[[int, Node], Mapping[str, Any]] | None = None

    # ------------------------------------------------------------ acts

    def start(
        self, variables: Mapping[str, Any] | None = None, *, at: str | None = None, is_called: bool = False
    ) -> None:
        """Begin with these process variables: at the none start, or `at` an event of the process that has occurred.

        `is_called`: a call activity of another case waits for this one. Raises NotNow if it has begun already, or
        cannot begin there.
        """
        machine = self._machine
        if machine.state != "new":
            raise NotNow(_("这个流程已经开始，不能再次开始。"))
        model = self.definition.scopes[self.definition.key]
        node = None if at is None else next((n for n in (*model.event_starts, *model.first) if n.id == at), None)
        if (at is not None and node is None) or (at is None and not model.first):
            raise NotNow(_("流程「{name}」不能这样开始；没有任何改动。", name=self.definition.name))
        machine.state, machine.is_called = "running", is_called
        machine.root = machine.open_scope(model, None, isolate_all(variables or {}))
        if node is None:
            begin(machine, machine.root)
        else:
            begin_with(machine, machine.root, node)
        run(machine)

    def complete(self, token_id: int, variables: Mapping[str, Any] | None = None) -> None:
        """A person has finished a user task. Raises NotNow if it is not (or no longer) open."""
        complete(self._machine, self._work_token(token_id), variables or {})
        run(self._machine)

    def fail(self, token_id: int, code: str, message: str = "") -> None:
        """The work at a user task, job or call activity ends with a BPMN error, which the diagram may catch.

        Raises NotNow if nothing is open there, ExecutionError where nothing catches it (see `raise_error`).
        """
        raise_error(self._machine, self._open_token(token_id, Stand.WORK, Stand.OUTSIDE), BpmnError(code, message))
        run(self._machine)

    def escalate(self, token_id: int, code: str) -> bool:
        """An escalation comes from inside a call activity, or from a person at a task; whether something took it."""
        taken = catch_escalation(self._machine, self._open_token(token_id, Stand.WORK, Stand.OUTSIDE), code)
        run(self._machine)
        return taken

    def job_done(self, token_id: int, result: Mapping[str, Any] | None = None) -> None:
        """The job asked for by a `JobRequest` has ended with this answer. Raises NotNow if nobody waits for it."""
        job_done(self._machine, self._open_token(token_id, Stand.OUTSIDE), dict(result or {}))
        run(self._machine)

    def called_ended(self, token_id: int, variables: Mapping[str, Any] | None = None) -> None:
        """The case asked for by a `CallRequest` has ended with these variables. Raises NotNow like `job_done`."""
        called_ended(self._machine, self._open_token(token_id, Stand.OUTSIDE), isolate_all(variables or {}))
        run(self._machine)

    def deliver(self, message: str, payload: Mapping[str, Any] | None = None, key: str | None = None) -> None:
        """Hand over a message to the oldest that waits for it with that key; its payload goes into the variables.
        Raises NotNow if nothing waits for it now."""
        found = next((s for s in self._waiting("message") if (s.name, s.key) == (message, key)), None)
        if found is None:
            raise NotNow(_("现在不能执行「{message}」：流程不在可以接收它的状态，没有任何改动。", message=message))
        occurred(self._machine, found, payload or {})
        run(self._machine)

    def signal(self, name: str, payload: Mapping[str, Any] | None = None) -> int:
        """Tell a signal to all that wait for it; how many did."""
        heard = hear(self._machine, name, dict(payload or {}))
        run(self._machine)
        return heard

    def terminate(self) -> None:
        """End the case at once, with everything that is open in it. Raises NotNow if it is not running."""
        machine = self._machine
        if machine.state != "running" or machine.root is None:
            raise NotNow(_("这个流程没有在运行，不能终止；没有任何改动。"))
        machine.clear(machine.root)
        machine.drop_subscriptions(machine.root)
        machine.state = "terminated"
        machine.emit(HappeningKind.CASE_ENDED, self.definition.start, None, outcome=machine.outcome)

    def tick(self) -> int:
        """Fire all due timers in the order of their due time; the number fired."""
        machine = self._machine
        machine.rouse(None)
        now = self.services.now()
        due: list[tuple[datetime, bool, int, Subscription]] = []

        def offer(subscription: Subscription) -> None:
            if subscription.due is not None and not subscription.fired and subscription.due <= now:
                drawn = subscription.kind == "timer"  # at the same moment a deadline is told before a drawn timer acts
                heapq.heappush(due, (subscription.due, drawn, next(order), subscription))

        order = iter(range(2**62))
        for held in machine.subscriptions.values():
            for subscription in held:
                offer(subscription)
        fired = 0
        machine.on_arm = offer
        try:
            while due:
                subscription = heapq.heappop(due)[3]
                if machine.awaits(subscription):
                    self._fire(subscription)
                    run(machine)
                    fired += 1
        finally:
            machine.on_arm = None
        return fired

    def return_to(self, token_id: int, node_id: str) -> None:
        """Give the work at `token_id` back to an earlier user task; see `engine.bpmn.returning`. Raises NotNow."""
        returning.return_to(self._machine, self._work_token(token_id), node_id)
        run(self._machine)

    def recompute_timers(self) -> int:
        """Compute provisional timers again (a year's holidays were published); how many changed."""
        return timers.recompute(self._machine)

    def put_off(self, since: datetime) -> int:
        """The time from `since` until now does not count (the case was suspended): timers and deadlines that were to
        come move on by it, see `engine.bpmn.putting_off`; how many moved."""
        return put_off(self._machine, since)

    # ------------------------------------------------------------ inside

    def _fire(self, subscription: Subscription) -> None:
        machine, holder = self._machine, subscription.holder
        if subscription.kind == "timer":
            if isinstance(holder, Token):
                self._hand_in(subscription.node, holder)
            if subscription.left is not None:
                timers.arm_again(machine, subscription)
                if subscription.left is not None and machine.on_arm is not None:
                    machine.on_arm(subscription)
            occurred(machine, subscription)
            return
        assert isinstance(holder, Token)
        subscription.fired = True
        kind = HappeningKind.REMINDER_DUE if subscription.kind == "remind" else HappeningKind.DEADLINE_PASSED
        due = next((s.due for s in machine.subscriptions[holder.id] if s.kind == "overdue"), subscription.due)
        machine.emit(kind, subscription.node, holder, due=due)

    def _hand_in(self, event: Node, token: Token) -> None:
        """The time of a user task is over: what its person has typed so far is kept, as the diagram declares."""
        ends = event.kind is NodeKind.BOUNDARY_EVENT and event.interrupting
        if ends and token.node.on_timeout == "draft" and token.stand is Stand.WORK and self.draft_of is not None:
            self._machine.write(token, self.draft_of(token.id, token.node))
