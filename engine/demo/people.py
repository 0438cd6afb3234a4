"""How the people of the demo work: at what hours, how fast, when they are away. Everything follows from the seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from engine.calendar import WorkingCalendar
from engine.clock import LOCAL, local

DAY = 7.5
"""Hours of a working day, lunch left out."""

SLOW = 0.12
"""Share of people who take much longer than others."""

_NOON, _AFTERNOON = time(12, 0), time(13, 30)


@dataclass(frozen=True)
class Habits:
    """One person: `pace` multiplies the time he takes (1 is usual), `eagerness` says how often he starts a case."""

    id: int
    begins: time
    ends: time
    pace: float
    eagerness: float
    away: frozenset[date]


def habits(seed: str, person_id: int, account: str, first: date, days: int) -> Habits:
    """The habits of one person over the year that begins with `first`."""
    rng = Random(f"{seed}/person/{account}")
    away: set[date] = set()
    for length in (rng.randint(3, 9), rng.randint(2, 5), rng.randint(1, 3)):  # a holiday, a course, an illness
        start = first + timedelta(days=rng.randrange(days))
        away.update(start + timedelta(days=n) for n in range(length))
    return Habits(
        id=person_id,
        begins=time(8, rng.randint(30, 59)),
        ends=time(17, rng.randint(15, 59)),
        pace=rng.lognormvariate(0, 0.3) * (1.7 if rng.random() < SLOW else 1.0),
        eagerness=rng.lognormvariate(0, 0.8),
        away=frozenset(away),
    )


def choose(rng: Random, people: Sequence[Habits], day: date) -> Habits:
    """Who of several takes a task: nobody who is away, rather a quick one."""
    there = [person for person in people if day not in person.away] or list(people)
    return rng.choices(there, [1 / person.pace for person in there])[0]


def handled_at(
    rng: Random, calendar: WorkingCalendar, person: Habits, arrived: datetime, due: datetime | None, unit: str
) -> datetime:
    """When this person gets to a task: usually before half of the time has gone, at times after the deadline."""
    share = rng.lognormvariate(-1.35, 0.5) * person.pace
    if rng.random() < 0.012:
        share *= 4  # it lay at the bottom of the pile
    if due is not None and unit == "hour":
        allowed = max(due - arrived, timedelta(minutes=30))
        return arrived + allowed * share  # statutory clocks run through the night, and so do those on duty
    days = 3.0 if due is None else max(0.5, float(calendar.working_days_between(arrived, due)))
    return after(calendar, person, arrived, days * share * DAY)


def after(calendar: WorkingCalendar, person: Habits, moment: datetime, hours: float) -> datetime:
    """`hours` of this person's working time later."""
    at = local(moment)
    day, clock = at.date(), at.time()
    left = timedelta(hours=hours)
    while True:
        if calendar.is_working_day(day) and day not in person.away:
            for begins, ends in ((person.begins, _NOON), (_AFTERNOON, person.ends)):
                start = datetime.combine(day, max(begins, clock), tzinfo=LOCAL)
                room = datetime.combine(day, ends, tzinfo=LOCAL) - start
                if room > left:
                    return (start + left).replace(microsecond=0)
                left -= max(room, timedelta())
        day, clock = day + timedelta(days=1), time.min
