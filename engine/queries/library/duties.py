"""Who does what by when (RACI), derived from the diagram.

R does the step: its candidate rule. A answers for it: whoever decides in a step of judgement (its acts approve, reject
or send back for rework), else the lane, which by the house's rule names the responsible unit, through its leader. C is
consulted: who gave votes and opinions earlier in the same level of the diagram, before a judgement. I is informed: to
whom a missed deadline is escalated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine import bpmn
from engine.bpmn import NodeKind
from engine.deployments import Deployed
from engine.i18n import _
from engine.queries.library.events import happens
from engine.queries.library.limits import Limits
from engine.queries.library.names import Names
from engine.queries.library.participants import Participants, joined
from engine.queries.order import Placed, in_order

_JUDGING = frozenset({"approve", "reject", "rework"})
_VOTING = frozenset({"agree", "oppose", "abstain"})
_AUTOMATIC = frozenset(
    {NodeKind.SERVICE_TASK, NodeKind.BUSINESS_RULE_TASK, NodeKind.SCRIPT_TASK}
    | {NodeKind.SEND_TASK, NodeKind.RECEIVE_TASK, NodeKind.CALL_ACTIVITY}
)


@dataclass(frozen=True)
class Duty:
    """One step that people do. Texts are "" where the diagram says nothing; `timers` are drawn limits and other events
    on its border with what they lead to; `several`: one task for each of them; `judges`: A is who does it."""

    node_id: str
    name: str
    within: str
    what: str
    form: str
    who: str
    chosen_in: str
    except_for: tuple[str, ...]
    stand_in: str
    several: bool
    judges: bool
    accountable: str
    consulted: tuple[str, ...]
    informed: str
    limit: str
    remind: str
    consequence: str
    timers: tuple[str, ...]
    acts: tuple[str, ...]
    clauses: str


def duties(deployed: Deployed, names: Names) -> list[Duty]:
    """The start and every user task, in the reader's order."""
    participants, limits = Participants(deployed, names), Limits(deployed)
    placed = [found for found in in_order(deployed.process) if _is_duty(deployed.process, found)]
    return [_duty(deployed.process, found, placed[:index], participants, limits) for index, found in enumerate(placed)]


def automatic(deployed: Deployed) -> list[str]:
    """What the platform does by itself, by name; of called procedures also which."""
    return [_by_itself(found.node) for found in in_order(deployed.process) if found.node.kind in _AUTOMATIC]


def _by_itself(node: bpmn.Node) -> str:
    name = node.name or node.id
    if node.called is None:
        return name
    if node.called.key.startswith("="):
        return _("{step}（调用的流程按案件计算）", step=name)
    return _("{step}（调用流程 {key}）", step=name, key=node.called.key)


def _is_duty(process: bpmn.Definition, placed: Placed) -> bool:
    begins = placed.node.id == process.start.id and not placed.node.events
    return placed.node.kind is NodeKind.USER_TASK or begins


def _duty(
    process: bpmn.Definition, placed: Placed, before: Sequence[Placed], participants: Participants, limits: Limits
) -> Duty:
    node = placed.node
    who, judges = participants.who(placed), _judges(node)
    deadline = node.deadline
    return Duty(
        node_id=node.id,
        name=node.name,
        within=placed.within,
        what=node.documentation or "",
        form=node.form or "",
        who=who,
        chosen_in=participants.chosen_in(placed),
        except_for=tuple(participants.except_for(placed)),
        stand_in=participants.stand_in(placed),
        several=node.multi_instance is not None,
        judges=judges,
        accountable=who if judges else _accountable(participants, placed),
        consulted=tuple(_consulted(placed, before, participants)) if judges else (),
        informed=participants.informed(placed),
        limit=limits.due(deadline) if deadline else "",
        remind=limits.remind(deadline) if deadline else "",
        consequence=(deadline.consequence or "") if deadline else "",
        timers=tuple(_timers(process, node, limits)),
        acts=tuple(act.label for act in node.actions.items) if node.actions else (),
        clauses=node.clauses or "",
    )


def _accountable(participants: Participants, placed: Placed) -> str:
    """Those who are only consulted answer for nothing: the one who is told of their silence does."""
    if consults(placed.node):
        return participants.informed(placed) or participants.accountable(placed)
    return participants.accountable(placed)


def _judges(node: bpmn.Node) -> bool:
    kinds = {act.kind for act in node.actions.items} if node.actions else set()
    return bool(kinds & _JUDGING) and not kinds & _VOTING


def consults(node: bpmn.Node) -> bool:
    """A vote or an opinion: several people are asked, none of them decides alone."""
    kinds = {act.kind for act in node.actions.items} if node.actions else set()
    return bool(kinds & _VOTING) or (node.multi_instance is not None and not kinds & _JUDGING)


def _consulted(placed: Placed, before: Iterable[Placed], participants: Participants) -> list[str]:
    asked = [other for other in before if consults(other.node) and other.node.scope == placed.node.scope]
    return list(
        dict.fromkeys(_("{who}（{step}）", who=participants.who(other), step=other.node.name) for other in asked)
    )


def _timers(process: bpmn.Definition, node: bpmn.Node, limits: Limits) -> Iterable[str]:
    """Drawn limits and other events on the border: when, what they are called, where they lead."""
    for event in process.attached.get(node.id, ()):
        target = joined(_leads_to(process, event))
        if event.timer is not None:
            after = limits.timer(event.timer)
            same = node.deadline is not None and limits.due(node.deadline) == after
            name = event.name if same else _("{name}（{after}）", name=event.name, after=after) if event.name else after
        else:
            when = happens(event, limits)
            name = _("{name}（{after}）", name=event.name, after=when) if event.name else when
        if event.interrupting:
            yield _("{name}：本环节结束，转到“{target}”", name=name, target=target)
        else:
            yield _("{name}：另行“{target}”，本环节继续", name=name, target=target)


def _leads_to(process: bpmn.Definition, event: bpmn.Node) -> list[str]:
    """The next nodes that have a name; gateways without one are passed."""
    found: list[str] = []
    todo, seen = [flow.target for flow in event.outgoing], {event.id}
    while todo:
        node = process.nodes[todo.pop(0)]
        if node.id in seen:
            continue
        seen.add(node.id)
        if node.name:
            found.append(node.name)
        else:
            todo += [flow.target for flow in node.outgoing]
    return found
