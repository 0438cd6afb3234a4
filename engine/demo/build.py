"""Play the demo's cases: every step is a real command, every timer really fires, the clock moves from step to step.

All steps of all cases are put in order of time, so that what happens between them (reminders, deadlines that pass,
votes that run out) happens as it would have. The clock is the platform's own and is given back at the end.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from engine.calendar import WorkingCalendar
from engine.clock import LOCAL, MovableClock, local
from engine.commands import (
    claim_task,
    complete_task,
    deploy_files,
    mark_read,
    mark_task_read,
    return_task,
    start_process,
    store_file,
    transfer_task,
    urge_case,
    withdraw_case,
)
from engine.commands.install import finish_demo, install_demo
from engine.demo.paper import csv_file, pdf_file
from engine.errors import GuichengError
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.jobs import next_due
from engine.queries.people import actor_by_account, next_actors

HERE = Path(__file__).parent
PASSWORD = "guicheng-demo"
"""Password of everybody in the demo; demo mode listens on loopback only."""


def _cases() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((HERE / "cases.yaml").read_text(encoding="utf-8"))
    return found


CASES = len(_cases()["cases"])
"""Number of cases, for the progress bar."""


@dataclass(order=True)
class Step:
    """One act of the play at one moment."""

    moment: datetime
    order: int
    case: Case = field(compare=False)
    parts: list[Any] = field(compare=False)  # account, node, act, opinion, data; empty: the start


@dataclass
class Case:
    """One case of the play; `instance_id` is known once it was started."""

    script: dict[str, Any]
    instance_id: int = 0


def build(platform: Platform, root: Path, progress: Callable[[], object], fire: Callable[[Platform], int]) -> None:
    """Install the organisation, deploy the procedures, play the cases up to now. `fire` runs the due timers."""
    now, clock = platform.clock.now(), platform.clock
    moved = MovableClock(now - timedelta(days=100))
    platform.clock = moved
    try:
        description = yaml.safe_load((HERE / "organisation.yaml").read_text(encoding="utf-8"))
        install_demo(platform, description, PASSWORD)
        deploy_files(platform, root)
        ends = {project["code"]: project["end_date"] for project in description["projects"]}
        _Play(platform, moved, now, fire, ends).run(_cases(), progress)
        finish_demo(platform)
    finally:
        platform.clock = clock


class _Play:
    def __init__(
        self,
        platform: Platform,
        clock: MovableClock,
        now: datetime,
        fire: Callable[[Platform], int],
        ends: dict[str, date],
    ) -> None:
        self._platform = platform
        self._clock = clock
        self._now = now
        self._fire = fire
        self._ends = ends
        self._actors: dict[str, Actor] = {}
        self._forms: dict[str, Any] = {}

    def run(self, play: dict[str, Any], progress: Callable[[], object]) -> None:
        self._forms = play["forms"]
        steps: list[Step] = []
        for script in play["cases"]:
            case = Case(script)
            start = _days_before(self._platform.calendar, local(self._now).date(), script["ago"])
            at = script.get("at", "09:20")
            steps.append(Step(_moment(start, at), len(steps), case, []))
            for day, hour, *parts in script["steps"]:
                moment = _moment(_days_after(self._platform.calendar, start, day), hour)
                steps.append(Step(moment, len(steps), case, parts))
        for step in sorted(steps):
            if step.moment >= self._now:
                continue
            self._move_to(step.moment)
            try:
                self._act(step)
            except GuichengError as error:
                title = step.case.script["data"]["change_title"]
                details = getattr(error, "errors", "")
                raise GuichengError(f"{title} {step.moment:%m-%d} {step.parts[:3]}: {error} {details}") from error
            if not step.parts:
                progress()
        self._move_to(self._now)

    def _move_to(self, moment: datetime) -> None:
        """Let time pass; timers fire at their own moments."""
        while (due := next_due(self._platform)) is not None and due <= moment:
            self._clock.move_to(max(due, self._clock.now()))
            self._fire(self._platform)
        self._clock.move_to(moment)

    def _actor(self, account: str) -> Actor:
        if account not in self._actors:
            found = actor_by_account(self._platform, account)
            assert found is not None, account
            self._actors[account] = found
        return self._actors[account]

    def _act(self, step: Step) -> None:
        case, platform = step.case, self._platform
        if not step.parts:
            case.instance_id = self._start(case)
            return
        account, node, act, opinion, *rest = step.parts
        if act in ("withdraw", "urge"):
            actor = self._actor(account)
            if act == "urge":
                urge_case(platform, actor, case.instance_id)
            else:
                withdraw_case(platform, actor, case.instance_id, opinion)
            return
        task_id, account = self._task(case, account, node)
        actor = self._actor(account)
        mark_task_read(platform, actor, task_id)
        mark_read(platform, actor)
        if act == "claim":
            claim_task(platform, actor, task_id)
        elif act.startswith("transfer:"):
            transfer_task(platform, actor, task_id, None, act.partition(":")[2], opinion)
        elif act.startswith("to:"):
            return_task(platform, actor, task_id, None, act.partition(":")[2], opinion)
        elif act != "read":
            data = self._data(case, node, rest[0] if rest else {})
            complete_task(platform, actor, task_id, None, act, opinion, data)

    def _start(self, case: Case) -> int:
        actor = self._actor(case.script["by"])
        data = {**self._forms["application"], **case.script["data"]}
        files = []
        for name in case.script.get("files", []):
            content = csv_file() if name.endswith(".csv") else pdf_file(name, data["change_title"], data["reason"])
            files.append(store_file(self._platform, actor, name, io.BytesIO(content)).id)
        return start_process(self._platform, actor, "change_approval", data, files).instance_id

    def _task(self, case: Case, account: str, node: str) -> tuple[int, str]:
        """The open task of this step; `owner` stands for whoever holds it."""
        name = self._names(node)
        offered = next_actors(self._platform, case.instance_id)
        for entry in offered:
            if entry.node == name and account in ("owner", entry.person.account):
                return entry.task_id, entry.person.account
        open_now = "、".join(f"{entry.node} {entry.person.account}" for entry in offered)
        raise GuichengError(f"no open task {node} for {account}, only: {open_now}")

    def _names(self, node: str) -> str:
        with self._platform.database.read() as session:
            return self._platform.deployments.live(session, "change_approval").process.nodes[node].name

    def _data(self, case: Case, node: str, given: dict[str, Any]) -> dict[str, Any]:
        today = local(self._clock.now()).date()
        application = {**self._forms["application"], **case.script["data"]}
        approval = node.endswith("_approval")
        data = dict(self._forms["approval" if approval else node]) if node != "revise" else {}
        if approval:
            finish = self._ends[application["project"]] + timedelta(days=application["schedule_change"])
            data |= {"approved_end_date": _iso(finish)}
        elif node == "revise":
            data |= {key: value for key, value in application.items() if key != "project"}
        elif node == "implement":
            data |= {"finished_on": _iso(today)}
        elif node == "verify":
            data |= {"verified_on": _iso(today)}
        elif node == "roll_back":
            data |= {"restored_on": _iso(today)}
        elif node == "supervise":
            data |= {"promised_date": _iso(today + timedelta(days=5))}
        return {**data, **given}


def _iso(day: date) -> str:
    return day.isoformat()


def _moment(day: date, hour: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), tzinfo=LOCAL)


def _days_before(calendar: WorkingCalendar, day: date, count: int) -> date:
    return _shift(calendar, day, count, -1)


def _days_after(calendar: WorkingCalendar, day: date, count: int) -> date:
    return _shift(calendar, day, count, 1)


def _shift(calendar: WorkingCalendar, day: date, count: int, direction: int) -> date:
    while count:
        day += timedelta(days=direction)
        count -= calendar.is_working_day(day)
    return day
