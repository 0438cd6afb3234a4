"""Play a year: cases begin, people get to their tasks, timers fire at their own moments, all in the order of time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from engine.clock import MovableClock, local
from engine.commands import claim_job, fire_timers, run_job, serve_job
from engine.demo.acts import Case, Figures, Hands
from engine.demo.people import DAY, Habits, after, choose, handled_at
from engine.demo.reading import Moved, OpenTask, Reader, moved_since, open_tasks
from engine.errors import GuichengError
from engine.platform import Platform
from engine.queries.jobs import DueJob, due_jobs, next_due

CLAIMED_BEFORE, HANDED_OVER, URGED, WITHDRAWN, RECALLED = 0.3, 0.015, 0.35, 0.025, 0.008
"""How often: a task is claimed some time before it is done, transferred, a late one urged, a case withdrawn, an act
taken back."""


class Alarm:
    """Knows when the next timer is due without asking after every act (the scheduler's part, `platform.Waker`)."""

    running = True

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._known = False
        self._due: datetime | None = None

    def wake(self) -> None:
        """Timers may have gone: ask again."""
        self._known = False

    def expect(self, due: datetime) -> None:
        """A timer was armed."""
        if self._known and (self._due is None or due < self._due):
            self._due = due

    def due(self) -> datetime | None:
        """When the next timer is due; it may have gone since, then nothing fires."""
        if not self._known:
            self._due, self._known = next_due(self._platform), True
        return self._due


class Play:
    """The heap of everything that is going to happen, and the clock that moves along it."""

    def __init__(
        self,
        platform: Platform,
        clock: MovableClock,
        reader: Reader,
        hands: Hands,
        people: dict[int, Habits],
        adopt: Callable[[Moved], Case],
    ) -> None:
        """`adopt` makes a case of the play of one that another case has called or started."""
        self._platform = platform
        self._clock = clock
        self._reader = reader
        self._hands = hands
        self._people = people
        self._agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self._running: dict[int, Case] = {}
        self._adopt = adopt
        self._newest = 0  # the newest task that was looked at after an errand
        self._alarm = Alarm(platform)

    def run(
        self, starts: Sequence[tuple[datetime, Case]], until: datetime, figures: Figures, tell: Callable[[], None]
    ) -> None:
        """Everything up to `until`; `tell` is called whenever a case has begun."""
        for moment, case in starts:
            self.at(moment, partial(self._start, case, tell))
        self._platform.scheduler = self._alarm
        while self._agenda and self._agenda[0][0] < until:
            moment, _order, happen = heapq.heappop(self._agenda)
            self._pass_time(moment, figures)
            try:
                happen()
            except GuichengError as error:  # too late, already done, not allowed: people see the sentence and go on
                figures.declined[f"{type(error).__name__} {error}"] += 1
        self._pass_time(until, figures)

    def at(self, moment: datetime, happen: Callable[[], None]) -> None:
        """Let something happen at a moment; what happens at the same moment keeps this order."""
        heapq.heappush(self._agenda, (moment, next(self._order), happen))

    def _pass_time(self, moment: datetime, figures: Figures) -> None:
        """Let time pass; what is due fires at its own moment."""
        while (due := self._alarm.due()) is not None and due <= moment:
            self._clock.move_to(max(due, self._clock.now()))
            for job in due_jobs(self._platform):
                if job.instance_id is None:
                    self._errand(job)
                    self._look_around()
                    continue
                figures.timers += 1
                case = self._running.get(job.instance_id)
                if fire_timers(self._platform, job.instance_id):
                    if case is not None:
                        self._look_at(case)
                    else:  # it has not given anybody a task before
                        self._look_around()
            self._alarm.wake()
        self._clock.move_to(moment)

    def _errand(self, job: DueJob) -> None:
        """What is no timer: one case wants something of another, or a handler runs beside it."""
        if not job.is_service:
            run_job(self._platform, job.id)
            return
        claim = claim_job(self._platform, job.id, "demo")
        if claim is not None:
            serve_job(self._platform, claim)

    def _look_around(self) -> None:
        """An errand moves other cases: those that one has called or started, and the callers of those that ended."""
        for moved in moved_since(self._platform, self._newest):
            self._newest = max(self._newest, moved.newest)
            if moved.instance_id not in self._running:
                self._running[moved.instance_id] = self._adopt(moved)
            self._look_at(self._running[moved.instance_id])

    def _start(self, case: Case, tell: Callable[[], None]) -> None:
        self._hands.start(case)
        self._running[case.instance_id] = case
        tell()
        if case.rng.random() < WITHDRAWN:
            starter = self._people[case.starter]
            moment = after(self._platform.calendar, starter, self._clock.now(), case.rng.uniform(0.2, 9) * DAY)
            self.at(moment, partial(self._later, case, lambda: self._hands.withdraw(case)))
        self._look_at(case)

    def _look_at(self, case: Case) -> None:
        """Find out which tasks are new, and who will do them when."""
        tasks = open_tasks(self._platform, case.instance_id)
        for task in tasks:
            if task.id not in case.known:
                case.known.add(task.id)
                self._plan(case, task)

    def _plan(self, case: Case, task: OpenTask) -> None:
        people = [self._people[person] for person in task.people if person in self._people]
        if not people:
            return
        rng, calendar, now = case.rng, self._platform.calendar, self._clock.now()
        person = choose(rng, people, local(now).date())
        moment = max(handled_at(rng, calendar, person, now, task.due_at, task.due_unit), now + timedelta(minutes=2))
        if len(people) > 1 and rng.random() < CLAIMED_BEFORE:
            claimed = now + (moment - now) * rng.uniform(0.1, 0.6)
            claimed = after(calendar, person, claimed.replace(microsecond=0), 0.05)
            if claimed < moment:
                self.at(claimed, partial(self._claim, case, task, person.id))
        if task.due_at is not None and moment > task.due_at and rng.random() < URGED:
            late = after(calendar, self._people[case.starter], task.due_at, rng.uniform(0.1, 1.5) * DAY)
            self.at(late, partial(self._urge, case, task))
        self.at(moment, partial(self._handle, case, task, person.id))

    def _claim(self, case: Case, task: OpenTask, person: int) -> None:
        sheet = self._reader.sheet(task.id)
        if sheet is not None and sheet.assignee_id is None:
            self._hands.claim(task, person)

    def _urge(self, case: Case, task: OpenTask) -> None:
        if self._reader.sheet(task.id) is not None:
            self._hands.urge(case)

    def _handle(self, case: Case, task: OpenTask, person: int) -> None:
        sheet = self._reader.sheet(task.id)
        if sheet is None:
            return
        person = sheet.assignee_id or person
        rng = case.rng
        colleague = self._colleague(case, task, person) if rng.random() < HANDED_OVER else None
        if colleague is not None and sheet.node.multi_instance is None and sheet.assignee_id is not None:
            self._hands.transfer(case, task, person, colleague)
            moment = after(
                self._platform.calendar, self._people[colleague], self._clock.now(), rng.uniform(0.3, 1) * DAY
            )
            self.at(moment, partial(self._handle, case, task, colleague))
            return
        recallable = self._hands.handle(case, task, person, sheet)
        if recallable and rng.random() < RECALLED:
            soon = self._clock.now() + timedelta(minutes=rng.randint(1, 12))
            self.at(soon, partial(self._later, case, lambda: self._hands.recall(task, person)))
        self._look_at(case)

    def _colleague(self, case: Case, task: OpenTask, person: int) -> int | None:
        others = [other for other in task.people if other != person]
        return case.rng.choice(others) if others else None

    def _later(self, case: Case, act: Callable[[], None]) -> None:
        act()
        self._look_at(case)
