"""The values that queries hand to pages: frozen, finished, free of the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")

TOTAL_CAP = 10_001
"""Totals are counted up to here; pages show 10 000+ beyond."""


@dataclass(frozen=True)
class PersonRef:
    """A person as pages name him: 姓名（部门）."""

    account: str
    name: str
    department: str

    def __str__(self) -> str:
        return f"{self.name}（{self.department}）" if self.department else self.name


@dataclass(frozen=True)
class DueView:
    """A deadline as pages show it; `title` is the exact time and the unit it counts in."""

    at: datetime
    text: str
    title: str
    late: bool
    soon: bool
    provisional: bool


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list; `total` is capped at `TOTAL_CAP`."""

    items: list[T]
    total: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        """Number of pages, at least one."""
        return max(1, -(-self.total // self.size))


@dataclass(frozen=True)
class ActionView:
    """An act of the action bar."""

    value: str
    label: str
    kind: str
    opinion: str


@dataclass(frozen=True)
class FileView:
    """An attachment."""

    id: int
    name: str
    size: int
    media_type: str
    uploaded_by: PersonRef
    uploaded_at: datetime
    task_name: str = ""


@dataclass(frozen=True)
class OpinionView:
    """One person's word in a step; `at` is None while he has not spoken."""

    person: PersonRef
    label: str
    kind: str
    opinion: str
    at: datetime | None
    note: str = ""


@dataclass(frozen=True)
class StepView:
    """One entry of 办理过程, newest first."""

    kind: str
    node_id: str
    name: str
    state: str
    at: datetime
    round: int | None = None
    result: str = ""
    arrived_at: datetime | None = None
    due: DueView | None = None
    opinions: list[OpinionView] = field(default_factory=list)
    detail: str = ""
    badge: str = ""
    whys: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class OutcomeView:
    """One line of 办理后会怎样."""

    action: str
    label: str
    kind: str
    next: str
    detail: str


@dataclass(frozen=True)
class WhyView:
    """卡点说明: the bold part (卡在：环节（会签 2/5）。) and the rest of the sentence."""

    text_bold: str
    text: str
    late: bool

    def __str__(self) -> str:
        return f"{self.text_bold}{self.text}"


@dataclass(frozen=True)
class SheetCell:
    """A cell of the printed 审批单; `sign` stands at the right below the text."""

    label: str
    text: str
    sign: str = ""


@dataclass(frozen=True)
class Sheet:
    """The printed 审批单 (UI.md §9)."""

    title: str
    number: str
    printed_at: datetime
    unfinished: bool
    rows: list[list[SheetCell]]
    check_code: str
    clauses: list[str]
    attachments: list[str]
