"""Which steps lie on a way before which: what may have happened there, and what must have.

Bits of whole numbers stand for steps. A step's `may` are all that lie on some way before it; its `must` those that lie
on every way. Ways lead along flows, from a subprocess to its start and from its ends on, from an activity to its
boundary events, and from the start of a scope to its event subprocesses.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.bpmn.outline import Outline, Step

MAX_STEPS = 400
"""A larger diagram is not followed: every step may lie before every other."""

END = "/end"
"""After the id of a subprocess: where it ends."""


@dataclass(frozen=True)
class Before:
    """Steps before a step, as bits by `place`."""

    place: Mapping[str, int]
    may: Mapping[str, int]
    must: Mapping[str, int]

    def steps(self, bits: int) -> list[str]:
        """The ids behind bits, in the order of the file."""
        return [step for step, place in self.place.items() if bits >> place & 1]


@dataclass(frozen=True)
class _Way:
    source: str
    done: bool = True  # the source itself has happened; not so at its boundary and inside it
    sure: bool = True  # counts for what must have happened


def before(outline: Outline) -> Before:
    """For each step, and for each subprocess's end under `<id>/end`, what lies before it."""
    place = {step: number for number, step in enumerate(outline.steps)}
    everything = (1 << len(place)) - 1
    if len(place) > MAX_STEPS:
        return Before(place, dict.fromkeys(place, everything), dict.fromkeys(place, 0))
    ways = _ways(outline)
    onward: dict[str, list[str]] = {}
    for target, incoming in ways.items():
        for way in incoming:
            onward.setdefault(way.source, []).append(target)
    may = dict.fromkeys(ways, 0)
    must = {step: everything if ways[step] else 0 for step in ways}
    waiting = deque(ways)
    queued = set(ways)
    while waiting:
        step = waiting.popleft()
        queued.discard(step)
        some, all_ = _arriving(outline, ways[step], step, place, may, must, everything)
        if (some, all_) != (may[step], must[step]):
            may[step], must[step] = some, all_
            for target in onward.get(step, ()):
                if target not in queued:
                    queued.add(target)
                    waiting.append(target)
    return Before(place, may, {step: must[step] & may[step] for step in must})


def _arriving(
    outline: Outline,
    ways: Iterable[_Way],
    step: str,
    place: Mapping[str, int],
    may: Mapping[str, int],
    must: Mapping[str, int],
    everything: int,
) -> tuple[int, int]:
    known = outline.steps.get(step)
    joins = known is not None and known.tag == "parallelGateway"
    some, sure = 0, []
    for way in ways:
        source = way.source.removesuffix(END)  # what a subprocess hands out is there once it has ended
        itself = 1 << place[source] if way.done and source in place else 0
        some |= may.get(way.source, 0) | itself
        if way.sure:
            sure.append(must.get(way.source, 0) | itself)
    all_ = 0 if joins or not sure else everything
    for bits in sure:
        all_ = all_ | bits if joins else all_ & bits
    return some, all_


def _ways(outline: Outline) -> dict[str, list[_Way]]:
    ways: dict[str, list[_Way]] = {step: [] for step in outline.steps}
    inner = {step.id for step in outline.steps.values() if step.tag == "subProcess"}
    ways.update({_end(step): [] for step in inner})
    for link in outline.links:
        if link.source in ways and link.target in ways:
            ways[link.target].append(_Way(_end(link.source) if link.source in inner else link.source))
    starts = _starts(outline)
    for step in outline.steps.values():
        if step.host in outline.steps:
            ways[step.id].extend(_to_boundary(outline, outline.steps[step.host]))
        elif step.by_event:
            # it may begin at any time: whatever its surroundings did may have happened
            ways[step.id].extend(_Way(start) for start in starts.get(step.inside, ()))
            ways[step.id].extend(_Way(one.id, sure=False) for one in _around(outline, step))
    for subprocess in inner:
        _through(outline, subprocess, starts, ways)
    _adopt(outline, starts.get("", []), ways)
    return ways


def _through(outline: Outline, subprocess: str, starts: Mapping[str, list[str]], ways: dict[str, list[_Way]]) -> None:
    """Into a subprocess and out of it; an empty one is passed through."""
    for start in starts.get(subprocess, ()):
        ways[start].append(_Way(subprocess, done=False))
    own = outline.within(subprocess)
    ends = [step for step in own if step.tag == "endEvent"]
    for step in own:
        if step.tag != "subProcess":
            ways[_end(subprocess)].append(_Way(step.id, sure=step in ends))
        else:
            ways[_end(subprocess)].append(_Way(_end(step.id), sure=False))
    if not ends:
        ways[_end(subprocess)].append(_Way(subprocess))


def _to_boundary(outline: Outline, host: Step) -> list[_Way]:
    """A boundary event happens while its host is at work: a multi-instance then keeps what it has collected."""
    ways = [_Way(host.id, done=host.said.get("multi_instance") is not None)]
    if host.tag == "subProcess":
        ways.append(_Way(_end(host.id), sure=False))
    return ways


def _around(outline: Outline, event_subprocess: Step) -> list[Step]:
    return [one for one in outline.within(event_subprocess.inside) if one.id != event_subprocess.id]


def _starts(outline: Outline) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for step in outline.steps.values():
        if step.tag == "startEvent":
            found.setdefault(step.inside, []).append(step.id)
    return found


def _adopt(outline: Outline, starts: list[str], ways: dict[str, list[_Way]]) -> None:
    """What nothing leads to yet will follow the start, most likely."""
    for step in outline.steps.values():
        if not ways[step.id] and step.id not in starts:
            ways[step.id].extend(_Way(start) for start in starts)


def _end(subprocess: str) -> str:
    return f"{subprocess}{END}"
