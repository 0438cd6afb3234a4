"""What can be seen of the parts of a procedure before any case, without being wrong by a rule of the standard.

    table_findings(parts, sources)        # [PartFinding("decision", "grade", Finding("house", "dmn-overlap" …
    find_hints(parts, sources)            # [PartFinding("decision", "grade", Finding("hint", "dmn-gap" …

A finding of the house stops publication; a hint is shown with the others and stops nothing. Nothing here raises.
"""

from engine.errors import PartFinding
from engine.hints.tables import table_findings
from engine.parts import Parts
from engine.variables import Sources

__all__ = ["find_hints", "table_findings"]


def find_hints(parts: Parts, sources: Sources) -> list[PartFinding]:
    """All hints on these parts."""
    return [found for found in table_findings(parts, sources) if found.finding.level == "hint"]
