"""How much a draft differs from the version in force: the number that 对比 counts, wherever it is said.

Contents are read only for drafts of which some byte differs, all in three statements; what two states differ by is
remembered by what they contain, so that nothing is compared twice.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.comparing import compare
from engine.models import Definition, DefinitionStatus, DesignPart, Resource
from engine.parts import Parts

_REMEMBERED = 1000
_counts: OrderedDict[tuple[str, str], int] = OrderedDict()
_lock = Lock()


def count_changes(session: Session, drafts: Sequence[tuple[str, int]]) -> dict[str, int]:
    """By key how many differences a person reads between what is live and the draft; `drafts` are (key, design id).
    Those of which nothing is published are not among them."""
    if not drafts:
        return {}
    keys = {design_id: key for key, design_id in drafts}
    live = session.execute(
        select(Definition.key, Definition.deployment_id, Definition.bpmn).where(
            Definition.key.in_(keys.values()), Definition.status == DefinitionStatus.LIVE
        )
    ).all()
    if not live:
        return {}
    before: dict[str, dict[tuple[str, str], bytes]] = {row.key: {("diagram", row.key): row.bpmn} for row in live}
    after: dict[str, dict[tuple[str, str], bytes]] = {key: {} for key in before}
    owners = {row.deployment_id: row.key for row in live}
    resources = select(Resource.deployment_id, Resource.kind, Resource.name, Resource.content)
    for owner, kind, name, content in session.execute(resources.where(Resource.deployment_id.in_(owners))):
        before[owners[owner]][kind, name] = content
    parts = select(DesignPart.design_id, DesignPart.kind, DesignPart.name, DesignPart.content)
    for design_id, kind, name, content in session.execute(parts.where(DesignPart.design_id.in_(keys))):
        if keys[design_id] in after:
            after[keys[design_id]][kind, name] = content
    return {key: _count(Parts.of(key, before[key]), Parts.of(key, after[key])) for key in before}


def _count(before: Parts, after: Parts) -> int:
    place = (before.content_hash, after.content_hash)
    with _lock:
        known = _counts.get(place)
    if known is not None:
        return known
    count = compare(before, after).count
    with _lock:
        _counts[place] = count
        while len(_counts) > _REMEMBERED:
            _counts.popitem(last=False)
    return count
