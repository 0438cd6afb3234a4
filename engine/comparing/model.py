"""What a comparison tells: entries with their details, in words and for colouring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What became of a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"  # it says something else
    MOVED = "moved"  # it says the same in another place
    SAME = "same"  # shown for its surroundings


@dataclass(frozen=True)
class Detail:
    """One property that differs, in words; "" where the side does not have it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An element of the diagram that differs. `title` names it with its kind (用户任务“专家论证”), `group` says where
    it is read (process, steps, ways, lanes, other); `under` is the id of the added or removed element that brought it
    along. `moved` says that it has another place too; `was_at` is where it lay before, if it is not there any more: the
    bends of a flow or left, top, width, height of a shape, as on the later drawing. `inside` is the subprocess that it
    is drawn in.
    """

    kind: Kind
    id: str
    type: str
    name: str
    title: str
    group: str
    inside: str = ""
    details: tuple[Detail, ...] = ()
    under: str = ""
    moved: bool = False
    was_at: tuple[int, ...] = ()


@dataclass(frozen=True)
class Row:
    """A field of a form or a rule of a table beside its former self: cells as (before, after) in the order of the
    columns; None where the side does not have the column or the row."""

    kind: Kind
    id: str
    title: str
    cells: tuple[tuple[str | None, str | None], ...]
    details: tuple[Detail, ...] = ()
    depth: int = 0

    @property
    def touched(self) -> bool:
        """Whether it differs in any way."""
        return self.kind is not Kind.SAME


@dataclass(frozen=True)
class Column:
    """A column of a table of rows; `kind` is that of the column itself."""

    kind: Kind
    label: str
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A form or a decision table: what differs of it as a whole, and its rows. `note` says why it could not be compared
    row by row. `name` is the part's, `id` that of the table in it."""

    kind: Kind
    name: str
    id: str
    title: str
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    details: tuple[Detail, ...] = ()
    note: str = ""

    @property
    def count(self) -> int:
        """How many differences a person reads."""
        if self.kind in (Kind.ADDED, Kind.REMOVED) or self.note:
            return 1
        columns = sum(column.kind is not Kind.SAME for column in self.columns)
        return len(self.details) + columns + sum(row.touched for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Everything that differs between two states of a procedure. `note` says why the diagrams could not be compared, or
    that only their spelling differs."""

    entries: tuple[Entry, ...] = ()
    note: str = ""
    forms: tuple[Sheet, ...] = ()
    decisions: tuple[Sheet, ...] = ()
    scenarios: tuple[Sheet, ...] = ()

    @property
    def count(self) -> int:
        """How many differences a person reads; what only lies elsewhere counts for one together."""
        told = sum(entry.kind is not Kind.MOVED and not entry.under for entry in self.entries)
        moved = any(entry.kind is Kind.MOVED for entry in self.entries)
        return told + moved + sum(sheet.count for sheet in (*self.forms, *self.decisions, *self.scenarios))


@dataclass(frozen=True)
class Names:
    """What codes are called: roles, departments and people by code, forms and tables by name. Unknown ones stand for
    themselves."""

    roles: Mapping[str, str] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)


class Fact(NamedTuple):
    """Something that an element says, in words; two are the same when their `key` is."""

    label: str
    text: str
    key: str


Facts = dict[str, Fact]

LONGEST = 2000
"""Characters of a text that are shown of one side."""

_SHORT = 240
_AROUND = 40
"""Of a longer text only what differs is shown, with so many characters around it."""


def clean(text: str) -> str:
    """Without halves of characters, which no page can carry."""
    return text.encode("utf-8", "replace").decode()


def fact(label: str, text: str, key: str | None = None) -> Fact:
    """A fact; without a key its text is what is compared."""
    return Fact(label, text, text if key is None else key)


def details_of(before: Mapping[str, Fact], after: Mapping[str, Fact]) -> tuple[Detail, ...]:
    """The facts that differ, in the order of `after`, then those that are gone."""
    found = []
    for code, new in after.items():
        old = before.get(code)
        if old is None or old.key != new.key:
            found.append(Detail(new.label, *shown("" if old is None else old.text, new.text)))
    found += [Detail(old.label, *shown(old.text, "")) for code, old in before.items() if code not in after]
    return tuple(found)


def shown(before: str, after: str) -> tuple[str, str]:
    """Two texts as a person compares them: of long ones what differs, with a little around it."""
    shorter = min(len(before), len(after))
    if max(len(before), len(after)) <= _SHORT or not shorter:
        return _cut(before, 0, len(before)), _cut(after, 0, len(after))
    head = next((place for place in range(shorter) if before[place] != after[place]), shorter)
    rest = shorter - head
    tail = next((place for place in range(rest) if before[-1 - place] != after[-1 - place]), rest)
    begin = max(head - _AROUND, 0)
    ends = (min(len(text) - tail + _AROUND, len(text)) for text in (before, after))
    old, new = (_cut(text, begin, end) for text, end in zip((before, after), ends, strict=True))
    return old, new


def _cut(text: str, begin: int, end: int) -> str:
    part = text[begin : min(end, begin + LONGEST)]
    return ("…" if begin else "") + part + ("…" if begin + len(part) < len(text) else "")
