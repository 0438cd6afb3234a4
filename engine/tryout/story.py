"""What a run has brought about so far: the items people got, and everything that happened, told in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from engine import bpmn
from engine.organisation import Member


class EntryKind(StrEnum):
    """What an entry tells of."""

    ACT = "act"  # somebody did something: the head of a step
    ITEM = "item"  # an item opened: who gets it, until when
    GATEWAY = "gateway"  # which way was taken, and why
    DECISION = "decision"  # a table was asked: its value and the rules that matched
    MACHINE = "machine"  # the platform did something by itself
    EFFECT = "effect"  # what a handler would have done
    ERROR = "error"  # an error that the diagram caught
    TIMER = "timer"  # a drawn timer was armed
    EVENT = "event"  # an event occurred: a timer, a message, an end
    REMIND = "remind"  # a reminder
    LATE = "late"  # a deadline has passed
    NOTICE = "notice"  # a notice that would be sent
    CANCELLED = "cancelled"  # an item that is no longer needed
    END = "end"  # the case has ended


@dataclass(frozen=True)
class Entry:
    """One line of what happened; `step` counts from 0, the start."""

    step: int
    at: datetime
    kind: EntryKind
    node_id: str
    text: str
    detail: str = ""


class ItemState(StrEnum):
    """How an item stands."""

    OPEN = "open"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@dataclass
class Item:
    """A user task that somebody would find in his list. `step` is the one that opened it."""

    token_id: int
    activity_id: int
    node: bpmn.Node
    step: int
    opened_at: datetime
    due: datetime | None
    members: tuple[Member, ...]
    nobody: bool
    holder: str | None
    loop_counter: int | None
    state: ItemState = ItemState.OPEN
    by: str = ""
    act: bpmn.Action | None = None
    opinion: str = ""
    done_at: datetime | None = None
    touched: bool = False  # claimed or handed over, so somebody has opened it
    step_done: int = -1  # the step that finished it

    @property
    def accounts(self) -> tuple[str, ...]:
        """Who may do it."""
        return tuple(member.account for member in self.members)


@dataclass
class Story:
    """Everything told. `path` holds for each step the nodes it reached: tasks, tables, handlers and events, without
    gateways and scripts, which are the diagram's own affair."""

    entries: list[Entry] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    path: list[list[str]] = field(default_factory=list)
    done: set[str] = field(default_factory=set)  # nodes passed
    flows: dict[str, str] = field(default_factory=dict)  # flows taken: done, back or no
    happenings: list[bpmn.Happening] = field(default_factory=list)  # as the engine told them
    act_kind: str = ""  # of the act that the present step is, "" for the clock

    @property
    def open(self) -> list[Item]:
        """The items that wait, oldest first."""
        return [item for item in self.items if item.state is ItemState.OPEN]

    def arrive(self, node_id: str) -> None:
        """The present step reached a node; the children of a multi-instance count once."""
        if not self.path[-1] or self.path[-1][-1] != node_id:
            self.path[-1].append(node_id)
