"""试运行: a draft played in memory for the page, its scenarios played again. Only reads; nothing of a run is kept."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from engine.drafting import Files, overlaid
from engine.errors import Invalid
from engine.i18n import _
from engine.parts import Parts
from engine.permissions import Actor, Permission
from engine.platform import Platform
from engine.tryout.checking import Checked, check_scenarios
from engine.tryout.directory import Directory
from engine.tryout.procedure import Procedure
from engine.tryout.recorded import Recorded
from engine.tryout.replay import replay
from engine.tryout.run import Run
from engine.tryout.scenario import Scenario, keep
from engine.tryout.view import opening, state_of
from engine.tryout.world import World

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_\u4e00-\u9fff]+")


@dataclass(frozen=True)
class KeptRun:
    """A run as a scenario part: its name in the draft and its content."""

    name: str
    content: bytes


def try_out(platform: Platform, actor: Actor, key: str, overlay: Files, run: Any, scenario: str = "") -> dict[str, Any]:
    """What the page shows of a run, a parsed JSON object; of None the start form. `scenario` names the part whose
    organisation of the day the run is played in. Raises `Invalid` for what is no run or no diagram."""
    actor.require(Permission.DESIGN)
    with platform.database.read() as session:
        parts = overlaid(session, key, overlay)
        procedure, world = Procedure.of(parts), _world(session, parts, scenario)
        if run is None:
            return opening(procedure, world, platform.clock.now())
        wanted = Run.read(run)
        played = replay(procedure, world, platform.handlers, wanted)
        if played.play is None:
            return opening(procedure, world, platform.clock.now(), played.trouble)
        return state_of(played, wanted)


def keep_run(
    platform: Platform, actor: Actor, key: str, overlay: Files, run: Any, title: str, scenario: str = ""
) -> KeptRun:
    """The run as a scenario of that title; `scenario` names the part that it replaces, "" for a new one."""
    actor.require(Permission.DESIGN)
    with platform.database.read() as session:
        parts = overlaid(session, key, overlay)
        procedure, world = Procedure.of(parts), _world(session, parts, scenario)
        kept, _played = keep(procedure, world, platform.handlers, Run.read(run), title)
    return KeptRun(scenario or _new_name(title, parts.scenarios), kept.dump())


def scenario_states(platform: Platform, actor: Actor, key: str, overlay: Files) -> list[Checked]:
    """Every scenario of the draft, played on it now. Raises `Invalid` while the diagram cannot run."""
    actor.require(Permission.DESIGN)
    with platform.database.read() as session:
        return check_scenarios(overlaid(session, key, overlay), Directory(session), platform.handlers)


def _world(session: Session, parts: Parts, scenario: str) -> World:
    today = Directory(session)
    if not scenario:
        return today
    content = parts.scenarios.get(scenario)
    if content is None:
        raise Invalid(_("草稿里没有这个场景，它可能已被删除或改名。"))
    return Recorded(Scenario.read(content).record, today)


def _new_name(title: str, taken: Collection[str]) -> str:
    """A part's name made from a title, unlike all that are there."""
    stem = _NOT_IN_NAMES.sub("_", title).strip("_")[:40] or "scenario"
    return next(name for n in range(1, len(taken) + 2) if (name := stem if n == 1 else f"{stem}_{n}") not in taken)
