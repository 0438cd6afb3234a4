"""The variables known at each element of a diagram that may be half-drawn."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field, replace
from functools import cached_property

from engine.bpmn.outline import Link, Outline, Step, outline
from engine.variables.flow import END, MAX_STEPS, Before, before
from engine.variables.model import Variable, merged
from engine.variables.writers import Sources, items_of, left_by, seen_inside

PASSES = 2
"""Scripts read what scripts have left, also in the next round: a second look knows what the first has found."""

MOST = 600
"""Variables told at one element."""

Left = dict[str, list[Variable]]


def known_variables(diagram: bytes, sources: Sources, only: Container[str] | None = None) -> dict[str, list[Variable]]:
    """By id of a step, a flow or the process: what expressions there may name; `only` these ids, or all.

    At a step these are the variables when it begins, and marked `own` what it sees besides; at a flow those after its
    source; at the process all there ever are. Never raises; a diagram that cannot be read knows nothing. One of more
    than `MAX_STEPS` steps is not followed: everything may be known everywhere.
    """
    drawn = outline(diagram)
    if len(drawn.steps) > MAX_STEPS:
        return _everywhere(drawn, sources, only)
    case = _Case(drawn, before(drawn))
    for _pass in range(PASSES):
        for step in drawn.steps.values():
            case.write(step, sources)
    found: Left = {}
    for step in drawn.steps.values():
        if only is None or step.id in only:
            found[step.id] = case.at_step(step, sources)[:MOST]
    for link in drawn.links:
        if link.id and (only is None or link.id in only):
            found[link.id] = case.at_flow(link)[:MOST]
    if drawn.process and (only is None or drawn.process in only):
        found[drawn.process] = _all(case.left)
    return found


def _everywhere(drawn: Outline, sources: Sources, only: Container[str] | None) -> Left:
    every = _all({step.id: left_by(step, {}, sources) for step in drawn.steps.values()})
    places = [*drawn.steps, *(link.id for link in drawn.links if link.id)] if only is not None else []
    return {place: every for place in [drawn.process, *places] if only is None or place in only}


def _all(left: Left) -> list[Variable]:
    return merged(replace(one, always=False) for written in left.values() for one in written)[:MOST]


@dataclass
class _Case:
    """What the steps of a diagram leave, by step. `items` is what a subprocess for each item gives to the
    steps inside it; what these leave stays there."""

    drawn: Outline
    order: Before
    left: Left = field(default_factory=dict)
    items: Left = field(default_factory=dict)

    def write(self, step: Step, sources: Sources) -> None:
        """Note what a step leaves, by what is known so far."""
        seen = {one.name: one for one in self._seen(step)} if _computes(step) else {}
        self.items[step.id] = items_of(step, seen)
        seen |= {one.name: one for one in self._brought(step)}
        self.left[step.id] = left_by(step, seen, sources)

    def at_step(self, step: Step, sources: Sources) -> list[Variable]:
        known = self._seen(step)
        own = seen_inside(step, {one.name: one for one in known}, sources)
        own += [replace(one, own=True) for one in self._brought(step)]
        names = {one.name for one in known}
        return [*known, *(one for one in merged(own) if one.name not in names)]

    def at_flow(self, link: Link) -> list[Variable]:
        source = self.drawn.steps.get(link.source)
        if source is None:
            return []
        ended = source.tag == "subProcess"
        known = self._known(source.id + END, self._homes[source.id]) if ended else self._seen(source)
        written = self.left.get(source.id, [])
        names = {one.name for one in written}
        return [*(one for one in known if one.name not in names), *written]

    def _seen(self, step: Step) -> list[Variable]:
        """What is known when a step begins, items of the subprocesses around it first of all."""
        homes = self._homes[step.id]
        given = [one for home in homes for one in self.items.get(home, ())]
        names = {one.name for one in given}
        return [*(one for one in self._known(step.id, homes) if one.name not in names), *given]

    def _brought(self, step: Step) -> list[Variable]:
        """What the end of one run of a subprocess for each item knows: its result is made of it."""
        given = self.items.get(step.id)
        return [*self._known(step.id + END, (*self._homes[step.id], step.id)), *given] if given else []

    def _known(self, place: str, homes: tuple[str, ...]) -> list[Variable]:
        """What the steps before a place have left that lies inside these subprocesses for each item."""
        may, must = self.order.may.get(place, 0), self.order.must.get(place, 0)
        found = []
        for writer in self.order.steps(may):
            if set(self._homes[writer]) <= set(homes):
                sure = bool(must >> self.order.place[writer] & 1)
                found += [one if sure else replace(one, always=False) for one in self.left.get(writer, ())]
        return merged(found)

    @cached_property
    def _homes(self) -> dict[str, tuple[str, ...]]:
        """By step: the subprocesses for each item that it lies in, the innermost first."""
        found = {}
        for step in self.drawn.steps.values():
            around = self.drawn.steps.get(step.inside)
            homes: list[str] = []
            while around is not None and len(homes) < MAX_STEPS:
                if around.said.get("multi_instance") is not None:
                    homes.append(around.id)
                around = self.drawn.steps.get(around.inside)
            found[step.id] = tuple(homes)
        return found


def _computes(step: Step) -> bool:
    """Whether what a step leaves depends on what it has seen."""
    return step.tag in ("scriptTask", "serviceTask") or step.said.get("multi_instance") is not None
