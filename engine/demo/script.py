"""The scripts of the demo: `workflows/<key>/cases.yaml`, cases that are played step by step, by name and by the clock.

    forms:                       what is filled in unless a case says otherwise, by node (`start`: the start form)
      start: {urgency: 一般}
      verify: {verified_on: "= today()", result: 一致}
    cases:
      - by: chensiyuan           who starts it; without it: a case that the procedure's own timer start has begun
        ago: 12                  working days before today
        at: "09:20"              time of day
        data: {…}                the start form, over forms.start
        files: [说明.pdf]         enclosed with the start; .csv is a table, anything else a page of PDF
        steps:
          - [1, "10:20", hejing, review, approve, 同意。, {amount: 3}, [证明.pdf]]
          - ["+90m", owner, confirm, submit, ""]
          - [4, "09:00", maxiao, rectification/accept, submit, "", {}]
          - [9, "15:00", shenyutong, rectification#2/verify, pass, 已核。]

A step is: when, who, the node, the act, the opinion, the form (over forms.<node>), the files enclosed. When is a
working day after the start with a time of day, or natural time after the start ("+2d6h", "+90m"). Who is an account, or
`owner` for whoever holds the task. Between steps time passes and every timer fires at its own moment.

A case that this case (or one of its own) has called or started is addressed by its procedure before the node:
`rectification/accept` is the newest such case, `rectification#2/accept` the second one. Its forms are those of its own
procedure's script.

Acts beside those of the diagram: `claim`, `read`, `urge`, `withdraw`, `transfer:<account>`, `to:<node>` (退回 to that
earlier step).

An exam is answered by `answers: {right: 0.8}`: about that share of its points is earned, as the question bank knows.

A form begins with what its page would show (defaults, what the case knows under the same names). A text after "=" is
FEEL over the variables of the case, `today()` and `now()` are the moment of the step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from engine.calendar import WorkingCalendar
from engine.clock import LOCAL
from engine.errors import ConfigurationError

_NATURAL = re.compile(r"\+(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?")
_ADDRESS = re.compile(r"(?:([a-z][a-z0-9_]*)(?:#(\d+))?/)?(\w*)")


@dataclass
class Case:
    """One case of the play. `instance_id` is known once it was started; `title` tells it from others in errors."""

    key: str
    script: Mapping[str, Any]
    forms: Mapping[str, Any]
    title: str
    instance_id: int = 0


@dataclass(frozen=True)
class Act:
    """What one person does at one step; `called` and `nth` say in which case, "": in the script's own."""

    who: str
    called: str
    nth: int | None
    node: str
    act: str
    opinion: str
    data: Mapping[str, Any]
    files: tuple[str, ...]


@dataclass(order=True)
class Step:
    """One act of the play at one moment; without `act` the case begins."""

    moment: datetime
    order: int
    case: Case = field(compare=False)
    act: Act | None = field(compare=False, default=None)


class Scripts:
    """The scripts of all procedures."""

    def __init__(self, root: Path) -> None:
        files = sorted((root / "workflows").glob("*/cases.yaml"))
        read = {file.parent.name: yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}
        self.forms: dict[str, Mapping[str, Any]] = {key: script.get("forms") or {} for key, script in read.items()}
        self.cases = [
            Case(key, case, self.forms[key], f"{key} {number}")
            for key, script in read.items()
            for number, case in enumerate(script.get("cases") or [], 1)
        ]

    def form_of(self, key: str, node: str) -> Mapping[str, Any]:
        """What the script of a procedure fills in at a node."""
        found: Mapping[str, Any] = self.forms.get(key, {}).get(node) or {}
        return found

    def steps(self, calendar: WorkingCalendar, today: date) -> list[Step]:
        """Everything that happens, in the order of time."""
        found: list[Step] = []
        for case in self.cases:
            first = _shifted(calendar, today, case.script["ago"], -1)
            begins = _moment(first, case.script.get("at", "09:20"))
            found.append(Step(begins, len(found), case))
            for moment, parts in _timed(calendar, begins, case):
                found.append(Step(moment, len(found), case, _act(case, parts)))
        return sorted(found)


def _timed(calendar: WorkingCalendar, begins: datetime, case: Case) -> Iterator[tuple[datetime, list[Any]]]:
    for when, *parts in case.script.get("steps") or []:
        if isinstance(when, int):
            yield _moment(_shifted(calendar, begins.date(), when, 1), parts[0]), parts[1:]
            continue
        natural = _NATURAL.fullmatch(str(when))
        if natural is None:
            raise ConfigurationError(f"{case.title}: {when!r} is no working day and no time like +2d6h")
        days, hours, minutes = (int(part or 0) for part in natural.groups())
        yield begins + timedelta(days=days, hours=hours, minutes=minutes), parts


def _act(case: Case, parts: list[Any]) -> Act:
    who, where, act, opinion, data, files = parts + [None] * (6 - len(parts))
    address = _ADDRESS.fullmatch(where)
    if address is None:
        raise ConfigurationError(f"{case.title}: {where!r} names no node")
    called, nth, node = address.groups()
    return Act(
        who,
        called or "",
        int(nth) if nth else None,
        node,
        act or "submit",
        opinion or "",
        data or {},
        tuple(files or ()),
    )


def _moment(day: date, hour: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), tzinfo=LOCAL)


def _shifted(calendar: WorkingCalendar, day: date, count: int, direction: int) -> date:
    while count:
        day += timedelta(days=direction)
        count -= calendar.is_working_day(day)
    return day
