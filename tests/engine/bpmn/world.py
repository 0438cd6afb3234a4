"""The outside of an execution for tests: a clock that stands still, a calendar of 24-hour days, given answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from engine.bpmn import Definition, Due, Execution, JobRequest, Node, dumps, loads, parse

MONDAY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


class World:
    """Services for one test; `decisions` and `handlers` are filled by it."""

    def __init__(self) -> None:
        self.time = MONDAY
        self.decisions: dict[str, Any] = {}
        self.handlers: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}
        self.provisional = False
        self.stores: dict[str, Any] = {}
        self.named: dict[str, str] = {}
        self.day = timedelta(days=1)
        self.served: list[tuple[str, dict[str, Any]]] = []

    def now(self) -> datetime:
        return self.time

    def due(self, start: datetime, amount: Any, unit: str) -> Due:
        one = self.day if unit == "workday" else timedelta(hours=1)
        return Due(start + float(amount) * one, self.provisional)

    def decide(self, decision_id: str, variables: Mapping[str, Any]) -> tuple[Any, str, list[dict[str, Any]]]:
        value = self.decisions[decision_id]
        return (value(variables) if callable(value) else value), "规则 1", [{"index": 1}]

    def labels(self) -> Mapping[str, str]:
        return self.named

    def read_store(self, name: str) -> Any:
        return self.stores.get(name)

    def write_store(self, name: str, value: Any) -> None:
        self.stores[name] = value

    def serve(self, node: Node, inputs: dict[str, Any]) -> dict[str, Any]:
        assert node.topic is not None
        self.served.append((node.topic, inputs))
        return self.handlers[node.topic](inputs) if node.topic in self.handlers else {}

    def pass_days(self, days: float) -> None:
        self.time += timedelta(days=days)


def _answer(token_id: int, answer: dict[str, Any], execution: Execution) -> None:
    execution.job_done(token_id, answer)


class Case:
    """An execution that is saved and loaded again before every act, so that every test proves the codec too."""

    def __init__(self, diagram: bytes | Definition, world: World | None = None, **variables: Any) -> None:
        self.world = world or World()
        self.definition = diagram if isinstance(diagram, Definition) else parse(diagram)
        self.told: list[Any] = []
        self.asked: list[Any] = []
        self.saved: bytes | None = None
        self.execution = Execution(self.definition, self.world)
        at, is_called = variables.pop("_at", None), variables.pop("_called", False)
        self._act(lambda execution: execution.start(variables, at=at, is_called=is_called))

    def _act(self, act: Callable[[Execution], Any]) -> Any:
        try:
            result = act(self.execution)
        except Exception:  # an act that raised may have moved half-way: throw it away, as the platform does
            if self.saved is not None:
                self.execution = loads(self.saved, self.definition, self.world)
            raise
        self.told += self.execution.drain()
        self.asked += self.execution.drain_requests()
        data = self.saved = dumps(self.execution)
        before = self._shown()
        self.execution = loads(data, self.definition, self.world)
        assert dumps(self.execution) == data
        assert self._shown() == before
        return result

    def _shown(self) -> tuple[Any, ...]:
        e = self.execution
        seen = (e.work, e.timers, e.messages, e.variables, e.state, e.outcome, e.live_tokens(), e.next_due)
        return *seen, e.awaited, e.outside, e.scopes

    # ---------------------------------------------------------------- acts

    def do(self, node_id: str, nth: int = 0, **variables: Any) -> Case:
        """Finish the nth open work item of that task."""
        token_id = self.item(node_id, nth).token_id
        self._act(lambda execution: execution.complete(token_id, variables))
        return self

    def tick(self, days: float = 0) -> int:
        """Let time pass, then fire what is due."""
        self.world.pass_days(days)
        fired: int = self._act(lambda execution: execution.tick())
        return fired

    def deliver(self, message: str, **payload: Any) -> Case:
        self._act(lambda execution: execution.deliver(message, payload))
        return self

    def signal(self, name: str, **payload: Any) -> int:
        """Tell a signal; how many heard it."""
        heard: int = self._act(lambda execution: execution.signal(name, payload))
        return heard

    def act(self, act: Callable[[Execution], Any]) -> Any:
        """Any other act of the execution."""
        return self._act(act)

    def token(self, node_id: str) -> int:
        """The first token at a node."""
        return next(token for node, token in self.execution.live_tokens() if node == node_id)

    def work_off(self) -> Case:
        """Do every job that is waited for, by the handlers of the world."""
        wanted = dict(self.execution.outside)
        for request in [r for r in self.asked if isinstance(r, JobRequest) and r.token_id in wanted]:
            answer = self.world.serve(request.node, request.inputs)
            self._act(partial(_answer, request.token_id, answer))
        return self

    def give_back(self, from_: str, to: str, nth: int = 0) -> Case:
        """Return the nth open work item of `from_` to the user task `to`."""
        token_id = self.item(from_, nth).token_id
        self._act(lambda execution: execution.return_to(token_id, to))
        return self

    # ---------------------------------------------------------------- looks

    def item(self, node_id: str, nth: int = 0) -> Any:
        return [item for item in self.execution.work if item.node.id == node_id][nth]

    @property
    def open(self) -> list[str]:
        """Ids of the open tasks, sorted; a multi-instance task once for each open child."""
        return sorted(item.node.id for item in self.execution.work)

    @property
    def variables(self) -> dict[str, Any]:
        return self.execution.variables

    @property
    def state(self) -> str:
        return self.execution.state

    @property
    def armed(self) -> list[tuple[str, str]]:
        """(node, kind) of the timers that have not fired, by due time."""
        return [(timer.node_id, timer.kind) for timer in self.execution.timers]

    def kinds(self, *kinds: str) -> list[str]:
        """Node ids of the happenings of these kinds so far, in order."""
        return [h.node_id for h in self.told if h.kind in kinds]
