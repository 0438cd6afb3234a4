"""The variables that a draft's expressions may name, element by element."""

from __future__ import annotations

from collections.abc import Container, Mapping

from engine.handler_sheets import sheets
from engine.permissions import Actor
from engine.platform import Platform
from engine.queries.designs import draft_parts
from engine.variables import Sources, Variable, known_variables


def known_in_draft(
    platform: Platform,
    actor: Actor,
    key: str,
    overlay: Mapping[tuple[str, str], bytes] | None = None,
    only: Container[str] | None = None,
) -> dict[str, list[Variable]]:
    """By id of a step, a flow or the process, `only` these or all; read from the draft with what is not saved yet laid
    over it. Best effort: a part that cannot be read knows nothing. Raises what `draft_parts` raises."""
    parts = draft_parts(platform, actor, key, overlay)
    handlers = {sheet.topic: sheet for sheet in sheets(platform.handlers)}
    sources = Sources(parts.forms, list(parts.decisions.values()), handlers)
    return known_variables(parts.diagram, sources, only)
