"""Times and counts: how long a request takes, how many statements it sends, how often it commits."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from engine.db import Database


@dataclass
class Figures:
    """All runs of one act; times in milliseconds, counts per run."""

    name: str
    times: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)
    commits: list[int] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Half of the runs were faster."""
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        """One in twenty was slower."""
        return sorted(self.times)[max(0, -(-len(self.times) * 95 // 100) - 1)]

    def as_json(self, floor: float) -> dict[str, Any]:
        """For `--json`."""
        return {
            "name": self.name,
            "runs": len(self.times),
            "median_ms": round(self.median, 3),
            "p95_ms": round(self.p95, 3),
            "fastest_ms": round(min(self.times), 3),
            "times_floor": round(self.median / floor, 2),
            "statements": max(self.statements, default=0),
            "commits": max(self.commits, default=0),
        }


class Meter:
    """Counts what this thread sends to the database: statements (an executemany once) without BEGIN, and commits."""

    def __init__(self, database: Database) -> None:
        self.figures: dict[str, Figures] = {}
        self.log: list[str] = []
        self._engine = database.engine
        self._thread = threading.get_ident()
        self._commits = 0
        self._counting = False

    def run(self, name: str, act: Callable[[], Any], database: bool = True) -> Any:
        """Time one act under this name and hand back what it gave."""
        figures = self.figures.setdefault(name, Figures(name))
        self.log.clear()
        self._commits = 0
        begun = time.perf_counter()
        result = act()
        took = (time.perf_counter() - begun) * 1000
        if not self._counting:
            figures.times.append(took)
        elif database:
            figures.statements.append(len(self.log))
            figures.commits.append(self._commits)
        return result

    def repeat(self, name: str, act: Callable[[], Any], times: int = 5) -> None:
        """Time what never waits several times in a row: the first, with the processor's caches full of other work, as
        a line of its own."""
        self.run(f"{name}, cold", act, database=False)
        for _time in range(times):
            self.run(name, act, database=False)

    def rounds(self, rounds: int) -> Iterator[int]:
        """Two rounds that count statements and fill caches, then the timed ones, in which nobody listens."""
        self.figures.clear()
        self._listen(True)
        yield from range(-2, 0)
        self._listen(False)
        yield from range(rounds)

    def _listen(self, counting: bool) -> None:
        self._counting = counting
        change = event.listen if counting else event.remove
        change(self._engine, "before_cursor_execute", self._on_statement)
        change(self._engine, "commit", self._on_commit)

    def _on_statement(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if threading.get_ident() == self._thread and not statement.startswith("BEGIN"):
            self.log.append(statement)

    def _on_commit(self, _connection: Any) -> None:
        if threading.get_ident() == self._thread:
            self._commits += 1
