"""The values of the managers' pages: frozen, finished, free of the database.

Rates are 0 … 1 and None where there is nothing to divide by. Durations are working days with fractions
(see `durations.py`), None where nothing was finished.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from engine.queries.cockpit.durations import SAMPLE
from engine.queries.related import CaseLink
from engine.queries.values import DueView, PersonRef, WhyView

PERIODS = (30, 90, 365)
"""Days that the figures of finished work may cover."""

ON_TIME_TARGET = 0.95
"""The share of deadlines kept that the pages hold results against (thin line in bars)."""


@dataclass(frozen=True)
class CaseRow:
    """One case in a managers' list. `current` names its open steps (会签 with 2/5), `due` is the earliest deadline,
    `incident` what went wrong and nobody has settled yet (empty: nothing); `took_days` are the working days it took,
    None while it runs."""

    instance_id: int
    number: str
    title: str
    procedure: str
    key: str
    state: str
    outcome: str
    tag: str
    starter: PersonRef
    started_at: datetime
    ended_at: datetime | None
    current: str
    holders: list[PersonRef]
    due: DueView | None
    why: WhyView | None
    was_late: bool
    took_days: float | None
    incident: str
    parent: CaseLink | None = None  # the case that called this one


@dataclass(frozen=True)
class ProcedureRow:
    """A procedure in numbers: `running`, `late`, `soon` now, `finished` (in any way) within the period."""

    key: str
    name: str
    running: int
    late: int
    soon: int
    finished: int
    on_time: float | None


@dataclass(frozen=True)
class StepRow:
    """A step that takes long. `waiting` cases are there now; `pressure` is the share of the allowed time that was used
    on average (above 1: too slow); `natural` means days by the clock, not working days."""

    node_id: str
    node: str
    procedure: str
    key: str
    waiting: int
    average_days: float | None
    limit_days: float | None
    pressure: float | None
    natural: bool = False


@dataclass(frozen=True)
class DepartmentRow:
    """A department: tasks its people hold now, and how they kept their deadlines within the period. What is overdue now
    counts as not kept."""

    code: str
    name: str
    open: int
    late: int
    finished: int
    on_time: float | None
    returned: float | None
    average_days: float | None


@dataclass(frozen=True)
class MonthRow:
    """A month of the chart; `late_rate` is the share of cases ended in it that missed a deadline."""

    label: str
    started: int
    finished: int
    late_rate: float | None


@dataclass(frozen=True)
class Overview:
    """运行总览. `longest_late` is the most overdue deadline of all in words ("超期 6 个工作日"), empty without one."""

    days: int
    running: int
    late: int
    soon: int
    finished: int
    rejected: int
    withdrawn: int
    on_time_rate: float | None
    median_days: float | None
    incidents: int
    longest_late: str
    by_procedure: list[ProcedureRow]
    slow_steps: list[StepRow]
    departments: list[DepartmentRow]
    monthly: list[MonthRow]
    stuck: list[CaseRow]

    @property
    def sampled_cases(self) -> int:
        """How many of the newest finished cases the median is made of; 0 where it is made of all."""
        return SAMPLE if self.finished > SAMPLE else 0

    @property
    def sampled_tasks(self) -> int:
        """The same of finished tasks, for the averages."""
        return SAMPLE if sum(home.finished for home in self.departments) > SAMPLE else 0


@dataclass(frozen=True)
class StepFigures:
    """A step of one procedure. `arrived` and `late` count the times it was reached, or missed its deadline, within the
    period; a 会签 counts once, a subprocess once per case. `waiting` cases are there now, `waiting_late` of them too
    long, which `on_time` counts as not kept."""

    node_id: str
    name: str
    arrived: int
    median_days: float | None
    average_days: float | None
    limit_days: float | None
    on_time: float | None
    waiting: int
    waiting_late: int
    late: int
    pressure: float | None = None
    natural: bool = False
    is_subprocess: bool = False


@dataclass(frozen=True)
class ProcedurePage:
    """One procedure in numbers. `slowest_days`: nine of ten cases took at most so long. `returned`: cases among the
    finished ones that were sent back at least once."""

    key: str
    name: str
    prefix: str
    clauses: list[str]
    version: int
    deployed_at: datetime
    documentation: str
    owners: list[PersonRef]
    days: int
    running: int
    late: int
    soon: int
    finished: int
    on_time: float | None
    median_days: float | None
    slowest_days: float | None
    rejected: int
    withdrawn: int
    returned: int
    steps: list[StepFigures] = field(default_factory=list)
    stuck: list[CaseRow] = field(default_factory=list)

    @property
    def sampled_cases(self) -> int:
        """How many of the newest finished cases the durations are made of; 0 where they are made of all."""
        return SAMPLE if self.finished > SAMPLE else 0

    @property
    def sampled_tasks(self) -> int:
        """The same of finished tasks, for the figures of the steps."""
        return SAMPLE if sum(step.arrived for step in self.steps) > SAMPLE else 0
