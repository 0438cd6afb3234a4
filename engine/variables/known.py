"""The variables known at each element of a diagram that may be half-drawn."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from engine.bpmn.outline import Link, Outline, Step, outline
from engine.variables.flow import MAX_STEPS, Before, before
from engine.variables.model import Variable, merged
from engine.variables.writers import Sources, left_by, seen_inside

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
    order = before(drawn)
    left: Left = {}
    for _pass in range(PASSES):
        for step in drawn.steps.values():
            seen = {one.name: one for one in _known(step.id, order, left)} if _computes(step) else {}
            left[step.id] = left_by(step, seen, sources)
    found: Left = {}
    for step in drawn.steps.values():
        if only is None or step.id in only:
            found[step.id] = _at_step(step, order, left, sources)[:MOST]
    for link in drawn.links:
        if link.id and (only is None or link.id in only):
            found[link.id] = _at_flow(link, drawn, order, left)[:MOST]
    if drawn.process and (only is None or drawn.process in only):
        found[drawn.process] = _all(left)
    return found


def _everywhere(drawn: Outline, sources: Sources, only: Container[str] | None) -> Left:
    every = _all({step.id: left_by(step, {}, sources) for step in drawn.steps.values()})
    places = [*drawn.steps, *(link.id for link in drawn.links if link.id)] if only is not None else []
    return {place: every for place in [drawn.process, *places] if only is None or place in only}


def _all(left: Left) -> list[Variable]:
    return merged(replace(one, always=False) for written in left.values() for one in written)[:MOST]


def _computes(step: Step) -> bool:
    """Whether what a step leaves depends on what it has seen."""
    return step.tag in ("scriptTask", "serviceTask") or step.said.get("multi_instance") is not None


def _at_step(step: Step, order: Before, left: Left, sources: Sources) -> list[Variable]:
    known = _known(step.id, order, left)
    own = seen_inside(step, {one.name: one for one in known}, sources)
    names = {one.name for one in known}
    return [*known, *(one for one in merged(own) if one.name not in names)]


def _at_flow(link: Link, drawn: Outline, order: Before, left: Left) -> list[Variable]:
    source = drawn.steps.get(link.source)
    if source is None:
        return []
    if source.tag == "subProcess":
        return _known(f"{source.id}/end", order, left)
    known = _known(source.id, order, left)
    written = left.get(source.id, [])
    names = {one.name for one in written}
    return [*(one for one in known if one.name not in names), *written]


def _known(step: str, order: Before, left: Left) -> list[Variable]:
    may, must = order.may.get(step, 0), order.must.get(step, 0)
    found = []
    for writer in order.steps(may):
        sure = bool(must >> order.place[writer] & 1)
        found += [one if sure else replace(one, always=False) for one in left.get(writer, ())]
    return merged(found)
