"""Models as structure: blocks within blocks. What is drawn from them and what is expected of them both follow from it.

A block has one way in and one way out. What leaves another way (an end event in the middle, an error, an event at the
border) is written on the block that it leaves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Many:
    """How often an activity is done: "parallel", "sequential" (`number` instances, or until `until` of them are done),
    or as a loop that asks "before" or "after" each round (at most `number` rounds)."""

    how: str
    number: int
    until: int | None = None


@dataclass(frozen=True)
class Reaction:
    """An event at the border of an activity, or the start of an event subprocess in a scope.

    `word`: what it reacts to: the name of a message or signal, the code of an error or escalation ("" for every one),
    the flag of a condition, the days of a timer. `rejoins`: its way leads back behind the activity.
    """

    id: str
    kind: str
    word: str
    interrupting: bool
    body: Block | None
    rejoins: bool = False


@dataclass(frozen=True)
class Block:
    """`kind` says what `inner`, `word` and `number` mean:

    task (word: the flag it sets), script, call, job, receive (word: message), sub (one inner block), transaction;
    seq, choice (first: default), parallel, inclusive (first: default), loop, quorum (number: how many are enough);
    adhoc (word: "parallel" or "sequential", and "keep" what has begun; number: the pick that is enough), note (moves
    data objects), bundle (an activity that gives `number` tokens, one done by each of them, one that needs them all);
    race (words: one event each, one inner block each), catch (words: one event, or several: one of them is enough, or
    all are awaited if number is 1), throw and exit (words: what is thrown; number, of an exit: the pick that goes
    there), link.
    An event or throw is (kind, word).
    """

    kind: str
    id: str
    inner: tuple[Block, ...] = ()
    word: str = ""
    number: int = 0
    words: tuple[tuple[str, str], ...] = ()
    many: Many | None = None
    handler: str = ""  # "service" or "task": what undoes it
    border: tuple[Reaction, ...] = ()
    beside: tuple[Reaction, ...] = ()


ACTIVITIES = frozenset({"task", "script", "call", "job", "receive", "sub", "transaction", "adhoc"})
SCOPES = frozenset({"sub", "transaction", "adhoc"})


def each(block: Block) -> Iterator[Block]:
    """The block and all in it, what reacts to events too."""
    yield block
    bodies = [reaction.body for reaction in (*block.border, *block.beside) if reaction.body is not None]
    for inner in (*block.inner, *bodies):
        yield from each(inner)


def minute_of(id: str) -> int:
    """Timers get minutes of their own, so that no two are due at one moment: the number in the id."""
    return int("".join(sign for sign in id if sign.isdigit())) + 1


def handler_of(id: str) -> str:
    """The id of what undoes an activity."""
    return f"un{id}"
