"""Decision tables, judged with what the forms, tables and acts of the procedure say of their inputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from engine.bpmn.written import Written
from engine.errors import PartFinding
from engine.feel import FeelError, check_expression, to_feel
from engine.feel.dmn import Decision
from engine.feel.dmn.analysis import Analysis, Domain, analyse, findings_of
from engine.hints.view import View
from engine.variables import Variable

_DEEP = 4
"""Fields of fields of a context that are followed."""

Path = tuple[str, ...]
Domains = frozenset[tuple[Path, Domain]]


def table_findings(view: View) -> list[PartFinding]:
    """What is found in the tables, file by file; files that cannot be read are left out."""
    known = _domains_by_table(view)
    found: list[PartFinding] = []
    for name, decisions in view.decisions.items():
        for identity, decision in decisions.items():
            analysis = _analysed(decision, known.get(identity, frozenset()))
            found += [PartFinding("decision", name, finding) for finding in findings_of(decision, analysis)]
    return found


@lru_cache(maxsize=128)
def _analysed(decision: Decision, known: Domains) -> Analysis:
    """Kept, because a draft is judged after every change and most of its tables stay as they are."""
    return analyse(decision, dict(known))


def _domains_by_table(view: View) -> dict[str, Domains]:
    """By id of a table what its variables can be, wherever it is asked: what is known alike at all places."""
    parted = _parting(view.written)
    found: dict[str, Domains] = {}
    for table, steps in view.asked.items():
        for step in steps:
            here = frozenset(_domains((one for one in view.known.get(step, ()) if one.name not in parted), ()))
            found[table] = found.get(table, here) & here
    return found


def _parting(written: Iterable[Written]) -> frozenset[str]:
    """Variables on which flows part: past such a gateway only some of their values may be left."""
    conditions = [one.text for one in written if one.place == "conditionExpression"]
    names: set[str] = set()
    for text in conditions:
        try:
            names |= check_expression(text).names
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
