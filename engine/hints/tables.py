"""Decision tables, judged with what the forms, tables and acts of the procedure say of their inputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from engine.bpmn.outline import outline
from engine.bpmn.written import written_in
from engine.errors import PartFinding
from engine.feel import FeelError, compile_expression, to_feel
from engine.feel.dmn import Decision, parse_decisions
from engine.feel.dmn.analysis import Analysis, Domain, analyse, findings_of
from engine.parts import Parts
from engine.variables import Sources, Variable, known_variables

_DEEP = 4
"""Fields of fields of a context that are followed."""

Path = tuple[str, ...]
Domains = frozenset[tuple[Path, Domain]]


def table_findings(parts: Parts, sources: Sources) -> list[PartFinding]:
    """What is found in the tables, file by file; files that cannot be read are left out."""
    known = _domains_by_table(parts, sources)
    found: list[PartFinding] = []
    for name, content in parts.decisions.items():
        for identity in _read(content):
            decision, analysis = _analysed(content, identity, known.get(identity, frozenset()))
            found += [PartFinding("decision", name, finding) for finding in findings_of(decision, analysis)]
    return found


@lru_cache(maxsize=64)
def _read(content: bytes) -> Mapping[str, Decision]:
    """The tables of a file; whatever a hostile one provokes in the reader is complained about elsewhere."""
    try:
        return parse_decisions(content)
    except Exception:
        return {}


@lru_cache(maxsize=128)
def _analysed(content: bytes, identity: str, known: Domains) -> tuple[Decision, Analysis]:
    """Kept, because a draft is judged after every change and most of its tables stay as they are."""
    decision = _read(content)[identity]
    return decision, analyse(decision, dict(known))


def _domains_by_table(parts: Parts, sources: Sources) -> dict[str, Domains]:
    """By id of a table what its variables can be, wherever it is asked."""
    steps = {step.id: step.said.get("decision") for step in outline(parts.diagram).steps.values()}
    asking = {step: table for step, table in steps.items() if isinstance(table, str)}
    seen = known_variables(parts.diagram, sources, asking.keys()) if asking else {}
    parted = _parting(parts.diagram)
    found: dict[str, Domains] = {}
    for step, table in asking.items():
        here = frozenset(_domains((one for one in seen.get(step, ()) if one.name not in parted), ()))
        found[table] = found.get(table, here) & here  # asked at several places: what is known alike at all of them
    return found


def _parting(diagram: bytes) -> frozenset[str]:
    """Variables on which flows part: past such a gateway only some of their values may be left."""
    conditions = [one.text for one in written_in(diagram) if one.place == "conditionExpression"]
    names: set[str] = set()
    for text in conditions:
        try:
            names |= compile_expression(text).names
        except FeelError:
            continue
    return frozenset(names)


def _domains(variables: Iterable[Variable], inside: Path) -> Iterator[tuple[Path, Domain]]:
    for one in variables:
        path = (*inside, one.name)
        values = tuple(to_feel(choice.value) for choice in one.choices) if one.closed and one.type != "list" else None
        domain = Domain(values, one.whole, one.least, one.most)
        if domain != Domain():
            yield path, domain
        if one.type == "context" and len(path) < _DEEP:
            yield from _domains(one.fields, path)
