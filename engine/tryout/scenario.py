"""A run that was kept, and what is expected of it: played again at each change of the draft.

A scenario file: {"name", "start", "steps" (as a run), "expect": {"outcome": null while it runs, "after": [for the start
and each step {"path": [node ids], "who": {node id: [[accounts] for each item]}}], "names": {node id: name}},
"world": what it found in the organisation (engine.tryout.recorded)}.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from engine.casework.notices import OUTCOME_WORDS
from engine.errors import Invalid
from engine.i18n import _
from engine.jsondata import dump, load
from engine.organisation import parts_of
from engine.platform import Handler
from engine.tryout.play import start_of
from engine.tryout.procedure import Procedure
from engine.tryout.recorded import Recorded, Witness
from engine.tryout.replay import Replay, replay
from engine.tryout.run import Run
from engine.tryout.sandbox import Budget
from engine.tryout.story import EntryKind, Story
from engine.tryout.world import World

MAX_NAME = 60
MAX_BYTES = 512 * 1024
_LIST = re.compile(r"\[\n[^\[\]{}]*\n\s*\]")
Who = Mapping[str, Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Round:
    """What one step brought about: the nodes reached, and by node who got each item."""

    path: tuple[str, ...]
    who: Who


@dataclass(frozen=True)
class Scenario:
    """A kept run. `outcome` is None where the case was still running at its end; `names` are those of the nodes then,
    for nodes that are gone by now."""

    name: str
    run: Run
    rounds: tuple[Round, ...]
    outcome: str | None
    names: Mapping[str, str]
    record: Mapping[str, Any]

    @classmethod
    def read(cls, content: bytes) -> Scenario:
        """The scenario in a file; `Invalid` says what is wrong with it."""
        if len(content) > MAX_BYTES:
            raise Invalid(_("场景文件超过 {n} KB，请删除后重新保存这个场景。", n=MAX_BYTES // 1024))
        try:
            told = load(content)
            expect = told["expect"]
            rounds = tuple(
                Round(tuple(map(str, one["path"])), {str(node): _groups(who) for node, who in one["who"].items()})
                for one in expect["after"]
            )
            name, names, outcome = str(told["name"]), dict(expect["names"]), expect["outcome"]
            record = dict(told["world"])
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise Invalid(_("场景文件读不懂，请删除后重新保存这个场景。")) from error
        run = Run.read(told)
        Recorded(record)
        return cls(name, run, rounds, outcome if isinstance(outcome, str) else None, names, record)

    def dump(self) -> bytes:
        """As a file, for people to read and compare."""
        after = [{"path": one.path, "who": one.who} for one in self.rounds]
        expect = {"outcome": self.outcome, "after": after, "names": self.names}
        return _pretty({"name": self.name, **self.run.dump(), "expect": expect, "world": self.record})


@dataclass(frozen=True)
class Departure:
    """Where a scenario went another way: the step (0 is the start), the node to look at, a sentence."""

    step: int
    node_id: str
    text: str


def keep(
    procedure: Procedure, world: World, handlers: Mapping[str, Handler], run: Run, name: str
) -> tuple[Scenario, Replay]:
    """Make a scenario of a run: play it once more and write down what comes of it. `Invalid` where a step cannot be
    done or the name is missing."""
    name = name.strip()
    if not name or len(name) > MAX_NAME:
        raise Invalid(_("请给场景起个名字，最多 {n} 字。", n=MAX_NAME))
    witness = Witness(world)
    played = replay(procedure, witness, handlers, run)
    if played.trouble is not None or played.play is None:
        raise Invalid(_("这次试运行还有一步办不成，不能保存为场景。请先撤回那一步。"))
    story, execution = played.play.story, played.play.execution
    outcome = (execution.outcome or "completed") if execution.state == "completed" else None
    rounds = rounds_of(story)
    nodes = procedure.definition.nodes
    seen = dict.fromkeys(node_id for one in rounds for node_id in one.path)
    names = {node_id: nodes[node_id].name or node_id for node_id in seen}
    asked = start_of(procedure.definition)
    crowd = {f"{part.rule}:{value}" for part in parts_of(asked) for value in part.values}
    cast = {account for item in story.items for account in item.accounts} | {run.start.person}
    record = witness.record(_scalars(run), crowd, cast | {step.person for step in run.steps})
    return Scenario(name, run, rounds, outcome, names, record), played


def rounds_of(story: Story) -> tuple[Round, ...]:
    """What each step of a story brought about."""
    found = []
    for step, path in enumerate(story.path):
        who: dict[str, list[list[str]]] = {}
        for item in story.items:
            if item.step == step:
                who.setdefault(item.node.id, []).append(sorted(item.accounts))
        found.append(Round(tuple(path), who))
    return tuple(found)


def check(
    scenario: Scenario,
    procedure: Procedure,
    today: World,
    handlers: Mapping[str, Handler],
    budget: Budget | None = None,
) -> Departure | None:
    """Play the scenario on this draft; None where everything goes as expected, else the first step that does not."""
    world = Recorded(scenario.record, today)
    played = replay(procedure, world, handlers, scenario.run, budget)
    rounds = rounds_of(played.play.story) if played.play else ()
    for step, (expected, found) in enumerate(zip(scenario.rounds, rounds, strict=False)):
        told = _compare(scenario, procedure, world, expected, found)
        if told is not None and played.play is not None:
            text = _("{step}之后，{told}", step=_head(played.play.story, step), told=told[1])
            return Departure(step, told[0], text)
    if played.trouble is not None:
        text = _("第 {n} 步办不成：{why}", n=played.trouble.step, why=played.trouble.text)
        if played.trouble.step == 0:
            text = _("发起办不成：{why}", why=played.trouble.text)
        return Departure(played.trouble.step, played.trouble.node_id, text)
    assert played.play is not None
    execution = played.play.execution
    outcome = (execution.outcome or "completed") if execution.state == "completed" else None
    if outcome != scenario.outcome:
        return Departure(len(rounds) - 1, rounds[-1].path[-1] if rounds[-1].path else "", _ending(scenario, outcome))
    return None


def _compare(
    scenario: Scenario, procedure: Procedure, world: World, expected: Round, found: Round
) -> tuple[str, str] | None:
    """The node and the words of the first difference of one step."""
    for a, b in _pairs(expected.path, found.path):
        if a == b:
            continue
        there, here = (_name(scenario, procedure, node) for node in (a, b))
        if a and b:
            return b, _("应到“{a}”，现在到了“{b}”。", a=there, b=here)
        return (b, _("现在多走到“{b}”。", b=here)) if b else (a, _("应到“{a}”，现在没有到。", a=there))
    for node in expected.who:
        if _sets(expected.who[node]) != _sets(found.who.get(node, ())):
            words = {"step": _name(scenario, procedure, node)}
            words |= {"a": _people(world, expected.who[node]), "b": _people(world, found.who.get(node, ()))}
            return node, _("“{step}”应由{a}办理，现在由{b}办理。", **words)
    return None


def _pairs(a: Sequence[str], b: Sequence[str]) -> list[tuple[str, str]]:
    length = max(len(a), len(b))
    padded = [[*side, *[""] * (length - len(side))] for side in (a, b)]
    return list(zip(*padded, strict=True))


def _name(scenario: Scenario, procedure: Procedure, node_id: str) -> str:
    node = procedure.definition.nodes.get(node_id)
    return (node.name if node else scenario.names.get(node_id)) or node_id


def _head(story: Story, step: int) -> str:
    head = next(entry for entry in story.entries if entry.step == step and entry.kind is EntryKind.ACT)
    return _("第 {n} 步（{what}）", n=step, what=head.text) if step else head.text


def _people(world: World, groups: Sequence[Sequence[str]]) -> str:
    accounts = dict.fromkeys(account for group in groups for account in group)
    people = (world.person(account) for account in accounts)
    return "、".join(person.name for person in people if person) or _("无人")


def _sets(groups: Sequence[Sequence[str]]) -> list[list[str]]:
    return sorted(sorted(group) for group in groups)


def _groups(value: Any) -> list[list[str]]:
    return [[str(account) for account in group] for group in value]


def _ending(scenario: Scenario, outcome: str | None) -> str:
    def word(value: str | None) -> str:
        return _(OUTCOME_WORDS.get(value, "已办结")) if value else _("还在办理")

    return _("走完全部步骤后应为“{a}”，现在是“{b}”。", a=word(scenario.outcome), b=word(outcome))


def _pretty(told: Mapping[str, Any]) -> bytes:
    """Indented JSON with exact numbers, plain lists on one line."""
    exact = json.loads(dump(told), parse_float=lambda digits: orjson.Fragment(digits))
    text = orjson.dumps(exact, option=orjson.OPT_INDENT_2).decode()
    # a string never holds a line break of its own, so only the layout is changed
    return (
        _LIST.sub(lambda found: re.sub(r"\n\s+", " ", found[0]).replace("[ ", "[").replace(" ]", "]"), text).encode()
        + b"\n"
    )


def _scalars(run: Run) -> set[Any]:
    """Every text and number that the forms of a run hold."""
    found: set[Any] = set()
    todo: list[Any] = [run.start.data, *(step.data for step in run.steps)]
    while todo:
        value = todo.pop()
        if isinstance(value, Mapping):
            todo.extend(value.values())
        elif isinstance(value, list):
            todo.extend(value)
        elif value is not None:
            found.add(value)
    return found
