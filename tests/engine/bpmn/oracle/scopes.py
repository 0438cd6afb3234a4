"""Scopes (process, subprocess, event subprocess) and compensation, which is remembered scope by scope."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

from tests.engine.bpmn.oracle.blocks import Block, Reaction, handler_of, minute_of
from tests.engine.bpmn.oracle.runs import BlockRun, Run, TaskRun, best
from tests.engine.bpmn.oracle.story import Env, Story, Waiting


@dataclass
class Entry:
    """A completed activity that can be undone: by a handler ("service" or "task"), by its compensation event
    subprocess, or by undoing what was done in it."""

    activity: str
    values: dict[str, Any]
    handler: str = ""
    how: Reaction | None = None
    inner: tuple[Entry, ...] = ()
    act: int = 0  # during which act of the case it was completed


class Undecided(Exception):
    """The standard does not say in which order: these were completed at one moment, perhaps side by side."""


class ScopeRun(Run):
    """A scope: it ends when nothing is left in it."""

    def __init__(
        self,
        story: Story,
        around: Run | None,
        env: Env,
        body: Block | None,
        beside: tuple[Reaction, ...] = (),
        *,
        event: Reaction | None = None,
    ) -> None:
        super().__init__(story, around, env)
        self.body, self.beside, self.event = body, beside, event
        self.open = True  # what stands beside it may still react
        self.done: list[Entry] = []

    @property
    def scope_inside(self) -> ScopeRun:
        return self

    def begin(self) -> None:
        assert self.body is not None
        main = self.add(self.body)
        for reaction in self.beside:
            if self.open and reaction.kind != "compensation":
                self.wait_for_reaction(self, reaction, partial(self.react, reaction))
        if main.alive:
            main.begin()

    def ended(self, child: Run, dead: bool) -> None:
        if not self.inside:
            self.close()

    def close(self) -> None:
        """Everything in it has ended; what can be undone belongs to the scope around."""
        if self.event is not None and self.event.kind != "compensation":
            self.scope.done += self.done
        elif isinstance(self.around, BlockRun):
            how = next((one for one in self.beside if one.kind == "compensation"), None)
            if (self.done or how is not None) and not self.around.block.handler:
                self.scope.done.append(
                    Entry(self.around.block.id, dict(self.env.own), "", how, tuple(self.done), self.story.act)
                )
        self.end()

    def aside(self, body: Block | None) -> None:
        """Something more goes on in the scope."""
        if body is not None:
            self.start(body)

    # ---------------------------------------------------------------- events

    def wait_for(
        self, holder: Run, node: str, kind: str, word: str, then: Callable[[], None], stays: bool = False
    ) -> None:
        """A holder in this scope begins to wait."""
        waiting = Waiting(holder, node, kind, word, then, stays)
        if kind in ("timer", "cycle"):
            waiting.period = timedelta(days=int(word), minutes=minute_of(node))
            waiting.due = self.story.now + waiting.period
            waiting.times = 2 if kind == "cycle" else 1
        self.story.wait(waiting)

    def wait_for_reaction(self, holder: Run, reaction: Reaction, then: Callable[[], None]) -> None:
        """Errors, escalations and the like are not waited for: they look for who reacts to them."""
        if reaction.kind in ("timer", "cycle", "message", "signal", "conditional"):
            node = reaction.id if holder is not self else f"{reaction.id}_start"
            stays = not reaction.interrupting and reaction.kind != "timer"
            self.wait_for(holder, node, reaction.kind, reaction.word, then, stays)

    def catcher(self, kind: str, code: str, below: Run | None) -> Reaction | None:
        """What stands beside; an event subprocess never reacts to what comes out of itself."""
        own = below.event if isinstance(below, ScopeRun) else None
        return best(tuple(one for one in self.beside if one is not own), kind, code) if self.open else None

    def react(self, reaction: Reaction) -> None:
        """An event subprocess begins: beside what goes on in the scope, or instead of it."""
        if reaction.interrupting:
            self.open = False
            self.story.forget(self)
            self.stop_inside()
        event = ScopeRun(self.story, self, self.env, reaction.body, event=reaction)
        self.inside.append(event)
        event.begin()

    # ---------------------------------------------------------------- compensation

    def undo(self, activity: str, around: Run, then: Callable[[], None]) -> None:
        """Undo an activity, or all that is done in the scope; an event subprocess does it for the scope around."""
        scope: ScopeRun = self
        while scope.event is not None:
            scope = scope.scope
        chosen = [entry for entry in scope.done if activity in ("", entry.activity)]
        scope.done = [entry for entry in scope.done if entry not in chosen]
        run = Undo(self.story, around, around.env, chosen, then)
        around.inside.append(run)
        run.begin()

    def undo_aside(self, activity: str, env: Env) -> None:
        """The same, while the flow goes on."""
        self.undo(activity, self, lambda: None)

    def cancel(self) -> None:
        """The transaction is given up: everything in it ends, what is done is undone, and its border reacts."""
        assert isinstance(self.around, BlockRun)
        self.story.forget(self)
        self.stop_inside()
        way = best(self.around.block.border, "cancel", "")
        assert way is not None
        self.undo("", self, partial(self.around.react, way))


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    found = list(entries)
    if len({entry.act for entry in found}) < len(found):
        raise Undecided
    return found


class Undo(Run):
    """A compensation going on: the last entry first."""

    def __init__(self, story: Story, around: Run, env: Env, todo: list[Entry], then: Callable[[], None]) -> None:
        super().__init__(story, around, env)
        self.todo, self.then = _in_order(todo), then

    def begin(self) -> None:
        while self.todo:
            entry = self.todo.pop()
            if entry.handler == "service":
                self.story.served.append(handler_of(entry.activity))
            elif entry.handler == "task":
                env = Env(dict(entry.values), self.env)
                task = TaskRun(self.story, self, handler_of(entry.activity), "", env)
                self.inside.append(task)
                task.begin()
                return
            elif entry.how is not None:
                self._by_event(entry, entry.how)
                return
            else:
                self.todo += [replace(one, values={**entry.values, **one.values}) for one in _in_order(entry.inner)]
        around = self.around
        assert around is not None
        around.inside.remove(self)
        self.alive = False
        self.then()
        if isinstance(around, ScopeRun) and around.alive and not around.inside:
            around.close()

    def _by_event(self, entry: Entry, how: Reaction) -> None:
        """The subprocess is there again for as long as its compensation event subprocess needs it."""
        again = ScopeRun(self.story, self, Env(dict(entry.values), self.env), None)
        again.open = False
        again.done = list(entry.inner)
        event = ScopeRun(self.story, again, again.env, how.body, event=how)
        again.inside.append(event)
        self.inside.append(again)
        event.begin()

    def ended(self, child: Run, dead: bool) -> None:
        self.begin()
