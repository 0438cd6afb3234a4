"""A plain interpreter of blocks that knows nothing of tokens: a block being run is a tree of runs.

A run ends and tells the run around it; `dead` says that nothing comes out of it (its way ended elsewhere).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tests.engine.bpmn.oracle.blocks import Block, Reaction
from tests.engine.bpmn.oracle.story import Env, Story

if TYPE_CHECKING:
    from tests.engine.bpmn.oracle.scopes import ScopeRun


class Run:
    """Something that is going on."""

    def __init__(self, story: Story, around: Run | None, env: Env) -> None:
        self.story, self.around, self.env = story, around, env
        self.alive = True
        self.inside: list[Run] = []

    def begin(self) -> None:
        """Start it."""
        raise NotImplementedError

    def ended(self, child: Run, dead: bool) -> None:
        """A run inside has ended."""
        raise NotImplementedError

    def end(self, dead: bool = False) -> None:
        """It is over."""
        self.alive = False
        self.story.forget(self)
        if self.around is not None:
            self.around.inside.remove(self)
            self.around.ended(self, dead)

    def stop(self) -> None:
        """It is ended from outside, with all inside it."""
        self.alive = False
        self.story.forget(self)
        self.stop_inside()

    def stop_inside(self) -> None:
        for child in self.inside:
            child.stop()
        self.inside = []

    def add(self, block: Block, env: Env | None = None) -> Run:
        """A run of a block inside this one, not begun yet."""
        child = run_of(self.story, self, block, env or self.env)
        self.inside.append(child)
        return child

    def start(self, block: Block) -> None:
        self.add(block).begin()

    def all(self) -> list[Run]:
        """It and all inside it."""
        return [self, *(found for child in self.inside for found in child.all())]

    @property
    def depth(self) -> int:
        return 0 if self.around is None else self.around.depth + 1

    @property
    def scope(self) -> ScopeRun:
        """The process or subprocess that it is drawn in."""
        assert self.around is not None
        return self.around.scope_inside

    @property
    def scope_inside(self) -> ScopeRun:
        """The scope of what is directly inside it."""
        return self.scope

    def propagate(self, kind: str, code: str) -> bool:
        """An error or escalation goes outwards until something reacts to it."""
        below: Run | None = None
        at: Run | None = self
        while at is not None:
            found = at.catcher(kind, code, below)
            if found is not None:
                at.react(found)
                return True
            below, at = at, at.around
        return False

    def catcher(self, kind: str, code: str, below: Run | None) -> Reaction | None:
        """What here reacts to an error or escalation that comes from below."""
        return None

    def react(self, reaction: Reaction) -> None:
        raise NotImplementedError


def best(reactions: tuple[Reaction, ...], kind: str, code: str) -> Reaction | None:
    """The one for that very code, else the one for all."""
    fitting = [one for one in reactions if one.kind == kind and one.word in (code, "")]
    return max(fitting, key=lambda one: one.word, default=None)


class BlockRun(Run):
    """A run of a block of the flow."""

    def __init__(self, story: Story, around: Run | None, block: Block, env: Env) -> None:
        super().__init__(story, around, env)
        self.block = block


def run_of(story: Story, around: Run, block: Block, env: Env) -> Run:
    """The run of a block."""
    made: Run = RUNS[block.kind](story, around, block, env)
    return made


class TaskRun(Run):
    """Work that somebody does: a person, or the world outside (a called case, a job)."""

    age = 0

    def __init__(self, story: Story, around: Run, id: str, flag: str, env: Env, *, outside: bool = False) -> None:
        super().__init__(story, around, env)
        self.id, self.flag, self.outside = id, flag, outside

    def begin(self) -> None:
        """It is open now."""
        self.age = next(self.story.ages)

    def finish(self, values: dict[str, Any]) -> None:
        """It is done and leaves these variables."""
        for name, value in values.items():
            self.env.write(name, value)
        self.end()
        self.story.look()

    @property
    def place(self) -> Place:
        """Where it is."""
        return place(self.id, self.env.names())


Place = tuple[str, tuple[tuple[str, Any], ...]]


def place(id: str, seen: Mapping[str, Any]) -> Place:
    """The id of a task and the elements of the instances that it is in."""
    return id, tuple(sorted((name, value) for name, value in seen.items() if name.startswith("who_")))


RUNS: dict[str, type[BlockRun]] = {}
"""By kind of block; filled by who defines them."""
