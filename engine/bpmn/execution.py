"""One running case: the public face of the token machine."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from engine.bpmn import returning, timers
from engine.bpmn.expressions import always_feel
from engine.bpmn.happenings import Happening, HappeningKind
from engine.bpmn.machine import Machine
from engine.bpmn.model import Definition, Node, NodeKind
from engine.bpmn.records import Scope, Stand, Subscription, Token
from engine.bpmn.services import Services
from engine.bpmn.steps import STEPS
from engine.bpmn.steps.boundary import occur
from engine.bpmn.steps.subprocess import begin, trigger
from engine.bpmn.steps.user_tasks import complete
from engine.bpmn.variables import isolate_all
from engine.bpmn.work import ScopeVariables, Timer, WaitingMessage, WorkItem
from engine.errors import NotNow
from engine.i18n import _


class Execution:
    """A case in memory.

    Every act runs the case on until it waits again; `on_step` is called at each automatic step and may raise an
    ExecutionError to end an act that takes too long. An act that raised may have moved half-way: throw the execution
    away and load it again; nothing is saved by itself.
    """

    def __init__(self, definition: Definition, services: Services, on_step: Callable[[], None] | None = None) -> None:
        self.definition = definition
        self.services = services
        self._machine = Machine(definition, services)
        self._machine.on_step = on_step

    # ------------------------------------------------------------ acts

    def start(self, variables: Mapping[str, Any] | None = None) -> None:
        """Begin at the none start event with these process variables."""
        machine = self._machine
        if machine.state != "new":
            raise NotNow(_("这个流程已经开始，不能再次开始。"))
        machine.state = "running"
        machine.root = machine.open_scope(
            self.definition.scopes[self.definition.key], None, isolate_all(variables or {})
        )
        begin(machine, machine.root)
        machine.run(STEPS)

    def complete(self, token_id: int, variables: Mapping[str, Any] | None = None) -> None:
        """A person has finished a user task. Raises NotNow if it is not (or no longer) open."""
        complete(self._machine, self._work_token(token_id), variables or {})
        self._machine.run(STEPS)

    def deliver(self, message: str, payload: Mapping[str, Any] | None = None) -> None:
        """Hand over a message; its payload goes into the variables. Raises NotNow if nothing waits for it now."""
        found = next((s for s in self._waiting_messages() if s.node.message == message), None)
        if found is None:
            raise NotNow(_("现在不能执行「{message}」：流程不在可以接收它的状态，没有任何改动。", message=message))
        assert isinstance(found.holder, Scope)
        self._machine.write_in(found.holder, payload or {})
        trigger(self._machine, found.holder, found)
        self._machine.run(STEPS)

    def tick(self) -> int:
        """Fire all due timers in the order of their due time; the number fired."""
        machine = self._machine
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
                    machine.run(STEPS)
                    fired += 1
        finally:
            machine.on_arm = None
        return fired

    def return_to(self, token_id: int, node_id: str) -> None:
        """Give the work at `token_id` back to an earlier user task; see `engine.bpmn.returning`. Raises NotNow."""
        returning.return_to(self._machine, self._work_token(token_id), node_id)
        self._machine.run(STEPS)

    def recompute_timers(self) -> int:
        """Compute provisional timers again (a year's holidays were published); how many changed."""
        return timers.recompute(self._machine)

    # ------------------------------------------------------------ state

    @property
    def state(self) -> str:
        """ "new", "running" or "completed"."""
        return self._machine.state

    @property
    def outcome(self) -> str | None:
        """guicheng:outcome of the end event reached last that has one."""
        return self._machine.outcome

    @property
    def work(self) -> list[WorkItem]:
        """The open user tasks, oldest first."""
        return [self._item(token) for token in self._machine.tokens.values() if token.stand is Stand.WORK]

    @property
    def timers(self) -> list[Timer]:
        """Timers that have not fired, by due time."""
        found = [
            Timer(s.holder.id, s.node.id, s.kind, s.due, s.provisional)
            for held in self._machine.subscriptions.values()
            for s in held
            if s.due is not None and not s.fired
        ]
        return sorted(found, key=lambda timer: (timer.due, timer.token_id, timer.kind))

    @property
    def next_due(self) -> datetime | None:
        """When `tick` is needed next."""
        return min((timer.due for timer in self.timers), default=None)

    @property
    def messages(self) -> list[WaitingMessage]:
        """Messages that can be delivered now (guicheng:availableWhen holds)."""
        return [WaitingMessage(s.node.message or "", s.node) for s in self._waiting_messages()]

    @property
    def variables(self) -> dict[str, Any]:
        """A copy of the process variables."""
        root = self._machine.root
        return isolate_all(root.variables) if root is not None else {}

    @property
    def scopes(self) -> list[ScopeVariables]:
        """A copy of the variables of every live scope: the process, subprocesses, children of multi-instances."""
        machine = self._machine
        if machine.root is None:
            return []
        inner = [scope for scope in machine.scopes.values() if scope.owner is not None]
        children = [token for token in machine.tokens.values() if token.local is not None]
        return [
            ScopeVariables(None, None, isolate_all(machine.root.variables)),
            *(ScopeVariables(scope.owner.node, None, isolate_all(scope.variables)) for scope in inner if scope.owner),
            *(
                ScopeVariables(child.node, child.local.get("loopCounter"), isolate_all(child.local))
                for child in children
                if child.local is not None
            ),
        ]

    def variables_of(self, token_id: int) -> dict[str, Any]:
        """A copy of all that the token sees: its own variables over those of its scopes."""
        return isolate_all(self._machine.context(self._token(token_id)))

    def evaluate(self, text: str, token_id: int | None = None) -> Any:
        """The value of a text of the diagram: FEEL after "=", else the text itself. Reads the process variables, or
        what a token sees. Raises ExecutionError."""
        if token_id is None:
            root = self._machine.root
            return self._machine.value_of(text, root.variables if root else {}, self.definition.start)
        token = self._token(token_id)
        return self._machine.value_of(text, self._machine.context(token), token.node)

    def affected_by_return(self, token_id: int, node_id: str) -> list[WorkItem]:
        """Other people's open work that `return_to` with the same arguments would cancel. Raises NotNow like it."""
        token = self._work_token(token_id)
        return [self._item(other) for other in returning.undone_by_return(self._machine, token, node_id)]

    def live_tokens(self) -> list[tuple[str, int]]:
        """(node id, token id) of everything alive: open work, events awaited, joins, activities around them."""
        return [(token.node.id, token.id) for token in self._machine.tokens.values()]

    def drain(self) -> list[Happening]:
        """What has happened since the last call, in order."""
        happenings, self._machine.happenings = self._machine.happenings, []
        return happenings

    # ------------------------------------------------------------ inside

    def _token(self, token_id: int) -> Token:
        token = self._machine.tokens.get(token_id)
        if token is None:
            raise NotNow(_("这一步已经结束，请刷新页面查看最新状态。"))
        return token

    def _work_token(self, token_id: int) -> Token:
        token = self._token(token_id)
        if token.stand is not Stand.WORK:
            raise NotNow(_("这一步现在不需要人办理，请刷新页面查看最新状态。"))
        return token

    def _item(self, token: Token) -> WorkItem:
        due: dict[str, datetime | None] = {
            s.kind: s.due for s in self._machine.subscriptions.get(token.id, ()) if s.node is token.node
        }
        local = isolate_all(token.local) if token.local is not None else {}
        counter = local.get("loopCounter") if token.owner is not None else None
        return WorkItem(token.id, token.activity_id, token.node, local, due.get("overdue"), due.get("remind"), counter)

    def _waiting_messages(self) -> list[Subscription]:
        waiting = [s for scope_id in self._machine.scopes for s in self._machine.subscriptions.get(scope_id, ())]
        return [s for s in waiting if self._available(s)]

    def _available(self, subscription: Subscription) -> bool:
        node: Node = subscription.node
        scope = subscription.holder
        if node.available_when is None:
            return True
        assert isinstance(scope, Scope)
        token = next(iter(scope.tokens.values()))
        return self._machine.holds(always_feel(node.available_when), self._machine.context(token), node)

    def _fire(self, subscription: Subscription) -> None:
        machine, token = self._machine, subscription.holder
        assert isinstance(token, Token)
        if subscription.kind == "timer":
            machine.unsubscribe(subscription)
            if subscription.node.kind is NodeKind.BOUNDARY_EVENT:
                occur(machine, subscription.node, token)
            else:
                machine.wake(token, Stand.FIRED)
            return
        subscription.fired = True
        kind = HappeningKind.REMINDER_DUE if subscription.kind == "remind" else HappeningKind.DEADLINE_PASSED
        due = next((s.due for s in machine.subscriptions[token.id] if s.kind == "overdue"), subscription.due)
        machine.emit(kind, subscription.node, token, due=due)
