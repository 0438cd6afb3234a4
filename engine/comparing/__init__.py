"""What differs between two states of a procedure: versions, or a version and a draft.

    difference = compare(before, after, names)
    difference.entries        the diagram, element by element, in words
    difference.forms          field by field
    difference.decisions      cell by cell

Pure functions over two `Parts`; nothing is judged, and nothing raises, however broken either side may be. Comparing
with itself says nothing, and the other way round added is removed.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.bpmn.outline import outline
from engine.comparing.diagrams import GROUPS, compare_diagrams
from engine.comparing.forms import compare_form
from engine.comparing.model import Column, Detail, Difference, Entry, Kind, Names, Row, Sheet
from engine.comparing.scenarios import compare_scenario
from engine.comparing.tables import compare_decisions
from engine.parts import Parts


def compare(before: Parts, after: Parts, names: Names | None = None) -> Difference:
    """Everything that differs, in words; `names` says what codes are called."""
    entries, note = compare_diagrams(before.diagram, after.diagram, names or Names())
    titles: dict[str, str] = {}
    if before.forms != after.forms:
        titles = {**_form_titles(before.diagram), **_form_titles(after.diagram)}
    forms = (
        compare_form(one, before.forms.get(one), after.forms.get(one), titles.get(one, ""))
        for one in _all(before.forms, after.forms)
    )
    tables = [
        sheet
        for one in _all(before.decisions, after.decisions)
        for sheet in compare_decisions(one, before.decisions.get(one), after.decisions.get(one))
    ]
    scenarios = (
        compare_scenario(one, before.scenarios.get(one), after.scenarios.get(one))
        for one in _all(before.scenarios, after.scenarios)
    )
    return Difference(
        entries=tuple(entries),
        note=note,
        forms=tuple(sheet for sheet in forms if sheet is not None),
        decisions=tuple(tables),
        scenarios=tuple(sheet for sheet in scenarios if sheet is not None),
    )


def count(before: Parts, after: Parts) -> int:
    """How many parts differ; as cheap as comparing bytes."""
    old = {(kind, name): content for kind, name, content in before.files()}
    new = {(kind, name): content for kind, name, content in after.files()}
    return sum(old.get(place) != new.get(place) for place in old.keys() | new.keys())


def _form_titles(diagram: bytes) -> dict[str, str]:
    """By form the steps that it belongs to: what people know it by."""
    steps: dict[str, list[str]] = {}
    for step in outline(diagram).steps.values():
        form = step.said.get("form")
        if form:
            steps.setdefault(form, []).append(step.name or step.id)
    return {form: "、".join(names[:3]) + ("…" if len(names) > 3 else "") for form, names in steps.items()}


def _all(before: Iterable[str], after: Iterable[str]) -> list[str]:
    return sorted({*before, *after})


__all__ = [
    "GROUPS",
    "Column",
    "Detail",
    "Difference",
    "Entry",
    "Kind",
    "Names",
    "Row",
    "Sheet",
    "compare",
    "count",
]
