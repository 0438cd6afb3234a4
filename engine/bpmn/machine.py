"""The token machine: records, the queue and the few moves all steps are made of.

A token enters its node from the queue, never by a call along a flow, so a case may be arbitrarily long. What a move
costs follows what it changes: nothing here looks at all tokens of a case except to cancel them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engine.bpmn import expressions, weighing
from engine.bpmn.happenings import Happening, HappeningKind
from engine.bpmn.model import ACTIVITIES, Definition, Flow, Node, ScopeModel
from engine.bpmn.records import Scope, Stand, Subscription, Token
from engine.bpmn.services import Services
from engine.bpmn.variables import isolate_all
from engine.errors import ExecutionError, StepLimitReached
from engine.i18n import _

Step = Callable[["Machine", Token], None]

MAX_STEPS = 50_000
MAX_TOKENS = 20_000


class Machine:
    """State of one case and its basic moves; `Execution` is its public face."""

    def __init__(self, definition: Definition, services: Services) -> None:
        self.definition = definition
        self.services = services
        self.state = "new"
        self.outcome: str | None = None
        self.last_id = 0
        self.root: Scope | None = None
        self.scopes: dict[int, Scope] = {}
        self.tokens: dict[int, Token] = {}
        self.subscriptions: dict[int, list[Subscription]] = {}  # by id of the token or scope that holds them
        self.queue: deque[Token] = deque()
        self.happenings: list[Happening] = []
        self.on_step: Callable[[], None] | None = (
            None  # called at each step; may raise to stop a case that goes on and on
        )
        self.on_arm: Callable[[Subscription], None] | None = None  # set while due timers are being fired

    # ------------------------------------------------------------ telling

    def emit(self, kind: HappeningKind, node: Node, token: Token | None, /, **data: Any) -> None:
        """Record a happening."""
        token_id, activity_id = (token.id, token.activity_id) if token is not None else (0, 0)
        self.happenings.append(Happening(kind, node.id, token_id, activity_id, data))

    # ------------------------------------------------------------ queue

    def run(self, steps: Mapping[str, Step]) -> None:
        """Let tokens enter their nodes until all wait. Raises StepLimitReached for a diagram that never waits."""
        queue = self.queue
        left = MAX_STEPS
        while queue:
            token = queue.popleft()
            if token.stand is Stand.GONE:
                continue
            left -= 1
            if left < 0 or len(self.tokens) > MAX_TOKENS:
                raise StepLimitReached(
                    _(
                        "流程在「{name}」附近自动循环，没有到达需要人办理的步骤；本次操作没有保存。请流程负责人检查流程图。",
                        name=token.node.name or token.node.id,
                    )
                )
            if self.on_step is not None:
                self.on_step()
            steps[token.node.kind](self, token)

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
        if token.stand is Stand.JOIN:
            token.scope.joins[token.node.id].remove(token)
        token.stand = Stand.GONE
        del self.tokens[token.id]
        del token.scope.tokens[token.id]
        self.drop_subscriptions(token)

    def consume(self, token: Token) -> None:
        """Remove a token that has come to its end; the last one ends its scope."""
        self.remove(token)
        if not token.scope.tokens:
            self._end_scope(token.scope, token)

    def leave(self, token: Token) -> None:
        """Go on along the outgoing flows: all without condition, all whose condition is true, else the default.

        Where there are conditions, all are looked at, and each is told with whether it held and why.
        """
        node = token.node
        flows: Iterable[Flow] = node.outgoing
        if any(flow.condition is not None for flow in flows):
            flows = self._chosen(token)
        self.take(token, flows)

    def take(self, token: Token, flows: Iterable[Flow]) -> None:
        """Replace a token by one on each of the flows."""
        nodes = self.definition.nodes
        for flow in flows:
            self.emit(HappeningKind.FLOW_TAKEN, token.node, token, flow=flow.id)
            self.spawn(nodes[flow.target], token.scope, flow.id).path = token.path
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

    def _end_scope(self, scope: Scope, last: Token) -> None:
        self.drop_subscriptions(scope)
        if scope.owner is not None:
            del self.scopes[scope.id]
            scope.owner.inner = None
            self.wake(scope.owner, Stand.RESUMED)
            return
        self.state = "completed"
        self.emit(HappeningKind.CASE_ENDED, last.node, last, outcome=self.outcome)

    # ------------------------------------------------------------ cancelling

    def cancel(self, token: Token) -> None:
        """Remove a token with everything beneath it: inner scopes, children, timers. Its scope is not looked at."""
        if token.loop is not None:
            for child in [t for t in token.scope.tokens.values() if t.owner is token]:
                self.cancel(child)
        if token.inner is not None:
            self.clear(token.inner)
            self.drop_subscriptions(token.inner)
            del self.scopes[token.inner.id]
        if token.node.kind in ACTIVITIES and token.stand is not Stand.READY:
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
                token = holder if isinstance(holder, Token) else None
                self.emit(HappeningKind.TIMER_CANCELLED, subscription.node, token, kind=subscription.kind)

    # ------------------------------------------------------------ variables

    def frames(self, token: Token) -> list[dict[str, Any]]:
        """The variables a token sees, innermost first; the last one belongs to the process."""
        around = self._frames_of(token.scope)
        return around if token.local is None else [token.local, *around]

    def _frames_of(self, scope: Scope) -> list[dict[str, Any]]:
        found = [scope.variables]
        while scope.owner is not None:
            if scope.owner.local is not None:
                found.append(scope.owner.local)
            scope = scope.owner.scope
            found.append(scope.variables)
        return found

    def context(self, token: Token, extra: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What an expression at that token may read. Not a copy: never hand it out, never change it."""
        frames = self.frames(token)
        filled = [frame for frame in frames if frame]
        if not extra and len(filled) <= 1:
            return filled[0] if filled else frames[-1]
        merged: dict[str, Any] = {}
        for frame in reversed(filled):
            merged.update(frame)
        if extra:
            merged.update(extra)
        return merged

    def holds(self, condition: str, context: Mapping[str, Any], node: Node) -> bool:
        """Whether a FEEL condition is true in a context. Raises ExecutionError, as the next two."""
        return expressions.holds(condition, context, node, self.services.now)

    def weighed(self, flow: Flow, held: bool, context: Mapping[str, Any]) -> dict[str, Any]:
        """What the log keeps of a condition that was looked at."""
        seen = expressions.with_now(flow.condition or "", context, self.services.now)
        return weighing.weighed(flow, held, seen, self.services.labels())

    def value_of(self, text: str, context: Mapping[str, Any], node: Node) -> Any:
        """The value of a text of the diagram: FEEL after "=", else the text."""
        return expressions.value_of(text, context, node, self.services.now)

    def feel_value(self, expression: str, context: Mapping[str, Any], node: Node) -> Any:
        """The value of a FEEL expression."""
        return expressions.feel_value(expression, context, node, self.services.now)

    def write(self, token: Token, values: Mapping[str, Any]) -> None:
        """Store copies: a child of a multi-instance keeps all to itself; else as `write_in`."""
        if token.local is not None:
            token.local.update(isolate_all(values))
        else:
            self.write_in(token.scope, values)

    def write_in(self, scope: Scope, values: Mapping[str, Any]) -> None:
        """Store copies where the name is known already, looking outwards; new names belong to the process."""
        frames = self._frames_of(scope)
        for name, value in isolate_all(values).items():
            frame = next((f for f in frames if name in f), frames[-1])
            frame[name] = value
