"""What can be seen of the parts of a procedure before any case, though each of them can be read.

    findings_on(parts, sources)           # [PartFinding("decision", "grade", Finding("house", "dmn-overlap" …
                                          #  PartFinding("diagram", "leave", Finding("hint", "type" …

A finding of the house stops publication; a hint is shown with the others and stops nothing. Nothing here raises.
"""

from __future__ import annotations

from engine.errors import PartFinding
from engine.hints.filters import filter_names
from engine.hints.forms import form_hints
from engine.hints.names import unknown_names
from engine.hints.tables import table_findings
from engine.hints.typerefs import typeref_hints
from engine.hints.types import type_hints
from engine.hints.view import View
from engine.parts import Parts
from engine.variables import Sources

__all__ = ["View", "findings_on"]


def findings_on(parts: Parts, sources: Sources, complete: bool = True) -> list[PartFinding]:
    """All of both levels. Not `complete`: a part cannot be read, so nobody knows what else it would write."""
    view = View(parts, sources)
    named = [*unknown_names(view), *filter_names(view)] if complete else []
    return [*named, *table_findings(view), *type_hints(view), *typeref_hints(parts), *form_hints(parts)]
