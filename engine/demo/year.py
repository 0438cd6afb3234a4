"""A year of life: plausible cases of every procedure in force, played through the real commands on a moved clock.

Everything follows from the seed, the size and the last day: two runs give the same numbers, titles, states and hashes
of events. What a procedure needs is its diagram and its forms; `workflows/<key>/demo.yaml` makes its texts better.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random

import yaml

from engine.clock import LOCAL, MovableClock
from engine.commands import close_days, deploy_files, tend_database
from engine.commands.install import finish_demo, install_demo
from engine.demo.acts import Case, Figures, Hands
from engine.demo.arrivals import arrivals
from engine.demo.bank import stock_bank
from engine.demo.build import PASSWORD
from engine.demo.growth import with_projects
from engine.demo.people import habits
from engine.demo.play import Play
from engine.demo.reading import Moved, Reader
from engine.demo.vocabulary import HERE, vocabulary
from engine.platform import Platform

DAYS = 365


@dataclass(frozen=True)
class Plan:
    """How many cases, from which seed, up to which day (the year ends at its first minute)."""

    cases: int
    seed: str
    until: date


def build_year(platform: Platform, root: Path, plan: Plan, tell: Callable[[Figures], None]) -> Figures:
    """Install the demo organisation, deploy the procedures, play the year. `tell` hears of every case that began.

    The platform's clock is given back at the end, also when the play breaks off; the installation then stays in the
    mode "building", and is made anew by whoever builds next.
    """
    clock, scheduler = platform.clock, platform.scheduler
    until = datetime.combine(plan.until, time(0, 1), tzinfo=LOCAL)
    first = plan.until - timedelta(days=DAYS)
    moved = MovableClock(datetime.combine(first, time(8, 0), tzinfo=LOCAL))
    platform.clock = moved
    figures = Figures()
    try:
        with platform.database.hurried():
            description = yaml.safe_load((HERE / "organisation.yaml").read_text(encoding="utf-8"))
            install_demo(platform, with_projects(description, plan.cases), PASSWORD)
            deploy_files(platform, root)
            stock_bank(platform)
            _play(platform, moved, root, plan, figures, tell, until)
            close_days(platform)
            finish_demo(platform)
    finally:
        platform.clock, platform.scheduler = clock, scheduler
    platform.database.analyze()
    return figures


def _play(
    platform: Platform,
    clock: MovableClock,
    root: Path,
    plan: Plan,
    figures: Figures,
    tell: Callable[[Figures], None],
    until: datetime,
) -> None:
    first = plan.until - timedelta(days=DAYS)
    reader = Reader(platform)
    actors = reader.actors()
    people = {person: habits(plan.seed, person, actor.account, first, DAYS) for person, actor in actors.items()}
    hands = Hands(platform, reader, actors, figures)
    rng = Random(f"{plan.seed}/cases")
    procedures = []
    for deployed in reader.procedures():
        starters = [people[person] for person in reader.starters(deployed, list(people))]
        if starters:
            procedures.append((deployed, vocabulary(root, deployed.key), starters))
    starts = []
    shares = [words.share for _deployed, words, _starters in procedures]
    moments = arrivals(rng, platform.calendar, first, plan.until, plan.cases) if procedures else []
    for number, moment in enumerate(moments):
        deployed, words, starters = rng.choices(procedures, shares)[0]
        there = [person for person in starters if moment.date() not in person.away] or starters
        starter = rng.choices(there, [person.eagerness for person in there])[0]
        starts.append((moment, Case(deployed, words, Random(f"{plan.seed}/case/{number}"), starter.id)))

    def adopt(moved: Moved) -> Case:
        with platform.database.read() as session:
            deployed = platform.deployments.get(session, moved.definition_id)
        drawn = Random(f"{plan.seed}/adopted/{moved.instance_id}")
        case = Case(deployed, vocabulary(root, deployed.key), drawn, moved.starter, moved.instance_id)
        case.theme, case.words = case.vocabulary.theme(case.rng)
        return case

    play = Play(platform, clock, reader, hands, people, adopt)
    for person in people.values():  # who is asked for nothing looks at his notices all the same, now and then
        for week in range(DAYS // 7):
            if rng.random() < 0.3:
                day = first + timedelta(days=7 * week + rng.randrange(5))
                play.at(datetime.combine(day, person.begins, tzinfo=LOCAL), partial(hands.read, person.id))
    for month in range(1, DAYS // 30):  # as the product does once a day
        play.at(
            datetime.combine(first + timedelta(days=30 * month), time(2, 0), tzinfo=LOCAL),
            partial(tend_database, platform),
        )
    play.run(starts, until, figures, lambda: tell(figures))
