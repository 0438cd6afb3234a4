"""What a token's past contains: just enough to return work to an earlier step exactly.

A path lists the user tasks that led to a token, each once, and the parallel gateways at which branches met. It is
bounded by the diagram, not by the number of rounds: a step that is entered again cuts off itself and all that followed
it. So "earlier" always means earlier in this round, and no return can jump ahead to something done in a former one.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.bpmn.model import NodeKind
from engine.bpmn.records import Mark, Token

Path = tuple[Mark, ...]


def after(token: Token) -> Path:
    """The path of what follows an activity: a user task adds itself."""
    if token.node.kind is not NodeKind.USER_TASK:
        return token.path
    return (*token.path, Mark(token.id, token.node.id))


def came_of(token: Token) -> tuple[int, ...]:
    """What an activity came from: its own id and those of its path; of an instance those of the whole activity."""
    whole = token.owner if token.owner is not None and token.is_instance else token
    return (whole.id, *(mark.id for mark in whole.path))


def before(path: Path, node_id: str) -> Path:
    """The path of a token that enters a node: an earlier round of it is cut off, with the branches it met meanwhile."""
    earlier = mark_of(path, node_id)
    if earlier is None:
        return path
    stale = frozenset().union(*(earlier.branches or {}).values())
    for gateway in path:
        if gateway.branches is not None and any(earlier.id in ids for ids in gateway.branches.values()):
            stale = stale.union(*gateway.branches.values())
    return tuple(mark for mark in path if mark.id < earlier.id and mark.id not in stale)


def join_paths(id: int, node_id: str, arrived: Mapping[str, Path]) -> Path:
    """The path behind a parallel gateway, from the paths that arrived by flow."""
    paths = {flow: before(path, node_id) for flow, path in arrived.items()}
    ids = {flow: frozenset(mark.id for mark in path) for flow, path in paths.items()}
    common = frozenset.intersection(*ids.values())
    union = {mark.id: mark for path in paths.values() for mark in path}
    merged = [union[mark_id] for mark_id in sorted(union)]
    return (*merged, Mark(id, node_id, {flow: branch - common for flow, branch in ids.items()}))


def mark_of(path: Path, node_id: str) -> Mark | None:
    """The last time that the path came through a node."""
    return next((mark for mark in reversed(path) if mark.node_id == node_id), None)


def path_to(path: Path, target: Mark) -> Path:
    """The part of a path that led to one of its marks: without what came later or from parallel branches."""
    kept = [mark for mark in path if mark.id < target.id]
    for gateway in path:
        if gateway.branches is not None and gateway.id > target.id:
            others = _others(gateway.branches, target.id)
            kept = [mark for mark in kept if mark.id not in others]
    return tuple(kept)


def standing_branches(path: Path, target: Mark) -> dict[tuple[str, str], Path]:
    """(gateway, flow) → path of the branches that met the target's branch since then and do not come from it."""
    found: dict[tuple[str, str], Path] = {}
    for gateway in path:
        branches = gateway.branches
        if branches is None or gateway.id < target.id or not any(target.id in ids for ids in branches.values()):
            continue
        everything = frozenset().union(*branches.values())
        led_here = path_to(path, gateway)
        for flow, ids in branches.items():
            if target.id not in ids:
                foreign = everything - ids
                found[gateway.node_id, flow] = tuple(mark for mark in led_here if mark.id not in foreign)
    return found


def _others(branches: Mapping[str, frozenset[int]], target: int) -> frozenset[int]:
    """Marks of branches that do not contain the target, if any branch contains it."""
    own = [ids for ids in branches.values() if target in ids]
    if not own:
        return frozenset()
    return frozenset().union(*branches.values()) - frozenset().union(*own)
