"""The token machine: records, the queue and the few moves all steps are made of.

A token enters its node from the queue, never by a call along a flow, so a case may be arbitrarily long. What a move
costs follows what it changes: nothing here looks at all tokens of a case except to cancel them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from engine.bpmn.event_definitions import EventKind
from engine.bpmn.happenings import Happening, HappeningKind
from engine.bpmn.loops import AdHoc
from engine.bpmn.machine_variables import Variables
from engine.bpmn.model import ACTIVITIES, Definition, Flow, Node, NodeKind, ScopeModel
from engine.bpmn.past import came_of
from engine.bpmn.records import Asleep, Done, Scope, Stand, Subscription, Token
from engine.bpmn.requests import CancelRequest, Request
from engine.bpmn.services import Services
from engine.bpmn.variables import isolate_all
from engine.errors import ExecutionError, StepLimitReached
from engine.i18n import _

Step = Callable[["Machine", Token], None]

MAX_STEPS = 50_000
MAX_TOKENS = 20_000


class Machine(Variables):
    """State of one case and its basic moves; `Execution` is its public face."""

    def __init__(self, definition: Definition, services: Services) -> None:
        self.definition = definition
        super().__init__(services)
        self.state = "new"
        self.outcome: str | None = None
        self.is_called = False  # a call activity of another case waits for this one
        self.last_id = 0
        self.root: Scope | None = None
        self.scopes: dict[int, Scope] = {}
        self.asleep: list[Asleep] = []  # instances of a loaded state that are no tokens yet, see `sleeping`
        self.tokens: dict[int, Token] = {}
        self.subscriptions: dict[int, list[Subscription]] = {}  # by id of the token or scope that holds them
        self.queue: deque[Token] = deque()
        self.late: deque[Token] = deque()  # throw a message or signal when all others wait
        self.conditions: list[Subscription] = []  # conditional events, some of them perhaps not awaited any more
        self.looking: set[tuple[int, str]] = set()  # (scope, gateway) of joins that look ahead and have tokens waiting
        self.happenings: list[Happening] = []
        self.requests: list[Request] = []
        self.on_step: Callable[[], None] | None = (
            None  # called at each step; may raise to stop a case that goes on and on
        )
        self.rouse: Callable[[Token | None], None] = lambda _owner: None  # set by who loads a state in which some sleep
        self.on_arm: Callable[[Subscription], None] | None = None  # set while due timers are being fired

    # ------------------------------------------------------------ telling

    def emit(self, kind: HappeningKind, node: Node, token: Token | None, /, **data: Any) -> None:
        """Record a happening."""
        if token is None:
            self.happenings.append(Happening(kind, node.id, 0, 0, data))
        else:
            activity = token.id if token.owner is None else token.activity_id
            self.happenings.append(Happening(kind, node.id, token.id, activity, data))

    def emit_of(self, kind: HappeningKind, node: Node, holder: Token | Scope, /, **data: Any) -> None:
        """Record a happening of something awaited; of an event subprocess its scope is what it happened to."""
        if isinstance(holder, Token):
            self.emit(kind, node, holder, **data)
        else:
            self.happenings.append(Happening(kind, node.id, holder.id, holder.id, data))

    # ------------------------------------------------------------ queue

    def next_token(self, left: int) -> Token | None:
        """The next token of the queue, None when all wait. `left`: steps that may still be made. Raises
        StepLimitReached for a diagram that never waits."""
        while self.queue:
            token = self.queue.popleft()
            if token.stand is Stand.GONE:
                continue
            if left < 0 or len(self.tokens) > MAX_TOKENS:
                raise StepLimitReached(
                    _(
                        "流程在「{name}」附近自动循环，没有到达需要人办理的步骤；本次操作没有保存。请流程负责人检查流程图。",
                        name=token.node.name or token.node.id,
                    )
                )
            if self.on_step is not None:
                self.on_step()
            return token
        return None

    def wake(self, token: Token, stand: Stand) -> None:
        """Put a token that is already in the state into the queue."""
        token.stand = stand
        self.queue.append(token)

    # ------------------------------------------------------------ tokens

    def next_id(self) -> int:
        """Ids of tokens and scopes come from one sequence and are never used twice in a case."""
        self.last_id += 1
        return self.last_id

    def spawn(self, node: Node, scope: Scope, flow: str | None = None, stand: Stand = Stand.READY) -> Token:
        """A new token, in the queue."""
        token = Token(self.next_id(), node, scope, flow, stand)
        self.tokens[token.id] = token
        scope.tokens[token.id] = token
        self.queue.append(token)
        return token

    def remove(self, token: Token) -> None:
        """Take a token and what it awaits out of the state, without looking at its scope."""
        if token.stand is Stand.JOIN or token.stand is Stand.GATHER:
            self.unjoin(token)
        token.stand = Stand.GONE
        del self.tokens[token.id]
        del token.scope.tokens[token.id]
        self.drop_subscriptions(token)

    def unjoin(self, token: Token) -> None:
        """The token does not wait with others any more."""
        waiting = token.scope.joins[token.node.id]
        waiting.remove(token)
        if not waiting and token.node.kind is NodeKind.INCLUSIVE_GATEWAY:
            self.looking.discard((token.scope.id, token.node.id))

    def consume(self, token: Token) -> None:
        """Remove a token that has come to its end; the last one ends its scope."""
        self.remove(token)
        scope = token.scope
        if scope.model.ad_hoc is not None:
            self._settle_ad_hoc(scope, scope.model.ad_hoc, token)
        if not scope.tokens:
            self._end_scope(scope, token)

    def leave(self, token: Token) -> None:
        """Go on along the outgoing flows: all without condition, all whose condition is true, else the default.

        Where there are conditions, all are looked at, and each is told with whether it held and why.
        """
        node = token.node
        flows: Iterable[Flow] = node.outgoing
        for flow in flows:
            if flow.condition is not None:
                flows = self._chosen(token)
                break
        self.take(token, flows)

    def take(self, token: Token, flows: Iterable[Flow]) -> None:
        """Replace a token by one on each of the flows."""
        nodes, node, scope = self.definition.nodes, token.node, token.scope
        for flow in flows:
            self.emit(HappeningKind.FLOW_TAKEN, node, token, flow=flow.id)
            for _token in range(node.completion_quantity):
                self.spawn(nodes[flow.target], scope, flow.id).path = token.path
        self.consume(token)

    def _chosen(self, token: Token) -> list[Flow]:
        node, context = token.node, self.context(token)
        flows = node.outgoing
        true, told = [], []
        for flow in flows:
            if flow.condition is not None:
                held = self.holds(flow.condition, context, node)
                told.append(self.weighed(flow, held, context))
                if held:
                    true.append(flow)
        if not true:
            true = [flow for flow in flows if flow.default]
        always = [flow for flow in flows if flow.condition is None and not flow.default]
        if not true and not always:
            raise self.stuck(node)
        self.emit(HappeningKind.CONDITIONS_WEIGHED, node, token, conditions=told)
        return [flow for flow in flows if flow in true or flow in always]

    def stuck(self, node: Node) -> ExecutionError:
        """The error of a node from which no flow can be taken."""
        return ExecutionError(
            _(
                "「{name}」的所有出线条件都不成立，也没有默认出线；本次操作没有保存，请流程负责人修改流程图。",
                name=node.name or node.id,
            )
        )

    # ------------------------------------------------------------ scopes

    def open_scope(self, model: ScopeModel, owner: Token | None, variables: dict[str, Any]) -> Scope:
        """A new running process or subprocess; its event subprocesses are not armed yet."""
        scope = Scope(self.next_id(), model, owner.scope if owner else None, owner, variables)
        self.scopes[scope.id] = scope
        if owner is not None:
            owner.inner = scope
            owner.stand = Stand.INNER
        return scope

    def end_scope(self, scope: Scope, last: Token) -> None:
        """Everything in the scope ends at once, `last` too."""
        self.clear(scope, keep=last)
        scope.pending.clear()
        if last.stand is not Stand.GONE:
            self.remove(last)
        self._end_scope(scope, last)

    def end_empty(self, scope: Scope) -> None:
        """A subprocess in which nothing is drawn has ended."""
        assert scope.owner is not None
        self._end_scope(scope, scope.owner)

    def fail(self, token: Token, code: str) -> None:
        """An error that nothing takes ends a called case with all that is in it."""
        assert self.root is not None
        self.clear(self.root)
        self.drop_subscriptions(self.root)
        self.state, self.outcome = "failed", None
        self.emit(HappeningKind.CASE_ENDED, token.node, None, outcome=None, error=code)

    def _end_scope(self, scope: Scope, last: Token) -> None:
        if scope.pending:
            self.spawn(self.definition.nodes[scope.pending.pop(0)], scope)
            return
        self.drop_subscriptions(scope)
        owner = scope.owner
        if owner is None:
            self.state = "completed"
            scope.done = []  # nothing can be undone any more
            self.emit(HappeningKind.CASE_ENDED, last.node, last, outcome=self.outcome)
            return
        del self.scopes[scope.id]
        owner.inner = None
        can_be_undone = bool(scope.done) or any(
            start.event is EventKind.COMPENSATION for _activity, start in scope.model.event_subprocesses
        )
        if can_be_undone and owner.node.id == scope.model.id and owner.node.compensated_by is None:
            if owner.node.kind is NodeKind.EVENT_SUBPROCESS:
                owner.scope.done.extend(scope.done)
            else:
                owner.scope.done.append(Done(owner.node.id, self._own(owner, scope), scope.done, came_of(owner)))
        self.wake(owner, Stand.RESUMED)

    def _own(self, owner: Token, scope: Scope) -> dict[str, Any]:
        return isolate_all({**(owner.local or {}), **scope.variables})

    def _settle_ad_hoc(self, scope: Scope, ad_hoc: AdHoc, last: Token) -> None:
        """The completion condition is asked each time that a token has come to its end."""
        if ad_hoc.condition is not None and self.holds(ad_hoc.condition, self.context(last), last.node):
            scope.pending.clear()
            if ad_hoc.cancel_remaining:
                self.clear(scope)

    # ------------------------------------------------------------ cancelling

    def cancel(self, token: Token) -> None:
        """Remove a token with everything beneath it: inner scopes, children, timers. Its scope is not looked at."""
        if token.loop is not None and self.asleep:
            self.rouse(token)
        if token.loop is not None or token.undo is not None:
            around = (
                token.scope.tokens if token.undo is None else self.tokens
            )  # a handler stands where its activity does
            for child in [t for t in around.values() if t.owner is token]:
                self.cancel(child)
        if token.stand is Stand.OUTSIDE:
            self.requests.append(CancelRequest(token.id, token.node))
        if token.inner is not None:
            self.clear(token.inner)
            self.drop_subscriptions(token.inner)
            del self.scopes[token.inner.id]
        if token.node.kind in ACTIVITIES and token.stand not in (Stand.READY, Stand.GATHER) and token.undo is None:
            self.emit(HappeningKind.ACTIVITY_CANCELLED, token.node, token)
        self.remove(token)

    def clear(self, scope: Scope, keep: Token | None = None) -> None:
        """Cancel every token of a scope, except one."""
        for token in list(scope.tokens.values()):
            if token is not keep and token.stand is not Stand.GONE:
                self.cancel(token)

    # ------------------------------------------------------------ subscriptions

    def subscribe(self, subscription: Subscription) -> None:
        """Add something awaited."""
        self.subscriptions.setdefault(subscription.holder.id, []).append(subscription)
        if subscription.kind == "conditional":
            self.conditions.append(subscription)
        if self.on_arm is not None:
            self.on_arm(subscription)

    def unsubscribe(self, subscription: Subscription) -> None:
        """Take one away that has occurred."""
        held = self.subscriptions[subscription.holder.id]
        held.remove(subscription)
        if not held:
            del self.subscriptions[subscription.holder.id]

    def awaits(self, subscription: Subscription) -> bool:
        """Whether it is still in the state."""
        return subscription in self.subscriptions.get(subscription.holder.id, ())

    def drop_subscriptions(self, holder: Token | Scope) -> None:
        """Nothing is awaited by that token or scope any more."""
        for subscription in self.subscriptions.pop(holder.id, ()):
            if subscription.due is not None and not subscription.fired:
                self.emit_of(HappeningKind.TIMER_CANCELLED, subscription.node, holder, kind=subscription.kind)
