"""Reading and writing the variables of a case, and evaluating what its diagram says about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.bpmn import expressions, frames, weighing
from engine.bpmn.model import Flow, Node
from engine.bpmn.records import Scope, Token
from engine.bpmn.services import Services
from engine.bpmn.variables import isolate_all


class Variables:
    """The part of the machine that knows values; `written` says whether any were stored since conditional events were
    last looked at."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.written = False

    def context(self, token: Token, extra: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What an expression at that token may read. Not a copy: never hand it out, never change it."""
        return frames.merged(frames.seen_from(token), extra)

    def scope_context(self, scope: Scope, extra: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What an expression in that scope may read, for no token. Not a copy."""
        return frames.merged(frames.seen_in(scope), extra)

    def context_of(self, holder: Token | Scope) -> dict[str, Any]:
        """What an expression of something awaited may read. Not a copy."""
        return self.context(holder) if isinstance(holder, Token) else self.scope_context(holder)

    def holds(self, condition: str, context: Mapping[str, Any], node: Node) -> bool:
        """Whether a FEEL condition is true in a context. Raises ExecutionError, as the next two."""
        return expressions.holds(condition, context, node, self.services.now)

    def weighed(self, flow: Flow, held: bool, context: Mapping[str, Any]) -> dict[str, Any]:
        """What the log keeps of a condition that was looked at."""
        seen = expressions.with_now(flow.condition or "", context, self.services.now)
        return weighing.weighed(flow, held, seen, self.services.labels)

    def value_of(self, text: str, context: Mapping[str, Any], node: Node) -> Any:
        """The value of a text of the diagram: FEEL after "=", else the text."""
        return expressions.value_of(text, context, node, self.services.now)

    def feel_value(self, expression: str, context: Mapping[str, Any], node: Node) -> Any:
        """The value of a FEEL expression."""
        return expressions.feel_value(expression, context, node, self.services.now)

    def write(self, token: Token, values: Mapping[str, Any]) -> None:
        """Store copies where a name is known already, looking outwards; new names belong to the process, or to the
        instance of a multi-instance that the token is part of."""
        frames.store(frames.written_from(token, own=True), isolate_all(values))
        self.written = True

    def write_out(self, token: Token, values: Mapping[str, Any]) -> None:
        """As `write`, past the variables of the token's own."""
        frames.store(frames.written_from(token, own=False), isolate_all(values))
        self.written = True

    def write_in(self, scope: Scope, values: Mapping[str, Any]) -> None:
        """As `write`, for no token."""
        frames.store([scope.variables, *frames.written_from(scope.owner, own=True)], isolate_all(values))
        self.written = True
