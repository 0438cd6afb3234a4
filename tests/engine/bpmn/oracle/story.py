"""What all runs of one model share: its clock, what is waited for, what was undone; and the variables around a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Protocol


class Env:
    """Variables: `own` ones over those around. New names go outwards, but never out of an instance (`keeps`)."""

    def __init__(self, own: dict[str, Any], around: Env | None = None, *, keeps: bool = False) -> None:
        self.own, self.around, self.keeps = own, around, keeps

    def read(self, name: str) -> Any:
        if name in self.own or self.around is None:
            return self.own.get(name)
        return self.around.read(name)

    def write(self, name: str, value: Any) -> None:
        if name in self.own or self.keeps or self.around is None:
            self.own[name] = value
        else:
            self.around.write(name, value)

    def names(self) -> dict[str, Any]:
        """All that can be read."""
        return {**(self.around.names() if self.around is not None else {}), **self.own}


class Holder(Protocol):
    """Who waits: it knows its variables and how deep it is in the model."""

    env: Env

    @property
    def depth(self) -> int: ...


@dataclass(eq=False)
class Waiting:
    """Something waited for. `stays`: it may come again. `times`: how often a timer does, `days` and `minutes` apart."""

    holder: Holder
    node: str
    kind: str
    word: str
    then: Callable[[], None]
    stays: bool = False
    due: datetime | None = None
    period: timedelta | None = None
    times: int = 1
    held: bool = False


@dataclass
class Story:
    """One case as the structure of its model would have it."""

    now: datetime
    waiting: list[Waiting] = field(default_factory=list)
    served: list[str] = field(default_factory=list)
    act: int = 0
    ages: Iterator[int] = field(default_factory=count)

    def wait(self, waiting: Waiting) -> None:
        """Begin to wait; a condition that holds already has come."""
        self.waiting.append(waiting)
        if waiting.kind == "conditional":
            self._look_at(waiting)

    def forget(self, holder: Holder) -> None:
        """It waits for nothing any more."""
        self.waiting = [one for one in self.waiting if one.holder is not holder]

    def come(self, waiting: Waiting) -> None:
        """What was waited for has come."""
        if not waiting.stays:
            self.waiting.remove(waiting)
        waiting.then()

    # ---------------------------------------------------------------- from outside

    def message(self, word: str) -> bool:
        """To the one who has waited longest."""
        found = next((one for one in self.waiting if (one.kind, one.word) == ("message", word)), None)
        if found is not None:
            self.come(found)
        return found is not None

    def signal(self, word: str) -> None:
        """To all; who is further out comes first, and may end the others before anything of theirs begins."""
        heard = [one for one in self.waiting if (one.kind, one.word) == ("signal", word)]
        for one in sorted(heard, key=lambda one: one.holder.depth):
            if one in self.waiting:
                self.come(one)

    def look(self) -> None:
        """Every condition that has come to hold."""
        asked = [one for one in self.waiting if one.kind == "conditional"]
        for one in sorted(asked, key=lambda one: one.holder.depth):
            if one in self.waiting:
                self._look_at(one)

    def tick(self, days: int) -> None:
        """Time passes; timers come in the order of their moments."""
        self.now += timedelta(days=days)
        while True:
            due = [one for one in self.waiting if one.due is not None and one.due <= self.now]
            if not due:
                return
            first = min(due, key=lambda one: one.due or self.now)
            first.times -= 1
            first.stays = first.times > 0
            if first.stays and first.due is not None and first.period is not None:
                first.due += first.period
            self.come(first)

    def _look_at(self, waiting: Waiting) -> None:
        before, waiting.held = waiting.held, waiting.holder.env.read(waiting.word) is True
        if waiting.held and not before:
            self.come(waiting)
