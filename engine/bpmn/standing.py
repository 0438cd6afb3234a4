"""Where a case stands: everything that can be asked of an execution, nothing that changes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from engine.bpmn import returning
from engine.bpmn.expressions import always_feel
from engine.bpmn.happenings import Happening
from engine.bpmn.machine import Machine
from engine.bpmn.model import Definition, Node
from engine.bpmn.records import Scope, Stand, Subscription, Token
from engine.bpmn.requests import Request
from engine.bpmn.services import Services
from engine.bpmn.sleeping import rouse
from engine.bpmn.variables import isolate_all
from engine.bpmn.work import Awaited, ScopeVariables, Timer, WaitingMessage, WorkItem
from engine.errors import ExecutionError, NotNow
from engine.i18n import _


class Standing:
    """The read side of `engine.bpmn.Execution`. What it gives are copies."""

    def __init__(self, definition: Definition, services: Services, on_step: Callable[[], None] | None = None) -> None:
        self.definition = definition
        self.services = services
        self._machine = Machine(definition, services)
        self._machine.on_step = on_step

    # ------------------------------------------------------------ state

    @property
    def state(self) -> str:
        """ "new", "running", "completed", "failed" (a called case, by an error) or "terminated"."""
        return self._machine.state

    @property
    def outcome(self) -> str | None:
        """guicheng:outcome of the end event reached last that has one."""
        return self._machine.outcome

    @property
    def work(self) -> list[WorkItem]:
        """The open user tasks, oldest first."""
        return [self._item(token) for token in self._all_tokens() if token.stand is Stand.WORK]

    def items(self, token_ids: Collection[int]) -> list[WorkItem]:
        """Those of the open user tasks, oldest first; ids of anything else are passed over."""
        tokens = [self._find(token_id) for token_id in sorted(token_ids)]
        return [self._item(token) for token in tokens if token is not None and token.stand is Stand.WORK]

    @property
    def timers(self) -> list[Timer]:
        """Timers that have not fired, by due time."""
        self._machine.rouse(None)
        return self.timers_of(self._machine.subscriptions)

    def timers_of(self, holder_ids: Iterable[int]) -> list[Timer]:
        """Those that these tokens or scopes hold, by due time."""
        found = [
            Timer(s.holder.id, s.node.id, s.kind, s.due, s.provisional)
            for holder_id in holder_ids
            for s in self._machine.subscriptions.get(holder_id, ())
            if s.due is not None and not s.fired
        ]
        return sorted(found, key=lambda timer: (timer.due, timer.token_id, timer.kind))

    @property
    def next_due(self) -> datetime | None:
        """When `tick` is needed next."""
        return min((timer.due for timer in self.timers), default=None)

    @property
    def messages(self) -> list[WaitingMessage]:
        """Messages of event subprocesses that can be delivered now (guicheng:availableWhen holds)."""
        waiting = [s for s in self._waiting("message") if isinstance(s.holder, Scope)]
        return [WaitingMessage(s.name or "", s.node) for s in waiting]

    @property
    def awaited(self) -> list[Awaited]:
        """Every message and signal that the case waits for, whether it can be delivered now or not."""
        return [
            Awaited(s.kind, s.name or "", s.key, s.holder.id, s.node)
            for held in self._machine.subscriptions.values()
            for s in held
            if s.kind in ("message", "signal")
        ]

    @property
    def admitted(self) -> frozenset[tuple[str, str | None, int, str]]:
        """(name, key, holder, node id) of the messages under guicheng:availableWhen that could be taken now. A
        condition that cannot be judged does not admit, and holds nobody up."""
        return frozenset(
            (s.name or "", s.key, s.holder.id, s.node.id)
            for held in self._machine.subscriptions.values()
            for s in held
            if s.kind == "message" and s.node.available_when is not None and self._admits(s, s.node.available_when)
        )

    @property
    def outside(self) -> list[tuple[int, Node]]:
        """(token, node) of the jobs and called cases that are waited for."""
        return [(token.id, token.node) for token in self._all_tokens() if token.stand is Stand.OUTSIDE]

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
        children = [token for token in self._all_tokens() if token.local is not None]
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

    def stopped_by_return(self, token_id: int, node_id: str) -> list[tuple[int, Node]]:
        """(token, node) of the jobs and called cases that the same return would cancel. Raises NotNow like it."""
        token = self._work_token(token_id)
        hit = returning.undone_by_return(self._machine, token, node_id, Stand.OUTSIDE)
        return [(other.id, other.node) for other in hit]

    def live_tokens(self) -> list[tuple[str, int]]:
        """(node id, token id) of everything alive: open work, events awaited, joins, activities around them."""
        return [(token.node.id, token.id) for token in self._all_tokens()]

    def is_alive(self, token_id: int) -> bool:
        """Whether the token is still part of the case."""
        return self._find(token_id) is not None

    @property
    def places(self) -> set[str]:
        """Ids of the nodes where the case has tokens."""
        return {token.node.id for token in self._machine.tokens.values()}  # those asleep stand where their owner does

    def drain(self) -> list[Happening]:
        """What has happened since the last call, in order."""
        happenings, self._machine.happenings = self._machine.happenings, []
        return happenings

    def drain_requests(self) -> list[Request]:
        """What the world is asked for since the last call, in order; see `engine.bpmn.requests`."""
        requests, self._machine.requests = self._machine.requests, []
        return requests

    def _find(self, token_id: int) -> Token | None:
        return self._machine.tokens.get(token_id) or rouse(self._machine, token_id)

    def _all_tokens(self) -> list[Token]:
        """Every token, oldest first."""
        machine = self._machine
        machine.rouse(None)
        return sorted(machine.tokens.values(), key=lambda token: token.id)

    def _token(self, token_id: int) -> Token:
        token = self._find(token_id)
        if token is None:
            raise NotNow(_("这一步已经结束，请刷新页面查看最新状态。"))
        return token

    def _work_token(self, token_id: int) -> Token:
        token = self._token(token_id)
        if token.stand is not Stand.WORK:
            raise NotNow(_("这一步现在不需要人办理，请刷新页面查看最新状态。"))
        return token

    def _open_token(self, token_id: int, *stands: Stand) -> Token:
        token = self._token(token_id)
        if token.stand not in stands:
            raise NotNow(_("这一步现在不在等待结果，请刷新页面查看最新状态。"))
        return token

    def _item(self, token: Token) -> WorkItem:
        due: dict[str, datetime | None] = {
            s.kind: s.due for s in self._machine.subscriptions.get(token.id, ()) if s.node is token.node
        }
        local = isolate_all(token.local) if token.local is not None else {}
        counter = local.get("loopCounter") if token.owner is not None else None
        return WorkItem(token.id, token.activity_id, token.node, local, due.get("overdue"), due.get("remind"), counter)

    def _waiting(self, kind: str) -> list[Subscription]:
        waiting = [s for held in self._machine.subscriptions.values() for s in held if s.kind == kind]
        return [s for s in waiting if s.node.available_when is None or self._available(s, s.node.available_when)]

    def _admits(self, subscription: Subscription, condition: str) -> bool:
        try:
            return self._available(subscription, condition)
        except ExecutionError:
            return False

    def _available(self, subscription: Subscription, condition: str) -> bool:
        context = self._machine.context_of(subscription.holder)
        return self._machine.holds(always_feel(condition), context, subscription.node)
