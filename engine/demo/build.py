"""Play the demo's cases: every step is a real command, every timer really fires, the clock moves from step to step.

The steps of all procedures' cases (`engine.demo.script`) are put in order of time, so that what happens between them
(reminders, deadlines that pass, votes that run out) happens as it would have. The clock is the platform's own and is
given back at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import yaml

from engine.boot import ROOT
from engine.clock import MovableClock, local
from engine.commands import deploy_files
from engine.commands.install import finish_demo, install_demo
from engine.demo.bank import stock_bank
from engine.demo.cast import Cast
from engine.demo.script import Scripts, Step
from engine.demo.soundness import unsound
from engine.errors import GuichengError
from engine.platform import Platform
from engine.queries.jobs import next_due

HERE = Path(__file__).parent
PASSWORD = "guicheng-demo"
"""Password of everybody in the demo; demo mode listens on loopback only."""

CASES = len(Scripts(ROOT).cases)
"""Number of cases that the scripts start, for the progress bar; what these call or start comes on top."""

LEAD = timedelta(days=14)
"""So long before the first case the procedures are put in force, at least 100 days ago."""


def build(platform: Platform, root: Path, progress: Callable[[], object], fire: Callable[[Platform], int]) -> None:
    """Install the organisation, deploy the procedures, play the cases up to now. `fire` runs the due timers.

    Raises `GuichengError` for a step that cannot be done, and for a demo in which a case is stuck or needs repair.
    """
    now, clock = platform.clock.now(), platform.clock
    scripts = Scripts(root)
    steps = scripts.steps(platform.calendar, local(now).date())
    begins = min([now - timedelta(days=100), *(step.moment - LEAD for step in steps[:1])])
    moved = MovableClock(begins)
    platform.clock = moved
    try:
        with platform.database.hurried():
            description = yaml.safe_load((HERE / "organisation.yaml").read_text(encoding="utf-8"))
            install_demo(platform, description, PASSWORD)
            deploy_files(platform, root)
            stock_bank(platform)
            cast = Cast(platform, scripts)
            for step in steps:
                if step.moment < now:
                    _pass_time(platform, moved, step.moment, fire)
                    _play(cast, step)
                    if step.act is None:
                        progress()
            _pass_time(platform, moved, now, fire)
            if wrong := unsound(platform):
                raise GuichengError("\n".join(wrong))
            finish_demo(platform)
    finally:
        platform.clock = clock


def _play(cast: Cast, step: Step) -> None:
    try:
        cast.play(step)
    except GuichengError as error:
        act = step.act
        where = f"{act.who} {act.called}/{act.node} {act.act}" if act else "start"
        details = getattr(error, "errors", "")
        said = f"{step.case.title} {step.moment:%m-%d %H:%M} {where}: {error} {details}"
        raise GuichengError(said) from error


def _pass_time(platform: Platform, clock: MovableClock, moment: datetime, fire: Callable[[Platform], int]) -> None:
    """Let time pass; timers fire at their own moments, and what cases ask of each other is done at once."""
    while (due := next_due(platform)) is not None and due <= moment:
        clock.move_to(max(due, clock.now()))
        fire(platform)
    clock.move_to(moment)
