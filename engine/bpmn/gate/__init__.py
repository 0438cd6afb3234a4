"""The gate: judges the XML before anything reads or normalises it, and names all problems at once.

What another tool wrote is said in the words of this house first (`engine.bpmn.foreign`), in the same tree; what cannot
be said in them is among the findings.

*Standard* findings mean that the diagram cannot be run as drawn; such a file is never read. *House* findings
(`check_house`) are rules of this product; they block publication only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from lxml.etree import _Element as Element

from engine.bpmn.foreign.desk import NEEDS_JAVA, UNSAYABLE
from engine.bpmn.foreign.translate import translate
from engine.bpmn.gate import (
    activities,
    attributes,
    collaboration,
    compensation,
    data,
    event_gateways,
    events,
    expressions,
    flows,
    links,
    loops,
    paths,
    references,
    starts,
    structure,
    timers,
    triggers,
    values,
    votes,
)
from engine.bpmn.gate.diagram import Diagram
from engine.bpmn.gate.house import check_house
from engine.bpmn.gate.xml import read_xml
from engine.errors import Finding
from engine.i18n import _

MAX_FINDINGS = 1000
_EMPTY_WITHOUT_JAVA = ("no_topic", "no_result", "no_script", "no_decision")

_RULES: tuple[Callable[[Diagram], Iterable[Finding]], ...] = (
    structure.check_processes,
    structure.check_elements,
    structure.check_ids,
    structure.check_lanes,
    values.check_values,
    values.check_directions,
    references.check_references,
    references.check_flow_references,
    references.check_calls,
    flows.check_ends,
    flows.check_directions,
    flows.check_defaults,
    flows.check_conditions,
    collaboration.check_message_flows,
    collaboration.check_associations,
    starts.check_starts,
    starts.check_instantiating,
    events.check_definitions,
    events.check_boundaries,
    events.check_event_subprocesses,
    triggers.check_triggers,
    timers.check_timers,
    links.check_links,
    event_gateways.check_event_gateways,
    compensation.check_compensation,
    loops.check_quantities,
    loops.check_loops,
    votes.check_votes,
    data.check_data,
    activities.check_tasks,
    activities.check_user_tasks,
    activities.check_variables,
    attributes.check_attributes,
    attributes.check_extensions,
    expressions.check_expressions,
    paths.check_paths,
)


def judge(file: bytes) -> tuple[Element | None, list[Finding]]:
    """The tree of a BPMN file (None if it cannot be read at all) and all findings of the standard level."""
    root, findings = read_xml(file)
    if root is None:
        return None, findings
    foreign = translate(root)
    diagram = Diagram(root)
    judged = (finding for rule in _RULES for finding in rule(diagram))
    findings = list(islice(chain(foreign, _unless_told(foreign, judged)), MAX_FINDINGS + 1))
    if len(findings) > MAX_FINDINGS:
        message = _("问题超过 {n} 处，只列出前 {n} 处；请先修改这些再检查。", n=MAX_FINDINGS)
        findings[-1] = Finding("standard", "too_many_findings", "", "", message)
    return root, findings


def _unless_told(foreign: Iterable[Finding], judged: Iterable[Finding]) -> Iterator[Finding]:
    """Where Java or an expression is refused, what it leaves empty is not complained about once more."""
    told = {finding.element_id for finding in foreign if finding.code in (NEEDS_JAVA, UNSAYABLE)}
    return (one for one in judged if one.element_id not in told or one.code not in _EMPTY_WITHOUT_JAVA)


__all__ = ["check_house", "judge"]
