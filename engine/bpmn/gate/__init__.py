"""The gate: judges the original XML, before anything reads or normalises it, and names all problems at once.

*Standard* findings mean that the diagram cannot be run as drawn; such a file is never read. *House* findings
(`check_house`) are rules of this product; they block publication only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from lxml.etree import _Element as Element

from engine.bpmn.gate import activities, attributes, events, expressions, flows, paths, structure
from engine.bpmn.gate.diagram import Diagram
from engine.bpmn.gate.house import check_house
from engine.bpmn.gate.xml import read_xml
from engine.errors import Finding
from engine.i18n import _

MAX_FINDINGS = 1000

_RULES: tuple[Callable[[Diagram], Iterable[Finding]], ...] = (
    structure.check_processes,
    structure.check_elements,
    structure.check_ids,
    structure.check_lanes,
    flows.check_ends,
    flows.check_directions,
    flows.check_defaults,
    flows.check_conditions,
    events.check_starts,
    events.check_definitions,
    events.check_boundaries,
    events.check_references,
    events.check_timers,
    activities.check_tasks,
    activities.check_user_tasks,
    activities.check_multi_instance,
    activities.check_variables,
    attributes.check_attributes,
    attributes.check_extensions,
    expressions.check_expressions,
    paths.check_paths,
)


def judge(data: bytes) -> tuple[Element | None, list[Finding]]:
    """The tree of a BPMN file (None if it cannot be read at all) and all findings of the standard level."""
    root, findings = read_xml(data)
    if root is None:
        return None, findings
    diagram = Diagram(root)
    findings = list(islice((finding for rule in _RULES for finding in rule(diagram)), MAX_FINDINGS + 1))
    if len(findings) > MAX_FINDINGS:
        message = _("问题超过 {n} 处，只列出前 {n} 处；请先修改这些再检查。", n=MAX_FINDINGS)
        findings[-1] = Finding("standard", "too_many_findings", "", "", message)
    return root, findings


__all__ = ["check_house", "judge"]
